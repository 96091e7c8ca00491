"""The group of commands, and the options and lookups that several of them share."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Callable, Sequence
from functools import partial, wraps
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regcompare._support.output import cannot_write, write_files
from regcompare.comparison.measures import pluralise
from regcompare.errors import RegcompareError, UsageError, did_you_mean, nearest
from regcompare.inputs import THREE_REGIMES, Library, day_of
from regcompare.law import LANGUAGES
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import merge_annotated
from regcompare.scenario.files import SCENARIO_ID, write_scenarios
from regcompare.scenario.scenario import Scenario, reading_notes
from regcompare.verdict.assess import Readings
from regcompare.vocabulary import LAYERS
from regcompare.words.catalogues import ENGLISH, Language, language, languages

from ._streams import echo, orderly, own_pipes

if TYPE_CHECKING:
    from regcompare.program.signatures import Signature

AS_OF = "DATE|scenario|today"
"""What a state of the law is chosen by, in the help of a command."""

EXACT = (
    "The ends of each span are proved: among all possible answers to the open questions, some lead to "
    "the least outcome and some to the greatest."
)

Command = TypeVar("Command", bound=Callable[..., Any])


class ArgumentType(click.ParamType[Any]):
    """What a word on the command line stands for.

    Args:
        name: What stands for it in the help.
        read: Reads it; raises a ``ValueError`` or a ``UsageError`` that says what was expected.
    """

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name, self._read = name, read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except (UsageError, ValueError) as error:
            self.fail(str(error), param, ctx)


def _day(word: str) -> dt.date:
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        msg = f"{word!r} is not a day such as 2015-06-30."
        raise ValueError(msg) from None


DAY, AS_OF_DAY, OUTCOME = (
    ArgumentType("DATE", _day),
    ArgumentType(AS_OF, day_of),
    ArgumentType("OUTCOME", Outcome.read),
)
"""A day of the calendar; a state of the law, with ``scenario`` for the day of the facts; an outcome."""


class _RulesetType(click.ParamType[str]):
    """The id of a ruleset; where none is given, those that there are are named."""

    name = "ID"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        return f"Name a ruleset: {', '.join(Catalogue.installed().rulesets)}."


_MODULES = {
    "authors": ("lint", "new", "sign"),
    "cases": ("check", "compare", "explain", "mirror", "owed", "safeguards", "shopping", "timeline"),
    "cited": ("brief", "cite", "evidence"),
    "clinic": ("clinic",),
    "export": ("export",),
    "law": ("facts", "plugins", "show"),
    "pages": ("page",),
    "possible": ("correlate", "gaps", "map", "standards", "whatif"),
    "registers": ("screen",),
    "site": ("site",),
}
"""The modules beside this one, each with the commands that it adds to the group when it is imported."""

COMMANDS = dict(sorted((name, module) for module, names in _MODULES.items() for name in names))
"""Each command with its module."""


class _Group(click.Group):
    """Loads a command when it is asked for, and tells a refusal without a traceback, with status 2."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        with orderly():
            try:
                status = super().main(args, standalone_mode=False, **extra)
            except click.ClickException as error:
                error.show(said := io.StringIO())
                echo(said.getvalue().rstrip("\n"), err=True)
                status = error.exit_code
        sys.exit(status)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with own_pipes():
            return super().make_context(*args, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            import_module(f"{__package__}.{COMMANDS[cmd_name]}")
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(nearest(args[0], COMMANDS)) or f" There are {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with own_pipes():
                return super().invoke(ctx)
        except RegcompareError as error:
            echo(str(error), err=True)
            ctx.exit(2)


@click.group(
    cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="regcompare")
@click.pass_context
def main(context: click.Context) -> None:
    """Put an export of surveillance technology under several legal regimes and see where they differ.

    Without a command it prints what the comparison of the documented sales comes to.
    """
    if context.invoked_subcommand is None:
        from ._start import start

        start()


# options that several commands share ---------------------------------------------------------------


def catalogued(command: Command) -> Command:
    """Adds --load and --strict, and gives the command what is named by the options above it.

    In place of these it is given rulesets, readings, and one scenario or several; and the catalogue, and
    what was given for the two, if it asks for them.
    """
    asked = signature(command, follow_wrapped=False).parameters

    @wraps(command)
    def given(*, load: tuple[str, ...], strict: bool, **options: Any) -> Any:
        catalogue = catalogue_of(load, strict)
        if "reading" in options:
            texts = (f"text.{pair}" for pair in options.pop("text"))
            options["readings"] = _readings((*options.pop("reading"), *texts), options["readings"])
        if "scenarios" in options:
            file, wanted = options.pop("file"), options["scenarios"]
            options["scenarios"] = _named(catalogue, file, wanted, alone=False)
        elif "scenario" in options:
            file, wanted = options.pop("file"), options["scenario"]
            options["scenario"] = _named(catalogue, file, wanted, alone=True)[0] if file else None
        if "rulesets" in options:
            options["rulesets"] = rulesets_of(catalogue, options["rulesets"])
        known = {"catalogue": catalogue, "load": load, "strict": strict}
        return command(**options, **{name: known[name] for name in known if name in asked})

    load = click.option(
        "--load", multiple=True, metavar="FILE",
        help="Read rulesets from a plain Python file, or from JSON that export wrote.",
    )  # fmt: skip
    strict = click.option("--strict", is_flag=True, help="Stop if a plugin is faulty.")
    return load(strict(given))  # type: ignore[return-value]  # It takes other arguments.


def with_readings(command: Command) -> Command:
    """Adds --reading, --text and --readings."""
    reading = click.option(
        "--reading", multiple=True, metavar="ID=ANSWER",
        help="Choose an interpretation of a doubtful text.",
    )  # fmt: skip
    text = click.option(
        "--text", multiple=True, metavar="RULE=yes|no",
        help="Say whether a provision whose text was not read is in the law.",
    )  # fmt: skip
    readings = click.option(
        "--readings", type=click.Choice(["default", "open"]), default="default",
        help="Interpret doubtful texts by default, or leave every doubt open.",
    )  # fmt: skip
    return reading(text(readings(command)))


def read_as(command: Command) -> Command:
    """Adds --as-of, --reading, --text and --readings."""
    as_of = click.option("--as-of", type=AS_OF_DAY, metavar=AS_OF, help="The date of the law to apply.")
    return as_of(with_readings(command))


def in_language(
    command: Command, help: str = "The language of links to the law, such as nl."
) -> Command:
    """Adds --lang."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        metavar="LANG",
        help=help,
    )(command)


def linked(command: Command) -> Command:
    """Adds --lang and --links."""
    links = click.option("--links", is_flag=True, help="Print the address of each provision.")
    return in_language(links(command))


def said_in(what: str) -> Callable[[Command], Command]:
    """Adds --lang to a command that says something in the languages of which there are texts."""
    texts = f"The language of {what}, where there are texts in it"
    return partial(in_language, help=f"{texts}, and of links to the law, such as nl.")


def language_of(catalogue: Catalogue, lang: str) -> Language:
    """Returns a language with its texts; English where there are none in it."""
    known = languages(catalogue.locales)
    return language(lang, catalogue.locales) if lang in known else ENGLISH


def formatted(*forms: str) -> Callable[[Command], Command]:
    """Adds --format, with the first form as the default."""
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True
    )


def presuming(default: str) -> Callable[[Command], Command]:
    """Adds --presume, the layers of presumptions under which possible cases are looked at."""
    return click.option(
        "--presume", type=click.Choice(["none", *LAYERS]),
        help=f"The assumptions made about every possible case.  [default: {default}]",
    )  # fmt: skip


def including(also: str) -> Callable[[Command], Command]:
    """Adds --include."""
    return click.option(
        "--include", default="", metavar="KINDS",
        help=f"Without files, also {also}: variants, replays, teaching (separated by commas).",
    )  # fmt: skip


_ruleset = partial(
    click.option, "-r", "--ruleset", multiple=True, metavar="ID", type=_RulesetType(),
    help="A ruleset; repeat for more.",
)  # fmt: skip
for_rulesets, for_named_rulesets = _ruleset("rulesets"), _ruleset("rulesets", required=True)
"""Add --ruleset: the rulesets named, or what is usual where none has to be."""

for_ids = _ruleset("ids")
"""Adds --ruleset: the ids alone, where something else is usual."""

_scenario = partial(
    click.option, "--scenario", metavar="ID", help="One scenario in a file that contains several."
)
one_scenario, some_scenarios = _scenario("scenario"), _scenario("scenarios")
"""Add --scenario to a command on a file: the one scenario in it, or all of them where none is named."""

as_if_from_home = click.option(
    "--as-if-from", type=click.Choice(["home"]),
    help="Ask each ruleset about the same sale as if it were made from the ruleset's own home.",
)  # fmt: skip
exactly = click.option("--exact", is_flag=True, help="Prove the ends of each span (extra 'prove').")
overwriting = click.option(
    "--overwrite", is_flag=True, help="Replace a file that has this name already."
)
signed = click.option(
    "--signatures", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
    help="A folder of signatures in place of the one that ships.",
)  # fmt: skip


# what the options name ------------------------------------------------------------------------------


def layers_of(presume: str | None, default: str) -> tuple[str, ...]:
    """The layers that a word names; each holds those before it."""
    word = presume or default
    return LAYERS[: LAYERS.index(word) + 1] if word in LAYERS else ()


def signatures_in(folder: Path | None) -> tuple[Signature, ...]:
    """The signatures of a folder, or of the one that ships."""
    from regcompare import shipped_cases  # Few commands need them.
    from regcompare.program.signatures import read_signatures

    return read_signatures(folder or shipped_cases.signatures())


def catalogue_of(load: Sequence[str], strict: bool) -> Catalogue:
    """What is installed and loaded; problems of plugins go to standard error."""
    catalogue = Catalogue.installed()
    for problem in catalogue.problems:
        echo(str(problem), err=True)
    if strict and catalogue.problems:
        raise UsageError("A plugin is faulty and --strict was given.")
    for path in load:
        catalogue = catalogue.with_file(path)
    return catalogue


def _readings(reading: Sequence[str], readings: str) -> Readings:
    """The readings that --reading and --readings name."""
    chosen = {}
    for pair in reading:
        name, separator, answer = pair.partition("=")
        if not separator or not answer:
            raise UsageError(f"--reading {pair!r}: expected ID=ANSWER, such as IC-05=all.")
        chosen[name] = answer
    if readings == "open":
        if chosen:
            raise UsageError("--readings open leaves every doubt open; do not use --reading with it.")
        return "open"
    return chosen or None


def scenarios_of(
    catalogue: Catalogue, files: Sequence[str], include: str | None = None
) -> tuple[Scenario, ...]:
    """The scenarios of the files and folders named, or those that ship.

    With ``include``, of those that ship only the documented ones and the kinds that it names.
    """
    library = Library(catalogue)
    if files:
        scenarios = _read(library, files)
    else:
        scenarios = library.cases(None) if include is None else library.shipped(include)
    if not scenarios:
        raise UsageError(
            f"No scenario was found in {', '.join(files) or 'what is installed'}. Expected files or "
            "folders of files that end in .yaml or .json."
        )
    return scenarios


def _read(library: Library, files: Sequence[str]) -> tuple[Scenario, ...]:
    """The scenarios of files and folders; a name that is not a path may be the id of a shipped case."""
    read = library.catalogue.read
    named = {name for name in files if SCENARIO_ID.fullmatch(name) and not Path(name).exists()}
    if not named:
        return read(*files)
    shipped = {**library.documented, **library.teaching}
    return merge_annotated(
        case
        for name in files
        for case in ([shipped[name]] if name in named & shipped.keys() else read(name))
    )


def say_unread(scenarios: Sequence[Scenario]) -> None:
    """Says what to know of how cases were read: which plugins they need, and how codes were read."""
    needed: dict[str, dict[str, None]] = {}
    for case in scenarios:
        for sentence in reading_notes(case):
            needed.setdefault(sentence, {})[case.id] = None
    for sentence, ids in needed.items():
        echo(f"{', '.join(ids)}: {sentence}", err=True)


def rulesets_of(catalogue: Catalogue, ids: Sequence[str]) -> list[Ruleset]:
    """The rulesets named, or the three regimes and what was loaded."""
    if ids:
        return [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    added = [name for name in catalogue.rulesets if name in catalogue.added]
    known = [name for name in (*THREE_REGIMES, *added) if name in catalogue.rulesets]
    return [catalogue.ruleset(name) for name in dict.fromkeys(known or catalogue.rulesets)]


def laws_of(catalogue: Catalogue, ids: Sequence[str]) -> list[Ruleset]:
    """The rulesets named, or all laws on exports that do not only combine others."""
    if ids:
        return [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    known = catalogue.rulesets.values()
    return [item for item in known if (item.status, item.asks) == ("law", "export") and not item.beside]


def _named(catalogue: Catalogue, file: str, scenario_id: str | None, *, alone: bool) -> list[Scenario]:
    """The scenario of a file that is named, or all of them where none is.

    Where it has to be one alone, several are never cut down to the first.
    """
    scenarios = scenarios_of(catalogue, [file])
    named = [scenario for scenario in scenarios if scenario_id in (None, scenario.id)]
    ids = ", ".join(scenario.id for scenario in scenarios)
    if not named:
        raise UsageError(f"{file}: contains no scenario {scenario_id!r}, only {ids}.")
    if alone and len(named) > 1:
        raise UsageError(f"{file}: contains {len(named)} scenarios; name one with --scenario: {ids}.")
    return named


def write_witnesses(
    folder: str, cases: Sequence[Scenario], *, overwrite: bool, inputs: Sequence[str]
) -> str:
    """Writes each case as a file of its own, and says how many."""
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(place, error) from None
    texts = {place / f"{case.id}.yaml": write_scenarios(case) for case in cases}
    write_files(texts, overwrite=overwrite, inputs=map(Path, inputs))
    files = pluralise(len(texts), "scenario file")
    return f"{files} written to {folder}; `regcompare check {folder}` verifies what they expect."
