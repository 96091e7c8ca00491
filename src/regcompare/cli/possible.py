"""Commands over every possible case: ``gaps``, ``map``, ``standards``, ``correlate`` and ``whatif``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from regcompare.comparison.comparison import Comparison, compare, readings_for
from regcompare.comparison.gaps import Gaps
from regcompare.errors import UsageError
from regcompare.inputs import joint_prover, prover_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.proofs.changes import fewest_changes
from regcompare.proofs.contribution import by_cases, by_cells
from regcompare.proofs.correlation import correlate
from regcompare.proofs.gaps import DEFAULT_FACTS, possible_gaps, reverse
from regcompare.proofs.maps import possible_map
from regcompare.proofs.standards import standards
from regcompare.ruleset.rules import Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.changes import changes_data, changes_text
from regcompare.views.correlation import correlation_text
from regcompare.views.demands import shares_text
from regcompare.views.possible import case_gaps_text, map_text, possible_gaps_text
from regcompare.views.render import Form
from regcompare.views.standards import standards_text
from regcompare.views.tables import FORMATS, Format
from regcompare.words.lexicon import listing

from ._drawing import demands_picture, map_picture
from ._shared import (
    AS_OF,
    AS_OF_DAY,
    OUTCOME,
    Command,
    catalogued,
    exactly,
    for_named_rulesets,
    for_rulesets,
    formatted,
    in_language,
    layers_of,
    main,
    one_scenario,
    overwriting,
    presuming,
    read_as,
    scenarios_of,
    some_scenarios,
    write_witnesses,
)
from ._streams import PICTURES, echo, show

_PRESUMED = "surveillance; none with a case as given"
"""What is presumed of possible cases where nothing is said about it."""

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


def about_possible_cases(command: Command) -> Command:
    """Adds the options that say which possible cases a proof is about.

    In their place the command is given the catalogue, the rulesets, and what the proof takes.
    """

    @wraps(command)
    def asked(
        catalogue: Catalogue,
        scenario: Scenario | None,
        presume: str | None,
        as_of: AsOf,
        readings: Readings,
        **own: Any,
    ) -> None:
        options = {
            "given": scenario,
            "presume": layers_of(presume, "none" if scenario else "surveillance"),
            "as_of": as_of,
            "readings": readings,
            "like": catalogue.scenarios(),
        }
        command(catalogue=catalogue, options=options, **own)

    for add in (catalogued, read_as, one_scenario, presuming(_PRESUMED), for_rulesets):
        asked = add(asked)
    return click.argument("file", required=False)(asked)  # type: ignore[return-value]


def _two(by: Sequence[str]) -> tuple[str, str]:
    if not by:
        return DEFAULT_FACTS
    if len(by) != 2:
        raise UsageError(
            f"--by: a map needs two facts, one for lines and one for columns; found {len(by)}."
        )
    return by[0], by[1]


@main.command("gaps")
@click.argument("base")
@click.argument("other")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@stops_at_option
@presuming(_PRESUMED)
@click.option(
    "--given", metavar="FILE", help="Hold the facts of FILE fixed, except those named by --by."
)
@by_option
@click.option(
    "--documented", is_flag=True, help="Use the documented cases, as if their files were named."
)
@base_as_of_option("BASE")
@click.option("--by-demand", is_flag=True, help="Show what each demand of OTHER contributes.")
@click.option("--write", "folder", metavar="FOLDER", help="Write a case file for each gap.")
@overwriting
@read_as
@exactly
@formatted(*FORMATS, *PICTURES)
@catalogued
def gaps_command(
    catalogue: Catalogue,
    base: str,
    other: str,
    files: tuple[str, ...],
    stops_at: Outcome,
    presume: str | None,
    given: str | None,
    by: tuple[str, ...],
    documented: bool,
    base_as_of: AsOf,
    by_demand: bool,
    folder: str | None,
    overwrite: bool,
    as_of: AsOf,
    readings: Readings,
    exact: bool,
    form: Format,
    load: tuple[str, ...],
) -> None:
    """Show the cases that OTHER controls and BASE does not.

    Without files it looks at every possible case, which needs the extra 'prove'.
    """
    if form in PICTURES and not by_demand:
        raise UsageError(f"--format {form}: of gaps a picture is drawn with --by-demand.")
    pair = (catalogue.ruleset(base), catalogue.ruleset(other))
    named = catalogue.read(*files) if files else ()
    shipped = catalogue.scenarios() if documented or by_demand or not named else ()
    cases = tuple(dict.fromkeys((*(cases_of_kinds(shipped) if documented else ()), *named)))
    if cases and not by_demand:
        _refuse_over_files(given, by, folder, presume)
        days = (as_of if base_as_of is None else base_as_of, as_of)
        ways = _over_files(cases, pair, stops_at, days, readings, exact)
        show(form, lambda form: case_gaps_text(ways, form))
        return
    options: dict[str, Any] = {
        "stops_at": stops_at,
        "by": _two(by),
        "presume": layers_of(presume, "none" if given else "surveillance"),
        "given": _case(catalogue, given),
        "as_of": as_of,
        "readings": readings,
        "like": shipped,
    }
    if by_demand:
        if base_as_of is not None:
            raise UsageError("--base-as-of does not go with --by-demand; give --as-of for both.")
        shares = by_cases(
            cases or cases_of_kinds(shipped), *pair, stops_at=stops_at, as_of=as_of, readings=readings
        )
        show(
            form,
            lambda form: shares_text(*by_cells(*pair, **options), shares, form),
            picture=lambda: demands_picture(shares, pair[1]),
        )
        return
    found = possible_gaps(*pair, **options, base_as_of=base_as_of)
    if folder:
        witnesses = [case for gaps in (found, reverse(found)) for _, case in gaps.witnesses()]
        read = [*load, *filter(None, [given])]
        echo(write_witnesses(folder, witnesses, overwrite=overwrite, inputs=read), err=True)
    show(form, lambda form: possible_gaps_text(found, form))


def _refuse_over_files(
    given: str | None, by: Sequence[str], folder: str | None, presume: str | None
) -> None:
    named = {"--given": given, "--by": by, "--write": folder, "--presume": presume}
    if unfit := [option for option, value in named.items() if value]:
        raise UsageError(
            f"{listing(unfit, 'and')}: cannot be used with files. Leave it out, or leave out the "
            "files to look at every possible case."
        )


def _over_files(
    scenarios: Sequence[Scenario],
    pair: tuple[Ruleset, Ruleset],
    stops_at: Outcome,
    days: tuple[AsOf, AsOf],
    readings: Readings,
    exact: bool,
) -> list[Gaps]:
    chosen = readings_for(pair, readings)
    columns = [
        compare(scenarios, [ruleset], as_of=day, readings=own, prover=prover_of(exact)).verdicts
        for ruleset, day, own in zip(pair, days, chosen, strict=True)
    ]
    comparison = Comparison(pair, tuple(zip(*columns, strict=True)), joint=joint_prover())
    ids = [ruleset.id for ruleset in pair]
    ways = (ids, ids[::-1])
    return [comparison.gaps(*way, stops_at=stops_at) for way in ways]


def _case(catalogue: Catalogue, file: str | None) -> Scenario | None:
    if file is None:
        return None
    scenarios = scenarios_of(catalogue, [file])
    if len(scenarios) > 1:
        raise UsageError(f"{file}: contains {len(scenarios)} scenarios; name a file with only one.")
    return scenarios[0]


@main.command("map")
@by_option
@stops_at_option
@formatted(*FORMATS, *PICTURES)
@about_possible_cases
def map_command(
    catalogue: Catalogue,
    rulesets: Sequence[Ruleset],
    options: dict[str, Any],
    by: tuple[str, ...],
    stops_at: Outcome,
    form: Format,
) -> None:
    """Map the outcomes over the answers to two facts.

    Each pair of answers shows the mildest and the strictest outcome, exactly. FILE fixes the other
    facts; what it leaves open is free, and without FILE everything is. It needs the extra 'prove'.
    """
    found = possible_map(rulesets, by=_two(by), **options)
    show(form, lambda form: map_text(found, form, stops_at), picture=lambda: map_picture(found))


@main.command("standards")
@formatted(*FORMATS)
@about_possible_cases
def standards_command(
    catalogue: Catalogue, rulesets: Sequence[Ruleset], options: dict[str, Any], form: Format
) -> None:
    """Show on which finding of harm each regime refuses a licence.

    For each standard of proof: what the text tells the authority, at least and at most, in every
    possible export of surveillance technology that needs a licence. FILE fixes the other facts. It needs
    the extra 'prove'.
    """
    found = standards(rulesets, **options)
    named = {item.ruleset.id for item in found.regimes}
    beside = [other for other in catalogue.rulesets.parallel() if named & {*other.parallel_to}]
    show(form, lambda form: standards_text(found, form, beside))


@main.command("correlate")
@click.argument("before")
@click.argument("after", required=False)
@click.option("--given", metavar="FILE", help="Show what can matter to FILE, with its facts as given.")
@base_as_of_option("BEFORE")
@click.option("--write", "folder", metavar="FOLDER", help="Write a case file for each difference.")
@overwriting
@presuming("none")
@read_as
@in_language
@formatted("table", "markdown", "html", "json")
@catalogued
def correlate_command(
    catalogue: Catalogue,
    before: str,
    after: str | None,
    given: str | None,
    base_as_of: AsOf,
    folder: str | None,
    overwrite: bool,
    presume: str | None,
    as_of: AsOf,
    readings: Readings,
    lang: str,
    form: Form,
    load: tuple[str, ...],
) -> None:
    """Prove what became of each provision of BEFORE in AFTER.

    Provision by provision: both conditions in words, and whether the later one reaches the same cases,
    more, fewer or others, proved over every possible case, with the most ordinary case each way. Without
    AFTER, two days of one ruleset: give --base-as-of and --as-of. It needs the extra 'prove'.
    """
    found = correlate(
        catalogue.ruleset(before),
        catalogue.ruleset(after or before),
        before_as_of=base_as_of,
        as_of=as_of,
        readings=readings,
        given=_case(catalogue, given),
        presume=layers_of(presume, "none"),
        like=catalogue.scenarios(),
    )
    if folder:
        cases = [case for row in found.rows for case in found.witnesses(row) if case]
        read = [*load, *filter(None, [given])]
        echo(write_witnesses(folder, cases, overwrite=overwrite, inputs=read), err=True)
    show(form, lambda form: correlation_text(found, form, lang))


@main.command()
@click.argument("file")
@for_named_rulesets
@click.option(
    "--to", metavar="OUTCOME", help="The outcome, or a span such as authorisation..prohibition."
)
@click.option("--agree", is_flag=True, help="Make all the rulesets named give the same outcome.")
@click.option(
    "--pin", "pinned", multiple=True, metavar="FACT",
    help="A fact that must not change; repeat for more.",
)  # fmt: skip
@click.option("--free-date", is_flag=True, help="Allow the date of the facts to change.")
@click.option(
    "--alternatives", default=3, show_default=True, type=click.IntRange(1), metavar="N",
    help="How many alternatives to show.",
)  # fmt: skip
@presuming("surveillance")
@some_scenarios
@read_as
@formatted("text", "json")
@catalogued
def whatif(
    catalogue: Catalogue,
    scenarios: list[Scenario],
    rulesets: list[Ruleset],
    to: str | None,
    agree: bool,
    presume: str | None,
    readings: Readings,
    form: str,
    **options: Any,
) -> None:
    """Say what would change the outcome.

    It changes as few facts as possible (proved minimal), grouped by who could change them.
    """
    span = _span(to) if to else None
    if span is None and not agree:
        raise UsageError("Say what to reach: --to OUTCOME, or --agree with several rulesets.")
    if agree and len(set(rulesets)) < 2:
        raise UsageError("--agree needs at least two rulesets; name each with -r ID.")
    options |= {"to": span, "presume": layers_of(presume, "surveillance")}
    options["like"] = catalogue.scenarios()
    each = zip(rulesets, readings_for(rulesets, readings), strict=True)
    groups = [(rulesets, readings)] if agree else [([ruleset], own) for ruleset, own in each]
    found = [
        fewest_changes(scenario, together, readings=taken, **options)
        for scenario in scenarios
        for together, taken in groups
    ]
    show(
        form,
        lambda form: "\n\n\n".join(changes_text(item, form) for item in found),
        data=lambda: [changes_data(item) for item in found],
    )


def _span(text: str) -> Span:
    """The span that a text names, as in the expectations of a file."""
    low, separator, high = text.partition("..")
    try:
        ends = Outcome.read(low), Outcome.read(high if separator else low)
    except ValueError as error:
        raise UsageError(f"--to: {error}") from None
    if ends[0] > ends[1]:
        raise UsageError(f"--to {text}: the weaker outcome comes first, as in {high}..{low}.")
    return Span(*ends)
