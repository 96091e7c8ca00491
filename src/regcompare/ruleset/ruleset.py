"""Rulesets: a regime or a proposal as encoded, and the amendments that make a reform of one."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, get_args

import attrs

from regcompare._support.asked import Asked
from regcompare._support.derived import DerivedValues, derived
from regcompare._support.displays import notebook_html, reduced
from regcompare._support.fields import each, require, takes
from regcompare.errors import DefinitionError, UsageError
from regcompare.facts import Fact, OwnWord, owner_of
from regcompare.facts.answers import key_of
from regcompare.law import (
    CHECKED_FIELD,
    UNRECORDED,
    Citation,
    Evidence,
    EvidenceLevel,
    Instrument,
    as_evidence,
)
from regcompare.logic.conditions import (
    TRUE,
    Condition,
    Term,
    all_of,
    any_of,
    as_condition,
    evaluate,
    nodes,
    partially_evaluate,
    questions,
    substitute,
)
from regcompare.vocabulary import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    Licence,
    TransactionKind,
    Vocabulary,
)
from regcompare.vocabulary.dated import DatedTable, row_of, tables_in
from regcompare.vocabulary.periods import Period

from . import amendments
from .accepted import Accepted
from .checks import check
from .gloss import Gloss
from .home import Home
from .naming import find_provision, id_part
from .provisions import Chapter, Provisions
from .rules import Discretion, Duty, Interpretation, NotEncoded, Outcome, Provision, Rule
from .succession import Succession, Transition
from .unread import presence_doubt, row_doubt


def _to_provisions(value: Provisions | Sequence[Chapter | Provision]) -> Provisions:
    if isinstance(value, Provisions):
        return value
    if isinstance(value, tuple | list):
        return Provisions.of(value)
    raise DefinitionError(f"provisions= takes the chapters of a text, (one,) or more, found {value!r}.")


def _check_rulesets(instance: Ruleset, attribute: Any, value: Any) -> None:
    each(Ruleset)(instance, attribute, value)


def _to_kinds(value: Any) -> Any:
    return tuple(map(key_of, value)) if isinstance(value, tuple) else value


def _check_kinds(instance: Ruleset, attribute: Any, value: Any) -> None:
    """Accepts the kinds of the core, and any word with a prefix: the vocabulary is checked later."""
    words = value if isinstance(value, tuple) else ()
    kinds = {*get_args(TransactionKind), *(word for word in words if owner_of(str(word)))}
    each(*kinds)(instance, attribute, value)


class _Rules(tuple[Rule, ...]):  # noqa: SLOT001 - a tuple can have no slots, and this has one attribute
    """The rules of a ruleset, one of which is also named by its id, or by its place in the text."""

    holder: str

    def __getitem__(self, name: Any) -> Any:
        if not isinstance(name, str):
            return super().__getitem__(name)
        return find_provision(self, name, self.holder, "rule")


@attrs.frozen(eq=False, repr=False)
class Ruleset(Asked):
    """A regime, or a proposal, as encoded; the reference on Python has a sentence on each field.

    What it is: ``id`` (lower case with hyphens), ``title``, ``plain_title``, ``summary``, ``status``
    (``law`` or ``proposal``), ``asks`` (about an ``export`` or a ``use``), ``instruments`` (its texts).
    Its content: ``provisions`` (its chapters, in the order of the text), ``vocabulary``, ``tables``,
    ``control_list``, ``glosses``, ``cases`` (files with its firing cases and near misses).
    To what it applies: ``covers`` (kinds of transaction), ``scope``, ``home``.
    When: ``period``, ``reference_date`` (a day, or ``scenario``), ``transition``, ``later``,
    ``earlier``.
    With which law: ``base`` of a proposal, ``beside``, ``parallel_to``, ``succeeds``,
    ``made_from``, ``made_by``.
    How it is known: ``checked``, ``reconstructed``; and ``accepted`` findings of ``regcompare lint``.

    A reform of it is made by ``with_()``, ``without()``, ``only()``, ``replace()``, ``amend()`` and
    ``on_base()``, ``with_list()``; ``on()`` is it on a day, ``combined_with()`` puts others beside it.

    Example:
        ``MY_ACT = Ruleset("my-act", "My act", status="law", instruments=(ACT,), covers=("export",),
        reference_date=dt.date(2021, 1, 1), provisions=(licences.chapter,), vocabulary=CORE)``

    Raises:
        DefinitionError: Something is missing, duplicated, or refers to something that does not exist.
    """

    id: str = attrs.field(validator=takes(str))
    """Lower case with hyphens, such as ``my-act-2020``."""
    title: str = attrs.field(validator=takes(str))
    """Its title."""
    status: Literal["law", "proposal"] = attrs.field(validator=takes("law", "proposal"), kw_only=True)
    """``law``, or ``proposal``, which has no period and is never "not in force"."""
    asks: Literal["export", "use"] = attrs.field(
        default="export", validator=takes("export", "use"), kw_only=True
    )
    """The activity that it regulates: the ``export`` of an item, or its ``use``, whoever sold it."""
    instruments: tuple[Instrument, ...] = attrs.field(validator=each(Instrument), kw_only=True)
    """The texts that it encodes."""
    reference_date: dt.date | Literal["scenario"] = attrs.field(
        validator=takes(dt.date, "scenario"), kw_only=True
    )
    """The day whose law is applied by default; ``scenario`` means the day of the facts."""
    provisions: Provisions = attrs.field(
        converter=_to_provisions, validator=takes(Provisions), kw_only=True
    )
    """Its rules, duties, doubts, powers and omissions; give its chapters, in the order of the text."""
    covers: tuple[TransactionKind | OwnWord, ...] = attrs.field(
        converter=_to_kinds, validator=_check_kinds, kw_only=True
    )
    """The kinds of transaction that it covers, others than those of the core as an ``OwnWord``."""
    scope: Condition = attrs.field(default=TRUE, converter=as_condition, kw_only=True)
    """A further condition for it to apply, such as an exporter inside the Union."""
    home: Home | None = attrs.field(default=None, validator=takes(Home, None), kw_only=True)
    """The territory whose exports it controls; by default that of its base and of those beside it."""
    period: Period | None = attrs.field(default=None, validator=takes(Period, None), kw_only=True)
    """The days on which it is in force; None for a proposal, or if its parts have their own."""
    transition: Transition | None = attrs.field(
        default=None, validator=takes(Transition, None), kw_only=True
    )
    """The switch by day of application, if the text has one."""
    base: tuple[Ruleset, ...] = attrs.field(default=(), validator=_check_rulesets, kw_only=True)
    """The law on which a proposal is based: the first of these that is in force."""
    beside: tuple[Ruleset, ...] = attrs.field(default=(), validator=_check_rulesets, kw_only=True)
    """Rulesets that apply together with its own rules, each within its own scope and period."""
    parallel_to: tuple[str, ...] = attrs.field(default=(), validator=each(str), kw_only=True)
    """Ids of rulesets that apply at the same time; comparing these without this one warns of it."""
    vocabulary: Vocabulary = attrs.field(default=CORE, validator=takes(Vocabulary), kw_only=True)
    """The facts that it may ask about."""
    tables: tuple[DatedTable, ...] = attrs.field(default=(), validator=each(DatedTable), kw_only=True)
    """Its dated tables; those whose rows conditions use, and no other part has, are added."""
    control_list: DatedTable | None = attrs.field(
        default=None, validator=takes(DatedTable, None), kw_only=True
    )
    """The one of its tables that is its list of controlled items, if it has one."""
    cases: tuple[Path, ...] = attrs.field(default=(), validator=each(Path), kw_only=True)
    """Scenario files with the firing cases and near misses of its rules."""
    checked: Evidence = attrs.field(
        default=UNRECORDED, converter=as_evidence, validator=takes(*CHECKED_FIELD[:-1]), kw_only=True
    )
    """The evidence for its provisions if neither they nor their citations say."""
    summary: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    """A description in a sentence or two."""
    plain_title: str = attrs.field(
        default=attrs.Factory(lambda self: self.title, takes_self=True),
        validator=takes(str),
        kw_only=True,
    )
    """Its title for readers without legal training; by default its title."""
    reconstructed: bool = attrs.field(default=False, validator=takes(bool), kw_only=True)
    """True if it was made from accounts of the text, in which unread provisions are assumed to be."""
    accepted: tuple[Accepted, ...] = attrs.field(default=(), validator=each(Accepted), kw_only=True)
    """Findings of ``regcompare lint`` that are intended, each with its reason."""
    glosses: tuple[Gloss, ...] = attrs.field(default=(), validator=each(Gloss), kw_only=True)
    """Additions of its text to the questions of the vocabulary."""
    succeeds: tuple[Succession, ...] = attrs.field(default=(), validator=each(Succession), kw_only=True)
    """Its correlation tables: which of its provisions succeed which of an earlier act."""
    earlier: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    """The law before its first day, if none of the rulesets encodes it, as a sentence."""
    made_from: Ruleset | None = attrs.field(default=None, kw_only=True)
    """The ruleset that it reforms, if it is a reform."""
    made_by: str = attrs.field(default="", kw_only=True)
    """The call that makes a reform in Python; blank if it has no short one, or is no reform."""
    later: tuple[dt.date, str] | None = attrs.field(default=None, kw_only=True)
    """A day, and the id of the ruleset that has what was added until then, as later askers are told."""
    _derived: DerivedValues = attrs.field(factory=DerivedValues, init=False)
    _dated: dict[Any, Ruleset] = attrs.field(factory=dict, init=False)
    is_read_on_a_day: bool = attrs.field(default=False, init=False)
    """True if it was asked for with its day, as ``ID@DAY``."""

    def __attrs_post_init__(self) -> None:
        if self.reconstructed and _RECONSTRUCTED not in self.title:
            object.__setattr__(self, "title", f"{self.title}, {_RECONSTRUCTED}")
        if self.home is None:
            homes = {other.home for other in (*self.base, *self.beside)}
            object.__setattr__(self, "home", homes.pop() if len(homes) == 1 else None)
        listed = {table for part in self.parts() for table in part.tables}
        own_nodes = list(nodes(own_conditions(self)))
        used = tuple(table for table in tables_in(own_nodes) if table not in listed)
        object.__setattr__(self, "tables", self.tables + used)
        check(self, own_nodes)

    def __repr__(self) -> str:
        return f"<Ruleset {self.id}: {len(self.provisions.rules)} rules>"

    def __deepcopy__(self, memo: object = None) -> Ruleset:
        """Law is compared by identity, so that a copy would be another law."""
        return self

    __copy__ = __deepcopy__

    def __reduce__(self) -> Any:
        return reduced(self)

    def _repr_html_(self) -> str:
        return notebook_html(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Keeps the output of notebooks and of failing Hypothesis tests short."""
        printer.text(repr(self))

    @property
    def is_parallel(self) -> bool:
        """Returns whether it applies at the same time as others."""
        return bool(self.parallel_to)

    @property
    def law_day(self) -> dt.date | None:
        """Its reference date; None where that is the day of the scenario."""
        return self.reference_date if isinstance(self.reference_date, dt.date) else None

    @property
    @derived
    def rules(self) -> tuple[Rule, ...]:
        """Its own rules, in the order of the text; an id names one too, as in ``rules["art-5-1"]``."""
        rules = _Rules(self.provisions.rules)
        rules.holder = self.id
        return rules

    def term(self, name: str) -> Term:
        """Returns the term of its own text with this name; a ``UsageError`` names the nearest."""
        term: Term = find_provision(_terms_of(self), name, self.id, "term")
        return term

    def fact(self, key: str) -> Fact:
        """Returns the fact with a key, to write conditions with; a ``UsageError`` names the nearest."""
        return self.vocabulary.fact(key)

    def __getitem__(self, rule_id: str) -> Rule:
        """Returns what ``rule`` returns."""
        return self.rule(rule_id)

    def rule(self, rule_id: str) -> Rule:
        """Returns its own rule with this id, or the only one in this place: ``Art. 5(2)``, ``5(2)``.

        Without one, a ``UsageError`` names the nearest.
        """
        rule: Rule = find_provision(self.rules, rule_id, self.id, "rule")
        return rule

    def evidence(self, provision: Rule | Duty | Interpretation) -> Evidence:
        """Returns how a provision is known: by its own record, its citation's or the ruleset's."""
        return provision.checked or provision.cite.evidence or self.checked

    def mark(self, provision: Rule | Duty | Interpretation) -> EvidenceLevel:
        """Returns the level at which a provision of this ruleset is known."""
        return self.evidence(provision).level

    def condition(self, provision: Rule | Duty) -> Condition:
        """Returns the condition of a provision; for an unread one, it includes that the text has it."""
        unread = _unread(self).get(provision)
        return all_of(provision.condition, unread.is_read_as("yes")) if unread else provision.condition

    def is_unread(self, provision: Rule | Duty) -> bool:
        """Returns whether nobody read a provision, and it is not assumed to be in the text."""
        return provision in _unread(self)

    def as_if_read(self) -> dict[str, str]:
        """Returns the readings under which every unread provision, of its parts too, is in the text."""
        return {doubt.id: "yes" for part in self.parts() for doubt in _unread(part).values()}

    @property
    def doubts(self) -> tuple[Interpretation, ...]:
        """Its interpretations, and the doubts whether unread provisions and rows are in the text."""
        return (*self.provisions.interpretations, *_unread(self).values(), *_open_rows(self))

    def own_words(self) -> tuple[OwnWord, ...]:
        """Returns the distinct words of its plugin that its provisions use."""
        words: list[object] = [rule.triggered_by for rule in self.rules]
        words += [duty.addressee for duty in self.provisions.duties]
        words += [power.who for power in self.provisions.discretions]
        return tuple(dict.fromkeys(word for word in words if isinstance(word, OwnWord)))

    def glosses_on(self, fact: str) -> tuple[Gloss, ...]:
        """Returns the glosses of all its parts on a fact, given by key."""
        glosses = (gloss for part in self.parts() for gloss in part.glosses)
        return tuple(dict.fromkeys(gloss for gloss in glosses if gloss.fact.key == fact))

    def only_adds_to(self, other: Ruleset) -> bool:
        """Returns whether it is another ruleset plus rules, none of which overrides a rule of the other.

        Then it is never laxer when both are in force, whatever the facts are.
        """
        application = ("covers", "scope", "base", "beside", "reconstructed")
        pairs = ((getattr(self, name), getattr(other, name)) for name in application)
        applies_alike = all(one is two or (isinstance(one, tuple) and one == two) for one, two in pairs)
        own, others = set(self.rules), set(other.rules)
        overridden = {item for rule in own - others for item in rule.overrides}
        return applies_alike and others <= own and not overridden & others

    def parts(self) -> Iterator[Ruleset]:
        """Yields this ruleset, then its bases and the rulesets beside it, with theirs."""
        yield self
        for other in (*self.base, *self.beside):
            yield from other.parts()

    @property
    def force(self) -> Condition:
        """The condition that it is in force, on the days of the law, the facts and the application."""
        if self.beside and self.period is None:
            dated = [part for part in self.beside if part.period or part.beside] or self.beside
            return any_of(*(part.force for part in dated))
        if self.period is None:
            return TRUE
        if self.transition is None:
            return self.period.holds_on(LAW_DATE)
        if self.transition.successor:
            return self.period.holds_on(LAW_DATE) & ~self.transition.straddled
        started = attrs.evolve(self.period, end=None).holds_on(LAW_DATE)
        return started & (self.period.holds_on(LAW_DATE) | self.transition.straddled)

    @property
    def bases(self) -> tuple[tuple[Ruleset, Condition], ...]:
        """Each base, with the condition that it is the first that is in force."""
        forces = [base.force for base in self.base]
        return tuple(
            (base, all_of(forces[index], *(~earlier for earlier in forces[:index])))
            for index, base in enumerate(self.base)
        )

    def days_of_change(self) -> set[dt.date]:
        """Returns the days on which it, or a part of it, comes into or goes out of force."""
        parts = tuple(self.parts())
        days = {part.period.start for part in parts if part.period}
        days |= {part.period.end for part in parts if part.period}
        days |= {part.transition.day for part in parts if part.transition}
        return {day for day in days if day}

    def in_force(
        self, as_of: dt.date | None, *, facts: dt.date | None = None, applied_on: dt.date | None = None
    ) -> bool | None:
        """Returns whether it is in force on a day; None if that depends on a day that is not given.

        The days are those whose law is applied, of the ``facts``, and of the application.
        """
        days = {LAW_DATE.key: as_of, FACTS_DATE.key: facts, Licence.applied_on.key: applied_on}
        return evaluate(self.force, days).truth

    def with_(
        self, *parts: Chapter | Provision | str, of: Ruleset | None = None, **named: Any
    ) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, with further provisions.

        The instruments that they cite are added.  A provision that does not say how it is known is known
        as its source is, or else counts as inferred, however well this ruleset is known.

        Args:
            parts: The provisions, or chapters of them; those of another ruleset also by id or place.
            of: The ruleset from which they are taken: its facts are added too, with the interpretations
                and discretions that they ask about.
            named: The ``id`` of the reform, its ``title``, and any other field of it.

        Raises:
            DefinitionError: Something is not a provision, or overrides a rule that is not there.
        """
        _require_rulesets(f"{self.id}.with_()", *([] if of is None else [of]))
        given = list(Provisions.of(_found_in(of, parts)))
        asked = of.provisions.asked_by(given) if of else ()
        added = [item for item in (*given, *asked) if item not in self.provisions]
        cited = [item.cite.instrument for item in added if not isinstance(item, NotEncoded)]
        evidence, source_rules = (of.checked, of.rules) if of else (UNRECORDED, ())
        changes = {
            "instruments": tuple(dict.fromkeys((*self.instruments, *cited))),
            "provisions": amendments.relink(
                [*self.provisions, *(amendments.with_evidence(item, evidence) for item in added)]
            ),
            "vocabulary": joined_vocabulary(self, of or self),
        }
        rules = [_named(item) if item in source_rules else "" for item in given]
        call = _call("with_", [*rules, f"of={of.python}" if of else ""], named)
        return self._reform(f"with {_cites(given)}", f"with-{_names(given)}", changes | named, call)

    def without(self, *what: str | Provision, **named: Any) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, without some provisions, given as such or by id.

        A rule that overrode one of them remains, and overrides the others that it overrode.  What is
        named is as for ``with_``; where there is no such provision, a ``UsageError`` names the nearest.
        """
        dropped = [self._find_provision(item, "without") for item in what]
        gone = {(item.id, item.cite): None for item in dropped if isinstance(item, Rule)}
        remaining = amendments.relink([item for item in self.provisions if item not in dropped], gone)
        change, name = f"without {_cites(dropped)}", f"without-{_names(dropped)}"
        call = _call("without", map(_named, dropped), named)
        return self._reform(change, name, {"provisions": remaining} | named, call)

    def only(self, *what: str | Provision, **named: Any) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, with some provisions only, given so or by id.

        Interpretations and discretions remain if these provisions, or the scope, ask about them.  The
        rest is as for ``without``.
        """
        kept = [self._find_provision(item, "only") for item in what]
        asked = questions([self.scope, *(item.when for item in kept if isinstance(item, Rule | Duty))])
        call = _call("only", map(_named, kept), named)
        doubts = (item for item in self.provisions if isinstance(item, Interpretation | Discretion))
        kept += [item for item in doubts if item.is_asked_in(asked)]
        others = (item for item in self.provisions if item not in kept)
        return self.without(*others, **{**named, "made_by": call})

    def replace(self, old: str | Provision | Term, new: Provision | Term, **named: Any) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, with a provision or a term replaced.

        The old one may be given by id or name; a new one of another kind is a ``UsageError``.  Rules
        that overrode the old rule override the new one; a term is replaced in every condition that uses
        it.  If the new one does not say how it is known, it counts as inferred.
        """
        own = self._find(old)
        change = f"with {_cites([new])} in place of {_cites([own])}"
        return self._replaced(own, new, change, f"replacing-{id_part(own)}", named)

    def amend(
        self,
        what: str | Provision | Term,
        *,
        id: str | None = None,
        title: str | None = None,
        **changes: Any,
    ) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, with fields of a provision or a term changed.

        Unless the changes include ``checked``, the result counts as inferred at best.

        Example:
            ``act.amend("art-5-2", then=Outcome.AUTHORISATION)``

        Raises:
            UsageError: There is no such provision, term or field; the text names the nearest.
        """
        own = self._find(what)
        is_own = isinstance(own, Rule | Duty | Interpretation)
        evidence = self.evidence(own) if is_own else getattr(own, "checked", None)
        new = amendments.amend_provision(own, evidence, changes)
        named = {field: name for field, name in (("id", id), ("title", title)) if name}
        change = f"with {_cites([own])} amended"
        values = (f"{field}={_plain(value)}" for field, value in changes.items())
        call = _call("amend", [_named(own), *values], named)
        return self._replaced(own, new, change, f"amending-{id_part(own)}", named, call)

    def on(self, day: dt.date | str) -> Ruleset:
        """Returns this ruleset read on a day, which no other default replaces.

        The day is a date or text, or ``scenario`` for that of the facts; all else is a ``UsageError``.
        """
        read_on: Any = "scenario" if day == "scenario" else day_in(day)
        if read_on not in self._dated:  # Law is compared by identity; it need not be in force then.
            self._dated[read_on] = dated = attrs.evolve(self, reference_date="scenario")
            object.__setattr__(dated, "reference_date", read_on)
            object.__setattr__(dated, "is_read_on_a_day", True)
        return self._dated[read_on]

    def with_list(self, day: dt.date | str, **named: Any) -> Ruleset:
        """Returns a reform whose list of controlled items is that of a day, whatever day it is read on.

        What is named is as for ``with_``; without such a list, or for no day, it is a ``UsageError``.
        """
        if self.control_list is None:
            raise UsageError(f"{self.id} says of none of its tables that it is its control_list=.")
        day = day_in(day)
        cites = ((node, row_of(node)) for node in nodes(own_conditions(self)))
        decided = {
            node: partially_evaluate(node, {LAW_DATE.key: day})
            for node, cite in cites
            if cite and cite.table is self.control_list and cite.day == LAW_DATE.key
        }
        change = f"with the list of {day}"
        text = self._rewritten(lambda condition: substitute(condition, decided))
        call = _call("with_list", [_plain(str(day))], named)
        changes = {"title": f"{self.title} {change}", **text, **named}
        return self._reform(change, f"list-{day}", changes, call)

    def _rewritten(self, rewrite: amendments.Rewrite) -> dict[str, Any]:
        """Its fields that contain conditions, with these rewritten."""
        provisions = amendments.map_conditions(self.provisions, rewrite)
        return {"provisions": provisions, "scope": rewrite(self.scope)}

    def _replaced(
        self, old: Any, new: Any, change: str, name: str, named: Mapping[str, Any], call: str = ""
    ) -> Ruleset:
        if isinstance(old, Term) and isinstance(new, Term):
            text = self._rewritten(amendments.term_replacer(own_conditions(self), old, new))
        else:
            text = {"provisions": amendments.replace_provision(old, new, self.provisions)}
        return self._reform(change, name, {**text, **named}, call)

    def _find(self, what: str | Provision | Term) -> Any:
        """Finds a provision or a term of its own text; an error says which other part has it."""
        flaw: UsageError | None = None
        for part in self.parts():
            items = (*part.provisions, *_terms_of(part))
            try:
                found = find_provision(items, what, part.id)
            except UsageError as error:
                flaw = flaw or error
                continue
            if flaw is None:
                return found
            raise UsageError(f"{flaw} {part.id} has it; amend that one.")
        raise flaw or UsageError

    def _find_provision(self, what: str | Provision, method: str) -> Any:
        own = self._find(what)
        if isinstance(own, Term):
            reason = f"“{own.name}” is a term, and {method}() takes provisions"
            raise UsageError(f"{reason}; replace or amend it.")
        return own

    def on_base(self, *base: Ruleset, **named: Any) -> Ruleset:
        """Returns this ruleset as a proposal based on other law, with its reference date."""
        _require_rulesets(f"{self.id}.on_base()", *base)
        names = [item.id for item in base]
        changes = {
            "base": base,
            "reference_date": base[0].reference_date if base else self.reference_date,
            "vocabulary": joined_vocabulary(self, *base),
        }
        change = f"on top of {' or '.join(names) or 'no law'}"
        call = _call("on_base", (item.python for item in base), named)
        return self._reform(change, f"on-{'-'.join(names) or 'nothing'}", changes | named, call)

    @property
    def python(self) -> str:
        """The expression that gives it in Python; blank for a reform that has none."""
        own = f'rc.regimes()["{self.id}"]'
        if self.made_from is not None:
            made = self.made_from.python
            own = f"{made}{self.made_by}" if made and self.made_by else ""
        return f'{own}.on("{self.reference_date}")' if own and self.is_read_on_a_day else own

    def standing(self, rule: Rule) -> Literal["law", "proposal"]:
        """Returns whether one of its own rules is law, or only proposed.

        A rule that a reform leaves unchanged has the standing that it has in the reformed law.
        """
        if self.made_from is not None and rule in self.made_from.rules:
            return self.made_from.standing(rule)
        return self.status

    def _reform(self, change: str, name: str, changes: Mapping[str, Any], call: str = "") -> Ruleset:
        title = changes.get("title", f"{self.title}, {change}")
        if (taken := changes.get("id")) in {part.id for part in self.parts()}:
            raise DefinitionError(
                f"A reform of {self.id} cannot have the id {taken!r}; give it its own."
            )
        proposal = {
            "id": f"{self.id}-{name}",
            "title": title,
            "plain_title": title,
            "summary": f"A reform of {self.id}: {change}.",
            "status": "proposal",
            "period": None,
            "transition": None,
            "made_from": self,
            "made_by": call,
            "later": None,
        }
        reform: Ruleset = amendments.change_fields(self, {**proposal, **changes})
        return reform

    def combined_with(
        self, *others: Ruleset, id: str | None = None, title: str | None = None
    ) -> Ruleset:
        """Combines rulesets into one, each of which applies within its own scope and period.

        A combination without rules of its own contributes its parts, so that grouping changes nothing.
        """
        _require_rulesets(f"{self.id}.combined_with()", *others)
        together: tuple[Ruleset, ...] = ()
        for item in (self, *others):
            is_plain = item.beside and not item.base and item.provisions == Provisions()
            together += item.beside if is_plain else (item,)
        return Ruleset(
            id or "-and-".join(item.id for item in (self, *others)),
            title or " and ".join(item.title for item in (self, *others)),
            status="law" if all(item.status == "law" for item in together) else "proposal",
            instruments=tuple(dict.fromkeys(text for item in together for text in item.instruments)),
            reference_date=self.reference_date,
            provisions=Provisions(),
            covers=tuple(dict.fromkeys(kind for item in together for kind in item.covers)),
            scope=any_of(*(item.scope for item in together)),
            beside=together,
            vocabulary=joined_vocabulary(*together),
            checked=min((item.checked for item in together), key=attrgetter("rank")),
        )


def _call(method: str, given: Iterable[str], named: Mapping[str, Any]) -> str:
    """The call of a method as code; blank where something given to it has no short form."""
    arguments = [*given, *(f"{name}={_plain(value)}" for name, value in named.items())]
    is_short = all(item and not item.endswith("=") for item in arguments)
    return f".{method}({', '.join(arguments)})" if is_short else ""


def _plain(value: object) -> str:
    """A plain value as code; blank for any other."""
    if isinstance(value, Outcome):
        return f"rc.Outcome.{value.name}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value) if isinstance(value, bool | int) else ""


def _named(item: object) -> str:
    """The id or name of a provision or term as code; blank for what has none."""
    return _plain(getattr(item, "id", None) or getattr(item, "name", None))


def _found_in(source: Ruleset | None, parts: Iterable[Any]) -> Iterator[Any]:
    """Yields what a reform is given, with the provisions of another ruleset that it names."""
    for part in parts:
        if isinstance(part, str) and source is None:
            raise UsageError(f"{part!r} is a name; say of which ruleset with of=.")
        yield source._find_provision(part, "with_") if isinstance(part, str) and source else part


_RECONSTRUCTED = "as reconstructed"


def day_in(day: dt.date | str) -> dt.date:
    """Returns a day given as a date or as text; anything else is a ``UsageError``."""
    try:
        return dt.date.fromisoformat(str(day))
    except ValueError:
        raise UsageError(f"{day!r} is not a day. Expected one such as '2020-11-08'.") from None


@derived
def _unread(ruleset: Ruleset) -> Mapping[Rule | Duty, Interpretation]:
    """Each unread provision, with the doubt whether it is in the text."""
    items = () if ruleset.reconstructed else rules_and_duties(ruleset)
    return {item: presence_doubt(item) for item in items if ruleset.mark(item) is EvidenceLevel.UNREAD}


@derived
def _open_rows(ruleset: Ruleset) -> Iterable[Interpretation]:
    """The doubts whether rows that its conditions use are in the text."""
    cites = (cite for cite in map(row_of, nodes(own_conditions(ruleset))) if cite and cite.row.is_open)
    return dict.fromkeys(row_doubt(cite.table, cite.row) for cite in cites)


def joined_vocabulary(*rulesets: Ruleset) -> Vocabulary:
    """Returns the union of the vocabularies of rulesets."""
    return reduce(Vocabulary.joined, dict.fromkeys(ruleset.vocabulary for ruleset in rulesets))


def _cites(items: Iterable[Provision | Term]) -> str:
    return ", ".join(str(item.cite) for item in items) or "nothing"


def _terms_of(ruleset: Ruleset) -> list[Term]:
    return [node for node in nodes(own_conditions(ruleset)) if isinstance(node, Term)]


def _names(items: Iterable[Provision | Term]) -> str:
    return "-".join(map(id_part, items)) or "nothing"


def _require_rulesets(where: str, *values: object) -> None:
    for value in values:
        require(where, "ruleset", value, Ruleset)


def rules_and_duties(ruleset: Ruleset) -> tuple[Rule | Duty, ...]:
    """Returns the rules and duties of a ruleset's own text."""
    return (*ruleset.rules, *ruleset.provisions.duties)


def own_conditions(ruleset: Ruleset) -> list[Condition]:
    """Returns the conditions of a ruleset's own text: its scope, and those of its rules and duties."""
    return [ruleset.scope, *(item.condition for item in rules_and_duties(ruleset))]


@derived
def citation_format(ruleset: Ruleset) -> Callable[[Citation], str]:
    """Returns the function that writes a citation for a cell of the ruleset's column.

    If the rules come from several acts, each citation names its act: ``Reg. 36/2012 Art. 4``.
    """
    instruments = [{rule.cite.instrument for rule in part.rules} for part in ruleset.parts()]
    if any(part.beside for part in ruleset.parts()) or max(map(len, instruments)) > 1:
        return lambda cite: re.sub(r" \((?:EU|EC|EEC)\)", "", str(cite))
    return attrgetter("pinpoint")


def overriding_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Returns the rules in an order in which each follows all rules that override it."""
    rules = tuple(rules)
    ordered: dict[Rule, None] = {}

    def add(rule: Rule) -> None:
        if rule not in ordered:
            for overrider in (item for item in rules if rule in item.overrides):
                add(overrider)
            ordered[rule] = None

    for rule in rules:
        add(rule)
    return tuple(ordered)
