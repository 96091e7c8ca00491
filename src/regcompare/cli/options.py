"""The options and lookups that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial, wraps
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar

import click

from regcompare._support.output import while_reading
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.inputs import Library, Listing, Options, application, day_of
from regcompare.law import LANGUAGES
from regcompare.plugins.catalogue import Catalogue, Plugin, scenario_files
from regcompare.plugins.features import FORMS
from regcompare.plugins.loading import entry_points
from regcompare.ruleset.reports import ALL_TESTS, READINGS
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import Readings
from regcompare.vocabulary import LAYERS
from regcompare.words.catalogues import ENGLISH, Language, language, languages

from ._installed import installed
from .streams import echo

AS_OF = "DATE|scenario|today"
"""The form of a state of the law in the help of a command."""

EXACT_NOTE = (
    "The ends of each span are proved: among all possible answers to the open questions, some lead to "
    "the least outcome and some to the greatest."
)

Command = TypeVar("Command", bound=Callable[..., Any])


class ArgumentType(click.ParamType[Any]):
    """A click parameter type that parses a command-line word.

    Args:
        name: Its name in the help.
        parse: Parses the word; raises a ``ValueError`` or ``UsageError`` that says what was expected.
    """

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name, self._parse = name, parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except (UsageError, ValueError) as error:
            self.fail(str(error), param, ctx)


def _day(word: str) -> dt.date:
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        msg = f"{word!r} is not a date. Expected one such as 2015-06-30."
        raise ValueError(msg) from None


DAY, AS_OF_DAY, OUTCOME = (
    ArgumentType("DATE", _day),
    ArgumentType(AS_OF, day_of),
    ArgumentType("OUTCOME", Outcome.read),
)
"""A date; a state of the law, where ``scenario`` is the day of the facts; an outcome."""


class _RulesetType(click.ParamType[str]):
    """The id of a ruleset; where a required one is missing, the message lists those installed."""

    name = "ID"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        return f"Name a ruleset: {', '.join(installed().rulesets)}."


# options that several commands share ---------------------------------------------------------------


def catalogue_options(command: Command) -> Command:
    """Adds --load and --strict, and replaces the values of the options above it by what they name.

    The command receives rulesets, readings, and one scenario or several; also the catalogue, and how law
    is applied as one mapping (``law``), if it has parameters for them.
    """
    parameters = signature(command, follow_wrapped=False).parameters

    @wraps(command)
    def with_catalogue(*, load: tuple[str, ...], strict: bool, **options: Any) -> Any:
        click.get_current_context().with_resource(while_reading(*_files_named(load, options)))
        catalogue = catalogue_of(load, strict)
        if "reading" in options:
            options["readings"] = _readings(options.pop("reading"), options["readings"])
        if "scenario" in options:
            file, name = options.pop("file"), options.pop("scenario")
            if "scenarios" in parameters:
                options["scenarios"] = _scenarios_in(catalogue, file, name)
            else:
                options["scenario"] = scenario_in(catalogue, file, name) if file else None
        if "rulesets" in options:
            options["rulesets"] = [*Library(catalogue).regimes(options["rulesets"] or None)]
        if "law" in parameters:
            day = options.pop("as_of", None)
            given = {name: options.pop(name) for name in Options.__annotations__ if name in options}
            options["law"] = application(catalogue, day, given)
        if "catalogue" in parameters:
            options["catalogue"] = catalogue
        return command(**options)

    load = click.option(
        "--load", multiple=True, metavar="PATH",
        help="Load a Python file, or a folder with a plugin, that is not installed.",
    )  # fmt: skip
    strict = click.option("--strict", is_flag=True, help="Stop if a plugin is faulty.")
    return load(strict(with_catalogue))  # type: ignore[return-value]  # It takes other arguments.


def _files_named(load: Sequence[str], options: Mapping[str, Any]) -> Iterator[Path]:
    """The files that a command is told to read, those in folders included."""
    for given in (load, *(options.get(name) or () for name in ("file", "files", "paths", "join"))):
        for name in [given] if isinstance(given, str) else given:
            path = Path(name.partition("::")[0])
            yield from scenario_files([path]) if path.is_dir() else [path]


def reading_options(command: Command) -> Command:
    """Adds --reading and --readings."""
    reading = click.option(
        "--reading", multiple=True, metavar="ID=ANSWER",
        help=(
            "Choose an interpretation of a doubtful text, such as IC-05=all, or say whether a provision "
            "that nobody has read is in the law, such as text.A22=yes; user, kind_of_user or country "
            "alone says how near to the end user reports must come, under every text."
        ),
    )  # fmt: skip
    readings = click.option(
        "--readings", type=click.Choice(["default", "open"]), default="default",
        help="Use the default interpretations, or leave every doubt open.",
    )  # fmt: skip
    return reading(readings(command))


def law_options(command: Command) -> Command:
    """Adds --as-of, --reading and --readings."""
    return as_of_option(reading_options(command))


def as_of_option(command: Command) -> Command:
    """Adds --as-of."""
    return click.option("--as-of", type=AS_OF_DAY, metavar=AS_OF, help="The date of the law to apply.")(
        command
    )


class _Language(click.Choice[str]):
    """A language in which the law is published, or of which a plugin has texts."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices and value in languages(installed().locales):
            return str(value)
        return super().convert(value, param, ctx)


def lang_option(
    command: Command,
    help: str = "The language of links to the law, such as nl.",
    kind: type[click.Choice[str]] = click.Choice,
) -> Command:
    """Adds --lang."""
    return click.option(
        "--lang", type=kind(LANGUAGES), default="en", show_default=True, metavar="LANG", help=help
    )(command)


def translation_option(what: str) -> Callable[[Command], Command]:
    """Adds --lang to a command whose output has translations."""
    text = f"The language of {what}, and of links to the law where it is published in it, such as nl."
    return partial(lang_option, help=text, kind=_Language)


def language_of(catalogue: Catalogue, lang: str) -> Language:
    """Returns a language with its texts; English where it has none."""
    translated = languages(catalogue.locales)
    return language(lang, catalogue.locales) if lang in translated else ENGLISH


class _FormChoice(click.Choice[Any]):
    """The forms of a command; of a document, those that plugins add as well."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        feature = None
        if value not in self.choices and "markdown" in self.choices:
            feature = installed().features[FORMS].get(value)
        return partial(feature.call, returns=(str,)) if feature else super().convert(value, param, ctx)


def format_option(*forms: str) -> Callable[[Command], Command]:
    """Adds --format, with the first form as the default."""
    return click.option("--format", "form", type=_FormChoice(forms), default=forms[0], show_default=True)


def presume_option(default: str, about: str = "every possible case") -> Callable[[Command], Command]:
    """Adds --presume: the layers of presumptions made about cases."""
    return click.option(
        "--presume", type=click.Choice(["none", *LAYERS]),
        help=f"The assumptions made about {about}.  [default: {default}]",
    )  # fmt: skip


def include_option(also: str) -> Callable[[Command], Command]:
    """Adds --include."""
    return click.option(
        "--include", default="", metavar="KINDS",
        help=f"Without files, also {also}: variants, replays, teaching (separated by commas).",
    )  # fmt: skip


_ruleset = partial(
    click.option, "-r", "--ruleset", multiple=True, metavar="ID", type=_RulesetType(),
    help="A ruleset; repeat for more.",
)  # fmt: skip
rulesets_option, required_rulesets_option = _ruleset("rulesets"), _ruleset("rulesets", required=True)
"""Add --ruleset, which gives rulesets; where it is not required, the usual ones by default."""

ruleset_ids_option = _ruleset("ids")
"""Adds --ruleset, which gives ids alone, for a command with a default of its own."""

scenario_option = click.option(
    "--scenario", metavar="ID", help="One scenario in a file that contains several."
)
"""Adds --scenario to a command on a file, which by default takes its only scenario, or all of them."""

as_if_from_option = click.option(
    "--as-if-from", type=click.Choice(["home"]),
    help="Treat the sale as if it were made from the home of each ruleset.",
)  # fmt: skip
exact_option = click.option("--exact", is_flag=True, help="Prove the ends of each span (extra 'prove').")
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace a file that already exists.")


# from options to what they name ---------------------------------------------------------------------


def layers_of(presume: str | None, default: str) -> tuple[str, ...]:
    """The layers of presumptions up to the one named."""
    last = presume or default
    return LAYERS[: LAYERS.index(last) + 1] if last in LAYERS else ()


def catalogue_of(load: Sequence[str] = (), strict: bool = False) -> Catalogue:
    """Returns what is installed and loaded; prints the problems of plugins to standard error."""
    catalogue = installed()
    for problem in catalogue.problems:
        echo(str(problem), err=True)
    if strict and catalogue.problems:
        raise UsageError("A plugin is faulty, and --strict was given.")
    for path in load:
        catalogue = catalogue.with_loaded(path)
    return catalogue


def _readings(pairs: Sequence[str], readings: str) -> Readings:
    """The readings that --reading and --readings name."""
    chosen = {}
    for pair in pairs:
        name, _, answer = pair.partition("=")
        if pair in READINGS:
            name, answer = ALL_TESTS, pair
        if not answer:
            expected = f"ID=ANSWER, such as IC-05=all, or {', '.join(READINGS)}"
            raise UsageError(f"--reading {pair!r}: expected {expected}.")
        chosen[name] = answer
    if readings == "open":
        if chosen:
            raise UsageError("--readings open leaves every doubt open; do not use --reading with it.")
        return "open"
    return chosen or None


def scenarios_of(
    catalogue: Catalogue, files: Sequence[str], include: str | None = None
) -> tuple[Scenario, ...]:
    """The scenarios in the files and folders named, or those that ship.

    With ``include``, only the documented ones that ship, and the kinds that it names.
    """
    library = Library(catalogue)
    if files:
        scenarios = library.cases(list(files))
        print_notices(scenarios, catalogue)
    else:
        scenarios = library.cases(None) if include is None else library.shipped(include)
    if not scenarios:
        raise UsageError(
            f"No scenario was found in {', '.join(files) or 'what is installed'}. Expected files that "
            "end in .yaml or .json, or folders of them."
        )
    return scenarios


def print_notices(scenarios: Sequence[Scenario], catalogue: Catalogue) -> None:
    """Prints to standard error what cases say and was read as something else, or not at all."""
    ids_by_notice: dict[str, dict[str, None]] = {}
    for case in scenarios:
        notices = assumed_facts(case, catalogue.vocabulary).notices
        for sentence in (*case.notes, *notices):
            ids_by_notice.setdefault(sentence, {})[case.id] = None
    for sentence, ids in ids_by_notice.items():
        echo(f"{', '.join(ids)}: {sentence}", err=True)


def plugin_named(name: str, catalogue: Catalogue, *others: str) -> Plugin:
    """The plugin of this name: its entry point, its distribution, or both joined by a colon."""
    found = [plugin for plugin in catalogue.plugins if name in plugin.names]
    if len(found) != 1:
        plugins = [plugin.name for plugin in catalogue.plugins]
        problem = "names several plugins" if found else "is not a plugin"
        hint = "" if found else did_you_mean(nearest(name, (*others, *plugins)))
        known = ", ".join((*others, *plugins)) or "none"
        raise UsageError(f"{name!r} {problem}. Expected one of those installed ({known}).{hint}")
    return found[0]


def loaded_from(folder: str, catalogue: Catalogue) -> tuple[Catalogue, list[Plugin], list[str]]:
    """The catalogue with what a folder offers, its plugins, and the ids of its rulesets."""
    extended = catalogue.with_loaded(folder)
    names = entry_points(Path(folder))
    own = [item for item in extended.plugins if item.name in names or item not in catalogue.plugins]
    ids = [name for plugin in own for name in plugin.rulesets]
    return extended, own, list(dict.fromkeys((*ids, *extended.added[len(catalogue.added) :])))


def _scenarios_in(catalogue: Catalogue, file: str, name: str | None) -> Sequence[Scenario]:
    """The scenario with this id in a file, or all scenarios where no id is given."""
    found = scenarios_of(catalogue, [file])
    return [Listing(found, "case")[name]] if name else found


def scenario_in(catalogue: Catalogue, file: str, name: str | None = None) -> Scenario:
    """The scenario with this id in a file, or its only one; several are never cut down to the first."""
    found = _scenarios_in(catalogue, file, name)
    if len(found) > 1:
        ids = ", ".join(scenario.id for scenario in found)
        raise UsageError(f"{file}: contains {len(found)} scenarios; name one with --scenario: {ids}.")
    return found[0]
