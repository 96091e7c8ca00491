"""Two claims about every possible case: one is proved, the other refuted by the smallest case."""

import regcompare as rc

for other in ("eu-2021-821", "eu-sanctions"):
    print(rc.prove("amnesty", never_laxer_than=other).sentence())
