"""What results depend on, and from where each regime is asked, in sentences below a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.measures import pluralise
from regcompare.comparison.sensitivity import ParallelLaw, Sensitivity
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import listing

_FEW = 12
"""Up to this many cases are named one by one."""

_ORDINARY = (
    "Where a file says `presume: ordinary`, standard assumptions apply to what it does not state; "
    "`explain` lists them."
)


def presumed_sentences(found: Sensitivity) -> list[str]:
    """Returns on which assumptions results depend; the standard ones take a single line."""
    presumed, told = found.presumed, []
    if len(presumed) > _FEW:
        cases = len({verdict.scenario.id for verdict in found.verdicts})
        numbers = Counter(fact for facts in presumed.values() for fact in facts)
        counts = ", ".join(f"{fact} in {number}" for fact, number in numbers.most_common())
        told.append(
            f"The results of {len(presumed)} of the {cases} cases depend on assumptions made in the "
            f"case files as well as the standard ones: {counts}. `explain` lists them for each case."
        )
    elif presumed:
        named = "; ".join(f"{name} ({', '.join(facts)})" for name, facts in presumed.items())
        told.append(
            f"Depends on assumptions made in the case file as well as the standard ones: {named}."
        )
    if any("ordinary" in verdict.scenario.presume for verdict in found.verdicts):
        told.append(_ORDINARY)
    return told


def changed_sentences(found: Sensitivity) -> list[str]:
    """Returns a sentence for each law that gives something else on the later day of the facts."""
    return [
        f"{law.ruleset.title} has changed since the date as of which it is applied here. As it stood on "
        f"the date of the facts, the result differs for {pluralise(len(law.verdicts), 'case')}: "
        f"{_named(law.verdicts)}. --as-of scenario applies that version."
        for law in found.changed_since
    ]


def beside_sentences(found: Sensitivity) -> list[str]:
    """Returns a sentence for each law that applies together with a compared one and is not compared."""
    return [
        f"{law.ruleset.title} ({law.ruleset.id}), which applies together with "
        f"{' and '.join(law.parallel_to)}, {', and '.join(_reach(law))}."
        for law in found.beside
    ]


def _reach(law: ParallelLaw) -> Iterator[str]:
    if law.reached:
        yield f"certainly applies to {pluralise(len(law.reached), 'case')}: {_named(law.reached)}"
    if law.open:
        yield f"may apply to {pluralise(len(law.open), 'more case' if law.reached else 'case')}"


def _named(verdicts: Iterable[Verdict]) -> str:
    return "; ".join(f"{verdict.scenario.id} ({verdict.result})" for verdict in verdicts)


def home_sentences(comparison: Comparison) -> Iterator[str]:
    """Yields how sales were changed to be asked about as if from each regime's home; else nothing."""
    if comparison.as_if_from is None:
        return
    homes: dict[str, list[str]] = {}
    for ruleset in comparison.rulesets:
        homes.setdefault(ruleset.home.name if ruleset.home else "", []).append(ruleset.title)
    without = homes.pop("", [])
    asked = (f"{listing(titles, 'and')} as if from {home}" for home, titles in homes.items())
    yield (
        "Each regime is asked about the same sale as if it were made from its own home: "
        f"{'; '.join(asked)}. The exporter's country is changed, so that a transfer within "
        "one home is an export from elsewhere; what the authorities of the real one did is left out."
    )
    if without:
        names = listing(without, "and")
        yield f"No home is recorded for {names}; sales are asked about as they were made."
    yield from _domestic(comparison)


def _domestic(comparison: Comparison) -> Iterator[str]:
    """Names the sales that are set aside; regimes that set the same aside share a sentence."""
    alike: dict[tuple[str, ...], list[str]] = {}
    titles = {ruleset.id: ruleset.title for ruleset in comparison.rulesets}
    for name, cases in comparison.domestic().items():
        alike.setdefault(tuple(case.id for case in cases), []).append(titles[name])
    for ids, regimes in alike.items():
        if ids:
            yield (
                f"Set aside as domestic under {listing(regimes, 'and')}: "
                f"{pluralise(len(ids), 'case')} ({', '.join(ids)})."
            )
