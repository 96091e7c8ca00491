"""Chapters, in which a text declares its provisions in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar
from warnings import warn

import attrs

from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import OwnWord
from regcompare.law import Checked, Citation, Evidence, Statement
from regcompare.logic.conditions import TRUE, Condition, ConditionLike, Holds, as_condition
from regcompare.vocabulary.periods import Period
from regcompare.vocabulary.words import REPORTED

from .plain import Plain
from .reports import NESTED, READINGS, conditions_of
from .review import Review
from .rules import (
    Addressee,
    Breach,
    Discretion,
    Duty,
    DutyKind,
    Interpretation,
    NoDuty,
    NotEncoded,
    Outcome,
    Provision,
    Rule,
    Silence,
    Stage,
    Strength,
    Trigger,
)

Kind = TypeVar("Kind", bound=Provision)


class Chapter:
    """A chapter of a text, usually one per module, in which its provisions are declared.

    A ruleset consists of what its chapters declare, so a provision cannot be left out by mistake, and
    one that is imported for its condition stays where it was declared.

    Example:
        ``chapter = Chapter()``, then ``art_5_1 = chapter.rule(ACT["Art. 5(1)"], "...", when=..., ...)``;
        the ruleset takes it by ``provisions=(scope.chapter, duties.chapter)``.

    Attributes:
        is_read: Whether a ruleset was created from it.
    """

    __slots__ = ("_declared", "is_read")

    def __init__(self) -> None:
        self._declared: list[Provision] = []
        self.is_read = False

    def rule(
        self,
        cite: Citation,
        sentence: str,
        *,
        when: ConditionLike,
        then: Outcome,
        triggered_by: Trigger | OwnWord,
        lifts: Rule | Sequence[Rule] = (),
        review: Review | Sequence[Review] = (),
        states: str = "",
        period: Period | None = None,
        fires: str = "",
        misses: str = "",
        checked: Evidence | Checked | None = None,
        rests_on: tuple[Statement, ...] = (),
        counts_as: DutyKind = DutyKind.REFUSAL,
        note: str = "",
        plain: Plain | None = None,
        id: str = "",
    ) -> Rule:
        """Declares that an outcome follows when a condition holds.

        Args:
            cite: The provision.
            sentence: The rule as a full plain sentence, paraphrased.
            when: The condition.
            then: The outcome.
            triggered_by: Who or what triggers it.
            lifts: The rules that it overrides: they do not decide where this one holds.
            review: For a licence, how it is decided; for a refusal, on which finding.  Rules may share
                one; several apply each in its period.
            states: For a refusal, whose finding it needs by which standard, by default from ``review``;
                for a suspension, until what it lasts.
            period: The days on which it is in the text, if that is not as long as the text is in force.
            fires: The id of a case in which the rule holds, with any departure from the defaults:
                ``case as of 2023-12-09 under IC-10=ban``; by default the first case that expects it.
            misses: The id of a near miss, a similar case in which it does not hold; by default the
                nearest case that expects something else of the ruleset.
            checked: How it is known, and from which document; by default as for the citation, or else
                the ruleset.
            rests_on: For a proposal, the published statements behind it.
            counts_as: For a refusal, the kind of duty that it is.
            note: A comment on it, which is no part of the text, in full sentences.
            plain: Its condition in everyday words, from which the reason of a gate is made.
            id: Its name within the ruleset, by default from the citation.

        Raises:
            DefinitionError: A field is missing or wrong, or the review does not fit the outcome.

        Example:
            ``art_2 = chapter.rule(ACT["Art. 2"], "Listed items may not be exported without a licence.",
            when=listed, then=Outcome.AUTHORISATION, triggered_by=Trigger.CLASSIFICATION)``
        """
        return self._declare(_made(Rule, locals()))

    def duty(
        self,
        cite: Citation,
        sentence: str,
        *,
        kind: DutyKind,
        addressee: Addressee | OwnWord,
        strength: Strength,
        when: ConditionLike = TRUE,
        stage: Stage = Stage.ANY,
        deadline: str = "",
        breach: Breach | None = None,
        period: Period | None = None,
        checked: Evidence | Checked | None = None,
        rests_on: tuple[Statement, ...] = (),
        note: str = "",
        id: str = "",
    ) -> Duty:
        """Declares what someone must do or publish, may do, or is presupposed to do.

        Args:
            cite: The provision.
            sentence: The duty as a full plain sentence, paraphrased.
            kind: What it requires.
            addressee: Whom it binds.
            strength: How strongly it binds.
            when: When it applies; by default, whenever the ruleset applies.
            stage: The stage at which it arises; a licence that a general authorisation overrides, or
                that another text requires, does not count.
            deadline: By when it must be done, in words, if the text sets a time.
            breach: What follows from a breach, if the text says so.
            period: The days on which it is in the text, if that is not as long as the text is in force.
            checked: How it is known; by default as for the citation, or else the ruleset.
            rests_on: For a proposal, the published statements behind it.
            note: A comment on it, which is no part of the text, in full sentences.
            id: Its name within the ruleset, by default from the citation.

        Raises:
            DefinitionError: A field is missing or wrong.

        Example:
            ``chapter.duty(ACT["Art. 7"], "Exporters must keep records for five years.",
            kind=DutyKind.RECORDS, addressee=Addressee.EXPORTER, strength=Strength.MUST)``
        """
        return self._declare(_made(Duty, locals()))

    def interpretation(
        self,
        id: str,
        cite: Citation,
        question: str,
        *,
        readings: Mapping[str, str],
        default: str,
        reason: str,
        within: Mapping[str, str] = {},
        checked: Evidence | Checked | None = None,
    ) -> Interpretation:
        """Declares a doubt in the text; conditions ask it by ``choose()`` and ``is_read_as()``.

        Args:
            id: Its name, such as ``IC-05``.
            cite: The doubtful text.
            question: The doubt as a question.
            readings: The name of each reading, with what it says.
            default: The reading that is assumed, and listed as assumed, unless another is chosen;
                ``open`` assumes none.
            reason: Why that reading is the default.
            within: Readings, each with a wider one that covers all that it covers.
            checked: How the reason for the default is known; by default as for the ruleset.

        Raises:
            DefinitionError: A field is missing or wrong, or there is no such reading.

        Example:
            ``doubt = chapter.interpretation("services", ACT["Art. 2"], "Does it cover services?",
            readings={"yes": "It covers them.", "no": "It covers goods alone."}, default="no",
            reason="The text speaks of goods.")``, then ``when=goods | doubt.choose(yes=services,
            no=goods)``
        """
        return self._declare(_made(Interpretation, locals()))

    def discretion(
        self, cite: Citation, question: str, *, who: Addressee | OwnWord, id: str = ""
    ) -> Discretion:
        """Declares a power that may be used: itself a condition, unknown unless a case states its use.

        Args:
            cite: The provision.
            question: Whether the power was used, as a question.
            who: Who may use it.
            id: Its name in the ``discretion`` block of a file, by default from the citation.

        Raises:
            DefinitionError: A field is missing or wrong.

        Example:
            ``called_in = chapter.discretion(ACT["Art. 4"], "Has the ministry required a licence?",
            who=Addressee.AUTHORITY)``, then ``when=unlisted & called_in``
        """
        return self._declare(_made(Discretion, locals()))

    def left_out(self, cite: Citation, what: str, why: str) -> NotEncoded:
        """Declares what the ruleset deliberately does not encode; every output says so.

        Args:
            cite: The provision.
            what: What is left out, as a sentence.
            why: Why it is left out: procedure, an undefined word, a later version of the ruleset.

        Raises:
            DefinitionError: Something is not a sentence.

        Example:
            ``chapter.left_out(ACT["Art. 9"], "Fees.", "They do not affect whether an item may go.")``
        """
        return self._declare(NotEncoded(cite, what, why))

    def not_encoded(self, cite: Citation, what: str, why: str) -> NotEncoded:
        """Declares what is left out, under the name of interface 1."""
        warn("Chapter.not_encoded() is now left_out().", DeprecationWarning, stacklevel=2)
        return self.left_out(cite, what, why)

    def no_duty(
        self,
        cite: Citation,
        *,
        kind: DutyKind,
        says: Literal["silent", "left to national law"] | Silence = Silence.SILENT,
    ) -> NoDuty:
        """Declares that a text that was read has no duty of a kind, or leaves it to national law.

        Args:
            cite: The text that was read.
            kind: The kind of duty.
            says: Whether the text is silent or leaves it to the states that it binds.

        Raises:
            DefinitionError: A field is missing or wrong.
        """
        return self._declare(NoDuty(cite, kind=kind, says=says))

    def shown_by_reports(
        self,
        name: str,
        cite: Citation,
        question: str,
        *,
        finding: object,
        of: Collection[str],
        default: str,
        reason: str,
        checked: Evidence | Checked | None = None,
        presupposes: object = TRUE,
    ) -> Condition:
        """Declares a reading of what reports show; returns that the finding is made, or shown by them.

        Args:
            name: The id of the interpretation.
            cite: The text that asks for the finding.
            question: Which reports show it, as a question.
            finding: The finding, a yes/no fact or a member of a set.
            of: What the reports are about.
            default: The reading that is assumed: ``user``, ``kind_of_user``, ``country`` or ``stated``.
            reason: Why it is.
            checked: How the reason is known.
            presupposes: A weaker finding without which there is none, so that a case may deny that one.

        Raises:
            DefinitionError: The finding is not one yes/no question, or a reading or matter is unknown.
        """
        made = as_condition(finding)
        if not isinstance(made, Holds):
            raise DefinitionError(f"{cite}: finding= is one yes/no fact, or one member of a set.")
        for matter in of:
            if matter not in REPORTED:
                hint = did_you_mean(nearest(matter, REPORTED))
                raise DefinitionError(
                    f"{cite}: of= names {matter!r}.{hint} Expected {', '.join(REPORTED)}."
                )
        doubt = Interpretation(
            name,
            cite,
            question,
            readings=READINGS,
            within=NESTED,
            default=default,
            reason=reason,
            checked=checked,
            finding=made.question,
        )
        self.add(doubt)
        return made | (doubt.choose(**conditions_of(of)) & as_condition(presupposes))

    def add(self, *provisions: Provision) -> None:
        """Adds provisions that were created elsewhere, such as one for each row of a table.

        Raises:
            DefinitionError: A ruleset was already created from the chapter.
        """
        if self.is_read and provisions:
            raise DefinitionError(
                f"{provisions[0].cite}: a ruleset was made of this chapter before, and would lack it. "
                "Declare it in the module of the chapter, or amend the ruleset by with_()."
            )
        self._declared += provisions

    def _declare(self, provision: Kind) -> Kind:
        self.add(provision)
        return provision

    def __iter__(self) -> Iterator[Provision]:
        return iter(tuple(self._declared))

    def read(self) -> tuple[Provision, ...]:
        """Returns the declared provisions in order; nothing can be added afterwards."""
        self.is_read = True
        return tuple(self)


def _made(kind: type[Kind], arguments: Mapping[str, Any]) -> Kind:
    """Returns a provision from the arguments of a method; a blank text has the provision's default."""
    fields = attrs.fields_dict(kind)
    given = {name: value for name, value in arguments.items() if name in fields}
    blank = (name for name, value in given.items() if isinstance(value, str) and not value)
    left_out = {name for name in blank if fields[name].default is not attrs.NOTHING}
    return kind(**{name: value for name, value in given.items() if name not in left_out})
