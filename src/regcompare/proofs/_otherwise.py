"""A case with some answers otherwise: which answer is told, and the scenario that states it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import Choice, CodeSet, Country, Day, Fact, MemberSet, SetOf
from regcompare.logic.codes import code_matches
from regcompare.ruleset.rules import Discretion, Interpretation, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import Scenario, overlay, sections_stating
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, Vocabulary

from .regimes import KnownAnswers, PossibleCases
from .solver import Case

Subject = Fact | Discretion | Interpretation
"""What an answer is about: a fact, a power that may be used, or a doubt in a text."""


@attrs.frozen
class VerifiedCase:
    """A case as a scenario, with what was answered for it and what it comes to."""

    values: Mapping[str, Any]
    scenario: Scenario
    verdicts: tuple[Verdict, ...]

    def is_right(self, to: Span | None) -> bool:
        """Whether every ruleset gives an outcome that was asked for, and for certain."""
        spans = [verdict.span for verdict in self.verdicts if verdict.in_scope]
        if len(spans) < len(self.verdicts) or None in spans:
            return False
        if to is None:
            return len(set(spans)) == 1 and all(span.is_settled for span in spans if span)
        return all(span in to for span in spans)


def answer_of(cases: PossibleCases, case: Case, name: str, before: Any, keys: Collection[str]) -> Any:
    """Returns the answer of a case to a fact, a power or a doubt, as a scenario states it.

    Args:
        cases: The possible cases that it was found among.
        case: The case.
        name: The fact, ``discretion.ID`` or ``reading.ID``.
        before: What the scenario answers already; of a set, what is not asked stays.
        keys: The questions of a set that are answered by the case; the others stay as they are.
    """
    fact = cases.solver.facts.get(name)
    if fact is None:
        (key,) = keys
        return case.answers[key]
    if isinstance(fact, CodeSet):
        return _codes(cases, case, name, before if isinstance(before, MemberSet) else None)
    if isinstance(fact, SetOf):
        had = before if isinstance(before, MemberSet) else MemberSet((), fact.members)
        told = {cases.solver.questions[key].member: bool(case.answers[key]) for key in keys}
        met = {member for member, truth in told.items() if truth}
        return MemberSet((had.known - told.keys()) | met, had.open - told.keys())
    answer = case.answers[name]
    # Of the answers that no condition tells apart the most ordinary one.
    return answer if isinstance(answer, bool) or isinstance(fact, Day) else cases.alike(name, answer)[0]


def _codes(cases: PossibleCases, case: Case, name: str, had: MemberSet | None) -> MemberSet:
    """The codes that the scenario has already, as far as they fit, and one for each that is missing."""
    patterns = cases.solver.patterns(name)

    def met_by(code: str) -> frozenset[str]:
        return frozenset(pattern for pattern in patterns if code_matches(code, pattern))

    wanted = {met_by(code): code for code in sorted(case.codes.get(name, ()))}
    own = {code: met_by(code) for code in (sorted(had.known | had.open) if had else ())}
    kept = [
        code
        for code, met in own.items()
        if met in wanted or (not met and had is not None and code in had.known)
    ]
    have = {own[code] for code in kept}
    return MemberSet([*kept, *(code for met, code in wanted.items() if met not in have)])


def with_values(
    scenario: Scenario, vocabulary: Vocabulary, values: Mapping[str, Any], powers: Mapping[str, bool]
) -> Scenario:
    """Returns the scenario with these answers stated; what was presumed besides stays as it was.

    Args:
        scenario: The scenario.
        vocabulary: The facts and what is ordinary.
        values: The fact to its answer; what names no fact is passed over.
        powers: How powers were used, by their ids.
    """
    known = established_facts(scenario, vocabulary)
    other = scenario.with_facts(*sections_stating(values, vocabulary))
    if FACTS_DATE.key in values:
        other = attrs.evolve(other, date=values[FACTS_DATE.key])
    other = attrs.evolve(other, discretion={**scenario.discretion, **powers})
    now = established_facts(other, vocabulary)
    moved = {
        key: answer
        for key, answer in known.values.items()
        if key not in values and now.values.get(key) != answer
    }
    presumed = {type(item): item for item in other.presumed}
    for stated in sections_stating(moved, vocabulary):
        presumed[type(stated)] = overlay(presumed.get(type(stated), type(stated)()), stated)
    return attrs.evolve(other, presumed=tuple(presumed.values()))


def other_answers(
    cases: PossibleCases, about: Subject, key: str, but: Sequence[Any], answers: KnownAnswers
) -> Iterator[tuple[str, KnownAnswers]]:
    """Yields the other answers to a question, or members of a set in place of one, with what they give.

    Args:
        cases: The possible cases.
        about: What the question is about.
        key: The question.
        but: The answers that are told already; the last is the one that is given.
        answers: What is given with it; given itself for an answer that no condition tells from it.
    """
    if isinstance(about, Choice | Country):
        for cell in cases.solver.cells[key]:
            same = but[-1] in cell.stands_for
            if same or not any(answer in cell.stands_for for answer in but):
                asked = answers.but(KnownAnswers({key: cell.answer}))
                yield from (
                    (word, answers if same else asked) for word in cell.stands_for if word not in but
                )
    elif isinstance(about, CodeSet) and but[-1] is True:
        yield from _other_codes(cases, about, key, answers)
    elif isinstance(about, SetOf) and but[-1] is True:
        for member in about.labels():
            other = about.asked(member).key
            if other in cases.solver.cells and other != key and answers.answers.get(other) is not True:
                yield member, answers.but(KnownAnswers({key: False, other: True}))


def _other_codes(
    cases: PossibleCases, fact: CodeSet, key: str, answers: KnownAnswers
) -> Iterator[tuple[str, KnownAnswers]]:
    """A code for each that the conditions tell apart, alone in the set; derived ones are too many."""
    patterns, held = cases.solver.patterns(fact.key), answers.codes.get(fact.key)
    own = cases.solver.questions[key].member
    for cell in cases.solver.code_cells(fact.key):
        is_other = "/" not in cell.code and cell.matches and own not in cell.matches
        if is_other and (held is None or cell.code in held.open):
            met = {fact.asked(pattern).key: pattern in cell.matches for pattern in patterns}
            yield cell.code, answers.but(KnownAnswers(met, {fact.key: MemberSet((cell.code,))}))


# what is asked about ---------------------------------------------------------------------------------


def subjects_of(cases: PossibleCases, rulesets: Sequence[Ruleset]) -> dict[str, Subject]:
    """What may be answered, by name, in the order of the vocabulary."""
    parts = [part for item in rulesets for part in item.parts()]
    facts: dict[str, Subject] = {fact.key: fact for fact in (FACTS_DATE, *cases.vocabulary.facts())}
    powers = {item.asked.name: item for part in parts for item in part.provisions.discretions}
    doubts = {item.asked.name: item for part in parts for item in part.doubts}
    return {**facts, **powers, **doubts}
