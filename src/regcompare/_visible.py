"""Escapes characters that would control a terminal, or reverse the direction of its text."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # Control characters, except tab and line feed.
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Marks of the direction of text.
    "\u2028\u2029"  # Line separators that only some programs recognise.
    "\ud800-\udfff\ufffe\uffff]"  # Surrogates, which UTF-8 cannot encode; what XML forbids.
)


def visible(text: str) -> str:
    r"""Escapes control characters as ``\u001b``, which leaves JSON valid."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
