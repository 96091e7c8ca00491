"""Commands over every possible case: they read arguments and print what other modules prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import click

from regcompare.cli.options import (
    AS_OF,
    AS_OF_DAY,
    OUTCOME,
    Command,
    catalogue_options,
    exact_option,
    format_option,
    lang_option,
    law_options,
    layers_of,
    loaded_from,
    presume_option,
    required_rulesets_option,
    rulesets_option,
    scenario_in,
    scenario_option,
    scenarios_of,
)
from regcompare.cli.streams import PICTURES, echo, show
from regcompare.comparison.comparison import compare, readings_for
from regcompare.comparison.data import to_json
from regcompare.comparison.gaps import Gaps
from regcompare.errors import UsageError
from regcompare.inputs import counting_in, joint_prover, populations_of, prover_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import merge_annotated
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.render import Form
from regcompare.views.tables import FORMATS, Format
from regcompare.words.lexicon import listing

from .axes import DEFAULT_FACTS
from .changes import fewest_changes
from .contribution import by_demand as shares_by_demand
from .correlation import correlate
from .gaps import possible_gaps
from .lint import lint, unused_facts
from .lint_texts import LintFinding
from .maps import possible_map
from .standards import standards
from .views.changes import changes_data, changes_text
from .views.correlation import correlation_text
from .views.possible import case_gaps_text, map_text, possible_gaps_text, shares_text
from .views.standards import standards_text

_PRESUMED = "surveillance; none if a case is given"
"""The default of --presume, as the help gives it."""

stops_at_option = click.option(
    "--stops-at", type=OUTCOME, default="authorisation", show_default=True,
    help="The least outcome that counts as controlled.",
)  # fmt: skip
by_option = click.option(
    "--by", multiple=True, metavar="FACT",
    help=(
        "A fact whose answers form an axis of the map; give two.  [default: item.technology, "
        "end_user.kind]"
    ),
)  # fmt: skip


def base_as_of_option(base: str) -> Callable[[Command], Command]:
    """Adds --base-as-of."""
    return click.option(
        "--base-as-of", type=AS_OF_DAY, metavar=AS_OF,
        help=f"The date of the law for {base}, if it is different.",
    )  # fmt: skip


def _axes(by: Sequence[str]) -> tuple[str, str]:
    if len(by) not in (0, 2):
        raise UsageError(f"--by: expected two facts, one for rows and one for columns; found {len(by)}.")
    return (by[0], by[1]) if by else DEFAULT_FACTS


@click.command("gaps")
@click.argument("base")
@click.argument("other")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@stops_at_option
@presume_option(_PRESUMED)
@click.option(
    "--given", metavar="FILE", help="Hold the facts of FILE fixed, except those named by --by."
)
@by_option
@click.option(
    "--documented", is_flag=True, help="Use the documented cases instead of every possible case."
)
@base_as_of_option("BASE")
@click.option("--by-demand", is_flag=True, help="Show what each demand of OTHER contributes to cases.")
@law_options
@exact_option
@format_option(*FORMATS)
@catalogue_options
def gaps_command(
    catalogue: Catalogue,
    base: str,
    other: str,
    files: tuple[str, ...],
    documented: bool,
    by_demand: bool,
    exact: bool,
    form: Format,
    **options: Any,
) -> None:
    """Show the cases that OTHER controls and BASE does not.

    Without files it considers every possible case, which needs the extra 'prove'.
    """
    pair = (catalogue.ruleset(base), catalogue.ruleset(other))
    named = scenarios_of(catalogue, files) if files else ()
    shipped = cases_of_kinds(catalogue.scenarios()) if documented else ()
    cases = merge_annotated((*shipped, *named)) if named else shipped
    given, by = options["given"], options["by"]
    if by_demand:
        if options.pop("base_as_of") is not None or given or by:
            raise UsageError("--by-demand cannot be used with --base-as-of, --given or --by.")
        counted = populations_of(catalogue, cases or None)["records"]
        counting = counting_in(catalogue, options["readings"])
        reached = {name: options[name] for name in ("stops_at", "as_of")}
        shares = shares_by_demand(counting, counted, *pair, **reached)
        show(form, lambda form: shares_text(shares, form))
    elif cases:
        both_ways = _case_gaps(catalogue, cases, pair, exact, options)
        show(form, lambda form: case_gaps_text(both_ways, form))
    else:
        options["by"] = _axes(by)
        options["presume"] = layers_of(options["presume"], "none" if given else "surveillance")
        options["given"] = scenario_in(catalogue, given) if given else None
        gaps = possible_gaps(*pair, **options)
        show(form, lambda form: possible_gaps_text(gaps, form))


def _case_gaps(
    catalogue: Catalogue,
    scenarios: Sequence[Scenario],
    pair: tuple[Ruleset, Ruleset],
    exact: bool,
    options: dict[str, Any],
) -> list[Gaps]:
    """The gaps over cases: of the first ruleset against the second, then the other way round."""
    if unfit := [f"--{name}" for name in ("given", "by", "presume") if options[name]]:
        raise UsageError(
            f"{listing(unfit, 'and')} cannot be used with files. Leave it out, or leave out the "
            "files to consider every possible case."
        )
    day, base_day = options["as_of"], options["base_as_of"]
    days = (day if base_day is None else base_day, day)
    dated = [law.on(day) if day else law for law, day in zip(pair, days, strict=True)]
    comparison = compare(
        scenarios, dated, readings=options["readings"], prover=prover_of(catalogue, exact),
        joint=joint_prover(catalogue),
    )  # fmt: skip
    base, other = map(str, comparison.laws)
    pairs = ((base, other), (other, base))
    return [comparison.gaps(*ids, stops_at=options["stops_at"]) for ids in pairs]


@click.command("map")
@by_option
@stops_at_option
@format_option(*FORMATS, *PICTURES)
@click.argument("file", required=False)
@rulesets_option
@presume_option(_PRESUMED)
@scenario_option
@law_options
@catalogue_options
def map_command(
    catalogue: Catalogue,
    rulesets: Sequence[Ruleset],
    scenario: Scenario | None,
    presume: str | None,
    by: tuple[str, ...],
    stops_at: Outcome,
    form: Format,
    **options: Any,
) -> None:
    """Map the outcomes over the answers to two facts.

    Each pair of answers shows the mildest and the strictest outcome, exactly. FILE fixes the other
    facts that it states; the rest may take any answer. It needs the extra 'prove'.
    """
    layers = layers_of(presume, "none" if scenario else "surveillance")
    possible = possible_map(rulesets, by=_axes(by), given=scenario, presume=layers, **options)
    show(
        form,
        lambda form: map_text(possible, form, stops_at),
        picture=lambda: catalogue.draw("map", possible),
    )


@click.command("standards")
@format_option(*FORMATS)
@click.argument("file", required=False)
@rulesets_option
@presume_option(_PRESUMED)
@scenario_option
@law_options
@catalogue_options
def standards_command(
    catalogue: Catalogue,
    rulesets: Sequence[Ruleset],
    scenario: Scenario | None,
    presume: str | None,
    form: Format,
    **options: Any,
) -> None:
    """Show how sure of harm an authority must be before it has to refuse.

    For each standard of proof: what the text requires of the authority, at least and at most, in every
    possible export of surveillance technology that needs a licence. FILE fixes the other facts. It needs
    the extra 'prove'.
    """
    layers = layers_of(presume, "none" if scenario else "surveillance")
    table = standards(rulesets, given=scenario, presume=layers, **options)
    show(form, lambda form: standards_text(table, form, catalogue.rulesets.values()))


@click.command("correlate")
@click.argument("before")
@click.argument("after", required=False)
@click.option("--given", metavar="FILE", help="Show only what can matter to FILE, its facts held fixed.")
@base_as_of_option("BEFORE")
@presume_option("none")
@law_options
@lang_option
@format_option("table", "markdown", "html", "json")
@catalogue_options
def correlate_command(
    catalogue: Catalogue,
    before: str,
    after: str | None,
    given: str | None,
    base_as_of: AsOf,
    presume: str | None,
    lang: str,
    form: Form,
    **options: Any,
) -> None:
    """Prove what became of each provision of BEFORE in AFTER.

    Provision by provision: both conditions in words, and whether the later one covers the same cases,
    more, fewer or different ones, proved over every possible case, with the most ordinary case each way.
    Without AFTER it compares two days of one ruleset; give --base-as-of and --as-of. It needs the extra
    'prove'.
    """
    correlation = correlate(
        catalogue.ruleset(before),
        catalogue.ruleset(after or before),
        before_as_of=base_as_of,
        given=scenario_in(catalogue, given) if given else None,
        presume=layers_of(presume, "none"),
        **options,
    )
    show(form, lambda form: correlation_text(correlation, form, lang))


@click.command("whatif")
@click.argument("file")
@required_rulesets_option
@click.option(
    "--to", metavar="OUTCOME", required=True,
    help="The outcome to reach, or a span such as authorisation..prohibition.",
)  # fmt: skip
@click.option(
    "--alternatives", default=3, show_default=True, type=click.IntRange(1), metavar="N",
    help="How many alternatives to show.",
)  # fmt: skip
@click.option(
    "--hold", "holding", multiple=True, metavar="FACT|SECTION",
    help="A fact, or a section such as item, that may not change; may be repeated.",
)  # fmt: skip
@presume_option("surveillance")
@scenario_option
@law_options
@format_option("text", "json")
@catalogue_options
def whatif_command(
    catalogue: Catalogue,
    scenarios: list[Scenario],
    rulesets: list[Ruleset],
    to: str,
    presume: str | None,
    readings: Readings,
    form: str,
    **options: Any,
) -> None:
    """Show what would change the outcome.

    It changes as few facts as possible (proved minimal), grouped by who could change them.
    """
    span, layers = _span(to), layers_of(presume, "surveillance")
    each = list(zip(rulesets, readings_for(rulesets, readings), strict=True))
    changes = [
        fewest_changes(scenario, law, span, readings=own, presume=layers, **options)
        for scenario in scenarios
        for law, own in each
    ]
    show(
        form,
        lambda form: "\n\n\n".join(changes_text(item, form) for item in changes),
        data=lambda: [changes_data(item) for item in changes],
    )


def _span(text: str) -> Span:
    """The span that a text names, as in the expectations of a file."""
    low, separator, high = text.partition("..")
    try:
        ends = Outcome.read(low), Outcome.read(high if separator else low)
    except ValueError as error:
        raise UsageError(f"--to: {error}") from None
    if ends[0] > ends[1]:
        raise UsageError(f"--to {text}: expected the milder outcome first, as in {high}..{low}.")
    return Span(*ends)


@click.command("lint")
@click.argument("ids", nargs=-1, metavar="[ID|FOLDER...]")
@format_option("text", "json")
@catalogue_options
def lint_command(catalogue: Catalogue, ids: tuple[str, ...], form: str) -> None:
    """Report unreachable, redundant and contradictory rules.

    It considers every possible case, which needs the extra 'prove'. By default it checks every ruleset.
    FOLDER is that of a plugin, which need not be installed.
    The status is 1 if it finds anything that the ruleset does not accept with a reason.
    """
    for folder in [name for name in ids if name not in catalogue.rulesets and Path(name).is_dir()]:
        catalogue, _, found = loaded_from(folder, catalogue)
        ids = (*(name for name in ids if name != folder), *found)
    findings = {name: lint(catalogue.ruleset(name)) for name in ids or catalogue.rulesets}
    if not ids:
        findings["facts of plugins"] = unused_facts(catalogue.rulesets.values(), catalogue.vocabulary)
    if form == "json":
        rows = [(name, item) for name, items in findings.items() for item in items]
        echo(to_json([{"ruleset": name, **attrs.asdict(item)} for name, item in rows]))
    else:
        echo("\n".join(line for name, items in findings.items() for line in _lines(name, items)))
    if any(not item.accepted for items in findings.values() for item in items):
        raise SystemExit(1)


def _lines(name: str, items: Sequence[LintFinding]) -> Iterator[str]:
    accepted = [item for item in items if item.accepted]
    found = [item for item in items if not item.accepted]
    yield f"{name}: {len(found) or 'nothing'} found{f', {len(accepted)} accepted' if accepted else ''}."
    yield from (f"  {item.line}" for item in found)
    yield from (f"  accepted, {item.kind}: {item.sentence} {item.accepted}" for item in accepted)
