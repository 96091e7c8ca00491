"""Twelve invented rules over twenty-five facts: as a ruleset, and as one function written by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from regcompare import Outcome, Ruleset, Scenario
from regcompare.authoring import (
    TRUE,
    Choice,
    Condition,
    Instrument,
    Transaction,
    Trigger,
    YesNo,
    section,
)
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary import Vocabulary

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


def twelve_rules() -> Ruleset:
    """Returns the ruleset."""
    rules = tuple(
        Rule(
            ACT[f"r{number}"],
            "A rule.",
            when=condition,
            then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT,
            id=f"r{number}",
        )
        for number, condition in enumerate(CONDITIONS, 1)
    )
    return Ruleset(
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
    """Returns a case that answers all twenty-five facts."""
    return Scenario(id="x", transaction=Transaction(kind="export"), more=(Bench(**PLAIN),))
