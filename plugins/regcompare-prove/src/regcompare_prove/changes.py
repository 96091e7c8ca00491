"""The fewest changes of facts that reach an outcome, or on which regimes agree, proved minimal.

A counterfactual says what would have to be *true*, and who could make it true.  It is not advice:
leaving a fact out, not writing it down or denying it does not change it.
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
from regcompare.ruleset.rules import Discretion, Interpretation, Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import Origin, established_facts
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, Knowledge

from ._counterfactuals import Subject, VerifiedCase, answer_of, subjects_of, with_values
from .frames import frame_for
from .ordinary import minimal_case, plausible
from .regimes import KnownAnswers, Regime, possible_cases, regime_of
from .solver import Case, Preference
from .witness import assess_regimes

__all__ = ["Change", "Counterfactual", "FewestChanges", "RequiredAnswer", "fewest_changes"]


@attrs.frozen
class Change:
    """A changed fact.

    Attributes:
        name: The fact, or ``discretion.ID``.
        about: The fact or the power.
        before: The answer of the case.
        after: An answer that reaches the outcome.
        origin: Where the answer of the case comes from; None for a power.
    """

    name: str
    about: Subject
    before: Any
    after: Any
    origin: Origin | None

    @property
    def who(self) -> str:
        """Who could change the fact: designer, exporter, authority, legislator, nobody."""
        if isinstance(self.about, Fact):
            return self.about.changed_by
        return str(self.about.who) if isinstance(self.about, Discretion) else "nobody"

    @property
    def is_presumed(self) -> bool:
        """Whether the answer of the case is presumed, not stated."""
        return self.origin not in ("stated", None)

    @property
    def is_knowledge(self) -> bool:
        """Whether it is about what someone knows, suspects or has been told."""
        return isinstance(self.about, Fact) and self.about.section == _KNOWLEDGE


_KNOWLEDGE: str = Knowledge.__section__  # type: ignore[attr-defined]


@attrs.frozen
class RequiredAnswer:
    """An answer to an open question that the outcome also requires; it is not a change.

    Attributes:
        name: The fact, ``discretion.ID`` or ``reading.ID``.
        about: The fact, the power or the doubt.
        member: For a set, the member in question; for a set of codes, the code that it contains, or the
            pattern that no code of it matches.
        answer: The required answer.
    """

    name: str
    about: Subject
    member: str
    answer: Any

    @property
    def is_ordinary(self) -> bool:
        """Whether the answer is no, or the ordinary one."""
        if isinstance(self.about, Fact):
            return self.answer is False or bool(self.answer == self.about.ordinary)
        return bool(self.answer == getattr(self.about, "default", False))


@attrs.frozen(eq=False)
class Counterfactual:
    """One way in which the facts could be different.

    Attributes:
        changes: The changes, in the order of the vocabulary.
        required_answers: The answers to open questions that are also required; only those that matter.
        scenario: The case with these answers; it loads, and has the outcome.
        verdicts: The verdict of each ruleset on it, by plain assessment.
    """

    changes: tuple[Change, ...]
    required_answers: tuple[RequiredAnswer, ...]
    scenario: Scenario
    verdicts: tuple[Verdict, ...]

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The open questions that require an answer other than no or the ordinary one."""
        return tuple(dict.fromkeys(need.name for need in self.required_answers if not need.is_ordinary))

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
        verdicts: The verdict of each ruleset on the case as it is.
        least: The smallest number of facts that must change; None where no change suffices.
        alternatives: Alternatives with that number of changes, then those with one more.  Where none is
            needed, the answers to open questions that depart least from an ordinary case.
        pinned: The facts that were not to be changed.
        exhausted: Whether no further alternative has as few changes as the last one listed.
        presume: Layers of presumptions with which all of the alternatives agree.
    """

    scenario: Scenario
    to: Span | None
    verdicts: tuple[Verdict, ...]
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

    Several rulesets agree where each of them applies and all have the same outcome.  A fact counts once,
    a set together with all its members.  A presumed answer may change too.  An answer to an open
    question is not a change; it is listed where the outcome requires it.  The state of the law and the
    date of the facts stay as they are: for the effect of a change of law, see ``timeline``.

    Args:
        scenario: The case.
        rulesets: The regime or proposal, or several.
        to: The outcome, or a span: ``Span(AUTHORISATION, PROHIBITION)`` is an authorisation or more;
            None for any on which the rulesets agree.
        pinned: Facts that stay as they are.
        free_date: Whether the date of the facts may change.
        alternatives: The largest number of alternatives to list.
        as_of: The day whose law is applied.
        readings: Readings of doubtful texts, as in ``assess``; an open one is an open question.
        presume: Layers of presumptions with which changes of codes and uses have to agree, where any
            such alternative leads to the outcome.
        like: Cases that show which answers are common.

    Raises:
        UsageError: The extra ``prove`` is not installed, or a ruleset or fact cannot be used.
    """
    if alternatives < 1:
        raise UsageError("At least one alternative must be asked for.")
    columns = (rulesets,) if isinstance(rulesets, Ruleset) else tuple(rulesets)
    chosen = zip(columns, readings_for(columns, readings), strict=True)
    verdicts = [assess(scenario, item, as_of=as_of, readings=reading) for item, reading in chosen]
    span = Span(to, to) if isinstance(to, Outcome) else to
    search = _Search(scenario, verdicts, span, tuple(like), tuple(presume))
    return search.result({*pinned}, {*pinned, *(() if free_date else (FACTS_DATE.key,))}, alternatives)


def _exactly(regime: Regime, span: Span) -> Condition:
    above = () if span.high is max(Outcome) else (regime.below(span.high.stricter),)
    return all_of(regime.at_least(span.low), *above)


class _Search:
    """The search for alternatives: the case, its regimes, and the condition to be reached."""

    def __init__(
        self,
        scenario: Scenario,
        verdicts: Sequence[Verdict],
        to: Span | None,
        like: tuple[Scenario, ...],
        layers: tuple[str, ...],
    ) -> None:
        self.scenario, self.to, self.verdicts = scenario, to, verdicts
        self.regimes = [regime_of(verdict) for verdict in verdicts]
        self.cases = possible_cases(self.regimes, presume=layers, like=like)
        self.questions = self.cases.solver.questions
        self.known_facts = established_facts(scenario, self.cases.vocabulary)
        self.frame = frame_for(self.cases, scenario)
        self.given = self.frame.given
        self.subjects = subjects_of(self.cases, [verdict.ruleset for verdict in verdicts])
        spans = [to] if to else [Span(item, item) for item in Outcome]
        conditions = (all_of(*(_exactly(regime, span) for regime in self.regimes)) for span in spans)
        self.target = any_of(*conditions)
        plausible_target = all_of(self.target, plausible(self.cases, layers, self.given))
        self.layers = layers if self.cases.can_be(plausible_target) else ()
        self.target = plausible_target if self.layers else self.target

    def result(self, pinned: set[str], fixed: set[str], number: int) -> FewestChanges:
        names = {fact.key for fact in self.cases.vocabulary.facts()} | self.subjects.keys()
        for name in pinned - names - {FACTS_DATE.key}:
            hint = did_you_mean(nearest(name, names))
            raise UsageError(f"There is no fact {name!r} to pin.{hint}")
        sets, exhausted = self._minimal_sets(self._groups(fixed), number)
        alternatives = [self._alternative(names, place) for place, names in enumerate(sets, 1)]
        return FewestChanges(
            self.scenario,
            self.to,
            tuple(self.verdicts),
            len(sets[0]) if sets else None,
            tuple(alternatives),
            tuple(sorted(fixed)),
            exhausted,
            self.layers,
        )

    # which facts may change -------------------------------------------------------------------

    def _groups(self, fixed: set[str]) -> dict[str, list[str]]:
        """The questions of each fact that may change; facts that are preferably kept come first."""
        groups: dict[str, list[str]] = {}
        for key, question in self.questions.items():
            if question.name not in fixed and not question.doubt and key in self.given.answers:
                groups.setdefault(question.name, []).append(key)
        for name in self.given.codes:
            if name not in fixed and name in self.questions.about:
                groups.setdefault(name, [])
        return dict(sorted(groups.items(), key=lambda item: _keep_rank(self.subjects[item[0]])))

    def _minimal_sets(
        self, groups: Mapping[str, list[str]], number: int
    ) -> tuple[list[frozenset[str]], bool]:
        """The sets of facts to change: the smallest, then those with one more fact."""
        sets: list[frozenset[str]] = []
        while len(sets) < number:
            between = (len(sets[-1]), len(sets[0]) + 1) if sets else (0, None)
            solution = self.cases.solver.fewest(
                self.target, self.given, groups, excluded=sets, between=between
            )
            if solution is None:
                return sets, True
            sets.append(solution[1])
            if not solution[1]:
                return sets, True
        return sets, False

    # alternatives -----------------------------------------------------------------------------

    def _case_with(self, names: frozenset[str]) -> Case:
        """The case in which these facts change and the open questions have the most ordinary answers."""
        if not names:
            smallest = minimal_case(self.cases, self.target, self.given)
            assert smallest is not None, "the solver has just found one"
            return smallest.case
        fixed = self._fixed_answers(names)
        case = self.cases.solver.reachable(
            self.target, fixed, prefer=self._preferences(names, fixed.answers)
        )
        assert case is not None, "the solver has just found one"
        return case

    def _fixed_answers(self, names: frozenset[str]) -> KnownAnswers:
        """The known answers to the facts that do not change."""
        name_of, given = self.cases.solver.name_of, self.given
        return KnownAnswers(
            {key: value for key, value in given.answers.items() if name_of(key) not in names},
            {name: value for name, value in given.codes.items() if name not in names},
        )

    def _alternative(self, names: frozenset[str], place: int) -> Counterfactual:
        case = self._case_with(names)
        changed = {key: case.answers[key] for key, item in self.questions.items() if item.name in names}
        fixed = self._fixed_answers(names).updated(KnownAnswers(changed))
        free = {key: {key: answer} for key, answer in case.answers.items() if key not in fixed.answers}
        needed = self.cases.solver.needed(self.target, fixed, free)
        verified = self._verified(case, names, needed, place)
        ordered = [name for name in self.subjects if name in names]
        return Counterfactual(
            tuple(self._change(name, verified.values[name]) for name in ordered),
            tuple(self._required_answer(key, case, verified.values) for key in needed),
            verified.scenario,
            verified.verdicts,
        )

    def _preferences(self, names: frozenset[str], kept: Mapping[str, Any]) -> tuple[Preference, ...]:
        """Members of a set stay in or out if they can; otherwise, and where open, answers are ordinary.

        For a set of codes, exceptions to a pattern and derived entries are neither kept nor added.
        """
        given, name_of = self.given.answers, self.cases.solver.name_of
        changing = (item for item in self.questions.values() if item.name in names)
        members = [item for item in changing if item.name != item.key]
        stated = (item.key for item in members if item.key in given and item.is_plain)
        unchanged = (Preference(key, (given[key],)) for key in stated)
        plain = (Preference(item.key, (False,)) for item in members if item.member[:1] == "/")
        free = {item.name for key, item in self.questions.items() if key not in kept}
        others = (item for item in self.cases.preferences if name_of(item.key) in free)
        return (*unchanged, *plain, *others)

    def _verified(
        self, case: Case, names: frozenset[str], needed: Sequence[str], place: int
    ) -> VerifiedCase:
        """The case with only the required answers, or with all where look-ahead needs more."""
        minimal = self._with_answers(case, names, needed, place)
        if minimal.is_right(self.to):
            return minimal
        complete = self._with_answers(case, names, self.questions, place)
        if not complete.is_right(self.to):
            results = "; ".join(map(repr, complete.verdicts))
            raise UsageError(f"The solver and the assessment differ: {results}. Please report this.")
        return VerifiedCase({**complete.values, **minimal.values}, complete.scenario, complete.verdicts)

    def _with_answers(
        self, case: Case, names: frozenset[str], needed: Iterable[str], place: int
    ) -> VerifiedCase:
        keys: dict[str, list[str]] = {name: [] for name in names}
        needed_keys = set(needed)
        for key, question in self.questions.items():
            name = question.name
            if name in names or (key in needed_keys and key not in self.given.answers):
                keys.setdefault(name, []).append(key)
        values = {
            name: answer_of(self.cases, case, name, self.known_facts.values.get(name), questions)
            for name, questions in keys.items()
        }
        about = [(self.subjects.get(name), value) for name, value in values.items()]
        readings = {item.id: value for item, value in about if isinstance(item, Interpretation)}
        powers = {item.id: value for item, value in about if isinstance(item, Discretion)}
        variant = with_values(self.scenario, self.cases.vocabulary, values, powers)
        verdicts = tuple(assess_regimes(variant, self.regimes, readings))
        return VerifiedCase(values, self._named(variant, verdicts, place), verdicts)

    def _named(self, variant: Scenario, verdicts: Sequence[Verdict], place: int) -> Scenario:
        """The case under a name of its own: invented, without the sources and record of the real one.

        A file cannot choose readings, so it expects only results under the default ones.
        """
        expect = [
            Expectation(ruleset=item.ruleset.id, low=item.low, high=item.high, as_of=item.as_of)
            for item in verdicts
            if item.span and assess(variant, item.ruleset, as_of=item.as_of).span == item.span
        ]
        return attrs.evolve(
            variant,
            id=f"{self.scenario.id}-otherwise-{place}",
            title=f"Invented: {self.scenario.title or self.scenario.id}, with different facts",
            summary="Not what happened: the case with the fewest different facts for another outcome.",
            sources=(),
            known_from={},
            reports=(),
            record=None,
            disputed=(),
            expect=expect,
        )

    def _change(self, name: str, after: Any) -> Change:
        about, origin = self.subjects[name], self.known_facts.origins.get(name)
        before: Any = self.known_facts.values.get(name)
        if name == FACTS_DATE.key:
            before, origin = self.scenario.date, "stated"
        elif isinstance(about, Discretion):
            before = self.scenario.discretion.get(about.id)
        return Change(name, about, before, after, origin)

    def _required_answer(self, key: str, case: Case, values: Mapping[str, Any]) -> RequiredAnswer:
        name, member = self.questions[key].name, self.questions[key].member
        about = self.subjects[name]
        answer = case.answers[key] if member else values[name]
        if member and answer and isinstance(about, CodeSet):
            codes = sorted(values[name].known)
            member = next((code for code in codes if code_matches(code, member)), member)
        return RequiredAnswer(name, about, member, answer)


_KEEP_ORDER = ("knowledge", "nobody", "legislator", "authority", "exporter", "designer")
"""Whose facts are preferably kept, among alternatives with equally few changes."""


def _keep_rank(about: Subject) -> int:
    """The rank of a fact in that order: what someone knows changes last."""
    if not isinstance(about, Fact):
        return _KEEP_ORDER.index("authority")
    return _KEEP_ORDER.index("knowledge" if about.section == _KNOWLEDGE else about.changed_by)
