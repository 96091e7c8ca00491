"""From where each regime of a comparison is asked, and what is set aside by that, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from regcompare.comparison.comparison import Comparison, counted
from regcompare.words.lexicon import listing

__all__ = ["home_sentences"]


def home_sentences(comparison: Comparison) -> Iterator[str]:
    """Yields how sales were changed to be asked about as if from each regime's home; else nothing."""
    if comparison.as_if_from is None:
        return
    yield (
        "Each regime is asked about the same sale as if it were made from its own home: "
        f"{'; '.join(_homes(comparison))}. The exporter's country is changed, so that a transfer within "
        "one home is an export from elsewhere; what the authorities of the real one did is left out."
    )
    yield from _without_home(comparison)
    yield from _domestic(comparison)


def _homes(comparison: Comparison) -> Iterator[str]:
    homes: dict[str, list[str]] = {}
    for ruleset in comparison.rulesets:
        if ruleset.home:
            homes.setdefault(ruleset.home.name, []).append(ruleset.title)
    for home, titles in homes.items():
        yield f"{listing(titles, 'and')} as if from {home}"


def _without_home(comparison: Comparison) -> Iterator[str]:
    titles = [ruleset.title for ruleset in comparison.rulesets if not ruleset.home]
    if titles:
        names = listing(titles, "and")
        yield f"No home is recorded for {names}; sales are asked about as they were made."


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
                f"{counted(len(ids), 'case')} ({', '.join(ids)})."
            )
