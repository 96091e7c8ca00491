"""Commands on cases: the first screen, results side by side and one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import click

from regcompare.comparison.comparison import compare
from regcompare.errors import UsageError
from regcompare.inputs import message_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.features import DISPLAYS
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.verdict import Verdict
from regcompare.views.counts import start_document
from regcompare.views.document import Display
from regcompare.views.render import Form, render
from regcompare.views.tables import FORMATS, Format, comparison_text

from .options import (
    EXACT_NOTE,
    OUTCOME,
    as_if_from_option,
    catalogue_of,
    catalogue_options,
    exact_option,
    format_option,
    include_option,
    lang_option,
    language_of,
    law_options,
    required_rulesets_option,
    rulesets_option,
    scenario_option,
    scenarios_of,
    translation_option,
)
from .streams import PICTURES, echo, show


def start() -> None:
    """Prints the headline of the documented sales, the cases that come first, and next steps."""
    catalogue = catalogue_of()
    profile = catalogue.profile
    cases = cases_of_kinds(catalogue.scenarios())
    message = message_of(catalogue, cases)
    first = [case for case in cases if case.id in profile.first]
    comparison = compare(first if message else cases, catalogue.usual())
    explain = f"regcompare explain {profile.first[0]} -r {profile.explained}" if profile.first else ""
    commands = {
        "regcompare compare": "every documented sale",
        explain: "one result, and why",
        "regcompare --help": "all commands",
    }
    commands.pop("", None)
    document = start_document(message, comparison, profile.first, profile.source, commands.items())
    show("text", partial(render, document, width=80))


@click.command("compare")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@rulesets_option
@include_option("compare")
@click.option(
    "--fail-on", "limit", type=OUTCOME,
    help="End with status 1 if a result is certain to reach this outcome.",
)  # fmt: skip
@click.option(
    "--why", is_flag=True,
    help="Also say of the documented sales which other law applies, and which assumptions decide.",
)  # fmt: skip
@exact_option
@as_if_from_option
@law_options
@lang_option
@format_option(*FORMATS, *PICTURES)
@catalogue_options
def compare_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    rulesets: list[Ruleset],
    include: str,
    limit: Outcome | None,
    why: bool,
    law: dict[str, Any],
    lang: str,
    form: Format,
) -> None:
    """Compare cases under rulesets.

    By default the cases are the documented sales, and the rulesets the three regimes.
    """
    scenarios = scenarios_of(catalogue, files, include)
    # Both cost a fifth of the whole command, so many cases are only asked on request, or as data.
    why = why or bool(files) or form == "json"
    others = catalogue.rulesets.parallel() if why else ()
    comparison = compare(scenarios, rulesets, others=others, **law)
    warnings = [EXACT_NOTE] if law["prover"] else []
    show(
        form,
        lambda form: comparison_text(comparison, form, warnings, lang, why=why),
        picture=lambda: catalogue.draw("comparison", comparison),
    )
    if limit is not None and any(v.span and v.span.low >= limit for v in comparison.verdicts):
        raise SystemExit(1)


@click.command()
@click.argument("file")
@required_rulesets_option
@scenario_option
@click.option(
    "--full", is_flag=True,
    help="Show every rule with its reasons, duties, assumptions, and what is not encoded.",
)  # fmt: skip
@exact_option
@as_if_from_option
@law_options
@translation_option("the explanation")
@format_option("text", "json")
@catalogue_options
def explain(
    catalogue: Catalogue,
    scenarios: list[Scenario],
    rulesets: list[Ruleset],
    full: bool,
    law: dict[str, Any],
    lang: str,
    form: str,
) -> None:
    """Explain one result in 25 lines: why, what would settle it, how sure.

    FILE is a scenario file or the id of a case that ships.
    """
    from regcompare.views.verdict import explain_data, explain_text

    verdicts, is_open = compare(scenarios, rulesets, **law).verdicts, law["readings"] == "open"
    displays = [dict(_displays(catalogue, verdict) if is_open else ()) for verdict in verdicts]

    def data() -> list[dict[str, Any]]:
        return [
            {**explain_data(verdict, lang), **{name: display.data for name, display in added.items()}}
            for verdict, added in zip(verdicts, displays, strict=True)
        ]

    def write(form: Form) -> str:
        return "\n\n\n".join(
            explain_text(
                verdict, full=full, lang=lang, language=language_of(catalogue, lang), form=form,
                more=[display.section for display in added.values()],
            )
            for verdict, added in zip(verdicts, displays, strict=True)
        )  # fmt: skip

    show(form, write, data=data)


def _displays(catalogue: Catalogue, verdict: Verdict) -> Iterator[tuple[str, Display]]:
    """Yields what plugins add to a verdict with every interpretation left open."""
    for feature in catalogue.features[DISPLAYS].values():
        try:
            is_asked = feature.of == "open_readings"
            display = feature.call(verdict, returns=(Display, type(None))) if is_asked else None
        except UsageError as error:
            echo(f"{feature.name}: not shown. {error}", err=True)
        else:
            if display:
                yield feature.name, display
