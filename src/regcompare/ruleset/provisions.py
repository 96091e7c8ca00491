"""The provisions of a text: the chapters that declare them, and all of them by kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from inspect import Parameter, Signature, signature
from typing import Concatenate, ParamSpec, TypeVar, get_args
from warnings import warn

import attrs

from regcompare._support.fields import each
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.law import Checked, Citation, Evidence
from regcompare.logic.conditions import Condition, Holds, as_condition, questions
from regcompare.vocabulary import LAW_DATE, Reported
from regcompare.vocabulary.dated import DatedTable, Row
from regcompare.vocabulary.sections import REPORTED

from .reports import READINGS, ShownByReports
from .rules import (
    Discretion,
    Duty,
    Interpretation,
    NoDuty,
    NotEncoded,
    Outcome,
    Plain,
    Provision,
    Rule,
    Trigger,
)

Kind = TypeVar("Kind", bound=Provision)
Fields = ParamSpec("Fields")


def _declaring(name: str, kind: Callable[Fields, Kind]) -> Callable[Concatenate[Chapter, Fields], Kind]:
    """Returns the method of a chapter that declares a provision of a kind, with its fields."""

    def declare(chapter: Chapter, /, *args: Fields.args, **fields: Fields.kwargs) -> Kind:
        provision = kind(*args, **fields)
        chapter.add(provision)
        return provision

    chapter = Parameter("chapter", Parameter.POSITIONAL_ONLY)
    declare.__name__, declare.__qualname__, declare.__doc__ = name, f"Chapter.{name}", kind.__doc__
    declare.__signature__ = Signature([chapter, *signature(kind).parameters.values()])  # type: ignore[attr-defined]
    return declare


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

    rule = _declaring("rule", Rule)
    """Declares that an outcome follows when a condition holds; ``Rule`` says what it takes."""
    duty = _declaring("duty", Duty)
    """Declares what someone must do or publish, or may do; ``Duty`` says what it takes."""
    interpretation = _declaring("interpretation", Interpretation)
    """Declares a doubt in the text; ``Interpretation`` says what it takes."""
    discretion = _declaring("discretion", Discretion)
    """Declares a power that may be used; ``Discretion`` says what it takes."""
    left_out = _declaring("left_out", NotEncoded)
    """Declares what the ruleset deliberately does not encode; ``NotEncoded`` says what it takes."""
    no_duty = _declaring("no_duty", NoDuty)
    """Declares that a text that was read has no duty of a kind; ``NoDuty`` says what it takes."""

    def not_encoded(self, cite: Citation, what: str, why: str) -> NotEncoded:
        """Declares what is left out, under the name of interface 1."""
        warn("Chapter.not_encoded() is now left_out().", DeprecationWarning, stacklevel=2)
        return self.left_out(cite, what, why)

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
        presupposes: object = None,
    ) -> Condition:
        """Declares that reports may show a finding, where a case presumes anything; returns the finding.

        Args:
            name: The id of the interpretation.
            cite: The text that asks for the finding.
            question: Which reports show it, as a question; how near they must come is a doubt.
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
        weaker = None if presupposes is None else as_condition(presupposes)
        if not isinstance(made, Holds) or not isinstance(weaker, Holds | None):
            raise DefinitionError(
                f"{cite}: finding= and presupposes= are one yes/no fact, or one member of a set."
            )
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
            default=default,
            reason=reason,
            checked=checked,
            shown=ShownByReports(
                made.question,
                tuple(getattr(Reported, matter).key for matter in of),
                weaker.question if weaker is not None else None,
            ),
        )
        self.add(doubt)
        return made

    def since_last_reading(
        self,
        cite: Citation,
        sentence: str,
        table: DatedTable,
        reach: Callable[[Row], Condition],
        *,
        then: Outcome,
        triggered_by: Trigger,
        plain: Plain | None = None,
        id: str,  # As for a rule.
    ) -> Rule:
        """Declares what texts, as they stand since they were last read, may say: it is open.

        Args:
            cite: The table, as a citation.
            sentence: What the texts may say, as a full sentence.
            table: The texts.  Each row is in force from the day from which its text is open; ``text`` is
                its name, ``through`` the day through which it was read.
            reach: What the text of a row may be about.
            then: The outcome to which it may lead.
            triggered_by: Who or what triggers it.
            plain: Its condition in everyday words.
            id: Its id.
        """
        return self.rule(
            cite,
            sentence,
            plain=plain,
            when=table.rows_that(reach, LAW_DATE),
            then=then,
            triggered_by=triggered_by,
            checked=Evidence(Checked.UNREAD, note="The reasons name the text and its day."),
            ages=table,
            id=id,
        )

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

    def __iter__(self) -> Iterator[Provision]:
        return iter(tuple(self._declared))

    def read(self) -> tuple[Provision, ...]:
        """Returns the declared provisions in order; nothing can be added afterwards."""
        self.is_read = True
        return tuple(self)


@attrs.frozen
class Provisions:
    """The provisions of a text, each kind in the order of the text."""

    rules: tuple[Rule, ...] = attrs.field(default=(), validator=each(Rule))
    duties: tuple[Duty, ...] = attrs.field(default=(), validator=each(Duty))
    interpretations: tuple[Interpretation, ...] = attrs.field(default=(), validator=each(Interpretation))
    discretions: tuple[Discretion, ...] = attrs.field(default=(), validator=each(Discretion))
    not_encoded: tuple[NotEncoded, ...] = attrs.field(default=(), validator=each(NotEncoded))
    no_duties: tuple[NoDuty, ...] = attrs.field(default=(), validator=each(NoDuty))

    @classmethod
    def of(cls, parts: Iterable[Chapter | Provision]) -> Provisions:
        """Collects the provisions of chapters, and single provisions, each once.

        Raises:
            DefinitionError: A part is neither a chapter nor a provision.
        """
        items = list(dict.fromkeys(item for part in parts for item in _declared(part)))

        def of_kind(kind: type[Kind]) -> tuple[Kind, ...]:
            return tuple(item for item in items if isinstance(item, kind))

        return cls(*map(of_kind, get_args(Provision)))

    def __iter__(self) -> Iterator[Provision]:
        for group in attrs.astuple(self, recurse=False):
            yield from group

    def asked_by(self, items: Iterable[Provision]) -> tuple[Interpretation | Discretion, ...]:
        """Returns the interpretations and discretions that some rules and duties ask about."""
        asked = questions([item.when for item in items if isinstance(item, Rule | Duty)])
        candidates: list[Interpretation | Discretion] = [*self.interpretations, *self.discretions]
        return tuple(item for item in candidates if item.is_asked_in(asked))


def _declared(part: object) -> tuple[Provision, ...]:
    if isinstance(part, Chapter):
        return part.read()
    if isinstance(part, Provision):
        return (part,)
    found = repr(part)[:70]
    raise DefinitionError(
        f"A chapter or a provision is expected, such as a rule, found {found}. Give several one by one, "
        "or with * before a list; combine rulesets with combined_with()."
    )
