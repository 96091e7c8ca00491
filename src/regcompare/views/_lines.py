"""Lines of text, wrapped: headings, paragraphs and bullets."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import attrs

__all__ = ["Page"]


@attrs.define
class Page:
    """A page of lines.

    Attributes:
        width: How many characters a line may have.
        lines: The lines so far.
        links: Whether the addresses of texts are printed.
        told: What was told in full already, and need not be again.
    """

    width: int
    links: bool = False
    lines: list[str] = attrs.field(factory=list)
    told: set[str] = attrs.field(factory=set)

    def text(self) -> str:
        return "\n".join(self.lines).rstrip()

    def line(self, text: str, indent: int = 0, hang: int = 0) -> None:
        """Adds a text, wrapped; the lines after the first hang by so many more characters."""
        first, others = " " * indent, " " * (indent + hang)
        self.lines += textwrap.wrap(
            text,
            max(self.width, indent + 40),
            initial_indent=first,
            subsequent_indent=others,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def link(self, url: str, indent: int = 0) -> None:
        """Adds an address, where addresses are printed."""
        if self.links and url:
            self.lines.append(f"{' ' * indent}{url}")

    def paragraph(self, text: str) -> None:
        self.lines.append("")
        self.line(text)

    def heading(self, text: str) -> None:
        self.lines += ["", text, "-" * len(text)]

    def bullets(self, texts: Iterable[str], indent: int = 0) -> None:
        for text in texts:
            self.line(f"- {text}", indent, 2)
