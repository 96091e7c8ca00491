"""Why one case has its result under one regime."""

import regcompare as rc

print(rc.explain("morpho-shanghai-2015", "amnesty"))
