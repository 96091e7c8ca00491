"""A picture: drawn as SVG from a template; its title is the finding, a text gives the figures."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import attrs
import jinja2

from regcompare.errors import UsageError, needs_extra
from regcompare.ruleset.rules import Outcome
from regcompare.support import visible, write_file
from regcompare.views import colours

LICENCE_FROM = Outcome.AUTHORISATION
"""The mildest outcome that requires an individual decision."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Picture:
    """A drawing that can be shown, saved and read aloud.

    Attributes:
        title: A sentence that states the finding.
        alt: The figures in words, for those who cannot see the picture.
        note: A sentence on how to read the picture.
        template: The template that draws it.
        width: The width of the drawing below title and note, in units of the picture.
        height: Its height.
        data: What is drawn, and where.
    """

    title: str
    alt: str
    note: str
    template: str
    width: float
    height: float
    data: Mapping[str, Any]

    def __repr__(self) -> str:
        return visible(f"<Picture: {self.title}>")

    def svg(self) -> str:
        """Returns the picture as SVG with its title and description, the same text each time."""
        return self._svg

    def png(self, scale: float = 2.0) -> bytes:
        """Returns the picture as PNG.

        Args:
            scale: Pixels per unit of the picture; 2 is sharp on screens, 4 in print.

        Raises:
            UsageError: The scale is not above 0, or the extra ``plot`` is not installed.
        """
        with needs_extra("plot"):
            import vl_convert
        if not scale > 0:
            raise UsageError(f"A picture is drawn at a scale above 0, such as 2; got {scale}.")
        png: bytes = vl_convert.svg_to_png(self._svg, scale=scale)
        return png

    def save(self, path: str | Path, scale: float = 2.0, *, overwrite: bool = False) -> None:
        """Writes the picture to a file that ends in ``.svg`` or ``.png``.

        Raises:
            UsageError: The file has another suffix, cannot be written, or exists and ``overwrite`` was
                not given.
        """
        target = Path(path)
        kind = target.suffix.lower()
        if kind not in (".svg", ".png"):
            raise UsageError(f"{target}: a picture is saved as .svg or .png.")
        data = self._svg.encode() if kind == ".svg" else self.png(scale)
        write_file(target, data, overwrite=overwrite)

    def _repr_html_(self) -> str:
        return f"<figure style='margin:0;overflow-x:auto'>{self._svg}</figure>"

    @cached_property
    def _svg(self) -> str:
        width = max(self.width, _MIN_WIDTH)
        digest = hashlib.sha256(f"{self.title}\n{self.alt}".encode(errors="replace")).hexdigest()
        return (
            _templates()
            .get_template(f"{self.template}.svg.j2")
            .render(
                self.data,
                picture=self,
                name=f"p{digest[:10]}",
                title_lines=_lines(self.title, width / _TITLE_LETTER),
                note_lines=_lines(self.note, width / _NOTE_LETTER),
                width=width,
            )
        )


_MIN_WIDTH = 460
"""The least width of a picture, in which its title and its note are wrapped."""
_TITLE_LETTER, _NOTE_LETTER = 8.5, 5.8
"""The widths of a letter of the title and of the note."""


def _lines(text: str, letters: float) -> list[str]:
    return textwrap.wrap(text, int(letters), break_long_words=False, break_on_hyphens=False) or [""]


def cut(text: str, max_letters: int) -> str:
    """Returns a text, shortened to a number of letters."""
    return text if len(text) <= max_letters else f"{text[: max_letters - 1].rstrip(' ,.;:-')}…"


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=_printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["colours"] = colours
    return environment


def _printed(value: object) -> object:
    """A value as it is written: short numbers, and texts without characters that XML forbids."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return _FORBIDDEN.sub("\ufffd", value) if type(value) is str else value


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
