"""The provisions of a ruleset: rules, duties, interpretations, discretions, and what is not encoded."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Container, Mapping
from typing import Any, Literal, NoReturn, Self
from weakref import WeakKeyDictionary

import attrs

from regcompare._support.displays import Shown
from regcompare._support.fields import each, full_sentence, takes
from regcompare._support.ranked import Ranked
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import OwnWord
from regcompare.law import (
    CHECKED_FIELD,
    Citation,
    Evidence,
    EvidenceLevel,
    Instrument,
    Statement,
    as_evidence,
)
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    Choose,
    Condition,
    ConditionLike,
    Holds,
    all_of,
    as_condition,
    partially_evaluate,
    questions,
)
from regcompare.logic.questions import DoubtQuestion, PowerQuestion, Question, TextQuestion
from regcompare.vocabulary import LAW_DATE
from regcompare.vocabulary.dated import DatedTable, Row
from regcompare.vocabulary.periods import Period

from .reports import ShownByReports
from .review import LicensingPolicy, Review

_OTHERWISE = {
    "licence": "authorisation", "license": "authorisation", "free": "no_control", "ban": "prohibition",
    "banned": "prohibition", "denial": "refusal", "refused": "refusal", "tell": "notification",
}  # fmt: skip
"""What outcomes are called elsewhere."""


class Outcome(Ranked):
    """What an export needs under the rules, mildest first; not what happens to it afterwards.

    An outcome is a string, its word, and compares by strictness with outcomes and with their words.
    No outcome is falsy, so ``if verdict.low:`` asks whether there is an outcome at all.

    Attributes:
        rank: Its place, from 0 for the mildest.
    """

    NO_CONTROL = "no_control"
    GENERAL_AUTHORISATION = "general_authorisation"
    NOTIFICATION = "notification"
    AUTHORISATION = "authorisation"
    SUSPENSION = "suspension"
    REFUSAL = "refusal"
    PROHIBITION = "prohibition"

    @property
    def meaning(self) -> str:
        """The outcome as a sentence."""
        return _MEANINGS[self]

    @property
    def stricter(self) -> Outcome:
        """The next stricter outcome; the strictest has none, and raises ``IndexError``."""
        return list(Outcome)[self.rank + 1]

    @property
    def word(self) -> str:
        """The outcome as written in files and output."""
        return self.value

    @classmethod
    def read(cls, word: str) -> Outcome:
        """Returns the outcome with this word; a ``ValueError`` lists them all."""
        return cls(word.lower() if word == word.upper() else word)

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        words = [outcome.word for outcome in cls]
        hint = did_you_mean(_OTHERWISE.get(str(value)) or nearest(str(value), words))
        raise ValueError(f"{value!r} is not an outcome; the outcomes are {', '.join(words)}.{hint}")


_BASIS = {
    Outcome.REFUSAL: "who finds what, by which standard: review=Review(...), or a clause in states=",
    Outcome.SUSPENSION: "until what it lasts: a clause in states=",
}
"""What a rule with such an outcome must say besides, and where."""

_MEANINGS = {
    Outcome.NO_CONTROL: (
        "No authorisation is needed under this ruleset, which does not mean “lawful” or “harmless”."
    ),
    Outcome.GENERAL_AUTHORISATION: (
        "A general authorisation, open to every exporter that meets its conditions, covers it; that is "
        "not a safeguard."
    ),
    Outcome.NOTIFICATION: (
        "The exporter must notify the authority, which then clears the export or requires a licence; "
        "whether it may ship in the meantime is not settled."
    ),
    Outcome.AUTHORISATION: (
        "It needs a licence that the exporter applies for; the authority weighs the case and decides."
    ),
    Outcome.SUSPENSION: (
        "It may not be exported, and no licence may be used, until a stated condition is met."
    ),
    Outcome.REFUSAL: "It needs a licence, and the authority must refuse it on a stated finding.",
    Outcome.PROHIBITION: (
        "It may not be exported; the authority may license only what the text names by way of "
        "derogation, if anything."
    ),
}

CELL_WORDS: dict[Outcome, str] = {
    Outcome.NO_CONTROL: "no licence",
    Outcome.GENERAL_AUTHORISATION: "general licence",
    Outcome.NOTIFICATION: "must report",
    Outcome.AUTHORISATION: "licence",
    Outcome.SUSPENSION: "suspended",
    Outcome.REFUSAL: "refused",
    Outcome.PROHIBITION: "banned",
}
"""Each outcome as a cell of a table says it."""


@attrs.frozen(order=True)
class Span:
    """The mildest and the strictest outcome that the known facts allow."""

    low: Outcome
    high: Outcome

    def __str__(self) -> str:
        return self.low.word if self.low is self.high else f"{self.low}..{self.high}"

    @property
    def is_settled(self) -> bool:
        """Whether only one outcome is possible."""
        return self.low is self.high

    def __contains__(self, other: object) -> bool:
        if isinstance(other, Span):
            return self.low <= other.low and other.high <= self.high
        return isinstance(other, Outcome) and self.low <= other <= self.high


class Trigger(enum.StrEnum):
    """Who or what triggers a rule; a plugin may add others, each an ``OwnWord``."""

    CLASSIFICATION = "the exporter's classification of the item"
    AUTHORITY = "information from the authority"
    KNOWLEDGE = "what the exporter knows"
    NATIONAL_LAW = "national law"
    DILIGENCE = "what due diligence finds"
    FINDING = "a finding by the authority"
    ACT = "the act itself"


class Protects(enum.StrEnum):
    """Whom a kind of duty primarily protects or serves."""

    PEOPLE = "people affected"
    PUBLIC = "the public"
    APPLICANTS = "applicants"
    ADMINISTRATION = "administration"


_PEOPLE, _ADMINISTRATION = Protects.PEOPLE, Protects.ADMINISTRATION


class DutyKind(enum.StrEnum):
    """What a duty requires; ``protects`` says whom it protects, and ``why`` the reason."""

    _who: Protects
    _reason: str

    def __new__(cls, word: str, who: Protects, reason: str) -> Self:
        """Returns the kind of this word, with whom it protects or serves, and why it counts so."""
        kind = str.__new__(cls, word)
        kind._value_, kind._who, kind._reason = word, who, reason
        return kind

    CLASSIFICATION = "classification", _ADMINISTRATION, "It settles whether the control applies at all."
    DUE_DILIGENCE = "due diligence", _PEOPLE, "The exporter has to find out whom the export may harm."
    RIGHTS_ASSESSMENT = (
        "human-rights assessment",
        _PEOPLE,
        "The authority has to find out whom the export may harm.",
    )
    REFUSAL = (
        "mandatory refusal",
        _PEOPLE,
        (
            "A finding of harm, or of a lack of protection, binds the authority to refuse; a refusal "
            "that follows another state's objection is shown, and not counted."
        ),
    )
    CRITERIA = (
        "criteria for decisions",
        _PEOPLE,
        "Harm can be weighed in the decision; to take it into account is a duty, to any result is none.",
    )
    END_USE_STATEMENT = (
        "end-use statement",
        _ADMINISTRATION,
        "It informs the authority of the use, for any purpose of the control.",
    )
    COMPLIANCE_PROGRAMME = (
        "compliance programme",
        _ADMINISTRATION,
        "It makes the exporter observe the control, whomever that protects.",
    )
    NOTIFICATION = (
        "notification",
        _ADMINISTRATION,
        "It brings a case before the authority, which decides what follows.",
    )
    PUBLICATION = "publication", Protects.PUBLIC, "Anybody may read it."
    INFORMATION_SHARING = (
        "information sharing",
        _ADMINISTRATION,
        "Public bodies inform each other, and need not inform anybody else.",
    )
    RECORDS = "record keeping", _ADMINISTRATION, "It lets the authority check afterwards."
    CONSULTATION = (
        "consultation",
        _ADMINISTRATION,
        "Authorities hear or follow each other, so that none is laxer, whatever a refusal was for.",
    )
    REVIEW = "licence review and revocation", _PEOPLE, "A licence can end when harm shows later."
    DENIAL_REVIEW = (
        "review of refusals",
        Protects.APPLICANTS,
        "A refusal is looked at again, which can only help the applicant.",
    )
    VALIDITY = (
        "validity of licences",
        _ADMINISTRATION,
        "It limits how long, or by whom, an authorisation is used, for reasons of the authority.",
    )
    PENALTIES = "penalties", _ADMINISTRATION, "They enforce every duty alike."
    REMEDY = "remedy", _PEOPLE, "Whoever was harmed can claim it."
    LIST_UPDATING = (
        "list updating",
        _ADMINISTRATION,
        "It keeps the list of items up to date, for any purpose of the control.",
    )

    @property
    def protects(self) -> Protects:
        """Whom it protects or serves."""
        return self._who

    @property
    def why(self) -> str:
        """Why it counts so, as a sentence."""
        return self._reason


class Strength(enum.StrEnum):
    """How strongly a duty binds."""

    MAY = "may"
    VOLUNTARY = "voluntary"
    PRESUPPOSED = "presupposed"
    MUST_CONSIDER = "must consider"
    MUST = "must"


class Stage(enum.StrEnum):
    """The stage of an export at which a duty arises."""

    ANY = "at any stage"
    LICENSING = "where a licence has to be applied for"
    """Where a rule of the text, its base or a proposal based on it requires one and decides."""


class Addressee(enum.StrEnum):
    """Whom a duty binds; a plugin may add institutions of its law, each an ``OwnWord``."""

    EXPORTER = "exporter"
    BROKER = "broker"
    AUTHORITY = "authority"
    LEGISLATOR = "legislator"


class Breach(enum.StrEnum):
    """What follows from a breach of a duty."""

    NONE = "none"
    PRIVILEGE_LOST = "privilege lost"
    NATIONAL_PENALTY = "national penalty"
    EXPORT_BLOCKED = "export blocked"


def _comment(instance: Any, attribute: Any, value: Any) -> None:
    if value != "":
        full_sentence(instance, attribute, value)


def _cited(value: Citation) -> Citation:
    """Checks a citation; a converter, because it runs before the defaults that need the citation."""
    if not isinstance(value, Citation):
        msg = f"A provision needs a citation first, such as REGULATION['Art. 5(1)']; found {value!r}."
        raise DefinitionError(msg, "RC410")
    return value


_ID_FROM_CITATION: Any = attrs.Factory(lambda provision: provision.cite.slug, takes_self=True)


@attrs.frozen(eq=False, repr=False)
class Duty(Shown):
    """What someone must do or publish, may do, or is presupposed to do; ``Chapter.duty`` declares it.

    Attributes:
        cite: The provision.
        sentence: The duty as a full plain sentence, paraphrased.
        kind: What it requires.
        addressee: Whom it binds.
        strength: How strongly it binds.
        when: When it applies; by default, whenever the ruleset applies.
        period: The days on which it is in the text, if that is not as long as the text is in force.
        stage: The stage at which it arises; a licence that a general authorisation overrides, or that
            another text requires, does not count.
        deadline: By when it must be done, in words, if the text sets a time.
        breach: What follows from a breach, if the text says so.
        checked: How it is known; by default as for the citation, or else the ruleset.
        rests_on: For a proposal, the published statements behind it.
        note: A comment on it, which is no part of the text, in full sentences.
        id: Its name within the ruleset, by default from the citation.
        amends: The version that it replaced, if ``Chapter.amend`` declared it.
        amended: The version that replaced it, if an amendment did.

    Example:
        ``chapter.duty(ACT["Art. 7"], "Exporters must keep records for five years.",
        kind=DutyKind.RECORDS, addressee=Addressee.EXPORTER, strength=Strength.MUST)``
    """

    cite: Citation = attrs.field(converter=_cited)
    sentence: str = attrs.field(validator=full_sentence)
    kind: DutyKind = attrs.field(validator=takes(DutyKind), kw_only=True)
    addressee: Addressee | OwnWord = attrs.field(validator=takes(Addressee, OwnWord), kw_only=True)
    strength: Strength = attrs.field(validator=takes(Strength), kw_only=True)
    when: Condition = attrs.field(default=TRUE, converter=as_condition, kw_only=True)
    period: Period | None = attrs.field(default=None, validator=takes(Period, None), kw_only=True)
    stage: Stage = attrs.field(default=Stage.ANY, validator=takes(Stage), kw_only=True)
    deadline: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    breach: Breach | None = attrs.field(default=None, validator=takes(Breach, None), kw_only=True)
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD), kw_only=True
    )
    rests_on: tuple[Statement, ...] = attrs.field(default=(), validator=each(Statement), kw_only=True)
    note: str = attrs.field(default="", validator=_comment, kw_only=True)
    id: str = attrs.field(default=_ID_FROM_CITATION, validator=takes(str), kw_only=True)
    amends: Duty | None = attrs.field(default=None, init=False, repr=False)
    amended: Duty | None = attrs.field(default=None, init=False, repr=False)

    def __repr__(self) -> str:
        return f"<Duty {self.id}>"

    @property
    def condition(self) -> Condition:
        """When it applies, its period included."""
        return _in_text(self.when, self.period)


def later_versions(provision: Any) -> tuple[Any, ...]:
    """Returns what a provision became by its amendments, in their order."""
    later = getattr(provision, "amended", None)
    return (later, *later_versions(later)) if later is not None else ()


def _in_text(when: Condition, period: Period | None) -> Condition:
    return all_of(when, period.holds_on(LAW_DATE)) if period else when


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _review_states(rule: Any) -> str:
    reviews = rule.review if rule.ends_in is Outcome.REFUSAL else ()
    return next((review.states for review in reviews if isinstance(review, Review)), "")


# A default that type checkers see, unlike one by decorator.
_STATES_FROM_REVIEW: Any = attrs.Factory(_review_states, takes_self=True)


def _check_overrides(instance: Rule, attribute: Any, value: tuple[Any, ...]) -> None:
    for item in value:
        if not isinstance(item, Rule):
            raise DefinitionError(
                f"Rule {instance.cite}: overrides= takes the rule itself, or several, found {item!r}. "
                "Write the name that the rule is bound to, such as overrides=art_3."
            )


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

    cite: Citation = attrs.field(converter=_cited)
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
    note: str = attrs.field(default="", validator=_comment, kw_only=True)
    plain: Plain | None = attrs.field(default=None, validator=takes(Plain, None), kw_only=True)
    id: str = attrs.field(default=_ID_FROM_CITATION, validator=takes(str), kw_only=True)
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
        """When it holds, its period included."""
        return _in_text(self.when, self.period)


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
class Interpretation:
    """A doubt in a text; conditions ask it by ``choose()`` and ``is_read_as()``.

    ``Chapter.interpretation`` declares it.

    Attributes:
        id: Its name, such as ``IC-05``.
        cite: The doubtful text.
        question: The doubt as a question.
        readings: The name of each reading, with what it says.
        default: The reading that is assumed, and listed as assumed, unless another is chosen; ``open``
            assumes none.
        reason: Why that reading is the default.
        within: Readings, each with a wider one that covers all that it covers; tests prove that wherever
            the text decides under the one, it does under the other.
        checked: How the reason for the default is known; by default as for the ruleset.
        asked: The question that conditions ask: how the text is read, or whether it exists.
        shown: For a text about what reports show: what they may show, which no condition asks.

    Example:
        ``doubt = chapter.interpretation("services", ACT["Art. 2"], "Does it cover services?",
        readings={"yes": "It covers them.", "no": "It covers goods alone."}, default="no",
        reason="The text speaks of goods.")``, then ``when=goods | doubt.choose(yes=services, no=goods)``
    """

    id: str = attrs.field(validator=takes(str))
    cite: Citation = attrs.field(converter=_cited)
    question: str = attrs.field(validator=full_sentence)
    readings: Mapping[str, str] = attrs.field(validator=takes(Mapping), kw_only=True)
    default: str = attrs.field(validator=takes(str), kw_only=True)
    reason: str = attrs.field(validator=full_sentence, kw_only=True)
    within: Mapping[str, str] = attrs.field(factory=dict, validator=takes(Mapping), kw_only=True)
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD), kw_only=True
    )
    asked: DoubtQuestion = attrs.field(kw_only=True, repr=False)
    shown: ShownByReports | None = attrs.field(default=None, kw_only=True, repr=False)

    @asked.default
    def _how_it_is_read(self) -> DoubtQuestion:
        return DoubtQuestion(self.id)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.asked, TextQuestion) and not self.question.endswith("?"):
            found = f"The question of {self.id} does not end with a question mark: {self.question!r}."
            raise DefinitionError(f"{found} Ask how the text is read, as in 'Does it cover services?'.")
        if self.default != "open":
            self._check_reading(self.default)
        for reading in (*self.within, *self.within.values()):
            self._check_reading(reading)

    @property
    def key(self) -> str:
        """The key of the question in conditions and answers."""
        return self.asked.key

    @property
    def matters_to(self) -> Question:
        """The question that conditions ask for its sake: its own, or for what reports may show."""
        return self.shown.finding if self.shown else self.asked

    def is_asked_in(self, questions: Container[str]) -> bool:
        """Whether one of these questions asks it, or for what reports may show."""
        return self.matters_to.key in questions

    def _check_reading(self, reading: str) -> None:
        if reading not in self.readings:
            hint = did_you_mean(nearest(reading, self.readings))
            msg = f"{self.id} has no reading {reading!r}, only {', '.join(self.readings)}.{hint}"
            raise DefinitionError(msg)

    def choose(self, **conditions: object) -> Condition:
        """Returns the condition that holds where that of the chosen reading does; name every reading."""
        for reading in conditions:
            self._check_reading(reading)
        missing = [reading for reading in self.readings if reading not in conditions]
        if missing:
            msg = f"{self.id}.choose(...) says nothing for {', '.join(missing)}; give each a condition."
            raise DefinitionError(msg)
        pairs = ((name, as_condition(condition)) for name, condition in conditions.items())
        return Choose(self.asked, tuple(pairs))

    def is_read_as(self, *readings: str) -> Condition:
        """Returns the condition that the text is read in one of these ways."""
        for reading in readings:
            self._check_reading(reading)
        truths = ((name, TRUE if name in readings else FALSE) for name in self.readings)
        return Choose(self.asked, tuple(truths))


_DOUBTS: WeakKeyDictionary[Rule | Duty | Row, Interpretation] = WeakKeyDictionary()


def presence_doubt(provision: Rule | Duty) -> Interpretation:
    """Returns the doubt whether a provision that nobody read is in the text; no answer is assumed.

    Rulesets that share a provision share the doubt, so that it is asked once.
    """
    asked = TextQuestion(f"text.{provision.id}")
    return _unread(provision, asked, provision.cite, provision.sentence)


def row_doubt(table: DatedTable, row: Row) -> Interpretation:
    """Returns the doubt whether a row is in the text on days on which that is open."""
    place = Instrument(table.name, row.source, row.source)[f"line {row.line}"]
    asks = f"line {row.line} of “{table.name}” ({row.source}), on a day between two texts that differ."
    return _unread(row, row.unread, place, asks)


def _unread(
    owner: Rule | Duty | Row, question: TextQuestion, cite: Citation, sentence: str
) -> Interpretation:
    if owner not in _DOUBTS:
        doubt = Interpretation(
            question.id,
            cite,
            f"Is this in the text: {sentence}",
            readings={"yes": "The text says this.", "no": "The text does not say this."},
            default="open",
            reason="The text was not read.",
            checked=EvidenceLevel.UNREAD,
            asked=question,
        )
        _DOUBTS.setdefault(owner, doubt)
    return _DOUBTS[owner]


@attrs.frozen(eq=False)
class Discretion(ConditionLike):
    """A power that may be used: itself a condition, unknown unless a case states its use.

    ``Chapter.discretion`` declares it.

    Attributes:
        cite: The provision.
        question: Whether the power was used, as a question.
        who: Who may use it.
        id: Its name in the ``discretion`` block of a file, by default from the citation.

    Example:
        ``called_in = chapter.discretion(ACT["Art. 4"], "Has the ministry required a licence?",
        who=Addressee.AUTHORITY)``, then ``when=unlisted & called_in``
    """

    cite: Citation = attrs.field(converter=_cited)
    question: str = attrs.field(validator=full_sentence)
    who: Addressee | OwnWord = attrs.field(validator=takes(Addressee, OwnWord), kw_only=True)
    id: str = attrs.field(default=_ID_FROM_CITATION, validator=takes(str), kw_only=True)

    @property
    def key(self) -> str:
        """The key of the question in conditions and answers."""
        return self.asked.key

    @property
    def asked(self) -> Question:
        """The question that conditions ask."""
        return PowerQuestion(self.id)

    def is_asked_in(self, questions: Container[str]) -> bool:
        """Whether one of these questions asks it."""
        return self.key in questions

    def __condition__(self) -> Condition:
        return Holds(self.asked)


@attrs.frozen(eq=False)
class NotEncoded:
    """What a ruleset deliberately does not encode; every output says so.

    ``Chapter.left_out`` declares it.

    Attributes:
        cite: The provision.
        what: What is left out, as a sentence.
        why: Why it is left out: procedure, an undefined word, a later version of the ruleset.

    Example:
        ``chapter.left_out(ACT["Art. 9"], "Fees.", "They do not affect whether an item may go.")``
    """

    cite: Citation = attrs.field(converter=_cited)
    what: str = attrs.field(validator=full_sentence)
    why: str = attrs.field(validator=full_sentence)


class Silence(enum.StrEnum):
    """Why a ruleset has no duty of some kind."""

    SILENT = "silent"
    """The text was read and says nothing."""
    NATIONAL_LAW = "left to national law"
    """The text leaves the matter to the states that it binds."""


def _silence(value: Silence | Literal["silent", "left to national law"]) -> Silence:
    return Silence(value) if value in list(Silence) else value  # type: ignore[return-value]


@attrs.frozen(eq=False)
class NoDuty:
    """A kind of duty that a text that was read does not have; ``Chapter.no_duty`` declares it.

    Attributes:
        cite: The text that was read.
        kind: The kind of duty.
        says: Whether the text is silent or leaves it to the states that it binds.
    """

    cite: Citation = attrs.field(converter=_cited)
    kind: DutyKind = attrs.field(validator=takes(DutyKind), kw_only=True)
    says: Silence = attrs.field(
        default=Silence.SILENT, converter=_silence, validator=takes(Silence), kw_only=True
    )


Provision = Rule | Duty | Interpretation | Discretion | NotEncoded | NoDuty
"""Anything that a text contains: a chapter declares it, and a reform amends it."""


IDENTIFIER = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
"""The syntax of the id of a rule, duty, interpretation or discretion."""
