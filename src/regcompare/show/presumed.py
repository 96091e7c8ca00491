"""On which presumed answers results rest, in sentences below a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.assess import assessed_again
from regcompare.facts import facts_of
from regcompare.scenarios import Scenario, established
from regcompare.verdicts import Verdict

__all__ = ["presumed_sentences"]


_FEW = 12
"""So many cases are named one by one."""

_ORDINARY = (
    "Where a file says `presume: ordinary`, the answers of an ordinary transaction are presumed for "
    "what it does not state; `explain` lists them."
)


def presumed_sentences(verdicts: Iterable[Verdict]) -> list[str]:
    """Returns on which presumed answers results rest; that ordinary ones are presumed takes a line.

    Args:
        verdicts: The verdicts of a table, those on one case under several rulesets included.
    """
    found: dict[str, dict[str, None]] = {}
    cases: dict[str, Scenario] = {}
    for verdict in verdicts:
        cases[verdict.scenario.id] = verdict.scenario
        if facts := rests_on(verdict):
            found.setdefault(verdict.scenario.id, {}).update(dict.fromkeys(facts))
    ordinary = any(case.presume == "ordinary" for case in cases.values())
    return [*_case_by_case(found, len(cases)), *([_ORDINARY] if ordinary else [])]


def _case_by_case(found: Mapping[str, Iterable[str]], cases: int) -> Iterator[str]:
    """Names the cases and the answers; of many cases, how many rest on each answer."""
    if len(found) > _FEW:
        numbers = Counter(fact for facts in found.values() for fact in facts)
        told = ", ".join(f"{fact} in {number}" for fact, number in numbers.most_common())
        yield (
            f"Results of {len(found)} of the {cases} cases rest on answers that their files presume, "
            f"beside the ordinary ones: {told}. `explain` tells for each case."
        )
    elif found:
        told = "; ".join(f"{name} ({', '.join(facts)})" for name, facts in found.items())
        yield f"Rests on answers that the case's file presumes, beside the ordinary ones: {told}."


def rests_on(verdict: Verdict) -> Sequence[str]:
    """Returns the facts that the file presumes case by case and without which the result differs.

    Where none of them alone makes a difference, and all of them together do, these are all.
    """
    known = established(verdict.scenario, verdict.ruleset.vocabulary)
    names = [name for name in verdict.presumed if known.origins[name] == "presumed"]
    alone = [name for name in names if _differs(verdict, [name])]
    return alone or (names if len(names) > 1 and _differs(verdict, names) else [])


def _differs(verdict: Verdict, names: Sequence[str]) -> bool:
    """Whether the result is another where these answers are not presumed."""
    case = verdict.scenario
    presumed = [
        attrs.evolve(
            section,
            **{name: None for name, fact in facts_of(type(section)).items() if fact.key in names},
        )
        for section in case.presumed
    ]
    without = attrs.evolve(case, presumed=tuple(presumed))
    # Each effort gives a span within that of the one before, and none is narrower than with the answers:
    # where a lesser effort already comes to the same result, so do the others.
    efforts: list[dict[str, Any]] = [{"look_ahead": False}, {}, {"exact": True}]
    return all(
        _result(without, verdict, effort) != (verdict.result, verdict.in_scope)
        for effort in efforts[: 3 if verdict.exact else 2]
    )


def _result(case: Scenario, like: Verdict, effort: Mapping[str, Any]) -> tuple[str, bool | None]:
    """What a case comes to under the law, and by the readings, of a verdict."""
    found = assessed_again(like, scenario=case, **effort)
    return found.result, found.in_scope
