"""The fewest changes of facts that reach an outcome, proved minimal.

A counterfactual says what would have to be *true*, and who could make it true.  It is not advice:
leaving a fact out, not writing it down or denying it does not change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from regcompare._support.asked import asked
from regcompare._visible import visible
from regcompare.comparison.claims import Claim, Line
from regcompare.comparison.counts import Law
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import Fact, section_of, written
from regcompare.logic.conditions import all_of
from regcompare.logic.questions import CodesQuestion, DoubtQuestion, Question
from regcompare.ruleset.rules import Discretion, Interpretation, Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import Origin, assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess, reassess
from regcompare.verdict.verdict import Verdict
from regcompare.views.render import Form
from regcompare.vocabulary import FACTS_DATE, Knowledge, Transaction, Vocabulary

from .encoding import KnownAnswers
from .frames import plausible
from .minimal import minimal_case
from .regimes import known_answers, possible_cases, regime_of
from .solver import Case, Preference
from .witness import stated_answer

Subject = Fact | Discretion | Interpretation
"""The subject of an answer: a fact, a power that may be used, or a doubt in a text."""


@attrs.frozen
class Change:
    """A changed fact, or the answer to an open question.

    Attributes:
        name: The fact, ``discretion.ID`` or ``reading.ID``.
        before: The answer of the case; None for an open question.
        after: An answer that reaches the outcome.
        origin: Where the answer of the case comes from; None for a power or an open question.
    """

    name: str
    about: Subject
    before: Any
    after: Any
    origin: Origin | None

    __data__ = ("name", "who", "is_presumed", "question", "stated_before", "stated_after")

    @property
    def who(self) -> str:
        """The one who could change the fact: designer, exporter, authority, legislator, nobody."""
        if isinstance(self.about, Fact):
            return self.about.changed_by
        return str(self.about.who) if isinstance(self.about, Discretion) else "nobody"

    @property
    def question(self) -> str:
        """The question, in plain words."""
        return self.about.question

    @property
    def stated_before(self) -> Any:
        """The answer of the case, as a file states it; None where it is open."""
        return written(self.before)

    @property
    def stated_after(self) -> Any:
        """The answer that reaches the outcome, as a file states it."""
        return written(self.after)

    @property
    def is_presumed(self) -> bool:
        """Tells whether the answer of the case is presumed, not stated."""
        return self.origin not in ("stated", None)


@attrs.frozen(eq=False)
class Counterfactual:
    """One way in which the facts could be different.

    Attributes:
        changes: The changes, in the order of the vocabulary.
        required_answers: The answers to open questions that the outcome also requires.
        verdict: The verdict on the case with these answers, by plain assessment.
    """

    changes: tuple[Change, ...]
    required_answers: tuple[Change, ...]
    verdict: Verdict


@attrs.frozen(eq=False)
class FewestChanges(Tabular[Counterfactual]):
    """The fewest changes of facts that reach an outcome.

    Attributes:
        to: The outcomes that are reached.
        verdict: The verdict on the case as it is.
        least: The smallest number of facts that must change; None where no change suffices.
        alternatives: Alternatives with that number of changes, then those with one more.  Where none is
            needed, the answers to open questions that depart least from an ordinary case.
        exhausted: Whether no further alternative has as few changes as the last one listed.
        presume: Layers of presumptions with which all of the alternatives agree.
        holding: The facts and sections that may not change.
    """

    to: Span
    verdict: Verdict
    least: int | None
    alternatives: tuple[Counterfactual, ...]
    exhausted: bool
    presume: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()
    _ITEMS = "alternatives"

    def __repr__(self) -> str:
        return visible(f"<FewestChanges {self.verdict.scenario.id}: {self.least}>")

    def finding(self) -> Claim:
        """Returns the finding: how many facts must change at the least."""
        from .views.changes import changes_sentence

        case, law = self.verdict.scenario, Law(self.verdict.ruleset, self.verdict.as_of)
        to = f"{self.to.low.word}..{self.to.high.word}"
        line = (
            f'rc.whatif("{case.id}", {law.python}, to="{to}", presume={self.presume!r}, '
            f"holding={self.holding!r}).finding()"
        )
        return Claim(
            changes_sentence(self),
            proved_by=f"regcompare whatif {case.id} -r {self.verdict.ruleset.id} --to {to}",
            made_by=Line(line, f"Every change of {case.id}.", (law,), (case,)),
        )  # fmt: skip

    def text(self, form: Form = "text") -> str:
        """Returns it in a form."""
        from .views.changes import changes_text

        return changes_text(self, form)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each change of each alternative, answers that it requires included."""
        return [
            {
                "scenario": self.verdict.scenario.id, "law": self.verdict.ruleset.id,
                "as_of": self.verdict.as_of, "alternative": number, "changed": is_changed,
                "who": change.who, "fact": change.name,
                "before": in_words(change.stated_before), "after": in_words(change.stated_after),
                "presumed": change.is_presumed, "result": alternative.verdict.result,
            }
            for number, alternative in enumerate(self.alternatives, 1)
            for is_changed, changes in (
                (True, alternative.changes), (False, alternative.required_answers)
            )
            for change in changes
        ]  # fmt: skip


def in_words(answer: Any) -> str | None:
    """Returns an answer as files write it, as one text."""
    if isinstance(answer, list | tuple):
        return " ".join(map(str, answer)) or "none"
    return None if answer is None else str(answer)


@asked
def fewest_changes(
    scenario: Scenario,
    ruleset: Ruleset,
    to: Outcome | Span,
    *,
    alternatives: int = 3,
    as_of: AsOf = None,
    readings: Readings = None,
    presume: Iterable[str] = (),
    holding: Iterable[str] = (),
) -> FewestChanges:
    """Returns the fewest facts to change for an outcome.

    A fact counts once, a set together with all its members.  A presumed answer may change too.  An
    answer to an open question is not a change; it is listed where the outcome requires it.  The date of
    the facts stays as it is: for the effect of a change of law, see ``timeline``.

    Args:
        scenario: The case.
        ruleset: The regime or proposal.
        to: The outcome, or a span: ``Span(AUTHORISATION, PROHIBITION)`` is an authorisation or more.
        alternatives: The largest number of alternatives to list.
        as_of: The day whose law is applied.
        readings: Readings of doubtful texts, as in ``assess``; an open one is an open question.
        presume: Layers of presumptions with which changes of codes and uses have to agree, where any
            such alternative leads to the outcome.
        holding: Facts, or sections such as ``item``, that may not change; what is open in them stays so.

    Raises:
        UsageError: The extra ``prove`` is not installed, or the ruleset or a fact cannot be used.
    """
    if alternatives < 1:
        raise UsageError("At least one alternative must be asked for.")
    verdict = assess(scenario, ruleset, as_of=as_of, readings=readings)
    span = Span(to, to) if isinstance(to, Outcome) else to
    return _Search(verdict, span, tuple(presume), frozenset(holding)).result(alternatives)


class _Search:
    """The search for alternatives: the case, its regime, and the condition to be reached."""

    def __init__(
        self, verdict: Verdict, to: Span, layers: tuple[str, ...], holding: frozenset[str]
    ) -> None:
        self.verdict, self.scenario, self.to = verdict, verdict.scenario, to
        regime = regime_of(verdict)
        self.cases = possible_cases([regime], presume=layers)
        self.solver, self.vocabulary = self.cases.solver, self.cases.vocabulary
        self.known = assumed_facts(self.scenario, self.vocabulary, self.cases.report_tests)
        self.given = known_answers(self.scenario, self.cases)
        self.subjects = _subjects(verdict.ruleset, self.vocabulary)
        self.holding = tuple(sorted(holding))
        self.held = {name for name in self.subjects if {name, section_of(name)} & holding}
        sections = set(map(section_of, self.subjects))
        for name in sorted(holding - self.subjects.keys() - sections):
            hint = did_you_mean(nearest(name, {*self.subjects, *sections}))
            raise UsageError(
                f"There is no fact or section {name!r} to hold; `regcompare facts` lists them.{hint}"
            )
        above = () if to.high is max(Outcome) else (regime.below(to.high.stricter),)
        target = all_of(regime.at_least(to.low), *above)
        plausible_target = all_of(target, plausible(self.cases, layers, self.given))
        self.layers = layers if self.cases.can_be(plausible_target) else ()
        self.target = plausible_target if self.layers else target

    def result(self, number: int) -> FewestChanges:
        sets, exhausted = self._minimal_sets(number)
        return FewestChanges(
            self.to, self.verdict, len(sets[0]) if sets else None,
            tuple(map(self._alternative, sets)), exhausted, self.layers, self.holding,
        )  # fmt: skip

    def _minimal_sets(self, number: int) -> tuple[list[frozenset[str]], bool]:
        """The sets of facts to change, the smallest first; and whether there are no more."""
        groups: dict[str, list[str]] = {}
        for key, question in self.solver.questions.items():
            is_of_case = key != FACTS_DATE.key and not isinstance(question, DoubtQuestion)
            if is_of_case and key in self.given.answers:
                groups.setdefault(question.name, []).append(key)
        for name in self.given.codes:
            if name in self.solver.questions.about:
                groups.setdefault(name, [])
        free = [(name, keys) for name, keys in groups.items() if name not in self.held]
        ordered = dict(sorted(free, key=lambda item: _keep_rank(self.subjects[item[0]])))
        sets: list[frozenset[str]] = []
        while len(sets) < number:
            between = (len(sets[-1]), len(sets[0]) + 1) if sets else (0, None)
            found = self.solver.fewest(self.target, self.given, ordered, excluded=sets, between=between)
            if found is not None:
                sets.append(found)
            if not found:  # There is none, or nothing has to change.
                return sets, True
        return sets, False

    def _alternative(self, names: frozenset[str]) -> Counterfactual:
        name_of, questions = self.solver.name_of, self.solver.questions
        kept = self.given.without(names, name_of)
        case = self._case(names, kept)
        changed = {key: case.answers[key] for key, item in questions.items() if item.name in names}
        fixed = kept.updated(KnownAnswers(changed))
        free = {key: {key: answer} for key, answer in case.answers.items() if fixed.leaves_open(key)}
        needed = self.solver.needed(self.target, fixed, free)
        values, verdict = self._stated(case, names, needed)
        if verdict.in_scope is not True or verdict.span not in self.to:  # Look-ahead needs more answers.
            complete, verdict = self._stated(case, names, questions)
            values = {**complete, **values}
        if verdict.span not in self.to:
            raise UsageError(f"The solver and the assessment differ: {verdict!r}. Please report this.")
        opened = dict.fromkeys(name_of(key) for key in needed)
        return Counterfactual(
            tuple(self._change(name, values[name]) for name in self.subjects if name in names),
            tuple(Change(name, self.subjects[name], None, values[name], None) for name in opened),
            verdict,
        )

    def _case(self, names: frozenset[str], kept: KnownAnswers) -> Case:
        """The case in which these facts change and the open questions have the most ordinary answers."""
        if not names:
            smallest = minimal_case(self.cases.answering(self.given), self.target)
            assert smallest is not None, "the solver has just found one"
            return smallest.case
        case = self.solver.reachable(self.target, kept, prefer=[*self._preferences(names, kept)])
        assert case is not None, "the solver has just found one"
        return case

    def _preferences(self, names: frozenset[str], kept: KnownAnswers) -> Iterator[Preference]:
        """Members of a set stay in or out if they can; otherwise, and where open, answers are ordinary.

        For a set of codes, exceptions to a pattern and derived entries are neither kept nor added.
        """
        given, questions = self.given.answers, self.solver.questions
        members = [item for item in questions.values() if item.name in names and item.name != item.key]
        stated = (item.key for item in members if item.key in given and item.is_plain)
        yield from (Preference(key, (given[key],)) for key in stated)
        codes = (item for item in members if isinstance(item, CodesQuestion))
        yield from (Preference(item.key, (False,)) for item in codes if item.is_derived)
        free = {item.name for key, item in questions.items() if kept.leaves_open(key)}
        yield from (item for item in self.cases.preferences if self.solver.name_of(item.key) in free)

    def _stated(
        self, case: Case, names: frozenset[str], needed: Iterable[str]
    ) -> tuple[dict[str, Any], Verdict]:
        """The answers to changed facts and open questions, and the verdict on the case with them.

        Its other presumed answers stay.
        """
        asked: dict[str, list[Question]] = {name: [] for name in names}
        opened = {key for key in needed if self.given.leaves_open(key)}
        for key, question in self.solver.questions.items():
            if question.name in names or key in opened:
                asked.setdefault(question.name, []).append(question)
        facts, before = self.solver.facts, self.known.values
        values = {
            name: stated_answer(self.cases, case, facts[name], about, before=before.get(name))
            if name in facts
            else case.answers[about[0].key]
            for name, about in asked.items()
        }
        about = [(self.subjects.get(name), value) for name, value in values.items()]
        readings = {item.id: value for item, value in about if isinstance(item, Interpretation)}
        powers = {item.id: value for item, value in about if isinstance(item, Discretion)}
        variant = self.scenario.stating(self.vocabulary.answers(values))
        if FACTS_DATE.key in values:
            variant = variant.on(values[FACTS_DATE.key])
        variant = attrs.evolve(variant, discretion={**self.scenario.discretion, **powers})
        now = assumed_facts(variant, self.vocabulary, self.cases.report_tests).values
        others = {key: answer for key, answer in before.items() if key not in values}
        kept = {key: answer for key, answer in others.items() if now.get(key) != answer}
        variant = attrs.evolve(variant, presumed={**variant.presumed, **kept})
        return values, reassess(self.verdict, scenario=variant, readings=readings)

    def _change(self, name: str, after: Any) -> Change:
        about, known = self.subjects[name], self.known
        if isinstance(about, Discretion):
            return Change(name, about, self.scenario.discretion.get(about.id), after, None)
        return Change(name, about, known.values.get(name), after, known.origins.get(name))


_KEEP_ORDER = ("knowledge", "nobody", "designer", "exporter", "authority", "legislator")
"""The order in which facts are kept, by whose they are, among alternatives with equally few changes.

The transaction and the item stay what they are if they can; what a legislator can change comes first.
"""


def _keep_rank(about: Subject) -> int:
    """The rank of a fact in that order: what someone knows changes last."""
    if not isinstance(about, Fact):
        return _KEEP_ORDER.index("authority")
    if about.section == Knowledge.__section__:  # type: ignore[attr-defined]
        return _KEEP_ORDER.index("knowledge")
    return _KEEP_ORDER.index("nobody" if about.key == Transaction.kind.key else about.changed_by)


def _subjects(ruleset: Ruleset, vocabulary: Vocabulary) -> dict[str, Subject]:
    """The subjects of questions, by name, in the order of the vocabulary."""
    parts = list(ruleset.parts())
    facts: dict[str, Subject] = {fact.key: fact for fact in (FACTS_DATE, *vocabulary.facts())}
    powers = {item.asked.name: item for part in parts for item in part.provisions.discretions}
    doubts = {item.asked.name: item for part in parts for item in part.doubts}
    return {**facts, **powers, **doubts}
