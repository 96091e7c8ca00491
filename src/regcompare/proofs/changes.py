"""The fewest changes of facts that reach an outcome, or on which regimes agree: proved to be fewest.

What is found says what would have to be *true*, and who could make it true.  It is no advice: a fact
that is not asked for, not written down or denied is not changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare._visible import visible
from regcompare.comparison.comparison import readings_for
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet, Fact
from regcompare.logic.codes import code_matches
from regcompare.logic.conditions import Condition, all_of, any_of
from regcompare.logic.questions import CodesQuestion
from regcompare.ruleset.rules import Discretion, Interpretation, Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import Origin, established_facts
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, Knowledge

from ._open import Completions, alike, telling
from ._otherwise import Subject, VerifiedCase, answer_of, other_answers, subjects_of, with_values
from .frames import framed
from .ordinary import plausible
from .regimes import KnownAnswers, Regime, as_assessed, possible
from .solver import Case, Preference
from .witness import verdicts

__all__ = ["Change", "Counterfactual", "FewestChanges", "RequiredAnswer", "fewest_changes"]


@attrs.frozen
class Change:
    """A fact that is otherwise.

    Attributes:
        name: The fact, or ``discretion.ID``.
        about: The fact or the power.
        before: The answer of the case.
        after: An answer with which the outcome is reached.
        others: Answers with which it is reached as well, all else as in the alternative.
        origin: Where the answer of the case comes from; None for a power.
    """

    name: str
    about: Subject
    before: Any
    after: Any
    others: tuple[str, ...]
    origin: Origin | None

    @property
    def who(self) -> str:
        """Who could make the fact another one: designer, exporter, authority, legislator, nobody."""
        if isinstance(self.about, Fact):
            return self.about.changed_by
        return str(self.about.who) if isinstance(self.about, Discretion) else "nobody"

    @property
    def is_presumed(self) -> bool:
        """Whether the answer of the case is presumed, not stated."""
        return self.origin not in ("stated", None)

    @property
    def is_knowledge(self) -> bool:
        """Whether it says what someone knows, suspects or has been told."""
        return isinstance(self.about, Fact) and self.about.section == _KNOWLEDGE


_KNOWLEDGE: str = Knowledge.__section__  # type: ignore[attr-defined]


@attrs.frozen
class RequiredAnswer:
    """An answer to an open question that the outcome needs besides; it is no change.

    Attributes:
        name: The fact, ``discretion.ID`` or ``reading.ID``.
        about: The fact, the power or the doubt.
        member: Of a set, the member that is in question; of a set of codes the code that is met, or
            the pattern that is not.
        answer: The answer that is needed.
        others: Answers, or members, that would do as well.
    """

    name: str
    about: Subject
    member: str
    answer: Any
    others: tuple[str, ...]

    @property
    def is_ordinary(self) -> bool:
        """Whether the answer is no, or what is taken for ordinary where nothing is said."""
        if isinstance(self.about, Fact):
            return self.answer is False or bool(self.answer == self.about.ordinary)
        return bool(self.answer == getattr(self.about, "default", False))


@attrs.frozen(eq=False)
class Counterfactual:
    """One way in which the facts could be otherwise.

    Attributes:
        changes: What would have to be otherwise, in the order of the vocabulary.
        needs: How open questions would have to be answered besides; only those that matter.
        scenario: The case with these answers; it loads, and gives the outcome.
        verdicts: What each ruleset gives for it, by plain assessment.
    """

    changes: tuple[Change, ...]
    needs: tuple[RequiredAnswer, ...]
    scenario: Scenario
    verdicts: tuple[Verdict, ...]

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """The open questions that need another answer than no or an ordinary one."""
        return tuple(dict.fromkeys(need.name for need in self.needs if not need.is_ordinary))

    def by_who(self) -> Mapping[str, tuple[Change, ...]]:
        """Returns the changes by who could make them."""
        groups: dict[str, list[Change]] = {}
        for change in self.changes:
            groups.setdefault(change.who, []).append(change)
        return {who: tuple(changes) for who, changes in groups.items()}


@attrs.frozen(eq=False)
class FewestChanges:
    """The fewest changes of facts that reach an outcome.

    Attributes:
        scenario: The case.
        to: The outcomes that are reached; None for any on which the rulesets agree.
        now: What each ruleset gives for the case as it is.
        least: How many facts must be otherwise at the least; None where no change is enough.
        alternatives: Ways to change that few facts, then ways that change one more.  Where none has to
            change, the ways to answer what is open, the most telling first.
        pinned: The facts that were not to be changed.
        exhausted: Whether no further way changes as few facts as the last one listed.
        presume: Layers of presumptions with which all of these ways agree.
    """

    scenario: Scenario
    to: Span | None
    now: tuple[Verdict, ...]
    least: int | None
    alternatives: tuple[Counterfactual, ...]
    pinned: tuple[str, ...]
    exhausted: bool
    presume: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return visible(f"<FewestChanges {self.scenario.id}: {self.least}>")


def fewest_changes(
    scenario: Scenario,
    rulesets: Ruleset | Sequence[Ruleset],
    to: Outcome | Span | None = None,
    *,
    pinned: Collection[str] = (),
    free_date: bool = False,
    alternatives: int = 3,
    as_of: AsOf = None,
    readings: Readings = None,
    presume: Iterable[str] = (),
    like: Iterable[Scenario] = (),
) -> FewestChanges:
    """Returns the fewest facts to change for an outcome, or for rulesets to agree.

    Several rulesets agree where each of them applies and all give the same outcome.  A fact counts once,
    a set with all its members.  A presumed answer may change too.  The answer to an open question
    is no change; it is listed where the outcome needs it.  The state of the law stays as it is, and so
    does the day of the facts: for what a change of law does, see ``timeline``.

    Args:
        scenario: The case.
        rulesets: The regime or proposal, or several.
        to: The outcome, or a span: ``Span(AUTHORISATION, PROHIBITION)`` is an authorisation or more;
            None for any on which the rulesets agree.
        pinned: Facts that stay as they are.
        free_date: Whether the day of the facts may be another one.
        alternatives: How many ways to list at most.
        as_of: The day whose law is applied.
        readings: Readings of doubtful texts, as in ``assess``; an open one is an open question.
        presume: Layers of presumptions with which changes of codes and uses have to agree, where any
            such way leads to the outcome.
        like: Cases that say which answers are common.

    Raises:
        UsageError: The extra ``prove`` is not installed, or what is asked cannot be answered.
    """
    if alternatives < 1:
        raise UsageError("At least one alternative must be asked for.")
    columns = (rulesets,) if isinstance(rulesets, Ruleset) else tuple(rulesets)
    own = zip(columns, readings_for(columns, readings), strict=True)
    now = [assess(scenario, item, as_of=as_of, readings=reading) for item, reading in own]
    span = Span(to, to) if isinstance(to, Outcome) else to
    asked = _Asked(scenario, now, span, tuple(like), tuple(presume))
    return asked.answered({*pinned}, {*pinned, *(() if free_date else (FACTS_DATE.key,))}, alternatives)


def _exactly(read: Regime, span: Span) -> Condition:
    above = () if span.high is max(Outcome) else (read.below(span.high.stricter),)
    return all_of(read.at_least(span.low), *above)


class _Asked:
    """One question: the case, the regimes as they are read, and what is to be reached."""

    def __init__(
        self,
        scenario: Scenario,
        now: Sequence[Verdict],
        to: Span | None,
        like: tuple[Scenario, ...],
        layers: tuple[str, ...],
    ) -> None:
        self.scenario, self.to, self.now = scenario, to, now
        self.regimes = [as_assessed(verdict) for verdict in now]
        self.cases = possible(self.regimes, presume=layers, like=like)
        self.asked = self.cases.solver.questions
        self.told = telling(self.cases, scenario, like)
        self.known = established_facts(scenario, self.cases.vocabulary)
        self.frame = framed(self.cases, scenario)
        self.given = self.frame.given
        self.subjects = subjects_of(self.cases, [verdict.ruleset for verdict in now])
        spans = [to] if to else [Span(item, item) for item in Outcome]
        each = (all_of(*(_exactly(read, span) for read in self.regimes)) for span in spans)
        self.target = any_of(*each)
        fits = all_of(self.target, plausible(self.cases, layers, self.given))
        self.layers = layers if self.cases.can_be(fits) else ()
        self.target = fits if self.layers else self.target

    def answered(self, pinned: set[str], held: set[str], number: int) -> FewestChanges:
        known = {fact.key for fact in self.cases.vocabulary.facts()} | self.subjects.keys()
        for name in pinned - known - {FACTS_DATE.key}:
            hint = did_you_mean(nearest(name, known))
            raise UsageError(f"There is no fact {name!r} to pin.{hint}")
        found, exhausted = self._found(self._groups(held), number)
        if found and not found[0]:
            ways, exhausted = self._open_ways(number)
        else:
            ways = [self._changed(names, place) for place, names in enumerate(found, 1)]
        return FewestChanges(
            self.scenario,
            self.to,
            tuple(self.now),
            len(found[0]) if found else None,
            tuple(ways),
            tuple(sorted(held)),
            exhausted,
            self.layers,
        )

    # which facts may change -------------------------------------------------------------------

    def _groups(self, held: set[str]) -> dict[str, list[str]]:
        """The questions of each fact that may change, the facts first that are rather kept."""
        found: dict[str, list[str]] = {}
        for key, question in self.asked.items():
            if question.name not in held and not question.doubt and key in self.given.answers:
                found.setdefault(question.name, []).append(key)
        for name in self.given.codes:
            if name not in held and name in self.asked.about:
                found.setdefault(name, [])
        return dict(sorted(found.items(), key=lambda item: _kept_rather(self.subjects[item[0]])))

    def _found(self, groups: Mapping[str, list[str]], number: int) -> tuple[list[frozenset[str]], bool]:
        """The sets of facts to change: the smallest, then those with one fact more."""
        found: list[frozenset[str]] = []
        while len(found) < number:
            other = self.cases.solver.fewest(
                self.target,
                self.given,
                groups,
                excluded=found,
                between=(len(found[-1]), len(found[0]) + 1) if found else (0, None),
            )
            if other is None:
                return found, True
            found.append(other[1])
            if not other[1]:
                return found, True
        return found, False

    # what a set of facts comes to -------------------------------------------------------------

    def _open_ways(self, number: int) -> tuple[list[Counterfactual], bool]:
        """The ways to answer what is open; ways that differ in like members of a set are one."""
        if not self.frame.can_be(~self.target):
            return [self._changed(frozenset(), 1)], True
        ways = Completions(self.cases, self.target, self.given, self.told)
        found: list[Counterfactual] = []
        excluded: list[frozenset[str]] = []
        while len(found) < number and (other := ways.next(excluded)) is not None:
            case, keys = other
            found.append(self._alternative(frozenset(), case, len(found) + 1))
            excluded.append(keys)
            for need in found[-1].needs:
                if isinstance(need.about, Fact):
                    excluded += alike(keys, need.about, need.member, need.others)
        return found, ways.next(excluded) is None

    def _changed(self, names: frozenset[str], place: int) -> Counterfactual:
        kept = self._kept(names)

        def reached(wanted: Sequence[Preference]) -> Case:
            case = self.cases.solver.reachable(self.target, kept, prefer=wanted)
            assert case is not None, "the solver has just found one"
            return case

        wanted = self._wanted(names, kept.answers)
        case = reached(wanted)
        added = [name for name in sorted(names) if self._adds(case, name)]
        if told := [item for name in added for item in self.told.member(self.asked.about[name])]:
            case = reached((*told, *wanted))
        return self._alternative(names, case, place)

    def _adds(self, case: Case, name: str) -> bool:
        """Whether a set of codes has to meet what it does not meet now."""
        asked = (item for item in self.asked.values() if item.name == name)
        codes = (item.key for item in asked if isinstance(item, CodesQuestion))
        return any(case.answers[key] and not self.given.answers.get(key) for key in codes)

    def _kept(self, names: frozenset[str]) -> KnownAnswers:
        """What is given of the facts that stay as they are."""
        name_of, given = self.cases.solver.name_of, self.given
        return KnownAnswers(
            {key: value for key, value in given.answers.items() if name_of(key) not in names},
            {name: value for name, value in given.codes.items() if name not in names},
        )

    def _alternative(self, names: frozenset[str], case: Case, place: int) -> Counterfactual:
        changed = {key: case.answers[key] for key, item in self.asked.items() if item.name in names}
        sure = self._kept(names).but(KnownAnswers(changed))
        free = {key: {key: answer} for key, answer in case.answers.items() if key not in sure.answers}
        needed = self.cases.solver.needed(self.target, sure, free)
        told = self._told(case, names, needed, place)
        answers = sure.but(KnownAnswers({key: case.answers[key] for key in needed}))
        ordered = [name for name in self.subjects if name in names]
        return Counterfactual(
            tuple(self._change(name, told.values[name], answers) for name in ordered),
            tuple(self._need(key, told.values, answers) for key in needed),
            told.scenario,
            told.verdicts,
        )

    def _wanted(self, names: frozenset[str], kept: Mapping[str, Any]) -> tuple[Preference, ...]:
        """Members of a set stay in or out if they can; else, and where open, what is ordinary.

        Of a set of codes what is left out of a pattern, and what is derived, is no entry to keep or add.
        """
        given = self.given.answers
        several = [item for item in self.asked.values() if item.name in names and item.name != item.key]
        kept_so = [item.key for item in several if item.key in given and item.is_plain]
        same = [Preference(key, (given[key],)) for key in kept_so]
        plain = [Preference(item.key, (False,)) for item in several if item.member[:1] == "/"]
        free = {item.name for key, item in self.asked.items() if key not in kept}
        name_of = self.cases.solver.name_of
        others = (item for item in self.cases.preferences if name_of(item.key) in free)
        return (*same, *plain, *others)

    def _told(
        self, case: Case, names: frozenset[str], needed: Sequence[str], place: int
    ) -> VerifiedCase:
        """The case told with no more answers than are needed; with all where look-ahead wants more."""
        few = self._with_answers(case, names, needed, place)
        if few.is_right(self.to):
            return few
        every = self._with_answers(case, names, self.asked, place)
        if not every.is_right(self.to):
            results = "; ".join(map(repr, every.verdicts))
            raise UsageError(f"The solver and the assessment differ: {results}. Please report this.")
        return VerifiedCase({**every.values, **few.values}, every.scenario, every.verdicts)

    def _with_answers(
        self, case: Case, names: frozenset[str], needed: Iterable[str], place: int
    ) -> VerifiedCase:
        keys: dict[str, list[str]] = {name: [] for name in names}
        wanted = set(needed)
        for key, question in self.asked.items():
            name = question.name
            if name in names or (key in wanted and key not in self.given.answers):
                keys.setdefault(name, []).append(key)
        values = {
            name: answer_of(self.cases, case, name, self.known.values.get(name), asked)
            for name, asked in keys.items()
        }
        about = {name: self.subjects.get(name) for name in values}
        read = {
            item.id: values[name] for name, item in about.items() if isinstance(item, Interpretation)
        }
        powers = {item.id: values[name] for name, item in about.items() if isinstance(item, Discretion)}
        other = with_values(self.scenario, self.cases.vocabulary, values, powers)
        shown = tuple(verdicts(other, self.regimes, read))
        return VerifiedCase(values, self._named(other, shown, place), shown)

    def _named(self, other: Scenario, shown: Sequence[Verdict], place: int) -> Scenario:
        """The case under another name: invented, without the sources and the record of the real one.

        A file chooses no readings, so it expects only what follows under the default ones.
        """
        expect = [
            Expectation(ruleset=item.ruleset.id, low=item.low, high=item.high, as_of=item.as_of)
            for item in shown
            if item.span and assess(other, item.ruleset, as_of=item.as_of).span == item.span
        ]
        return attrs.evolve(
            other,
            id=f"{self.scenario.id}-otherwise-{place}",
            title=f"Invented: {self.scenario.title or self.scenario.id}, with different facts",
            summary="Not what happened: the case with the fewest different facts for another outcome.",
            sources=(),
            record=None,
            disputed=(),
            expect=expect,
        )

    def _change(self, name: str, after: Any, answers: KnownAnswers) -> Change:
        about, origin = self.subjects[name], self.known.origins.get(name)
        before: Any = self.known.values.get(name)
        if name == FACTS_DATE.key:
            before, origin = self.scenario.date, "stated"
        elif isinstance(about, Discretion):
            before = self.scenario.discretion.get(about.id)
        others = self._others(name, name, (before, after), answers)
        return Change(name, about, before, after, others, origin)

    def _need(self, key: str, values: Mapping[str, Any], answers: KnownAnswers) -> RequiredAnswer:
        name, member = self.asked[key].name, self.asked[key].member
        about = self.subjects[name]
        answer = answers.answers[key] if member else values[name]
        if member and answer and isinstance(about, CodeSet):
            codes = sorted(values[name].known)
            member = next((code for code in codes if code_matches(code, member)), member)
        return RequiredAnswer(name, about, member, answer, self._others(name, key, (answer,), answers))

    def _others(self, name: str, key: str, but: Sequence[Any], answers: KnownAnswers) -> tuple[str, ...]:
        """The other answers with which the outcome is sure as well."""

        def is_sure(given: KnownAnswers) -> bool:
            can_be = self.cases.can_be
            return can_be(self.target, given=given) and not can_be(~self.target, given=given)

        others = other_answers(self.cases, self.subjects[name], key, but, answers)
        return tuple(word for word, asked in others if asked is answers or is_sure(asked))


_KEPT = ("knowledge", "nobody", "legislator", "authority", "exporter", "designer")
"""Whose facts are rather kept as they are, where several ways change as few facts."""


def _kept_rather(about: Subject) -> int:
    """The place of a fact in that order: what someone knows is changed last."""
    if not isinstance(about, Fact):
        return _KEPT.index("authority")
    return _KEPT.index("knowledge" if about.section == _KNOWLEDGE else about.changed_by)
