"""A document in any form, by the name of the form."""

from __future__ import annotations

import os
import shutil
from typing import Literal

from regcompare._visible import visible

from .document import Document

Form = Literal[
    "text", "table", "terminal", "markdown", "latex", "article", "html", "page", "csv", "json"
]
"""The forms of a document; ``csv`` and ``json`` are forms of data, which a view writes itself."""

WIDTH = 96
"""How many characters a line of plain text has."""
TABLE_WIDTH = 136
"""How many a line of a table may have, where nothing asks for less."""


def render(
    document: Document, form: Form = "text", *, width: int | None = None, links: bool = False
) -> str:
    """Returns a document in a form.

    Args:
        document: The document.
        form: ``text`` for a pipe or a file, the same everywhere, also called ``table``; ``terminal``
            for a terminal, in its width and with colours; ``markdown``; ``latex`` for a part of a paper,
            ``article`` for a whole LaTeX document; ``html`` for a part of a page, such as a notebook
            shows, ``page`` for a page of its own.
        width: How many characters a line of text may have.
        links: Whether text prints the addresses of links; the other forms always lead to them.
    """
    if form == "terminal":
        from .terminal import terminal_text

        columns = width or shutil.get_terminal_size().columns
        return terminal_text(document, width=columns, links=links, environment=os.environ)
    if form == "markdown":
        from .markdown import markdown_text

        written = markdown_text(document)
    elif form in ("latex", "article"):
        from .latex import article_text, latex_text

        written = (article_text if form == "article" else latex_text)(document)
    elif form in ("html", "page"):
        from .html import html_text

        written = html_text(document, is_page=form == "page")
    else:
        from .plain import plain_text

        room, table_room = width or WIDTH, width or TABLE_WIDTH
        written = plain_text(document, width=room, table_width=table_room, links=links)
    return visible(written)
