"""Functions that make a text harmless, one for each form of output, used wherever it is written.

A text of a case, a plugin or a user is shown as it is, and is never a link, a picture, a table or code.
In a terminal and in JSON ``visible`` does that, in CSV the standard library.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from regcompare._support.fields import ON_THE_WEB

_MARKDOWN_SIGNS = re.compile(r"(?<!`)`[\w.:=-][\w .:=-]*`(?!`)|[\\`*|\[\]~]|(?<!\w)_|_(?!\w)")
"""Signs to escape, after a word between backticks, which is left: so our texts write ids."""
_MARKDOWN_BLOCK = re.compile(
    r"\s*(?=#{1,6}(?:\s|$)|[+-](?:\s|$)|(?:=+|-+)\s*$)|\s*\d{1,9}(?=[.)](?:\s|$))"
)
"""Text before the sign that begins a heading, a quotation or a list."""
_LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "#$%&_"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "\u2192": r"$\rightarrow$",
        # BibTeX counts braces even after a backslash, so they are written by name.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        # A bracket at the start of a line would be read as an option of the preceding command.
        "[": "{[}",
        "]": "{]}",
    }
)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BESIDE = re.compile(r"\w[\w./-]*(?:#[\w-]+)?")
"""The address of a page beside the one that is written."""


def html(text: str) -> str:
    """Returns a text for an element of HTML, SVG or other XML; templates escape theirs alike."""
    return escape(text, quote=False)


def markdown(text: str) -> str:
    """Returns a text for a line of Markdown or a cell of its tables."""
    text = _MARKDOWN_SIGNS.sub(lambda sign: sign[0] if sign[0][1:] else f"\\{sign[0]}", text)
    if begins := _MARKDOWN_BLOCK.match(text):
        text = f"{begins[0]}\\{text[begins.end() :]}"
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "<br>")


def latex(text: str) -> str:
    """Returns a text for LaTeX or a field of BibTeX."""
    return text.translate(_LATEX).replace("--", "-{}-")


def safe_address(address: str) -> str:
    """Returns an address on the web, or of a page beside, that ends no link; blank if it is another."""
    if not (ON_THE_WEB.fullmatch(address) or _BESIDE.fullmatch(address)):
        return ""
    return re.sub(r"[^\w.~:/?#@!$&*+,;=%-]", lambda sign: quote(sign[0], errors="replace"), address)
