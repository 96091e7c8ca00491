"""Rows drawn for rulesets, assessed as a table and by ``assess``, which has to come to the same.

``python -m tests.registers.row_equality --rows 100000`` prints how many rows were compared, and those that differ;
with ``--drawn 2000`` they are of so many rulesets drawn at random, whose sets share members.
Cases are assessed some at a time by ``assess_all``; every fiftieth, and each that contradicts itself in
the table, by ``assess`` alone.  Most tables are long enough for the evaluation of whole batches.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
from tests.support.drawn_law import drawn_ruleset
from tests.support.shipped import CATALOGUE

from regcompare import Ruleset, Scenario, UsageError, Verdict, assess
from regcompare.authoring import FACTS_DATE
from regcompare.facts import AnswerError, CodeSet, Country, Day, Fact, YesNo, countries
from regcompare.logic.codes import parse_pattern
from regcompare.logic.questions import PowerQuestion
from regcompare.program.program import program_for
from regcompare.verdict.assess import assess_all
from regcompare_registers._answers import days_of
from regcompare_registers._regimes import rule_ids
from regcompare_registers.columns import read_value, scenario_of_row
from regcompare_registers.frames import assess_frame

TOGETHER = (100, 3_000, 6_000)
"""How many rows are drawn for one ruleset, with the same options."""
GROUP, ALONE = 100, 0.02
"""How many cases are assessed together, and the share of those that are assessed alone."""
STATES = {True: "yes", False: "no", None: "unknown"}
PARTS = ("low", "high", "in_scope", "in_force", "holds", "open")


def expected_result(scenario: Scenario, ruleset: Ruleset, **options: Any) -> dict[str, Any]:
    """The new cells of a row, from the assessment of its case alone."""
    try:
        return _cells_of(assess(scenario, ruleset, **options))
    except UsageError:
        return dict.fromkeys(PARTS)


def _cells_of(verdict: Verdict) -> dict[str, Any]:
    cells: dict[str, Any] = {
        "low": verdict.low and verdict.low.word,
        "high": verdict.high and verdict.high.word,
        "in_scope": STATES[verdict.in_scope],
        "in_force": STATES[verdict.in_force],
        "holds": None,
        "open": None,
    }
    if verdict.span is not None:
        cells |= {"low": verdict.span.low.word, "high": verdict.span.high.word}
        ids = rule_ids(verdict.ruleset)
        for part, findings in (("holds", verdict.holding), ("open", verdict.open)):
            found = {finding.rule for finding in findings}
            cells[part] = "; ".join(name for rule, name in ids.items() if rule in found) or "none"
    return cells


def _expected_together(
    cases: Sequence[Scenario], ruleset: Ruleset, options: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The new cells of several rows; each is assessed alone where one contradicts itself."""
    try:
        return list(map(_cells_of, assess_all(cases, ruleset, **options)))
    except UsageError:
        return [expected_result(case, ruleset, **options) for case in cases]


def result_of(row: Mapping[str, Any], ruleset: Ruleset) -> dict[str, Any]:
    """The new cells of a row."""
    return {name: row[f"{ruleset.id}.{name}"] for name in PARTS}


def drawn_answers(ruleset: Ruleset, chance: random.Random) -> Iterator[tuple[str, Sequence[str]]]:
    """Yields columns with answers to draw from, among which conditions of a ruleset distinguish."""
    days = [day + dt.timedelta(shift) for day in days_of([ruleset]) for shift in (-1, 0)]
    questions = program_for(ruleset, tuple(ruleset.parts())[1:]).by_subject
    for fact in (*ruleset.vocabulary.facts(), FACTS_DATE):
        if asked := questions.get(fact.key, ()) or fact is FACTS_DATE:
            drawn = _answers(fact, asked, days, chance)
            yield fact.key, [answer for answer in drawn if _is_answer(fact, answer)]
    every = (item for asked in questions.values() for item in asked)
    for power in {item.id for item in every if isinstance(item, PowerQuestion)}:
        yield f"discretion:{power}", ("yes", "no")


def _is_answer(fact: Fact, text: str) -> bool:
    try:
        read_value(fact, text)
    except AnswerError:
        return False
    return True


def _answers(fact: Fact, asked: Any, days: Sequence[dt.date], chance: random.Random) -> Sequence[str]:
    if fact is FACTS_DATE or isinstance(fact, Day):
        return list(map(str, chance.sample(days, min(len(days), 12))))
    if isinstance(fact, YesNo):
        return "yes", "no"
    words: list[str] = list(countries()) if isinstance(fact, Country) else list(fact.labels())
    if isinstance(fact, CodeSet):
        patterns = (parse_pattern(item.member) for item in asked if item.member)
        words = [item.code for item in patterns if item.code.strip("*?/")]
    words = chance.sample(words, min(len(words), 12))
    pairs = [chance.sample(words, 2) for _ in words[1:]]
    if not fact.is_set:
        return [*words, *map("|".join, pairs[:3])]
    marked = [f"{one}; ?{other}" for one, other in pairs]
    return ["none", "none", *words, *(f"?{word}" for word in words[:4]), *marked[:4]]


def drawn_table(ruleset: Ruleset, rows: int, chance: random.Random) -> pa.Table:
    """Draws rows, a part of whose cells state nothing or say that the answer is not known."""
    gaps = chance.choice((0.1, 0.3, 0.6, 0.9, 0.97))
    table: dict[str, list[Any]] = {}
    for name, answers in drawn_answers(ruleset, chance):
        table[name] = [
            None
            if chance.random() < gaps or not answers
            else "unknown"
            if chance.random() < 0.1
            else chance.choice(answers)
            for _ in range(rows)
        ]
    table["transaction.kind"] = [chance.choice([*ruleset.covers, None]) for _ in range(rows)]
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in table.items()})


def differences(
    rulesets: Iterable[Ruleset],
    rows: int,
    seed: int,
    counts: Counter[str],
    together: Sequence[int] = TOGETHER,
) -> Iterator[str]:
    """Draws rows, counts what they come to, and yields those that differ from their case."""
    chance = random.Random(seed)
    for ruleset in rulesets:
        if counts["rows"] >= rows:
            return
        counts["tables"] += 1
        table = drawn_table(ruleset, min(chance.choice(together), rows - counts["rows"]), chance)
        options = {
            "as_of": chance.choice((None, "scenario")),
            "readings": chance.choice((None, "open")),
        }
        layer = chance.choice((None, "ordinary", "surveillance"))
        found = assess_frame(table, ruleset, presume=layer, **options).to_pylist()
        groups: dict[bool, list[int]] = {True: [], False: []}
        for place, row in enumerate(found):
            groups[row["problem"] is not None or chance.random() < ALONE].append(place)
        stated = table.to_pylist()
        size = {True: 1, False: GROUP}
        for is_alone, places in groups.items():
            for first in range(0, len(places), size[is_alone]):
                part = places[first : first + size[is_alone]]
                cases = [scenario_of_row(stated[at], ruleset.vocabulary, presume=layer) for at in part]
                counts["alone" if is_alone else "together"] += len(part)
                wants = _expected_together(cases, ruleset, options)
                for at, want in zip(part, wants, strict=True):
                    have = result_of(found[at], ruleset)
                    is_open = have["low"] != have["high"]
                    kind = "contradictory" if found[at]["problem"] else have["in_force"] or "?"
                    kind = kind if kind == "contradictory" else "open" if is_open else "settled"
                    counts.update(("rows", kind))
                    if want != have:
                        yield f"{ruleset.id} {options} {layer} {stated[at]}: {want}, in a table {have}"


RULESETS = ("eu-428-2009", "eu-2021-821", "amnesty", "com-2016-616", "ep-2018", "un-2019")


def shipped(seed: int) -> Iterator[Ruleset]:
    """Yields shipped rulesets, without end."""
    chance = random.Random(seed)
    while True:
        yield CATALOGUE.ruleset(chance.choice(RULESETS))


def drawn(seed: int, number: int) -> Iterator[Ruleset]:
    """Yields this many rulesets that are drawn at random."""
    yield from map(drawn_ruleset, range(seed, seed + number))


def main() -> None:
    """Compares rows and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drawn", type=int, default=0, help="how many rulesets to draw, 100 rows each")
    chosen = parser.parse_args()
    counts: Counter[str] = Counter()
    found = differences(shipped(chosen.seed), chosen.rows, chosen.seed, counts)
    if number := chosen.drawn:
        laws = drawn(chosen.seed, number)
        found = differences(laws, 100 * number, chosen.seed, counts, (100,))
    try:
        for text in found:
            counts["different"] += 1
            sys.stdout.write(f"{text}\n")
    finally:  # What was compared counts also where the run is stopped.
        sys.stdout.write(f"{dict(counts)}\n")


if __name__ == "__main__":
    main()
