"""Draws, for each mistake in a ruleset that no case notices, the smallest case that would notice it.

    python tools/open_mutants.py RULESET

It prints the mutants that ``tests/surviving_mutants.csv`` lists for the ruleset, each with a case in
YAML in which the mutant comes to something else.  What the ruleset gives for the case is printed with
it; whether the law gives the same is for a reader of the law to say, before the case joins the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))


from tests.mutant_hunt import Hunt, apart
from tests.mutants import Mutant
from tests.test_mutants import explained, hunted

from regcompare import Scenario
from regcompare.logic.conditions import TRUE, partially_evaluate
from regcompare.proofs._states import State
from regcompare.proofs.ordinary import minimal_case
from regcompare.proofs.regimes import possible_cases, read_regime
from regcompare.proofs.witness import minimal_scenario
from regcompare.scenario.files import write_scenarios


def noticing(hunt: Hunt, mutant: Mutant) -> Scenario | None:
    """Returns the smallest case in which the mutant is noticed, with the usual readings if one is."""
    for readings in (None, "open"):
        read = read_regime(hunt.ruleset, readings=readings)
        state = State(read.conditions.program, TRUE, read.conditions)
        taken = {doubt.key: reading for doubt, reading in read.assumed if reading}
        condition = partially_evaluate(apart(state, mutant, hunt), taken)
        cases = possible_cases([read], (condition,))
        if found := minimal_case(cases, condition):
            return minimal_scenario(
                cases, found.case, scenario_id="case", title="A case that notices it"
            )
    return None


def described(ruleset_id: str) -> Iterator[str]:
    """Yields each open mutant with its case."""
    outcome = hunted(ruleset_id)
    for place in sorted(explained(ruleset_id)):
        yield f"# {place[0]} | {place[1]}"
        case = noticing(outcome.hunt, outcome.left[place])
        yield "# no case at the reference date" if case is None else write_scenarios(case)


def main() -> None:
    """Prints the open mutants of the ruleset named on the command line."""
    for text in described(sys.argv[1]):
        print(text)


if __name__ == "__main__":
    main()
