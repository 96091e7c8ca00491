"""The command ``site``: the public pages, as static files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click

from regcompare._support.output import refuse_existing, write_folder
from regcompare.cli.options import (
    catalogue_options,
    language_of,
    overwrite_option,
    rulesets_option,
    translation_option,
)
from regcompare.cli.streams import echo, progress
from regcompare.comparison.comparison import compare
from regcompare.errors import UsageError
from regcompare.law import link_language
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.words.catalogues import languages
from regcompare_page.face.front import front_of
from regcompare_page.site.build import Site
from regcompare_page.site.law import law_pages

from .page import interactive_page, puzzles_of


@click.command("site")
@click.option(
    "-o", "--output", "output", required=True, metavar="DIR", help="The folder to write the site to."
)
@rulesets_option
@click.option(
    "--address", default="", metavar="URL", help="The address of the site, for previews on other sites."
)
@click.option(
    "--report-to",
    default="",
    metavar="URL",
    help="A form, or mailto:NAME@HOST, for mistakes and replies; without one a page says how.",
)
@overwrite_option
@translation_option("the site")
@catalogue_options
def site_command(
    catalogue: Catalogue,
    output: str,
    rulesets: list[Ruleset],
    address: str,
    report_to: str,
    overwrite: bool,
    lang: str,
) -> None:
    """Write the public site as static files.

    It has a front page, a page for each case, their list, a game, a lesson with cards to print, and
    tables for lawyers, in every language that has a catalogue: the one chosen at the top, each other in
    a folder. Links are relative, so the files work on any server and from a memory stick.
    """
    if (folder := Path(output)).is_dir():
        refuse_existing(folder / "index.html", overwrite=overwrite)
    address, shown = _folder_address(address), language_of(catalogue, lang)
    codes = [code for code in ("en", *languages(catalogue.locales)) if code != shown.code]
    by_folder = {"": shown, **{f"{code}/": language_of(catalogue, code) for code in codes}}
    progress("The interactive page")
    story = interactive_page(catalogue, (), rulesets, lang)
    lang = link_language(lang)
    progress("The cases and the tables for lawyers")
    comparison = compare(cases_of_kinds(catalogue.scenarios()), rulesets)
    front = front_of(catalogue)
    site = Site(
        comparison,
        story,
        front=front,
        game=catalogue.profile.game,
        address=address,
        puzzles=puzzles_of(catalogue),
        lang=lang,
        languages=by_folder,
        report_to=_report_address(report_to),
        law_pages=tuple(law_pages(catalogue, rulesets, front, lang)),
    )
    progress("The pages of the cases")
    pages = site.files()
    files: dict[str, str | bytes] = {**pages, **_images(pages)}
    write_folder(folder, files, overwrite=overwrite)
    images = "with" if any(name.endswith(".png") for name in files) else "without"
    count = f"{len(files)} files for {len(comparison.rows)} cases"
    echo(f"{output}: {count}, {images} PNG images.", err=True)


def _folder_address(address: str) -> str:
    if address and not re.fullmatch(r"https?://[^\s?#\"'<>]+", address):
        raise UsageError(f"{address!r} is not an address such as https://example.org/site.")
    return f"{address.rstrip('/')}/" if address else ""


def _report_address(address: str) -> str:
    if re.fullmatch(r"mailto:[^\s?#\"'<>@]+@[^\s?#\"'<>@]+", address):
        return address
    return _folder_address(address).rstrip("/")


def _images(files: Mapping[str, str]) -> dict[str, bytes]:
    """The preview cards as PNG; none without the extra ``plot``."""
    try:
        import vl_convert
    except ImportError:
        return {}
    return {
        name.replace(".svg", ".png"): vl_convert.svg_to_png(text)
        for name, text in files.items()
        if name.endswith(".svg")
    }
