# /// script
# requires-python = ">=3.11"
# dependencies = ["Babel>=2.18"]
# ///
"""Writes the names of countries in `src/regcompare/data`: `countries.csv` and `country_names.csv`.

The names and the three-letter codes come from the Unicode Common Locale Data Repository (CLDR), read
through Babel.
Babel is needed here alone, and comes with the group `lint`:

    python -m pip install --group lint
    python tools/make_countries.py

The first has codes and English names, for printing, and in the column `also` other names in use, which
tables may have in place of a code and which are proposed in a file.  The second has the names in other
languages, a column each; for one more, add it to `LANGUAGES`.
Groups of countries that the law names are dated tables in the rulesets.
The licence of the data is in `NOTICE`.
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version, get_global

DATA = Path(__file__).parent.parent / "src" / "regcompare" / "data"

# The other official languages of the Union, and those of its neighbours whose law is encoded.
LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt"),
    *("nl", "pl", "pt", "rm", "ro", "sk", "sl", "sv"),
)

# ISO 3166-1 assigns this many two-letter codes; another number means that CLDR or ISO has changed.
ASSIGNED_CODES = 249

# Two-letter codes that CLDR names although ISO 3166-1 does not assign them to a country:
# codes reserved for parts of countries and for unions, and codes of CLDR's own.
NOT_ASSIGNED = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ")
)

# Codes that ISO 3166-1 does not assign, and that export control law or trade data need.
ADDED = {
    "XI": "Northern Ireland",  # The EU's dual-use rules go on applying there, apart from GB.
    "XK": "Kosovo",
}

# Other names in use for a country: short forms, former names, names that the United Nations use, and
# places that are often given for their country.
ALSO = {
    "AE": ("UAE", "U.A.E.", "Emirates", "Dubai", "Abu Dhabi"),
    "BA": ("BiH", "Bosnia"),
    "BN": ("Brunei Darussalam",),
    "BO": ("Plurinational State of Bolivia",),
    "CD": ("DRC", "DR Congo", "Democratic Republic of the Congo", "Zaire"),
    "CF": ("CAR",),
    "CG": ("Republic of the Congo",),
    "CI": ("Ivory Coast",),
    "CN": ("PRC", "People's Republic of China"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic",),
    "FM": ("Federated States of Micronesia",),
    "GB": ("UK", "U.K.", "Great Britain", "Britain", "England", "Scotland", "Wales"),
    "GN": ("Republic of Guinea",),
    "GR": ("EL", "Hellenic Republic"),
    "HK": ("Hong Kong", "Hong Kong Special Administrative Region"),
    "IR": ("Islamic Republic of Iran",),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "KR": ("ROK", "Republic of Korea"),
    "LA": ("Lao People's Democratic Republic",),
    "MD": ("Republic of Moldova",),
    "MK": ("FYROM", "Macedonia", "Former Yugoslav Republic of Macedonia"),
    "MM": ("Burma",),
    "MO": ("Macau", "Macao", "Macao Special Administrative Region"),
    "NL": ("Holland",),
    "PS": ("Palestine", "Occupied Palestinian Territories", "State of Palestine"),
    "RU": ("Russian Federation",),
    "SA": ("KSA",),
    "SR": ("Surinam",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "TW": ("Republic of China", "Chinese Taipei"),
    "TZ": ("United Republic of Tanzania",),
    "US": ("U.S.", "U.S.A.", "America", "United States of America"),
    "VA": ("Holy See",),
    "VE": ("Bolivarian Republic of Venezuela",),
    "VN": ("Viet Nam",),
    "ZA": ("RSA",),
}


def country_names() -> dict[str, str]:
    """Returns the English name of each country, by code, in the order of the codes.

    Raises:
        ValueError: if the number of ISO codes is not the one expected.
    """
    assigned = {
        code: name
        for code, name in Locale("en").territories.items()
        if code.isalpha() and code not in NOT_ASSIGNED  # CLDR's regions have numbers.
    }
    if len(assigned) != ASSIGNED_CODES:
        message = (
            f"CLDR {get_cldr_version()} names {len(assigned)} countries, not {ASSIGNED_CODES}: "
            "compare its codes with ISO 3166-1 and adjust NOT_ASSIGNED or ASSIGNED_CODES."
        )
        raise ValueError(message)
    return dict(sorted((assigned | ADDED).items()))


def three_letter_codes() -> dict[str, list[str]]:
    """Returns the three-letter codes by the two-letter code of the same country."""
    codes: dict[str, list[str]] = {}
    for alias, territories in sorted(get_global("territory_aliases").items()):
        if len(alias) == 3 and alias.isalpha() and len(territories) == 1:  # Others have numbers.
            codes.setdefault(territories[0], []).append(alias)
    return codes


def main() -> None:
    """Writes the files, and prints their size to standard error."""
    names, codes = country_names(), three_letter_codes()
    also = {code: "; ".join((*codes.get(code, ()), *ALSO.get(code, ()))) for code in names}
    write("countries.csv", ("code", "name", "also"), ((code, names[code], also[code]) for code in names))
    spoken = [Locale(lang).territories for lang in LANGUAGES]
    known = [code for code in names if all(code in territories for territories in spoken)]
    rows = ((code, *(territories[code] for territories in spoken)) for code in known)
    write("country_names.csv", ("code", *LANGUAGES), rows)
    print(f"{len(names)} rows, {len(known)} translated, CLDR {get_cldr_version()}", file=sys.stderr)


def write(name: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Writes a file."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


if __name__ == "__main__":
    main()
