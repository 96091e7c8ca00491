"""The documented cases that ship, and the profile: what is compared and shown by default.

It holds files and ids.  It imports no ruleset; what the cases expect of one is in the files.
"""

from __future__ import annotations

from pathlib import Path

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature, Profile

FIRST = ("morpho-shanghai-2015", "axis-guilin-2012-19", "noldus-china-2012-18")
"""The three cases of Amnesty's report of 2020, which come first."""

GAME = (
    "noldus-china-2012-18",
    "bae-evident-saudi-arabia-2016",
    "swiss-bangladesh-2015",
    "uk-honduras-2016-17",
    "axis-guilin-2012-19",
    "datong-refused-2009",
    "area-egypt-2016",
    "exfo-mexico-2014",
)
"""The cases of the game: licences granted, refused, revoked later, and sales where nobody asked."""


def _data_folder(name: str, checkout: str) -> Path:
    """The folder inside the installed package, or that at the root of a checkout."""
    package = Path(__file__).parent
    installed = package / name
    return installed if installed.is_dir() else package.parents[3] / checkout


def folder() -> Path:
    """Returns the folder of the cases."""
    return _data_folder("scenarios", "scenarios")


@hookimpl
def regcompare_scenarios() -> list[Path]:
    """Returns the scenario files: those in ``FIRST``, then the others by name."""
    first = [folder() / f"{name}.yaml" for name in FIRST]
    rest = sorted(file for file in folder().glob("*.yaml") if file not in first)
    return first + rest


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of the cases' titles and stories."""
    return [folder() / "locale"]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns what makes the first screen of the cases, and what reads the published figures."""
    return [
        Feature("licences", "regcompare_cases.figures:read_figures"),
        Feature("message", "regcompare_cases.message:message"),
    ]


@hookimpl
def regcompare_profiles() -> list[Profile]:
    """Returns what is compared and shown by default."""
    return [
        Profile(
            regimes=("eu-428-2009", "eu-2021-821", "amnesty"),
            whole="eu-law",
            explained="eu-2021-821",
            first=FIRST,
            source="Amnesty International's report of 2020",
            teaching=(folder() / "teaching",),
            ordinary=(folder() / "ordinary",),
            frames=(folder() / "findings",),
            puzzles=Path(__file__).with_name("puzzles.yaml"),
            licences=Path(__file__).with_name("licence_decisions.csv"),
            front=Path(__file__).with_name("front.yaml"),
            game=GAME,
        )
    ]
