"""The documented cases that ship with the library, as a plugin of its own."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from .plugins.catalogue import Catalogue, hookimpl
from .scenario.scenario import Scenario

FIRST = ("morpho-shanghai-2015", "axis-guilin-2012-19", "noldus-china-2012-18")
"""The three cases of Amnesty's report of 2020, which come first."""

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
"""The question that each file of three teaching cases puts to a class, in the order of a menu."""


def _data_folder(bundled: str, checkout: str) -> Path:
    """The folder inside the installed package, or that at the root of a checkout."""
    package = Path(__file__).parent
    installed = package / f"bundled_{bundled}"
    return installed if installed.is_dir() else package.parents[1] / checkout


def folder() -> Path:
    """Returns the folder of the cases."""
    return _data_folder("scenarios", "scenarios")


def documents() -> Path:
    """Returns the folder of the picture and the texts that the site shows."""
    return _data_folder("documents", "docs")


def picture() -> str:
    """Returns the project's picture as SVG: what each regime requires for a tool that is not listed."""
    return (documents() / "pictures" / "unlisted-tool.svg").read_text(encoding="utf-8")


def lesson(lang: str = "en") -> dict[str, str]:
    """Returns the lesson, its hand-out and the answers as Markdown, by name.

    What is not translated into the language is in English.
    """
    english = documents() / "educators"
    source = translated if (translated := english / lang).is_dir() else english
    names = ("lesson", "hand-out", "answers")
    return {name: (source / f"{name}.md").read_text(encoding="utf-8") for name in names}


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


def teaching(catalogue: Catalogue) -> tuple[Scenario, ...]:
    """Returns the teaching cases."""
    return catalogue.read(folder() / "teaching")


def puzzles(cases: Collection[Scenario]) -> dict[str, list[Scenario]]:
    """Returns teaching cases by the question that their file puts to a class."""
    by_question = {
        question: [case for case in cases if case.id.startswith(f"{name}-")]
        for name, question in PUZZLES.items()
    }
    return {question: group for question, group in by_question.items() if group}
