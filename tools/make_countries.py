# /// script
# requires-python = ">=3.11"
# dependencies = ["Babel>=2.18"]
# ///
"""Brings the names of countries in `src/regcompare/data` up to date.

The names and the three-letter codes come from the Unicode Common Locale Data Repository (CLDR), read
through Babel.
Babel is needed here alone, and comes with the group `lint`:

    python -m pip install --group lint
    python tools/make_countries.py

`countries.csv` has codes and English names, for printing, and in the column `also` other names in use,
which tables may have in place of a code and which are proposed in a file; these, and the codes that ISO
3166-1 does not assign, are written there by hand and kept.  `country_names.csv` has the names in other
languages, a column each; for one more, add it to its heading.
Groups of countries that the law names are dated tables in the rulesets.
The licence of the data is in `NOTICE`.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version, get_global

DATA = Path(__file__).parent.parent / "src" / "regcompare" / "data"


def read(name: str) -> list[list[str]]:
    """Returns the rows of a file, its heading first."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(name: str, rows: Iterable[Sequence[str]]) -> None:
    """Writes a file."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def names_in(lang: str) -> dict[str, str]:
    """Returns the names of countries, regions apart, in a language, by code."""
    return {
        str(code): str(name) for code, name in Locale(lang).territories.items() if str(code).isalpha()
    }


def three_letter_codes() -> dict[str, list[str]]:
    """Returns the three-letter codes by the two-letter code of the same country."""
    codes: dict[str, list[str]] = {}
    for alias, territories in sorted(get_global("territory_aliases").items()):
        if len(alias) == 3 and alias.isalpha() and len(territories) == 1:  # Others have numbers.
            codes.setdefault(territories[0], []).append(alias)
    return codes


def main() -> None:
    """Writes the files, and says on standard error which codes CLDR names and they do not have."""
    head, *countries = read("countries.csv")
    english, codes = names_in("en"), three_letter_codes()
    rows = [
        (
            code,
            english.get(code, name),
            "; ".join(dict.fromkeys((*codes.get(code, ()), *also.split("; ")))),
        )
        for code, name, also in countries
    ]
    write("countries.csv", [head, *rows])
    (first, *languages), *_ = read("country_names.csv")
    spoken = [names_in(lang) for lang in languages]
    known = [code for code, *_ in rows if all(code in names for names in spoken)]
    translated = ((code, *(names[code] for names in spoken)) for code in known)
    write("country_names.csv", [(first, *languages), *translated])
    others = sorted(english.keys() - {code for code, *_ in rows})
    print(
        f"{len(rows)} rows, {len(known)} translated, CLDR {get_cldr_version()}. It names besides, "
        f"and what ISO 3166-1 assigns of these is missing: {', '.join(others)}.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
