"""One document in every form: nothing is lost, nothing is taken for markup, nothing is too wide."""

from __future__ import annotations

import re

import pytest

from regcompare.ruleset.rules import Outcome, Span
from regcompare.views.document import (
    Bullets,
    Document,
    Entry,
    Item,
    Link,
    Note,
    Outcomes,
    Section,
    Strong,
    Table,
    outline,
    stacked,
)
from regcompare.views.render import Form, render

TABLE = Table(
    "Outcomes",
    ("case", "one law\nas of 2020", "another law"),
    [
        (
            "a",
            [
                [Outcomes(Span(Outcome.NO_CONTROL, Outcome.REFUSAL), "no_control..refusal")],
                [Note("Art. 5")],
            ],
            "silent",
        )
    ],
)


DOCUMENT = Document(
    "A title",
    [
        ("Said by ", Link("the act", "https://a.example/x?y=1&z=2"), ", ", Strong("100% sure"), "."),
        Section(
            "Findings",
            [
                Bullets([Item("above", (Item("below"),))]),
                Entry("Art. 3", ["It holds because:", Bullets(["a_b & <c>"])]),
                TABLE,
            ],
        ),
        Section("Empty", [Bullets([]), Table("Nothing", ("a",), [])]),
    ],
)


FORMS: tuple[Form, ...] = ("text", "terminal", "markdown", "latex", "html", "page")


def bare(text: str) -> str:
    """A text without what a terminal obeys."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_every_word_and_no_empty_section(form: Form) -> None:
    """Title, headings, items and cells are in each form; a section with nothing in it is not."""
    text = bare(render(DOCUMENT, form))

    for word in ("A title", "Findings", "above", "below", "Art. 3", "case", "silent", "the act"):
        assert word in text
    assert "Empty" not in text
    assert "Nothing" not in text


def test_text_is_as_follows() -> None:
    """Plain text: headings underlined, what belongs to an entry indented, no addresses of links."""
    assert render(DOCUMENT) == TEXT


TEXT = """\
A title
=======

Said by the act, 100% sure.

Findings
--------
- above
  - below

Art. 3
  It holds because:
  - a_b & <c>

case    one law              another law
        as of 2020
------  -------------------  -------------
a       no_control..refusal  silent
        Art. 5
"""[:-1]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("markdown", "- a_b & &lt;c&gt;"),
        ("latex", r"\item a\_b \& \textless{}c\textgreater{}"),
        ("html", "<li>a_b &amp; &lt;c&gt;</li>"),
    ],
)
def test_what_a_form_would_take_for_markup_is_escaped(form: Form, shown: str) -> None:
    """Signs that mean something in a form are shown as they are."""
    assert shown in render(DOCUMENT, form)


def test_a_narrow_terminal_stacks_columns() -> None:
    """A row of a wide table becomes a block; no line is longer than the terminal is wide."""
    wide, narrow = (bare(render(DOCUMENT, "terminal", width=width)) for width in (140, 30))

    assert re.search(r"^case +one law", wide, re.MULTILINE) or "as of 2020" in wide
    assert "  another law: silent" in narrow.splitlines()
    assert max(map(len, narrow.splitlines())) <= 30


def test_short_columns_stay_a_table() -> None:
    """Four columns of figures fit a terminal of eighty columns; four of sentences do not."""
    figures, sentences = (
        Document("", [Table("Rows", ("result", "one", "two", "three"), [(cell,) * 4])])
        for cell in ("12..40", "a sentence that is longer than its column")
    )

    assert "12..40    12..40  12..40  12..40" in bare(render(figures, "terminal", width=80))
    assert "  two: a sentence" in bare(render(sentences, "terminal", width=80))


def test_a_terminal_without_colours_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves no colour and no link."""
    monkeypatch.setenv("NO_COLOR", "1")

    shown = render(DOCUMENT, "terminal", width=80)
    assert not re.search(r"\x1b\[[\d;]*3\d", shown)
    assert "\x1b]8" not in shown


def test_what_a_terminal_would_obey_is_shown() -> None:
    """A text cannot speak to the terminal."""
    shown = render(Document("", ["red \x1b[31m"]), "terminal", width=80)

    assert shown == "red \\u001b[31m"


def test_rows_are_stacked_as_entries() -> None:
    """Each row becomes an entry, and what fits on one line follows its heading."""
    (row,) = stacked(TABLE)

    assert row.head == (Strong("a"),)
    assert row.blocks[1] == Entry(("another law: ", "silent"))


def test_an_outline_is_nested() -> None:
    """Depths become lists within lists."""
    assert outline([(0, "a"), (1, "b"), (1, "c"), (0, "d")]) == Bullets(
        [Item("a", (Item("b"), Item("c"))), Item("d")]
    )
