"""The twelve rules of ``bench_engine`` for OpenFisca-Core, two-valued; a script of its own environment.

Run as ``python openfisca_rules.py FACTS.npz ROUNDS``; prints one line of JSON: versions, the best seconds
of the rounds, and the counts of results by which the two sides are compared.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2020"
EXPORT = build_entity("export", "exports", "An export", is_person=True)
ORDER = ("no_control", "notification", "authorisation", "prohibition")
THEN = (1, 2, 3, 2, 1, 2, 2, 3, 2, 1, 2, 2)
"""The place in the order of what each rule comes to, as in ``by_hand``."""


class Kind(Enum):
    """The answers of a choice."""

    a = "A"
    b = "B"
    c = "C"
    d = "D"


def _variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    """A variable of the export, with its formula where it is not an input."""
    members: dict[str, Any] = {
        "value_type": kind, "entity": EXPORT, "definition_period": DateUnit.YEAR, "label": name,
    }  # fmt: skip
    if kind is Enum:
        members |= {"possible_values": Kind, "default_value": Kind.a}
    if formula:
        members["formula"] = formula
    return type(name, (Variable,), members)


def _rules() -> dict[str, Any]:
    """The conditions, as formulas over the answers."""
    return {
        "r1": lambda f, k: f(0) * f(1) * ~f(2),
        "r2": lambda f, k: ((k(0) == Kind.a) + (k(0) == Kind.b)) * f(3),
        "r3": lambda f, k: f(4) + f(5) * (k(1) == Kind.c),
        "r4": lambda f, k: ~f(6) * (f(7) + f(8)) * (k(2) == Kind.a),
        "r5": lambda f, k: f(9) * f(10) * f(11) * ~(k(3) == Kind.d),
        "r6": lambda f, k: (f(12) + f(13)) * (f(14) + f(15)),
        "r7": lambda f, k: ((k(4) == Kind.a) + (k(4) == Kind.c)) * ~(f(16) * f(17)),
        "r8": lambda f, k: f(18) * f(19) * f(0),
        "r9": lambda f, k: f(1) * ~f(3) * (k(0) == Kind.d),
        "r10": lambda f, k: (f(5) + f(6) + f(7)) * ~f(8),
        "r11": lambda f, k: f(10) * ((k(1) == Kind.a) + (k(2) == Kind.b)),
        "r12": lambda f, k: ~f(12) * ~f(14) * f(16),
    }


def _formula(condition: Any) -> Any:
    def formula(export: Any, period: Any) -> Any:
        return condition(lambda n: export(f"f{n}", period), lambda n: export(f"k{n}", period))

    return formula


def _outcome(export: Any, period: Any) -> Any:
    """The strictest outcome of the rules that hold, as its place in the order."""
    reached = np.zeros(export.count, dtype=np.int32)
    for place, then in enumerate(THEN, 1):
        reached = np.maximum(reached, export(f"r{place}", period) * np.int32(then))
    return reached


def _holds(export: Any, period: Any) -> Any:
    """The rules that hold, one bit each."""
    return sum(export(f"r{place + 1}", period) * np.int32(1 << place) for place in range(len(THEN)))


def system() -> TaxBenefitSystem:
    """Returns the facts, the rules and the outcome as one system."""
    made = TaxBenefitSystem([EXPORT])
    facts = [_variable(f"f{n}", bool) for n in range(20)] + [_variable(f"k{n}", Enum) for n in range(5)]
    rules = [_variable(name, bool, _formula(condition)) for name, condition in _rules().items()]
    results = [_variable("outcome", int, _outcome), _variable("holds", int, _holds)]
    for variable in (*facts, *rules, *results):
        made.add_variable(variable)
    return made


def main(file: str, rounds: int) -> None:
    """Times the formulas alone, and the whole way from the table to words for outcomes."""
    loaded = np.load(file)
    facts = {name: loaded[name] for name in loaded.files}
    made = system()
    whole, formulas = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        simulation = SimulationBuilder().build_default_simulation(made, len(facts["f0"]))
        for name, answers in facts.items():
            simulation.set_input(name, PERIOD, answers if name.startswith("f") else Kind.encode(answers))
        ready = time.perf_counter()
        outcome = simulation.calculate("outcome", PERIOD)
        holds = simulation.calculate("holds", PERIOD)
        formulas.append(time.perf_counter() - ready)
        words = np.array(ORDER)[outcome]
        whole.append(time.perf_counter() - start)
    told = {
        "version": version("openfisca-core"),
        "numpy": version("numpy"),
        "whole": min(whole),
        "formulas": min(formulas),
        "outcomes": {word: int((words == word).sum()) for word in ORDER},
        "holds": int(holds.astype(np.int64).sum()),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
