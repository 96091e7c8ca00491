"""The engine against the same rules written by hand, in one run, as ratios.

Run with ``python -m pytest -n 0 benchmarks``.  The ratios are printed at the end.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import subprocess
import sys
import time
import timeit
from collections.abc import Callable
from itertools import compress
from operator import ne
from typing import Any

import pytest

from regcompare import Outcome, Ruleset, Scenario
from regcompare.authoring import TRUE, Choice, Condition, Instrument, Trigger, YesNo, section
from regcompare.logic.conditions import walk
from regcompare.logic.network import Network
from regcompare.logic.planes import Rows
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.verdict.assess import assess, assess_all
from regcompare.vocabulary import Transaction, Vocabulary

ACT = Instrument("Act", "An invented act", "nowhere")
KINDS = {"a": "A", "b": "B", "c": "C", "d": "D"}


@section("bench", "Benchmark")
class Bench:
    """Twenty-five invented facts: twenty yes/no facts and five choices."""

    f0: YesNo = YesNo("0?")
    f1: YesNo = YesNo("1?")
    f2: YesNo = YesNo("2?")
    f3: YesNo = YesNo("3?")
    f4: YesNo = YesNo("4?")
    f5: YesNo = YesNo("5?")
    f6: YesNo = YesNo("6?")
    f7: YesNo = YesNo("7?")
    f8: YesNo = YesNo("8?")
    f9: YesNo = YesNo("9?")
    f10: YesNo = YesNo("10?")
    f11: YesNo = YesNo("11?")
    f12: YesNo = YesNo("12?")
    f13: YesNo = YesNo("13?")
    f14: YesNo = YesNo("14?")
    f15: YesNo = YesNo("15?")
    f16: YesNo = YesNo("16?")
    f17: YesNo = YesNo("17?")
    f18: YesNo = YesNo("18?")
    f19: YesNo = YesNo("19?")
    k0: Choice[str] = Choice("K0?", KINDS)
    k1: Choice[str] = Choice("K1?", KINDS)
    k2: Choice[str] = Choice("K2?", KINDS)
    k3: Choice[str] = Choice("K3?", KINDS)
    k4: Choice[str] = Choice("K4?", KINDS)


B = Bench
CONDITIONS: tuple[Condition, ...] = (
    B.f0 & B.f1 & ~B.f2,
    B.k0.is_in("a", "b") & B.f3,
    B.f4 | (B.f5 & B.k1.is_in("c")),
    ~B.f6 & (B.f7 | B.f8) & B.k2.is_in("a"),
    B.f9 & B.f10 & B.f11 & ~B.k3.is_in("d"),
    (B.f12 | B.f13) & (B.f14 | B.f15),
    B.k4.is_in("a", "c") & ~(B.f16 & B.f17),
    B.f18 & B.f19 & B.f0,
    B.f1 & ~B.f3 & B.k0.is_in("d"),
    (B.f5 | B.f6 | B.f7) & ~B.f8,
    B.f10 & (B.k1.is_in("a") | B.k2.is_in("b")),
    ~B.f12 & ~B.f14 & B.f16,
)


def by_hand(e: dict[str, Any]) -> list[str]:
    """The same twelve rules as one two-valued function, which returns the ids of the rules that hold."""
    holding = []
    if e["f0"] and e["f1"] and not e["f2"]:
        holding.append("r1")
    if e["k0"] in ("a", "b") and e["f3"]:
        holding.append("r2")
    if e["f4"] or (e["f5"] and e["k1"] == "c"):
        holding.append("r3")
    if not e["f6"] and (e["f7"] or e["f8"]) and e["k2"] == "a":
        holding.append("r4")
    if e["f9"] and e["f10"] and e["f11"] and e["k3"] != "d":
        holding.append("r5")
    if (e["f12"] or e["f13"]) and (e["f14"] or e["f15"]):
        holding.append("r6")
    if e["k4"] in ("a", "c") and not (e["f16"] and e["f17"]):
        holding.append("r7")
    if e["f18"] and e["f19"] and e["f0"]:
        holding.append("r8")
    if e["f1"] and not e["f3"] and e["k0"] == "d":
        holding.append("r9")
    if (e["f5"] or e["f6"] or e["f7"]) and not e["f8"]:
        holding.append("r10")
    if e["f10"] and (e["k1"] == "a" or e["k2"] == "b"):
        holding.append("r11")
    if not e["f12"] and not e["f14"] and e["f16"]:
        holding.append("r12")
    return holding


ANSWERS: dict[str, Any] = {f"bench.f{n}": n % 3 != 0 for n in range(20)}
ANSWERS |= {"bench.k0": "a", "bench.k1": "c", "bench.k2": "a", "bench.k3": "b", "bench.k4": "d"}
PLAIN = {key.partition(".")[2]: answer for key, answer in ANSWERS.items()}
IDS = tuple(f"r{number}" for number in range(1, 13))
COMPILED = Network.of(CONDITIONS)
ROWS = Rows.of(COMPILED.leaves, [[ANSWERS[key] for key in COMPILED.leaves.keys]])


def truth_values() -> tuple[list[str], list[str]]:
    """The ids of the rules that hold, and of those that are open, in three-valued logic."""
    certain, possible = COMPILED.planes(ROWS)
    return list(compress(IDS, certain)), list(compress(IDS, map(ne, certain, possible)))


def full_reasons() -> list[tuple[str, bool | None, tuple[str, ...]]]:
    """The truth of each rule, with the facts that decide it or leave it open."""
    cache: Any = {}
    results = []
    for name, condition in zip(IDS, CONDITIONS, strict=True):
        trace = walk(condition, ANSWERS, cache)
        results.append((name, trace.truth, trace.deciding_questions()))
    return results


def seconds(call: Callable[[], Any], number: int = 5000) -> float:
    """The best of several runs, for one call, in processor time, which other programs do not affect."""
    return min(timeit.repeat(call, timer=processor_time, number=number, repeat=5)) / number


def processor_time() -> float:
    """The processor time of this process and of its child processes that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def test_the_hand_written_rules_are_the_same() -> None:
    """Both forms give the same rules, so the ratio compares like with like."""
    assert truth_values()[0] == by_hand(PLAIN)
    assert [name for name, truth, _ in full_reasons() if truth] == by_hand(PLAIN)


def test_truth_values_against_hand_written(benchmark: Any, ratios: dict[str, float]) -> None:
    """Goal: at most 5 times the hand-written function."""
    benchmark(truth_values)
    ratios["truth values / by hand (goal 5)"] = seconds(truth_values) / seconds(lambda: by_hand(PLAIN))


def test_full_reasons_against_hand_written(benchmark: Any, ratios: dict[str, float]) -> None:
    """Goal: at most 60 times the hand-written function."""
    benchmark(full_reasons)
    ratios["full reasons / by hand (goal 60)"] = seconds(full_reasons, 1000) / seconds(
        lambda: by_hand(PLAIN)
    )


def test_assessment_of_the_invented_ruleset(benchmark: Any, ratios: dict[str, float]) -> None:
    """Goals: at most 6 times by hand for a ready scenario; 16 from its facts to the ids of the rules."""
    rules = tuple(
        Rule(
            ACT[f"r{n}"],
            "A rule.",
            when=c,
            then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT,
            id=f"r{n}",
        )
        for n, c in enumerate(CONDITIONS, 1)
    )
    ruleset = Ruleset(
        "bench",
        "Benchmark",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(rules),
        covers=("export",),
        scope=TRUE,
        vocabulary=Vocabulary((Transaction, Bench)),
    )

    def stated() -> Scenario:
        return Scenario(id="x", transaction=Transaction(kind="export"), more=(Bench(**PLAIN),))

    scenario, hand = stated(), seconds(lambda: by_hand(PLAIN))
    benchmark(lambda: assess(scenario, ruleset))
    calls: dict[str, Callable[[], Any]] = {
        "assess (goal 6)": lambda: assess(scenario, ruleset),
        "assess, result in words": lambda: assess(scenario, ruleset).result,
        "assess, ids of rules": lambda: [item.rule.id for item in assess(scenario, ruleset).holding],
        "from facts to ids of rules (goal 16)": lambda: [
            item.rule.id for item in assess(stated(), ruleset).holding
        ],
    }
    for name, call in calls.items():
        ratios[f"{name} / by hand"] = seconds(call, 500) / hand


def test_three_regimes_with_look_ahead(benchmark: Any, ratios: dict[str, float]) -> None:
    """Goal: at most 5 ms for the three regimes on one case, open facts included."""
    from regcompare.plugins.catalogue import Catalogue

    catalogue = Catalogue.installed()
    scenario = catalogue.read(catalogue.paths[0])[0]
    rulesets = [catalogue.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty")]

    def three() -> list[str]:
        return [assess(scenario, ruleset).result for ruleset in rulesets]

    benchmark(three)
    ratios["three regimes on one case, ms (goal 5)"] = seconds(three, 50) * 1000


def test_all_cases(benchmark: Any, ratios: dict[str, float]) -> None:
    """All documented cases under the three regimes, once they are read; goal 20 ms."""
    from regcompare.plugins.catalogue import Catalogue

    catalogue = Catalogue.installed()
    cases = catalogue.scenarios()
    rulesets = [catalogue.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty")]

    def every() -> list[str]:
        return [item.result for ruleset in rulesets for item in assess_all(cases, ruleset)]

    benchmark(every)
    ratios["all cases under three regimes, ms (goal 20)"] = seconds(every, 3) * 1000


def test_compare_from_the_shell(
    benchmark: Any, ratios: dict[str, float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Goal: at most 5 times a bare start that imports the same libraries.

    Both find their modules compiled, as an installed user does.
    """
    settings = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("compiled"))}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(*words: str) -> None:
        subprocess.run([sys.executable, *words], capture_output=True, check=True, env=settings)

    def compared() -> None:
        run("-m", "regcompare", "compare")

    def bare() -> None:
        run("-c", "import attrs, click, pluggy, tabulate, yaml")

    bare()
    benchmark.pedantic(compared, rounds=3)
    ratios["compare from the shell / bare start (goal 5)"] = seconds(compared, 1) / seconds(bare, 1)


def test_import_and_building(benchmark: Any, ratios: dict[str, float]) -> None:
    """Goal: at most 250 ms to import and build the three rulesets, interpreter start left out."""
    code = (
        "import time; t = time.process_time(); from regcompare_amnesty import AMNESTY; "
        "from regcompare_eu import EU_428_2009, EU_2021_821; print(time.process_time() - t)"
    )

    def imported() -> float:
        process = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        return float(process.stdout)

    best = min(imported() for _ in range(5))
    benchmark.pedantic(imported, rounds=3)
    ratios["import and build, ms (goal 250)"] = best * 1000
