"""The offline page, the site and pictures.

It uses the core as any plugin may.  It knows no ruleset and no other feature package; the script of the
page evaluates what ``export`` writes, and knows no rule.
"""

from pathlib import Path

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of pages."""
    return [Path(__file__).parent / "locale"]


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the commands that write pages."""
    return [
        Feature(
            "page",
            "regcompare_page.commands.page:page_command",
            "Write the interactive offline page.",
        ),
        Feature(
            "site",
            "regcompare_page.commands.site:site_command",
            "Write the public site as static files.",
        ),
    ]


@hookimpl
def regcompare_pictures() -> list[Feature]:
    """Returns the pictures: of comparisons, counts and tables, and of results of other packages."""
    return [
        Feature("ladder", "regcompare_page.pictures.ladder:ladder", of="comparison"),
        Feature("timeline", "regcompare_page.pictures.timeline:timeline", of="timeline"),
        Feature("map", "regcompare_page.pictures.coverage_map:coverage_map", of="map"),
        Feature("history", "regcompare_page.pictures.counts:history_lines", of="history"),
        Feature("counts", "regcompare_page.pictures.counts:count_bars", of="counts"),
        Feature("cases", "regcompare_page.pictures.ladder:case_steps", of="cases"),
        Feature("grid", "regcompare_page.pictures.grid:grid", of="grid"),
        Feature("states", "regcompare_page.pictures.states:states", of="states"),
        Feature("groups", "regcompare_page.pictures.counts:group_bars", of="groups"),
    ]
