"""What a text of a case or a plugin becomes in each form: the same text, and nothing else."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from regcompare import DefinitionError
from regcompare.law import Instrument
from regcompare.views.document import Document, Link, Paragraph, Section, Table
from regcompare.views.escapes import latex, markdown, safe_address
from regcompare.views.html import fragment_text
from regcompare.views.markup import latex_text, markdown_text

HOSTILE = "![a](http://e/x.png) [l](javascript:alert(1)) <script>x</script> `c` **b** | # h"
MARKDOWN = MarkdownIt("commonmark").enable("table")


@given(st.text("ab1.)(*_`~#>+-=[]!|<&;\\ \n", max_size=30))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    """A reader of Markdown finds one paragraph of plain text."""
    shown = MARKDOWN.render(markdown(f"a{text}").strip())
    alone = MARKDOWN.render(markdown(text.strip()))

    for rendered, expected in ((shown, f"a{text}"), (alone, text)):
        assert not re.search(r"<(?!/?p>|/?code>|br>|br />)", rendered)
        plain = unescape(re.sub(r"<.*?>", " ", rendered))
        ids_as_code = re.sub(r"(?<!`)`([\w.:=-][\w .:=-]*)`(?!`)", r" \1 ", expected)
        assert plain.split() == ids_as_code.split()


def test_a_title_is_text_in_every_form() -> None:
    """No picture, link, code or element comes from a title, a cell or a heading."""
    table = Table(HOSTILE, ("h", HOSTILE), [(HOSTILE, HOSTILE)])
    document = Document(HOSTILE, [HOSTILE, Section(HOSTILE, [table])])

    rendered = MARKDOWN.render(markdown_text(document))
    tags = set(re.findall(r"<(\w+)", rendered))
    assert tags <= {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert "<script" not in fragment_text(document)
    assert r"\[l\](javascript" in markdown_text(document)
    assert latex_text(document).count(latex(HOSTILE)) >= 5


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/x?y=1&z=2#art_3", "https://a.example/x?y=1&z=2#art_3"),
        ("https://a.example/a_(b)", "https://a.example/a_%28b%29"),
        ("http://a.example/{x}\\^", "http://a.example/%7Bx%7D%5C%5E"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://a.example/ x", ""),
        ("//a.example", ""),
    ],
)
def test_only_addresses_on_the_web_are_links(address: str, safe: str) -> None:
    """Any other stays text, and none can end the link that it stands in."""
    document = Document("", [Paragraph((Link("here", address),))])

    assert safe_address(address) == safe
    assert ("](" in markdown_text(document)) is bool(safe)
    assert ("href" in fragment_text(document)) is bool(safe)
    assert (r"\href" in latex_text(document)) is bool(safe)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.a.example", "https://a b"])
def test_a_text_of_law_has_an_address_on_the_web_or_none(address: str) -> None:
    """The error says what was found and what to write."""
    with pytest.raises(DefinitionError, match=r"Instrument: address= takes an address that starts with"):
        Instrument("Act", "An act", "nowhere", address=address)
