"""Doubts in a text and powers under it: questions that the text leaves open, and conditions ask."""

from __future__ import annotations

from collections.abc import Container, Mapping

import attrs

from regcompare._support.fields import full_sentence, takes
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import OwnWord
from regcompare.law import (
    CHECKED_FIELD,
    ID_FROM_CITATION,
    Citation,
    Evidence,
    as_evidence,
    required_citation,
)
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    Choose,
    Condition,
    ConditionLike,
    Holds,
    as_condition,
)
from regcompare.logic.questions import DoubtQuestion, PowerQuestion, Question, TextQuestion

from .duties import Addressee
from .reports import ShownByReports


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
    cite: Citation = attrs.field(converter=required_citation)
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
        """Returns whether one of these questions asks it, or for what reports may show."""
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

    cite: Citation = attrs.field(converter=required_citation)
    question: str = attrs.field(validator=full_sentence)
    who: Addressee | OwnWord = attrs.field(validator=takes(Addressee, OwnWord), kw_only=True)
    id: str = attrs.field(default=ID_FROM_CITATION, validator=takes(str), kw_only=True)

    @property
    def key(self) -> str:
        """The key of the question in conditions and answers."""
        return self.asked.key

    @property
    def asked(self) -> Question:
        """The question that conditions ask."""
        return PowerQuestion(self.id)

    def is_asked_in(self, questions: Container[str]) -> bool:
        """Returns whether one of these questions asks it."""
        return self.key in questions

    def __condition__(self) -> Condition:
        return Holds(self.asked)
