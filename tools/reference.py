"""Writes the generated pages of the reference: ``python tools/reference.py``; tests compare them."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click

from regcompare.cli import main
from regcompare.facts import Fact, Same, facts_of
from regcompare.plugins import Catalogue
from regcompare.rules import Outcome
from regcompare.rulesets import Ruleset
from regcompare.show.pipes import pipe_table
from regcompare.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
PUBLIC = {
    "To compare": (
        "regcompare",
        "regcompare.plugins",
        "regcompare.compare",
        "regcompare.assess",
        "regcompare.verdicts",
        "regcompare.safeguards",
        "regcompare.timeline",
        "regcompare.scenarios",
        "regcompare.files",
        "regcompare.show.pictures",
        "regcompare.show.report",
    ),
    "To write rulesets": (
        "regcompare.conditions",
        "regcompare.facts",
        "regcompare.vocabulary",
        "regcompare.codes",
        "regcompare.code_lists",
        "regcompare.law",
        "regcompare.rules",
        "regcompare.chapters",
        "regcompare.provisions",
        "regcompare.rulesets",
        "regcompare.dated",
        "regcompare.testing",
        "regcompare.errors",
    ),
    "Whole registers": (
        "regcompare.screening",
        "regcompare.readings.frames",
        "regcompare.register",
    ),
    "Every possible case": (
        "regcompare.analysis.regimes",
        "regcompare.analysis.proofs",
        "regcompare.analysis.gaps",
        "regcompare.analysis.maps",
        "regcompare.analysis.changes",
        "regcompare.analysis.contribution",
        "regcompare.analysis.spans",
        "regcompare.analysis.witness",
        "regcompare.readings.words",
        "regcompare.readings.lexicon",
        "regcompare.readings.solver",
    ),
}
"""The modules whose names may be relied on, by what one wants to do; no other list of them exists."""


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Returns the name of each generated page with its text."""
    rulesets = list(catalogue.rulesets.values())
    found = {
        "facts.md": facts_page(catalogue.vocabulary),
        "outcomes.md": outcomes_page(),
        "interpretations.md": interpretations_page(rulesets),
        "not-encoded.md": not_encoded_page(rulesets),
        "commands.md": commands_page(),
        "python.md": python_page(),
        "python-in-full.md": python_in_full_page(),
    }
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in found.items()}


def facts_page(vocabulary: Vocabulary) -> Iterator[str]:
    """Every question with its answers, section by section, and what cannot be."""
    yield from _head(
        "Facts",
        "A fact is one named question about a transaction.",
        "A fact that is not stated is unknown, never false; every fact may also be stated as `unknown`.",
        "A set is a bundle of yes/no questions, one a member: a list is closed, and `{known: [...], "
        "open: [...]}` leaves members open.",
    )
    for cls in vocabulary.sections:
        yield f"## {cls.__title__} (`{cls.__section__}:`)"  # type: ignore[attr-defined]
        yield ""
        for fact in facts_of(cls).values():
            yield from _fact(fact)
    yield from ["## What cannot be otherwise", ""]
    yield from ["A scenario that breaks one of these is refused with the facts that break it.", ""]
    yield from (f"- {_escaped(item.sentence)}" for item in vocabulary.constraints)


def _fact(fact: Fact) -> Iterator[str]:
    yield from [f"### `{fact.key}`", "", fact.question]
    if fact.help:
        yield _escaped(fact.help)
    yield ""
    labels = fact.labels()
    if fact.kind in ("choice", "set"):
        rows = [(f"`{answer}`", _escaped(label)) for answer, label in labels.items()]
        yield from [pipe_table(("answer" if fact.kind == "choice" else "member", "meaning"), rows), ""]
    else:
        yield from [f"Answer: {_escaped(fact.expected())}", ""]
    yield f"Who can change it: {fact.changed_by}."
    if isinstance(fact.ordinary, Same):
        yield f"Ordinary answer: as `{fact.ordinary.fact}`."
    elif fact.ordinary is not None:
        written = fact.write(fact.convert(fact.ordinary))
        told = ", ".join(written) or "none" if isinstance(written, list) else written
        yield f"Ordinary answer: {told}."
    yield ""


def outcomes_page() -> Iterator[str]:
    """The outcomes, weakest first."""
    yield from _head(
        "Outcomes",
        "An outcome is the gate that the export has to pass, not what becomes of it afterwards.",
        "The strictest rule that holds decides, and every rule that holds is reported.",
        "A span `low..high` is the least and the greatest outcome that the stated facts allow.",
    )
    rows = [(str(int(item)), f"`{item.word}`", item.meaning) for item in Outcome]
    yield pipe_table(("rank", "outcome", "meaning"), rows)
    yield ""
    yield "Outside the scope of a ruleset, or outside its period in force, there is no outcome."
    yield "The result then says *out of scope* or *not in force*."


def interpretations_page(rulesets: list[Ruleset]) -> Iterator[str]:
    """Every doubt in a text with its readings."""
    yield from _head(
        "Interpretations",
        "Where a text is in doubt, the ruleset names the question and its possible readings.",
        "It takes one of them by default, and says why.",
        "`--reading ID=ANSWER` takes another reading, `--readings open` leaves every doubt open.",
    )
    for ruleset in rulesets:
        doubts = ruleset.provisions.interpretations
        if doubts:
            yield from [f"## {ruleset.title} (`{ruleset.id}`)", ""]
        for item in doubts:
            yield from [f"### `{item.id}`", "", f"{_escaped(item.question)} ({item.cite})", ""]
            for name, says in item.readings.items():
                mark = " *(default)*" if name == item.default else ""
                yield f"- `{name}`{mark}: {_escaped(says)}"
            yield from ["", f"Reason for the default: {_escaped(item.reason)}", ""]


def not_encoded_page(rulesets: list[Ruleset]) -> Iterator[str]:
    """What is deliberately left out."""
    yield from _head(
        "What is not encoded",
        "What a ruleset leaves out is declared at its place, with the reason.",
        "A verdict lists it too.",
    )
    for ruleset in rulesets:
        if ruleset.provisions.not_encoded:
            rows = [
                (_escaped(str(item.cite)), _escaped(item.what), _escaped(item.why))
                for item in ruleset.provisions.not_encoded
            ]
            yield from [f"## {ruleset.title} (`{ruleset.id}`)", ""]
            yield from [pipe_table(("provision", "what is left out", "why"), rows), ""]


def commands_page() -> Iterator[str]:
    """Every command with the help that it prints."""
    yield from _head(
        "Commands",
        "JSON goes to standard output alone, talk to standard error.",
        "In CSV, a text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a "
        "tab or a line break) has an apostrophe before it; numbers stay as they are. The output of "
        "`screen` holds every text as it was unless `--spreadsheet-safe` is given; its file of bad rows "
        "is always safe.",
        "Exit status: 0 done, 1 a finding that was asked for (`check`, `lint`, `--fail-on`, "
        "`--max-bad`), 2 bad usage, a bad file, or output that cannot be written, 130 stopped with "
        "Ctrl-C, 141 nobody reads the output any more.",
    )
    yield from _help(main, "regcompare")
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command
        yield from _help(command, f"regcompare {name}")


def _help(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(
        command, info_name=name, terminal_width=96, max_content_width=96,
        help_option_names=["-h", "--help"],
    )  # fmt: skip
    yield from [f"## `{name}`", "", "```text", command.get_help(context), "```", ""]


def python_page() -> Iterator[str]:
    """The modules that may be relied on, each with a sentence and its names."""
    yield from _head(
        "Python",
        "The modules below, and of each the names listed, may be relied on.",
        "[The promise](hooks.md) says how a change is announced.",
        "Names that begin with an underscore, and modules that are not listed, may change at any time.",
        "Most is imported from `regcompare` itself.",
        "[Arguments, results and errors of each name](python-in-full.md) stand on a page of their own, "
        "which the built site fills in; in a clone, `help()` shows the same.",
    )
    for title, modules in PUBLIC.items():
        yield from [f"## {title}", ""]
        for name in modules:
            module = importlib.import_module(name)
            yield from [f"### `{name}`", "", _first_line(module), ""]
            yield from _names(module)


def _names(module: ModuleType) -> Iterator[str]:
    """The names of a module, its own classes and functions with a sentence each."""
    held = {name: getattr(module, name) for name in module.__all__}
    told = {name: _first_line(item) for name, item in held.items() if _lives_in(item, module)}
    if told:
        rows = [(f"`{name}`", says) for name, says in told.items()]
        yield from [pipe_table(("name", "what it is"), rows), ""]
    others = [f"`{name}`" for name in held if name not in told]
    if others:
        yield from [f"{'Also' if told else 'From here are imported'}: {', '.join(others)}.", ""]


def _lives_in(item: object, module: ModuleType) -> bool:
    """Whether a class or function is written in this module, or in a package of it."""
    if not (inspect.isclass(item) or inspect.isfunction(item)) or module.__name__ == "regcompare":
        return False
    return f"{item.__module__}.".startswith(f"{module.__name__}.")


def _first_line(item: object) -> str:
    return (inspect.getdoc(item) or "").partition("\n")[0].replace("``", "`")


def python_in_full_page() -> Iterator[str]:
    """The docstrings of every public module, for the site to fill in."""
    yield from _head(
        "Python in full",
        "The site shows here every docstring of [the modules that may be relied on](python.md).",
    )
    for name in (name for modules in PUBLIC.values() for name in modules if "." in name):
        yield from [f"## `{name}`", "", "```{eval-rst}", f".. automodule:: {name}", "```", ""]


def _head(title: str, *sentences: str) -> Iterator[str]:
    yield from [f"# {title}", "", "<!-- generated by tools/reference.py -->", "", *sentences, ""]


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


if __name__ == "__main__":
    # It runs the commands, so that it has a test of its own.
    from json_reference import json_page

    for page, text in {**pages(Catalogue.installed()), "json.md": json_page()[0]}.items():
        (FOLDER / page).write_text(text, encoding="utf-8")
        print(page)
