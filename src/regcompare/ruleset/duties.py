"""Duties: what a text requires of someone, how strongly, and which kinds of duty it does not have."""

from __future__ import annotations

import enum
from typing import Literal, Self

import attrs

from regcompare._support.displays import Shown
from regcompare._support.fields import comment, each, full_sentence, takes
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
from regcompare.logic.conditions import TRUE, Condition, all_of, as_condition
from regcompare.vocabulary import LAW_DATE
from regcompare.vocabulary.periods import Period


class Protects(enum.StrEnum):
    """Those whom a kind of duty primarily protects or serves."""

    PEOPLE = "people affected"
    PUBLIC = "the public"
    APPLICANTS = "applicants"
    ADMINISTRATION = "administration"


_PEOPLE, _ADMINISTRATION = Protects.PEOPLE, Protects.ADMINISTRATION


class DutyKind(enum.StrEnum):
    """Kinds of duty, by what they require.

    Attributes:
        protects: Whom it protects or serves.
        why: Why it counts so, as a sentence.
    """

    protects: Protects
    why: str

    def __new__(cls, word: str, protects: Protects, why: str) -> Self:
        """Returns the kind of this word, with whom it protects or serves, and why it counts so."""
        kind = str.__new__(cls, word)
        kind._value_, kind.protects, kind.why = word, protects, why
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


class Strength(enum.StrEnum):
    """The strength with which a duty binds."""

    MAY = "may"
    VOLUNTARY = "voluntary"
    PRESUPPOSED = "presupposed"
    MUST_CONSIDER = "must consider"
    MUST = "must"


class Stage(enum.StrEnum):
    """The stage of an export at which a duty arises."""

    ANY = "at any stage"
    LICENSING = "where a licence has to be applied for"
    """A rule of the text, its base or a proposal based on it requires one and decides."""


class Addressee(enum.StrEnum):
    """Those whom a duty binds; a plugin may add institutions of its law, each an ``OwnWord``."""

    EXPORTER = "exporter"
    BROKER = "broker"
    AUTHORITY = "authority"
    LEGISLATOR = "legislator"


class Breach(enum.StrEnum):
    """Consequences of a breach of a duty."""

    NONE = "none"
    PRIVILEGE_LOST = "privilege lost"
    NATIONAL_PENALTY = "national penalty"
    EXPORT_BLOCKED = "export blocked"


@attrs.frozen(eq=False, repr=False)
class Duty(Shown):
    """A duty to do or publish something, or a power to; ``Chapter.duty`` declares it.

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

    cite: Citation = attrs.field(converter=required_citation)
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
    note: str = attrs.field(default="", validator=comment, kw_only=True)
    id: str = attrs.field(default=ID_FROM_CITATION, validator=takes(str), kw_only=True)
    amends: Duty | None = attrs.field(default=None, init=False, repr=False)
    amended: Duty | None = attrs.field(default=None, init=False, repr=False)

    def __repr__(self) -> str:
        return f"<Duty {self.id}>"

    @property
    def condition(self) -> Condition:
        """The condition under which it applies, its period included."""
        return all_of(self.when, self.period.holds_on(LAW_DATE)) if self.period else self.when


class Silence(enum.StrEnum):
    """Reasons why a ruleset has no duty of some kind."""

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

    cite: Citation = attrs.field(converter=required_citation)
    kind: DutyKind = attrs.field(validator=takes(DutyKind), kw_only=True)
    says: Silence = attrs.field(
        default=Silence.SILENT, converter=_silence, validator=takes(Silence), kw_only=True
    )
