"""The command ``page``: the offline page, and the printable report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from regcompare import shipped_cases
from regcompare._support.output import refuse_existing, write_file
from regcompare.cli.options import (
    catalogue_options,
    law_options,
    overwrite_option,
    rulesets_option,
    scenarios_of,
    translation_option,
)
from regcompare.cli.streams import echo
from regcompare.comparison.comparison import compare
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue, scenario_files
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.document import Section
from regcompare.views.report import report_html
from regcompare.words.catalogues import catalogue as texts_in
from regcompare.words.catalogues import languages
from regcompare_page.page import page_html
from regcompare_page.pictures import Picture
from regcompare_page.pictures.coverage_map import map_picture
from regcompare_prove.maps import possible_map
from regcompare_prove.standards import standards
from regcompare_prove.views.standards import standards_section


@click.command("page")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("-o", "--output", "output", required=True, metavar="FILE", help="The HTML file to write.")
@rulesets_option
@click.option("--static", is_flag=True, help="Write a printable report instead, without scripts.")
@click.option("--title", metavar="TEXT", help="The title of the report.")
@overwrite_option
@law_options
@translation_option("the page")
@catalogue_options
def page_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    output: str,
    overwrite: bool,
    rulesets: list[Ruleset],
    static: bool,
    title: str | None,
    as_of: AsOf,
    readings: Readings,
    lang: str,
    load: tuple[str, ...],
) -> None:
    """Write the interactive offline page, or a printable report.

    On the page readers change the facts of a case and see how each regime responds. By default it has
    the documented and teaching cases. It shows the three regimes, or those named; the others installed
    can be added on the page. With --static the file is a report on the cases: findings, tables,
    reasons, sources and pictures.
    """
    target, inputs = Path(output), [*scenario_files(files), *map(Path, load)]
    refuse_existing(target, overwrite=overwrite, inputs=inputs)
    if static:
        text = report_page(catalogue, files, rulesets, as_of, readings, title, lang)
        use = "prints on A4"
    elif title or as_of or readings:
        msg = "--title, --as-of, --reading and --readings need --static; the page has switches for them."
        raise UsageError(msg)
    else:
        text = interactive_page(catalogue, files, rulesets, lang)
        use = "works offline in any browser"
    write_file(target, text, overwrite=overwrite, inputs=inputs)
    echo(f"{output}: {len(text.encode(errors='replace')) / 1024:.0f} kB, {use}.", err=True)


def report_page(
    catalogue: Catalogue,
    files: Sequence[str],
    rulesets: Sequence[Ruleset],
    as_of: AsOf,
    readings: Readings,
    title: str | None,
    lang: str = "en",
) -> str:
    """Returns the printable report on some cases."""
    scenarios = scenarios_of(catalogue, files)
    parallel = catalogue.rulesets.parallel()
    comparison = compare(scenarios, rulesets, as_of=as_of, readings=readings, others=parallel)
    today = dt.date.today()
    return report_html(
        comparison,
        title=title,
        until=today,
        maps=_maps(scenarios, rulesets, as_of, readings),
        standards=_standards(rulesets, as_of, readings),
        made_on=today,
        lang=lang,
    )


def _maps(
    scenarios: Sequence[Scenario], rulesets: Sequence[Ruleset], as_of: AsOf, readings: Readings
) -> list[Picture]:
    """The map over technologies and end users: around a single case, else over all possible cases.

    There is none without the extra for proofs, or where a ruleset needs a day.
    """
    try:
        possible = possible_map(
            rulesets,
            given=scenarios[0] if len(scenarios) == 1 else None,
            as_of=as_of,
            readings=readings,
            like=scenarios,
        )
        return [map_picture(possible)]
    except UsageError:
        return []


def _standards(rulesets: Sequence[Ruleset], as_of: AsOf, readings: Readings) -> Section | None:
    """The table of standards; none without the extra for proofs, or where a ruleset needs a day."""
    try:
        return standards_section(standards(rulesets, as_of=as_of, readings=readings))
    except UsageError:
        return None


def interactive_page(
    catalogue: Catalogue, files: Sequence[str], shown: Sequence[Ruleset], lang: str = "en"
) -> str:
    """Returns the interactive page with everything installed; ``shown`` are the rulesets shown first."""
    scenarios = scenarios_of(catalogue, files)
    shown_ids = [item.id for item in shown]
    others = [item for name, item in catalogue.rulesets.items() if name not in shown_ids]
    locales = catalogue.locales
    return page_html(
        scenarios,
        [*shown, *others],
        catalogue.vocabulary,
        puzzles={} if files else shipped_cases.puzzles(_teaching(catalogue, scenarios)),
        shown=shown_ids,
        lang=lang,
        catalogues={code: texts_in(code, locales) for code in languages(locales)},
    )


def _teaching(catalogue: Catalogue, scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The teaching cases that ship, without those among the scenarios."""
    ids = {item.id for item in scenarios}
    return tuple(item for item in shipped_cases.teaching(catalogue) if item.id not in ids)
