"""What a terminal would obey, and what Markdown would take for markup, is shown as it is."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from regcompare import Scenario, UsageError
from regcompare._visible import visible
from regcompare.cli import main
from regcompare.errors import Problem
from regcompare.views.escapes import markdown
from regcompare.views.markup import pipe_table

HOSTILE = "\x1b]8;;http://example.invalid\x07red\x1b[31m \u202egnp.exe\u2066 \x9b2J\r\u200f\x7f\u2028"
OBEYED = "\x1b\x07\u202e\u2066\x9b\r\u200f\x7f\u2028"


def is_plain(text: str) -> bool:
    """Whether a terminal shows a text as it is."""
    return not set(text) & set(OBEYED)


def test_what_a_terminal_obeys_is_shown_by_its_number() -> None:
    """Controls, escape sequences and marks of direction stand there; line ends and tabs stay."""
    assert visible("a\n\tb \x1b[31m\u202e\x9b") == "a\n\tb \\u001b[31m\\u202e\\u009b"
    assert is_plain(visible(HOSTILE))


@given(st.text())
def test_json_stays_the_same_json(text: str) -> None:
    """A number is how JSON writes a letter, so nothing is lost where output is piped on."""
    assert json.loads(visible(json.dumps([text], ensure_ascii=False))) == [text]


@pytest.mark.parametrize(
    "shown",
    [
        str(UsageError(f"There is no {HOSTILE}.")),
        str(Problem(HOSTILE, 1, 1, "RC201", HOSTILE, HOSTILE, HOSTILE)),
        repr(Scenario(id=HOSTILE, title=HOSTILE)),
    ],
)
def test_errors_and_names_in_python_are_plain(shown: str) -> None:
    """A notebook or a shell that prints them obeys nothing in them."""
    assert is_plain(shown)


def test_an_argument_of_ones_own_is_shown_too() -> None:
    """A refusal repeats what was typed, plainly."""
    made = CliRunner().invoke(main, ["show", HOSTILE])

    assert made.exit_code == 2
    assert is_plain(made.output)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a|b", r"a\|b"),
        ("`a|b`", r"\`a\|b\`"),
        ("<script>alert(1)</script> &amp;", "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;"),
        ("![x](http://e)", r"!\[x\](http://e)"),
        ("no_control _x_", r"no_control \_x\_"),
        ("two\nlines", "two<br>lines"),
        (r"a\|b", r"a\\\|b"),
    ],
)
def test_a_cell_of_markdown_shows_its_text(text: str, cell: str) -> None:
    """Pipes, backticks, links and HTML are text."""
    assert markdown(text) == cell
    assert pipe_table(["h"], [[cell]]).splitlines()[-1] == f"| {cell} |"
