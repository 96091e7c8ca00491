"""A document as LaTeX, for a paper: what stands between the beginning and the end of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .document import (
    Block,
    Bullets,
    Cell,
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

__all__ = ["article_text", "latex_text"]

_PACKAGES = "% Needs the packages array, booktabs, hyperref and longtable."
_LEVELS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
_SIGNS = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "#$%&_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "\u2192": r"$\rightarrow$",
        # A line that begins with a bracket would be read as an option of what ends before it.
        "[": "{[}",
        "]": "{]}",
    }
)


def latex_text(document: Document) -> str:
    """Returns a document as LaTeX."""
    title = [f"\\section{{{_escaped(document.title)}}}"] if document.title else []
    return "\n\n".join([_PACKAGES, *title, *_blocks(document.blocks, 1)]) + "\n"


def article_text(document: Document) -> str:
    """Returns a document as a whole LaTeX document, to be compiled as it is."""
    title = f"\\title{{{_escaped(document.title)}}}"
    body = [title, r"\begin{document}", r"\maketitle", *_blocks(document.blocks, 0)]
    return "\n\n".join([_PREAMBLE, *body, r"\end{document}"]) + "\n"


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


def _blocks(blocks: Iterable[Block], level: int = 1) -> Iterator[str]:
    for block in blocks:
        if not block:
            continue
        if isinstance(block, Section):
            result = f": {_line(block.result)}" if block.result else ""
            yield f"\\{_LEVELS[min(level, 4)]}{{{_escaped(block.title)}{result}}}"
            yield from _blocks(block.blocks, level + 1)
        elif isinstance(block, Paragraph):
            yield _line(block.line)
        elif isinstance(block, Bullets):
            yield "\n".join(_items(block.items))
        elif isinstance(block, Entry):
            yield f"\\noindent\\textbf{{{_line(block.head)}}}"
            yield from _blocks(block.blocks, level)
        elif isinstance(block, Table):
            yield "\n".join(_table(block))


def _escaped(text: str) -> str:
    return text.translate(_SIGNS).replace("--", "-{}-")


def _line(line: Iterable[Inline]) -> str:
    return "".join(map(_piece, line))


def _piece(piece: Inline) -> str:
    if isinstance(piece, Link) and piece.url:
        return f"\\href{{{piece.url.translate(_URL)}}}{{{_escaped(piece.text)}}}"
    text = _escaped(plain([piece]))
    return f"\\textbf{{{text}}}" if isinstance(piece, Strong) else text


_URL = str.maketrans({sign: f"\\{sign}" for sign in "#%&"} | dict.fromkeys("{}\\^~", ""))


def _items(items: Iterable[Item]) -> Iterator[str]:
    yield r"\begin{itemize}"
    for item in items:
        yield f"\\item {_line(item.line)}"
        if item.items:
            yield from _items(item.items)
    yield r"\end{itemize}"


def _table(table: Table) -> Iterator[str]:
    share = f"{0.92 / len(table.head):.2f}"
    column = f">{{\\raggedright\\arraybackslash}}p{{{share}\\linewidth}}"
    yield f"\\begin{{longtable}}{{{column * len(table.head)}}}"
    yield f"\\caption{{{_escaped(table.caption)}}}\\\\"
    yield r"\toprule"
    yield f"{' & '.join(map(_heading, table.head))} \\\\"
    yield r"\midrule"
    yield r"\endhead"
    yield from (f"{' & '.join(map(_cell, row))} \\\\" for row in table.rows)
    yield r"\bottomrule"
    yield r"\end{longtable}"


def _heading(title: str) -> str:
    return r" \newline ".join(map(_escaped, title.splitlines()))


def _cell(cell: Cell) -> str:
    return r" \newline ".join("\n".join(_blocks([block])) for block in cell)
