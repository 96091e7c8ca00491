"""Sections of facts that belong together, the two days that conditions ask of, and what cannot be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from regcompare._support.fields import each, takes
from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet, Day, Fact, OwnWord, Same, facts_of, owner_of
from regcompare.facts.fact import WordFact
from regcompare.logic.code_lists import CodeList
from regcompare.logic.conditions import (
    AnyOf,
    Choose,
    Condition,
    Constant,
    Not,
    OneOf,
    as_condition,
    nodes,
    questions,
    walk,
)

from .categories import Category
from .harms import Harm
from .words import FIRST_DAY

LAYERS = ("ordinary", "surveillance")
"""Layers of presumed answers that a case file may name: those of any ordinary transaction, which facts
declare themselves, and those of a sale of surveillance technology."""


def _day(section_name: str, field: str, question: str, states: str) -> Day:
    day: Day = Day(question, states=states).named(section_name, field)
    return day


FACTS_DATE = _day("scenario", "date", "When did the facts occur?", "the day of the facts is")
"""The scenario's own date, as a question that conditions can ask."""
FACTS_DATE.earliest = FIRST_DAY

LAW_DATE = _day("law", "as_of", "Which date is the law taken from?", "the date of the law applied is")
"""The day whose law is applied, as a question that conditions can ask."""


@attrs.frozen(eq=False)
class Constraint:
    """Something that cannot be otherwise: whenever one condition holds, so does the other.

    Attributes:
        sentence: The constraint as a plain sentence.
        when: The condition from which it follows.
        then: What follows: an answer, its negation, or several joined with ``&``; anything else is
            checked but never inferred.
        instead: The answer to a choice that a stated case which breaks it is taken to mean, with a
            warning, such as ``Transaction.kind.is_in("intra_eu_transfer")``; without it such a case is
            a contradiction.
    """

    sentence: str = attrs.field(validator=takes(str))
    when: Condition = attrs.field(converter=as_condition)
    then: Condition = attrs.field(converter=as_condition)
    instead: Condition | None = attrs.field(default=None, validator=takes(OneOf, None))

    def __attrs_post_init__(self) -> None:
        for question in questions([self.when, self.then]).values():
            if question is LAW_DATE.asked() or question.doubt:
                raise DefinitionError(
                    f"Constraint {self.sentence!r}: asks {question!r}. What cannot be otherwise depends "
                    "on facts alone, never on the law applied or on how it is read."
                )

    def is_broken(self, answers: Mapping[str, Any]) -> bool:
        """Whether answers break it by themselves; where they leave open whether, they do not."""
        return walk(self.when, answers).truth is True and walk(self.then, answers).truth is False

    @property
    def taken_as(self) -> tuple[str, str] | None:
        """The fact and the answer that a case which breaks it is taken to mean."""
        if not isinstance(self.instead, OneOf):
            return None
        (answer,) = self.instead.answers
        return self.instead.key, answer


def _key_of(fact: Any) -> str:
    return fact if isinstance(fact, str) else fact.key


@attrs.frozen(eq=False)
class OwnAnswers:
    """Answers that a plugin adds to facts of the core, each under the name of one of its sections.

    Attributes:
        facts: The facts, each of which takes such answers: ``Transaction.kind``, or what is asked about
            uses of concern.
        words: The answers.

    Raises:
        DefinitionError: A fact has a closed list of answers.
    """

    facts: tuple[Fact, ...] = attrs.field(validator=each(Fact))
    words: tuple[OwnWord, ...] = attrs.field(validator=each(OwnWord))

    def __attrs_post_init__(self) -> None:
        for fact in self.facts:
            if not isinstance(fact, WordFact) or not fact.takes_own:
                words = ", ".join(word.key for word in self.words)
                msg = f"{fact!r} has a closed list of answers, and does not take {words}."
                raise DefinitionError(f"{msg} Declare a fact of your own.", "RC419")


@attrs.frozen
class AllBut:
    """An answer that leaves every member of a set open but these, which are excluded.

    Attributes:
        excluded: The members that are excluded.
    """

    excluded: tuple[str, ...]


@attrs.frozen(eq=False)
class Assumption:
    """The answer that a layer gives to a fact that is not stated.

    Attributes:
        fact: The fact, or its key.
        answer: The answer, as a file states it, or ``AllBut``.
        when: The answers to another fact, a choice, under which it is assumed; while that fact is
            unknown nothing is.  Without it, it is always assumed.
        layer: The layer, one of ``LAYERS``.
    """

    fact: str = attrs.field(converter=_key_of)
    answer: Any
    when: Condition | None = attrs.field(default=None, validator=takes(OneOf, None))
    layer: str = attrs.field(default="surveillance", validator=attrs.validators.in_(LAYERS))

    def answer_to(self, fact: Fact) -> Any:
        """Returns the answer, given the fact as a vocabulary has it."""
        if not isinstance(self.answer, AllBut):
            return fact.convert(self.answer)
        excluded = self.answer.excluded
        return fact.convert({"open": [word for word in fact.labels() if word not in excluded]})

    def applies(self, answers: Mapping[str, Any]) -> bool:
        """Whether it is assumed where these are the answers, by fact key."""
        return not isinstance(self.when, OneOf) or answers.get(self.when.key) in self.when.answers


def is_vacuous_without(constraint: Constraint, sections: Collection[str]) -> bool:
    """Whether a constraint is silent as long as nothing is known about the facts of these sections.

    It is where ``when`` cannot hold then, or ``then`` cannot fail.  Such a constraint alone never makes
    a case impossible that states no such fact.
    """
    ends: dict[Condition, tuple[bool, bool]] = {}
    for node in nodes([constraint.when, constraint.then]):
        ends[node] = _ends(node, [ends[part] for part in node.parts], sections)
    never_holds, _ = ends[constraint.when]
    _, never_fails = ends[constraint.then]
    return never_holds or never_fails


def _ends(
    node: Condition, below: Sequence[tuple[bool, bool]], sections: Collection[str]
) -> tuple[bool, bool]:
    """Whether a condition cannot hold, and whether it cannot fail, while those facts are unknown."""
    if isinstance(node, Constant):
        return not node.truth, node.truth
    if not below:
        own = node.question.section in sections or _owners(node) <= set(sections)
        return own, own
    unheld, unfailed = zip(*below, strict=True)
    if isinstance(node, Not):
        return unfailed[0], unheld[0]
    if isinstance(node, AnyOf):
        return all(unheld), any(unfailed)
    if isinstance(node, Choose):
        return all(unheld), all(unfailed)
    return any(unheld), all(unfailed)


def _owners(node: Condition) -> set[str | None]:
    """The sections under whose names all answers stand that a condition asks for."""
    words = node.answers if isinstance(node, OneOf) else {node.question.member}
    return {owner_of(word) for word in words}


def _each_once(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


@attrs.frozen(eq=False)
class Vocabulary:
    """The sections of facts that files and rulesets may use, and what cannot be.

    Attributes:
        sections: Section classes, in the order in which files are written.
        constraints: What cannot be otherwise.
        code_lists: Which codes exist, of facts that are answered with codes.
        assumptions: What layers of presumed answers assume beside the ordinary answers of facts.
        categories: Categories in which figures are published, with the facts that they tell.
        harms: By which facts a case says that harm to people is found, and to which standard.
        own_answers: Answers that plugins add to facts of the core.
    """

    sections: tuple[type, ...] = attrs.field(validator=each(type))
    constraints: tuple[Constraint, ...] = attrs.field(default=(), validator=each(Constraint))
    code_lists: tuple[CodeList, ...] = attrs.field(default=(), validator=each(CodeList))
    assumptions: tuple[Assumption, ...] = attrs.field(default=(), validator=each(Assumption))
    categories: tuple[Category, ...] = attrs.field(default=(), validator=each(Category))
    harms: tuple[Harm, ...] = attrs.field(default=(), validator=each(Harm))
    own_answers: tuple[OwnAnswers, ...] = attrs.field(default=(), validator=each(OwnAnswers))

    def __attrs_post_init__(self) -> None:
        for cls in self.sections:
            facts_of(cls)
        names = [cls.__section__ for cls in self.sections]  # type: ignore[attr-defined]
        for name in names:
            if names.count(name) > 1:
                msg = f"The section {name!r} is declared twice; give the new one another name."
                raise DefinitionError(msg)
        for word in (word for item in self.own_answers for word in item.words):
            if word.owner not in names:
                msg = f"{word.key!r} stands under the name of {word.owner!r}, which is not a section."
                raise DefinitionError(f"{msg} Declare the section, or use the name of yours.", "RC419")

    def with_sections(
        self,
        *sections: type,
        constraints: tuple[Constraint, ...] = (),
        code_lists: tuple[CodeList, ...] = (),
        categories: tuple[Category, ...] = (),
        harms: tuple[Harm, ...] = (),
        own_answers: tuple[OwnAnswers, ...] = (),
    ) -> Vocabulary:
        """Returns a vocabulary that holds these sections, constraints and the rest as well."""
        return attrs.evolve(
            self,
            sections=self.sections + sections,
            constraints=self.constraints + constraints,
            code_lists=_each_once(self.code_lists + code_lists),
            categories=_each_once(self.categories + categories),
            harms=self.harms + harms,
            own_answers=_each_once(self.own_answers + own_answers),
        )

    @cached_property
    def by_name(self) -> Mapping[str, type]:
        """Section classes by name."""
        return {cls.__section__: cls for cls in self.sections}  # type: ignore[attr-defined]

    def facts(self) -> Collection[Fact]:
        """Returns every fact, section by section; one answered with codes knows which of them exist."""
        return self.by_key.values()

    @cached_property
    def by_key(self) -> Mapping[str, Fact]:
        """Every fact by its key, section by section."""
        facts = (fact for cls in self.sections for fact in facts_of(cls).values())
        return {fact.key: self._bound.get(fact.key, fact) for fact in facts}

    @cached_property
    def ordinary(self) -> Mapping[str, Any]:
        """By key the ordinary answers, of the facts that have one; ``Same`` where it copies another."""
        ordinary = ((key, fact, fact.ordinary) for key, fact in self.by_key.items())
        return {
            key: answer if isinstance(answer, Same) else fact.convert(answer)
            for key, fact, answer in ordinary
            if answer is not None
        }

    @cached_property
    def breakable(self) -> Vocabulary:
        """It with the constraints that a case can break; another is a matter of how a law reads."""
        kept = tuple(item for item in self.constraints if item.taken_as is None)
        return attrs.evolve(self, constraints=kept)

    @cached_property
    def excusing(self) -> tuple[Constraint, ...]:
        """The constraints of which a case that breaks them is taken to mean something else."""
        return tuple(item for item in self.constraints if item.taken_as)

    @cached_property
    def _bound(self) -> Mapping[str, Fact]:
        """The facts whose answers it knows better than they do: codes, and answers of plugins."""
        lists: dict[str, CodeList] = {}
        for item in self.code_lists:
            lists[item.fact] = lists[item.fact].joined(item) if item.fact in lists else item
        bound: dict[str, Fact] = {}
        for fact in (fact for cls in self.sections for fact in facts_of(cls).values()):
            if isinstance(fact, CodeSet) and fact.key in lists:
                bound[fact.key] = fact.among(lists[fact.key])
            elif isinstance(fact, WordFact) and fact.takes_own:
                added = (
                    item.words for item in self.own_answers if any(fact is one for one in item.facts)
                )
                bound[fact.key] = fact.with_own(dict.fromkeys(word for words in added for word in words))
        return bound

    def fact(self, key: str) -> Fact:
        """Returns the fact that a key such as ``item.technology`` names.

        Raises:
            UsageError: There is none; the text names the nearest.
        """
        found = self.by_key.get(key)
        if found is None:
            hint = did_you_mean(nearest(key, self.by_key))
            raise UsageError(f"There is no fact {key!r}.{hint}")
        return found
