"""A possible case told as a scenario: the least that must be stated to show what it claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare._plan import Cell
from regcompare.assess import assess
from regcompare.facts import CodeSet, Day, Fact, MemberSet, Same, facts_of
from regcompare.readings.solver import Case
from regcompare.scenarios import Expectation, Scenario
from regcompare.verdicts import Verdict
from regcompare.vocabulary import FACTS_DATE

from .regimes import Given, Possible, Regime

__all__ = ["told", "verdicts"]


def told(
    possible: Possible,
    case: Case,
    *,
    scenario_id: str,
    title: str,
    summary: str = "",
    given: Given | None = None,
) -> Scenario:
    """Returns a case as a scenario that states no more than it must.

    Answers of an ordinary transaction are presumed, not stated; every other answer that the results do
    not hang on is left out.  What each regime gives for it is written as its expectation, so that
    ``regcompare check`` verifies it.

    Args:
        possible: The possible cases that it was found among.
        case: The case.
        scenario_id: The id of the scenario.
        title: What it shows, in a line.
        summary: What it shows, in plain words.
        given: What was given when it was found; of answers that no condition tells apart the case
            keeps those.
    """
    words = _Words(possible, case, (given or Given()).answers)
    values = dict(_values(possible, case, words))
    scenario = Scenario(
        id=scenario_id,
        title=title,
        summary=summary,
        date=words.of(FACTS_DATE) if FACTS_DATE.key in case.answers else None,
        presume="ordinary",
        discretion=_powers(case),
    )
    full = _with_values(scenario, possible, values)
    short = _shortened(full, possible, values)
    return attrs.evolve(short, expect=tuple(_expectations(short, possible.regimes)))


def verdicts(scenario: Scenario, regimes: Sequence[Regime]) -> list[Verdict]:
    """Returns what each regime gives for a scenario, with the readings that were taken."""
    return [
        assess(
            scenario,
            item.ruleset,
            as_of=item.as_of or "scenario",
            readings={doubt.id: reading or "open" for doubt, reading in item.assumed},
        )
        for item in regimes
    ]


def _powers(case: Case) -> dict[str, bool]:
    return {
        key.partition(":")[2]: answer
        for key, answer in case.answers.items()
        if key.startswith("discretion:") and answer
    }


@attrs.define
class _Words:
    """Which of the answers that no condition tells apart is told."""

    possible: Possible
    case: Case
    given: Mapping[str, Any]
    chosen: dict[str, Any] = attrs.field(factory=dict)

    def of(self, fact: Fact) -> Any:
        """The answer given; else the one that an ordinary transaction repeats; else the commonest."""
        answer = self.case.answers[fact.key]
        cells = self.possible.solver.cells[fact.key]
        place = next(place for place, cell in enumerate(cells) if cell.answer == answer)
        repeated = self.chosen.get(fact.ordinary.fact) if isinstance(fact.ordinary, Same) else None
        common = self.possible.ordinary_answers.get(fact.key, ())
        for wanted in (self.given.get(fact.key), repeated, *common):
            if wanted is not None and self._is_alike(fact, wanted, place, cells):
                answer = wanted
                break
        self.chosen[fact.key] = answer
        return answer

    @staticmethod
    def _is_alike(fact: Fact, wanted: Any, place: int, cells: Sequence[Cell]) -> bool:
        if not isinstance(fact, Day):
            return wanted in cells[place].stands_for
        later = cells[place + 1 :]
        return cells[place].answer <= wanted and (not later or wanted < later[0].answer)


def _values(possible: Possible, case: Case, words: _Words) -> Iterator[tuple[Fact, Any]]:
    """Each fact that was asked about with its answer as a scenario states it."""
    asked: dict[str, list[str]] = {}
    for key in case.answers:
        asked.setdefault(key.partition(":")[0], []).append(key)
    for fact in possible.vocabulary.facts():
        keys = asked.get(fact.key)
        if not keys:
            continue
        if isinstance(fact, CodeSet):
            yield fact, MemberSet(case.codes.get(fact.key, ()))
        elif fact.is_set:
            yield fact, MemberSet(key.partition(":")[2] for key in keys if case.answers[key])
        elif fact.kind == "yes_no":
            yield fact, case.answers[fact.key]
        else:
            yield fact, words.of(fact)


def _with_values(scenario: Scenario, possible: Possible, values: Mapping[Fact, Any]) -> Scenario:
    sections: dict[type, dict[str, Any]] = {}
    for cls in possible.vocabulary.sections:
        for name, fact in facts_of(cls).items():
            if fact in values:
                sections.setdefault(cls, {})[name] = values[fact]
    return scenario.with_facts(*(cls(**stated) for cls, stated in sections.items()))


def _shortened(scenario: Scenario, possible: Possible, values: dict[Fact, Any]) -> Scenario:
    """The scenario without each answer that no result hangs on, the last of the vocabulary first."""
    wanted = _results(scenario, possible)
    bare = attrs.evolve(scenario, **{name: type(getattr(scenario, name))() for name in _CORE}, more=())
    for fact in reversed(list(values)):
        fewer = {other: value for other, value in values.items() if other is not fact}
        shorter = _with_values(bare, possible, fewer)
        if _results(shorter, possible) == wanted:
            scenario, values = shorter, fewer
    return scenario


_CORE = (
    "item", "transaction", "exporter", "destination", "end_user", "end_use", "knowledge", "diligence",
    "national", "licence",
)  # fmt: skip


def _results(scenario: Scenario, possible: Possible) -> list[tuple[str, ...]]:
    return [
        (verdict.result, str(verdict.in_scope), *(finding.rule.id for finding in verdict.holding))
        for verdict in verdicts(scenario, possible.regimes)
    ]


def _expectations(scenario: Scenario, regimes: Sequence[Regime]) -> Iterator[Expectation]:
    for item, verdict in zip(regimes, verdicts(scenario, regimes), strict=True):
        as_of = None if item.as_of == item.ruleset.reference_date else item.as_of
        if verdict.span:
            yield Expectation(ruleset=item.ruleset.id, low=verdict.low, high=verdict.high, as_of=as_of)
        else:
            yield Expectation(ruleset=item.ruleset.id, as_of=as_of, in_scope=False)
