"""The generated parts of the reference: facts, doubts, commands, modules.

A page has its opening, and a mark where a part belongs; ``docs/conf.py`` fills it in.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType

import click

from regcompare.cli import main
from regcompare.facts import Fact, Same, facts_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.escapes import markdown
from regcompare.views.pipes import pipe_table
from regcompare.views.vocabulary import concordance_text

from .coverage import coverage_markdown
from .evidence import evidence_markdown
from .json_reference import json_lines

MARK = re.compile(r"<!-- filled in by the site: ([\w-]+) -->\n")
"""The mark in a page that the site replaces by a part of the reference."""

PUBLIC = {
    "To compare": ("regcompare",),
    "To write rulesets": ("regcompare.authoring", "regcompare.testing"),
    "Whole registers": ("regcompare_registers.bulk",),
}
"""The modules whose names may be relied on, by purpose; no other list of them exists."""

BEHIND = (
    "regcompare.plugins.catalogue",
    "regcompare.facts",
    "regcompare.logic.conditions",
    "regcompare.comparison.safeguards",
    "regcompare.comparison.timeline",
    "regcompare.scenario.files",
    "regcompare.cli.options",
    "regcompare.cli.streams",
    "regcompare.views.brief",
    "regcompare.views.document",
    "regcompare.views.render",
    "regcompare_page.pictures",
    "regcompare_prove.proofs",
    "regcompare_prove.frames",
    "regcompare_prove.gaps",
    "regcompare_prove.maps",
    "regcompare_prove.changes",
    "regcompare_prove.contribution",
    "regcompare.words.words",
    "regcompare.words.lexicon",
    "regcompare_prove.solver",
)
"""Modules behind them that some pages use."""


def with_parts(page: str) -> str:
    """Returns a page with its marks replaced by the parts."""
    return MARK.sub(lambda mark: "\n".join(PARTS[mark[1]](Catalogue.installed())), page)


def facts_part(catalogue: Catalogue) -> Iterator[str]:
    """Every question with its answers, section by section, and the constraints."""
    for cls in catalogue.vocabulary.sections:
        yield f"## {cls.__title__} (`{cls.__section__}:`)"  # type: ignore[attr-defined]
        yield ""
        for fact in facts_of(cls).values():
            yield from _fact(fact)
    yield from ["## What is impossible", ""]
    yield from [
        (
            "A scenario that breaks one of these is refused, and the message names the facts that break "
            "it."
        ),
        "",
    ]
    yield from (f"- {markdown(item.sentence)}" for item in catalogue.vocabulary.constraints)


def _fact(fact: Fact) -> Iterator[str]:
    yield from [f"### `{fact.key}`", "", fact.question]
    if fact.help:
        yield markdown(fact.help)
    yield ""
    labels = fact.labels()
    if fact.kind in ("choice", "set"):
        rows = [(f"`{answer}`", markdown(label)) for answer, label in labels.items()]
        yield from [pipe_table(("answer" if fact.kind == "choice" else "member", "meaning"), rows), ""]
    else:
        yield from [f"Answer: {markdown(fact.expected())}", ""]
    yield f"Who can change it: {fact.changed_by}."
    if isinstance(fact.ordinary, Same):
        yield f"Ordinary answer: as `{fact.ordinary.fact}`."
    elif fact.ordinary is not None:
        answer = fact.write(fact.convert(fact.ordinary))
        words = ", ".join(answer) or "none" if isinstance(answer, list) else answer
        yield f"Ordinary answer: {words}."
    yield ""


def concordance_part(_: Catalogue) -> Iterator[str]:
    """Each code of another numbering scheme that was compared."""
    yield concordance_text("markdown")


def outcomes_part(_: Catalogue) -> Iterator[str]:
    """The outcomes, weakest first."""
    rows = [(str(item.rank), f"`{item.word}`", item.meaning) for item in Outcome]
    yield pipe_table(("rank", "outcome", "meaning"), rows)
    yield ""
    yield "Outside the scope of a ruleset, or outside its period in force, there is no outcome."
    yield "The result then says *out of scope* or *not in force*."


def interpretations_part(catalogue: Catalogue) -> Iterator[str]:
    """Every doubt in a text with its readings."""
    for ruleset in catalogue.rulesets.values():
        doubts = ruleset.provisions.interpretations
        if doubts:
            yield from [f"## {ruleset.title} (`{ruleset.id}`)", ""]
        for item in doubts:
            yield from [f"### `{item.id}`", "", f"{markdown(item.question)} ({item.cite})", ""]
            for name, says in item.readings.items():
                mark = " *(default)*" if name == item.default else ""
                yield f"- `{name}`{mark}: {markdown(says)}"
            yield from ["", f"Reason for the default: {markdown(item.reason)}", ""]


def not_encoded_part(catalogue: Catalogue) -> Iterator[str]:
    """What is deliberately left out."""
    for ruleset in catalogue.rulesets.values():
        if ruleset.provisions.not_encoded:
            rows = [
                (markdown(str(item.cite)), markdown(item.what), markdown(item.why))
                for item in ruleset.provisions.not_encoded
            ]
            yield from [f"## {ruleset.title} (`{ruleset.id}`)", ""]
            yield from [pipe_table(("provision", "what is left out", "why"), rows), ""]


def commands_part(_: Catalogue) -> Iterator[str]:
    """Every command with the help that it prints."""
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


def python_part(_: Catalogue) -> Iterator[str]:
    """The modules that may be relied on, each with a sentence and its names."""
    for title, modules in PUBLIC.items():
        yield from [f"## {title}", ""]
        for name in modules:
            module = importlib.import_module(name)
            yield from [f"### `{name}`", "", _first_line(module), ""]
            yield from _names(module)
    yield from [
        "## Behind them",
        "",
        "Some pages use these modules; they may change in any release.",
        "",
    ]
    rows = [(f"`{name}`", _first_line(importlib.import_module(name))) for name in BEHIND]
    yield from [pipe_table(("module", "what it is for"), rows), ""]


def _names(module: ModuleType) -> Iterator[str]:
    """The names of a module, its classes, functions and modules with a sentence each."""
    items = {name: getattr(module, name) for name in module.__all__}
    documented = {name: item for name, item in items.items() if _has_docstring(item)}
    rows = [(f"`{name}`", _first_line(item)) for name, item in documented.items()]
    yield from [pipe_table(("name", "what it is"), rows), ""]
    others = [f"`{name}`" for name in items if name not in documented]
    if others:
        yield from [f"Also: {', '.join(others)}.", ""]


def _has_docstring(item: object) -> bool:
    return inspect.isclass(item) or inspect.isfunction(item) or inspect.ismodule(item)


def _first_line(item: object) -> str:
    return (inspect.getdoc(item) or "").partition("\n")[0].replace("``", "`")


def docstrings_part(_: Catalogue) -> Iterator[str]:
    """The docstrings of every public module, for the site to fill in."""
    documented: list[str] = []
    for name in (name for modules in PUBLIC.values() for name in modules):
        options = [
            "   :imported-members:",
            *([f"   :exclude-members: {', '.join(documented)}"] if documented else []),
        ]
        module = [f".. automodule:: {name}", *options]
        yield from [f"## `{name}`", "", "```{eval-rst}", *module, "```", ""]
        documented += importlib.import_module(name).__all__
        if name == "regcompare":  # The first that has rulesets, whose methods help() leaves out.
            methods = [item for item, value in vars(Ruleset).items() if inspect.isfunction(value)]
            listed = [f".. automethod:: regcompare.Ruleset.{item}" for item in methods if item[0] != "_"]
            yield from ["```{eval-rst}", *listed, "```", ""]


def evidence_part(catalogue: Catalogue) -> Iterator[str]:
    """How every provision and row of a table is known."""
    yield evidence_markdown(catalogue.rulesets.values())


def json_part(_: Catalogue) -> Iterator[str]:
    """The fields of what each command prints; it runs the commands.

    Raises:
        ValueError: A field is not explained, or what is explained is not printed.
    """
    lines, faults = json_lines()
    if faults:
        raise ValueError("\n".join(faults))
    yield from lines


PARTS: Mapping[str, Callable[[Catalogue], Iterator[str]]] = {
    "facts": facts_part,
    "outcomes": outcomes_part,
    "interpretations": interpretations_part,
    "not-encoded": not_encoded_part,
    "commands": commands_part,
    "python": python_part,
    "docstrings": docstrings_part,
    "concordance": concordance_part,
    "coverage": coverage_markdown,
    "evidence": evidence_part,
    "json": json_part,
}
"""Each part of the reference by the name in its mark."""
