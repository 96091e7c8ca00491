"""Renders a document in any form, by name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from typing import Any, Literal

from regcompare._visible import visible
from regcompare.comparison.data import rows_as_csv, to_data, to_json, to_rows
from regcompare.plugins import builtin, features

from .document import Document

Form = (
    Literal["text", "table", "terminal", "markdown", "latex", "article", "html", "page", "csv", "json"]
    | Callable[[Document], str]
)
"""The forms of a document, or a function that writes one; ``csv`` and ``json`` are each view's own."""

FORMS = builtin.BUILTIN[features.FORMS]
"""The forms that are written by a function of the document alone."""

WIDTH = 96
"""The line width of plain text, in characters."""
TABLE_WIDTH = 136
"""The line width of a table, unless a narrower one is asked for."""


def written(
    form: Form | str,
    document: Callable[[], Document],
    data: Any,
    rows: Iterable[Any] = (),
    *,
    lang: str = "en",
) -> str:
    """Returns a result in a form: its data as JSON, its rows as CSV, otherwise its document.

    Args:
        form: The form.
        document: Makes the document.
        data: The result, or what JSON prints of it.
        rows: The records of which CSV has a line each.
        lang: The language of the law to which links in JSON lead.
    """
    if form == "json":
        return to_json(to_data(data, lang))
    if form == "csv":
        return rows_as_csv(to_rows(rows))
    return render(document(), form)  # type: ignore[arg-type]


def render(document: Document, form: Form = "text", *, width: int | None = None) -> str:
    """Returns a document in a form.

    Args:
        document: The document.
        form: ``text`` for a pipe or a file, the same everywhere, also called ``table``; ``terminal``
            for a terminal, in its width and with colours; ``markdown``; ``latex`` for a part of a paper,
            ``article`` for a whole LaTeX document; ``html`` for a fragment, as a notebook shows it,
            ``page`` for a self-contained page; or the function of a plugin that writes another form.
        width: The line width of text, in characters.
    """
    if form == "terminal":
        from .text import terminal_text

        columns = width or shutil.get_terminal_size().columns
        return terminal_text(document, columns, coloured=not os.environ.get("NO_COLOR"))
    if callable(form):
        text = form(document)
    elif form in FORMS:
        text = FORMS[form].load()(document)
    else:
        from .text import plain_text

        text = plain_text(document, width or WIDTH, width or TABLE_WIDTH)
    return visible(text)
