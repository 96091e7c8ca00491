"""Why one case comes to what it does under one regime."""

import regcompare as rc

print(rc.explain("morpho-shanghai-2015", "amnesty"))
