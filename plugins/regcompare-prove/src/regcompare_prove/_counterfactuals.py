"""Counterfactual cases: a case with some answers changed, as a scenario that states them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import CodeSet, Day, Fact, MemberSet, SetOf
from regcompare.logic.codes import code_matches
from regcompare.ruleset.rules import Discretion, Interpretation, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import Scenario, overlay, sections_stating
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, Vocabulary

from .regimes import PossibleCases
from .solver import Case

Subject = Fact | Discretion | Interpretation
"""What an answer is about: a fact, a power that may be used, or a doubt in a text."""


@attrs.frozen
class VerifiedCase:
    """A counterfactual case as a scenario, with its changed answers and its verdicts."""

    values: Mapping[str, Any]
    scenario: Scenario
    verdicts: tuple[Verdict, ...]

    def is_right(self, to: Span | None) -> bool:
        """Whether every ruleset certainly has an outcome that was asked for."""
        spans = [verdict.span for verdict in self.verdicts if verdict.in_scope]
        if len(spans) < len(self.verdicts) or None in spans:
            return False
        if to is None:
            return len(set(spans)) == 1 and all(span.is_settled for span in spans if span)
        return all(span in to for span in spans)


def answer_of(cases: PossibleCases, case: Case, name: str, before: Any, keys: Collection[str]) -> Any:
    """Returns the answer of a case to a fact, a power or a doubt, as a scenario states it.

    Args:
        cases: The possible cases in which it was found.
        case: The case.
        name: The fact, ``discretion.ID`` or ``reading.ID``.
        before: The answer that the scenario has already; of a set, what is not asked stays.
        keys: The questions of a set that the case answers; the others stay as they are.
    """
    fact = cases.solver.facts.get(name)
    if fact is None:
        (key,) = keys
        return case.answers[key]
    if isinstance(fact, CodeSet):
        return _codes(cases, case, name, before if isinstance(before, MemberSet) else None)
    if isinstance(fact, SetOf):
        earlier = before if isinstance(before, MemberSet) else MemberSet((), fact.members)
        truths = {cases.solver.questions[key].member: bool(case.answers[key]) for key in keys}
        members = {member for member, truth in truths.items() if truth}
        return MemberSet((earlier.known - truths.keys()) | members, earlier.open - truths.keys())
    answer = case.answers[name]
    if isinstance(answer, bool) or isinstance(fact, Day):
        return answer
    return cases.equivalent_answers(name, answer)[0]  # The most ordinary of them.


def _codes(cases: PossibleCases, case: Case, name: str, earlier: MemberSet | None) -> MemberSet:
    """The codes that the scenario has already, as far as they fit, and one for each missing one."""
    patterns = cases.solver.patterns(name)

    def matches(code: str) -> frozenset[str]:
        return frozenset(pattern for pattern in patterns if code_matches(code, pattern))

    required = {matches(code): code for code in sorted(case.codes.get(name, ()))}
    known, possible = (earlier.known, earlier.open) if earlier else (frozenset[str](), frozenset[str]())
    matched = {code: matches(code) for code in sorted(known | possible)}
    fitting = [code for code, of in matched.items() if of in required or (not of and code in known)]
    covered = {matched[code] for code in fitting}
    return MemberSet([*fitting, *(code for of, code in required.items() if of not in covered)])


def with_values(
    scenario: Scenario, vocabulary: Vocabulary, values: Mapping[str, Any], powers: Mapping[str, bool]
) -> Scenario:
    """Returns the scenario with these answers stated; its other presumed answers stay.

    Args:
        scenario: The scenario.
        vocabulary: The facts and their ordinary answers.
        values: The answers by fact; names of other things are ignored.
        powers: How powers were used, by their ids.
    """
    known_facts = established_facts(scenario, vocabulary)
    variant = scenario.with_facts(*sections_stating(values, vocabulary))
    if FACTS_DATE.key in values:
        variant = attrs.evolve(variant, date=values[FACTS_DATE.key])
    variant = attrs.evolve(variant, discretion={**scenario.discretion, **powers})
    variant_facts = established_facts(variant, vocabulary)
    changed = {
        key: answer
        for key, answer in known_facts.values.items()
        if key not in values and variant_facts.values.get(key) != answer
    }
    presumed = {type(item): item for item in variant.presumed}
    for stated in sections_stating(changed, vocabulary):
        presumed[type(stated)] = overlay(presumed.get(type(stated), type(stated)()), stated)
    return attrs.evolve(variant, presumed=tuple(presumed.values()))


# subjects --------------------------------------------------------------------------------------------


def subjects_of(cases: PossibleCases, rulesets: Sequence[Ruleset]) -> dict[str, Subject]:
    """Returns what questions are about, by name, in the order of the vocabulary."""
    parts = [part for item in rulesets for part in item.parts()]
    facts: dict[str, Subject] = {fact.key: fact for fact in (FACTS_DATE, *cases.vocabulary.facts())}
    powers = {item.asked.name: item for part in parts for item in part.provisions.discretions}
    doubts = {item.asked.name: item for part in parts for item in part.doubts}
    return {**facts, **powers, **doubts}
