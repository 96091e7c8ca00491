"""The documented cases that ship with the library, as a plugin of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .plugins.catalogue import Catalogue, hookimpl
from .scenario.scenario import Scenario

FIRST = ("morpho-shanghai-2015", "axis-guilin-2012-19", "noldus-china-2012-18")
"""The three cases of Amnesty's report of 2020 come first."""

PUZZLES = {
    "ignorance-pays": "Does it pay not to know?",
    "silent-authority": "What if the authority says nothing?",
    "broker": "Does it matter who ships it?",
    "trainer": "Software, or a course in using it?",
    "licence-is-no-brake": "Does a licence prevent harm?",
    "the-swiss-refused-it": "The Swiss refused it: who else would?",
    "allys-door": "Is a friendly country different?",
    "fair-and-repair": "Sold, shown or sent back?",
    "same-box-next-country": "The same box, from the country next door?",
    "listing-that-loosens": "Can a stricter list make the rules softer?",
    "two-refusal-tests": "Three countries: who must be refused?",
}
"""What each file of three teaching cases asks of a class, in the order of a menu."""


def _where(bundled: str, checkout: str) -> Path:
    package = Path(__file__).parent
    inside = package / f"bundled_{bundled}"
    return inside if inside.is_dir() else package.parents[1] / checkout


def folder() -> Path:
    """Returns the folder of the cases: inside the package, or in a checkout at its root."""
    return _where("scenarios", "scenarios")


def documents() -> Path:
    """Returns the folder of the picture and the texts that the site shows: as for ``folder``."""
    return _where("documents", "docs")


def signatures() -> Path:
    """Returns the folder of signatures: as for ``folder``."""
    return _where("signatures", "signatures")


def picture() -> str:
    """Returns the project's picture as SVG: what each regime requires of a tool that no list names."""
    return (documents() / "pictures" / "unlisted-tool.svg").read_text(encoding="utf-8")


def lesson(lang: str = "en") -> dict[str, str]:
    """Returns the lesson, its hand-out and the answers as Markdown, by name; in English if need be."""
    where = documents() / "educators"
    where = own if (own := where / lang).is_dir() else where
    names = ("lesson", "hand-out", "answers")
    return {name: (where / f"{name}.md").read_text(encoding="utf-8") for name in names}


@hookimpl
def regcompare_scenarios() -> list[Path]:
    """Returns the files, the three cases of Amnesty's report first, then by name."""
    first = [folder() / f"{name}.yaml" for name in FIRST]
    rest = sorted(file for file in folder().glob("*.yaml") if file not in first)
    return first + rest


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder of the titles and stories of the cases in other languages."""
    return [folder() / "locale"]


def teaching(catalogue: Catalogue) -> tuple[Scenario, ...]:
    """Returns the teaching cases."""
    where = folder() / "teaching"
    return catalogue.read(where) if where.is_dir() else ()


def puzzles(cases: Iterable[Scenario]) -> dict[str, list[Scenario]]:
    """Returns teaching cases by the question that their file asks of a class."""
    found: dict[str, list[Scenario]] = {}
    for name, question in PUZZLES.items():
        if own := [case for case in cases if case.id.startswith(f"{name}-")]:
            found[question] = own
    return found
