"""The writer shared by Markdown and LaTeX: the same blocks in the same order, each in its own syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from .document import (
    Block,
    Bullets,
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
from .escapes import safe_address


@attrs.frozen
class Markup:
    """A markup language: how it escapes text, and writes each kind of piece and block."""

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
        """Returns a line with its links and weights."""
        return "".join(map(self._piece, line))

    def _piece(self, piece: Inline) -> str:
        text = self.escaped(plain([piece]))
        if isinstance(piece, Link) and (address := safe_address(piece.url)):
            return self.link(text, address)
        return self.strong(text) if isinstance(piece, Strong) else text
