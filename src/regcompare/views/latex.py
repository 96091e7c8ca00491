"""A document as LaTeX: the body for a paper, or a whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import escapes
from .document import Document, Item, Table
from .markup import Markup

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


def _items(items: Sequence[Item]) -> Iterator[str]:
    yield r"\begin{itemize}"
    for item in items:
        yield f"\\item {_LATEX.line(item.line)}"
        if item.items:
            yield from _items(item.items)
    yield r"\end{itemize}"


def _link(text: str, address: str) -> str:
    address = re.sub("[#%&]", lambda sign: f"\\{sign[0]}", address)
    return f"\\href{{{address}}}{{{text}}}"


def _table(table: Table) -> Iterator[str]:
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


_LATEX = Markup(
    escaped=escapes.latex,
    heading=lambda title, level: f"\\{_LEVELS[min(level, 4)]}{{{title}}}",
    strong=r"\textbf{{{}}}".format,
    link=_link,
    entry=r"\noindent\textbf{{{}}}".format,
    items=_items,
    table=_table,
)
_LINE_BREAK = r" \newline "
