"""Compares the engine with the oracle in many drawn cases: ``python -m tools.oracle --draws 1000000``.

Half of the cases are of the rulesets that are installed, half of rulesets drawn at random.  Every
violation is printed with those facts only that it needs; the exit status is 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tests.core.chains import violations
from tests.support.drawn_law import drawn_ruleset

from regcompare.authoring import Ruleset
from regcompare.plugins.catalogue import Catalogue

AT_ONCE = 1280
"""How many cases of a ruleset are drawn before the next has its turn."""


def rulesets(seed: int) -> Iterator[tuple[Ruleset, int]]:
    """Yields an installed ruleset and a drawn one in turn, without end, each with a seed."""
    installed = list(Catalogue.installed().rulesets.values())
    while True:
        yield installed[seed % len(installed)], seed
        yield drawn_ruleset(seed), seed
        seed += 1


def main() -> int:
    """Draws, prints what is wrong, and says how much was drawn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20_000, help="how many cases to draw")
    parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same cases")
    options = parser.parse_args()
    turns, wrong = rulesets(options.seed), 0
    for _ in range(0, options.draws, AT_ONCE):
        ruleset, seed = next(turns)
        for violation in violations(ruleset, AT_ONCE, seed):
            wrong += 1
            print(f"{violation} (seed {seed})", flush=True)
    print(f"{options.draws} cases drawn, {wrong} violations.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
