"""Every documented case under the three regimes as a data frame, in which outcomes are ordered."""

import regcompare as rc

frame = rc.compare().to_pandas()
print(frame.groupby("ruleset")["high"].max().to_dict())
frame.to_csv("comparison.csv", index=False)
