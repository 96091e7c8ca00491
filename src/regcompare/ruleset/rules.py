"""Rules, which attach an outcome to a condition; and every kind of provision that a text may have."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Any

import attrs

from regcompare._support.displays import Shown
from regcompare._support.fields import comment, each, full_sentence, takes
from regcompare.errors import DefinitionError
from regcompare.facts import OwnWord
from regcompare.law import (
    CHECKED_FIELD,
    ID_FROM_CITATION,
    Citation,
    Evidence,
    Statement,
    as_evidence,
    required_citation,
)
from regcompare.logic.conditions import (
    FALSE,
    Condition,
    all_of,
    as_condition,
    partially_evaluate,
    questions,
)
from regcompare.logic.questions import PowerQuestion
from regcompare.vocabulary import LAW_DATE
from regcompare.vocabulary.dated import DatedTable
from regcompare.vocabulary.periods import Period

from .doubts import Discretion, Interpretation
from .duties import (
    Addressee,
    Breach,
    Duty,
    DutyKind,
    NoDuty,
    Protects,
    Silence,
    Stage,
    Strength,
)
from .outcomes import CELL_WORDS, Outcome, Span
from .review import LicensingPolicy, Review

__all__ = [
    "CELL_WORDS", "Addressee", "Breach", "Discretion", "Duty", "DutyKind",
    "Interpretation", "NamedCase", "NoDuty", "NotEncoded", "Outcome", "Plain", "Protects", "Provision",
    "Rule", "Silence", "Span", "Stage", "Strength", "Trigger", "later_versions", "needs_power",
]  # fmt: skip

_BASIS = {
    Outcome.REFUSAL: "who finds what, by which standard: review=Review(...), or a clause in states=",
    Outcome.SUSPENSION: "until what it lasts: a clause in states=",
}
"""Words that a rule with such an outcome needs besides, and the field for them."""


class Trigger(enum.StrEnum):
    """Triggers of rules; a plugin may add others, each an ``OwnWord``."""

    CLASSIFICATION = "the exporter's classification of the item"
    AUTHORITY = "information from the authority"
    KNOWLEDGE = "what the exporter knows"
    NATIONAL_LAW = "national law"
    DILIGENCE = "what due diligence finds"
    FINDING = "a finding by the authority"
    ACT = "the act itself"


def _with_conditions(fails: Mapping[Any, str]) -> dict[Condition, str]:
    return {as_condition(condition): sentence for condition, sentence in fails.items()}


@attrs.frozen(eq=False)
class Plain:
    """The condition of a rule in everyday words, from which the reason of a gate is made.

    Attributes:
        clause: What makes the rule hold, as a clause after "if", such as ``it is on the list``.
        fails: Why the rule does not apply, as full sentences, each with the condition under which it is
            true and the rule fails; of several the first that holds counts.  Give it where a reader
            would expect the rule to apply.
    """

    clause: str = attrs.field(validator=takes(str))
    fails: Mapping[Condition, str] = attrs.field(factory=dict, converter=_with_conditions)

    def __attrs_post_init__(self) -> None:
        if self.clause.endswith("."):
            raise DefinitionError(f"A plain clause follows 'if', without a full stop: {self.clause!r}.")
        for sentence in self.fails.values():
            if not sentence.endswith(".") or not sentence[0].isupper():
                raise DefinitionError(f"A plain reason is not a full sentence: {sentence!r}.")

    @property
    def sentence(self) -> str:
        """The clause as a sentence of its own."""
        return f"{self.clause[:1].upper()}{self.clause[1:]}."


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _check_overrides(instance: Rule, attribute: Any, value: tuple[Any, ...]) -> None:
    for item in value:
        if not isinstance(item, Rule):
            raise DefinitionError(
                f"Rule {instance.cite}: overrides= takes the rule itself, or several, found {item!r}. "
                "Write the name that the rule is bound to, such as overrides=art_3."
            )


def _states_of(rule: Any) -> str:
    """Whose finding a refusal needs by which standard, from the first of its reviews."""
    reviews = rule.review if rule.ends_in is Outcome.REFUSAL else ()
    return next((review.states for review in reviews if isinstance(review, Review)), "")


# A default that type checkers see, unlike one by decorator.
_STATES_FROM_REVIEW: Any = attrs.Factory(_states_of, takes_self=True)


@attrs.frozen(eq=False, repr=False)
class Rule(Shown):
    """An outcome that follows when a condition holds; ``Chapter.rule`` declares it.

    Attributes:
        cite: The provision.
        sentence: The rule as a full plain sentence, paraphrased.
        when: The condition.
        period: The days on which it is in the text, if that is not as long as the text is in force.
        ends_in: The outcome, given as ``then``.  A refusal that needs a discretion is a power to refuse,
            and what ``then`` says is an authorisation.
        triggered_by: Who or what triggers it.
        overrides: The rules that it overrides: they do not decide where this one holds.
        licensed_for: For a rule that overrides a ban, what the authority may license by way of
            derogation, as a noun phrase; blank where that was not read.
        refused_if: On which finding it must refuse all the same, as a clause with its place.
        ages: For what texts may say since they were last read, the table of these texts and days.
        has_no_derogation: For a ban, whether the text was read and lets nobody license anything.
        review: For a licence, how it is decided; for a refusal, on which finding.  Rules may share one;
            several apply each in its period.
        counts_as: For a refusal, the kind of duty that it is.
        states: For a refusal, whose finding it needs by which standard, by default from ``review``; for
            a suspension, until what it lasts.
        checked: How it is known, and from which document; by default as for the citation, or else the
            ruleset.
        fires: The id of a case in which the rule holds, with any departure from the defaults: ``case as
            of 2023-12-09 under IC-10=ban``; by default the first case that expects it.
        misses: The id of a near miss, a similar case in which it does not hold; by default the nearest
            case that expects something else of the ruleset.
        rests_on: For a proposal, the published statements behind it.
        note: A comment on it, which is no part of the text, in full sentences.
        plain: Its condition in everyday words, from which the reason of a gate is made.
        id: Its name within the ruleset, by default from the citation.
        may_refuse: Whether it lets an authority refuse, and does not oblige it to.
        then: The outcome for which it counts.
        amends: The version that it replaced, if ``Chapter.amend`` declared it.
        amended: The version that replaced it, if an amendment did.

    Raises:
        DefinitionError: A field is missing or wrong, or the review does not fit the outcome.

    Example:
        ``art_2 = chapter.rule(ACT["Art. 2"], "Listed items may not be exported without a licence.",
        when=listed, then=Outcome.AUTHORISATION, triggered_by=Trigger.CLASSIFICATION)``
    """

    cite: Citation = attrs.field(converter=required_citation)
    sentence: str = attrs.field(validator=full_sentence)
    when: Condition = attrs.field(converter=as_condition, kw_only=True)
    period: Period | None = attrs.field(default=None, validator=takes(Period, None), kw_only=True)
    ends_in: Outcome = attrs.field(validator=takes(Outcome), kw_only=True, alias="then")
    triggered_by: Trigger | OwnWord = attrs.field(validator=takes(Trigger, OwnWord), kw_only=True)
    overrides: tuple[Rule, ...] = attrs.field(
        default=(), converter=_several, validator=_check_overrides, kw_only=True
    )
    licensed_for: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    refused_if: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    ages: DatedTable | None = attrs.field(default=None, validator=takes(DatedTable, None), kw_only=True)
    has_no_derogation: bool = attrs.field(default=False, validator=takes(bool), kw_only=True)
    review: tuple[Review, ...] = attrs.field(
        default=(), converter=_several, validator=each(Review), kw_only=True
    )
    counts_as: DutyKind = attrs.field(default=DutyKind.REFUSAL, validator=takes(DutyKind), kw_only=True)
    states: str = attrs.field(default=_STATES_FROM_REVIEW, validator=takes(str, ""), kw_only=True)
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD), kw_only=True
    )
    fires: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    misses: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    rests_on: tuple[Statement, ...] = attrs.field(default=(), validator=each(Statement), kw_only=True)
    note: str = attrs.field(default="", validator=comment, kw_only=True)
    plain: Plain | None = attrs.field(default=None, validator=takes(Plain, None), kw_only=True)
    id: str = attrs.field(default=ID_FROM_CITATION, validator=takes(str), kw_only=True)
    may_refuse: bool = attrs.field(init=False)
    then: Outcome = attrs.field(init=False)
    amends: Rule | None = attrs.field(default=None, init=False, repr=False)
    amended: Rule | None = attrs.field(default=None, init=False, repr=False)

    @may_refuse.default
    def _is_power_to_refuse(self) -> bool:
        return self.ends_in is Outcome.REFUSAL and needs_power(self.when)

    @then.default
    def _counts_for(self) -> Outcome:
        return Outcome.AUTHORISATION if self.may_refuse else self.ends_in

    def __repr__(self) -> str:
        return f"<Rule {self.id}>"

    def __attrs_post_init__(self) -> None:
        if self.ends_in in (Outcome.REFUSAL, Outcome.SUSPENSION) and not self.states:
            raise DefinitionError(
                f"{self.cite}: a rule that ends in {self.ends_in} must say {_BASIS[self.ends_in]}."
            )
        refuses, power = self.then is Outcome.REFUSAL, " that asks for a discretion" * self.may_refuse
        for review in self.review:
            is_reviewed = self.then in (Outcome.AUTHORISATION, Outcome.REFUSAL)
            if is_reviewed and (review.weighing is LicensingPolicy.REFUSE) is refuses:
                continue
            raise DefinitionError(
                f"{self.cite}: a rule that ends in {self.ends_in}{power} cannot have the review "
                f"{review.weighing.value!r}. A refusal has {LicensingPolicy.REFUSE.value!r}, a licence "
                "(authorisation) or a refusal that the authority may but need not order any other, and "
                "other outcomes have none."
            )

    @property
    def condition(self) -> Condition:
        """The condition under which it holds, its period included."""
        return all_of(self.when, self.period.holds_on(LAW_DATE)) if self.period else self.when


def later_versions(provision: Any) -> tuple[Any, ...]:
    """Returns what a provision became by its amendments, in their order."""
    later = getattr(provision, "amended", None)
    return (later, *later_versions(later)) if later is not None else ()


def needs_power(when: Condition) -> bool:
    """Returns whether a condition holds only where an authority or a state has used a power."""
    asked = questions([when]).items()
    powers = {key: False for key, question in asked if isinstance(question, PowerQuestion)}
    return bool(powers) and partially_evaluate(when, powers) == FALSE


@attrs.frozen
class NamedCase:
    """A case that a rule names in ``fires`` or ``misses``, with any departure from the defaults.

    Attributes:
        id: The id of the case.
        as_of: The day whose law is applied; None for the reference date.
        readings: The readings of doubtful texts, by id.
    """

    id: str
    as_of: dt.date | None
    readings: Mapping[str, str]

    @classmethod
    def read(cls, reference: str) -> NamedCase:
        """Parses ``case``, ``case as of 2023-12-09`` (or ``ValueError``), ``case under IC-10=ban``."""
        dated_case, _, readings = reference.partition(" under ")
        case, _, day = dated_case.partition(" as of ")
        pairs = (pair.partition("=") for pair in readings.split())
        return cls(
            case, dt.date.fromisoformat(day) if day else None, {name: word for name, _, word in pairs}
        )


@attrs.frozen(eq=False)
class NotEncoded:
    """A provision that a ruleset deliberately does not encode; every output says so.

    ``Chapter.left_out`` declares it.

    Attributes:
        cite: The provision.
        what: What is left out, as a sentence.
        why: Why it is left out: procedure, an undefined word, a later version of the ruleset.

    Example:
        ``chapter.left_out(ACT["Art. 9"], "Fees.", "They do not affect whether an item may go.")``
    """

    cite: Citation = attrs.field(converter=required_citation)
    what: str = attrs.field(validator=full_sentence)
    why: str = attrs.field(validator=full_sentence)


Provision = Rule | Duty | Interpretation | Discretion | NotEncoded | NoDuty
"""Anything that a text contains: a chapter declares it, and a reform amends it."""
