"""Two cases under the three regimes."""

import regcompare as rc

for verdict in rc.compare(["morpho-shanghai-2015", "gamma-bahrain-2010-12"]):
    print(f"{verdict.scenario.id:22} {verdict.ruleset.id:12} {verdict.result}")
