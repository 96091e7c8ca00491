"""Elements of HTML that escape by themselves; nothing is markup unless it was made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from regcompare.ruleset.rules import Outcome, Span
from regcompare.verdict.verdict import Verdict
from regcompare.views._colours import accents

__all__ = ["Html", "bullets", "chips", "joined_html", "link", "results", "table", "tag"]


class Html(str):
    """A text that is markup already."""

    __slots__ = ()


Piece = str | None

_SIGNS = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#x27;"}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
"""Signs that turn the direction of what follows, by which a text could pose as another."""


def escaped(value: str) -> Html:
    """Returns a text as markup that shows it; signs that cannot be shown stand as a box."""
    if isinstance(value, Html):
        return value
    value = _CONTROLS.sub("\ufffd", value)
    value = _TURNS.sub(lambda found: f"[U+{ord(found.group()):04X}]", value)
    return Html(value.translate(_SIGNS))


def tag(name: str, *children: Piece, **attributes: str | None) -> Html:
    """Returns an element; ``class_`` and the like lose their underscore, others become hyphens."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(escaped(child) for child in children if child)
    return Html(f"<{name}{named}>{inside}</{name}>")


def joined_html(parts: Iterable[Piece], between: str = "") -> Html:
    """Returns parts one after the other."""
    return Html(escaped(between).join(escaped(part) for part in parts if part))


def lines(text: str) -> Html:
    """Returns a text whose line breaks are kept."""
    return joined_html(text.split("\n"), Html("<br>"))


def bullets(items: Iterable[Piece], **attributes: str | None) -> Html:
    """Returns a list, or nothing where there is no item."""
    made = [tag("li", item) for item in items if item]
    return tag("ul", *made, **attributes) if made else Html("")


def paragraphs(texts: Iterable[str]) -> Html:
    """Returns each text as a paragraph."""
    return joined_html(tag("p", text) for text in texts if text)


def link(url: str, text: str) -> Html:
    """Returns a link to a page of the web; any other address stays text."""
    if not re.match(r"https?://[^\s]+\Z", url):
        return joined_html([text, f"({url})"], " ") if url else escaped(text)
    return tag("a", text, href=url, rel="noreferrer")


def table(
    caption: str, head: Sequence[Piece], rows: Iterable[Sequence[Piece]], *, name: str = ""
) -> Html:
    """Returns a table with caption and header scopes, that scrolls by itself where it is too wide.

    Args:
        caption: What the table shows.
        head: The headings of the columns.
        rows: The rows; the first cell heads its row.
        name: A class for its layout.
    """
    titles = joined_html(tag("th", title, scope="col") for title in head)
    body = [
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in others))
        for first, *others in rows
    ]
    whole = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", titles)),
        tag("tbody", *body),
        class_=name or None,
    )
    return tag("div", whole, class_="scroll", tabindex="0", role="group", aria_label=caption)


def chips(span: Span) -> Html:
    """Returns the outcomes of a span, each with its shape, word and colour."""
    shown = [
        tag(
            "span",
            tag("span", look.glyph, aria_hidden="true"),
            f" {look.word}",
            class_=f"outcome {look.slug}",
        )
        for look in accents(span)
    ]
    return tag("span", joined_html(shown, " to "), class_="span")


def outcome_chip(word: str) -> Html:
    """Returns one outcome, named as in files."""
    outcome = Outcome.read(word)
    return chips(Span(outcome, outcome))


def span_chips(low: str, high: str) -> Html:
    """Returns a span, whose ends are named as in files."""
    return chips(Span(Outcome.read(low), Outcome.read(high)))


def results(verdict: Verdict) -> Html:
    """Returns a result with its colours, or why there is none."""
    if verdict.span is None:
        return tag("span", verdict.result, class_="none")
    scope = " (whether it applies is open)" if verdict.in_scope is None else ""
    return joined_html([chips(verdict.span), scope])
