"""Text as it is shown: what a terminal would obey, or turn around, is written by its number."""

from __future__ import annotations

import re

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # Controls, but for the tab and the end of a line.
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # What turns the direction of reading.
    "\u2028\u2029"  # Ends of lines that only some programs see.
    "\ud800-\udfff]"  # Halves of letters, which no file can hold.
)


def visible(text: str) -> str:
    r"""Returns a text that a terminal shows, with ``\u001b`` for what it would obey; JSON stays JSON."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
