"""Sentences below a table on what results depend on, and the home from which each regime is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.measures import pluralise
from regcompare.comparison.sensitivity import ParallelLaw, Sensitivity
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.verdict.warnings import later_ruleset
from regcompare.words.lexicon import listing

_MAX_NAMED_CASES = 12
"""The most cases named individually."""

_ORDINARY = (
    "Where a file says `presume: ordinary`, standard assumptions apply to what it does not state; "
    "`explain` lists them."
)


def presumed_sentences(sensitivity: Sensitivity) -> list[str]:
    """Returns sentences on the assumptions behind results; the standard ones take a single line."""
    presumed, sentences = sensitivity.presumed, []
    if len(presumed) > _MAX_NAMED_CASES:
        cases = len({verdict.scenario.id for verdict in sensitivity.verdicts})
        counter = Counter(fact for facts in presumed.values() for fact in facts)
        counts = ", ".join(f"{fact} in {number}" for fact, number in counter.most_common())
        sentences.append(
            f"The results of {len(presumed)} of the {cases} cases depend on assumptions made in the "
            f"case files as well as the standard ones: {counts}. `explain` lists them for each case."
        )
    elif presumed:
        listed = "; ".join(f"{name} ({', '.join(facts)})" for name, facts in presumed.items())
        sentences.append(
            f"Depends on assumptions made in the case file as well as the standard ones: {listed}."
        )
    if any("ordinary" in verdict.scenario.presume for verdict in sensitivity.verdicts):
        sentences.append(_ORDINARY)
    return sentences


def notice_sentences(comparison: Comparison) -> list[str]:
    """Returns what cases say and was read as something else, each with the cases."""
    cases: dict[str, dict[str, None]] = {}
    for verdict in comparison.verdicts:
        for notice in verdict.notices:
            cases.setdefault(notice, {})[verdict.scenario.id] = None
    return [f"{', '.join(ids)}: {notice}" for notice, ids in cases.items()]


def changed_sentences(sensitivity: Sensitivity) -> list[str]:
    """Returns a sentence for each law with another result later, or with a ruleset for the later day."""
    later = (
        sentence
        for verdict in sensitivity.verdicts
        for sentence in later_ruleset(verdict.ruleset, verdict.as_of)
    )
    changed = [
        f"{law.ruleset.title} has changed since the date as of which it is applied here. As it stood on "
        f"the date of the facts, the result differs for {pluralise(len(law.verdicts), 'case')}: "
        f"{_case_results(law.verdicts)}. --as-of scenario applies that version."
        for law in sensitivity.changed_since
    ]
    return [*dict.fromkeys(later), *changed]


def beside_sentences(sensitivity: Sensitivity) -> list[str]:
    """Returns a sentence for each law that applies together with a compared one but is not compared."""
    return [
        f"{law.ruleset.title} ({law.ruleset.id}), which applies together with "
        f"{' and '.join(law.parallel_to)}, {', and '.join(_parallel_effects(law))}."
        for law in sensitivity.beside
    ]


def _parallel_effects(law: ParallelLaw) -> Iterator[str]:
    if law.reached:
        yield f"certainly applies to {pluralise(len(law.reached), 'case')}: {_case_results(law.reached)}"
    if law.open:
        yield f"may apply to {pluralise(len(law.open), 'more case' if law.reached else 'case')}"


def _case_results(verdicts: Iterable[Verdict]) -> str:
    return "; ".join(f"{verdict.scenario.id} ({verdict.result})" for verdict in verdicts)


def home_sentences(comparison: Comparison) -> Iterator[str]:
    """Yields how sales were changed to ask about them as if from each regime's home, if they were."""
    if comparison.as_if_from is None:
        return
    homes: dict[str, list[str]] = {}
    for ruleset in comparison.rulesets:
        homes.setdefault(ruleset.home.name if ruleset.home else "", []).append(ruleset.title)
    without_home = homes.pop("", [])
    phrases = (f"{listing(titles, 'and')} as if from {home}" for home, titles in homes.items())
    yield (
        "Each regime is asked about the same sale as if it were made from its own home: "
        f"{'; '.join(phrases)}. The exporter's country is changed, so that a transfer within "
        "one home is an export from elsewhere; what the authorities of the real one did is left out."
    )
    if without_home:
        names = listing(without_home, "and")
        yield f"No home is recorded for {names}; sales are asked about as they were made."
    regimes_by_cases: dict[tuple[Scenario, ...], list[str]] = {}
    domestic = comparison.domestic()
    for ruleset in comparison.rulesets:
        regimes_by_cases.setdefault(domestic[ruleset.id], []).append(ruleset.title)
    for cases, regimes in regimes_by_cases.items():
        if cases:
            yield (
                f"Set aside as domestic under {listing(regimes, 'and')}: "
                f"{pluralise(len(cases), 'case')} ({', '.join(case.id for case in cases)})."
            )
