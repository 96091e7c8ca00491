"""The page on JSON tells every field that the commands print; ``REGCOMPARE_RECORD=1`` records it anew."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from tests.recording import RECORD
from tools.json_reference import json_page
from tools.json_reference.examples import PRINTED

from regcompare.cli import main

pytestmark = pytest.mark.thorough

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "json.md"


@pytest.fixture(scope="module")
def made() -> tuple[str, list[str]]:
    """The page as it is generated, recorded where that is asked for, and what is wrong with it."""
    text, faults = json_page()
    if RECORD:
        PAGE.write_text(text, encoding="utf-8")
    return text, faults


def test_the_page_is_up_to_date(made: tuple[str, list[str]]) -> None:
    """What is committed is what the commands print now."""
    assert PAGE.read_text(encoding="utf-8") == made[0]


def test_every_field_has_a_meaning_and_every_meaning_a_field(made: tuple[str, list[str]]) -> None:
    """A field that is printed is explained, and what is explained is printed."""
    assert made[1] == []


def test_every_command_with_json_is_told() -> None:
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

    told = {printed.title.partition(" ")[0] for printed in PRINTED}

    assert told == {name for name, choices in forms.items() if "json" in choices}
