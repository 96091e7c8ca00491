"""Vocabularies: the facts that files and rulesets may use, constraints, assumptions and harms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs

from regcompare._support.derived import DerivedValues, derived
from regcompare._support.fields import each, takes
from regcompare._support.ranked import Ranked
from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, CodeSet, Day, Fact, OwnWord, Same, facts_of, owner_of, section_of
from regcompare.facts.fact import WordFact
from regcompare.law import EvidenceLevel
from regcompare.logic.code_lists import CodeList
from regcompare.logic.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Not,
    OneOf,
    OnOrAfter,
    as_condition,
    evaluate,
    nodes,
    questions,
)
from regcompare.logic.questions import DoubtQuestion

from .sections import FIRST_DAY

LAYERS = ("ordinary", "surveillance")
"""The layers of presumed answers that a case file may name: ``ordinary`` for any transaction, whose
answers the facts declare, and ``surveillance`` for a sale of surveillance technology."""


def _day(section: str, field: str, question: str, states: str) -> Day:
    day: Day = Day(question, states=states).named(section, field)
    return day


FACTS_DATE = _day("scenario", "date", "When did the facts occur?", "the day of the facts is")
"""The date of the scenario, about which conditions can ask."""
FACTS_DATE.earliest = FIRST_DAY

LAW_DATE = _day("law", "as_of", "Which date is the law taken from?", "the date of the law applied is")
"""The day whose law is applied, about which conditions can ask."""


@attrs.frozen(eq=False)
class Constraint:
    """An implication that is always true: whenever one condition holds, so does the other.

    Attributes:
        sentence: The constraint as a plain sentence.
        when: The condition that implies the other.
        then: The condition that follows: an answer, its negation, or several joined with ``&``; anything
            else is checked but never inferred.
        instead: The answer to a choice that is assumed, with a warning, where a stated case breaks the
            constraint, such as ``Transaction.kind.is_in("intra_eu_transfer")``; without it, such a case
            is a contradiction.
    """

    sentence: str = attrs.field(validator=takes(str))
    when: Condition = attrs.field(converter=as_condition)
    then: Condition = attrs.field(converter=as_condition)
    instead: Condition | None = attrs.field(default=None, validator=takes(OneOf, None))

    def __attrs_post_init__(self) -> None:
        for question in questions([self.when, self.then]).values():
            if question is LAW_DATE.asked() or isinstance(question, DoubtQuestion):
                raise DefinitionError(
                    f"Constraint {self.sentence!r} asks {question!r}. A constraint may depend on facts "
                    "only, never on the law applied or on how it is read."
                )

    def is_broken(self, answers: Mapping[str, Any]) -> bool:
        """Returns whether these answers certainly break it."""
        return evaluate(self.then, answers).truth is False and evaluate(self.when, answers).truth is True

    @property
    def taken_as(self) -> tuple[str, str] | None:
        """The fact, and the answer to it, that is assumed where a case breaks the constraint."""
        if not isinstance(self.instead, OneOf):
            return None
        (answer,) = self.instead.answers
        return self.instead.key, answer


def _key_of(fact: Any) -> str:
    return fact if isinstance(fact, str) else fact.key


@attrs.frozen(eq=False)
class OwnAnswers:
    """Answers that a plugin adds to facts of the core, prefixed with the name of one of its sections.

    Attributes:
        facts: The facts, each of which takes such answers: ``Transaction.kind``, or a fact about uses of
            concern.
        words: The answers.
    """

    facts: tuple[Fact, ...] = attrs.field(validator=each(Fact))
    words: tuple[OwnWord, ...] = attrs.field(validator=each(OwnWord))

    def __attrs_post_init__(self) -> None:
        for fact in self.facts:
            if not isinstance(fact, WordFact) or not fact.takes_own:
                words = ", ".join(word.key for word in self.words)
                msg = f"{fact!r} has a closed list of answers, and does not take {words}."
                raise DefinitionError(f"{msg} Declare a fact of your own.", "RC419")


@attrs.frozen(eq=False)
class Assumption:
    """The answer that a layer presumes for a fact that is not stated.

    Attributes:
        fact: The fact, or its key.
        answer: The answer, as a file states it; ``UNKNOWN`` presumes nothing.
        when: The answers to other facts, choices or countries, and the days of the facts under which it
            is assumed; by default it always is.  It goes before the ordinary answer of its fact.
        layer: The layer, one of ``LAYERS``.
        all_but: In place of an answer, the members of a set that it excludes, with all others open.
    """

    fact: str = attrs.field(converter=_key_of)
    answer: Any = None
    when: Condition | None = attrs.field(default=None, validator=takes(OneOf, All, None))
    layer: str = attrs.field(default="surveillance", validator=attrs.validators.in_(LAYERS))
    all_but: tuple[str, ...] = ()

    def answer_to(self, fact: Fact) -> Any:
        """Returns the answer, for the fact as a vocabulary has it."""
        if self.answer is UNKNOWN:
            return UNKNOWN
        if not self.all_but:
            return fact.convert(self.answer)
        return fact.convert({"open": [word for word in fact.labels() if word not in self.all_but]})

    @cached_property
    def limbs(self) -> tuple[OneOf | OnOrAfter, ...]:
        """The limbs of ``when``, all of which have to hold."""
        parts = self.when.parts if isinstance(self.when, All) else (self.when,)
        return tuple(part for part in parts if isinstance(part, OneOf | OnOrAfter))

    @when.validator
    def _of_atoms(self, _: object, value: Condition | None) -> None:
        if value is not None and len(self.limbs) != len(value.parts or (value,)):
            raise DefinitionError(
                f"An assumption about {self.fact} depends on choices, countries and the day alone, "
                f"joined by &, found {value!r}."
            )

    def applies(self, answers: Mapping[str, Any]) -> bool:
        """Returns whether it is assumed under these answers, by fact key, the day included."""
        return all(self.holds_for(limb, answers.get(limb.key)) for limb in self.limbs)

    def holds_for(self, limb: OneOf | OnOrAfter, answer: Any) -> bool:
        """Returns whether one of its limbs holds under the answer to its question.

        An assumption that presumes nothing also holds on a day that may be late enough.
        """
        if isinstance(limb, OneOf):
            return answer is not UNKNOWN and answer in limb.answers
        truth = limb.truth(None if answer is UNKNOWN else answer)
        return truth is True or (truth is None and self.answer is UNKNOWN)


class Standard(Ranked):
    """Standards of how surely something has to be found, the least demanding first.

    Which of two standards is more demanding is sometimes arguable; the order is this project's.

    Attributes:
        rank: Its position, from 0.
    """

    ANY_RISK = "any risk"
    RISK = "risk"
    SUBSTANTIAL_RISK = "substantial risk"
    CLEAR_RISK = "clear risk"
    REASON_TO_BELIEVE = "reason to believe"
    REASONABLE_GROUNDS = "reasonable grounds"
    LIKELY = "likely"
    PRESUMED = "presumed"
    """Nothing has to be found: the text itself presumes it."""


@attrs.frozen(eq=False)
class Harm:
    """The condition under which harm to people is found to a standard.

    Harm means repression, or serious violations of people's rights.

    Attributes:
        standard: How surely the harm is found.
        when: The condition on the facts.
    """

    standard: Standard = attrs.field(validator=takes(Standard))
    when: Condition = attrs.field(converter=as_condition)


@attrs.frozen(eq=False)
class Category:
    """A category in which figures are published, and what it says about the items in it.

    Attributes:
        publisher: Who publishes the figures, in lower case with hyphens.
        name: The name of the category.
        answers: Fact key to the answer, written as in a column of a register: ``a|b`` if it is one of
            several, ``?`` before a member that is left open.  Facts about which it says nothing are
            missing.
        source: Where the category and what it covers were read.
        checked: How the weakest part of this is known.
        note: Which part is weak, and why.
    """

    publisher: str = attrs.field(validator=takes(str))
    name: str = attrs.field(validator=takes(str))
    answers: Mapping[str, str]
    source: str = attrs.field(validator=takes(str))
    checked: EvidenceLevel = attrs.field(validator=takes(EvidenceLevel))
    note: str = attrs.field(default="", validator=takes(str, ""))


def is_vacuous_without(constraint: Constraint, sections: Collection[str]) -> bool:
    """Returns whether a constraint is vacuous while nothing is known about the facts of these sections.

    It is if ``when`` cannot hold, or ``then`` cannot fail, without such a fact.  Then it never excludes
    a case that states none of them.
    """
    limits: dict[Condition, tuple[bool, bool]] = {}
    for node in nodes([constraint.when, constraint.then]):
        limits[node] = _limits(node, [limits[part] for part in node.parts], sections)
    never_holds, _ = limits[constraint.when]
    _, never_fails = limits[constraint.then]
    return never_holds or never_fails


def _limits(
    node: Condition, parts: Sequence[tuple[bool, bool]], sections: Collection[str]
) -> tuple[bool, bool]:
    """Returns whether a condition never holds, and never fails, while facts of sections are unknown."""
    if isinstance(node, Constant):
        return not node.truth, node.truth
    if not parts:
        words = node.answers if isinstance(node, OneOf) else {node.question.member}
        is_own = section_of(node.question.fact) in sections
        depends = is_own or all(owner_of(word) in sections for word in words)
        return depends, depends
    never_hold, never_fail = zip(*parts, strict=True)
    if isinstance(node, Not):
        return never_fail[0], never_hold[0]
    if isinstance(node, AnyOf):
        return all(never_hold), any(never_fail)
    if isinstance(node, Choose):
        return all(never_hold), all(never_fail)
    return any(never_hold), all(never_fail)


@attrs.frozen(eq=False)
class Vocabulary:
    """The facts that files and rulesets may use, and the constraints on them.

    Attributes:
        sections: Section classes, in the order in which files are written.
        constraints: The implications that are always true.
        code_lists: The codes that exist, for facts that are answered with codes.
        assumptions: What the layers of presumed answers assume, apart from the facts' ordinary answers.
        categories: Categories in which figures are published, with the facts that they state.
        harms: The conditions under which harm to people is found, to each standard.
        own_answers: Answers that plugins add to facts of the core.
    """

    sections: tuple[type, ...] = attrs.field(validator=each(type))
    constraints: tuple[Constraint, ...] = attrs.field(default=(), validator=each(Constraint))
    code_lists: tuple[CodeList, ...] = attrs.field(default=(), validator=each(CodeList))
    assumptions: tuple[Assumption, ...] = attrs.field(default=(), validator=each(Assumption))
    categories: tuple[Category, ...] = attrs.field(default=(), validator=each(Category))
    harms: tuple[Harm, ...] = attrs.field(default=(), validator=each(Harm))
    own_answers: tuple[OwnAnswers, ...] = attrs.field(default=(), validator=each(OwnAnswers))
    _derived: DerivedValues = attrs.field(factory=DerivedValues, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for cls in self.sections:
            facts_of(cls)
        names = [cls.__section__ for cls in self.sections]  # type: ignore[attr-defined]
        for name in (name for name in names if names.count(name) > 1):
            msg = f"The section {name!r} is declared twice; give the new one another name."
            raise DefinitionError(msg)
        for word in (word for item in self.own_answers for word in item.words):
            if word.owner not in names:
                msg = f"{word.key!r} has the prefix {word.owner!r}, which is not a section."
                cure = "Declare the section, or use your own as the prefix."
                raise DefinitionError(f"{msg} {cure}", "RC419")

    def with_sections(self, *sections: type, **others: tuple[Any, ...]) -> Vocabulary:
        """Returns a vocabulary with these sections as well, and with more of its other attributes."""
        added = {"sections": sections, **others}
        joined = {
            name: tuple(dict.fromkeys(getattr(self, name) + items)) for name, items in added.items()
        }
        is_new = any(items != getattr(self, name) for name, items in joined.items())
        return attrs.evolve(self, **joined) if is_new else self

    @derived
    def joined(self, other: Vocabulary) -> Vocabulary:
        """Returns the vocabulary with all that another has."""
        names = [field.name for field in attrs.fields(Vocabulary) if field.init]
        parts = {name: getattr(other, name) for name in names}
        return self.with_sections(*parts.pop("sections"), **parts)

    @cached_property
    def by_name(self) -> Mapping[str, type]:
        """Section classes by name."""
        return MappingProxyType({cls.__section__: cls for cls in self.sections})  # type: ignore[attr-defined]

    def facts(self) -> Collection[Fact]:
        """Returns every fact that conditions can ask about, restricted to the answers that exist."""
        return self.by_key.values()

    @cached_property
    def by_key(self) -> Mapping[str, Fact]:
        """Every fact that conditions can ask about by its key, section by section."""
        lists: dict[str, CodeList] = {}
        for item in self.code_lists:
            lists[item.fact] = lists[item.fact].joined(item) if item.fact in lists else item
        facts = (fact for cls in self.sections for fact in facts_of(cls).values())
        return MappingProxyType({fact.key: self._restricted(fact, lists) for fact in facts})

    @cached_property
    def names(self) -> Mapping[str, Fact]:
        """The names of parties by their keys: facts about which no condition asks."""
        facts = (fact for cls in self.sections for fact in cls.__names__.values())  # type: ignore[attr-defined]
        return MappingProxyType({fact.key: fact for fact in facts})

    def _restricted(self, fact: Fact, lists: Mapping[str, CodeList]) -> Fact:
        """The fact with the codes, or the words of plugins, that this vocabulary says exist."""
        if isinstance(fact, CodeSet) and fact.key in lists:
            return fact.among(lists[fact.key])
        if isinstance(fact, WordFact) and fact.takes_own:
            own = (item for item in self.own_answers if any(fact is other for other in item.facts))
            return fact.with_own(dict.fromkeys(word for item in own for word in item.words))
        return fact

    @cached_property
    def ordinary(self) -> Mapping[str, Any]:
        """The ordinary answer of each fact that no assumption is about; ``Same`` if it copies a fact."""
        answers = {
            key: fact.ordinary if isinstance(fact.ordinary, Same) else fact.convert(fact.ordinary)
            for key, fact in self.by_key.items()
            if fact.ordinary is not None and key not in self._ordinarily_assumed
        }
        return MappingProxyType(answers)

    @cached_property
    def _ordinarily_assumed(self) -> frozenset[str]:
        return frozenset(item.fact for item in self.assumptions if item.layer == "ordinary")

    @cached_property
    def presumptions(self) -> tuple[Assumption, ...]:
        """The other assumptions of the layers; for a fact, its ordinary answer comes last."""
        keys = sorted(self._ordinarily_assumed & self.by_key.keys())
        ordinary = ((key, self.by_key[key].ordinary) for key in keys)
        own = ((key, x) for key, x in ordinary if x is not None and not isinstance(x, Same))
        last = (Assumption(key, answer, layer="ordinary") for key, answer in own)
        return (*self.assumptions, *last)

    @cached_property
    def assumed(self) -> tuple[tuple[Assumption, Any], ...]:
        """The presumptions, each with its answer."""
        return tuple((item, item.answer_to(self.by_key[item.fact])) for item in self.presumptions)

    @cached_property
    def breakable(self) -> Vocabulary:
        """The vocabulary without the constraints that assume another answer where a case breaks them."""
        constraints = tuple(item for item in self.constraints if item.taken_as is None)
        return attrs.evolve(self, constraints=constraints)

    def answers(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Returns what is given as answers, by fact; keys that are not facts are ignored."""
        facts = self.by_key
        return {key: facts[key].convert(answer) for key, answer in given.items() if key in facts}

    def fact(self, key: str) -> Fact:
        """Returns the fact with a key such as ``item.covert``; a ``UsageError`` names the nearest."""
        if key not in self.by_key:
            raise UsageError(f"There is no fact {key!r}.{did_you_mean(nearest(key, self.by_key))}")
        return self.by_key[key]
