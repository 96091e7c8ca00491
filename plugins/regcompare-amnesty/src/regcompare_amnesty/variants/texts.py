"""The texts of the variants: Amnesty's later calls, numbered A15 to A20, and the report, U01 to U06."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from regcompare.authoring import Instrument
from regcompare.law import Citation

LATER_DEMANDS = Instrument(
    "Amnesty demand",
    "Amnesty's calls for moratoria and bans, 2020 to 2023, as numbered in this ruleset",
    "call of July 2021 after the Pegasus disclosures; letter of Amnesty USA, 3 June 2021; statement of "
    "2023; The Predator Files, October 2023; press account of a call on companies",
)
PEGASUS_2021 = Instrument(
    "Amnesty July 2021", "Call after the Pegasus disclosures", "July 2021, as reported by a news agency"
)
SPYWARE_2023 = Instrument(
    "Amnesty 2023", "Call for a ban on highly invasive spyware", "2023, as reported"
)
PREDATOR_2023 = Instrument(
    "Predator Files 2023",
    "The Predator Files: Caught in the Net",
    "October 2023, recommendations as listed by others",
)
REPORT_2019 = Instrument(
    "A/HRC/41/35",
    "Surveillance and human rights: report of the Special Rapporteur on the right to freedom of opinion "
    "and expression, numbered U01 to U06 here",
    "United Nations, Human Rights Council, 28 May 2019",
    "A/HRC/41/35",
    address="https://undocs.org/A/HRC/41/35",
)

LATER_INSTRUMENTS = (LATER_DEMANDS, PEGASUS_2021, SPYWARE_2023, PREDATOR_2023)

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "U01": "para. 66(a)",
        "U02": "para. 66(b)",
        "U03": "para. 66(c), opening words",
        "U04": "para. 66(d), not read",
        "U05": "para. 66(f), not read",
        "U06": "recommendations to companies, paragraph not checked",
    }
)
"""The paragraph of each row of the report."""


def row(number: str) -> Citation:
    """Returns the citation of a row of the report, with its paragraph."""
    return REPORT_2019[f"{number} ({PLACES[number]})"]
