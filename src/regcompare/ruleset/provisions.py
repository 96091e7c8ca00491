"""The provisions of a text: the chapters that declare them, and all of them by kind."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from inspect import Parameter, Signature, signature
from itertools import chain
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, get_args
from weakref import WeakKeyDictionary

import attrs

from regcompare._support.fields import each, require, require_arguments
from regcompare._support.leaving import leaving
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.law import Citation, Evidence, EvidenceLevel
from regcompare.logic.conditions import (
    Condition,
    Holds,
    Term,
    all_of,
    any_of,
    as_condition,
    nodes,
    questions,
)
from regcompare.vocabulary import LAW_DATE, Reported
from regcompare.vocabulary.dated import DatedTable, Row
from regcompare.vocabulary.periods import Period
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
    later_versions,
)

Declared = TypeVar("Declared", bound=Provision)
Fields = ParamSpec("Fields")
Amended = TypeVar("Amended", bound=Rule | Duty | Term)

_LINES: WeakKeyDictionary[Any, tuple[Path, int]] = WeakKeyDictionary()
"""The file and the line in which each provision was declared, as far as they were recorded."""


def file_of(provision: object) -> Path | None:
    """Returns the file in which a provision was declared, if that was recorded."""
    return _LINES[provision][0] if provision in _LINES else None


def line_of(provision: object) -> str:
    """Returns the name of that file and the line, ``rules.py:12``; blank if they were not recorded."""
    return f"{_LINES[provision][0].name}:{_LINES[provision][1]}" if provision in _LINES else ""


def cited_at(provision: Any) -> str:
    """Returns the citation of a provision, with the line in which it was declared."""
    line = line_of(provision)
    return f"{provision.cite} ({line})" if line else str(provision.cite)


def _declaring(
    name: str, kind: Callable[Fields, Declared]
) -> Callable[Concatenate[Chapter, Fields], Declared]:
    """Returns the method of a chapter that declares a provision of a kind, with its fields."""
    takes = signature(kind)

    def declare(chapter: Chapter, /, *args: Fields.args, **fields: Fields.kwargs) -> Declared:
        _renamed(fields)
        cite = args[0] if args else fields.get("cite", "")
        require_arguments(f"chapter.{name}({cite or '…'})", takes, args, fields)
        provision = kind(*args, **fields)
        chapter.add(provision)
        return provision

    chapter = Parameter("chapter", Parameter.POSITIONAL_ONLY)
    declare.__name__, declare.__qualname__, declare.__doc__ = name, f"Chapter.{name}", kind.__doc__
    declare.__signature__ = Signature([chapter, *takes.parameters.values()])  # type: ignore[attr-defined]
    return declare


def _renamed(fields: dict[str, Any]) -> None:
    """Takes an argument by the name that it had under interface 1."""
    if "lifts" in fields:
        leaving("Chapter.rule(lifts=...) is now overrides=.", stacklevel=4)
        fields["overrides"] = fields.pop("lifts")


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

    def amend(
        self, what: Amended, /, *, since: dt.date, by: Citation | None = None, **changes: Any
    ) -> Amended:
        """Declares what a rule, a duty or a term says from a day on; until then it says what it said.

        Give only what changes.  The id of the new version ends in the year, and what overrides the rule
        overrides the new version too.  A term is one condition over both times; amend it before it is
        used.

        Args:
            what: The rule or duty, declared in this chapter, or the term: its latest version.
            since: The first day of the new version.
            by: The place in the later act that made the change.
            changes: The fields that change, such as ``sentence`` and ``when``; of a term, ``condition``.

        Raises:
            DefinitionError: Something is no rule, duty or term, was amended before, or is not in force
                on that day; or there is no such field.

        Example:
            ``art_2_2021 = chapter.amend(art_2, since=dt.date(2021, 9, 9), by=LATER["Art. 1"],
            sentence="...", when=...)``
        """
        if not isinstance(what, Rule | Duty | Term):
            raise DefinitionError(f"chapter.amend() takes a rule, a duty or a term, found {what!r}.")
        _renamed(changes)
        where = f"chapter.amend({what.cite})"
        require(where, "since", since, dt.date)
        require(where, "by", by, Citation, None)
        cite = what.cite
        if by and isinstance(cite, Citation):
            changes.setdefault("cite", cite.amended_by(by))
        if isinstance(what, Term):
            amended: Amended = self._amend_term(what, since, where, changes)
            return amended
        self._check_amendment(what, since, where)
        period = what.period or Period()
        new = _changed(what, where, {**changes, "period": Period(since, period.end)}, since)
        self._insert(self._declared.index(what) + 1, new)
        object.__setattr__(what, "period", Period(period.start, since))
        object.__setattr__(what, "amended", new)
        object.__setattr__(new, "amends", what)
        for item in self._declared:
            if isinstance(item, Rule) and what in item.overrides:
                object.__setattr__(item, "overrides", (*item.overrides, new))
        return new

    def _check_amendment(self, what: Rule | Duty, since: dt.date, where: str) -> None:
        """Refuses what is not the latest version of a provision of this chapter on that day."""
        if what not in self._declared:
            raise DefinitionError(f"{where}: amend it by the chapter that declares it.")
        if what.amended is not None:
            start = what.amended.period and what.amended.period.start
            flaw = f"it was amended already, since {start}; amend that version, {what.amended.id}"
            raise DefinitionError(f"{where}: {flaw}.")
        period = what.period or Period()
        if since not in period or since == period.start:
            flaw = f"since={since} is not after the first day of what it amends, which is in the text"
            raise DefinitionError(f"{where}: {flaw} {period}.")

    def _amend_term(self, what: Term, since: dt.date, where: str, changes: Mapping[str, Any]) -> Any:
        for item in self._declared:
            if isinstance(item, Rule | Duty) and what in set(nodes([item.when])):
                raise DefinitionError(
                    f"{where}: {item.id} uses “{what.name}” already; amend the term above it, and use "
                    "the amended term."
                )
        new = _changed(what, where, changes, since)
        begun = LAW_DATE.on_or_after(since)
        both = any_of(all_of(~begun, what.condition), all_of(begun, new.condition))
        return attrs.evolve(new, condition=both)

    def not_encoded(self, cite: Citation, what: str, why: str) -> NotEncoded:
        """Declares what is left out, under the name of interface 1."""
        leaving("Chapter.not_encoded() is now left_out().")
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
        checked: Evidence | EvidenceLevel | None = None,
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
            flaw = "finding= and presupposes= are one yes/no fact, or one member of a set."
            raise DefinitionError(f"{cite}: {flaw}")
        for matter in of:
            if matter not in REPORTED:
                hint = did_you_mean(nearest(matter, REPORTED))
                msg = f"{cite}: of= names {matter!r}.{hint} Expected {', '.join(REPORTED)}."
                raise DefinitionError(msg)
        matters = tuple(getattr(Reported, matter).key for matter in of)
        shown = ShownByReports(made.question, matters, None if weaker is None else weaker.question)
        given: Any = {"default": default, "reason": reason, "checked": checked, "shown": shown}
        self.add(Interpretation(name, cite, question, readings=READINGS, **given))
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
            checked=Evidence(EvidenceLevel.UNREAD, note="The reasons name the text and its day."),
            ages=table,
            id=id,
        )

    def add(self, *provisions: Provision) -> None:
        """Adds provisions, such as one for each row of a table, while no ruleset is made of it."""
        for provision in provisions:
            self._insert(len(self._declared), provision)

    def _insert(self, position: int, provision: Provision) -> None:
        if self.is_read:
            raise DefinitionError(
                f"{provision.cite}: a ruleset was made of this chapter before, and would lack it. "
                "Declare it in the module of the chapter, or amend the ruleset by with_()."
            )
        self._declared.insert(position, provision)
        frame = sys._getframe(1)
        while frame.f_code.co_filename == __file__ and frame.f_back:
            frame = frame.f_back
        _LINES.setdefault(provision, (Path(frame.f_code.co_filename), frame.f_lineno))
        if isinstance(provision, Rule):  # An exception to a rule is one to what the rule has become.
            versions = ((rule, *later_versions(rule)) for rule in provision.overrides)
            overrides = tuple(dict.fromkeys(chain.from_iterable(versions)))
            object.__setattr__(provision, "overrides", overrides)

    def __iter__(self) -> Iterator[Provision]:
        return iter(tuple(self._declared))

    def read(self) -> tuple[Provision, ...]:
        """Returns the declared provisions in order; nothing can be added afterwards."""
        self.is_read = True
        return tuple(self)


def _changed(what: Amended, where: str, changes: Mapping[str, Any], since: dt.date) -> Amended:
    """A new version of a provision or a term, with all that does not change."""
    kept = {field.alias: getattr(what, field.name) for field in attrs.fields(type(what)) if field.init}
    for name in changes:
        if name not in kept:
            hint = did_you_mean(nearest(name, kept))
            raise DefinitionError(f"{where}: a {type(what).__name__.lower()} has no {name}=.{hint}")
    if kept["checked"] is not None and "checked" not in changes:
        flaw = "the version before has a record of its own; say by checked= how this one is known"
        raise DefinitionError(f"{where}: {flaw}.")
    if not isinstance(what, Term):
        for name in ("id", "fires", "misses", "period"):
            kept.pop(name, None)
        first: Any = what
        while first.amends is not None:
            first = first.amends
        kept["id"] = f"{first.id}-{since.year}"
        if "when" in changes:
            kept.pop("plain", None)  # Its words are about the condition.
        if "review" in changes:
            kept.pop("states", None)
    return type(what)(**{**kept, **changes})


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
        """Collects the provisions of chapters, and single provisions, each once; refuses all else."""
        items = list(dict.fromkeys(item for part in parts for item in _declared(part)))
        kinds = get_args(Provision)
        return cls(*(tuple(item for item in items if isinstance(item, kind)) for kind in kinds))

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
