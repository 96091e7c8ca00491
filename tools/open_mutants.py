"""Finds the smallest case that would catch each surviving mutant of a ruleset.

    python tools/open_mutants.py RULESET

It prints the mutants that ``tests/whole/surviving_mutants.csv`` lists for the ruleset, each with a case
in YAML in which the mutant has a different result.  The result of the ruleset is printed as well; a
reader of the law has to confirm it before the case joins the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

sys.path.insert(0, str(Path(__file__).parent.parent))


from tests.support.case_files import case_file
from tests.whole.mutant_hunt import Hunt, difference
from tests.whole.mutants import Mutant
from tests.whole.test_mutants import explained, hunt_result

from regcompare import Scenario, assess
from regcompare.logic.conditions import TRUE, partially_evaluate
from regcompare.scenario.expectation import Expectation
from regcompare_prove._states import State
from regcompare_prove.regimes import possible_cases, read_regime
from regcompare_prove.witness import smallest_witness


def killing_case(hunt: Hunt, mutant: Mutant) -> Scenario | None:
    """Returns the smallest case that kills the mutant, with the default readings if there is one."""
    for readings in (None, "open"):
        case_regime = read_regime(hunt.ruleset, readings=readings)
        state = State(case_regime, TRUE)
        assumed = {doubt.key: reading for doubt, reading in case_regime.assumed if reading}
        condition = partially_evaluate(difference(state, mutant, hunt), assumed)
        cases = possible_cases([case_regime], (condition,))
        if witness := smallest_witness(cases, condition, "A case that kills it"):
            verdict = assess(witness.scenario, hunt.ruleset, readings=witness.readings)
            expected = Expectation(ruleset=hunt.ruleset.id, low=verdict.low, high=verdict.high)
            return attrs.evolve(witness.scenario, expect=(expected,) if verdict.span else ())
    return None


def survivors_in_words(ruleset_id: str) -> Iterator[str]:
    """Yields each surviving mutant with its case."""
    result = hunt_result(ruleset_id)
    for mutant_id in sorted(explained(ruleset_id)):
        yield f"# {mutant_id[0]} | {mutant_id[1]}"
        case = killing_case(result.hunt, result.survivors[mutant_id])
        yield "# no case at the reference date" if case is None else case_file(case)


def main() -> None:
    """Prints the surviving mutants of the ruleset named on the command line."""
    for text in survivors_in_words(sys.argv[1]):
        print(text)


if __name__ == "__main__":
    main()
