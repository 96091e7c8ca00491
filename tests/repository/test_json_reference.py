"""The page on JSON has a place for every command; building the site checks every field."""

from __future__ import annotations

import click
from tools.json_reference import OUTPUTS

from regcompare.cli import main


def test_every_command_with_json_is_described() -> None:
    """A command that prints JSON has a place on the page."""
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    forms = {
        name: parameter.type.choices
        for name, command in commands.items()
        if command
        for parameter in command.params
        if parameter.name == "form" and isinstance(parameter.type, click.Choice)
    }

    described = {output.title.partition(" ")[0] for output in OUTPUTS}

    assert described == {name for name, choices in forms.items() if "json" in choices}
