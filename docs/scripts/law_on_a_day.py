"""What EU law required for one case on several days."""

import regcompare as rc

for day in ("2010-01-01", "2015-06-30", "2021-12-01"):
    print(day, rc.assess("amesys-libya-2007", "eu-law", as_of=day).result)
