# /// script
# requires-python = ">=3.11"
# dependencies = ["Babel>=2.18"]
# ///
"""Writes `src/regcompare/data/countries.csv`: country codes, English names, and other names in use.

The names and the three-letter codes come from the Unicode Common Locale Data Repository (CLDR), read
through Babel.
Babel is needed here alone, so it is no dependency of the project:

    python -m pip install 'Babel>=2.18'
    python tools/make_countries.py

The file contains only names, for printing, and in the column `also` other names in use, which tables may
have in place of a code and which are proposed in a file.
Groups of countries that the law names are dated tables in the rulesets.
The licence of the data is in `NOTICE`.
"""

import csv
import sys
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version, get_global

TARGET = Path(__file__).parent.parent / "src" / "regcompare" / "data" / "countries.csv"

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
    "PG": ("PNG",),
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
    """Writes the file, and prints its size to standard error."""
    names, codes = country_names(), three_letter_codes()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "also"])
        for code, name in names.items():
            writer.writerow([code, name, "; ".join((*codes.get(code, ()), *ALSO.get(code, ())))])
    print(f"{TARGET.name}: {len(names)} rows, CLDR {get_cldr_version()}", file=sys.stderr)


if __name__ == "__main__":
    main()
