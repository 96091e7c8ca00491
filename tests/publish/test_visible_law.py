"""What a law in a file says is printed so that a terminal obeys nothing in it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from regcompare.cli import main

HOSTILE = "\x1b]8;;http://example.invalid\x07red\x1b[31m \u202egnp.exe\u2066 \x9b2J\r\u200f\x7f\u2028"
OBEYED = "\x1b\x07\u202e\u2066\x9b\r\u200f\x7f\u2028"


def is_plain(text: str) -> bool:
    """Whether a terminal shows a text as it is."""
    return not set(text) & set(OBEYED)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_commands_print_nothing_that_a_terminal_obeys(tmp_path, form: str) -> None:
    """What comes from a file in Python, loaded with --load, is shown in every form."""
    law = tmp_path / "law.py"
    law.write_text(LAW.format(text=HOSTILE), encoding="utf-8")

    made = CliRunner().invoke(main, ["show", "hostile", "--load", str(law), "--format", form])

    assert made.exit_code == 0, made.output
    assert is_plain(made.stdout), repr(made.stdout)
    assert "\\u202e" in made.stdout


LAW = """
from regcompare.authoring import *
import datetime as dt
ACT = Instrument("Act", "An act", "nowhere")
SAID = {text!r}
chapter = Chapter()
chapter.rule(ACT["Art. 1"], "A licence is needed.", when=TRUE, then=Outcome.AUTHORISATION,
             triggered_by=Trigger.ACT, checked=EvidenceLevel.TEXT)
HOSTILE = Ruleset(
    "hostile", SAID, status="proposal", instruments=(ACT,), reference_date=dt.date(2020, 1, 1),
    provisions=(chapter,),
    covers=("export",),
)
"""
