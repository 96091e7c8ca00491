"""The command ``page``: the offline page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from regcompare._support.output import refuse_existing, write_file
from regcompare.cli.options import (
    catalogue_options,
    overwrite_option,
    rulesets_option,
    scenarios_of,
    translation_option,
)
from regcompare.cli.streams import echo
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.words.catalogues import language, languages
from regcompare_page.face.front import front_of
from regcompare_page.face.front_view import front_parts
from regcompare_page.face.texts import Puzzle, read_puzzles
from regcompare_page.page.build import page_html


@click.command("page")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("-o", "--output", "output", required=True, metavar="FILE", help="The HTML file to write.")
@rulesets_option
@overwrite_option
@translation_option("the page")
@catalogue_options
def page_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    output: str,
    overwrite: bool,
    rulesets: list[Ruleset],
    lang: str,
) -> None:
    """Write the interactive offline page.

    On the page readers change the facts of a case and see how each regime responds. By default it has
    the documented and teaching cases. It shows the three regimes, or those named; the others installed
    can be added on the page.
    """
    target = Path(output)
    refuse_existing(target, overwrite=overwrite)
    text = interactive_page(catalogue, files, rulesets, lang)
    write_file(target, text, overwrite=overwrite)
    size = f"{len(text.encode(errors='replace')) / 1024:.0f} kB"
    echo(f"{output}: {size}, works offline in any browser.", err=True)


def interactive_page(
    catalogue: Catalogue, files: Sequence[str], shown: Sequence[Ruleset], lang: str = "en"
) -> str:
    """Returns the interactive page with everything installed; ``shown`` are the rulesets shown first."""
    scenarios = scenarios_of(catalogue, files)
    shown_ids = [item.id for item in shown]
    others = [item for name, item in catalogue.rulesets.items() if name not in shown_ids]
    locales = catalogue.locales
    installed = [language(code, locales) for code in ("en", *languages(locales))]
    puzzles = [] if files else puzzles_of(catalogue, scenarios)
    front = None if files else front_of(catalogue)
    return page_html(
        [*scenarios, *(case for _, group in puzzles for case in group)],
        [*shown, *others],
        catalogue.vocabulary,
        fronts={item.code: front_parts(front, item) for item in installed} if front else None,
        shown=shown_ids,
        lang=lang,
        catalogues={item.code: item.texts for item in installed if item.mark},
    )


def puzzles_of(
    catalogue: Catalogue, scenarios: Iterable[Scenario] = ()
) -> list[tuple[Puzzle, list[Scenario]]]:
    """Returns what teaching cases put to a class, with those cases that are not among the scenarios."""
    if catalogue.profile.puzzles is None:
        return []
    ids = {item.id for item in scenarios}
    cases = [item for item in catalogue.teaching() if item.id not in ids]
    groups = [
        (puzzle, [case for case in cases if case.id.startswith(f"{name}-")])
        for name, puzzle in read_puzzles(catalogue.profile.puzzles).items()
    ]
    return [(puzzle, group) for puzzle, group in groups if group]
