"""A document as Markdown and as LaTeX: the same blocks in the same order, each in its own syntax.

In Markdown a table with lists in its cells becomes HTML; LaTeX is the body for a paper, or a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from . import escapes
from .document import (
    Block,
    Bullets,
    Document,
    Entry,
    Inline,
    Item,
    Link,
    Paragraph,
    Section,
    Strong,
    Table,
    plain,
)


@attrs.frozen
class _Markup:
    """The syntax of a language: escaping, and each kind of piece and block."""

    escaped: Callable[[str], str]
    heading: Callable[[str, int], str]
    strong: Callable[[str], str]
    link: Callable[[str, str], str]
    entry: Callable[[str], str]
    items: Callable[[Sequence[Item]], Iterable[str]]
    table: Callable[[Table], Iterable[str]]

    def blocks(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        """Yields blocks, each as one text; figures are skipped."""
        for block in filter(None, blocks):
            if isinstance(block, Section):
                yield self.heading(self.escaped(block.title), level)
                yield from self.blocks(block.blocks, level + 1)
            elif isinstance(block, Paragraph):
                yield self.line(block.line)
            elif isinstance(block, Bullets):
                yield "\n".join(self.items(block.items))
            elif isinstance(block, Entry):
                yield self.entry(self.line(block.head))
                yield from self.blocks(block.blocks, level)
            elif isinstance(block, Table):
                yield "\n".join(self.table(block))

    def line(self, line: Iterable[Inline]) -> str:
        return "".join(map(self._piece, line))

    def _piece(self, piece: Inline) -> str:
        text = self.escaped(plain([piece]))
        if isinstance(piece, Link) and (address := escapes.safe_address(piece.url)):
            return self.link(text, address)
        return self.strong(text) if isinstance(piece, Strong) else text


# Markdown -----------------------------------------------------------------------------------------


def markdown_text(document: Document) -> str:
    """Returns a document as Markdown."""
    title = [f"# {escapes.markdown(document.title)}"] if document.title else []
    return "\n\n".join([*title, *_MARKDOWN.blocks(document.blocks, 2)]) + "\n"


def _markdown_items(items: Sequence[Item], depth: int = 0) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}- {_MARKDOWN.line(item.line)}"
        yield from _markdown_items(item.items, depth + 1)


def _markdown_table(table: Table) -> Iterator[str]:
    cells = (cell for row in table.rows for cell in row)
    if all(isinstance(block, Paragraph) for cell in cells for block in cell):
        rows = [["<br>".join(_MARKDOWN.blocks(cell, 2)) for cell in row] for row in table.rows]
        yield pipe_table(map(escapes.markdown, table.head), rows)
        return
    head = "".join(f'<th scope="col" align="left">{escapes.html(title)}</th>' for title in table.head)
    yield from ("<table>", f"<caption>{escapes.html(table.caption)}</caption>")
    yield from (f"<thead><tr>{head}</tr></thead>", "<tbody>")
    for row in table.rows:
        yield '<tr valign="top">'
        for column, cell in enumerate(row):
            start, end = ("<td>", "</td>") if column else ('<th scope="row" align="left">', "</th>")
            yield from (start, "", "\n\n".join(_MARKDOWN.blocks(cell, 2)), "", end)
        yield "</tr>"
    yield from ("</tbody>", "</table>")


_MARKDOWN = _Markup(
    escaped=escapes.markdown,
    heading=lambda title, level: f"{'#' * min(level, 6)} {title}",
    strong="**{}**".format,
    link="[{}]({})".format,
    entry="**{}**".format,
    items=_markdown_items,
    table=_markdown_table,
)


def pipe_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Returns a Markdown table with one line a row and no padding, so that a change touches one line.

    A cell is one line, and the first heads its row.
    """
    titles = list(head)
    lines = (
        (re.sub(r"(?<!\\)\|", r"\|", " ".join(cell.split())) for cell in row)
        for row in (titles, ["---"] * len(titles), *rows)
    )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


# LaTeX --------------------------------------------------------------------------------------------

_PACKAGES = "% Needs the packages array, booktabs, hyperref and longtable."
_LEVELS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
_PREAMBLE = r"""\documentclass[a4paper,10pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
  \usepackage{lmodern}
\else
  \usepackage{fontspec}
\fi
\usepackage[margin=20mm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\usepackage[hidelinks]{hyperref}
\setcounter{secnumdepth}{0}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5em}
\emergencystretch=3em
\date{}"""


def latex_text(document: Document) -> str:
    """Returns a document as LaTeX."""
    title = [_LATEX.heading(escapes.latex(document.title), 0)] if document.title else []
    return "\n\n".join([_PACKAGES, *title, *_LATEX.blocks(document.blocks, 1)]) + "\n"


def article_text(document: Document) -> str:
    """Returns a document as a complete LaTeX file, ready to compile."""
    title = f"\\title{{{escapes.latex(document.title)}}}"
    body = [title, r"\begin{document}", r"\maketitle", *_LATEX.blocks(document.blocks, 0)]
    return "\n\n".join([_PREAMBLE, *body, r"\end{document}"]) + "\n"


def _latex_items(items: Sequence[Item]) -> Iterator[str]:
    yield r"\begin{itemize}"
    for item in items:
        yield f"\\item {_LATEX.line(item.line)}"
        if item.items:
            yield from _latex_items(item.items)
    yield r"\end{itemize}"


def _latex_link(text: str, address: str) -> str:
    address = re.sub("[#%&]", lambda sign: f"\\{sign[0]}", address)
    return f"\\href{{{address}}}{{{text}}}"


def _latex_table(table: Table) -> Iterator[str]:
    column = f">{{\\raggedright\\arraybackslash}}p{{{0.92 / len(table.head):.2f}\\linewidth}}"
    head = (_LINE_BREAK.join(map(escapes.latex, title.splitlines())) for title in table.head)
    yield f"\\begin{{longtable}}{{{column * len(table.head)}}}"
    yield f"\\caption{{{escapes.latex(table.caption)}}}\\\\"
    yield from (r"\toprule", f"{' & '.join(head)} \\\\", r"\midrule", r"\endhead")
    for row in table.rows:
        cells = (
            _LINE_BREAK.join("\n".join(_LATEX.blocks([block], 1)) for block in cell) for cell in row
        )
        yield f"{' & '.join(cells)} \\\\"
    yield from (r"\bottomrule", r"\end{longtable}")


_LATEX = _Markup(
    escaped=escapes.latex,
    heading=lambda title, level: f"\\{_LEVELS[min(level, 4)]}{{{title}}}",
    strong=r"\textbf{{{}}}".format,
    link=_latex_link,
    entry=r"\noindent\textbf{{{}}}".format,
    items=_latex_items,
    table=_latex_table,
)
_LINE_BREAK = r" \newline "
