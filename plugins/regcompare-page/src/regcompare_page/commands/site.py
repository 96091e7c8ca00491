"""The command ``site``: the public pages, as static files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import attrs
import click

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
from regcompare.plugins.features import FUNCTIONS
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.support import refuse_existing, write_folder
from regcompare.views.document import Document
from regcompare.words.catalogues import Language, languages
from regcompare_page.face.front import front_of
from regcompare_page.site import Site

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
    "--report-to", default="", metavar="URL", help="The address of a form for reports of wrong facts."
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
    told = {"": shown, **{f"{code}/": language_of(catalogue, code) for code in codes}}
    progress("The interactive page")
    story = interactive_page(catalogue, (), rulesets, lang)
    lang = link_language(lang)
    progress("The cases and the tables for lawyers")
    comparison = compare(cases_of_kinds(catalogue.scenarios()), rulesets)
    site = Site(
        comparison,
        story,
        front=front_of(catalogue),
        game=catalogue.profile.game,
        address=address,
        puzzles=puzzles_of(catalogue),
        lang=lang,
        languages=told,
        report_to=_folder_address(report_to).rstrip("/"),
        documents={
            item.code: dict(_documents(catalogue, rulesets, lang, item)) for item in told.values()
        },
    )
    progress("The pages of the cases")
    pages = site.files()
    files: dict[str, str | bytes] = {**pages, **_images(pages)}
    write_folder(folder, files, overwrite=overwrite)
    images = "with" if any(name.endswith(".png") for name in files) else "without"
    count = f"{len(files)} files for {len(comparison.rows)} cases"
    echo(f"{output}: {count}, {images} PNG images.", err=True)


def _documents(
    catalogue: Catalogue, rulesets: Sequence[Ruleset], lang: str, language: Language
) -> Iterator[tuple[str, Document]]:
    """What was required, what could change, and, with the extra ``prove``, what a later act changed."""
    cases = catalogue.scenarios()
    owed = catalogue.function("owed", "regcompare-elsewhere")
    whole = catalogue.rulesets.get(catalogue.profile.whole)
    found = owed(cases_of_kinds(cases), catalogue.rulesets.in_force_on_exports(), whole)
    table = catalogue.function("owed_document", "regcompare-elsewhere")(found, lang, language)
    yield "owed", attrs.evolve(table, title=language.say("What the law of the day required"))
    if "act_in_evaluation" in catalogue.features[FUNCTIONS]:
        evaluated = catalogue.function("evaluation", "regcompare-elsewhere")(catalogue)
        yield (
            "evaluation",
            catalogue.function("evaluation_document", "regcompare-elsewhere")(evaluated, language),
        )
    successions = [
        (earlier, later)
        for later in rulesets
        for link in later.succeeds
        for earlier in rulesets
        if earlier.id == link.of
    ]
    has_proofs = "correlation" in catalogue.features[FUNCTIONS] and find_spec("pysat")
    if successions and has_proofs:
        correlation = catalogue.function("correlation", "regcompare-prove")
        table = correlation(*successions[0], lang)
        yield "correlation", attrs.evolve(table, title=language.say("What the new act changed"))


def _folder_address(address: str) -> str:
    if address and not re.fullmatch(r"https?://[^\s?#\"'<>]+", address):
        raise UsageError(f"{address!r} is not an address such as https://example.org/site.")
    return f"{address.rstrip('/')}/" if address else ""


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
