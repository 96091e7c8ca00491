"""A picture: drawn as SVG from a template; its title is the finding, a text gives the figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import jinja2

from regcompare._support.asked import Asked
from regcompare._support.output import path_of, write_file
from regcompare._visible import visible
from regcompare.errors import UsageError, needs_extra
from regcompare.views import colours


@attrs.frozen(eq=False, repr=False)
class Picture(Asked):
    """A drawing that can be shown, saved and read aloud.

    Attributes:
        title: A sentence that states the finding.
        alt: The figures in words, for those who cannot see the picture.
        note: A sentence on how to read the picture.
        template: The template that draws it.
        data: What it draws.
    """

    title: str
    alt: str
    note: str
    template: str
    data: Mapping[str, Any]

    def __repr__(self) -> str:
        return visible(f"<Picture: {self.title}>")

    def svg(self) -> str:
        """Returns the picture as SVG with its title and description, the same text each time."""
        digest = hashlib.sha256(f"{self.title}\n{self.alt}".encode(errors="replace")).hexdigest()
        template = _templates().get_template(f"{self.template}.svg.j2")
        return template.render(self.data, picture=self, name=f"p{digest[:10]}")

    def png(self) -> bytes:
        """Returns the picture as PNG, with two pixels for each unit of the picture.

        Raises:
            UsageError: The extra ``plot`` is not installed.
        """
        with needs_extra("plot"):
            import vl_convert
        png: bytes = vl_convert.svg_to_png(self.svg(), scale=2)
        return png

    def save(self, path: str | Path, *, overwrite: bool = False) -> None:
        """Writes the picture to a file that ends in ``.svg`` or ``.png``.

        Raises:
            UsageError: The file has another suffix, cannot be written, or exists and ``overwrite`` was
                not given.
        """
        target = path_of(path)
        kind = target.suffix.lower()
        if kind not in (".svg", ".png"):
            raise UsageError(f"{target}: a picture is saved as .svg or .png.")
        data = self.svg().encode() if kind == ".svg" else self.png()
        write_file(target, data, overwrite=overwrite)

    def _repr_html_(self) -> str:
        return f"<figure style='margin:0;overflow-x:auto'>{self.svg()}</figure>"


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["colours"] = colours
    return environment
