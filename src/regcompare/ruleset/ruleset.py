"""Rulesets: a regime or a proposal as encoded, and the amendments that make a reform of one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import attrs

from regcompare._support.fields import each, require, takes
from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest
from regcompare.facts import OwnWord, owner_of
from regcompare.facts.own_words import key_of
from regcompare.law import (
    CHECKED_FIELD,
    UNRECORDED,
    Checked,
    Citation,
    Evidence,
    Instrument,
    as_evidence,
)
from regcompare.logic.conditions import (
    TRUE,
    Condition,
    OneOf,
    Term,
    all_of,
    any_of,
    as_condition,
    nodes,
    questions,
    walk,
)
from regcompare.logic.questions import Question
from regcompare.vocabulary import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    Licence,
    Transaction,
    TransactionKind,
    Vocabulary,
)
from regcompare.vocabulary.dated import DatedTable, Period, tables_in

from .amendments import (
    amend_provision,
    change_fields,
    find_provision,
    id_part,
    map_conditions,
    name_hint,
    name_of,
    relink,
    replace_provision,
    term_replacer,
    with_evidence,
)
from .chapters import Chapter
from .glosses import Gloss
from .home import Home
from .provisions import Provisions
from .retained import condition_rewriter, home_replacements, refuse_old_home, retained_provisions
from .rules import (
    IDENTIFIER,
    Accepted,
    Discretion,
    Duty,
    Interpretation,
    NotEncoded,
    Provision,
    Rule,
    presence_doubt,
)
from .succession import Succession


@attrs.frozen
class Transition:
    """The switch between two acts that is keyed on the day of an application.

    Attributes:
        day: The day from which the later act applies to applications.
        successor: Whether the ruleset is the later act of the two.
    """

    day: dt.date = attrs.field(validator=takes(dt.date))
    successor: bool = attrs.field(validator=takes(bool))

    @property
    def straddled(self) -> Condition:
        """The condition that an application made before the switch is still to be judged after it."""
        return FACTS_DATE.on_or_after(self.day) & ~Licence.applied_on.on_or_after(self.day)


def _provisions(value: Provisions | Sequence[Chapter | Provision]) -> Provisions:
    if isinstance(value, Provisions):
        return value
    if isinstance(value, tuple | list):
        return Provisions.of(value)
    raise DefinitionError(f"provisions= takes the chapters of a text, (one,) or more, found {value!r}.")


def _rulesets(instance: Ruleset, attribute: Any, value: Any) -> None:
    each(Ruleset)(instance, attribute, value)


def _kinds(value: Any) -> Any:
    return tuple(map(key_of, value)) if isinstance(value, tuple) else value


def _known_kinds(instance: Ruleset, attribute: Any, value: Any) -> None:
    """Takes the kinds of the core and names of plugins, of which the vocabulary says which there are."""
    own = value if isinstance(value, tuple) else ()
    kinds = {*get_args(TransactionKind), *(word for word in own if owner_of(str(word)))}
    each(*kinds)(instance, attribute, value)


_APPLICATION = ("covers", "scope", "base", "beside", "reconstructed")
"""What decides to what, and with what, a ruleset applies where it is in force."""


@attrs.frozen(eq=False, repr=False)
class Ruleset:
    """A regime, or a proposal, as encoded.

    Attributes:
        id: Lower case with hyphens, such as ``eu-2021-821``.
        title: What it is called.
        status: ``law``, or ``proposal`` (which has no period and is never "not in force").
        asks: What it judges: the ``export`` of an item, or the ``use`` of it, whoever sold it.
        instruments: The texts it is taken from.
        reference_date: The day at which it is read by default; ``scenario`` reads it at the date of
            the facts.
        provisions: Rules, duties, doubts, powers and omissions, in the order of the text; give its
            chapters in that order.
        covers: The kinds of transaction that it covers; another kind is out of scope.  A kind that its
            plugin adds is given as its ``OwnWord``.
        scope: What else must hold for it to apply, such as an exporter inside the Union.
        home: The territory from which the exports are made that it controls; that of what it stands on
            or beside, where they all have one and the same.
        period: When it is in force; None for a proposal, and for a combination in force with its parts.
        transition: The switch by day of application, where the text has one.
        base: The law on top of which a proposal stands: the first of these that is in force.
        beside: Rulesets that apply beside its own rules, each within its own scope and period.
        parallel_to: Ids of rulesets that apply at the same time without it; a comparison of one of them
            alone warns where this one reaches a case.
        vocabulary: The facts that it may ask about.
        tables: Its dated tables.  Those whose rows its conditions ask for come by themselves, unless
            what it stands on or beside has them; name here those that it uses otherwise.
        cases: Scenario files with the firing cases and near misses of its rules.
        checked: How its provisions are known where neither they nor their citations say.
        summary: What it is, in a sentence or two.
        plain_title: What a reader without law calls it; without one, its title.
        reconstructed: Whether it is rebuilt as a whole from accounts, so that what nobody read is taken
            to be in the text; its title says so.
        accepted: Findings of ``regcompare lint`` that are meant, each with its reason.
        glosses: What its text adds to the questions of the vocabulary that it asks.
        succeeds: Its correlation tables: which of its provisions follow which of an earlier act.
        made_from: Of a reform, the ruleset that it was made from.

    Raises:
        DefinitionError: Something is missing, doubled or refers to what does not exist.
    """

    id: str = attrs.field(validator=takes(str))
    title: str = attrs.field(validator=takes(str))
    status: Literal["law", "proposal"] = attrs.field(validator=takes("law", "proposal"), kw_only=True)
    asks: Literal["export", "use"] = attrs.field(
        default="export", validator=takes("export", "use"), kw_only=True
    )
    instruments: tuple[Instrument, ...] = attrs.field(validator=each(Instrument), kw_only=True)
    reference_date: dt.date | Literal["scenario"] = attrs.field(
        validator=takes(dt.date, "scenario"), kw_only=True
    )
    provisions: Provisions = attrs.field(
        converter=_provisions, validator=takes(Provisions), kw_only=True
    )
    covers: tuple[TransactionKind | OwnWord, ...] = attrs.field(
        converter=_kinds, validator=_known_kinds, kw_only=True
    )
    scope: Condition = attrs.field(default=TRUE, converter=as_condition, kw_only=True)
    home: Home | None = attrs.field(default=None, validator=takes(Home, None), kw_only=True)
    period: Period | None = attrs.field(default=None, validator=takes(Period, None), kw_only=True)
    transition: Transition | None = attrs.field(
        default=None, validator=takes(Transition, None), kw_only=True
    )
    base: tuple[Ruleset, ...] = attrs.field(default=(), validator=_rulesets, kw_only=True)
    beside: tuple[Ruleset, ...] = attrs.field(default=(), validator=_rulesets, kw_only=True)
    parallel_to: tuple[str, ...] = attrs.field(default=(), validator=each(str), kw_only=True)
    vocabulary: Vocabulary = attrs.field(default=CORE, validator=takes(Vocabulary), kw_only=True)
    tables: tuple[DatedTable, ...] = attrs.field(default=(), validator=each(DatedTable), kw_only=True)
    cases: tuple[Path, ...] = attrs.field(default=(), validator=each(Path), kw_only=True)
    checked: Evidence = attrs.field(
        default=UNRECORDED, converter=as_evidence, validator=takes(*CHECKED_FIELD[:-1]), kw_only=True
    )
    summary: str = attrs.field(default="", validator=takes(str, ""), kw_only=True)
    plain_title: str = attrs.field(
        default=attrs.Factory(lambda self: self.title, takes_self=True),
        validator=takes(str),
        kw_only=True,
    )
    reconstructed: bool = attrs.field(default=False, validator=takes(bool), kw_only=True)
    accepted: tuple[Accepted, ...] = attrs.field(default=(), validator=each(Accepted), kw_only=True)
    glosses: tuple[Gloss, ...] = attrs.field(default=(), validator=each(Gloss), kw_only=True)
    succeeds: tuple[Succession, ...] = attrs.field(default=(), validator=each(Succession), kw_only=True)
    made_from: Ruleset | None = attrs.field(default=None, kw_only=True)
    _unread: Mapping[Rule | Duty, tuple[Interpretation, Condition]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        if self.reconstructed and _RECONSTRUCTED not in self.title:
            object.__setattr__(self, "title", f"{self.title}, {_RECONSTRUCTED}")
        if self.home is None:
            homes = {other.home for other in (*self.base, *self.beside)}
            object.__setattr__(self, "home", homes.pop() if len(homes) == 1 else None)
        object.__setattr__(self, "_unread", dict(_unread(self)))
        named = {table for part in self.parts() for table in part.tables}
        asked = list(nodes(own_conditions(self)))
        found = tuple(table for table in tables_in(asked) if table not in named)
        object.__setattr__(self, "tables", self.tables + found)
        _check(self, asked)

    def __repr__(self) -> str:
        return f"<Ruleset {self.id}: {len(self.provisions.rules)} rules>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Prints it in short in a notebook, and where a test tells what it was given."""
        printer.text(repr(self))

    # what it holds -----------------------------------------------------------------------------

    @property
    def is_parallel(self) -> bool:
        """Whether it applies at the same time as others."""
        return bool(self.parallel_to)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its own rules, in the order of the text."""
        return self.provisions.rules

    def rule(self, rule_id: str) -> Rule:
        """Returns the rule of its own that has this id.

        Raises:
            UsageError: There is none; the text names the nearest.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        hint = name_hint(rule_id, [rule.id for rule in self.rules])
        raise UsageError(f"{self.id} has no rule {rule_id!r}.{hint}")

    def evidence(self, provision: Rule | Duty | Interpretation) -> Evidence:
        """Returns how a provision is known: by its own record, that of its citation, or this one's."""
        return provision.checked or provision.cite.evidence or self.checked

    def mark(self, provision: Rule | Duty | Interpretation) -> Checked:
        """Returns the level at which a provision of this ruleset is known."""
        return self.evidence(provision).level

    def condition(self, provision: Rule | Duty) -> Condition:
        """Returns when a provision holds; of one that nobody read, that the text has it as well."""
        unread = self._unread.get(provision)
        return unread[1] if unread else provision.condition

    def is_unread(self, provision: Rule | Duty) -> bool:
        """Whether nobody read a provision, and it is not taken to be in the text."""
        return provision in self._unread

    def as_if_read(self) -> dict[str, str]:
        """Returns readings by which all that nobody read, here and in its base, is in the text."""
        return {doubt.id: "yes" for part in self.parts() for doubt, _ in part._unread.values()}

    @property
    def doubts(self) -> tuple[Interpretation, ...]:
        """The doubts in its text, and whether what nobody read is in it."""
        return (*self.provisions.interpretations, *(doubt for doubt, _ in self._unread.values()))

    def own_words(self) -> tuple[OwnWord, ...]:
        """Returns the words of its own text that the core does not have, each once."""
        words: list[object] = [rule.triggered_by for rule in self.rules]
        words += [duty.addressee for duty in self.provisions.duties]
        words += [power.who for power in self.provisions.discretions]
        return tuple(dict.fromkeys(word for word in words if isinstance(word, OwnWord)))

    def glosses_on(self, fact: str) -> tuple[Gloss, ...]:
        """Returns what this text and those that it stands on or beside add to the question of a fact."""
        found = (gloss for part in self.parts() for gloss in part.glosses)
        return tuple(dict.fromkeys(gloss for gloss in found if gloss.fact.key == fact))

    def only_adds_to(self, other: Ruleset) -> bool:
        """Whether it is another ruleset with further rules, none of which lifts a rule.

        Then it is never laxer where both are in force, whatever the facts are.
        """
        own, others = (set(item.rules) for item in (self, other))
        alike = all(
            one is two or (isinstance(one, tuple) and one == two)
            for one, two in ((getattr(item, name) for item in (self, other)) for name in _APPLICATION)
        )
        added = (rule for rule in self.rules if rule not in others)
        return alike and others <= own and not any(rule.lifts for rule in added)

    def parts(self) -> Iterator[Ruleset]:
        """Yields this ruleset and every one that it stands on or beside, itself first."""
        yield self
        for other in (*self.base, *self.beside):
            yield from other.parts()

    # when it applies ---------------------------------------------------------------------------

    @property
    def force(self) -> Condition:
        """When it is in force, as a condition over the days of law, facts and application."""
        if self.beside and self.period is None:
            dated = [part for part in self.beside if part.period or part.beside] or self.beside
            return any_of(*(part.force for part in dated))
        if self.period is None:
            return TRUE
        if self.transition is None:
            return self.period.holds_on(LAW_DATE)
        if self.transition.successor:
            return self.period.holds_on(LAW_DATE) & ~self.transition.straddled
        begun = attrs.evolve(self.period, end=None).holds_on(LAW_DATE)
        return begun & (self.period.holds_on(LAW_DATE) | self.transition.straddled)

    @property
    def bases(self) -> tuple[tuple[Ruleset, Condition], ...]:
        """Each base, with when it is the one that the proposal stands on: the first that is in force."""
        forces = [base.force for base in self.base]
        firsts = (
            all_of(force, *(~earlier for earlier in forces[:place]))
            for place, force in enumerate(forces)
        )
        return tuple(zip(self.base, firsts, strict=True))

    def in_force(
        self, as_of: dt.date | None, *, facts: dt.date | None = None, applied_on: dt.date | None = None
    ) -> bool | None:
        """Whether it is in force on a day; None where days that are not given decide.

        Args:
            as_of: The day whose law is applied; None where it is not known.
            facts: The day of the facts.
            applied_on: The day of the application.
        """
        days = {LAW_DATE.key: as_of, FACTS_DATE.key: facts, Licence.applied_on.key: applied_on}
        return walk(self.force, days).truth

    # reforms -----------------------------------------------------------------------------------

    def with_(self, *parts: Chapter | Provision, of: Ruleset | None = None, **named: Any) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, that holds these provisions as well.

        The texts that they cite come along.  What does not say how it is known has the mark of the
        ruleset that it is taken from, or else counts as inferred, whatever the mark of this one.

        Args:
            parts: Rules, duties, doubts, powers and omissions, or chapters of them.
            of: The ruleset that they are taken from; facts come along, and the doubts and powers that
                they ask about.
            named: The ``id`` of the reform, its ``title``, and any other field of it.

        Raises:
            DefinitionError: Something else is to be added, or it lifts a rule that is not there.
        """
        source = () if of is None else (of,)
        _refuse_no_ruleset(f"{self.id}.with_()", *source)
        given = list(Provisions.of(parts))
        lent = [item for other in source for item in other.provisions.asked_by(given)]
        added = [item for item in (*given, *lent) if item not in self.provisions]
        cited = [item.cite.instrument for item in added if not isinstance(item, NotEncoded)]
        known = of.checked if of else UNRECORDED
        changes = {
            "instruments": tuple(dict.fromkeys((*self.instruments, *cited))),
            "provisions": relink([*self.provisions, *(with_evidence(item, known) for item in added)]),
            "vocabulary": joined_vocabulary(self, *source),
        }
        return self._reform(f"with {_cites(given)}", f"with-{_names(given)}", changes | named)

    def without(self, *what: str | Provision, **named: Any) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, that lacks these provisions.

        A rule of another provision that lifted one of them stays, and lifts what is left.

        Args:
            what: The provisions, or their ids.
            named: As for ``with_``.

        Raises:
            UsageError: There is no such provision; the text names the nearest.
        """
        dropped = [self._own(item, "without") for item in what]
        gone = {(item.id, item.cite): None for item in dropped if isinstance(item, Rule)}
        left = relink([item for item in self.provisions if item not in dropped], gone)
        change, name = f"without {_cites(dropped)}", f"without-{_names(dropped)}"
        return self._reform(change, name, {"provisions": left} | named)

    def only(self, *what: str | Provision, **named: Any) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, that holds these provisions alone.

        The doubts and powers stay that they ask about, or the scope.

        Args:
            what: The provisions, or their ids.
            named: As for ``with_``.

        Raises:
            UsageError: There is no such provision; the text names the nearest.
        """
        kept = [self._own(item, "only") for item in what]
        asked = questions([self.scope, *(item.when for item in kept if isinstance(item, Rule | Duty))])
        rest = [
            item
            for item in self.provisions
            if not isinstance(item, Interpretation | Discretion) or item.asked.key not in asked
        ]
        return self.without(*(item for item in rest if item not in kept), **named)

    def replace(self, old: str | Provision | Term, new: Provision | Term, **named: Any) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, with another provision or term in place of one.

        What lifted a rule lifts the new one; a term is replaced in every condition that uses it.  What
        is new and does not say how it is known counts as inferred.

        Args:
            old: The provision or term, or the id or name of it.
            new: What takes its place, of the same kind.
            named: As for ``with_``.

        Raises:
            UsageError: There is no such provision or term, or another kind is to take its place.
        """
        found = self._own(old)
        change = f"with {_cites([new])} in place of {_cites([found])}"
        return self._put(found, new, change, f"replacing-{id_part(found)}", named)

    def amend(
        self,
        what: str | Provision | Term,
        *,
        id: str | None = None,
        title: str | None = None,
        **changes: Any,
    ) -> Ruleset:
        """Returns a reform of this ruleset, a proposal, with fields of a provision or a term changed.

        Without ``checked`` among the changes, what is changed is inferred at best.

        Example:
            ``act.amend("art-5-2", then=Outcome.AUTHORISATION)``

        Raises:
            UsageError: There is no such provision, term or field; the text names the nearest.
        """
        found = self._own(what)
        known = self.evidence(found) if isinstance(found, Rule | Duty | Interpretation) else None
        new = amend_provision(found, known or getattr(found, "checked", None), changes)
        named = {field: name for field, name in (("id", id), ("title", title)) if name}
        return self._put(
            found, new, f"with {_cites([found])} amended", f"amending-{id_part(found)}", named
        )

    def _put(self, old: Any, new: Any, change: str, name: str, named: Mapping[str, Any]) -> Ruleset:
        if isinstance(old, Term) and isinstance(new, Term):
            put = term_replacer(own_conditions(self), old, new)
            text = {"provisions": map_conditions(self.provisions, put), "scope": put(self.scope)}
        else:
            text = {"provisions": replace_provision(old, new, self.provisions)}
        return self._reform(change, name, {**text, **named})

    def _own(self, what: str | Provision | Term, method: str = "") -> Any:
        """The provision or the term of its own text that is meant; for some methods no term will do."""
        try:
            found = _meant(self, what)
        except UsageError as error:
            others = [part.id for part in self.parts() if part is not self and _holds(part, what)]
            hint = f" {others[0]} has it; amend that one." if others else ""
            raise UsageError(f"{error}{hint}") from None
        if method and isinstance(found, Term):
            told = f"“{found.name}” is a term, and {method}() takes provisions"
            raise UsageError(f"{told}; replace or amend it.")
        return found

    def on_base(self, *base: Ruleset, **named: Any) -> Ruleset:
        """Returns this ruleset, as a proposal, on top of another law, read at its reference date.

        Raises:
            DefinitionError: Something else than a ruleset is to be beneath.
        """
        _refuse_no_ruleset(f"{self.id}.on_base()", *base)
        names = [item.id for item in base]
        changes = {
            "base": base,
            "reference_date": base[0].reference_date if base else self.reference_date,
            "vocabulary": joined_vocabulary(self, *base),
        }
        change = f"on top of {' or '.join(names) or 'no law'}"
        return self._reform(change, f"on-{'-'.join(names) or 'nothing'}", changes | named)

    def retained_by(
        self,
        text: Instrument,
        *what: str | Provision,
        id: str,
        title: str,
        home: Home,
        terms: Mapping[str | Term, Term] = {},
        **named: Any,
    ) -> Ruleset:
        """Returns this act as the law of another state retains it.

        Each provision is at the same place in the retaining text, and its citation says from where it
        is retained.  It is known as well as the act, or as that text, whichever is less.  Wherever the
        act asks whether a country lies in its own home, the other home takes its place.

        Args:
            text: The text by which the state retains the act.
            what: The provisions that are retained, or their ids; all where none is given.
            id: The id of the law that retains it.
            title: What that is called.
            home: Its territory.
            terms: What takes the place of terms of the act, by the term or its name.
            named: Any other field, such as ``period`` and ``reference_date``.

        Raises:
            UsageError: There is no such provision, term or field; the text names the nearest.
            DefinitionError: A condition would still ask for the home that was left.
        """
        put: dict[Condition, Condition] = dict(home_replacements(self.home, home, self.vocabulary))
        put |= {self._own(old): new for old, new in terms.items()}
        change = condition_rewriter(text, put)
        kept = [self._own(item, "retained_by") for item in what] or list(self.provisions)
        asked = [item for item in self.provisions.asked_by(kept) if item not in kept]
        new = retained_provisions([*kept, *asked], text, change, self.evidence)
        cited = (term.cite.instrument for term in terms.values() if isinstance(term.cite, Citation))
        retained: Ruleset = change_fields(
            self,
            {
                **_OF_THE_ACT,
                "id": id,
                "title": title,
                "plain_title": title,
                "summary": f"{self.title}, as {text.name} retains it.",
                "instruments": tuple(dict.fromkeys((text, *cited, *self.instruments))),
                "provisions": new,
                "scope": change(self.scope),
                "home": home,
                **named,
            },
        )
        refuse_old_home(own_conditions(retained), self.home, f"{id}, from {self.id}")
        return retained

    def standing(self, rule: Rule) -> Literal["law", "retained", "proposal"]:
        """Returns what a rule of its own is: law, retained from other law, or of a proposal alone.

        A rule of a reform that is that of the law which it reforms, in every respect, is law as there.
        """
        if self.made_from is not None and any(rule is own for own in self.made_from.rules):
            return self.made_from.standing(rule)
        if self.status == "proposal":
            return "proposal"
        return "retained" if rule.cite.origin else "law"

    def _reform(self, change: str, name: str, changes: Mapping[str, Any]) -> Ruleset:
        """A proposal made from this ruleset; it says so, where the ruleset summed itself up."""
        title = changes.get("title", f"{self.title}, {change}")
        proposal = {
            "id": f"{self.id}-{name}",
            "title": title,
            "plain_title": title,
            "summary": f"A reform of {self.id}: {change}.",
            "status": "proposal",
            "period": None,
            "transition": None,
            "made_from": self,
        }
        reform: Ruleset = change_fields(self, {**proposal, **changes})
        return reform

    def combined_with(
        self, *others: Ruleset, id: str | None = None, title: str | None = None
    ) -> Ruleset:
        """Returns the rulesets side by side as one: each within its own scope and period.

        A combination without rules of its own joins with its parts, so that grouping changes nothing.

        Raises:
            DefinitionError: Something else than a ruleset is to stand beside it.
        """
        _refuse_no_ruleset(f"{self.id}.combined_with()", *others)
        together = tuple(part for item in (self, *others) for part in _side_by_side(item))
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
            checked=min((item.checked for item in together), key=lambda known: known.rank),
        )


_OF_THE_ACT: Mapping[str, Any] = {
    "status": "law",
    "reconstructed": False,
    "made_from": None,
    "checked": UNRECORDED,
    "period": None,
    "transition": None,
    **dict.fromkeys(("base", "beside", "parallel_to", "tables", "cases", "accepted", "succeeds"), ()),
}
"""What an act does not hand on to a law that retains it."""

_RECONSTRUCTED = "as reconstructed"


def _unread(ruleset: Ruleset) -> Iterator[tuple[Rule | Duty, tuple[Interpretation, Condition]]]:
    """By provision that nobody read, the doubt whether it is in the text, and its condition with it."""
    for item in rules_and_duties(ruleset):
        if ruleset.mark(item) is Checked.UNREAD and not ruleset.reconstructed:
            doubt = presence_doubt(item)
            yield item, (doubt, all_of(item.condition, doubt.is_read_as("yes")))


def _side_by_side(ruleset: Ruleset) -> tuple[Ruleset, ...]:
    """The parts of a plain combination; any other ruleset is a part itself."""
    is_plain = ruleset.beside and not ruleset.base and ruleset.provisions == Provisions()
    return ruleset.beside if is_plain else (ruleset,)


def joined_vocabulary(*rulesets: Ruleset) -> Vocabulary:
    """Returns one vocabulary that holds what those of all hold, but for categories of figures."""
    names = ("sections", "constraints", "code_lists", "assumptions", "harms", "own_answers")
    joined: Any = {
        name: tuple(dict.fromkeys(one for item in rulesets for one in getattr(item.vocabulary, name)))
        for name in names
    }
    return Vocabulary(**joined)


def _cites(items: Iterable[Provision | Term]) -> str:
    return ", ".join(str(item.cite) for item in items) or "nothing"


def _meant(ruleset: Ruleset, what: str | Provision | Term) -> Provision | Term:
    terms = (node for node in nodes(own_conditions(ruleset)) if isinstance(node, Term))
    return find_provision(ruleset.provisions, terms, what, ruleset.id)


def _holds(ruleset: Ruleset, what: str | Provision | Term) -> bool:
    try:
        _meant(ruleset, what)
    except UsageError:
        return False
    return True


def _names(items: Iterable[Provision | Term]) -> str:
    return "-".join(map(id_part, items)) or "nothing"


def _refuse_no_ruleset(where: str, *values: object) -> None:
    """Refuses what is not a ruleset; of a provision it says what is done with one."""
    for value in values:
        if isinstance(value, Provision):
            raise DefinitionError(
                f"{where} takes rulesets, found the {type(value).__name__} {name_of(value)}. Give the "
                "ruleset that holds it; with_() adds a provision to one."
            )
        require(where, "ruleset", value, Ruleset)


def rules_and_duties(ruleset: Ruleset) -> tuple[Rule | Duty, ...]:
    """Returns the rules and duties of a ruleset's own text."""
    return (*ruleset.rules, *ruleset.provisions.duties)


def own_conditions(ruleset: Ruleset) -> list[Condition]:
    """Returns the conditions of a ruleset's own text: its scope, and those of its rules and duties."""
    return [ruleset.scope, *(item.condition for item in rules_and_duties(ruleset))]


# checks at the definition ------------------------------------------------------------------------


def _check(ruleset: Ruleset, asked: Sequence[Condition]) -> None:
    where = f"Ruleset {ruleset.id!r}"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ruleset.id):
        raise DefinitionError(f"{where}: an id is lower case with hyphens, such as eu-2021-821.")
    if ruleset.status == "proposal" and ruleset.period:
        raise DefinitionError(f"{where}: a proposal has no period in force; leave period out.")
    _check_ids(ruleset, where)
    _check_lifts(ruleset, where)
    _check_glosses(ruleset, where)
    _check_answers(ruleset, where, asked)
    _check_own_words(ruleset, where)
    _check_questions(ruleset, where, dict.fromkeys(node.question for node in asked if node.key))


def _check_ids(ruleset: Ruleset, where: str) -> None:
    for group in attrs.astuple(ruleset.provisions, recurse=False):
        ids = [item.id for item in group if hasattr(item, "id")]
        for name in ids:
            if ids.count(name) > 1:
                msg = f"{where}: {name!r} names two provisions; give one of them an id of its own."
                raise DefinitionError(msg)
            if not IDENTIFIER.fullmatch(name):
                raise DefinitionError(
                    f"{where}: {name!r} is not a valid id; write letters and figures joined by hyphens."
                )


def _check_lifts(ruleset: Ruleset, where: str) -> None:
    known = {rule for part in ruleset.parts() for rule in part.rules}
    for rule in ruleset.rules:
        for lifted in rule.lifts:
            if lifted not in known:
                raise DefinitionError(
                    f"{where}: {rule.id} lifts {lifted.id}, which the ruleset leaves out; add it, or "
                    "take it out of lifts=."
                )
    lifting_order(ruleset.rules, where)


def lifting_order(rules: Iterable[Rule], where: str) -> tuple[Rule, ...]:
    """Returns the rules so ordered that each comes after those that lift it.

    Raises:
        DefinitionError: Rules lift each other in a circle; the text names them.
    """
    rules = tuple(rules)
    lifters: dict[Rule, list[Rule]] = {rule: [] for rule in rules}
    for rule in rules:
        for lifted in rule.lifts:
            lifters.setdefault(lifted, []).append(rule)
    ordered: dict[Rule, None] = {}

    def place(rule: Rule, path: tuple[Rule, ...]) -> None:
        if rule in path:
            circle = " lifts ".join(item.id for item in (*path[path.index(rule) :], rule)[::-1])
            raise DefinitionError(f"{where}: rules lift each other in a circle: {circle}.")
        if rule not in ordered:
            for lifter in lifters[rule]:
                place(lifter, (*path, rule))
            ordered[rule] = None

    for rule in rules:
        place(rule, ())
    return tuple(ordered)


def _check_own_words(ruleset: Ruleset, where: str) -> None:
    """Refuses a word that does not stand under the name of a section which a plugin declares."""
    owners = ruleset.vocabulary.by_name.keys() - CORE.by_name.keys()
    answers = (word for item in ruleset.vocabulary.own_answers for word in item.words)
    for word in (*ruleset.own_words(), *answers):
        if word.owner not in owners:
            known = ", ".join(sorted(owners)) or "none"
            msg = (
                f"{where}: {word.key!r} has the prefix {word.owner!r}, which is not a section of facts "
                f"that a plugin declares; its vocabulary has {known}. Declare the section, or use one "
                "of these as the prefix."
            )
            raise DefinitionError(msg, "RC419")


def _check_answers(ruleset: Ruleset, where: str, asked: Iterable[Condition]) -> None:
    """Refuses an answer under the name of a plugin that the vocabulary does not have."""
    facts = ruleset.vocabulary.by_key
    covered = [Transaction.kind.is_in(*ruleset.covers)] if ruleset.covers else []
    for node in (node for node in (*covered, *asked) if node.key and node.question.fact in facts):
        key = node.question.fact
        for word in node.answers if isinstance(node, OneOf) else (node.question.member,):
            if owner_of(word) and word not in facts[key].labels():
                hint = did_you_mean(nearest(word, facts[key].labels()))
                msg = f"{where}: {word!r} is not an answer to {key} in its vocabulary.{hint}"
                raise DefinitionError(f"{msg} Add it with OwnAnswers, under own_answers=.", "RC407")


def _check_glosses(ruleset: Ruleset, where: str) -> None:
    for gloss in ruleset.glosses:
        if gloss.fact.key not in ruleset.vocabulary.by_key:
            msg = f"{where}: {gloss.cite} glosses {gloss.fact!r}, which is not a fact in its vocabulary."
            raise DefinitionError(f"{msg} Add its section, or leave the gloss out.")


def _check_questions(ruleset: Ruleset, where: str, asked: Iterable[Question]) -> None:
    known = {FACTS_DATE.key, LAW_DATE.key, *(fact.key for fact in ruleset.vocabulary.facts())}
    for part in ruleset.parts():
        known |= {item.key for item in part.doubts}
        known |= {item.key for item in part.provisions.discretions}
    for question in asked:
        if question.subject not in known:
            hint = did_you_mean(nearest(question.subject, known))
            msg = (
                f"{where}: a condition asks {question!r}, which is neither a fact in the vocabulary nor "
                f"a doubt or power that the ruleset declares. Declare it, or add its section.{hint}"
            )
            raise DefinitionError(msg, "RC407")
