"""A picture: a chart whose title states the finding, with a text alternative that gives the figures."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Callable, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import attrs

from regcompare._support.output import write_file
from regcompare._visible import visible
from regcompare.errors import UsageError, needs_extra
from regcompare.views.colours import INK, PAPER, SOFT

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is used to measure charts, and has the same widths as the second."""

_CONFIG: dict[str, Any] = {
    "aria": False,  # The picture as a whole has a title and a description.
    "background": PAPER,
    "font": FONT,
    "padding": 16,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "grid": False,
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 360,
        "ticks": False,
        "title": None,
    },
    "header": {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelFontWeight": "bold",
        "labelLimit": 400,
        "title": None,
    },
    "legend": {"disable": True},
    "scale": {"bandPaddingInner": 0, "bandPaddingOuter": 0},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 17,
        "fontWeight": "bold",
        "lineHeight": 22,
        "offset": 18,
        "subtitleColor": SOFT,
        "subtitleFontSize": 12,
        "subtitleLineHeight": 17,
        "subtitlePadding": 6,
    },
}


@attrs.frozen(eq=False, repr=False, slots=False)
class Picture:
    """A chart that can be shown, saved and read aloud.

    Attributes:
        title: A sentence that states the finding.
        alt: The figures in words, for those who cannot see the picture.
        note: A sentence on how to read the picture.
        chart: The chart, an Altair object.
    """

    title: str
    alt: str
    note: str
    chart: Any

    def __repr__(self) -> str:
        return visible(f"<Picture: {self.title}>")

    def svg(self) -> str:
        """Returns the picture as SVG with its title and description, the same text each time."""
        return self._svg

    def png(self, scale: float = 2.0) -> bytes:
        """Returns the picture as PNG.

        Args:
            scale: Pixels per unit of the picture; 2 is sharp on screens, 4 in print.
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
        return _add_description(_render_svg(self.chart), self.title, self.alt)


def picture(chart: Mapping[str, Any], *, title: str, alt: str, note: str, width: int) -> Picture:
    """Builds a picture from a Vega-Lite chart without title, colours and fonts.

    The title is wrapped for a chart of about this width.
    """
    with needs_extra("plot"):
        import altair  # noqa: ICN001 - `alt` is the text alternative here
    heading = {
        "text": _lines(title, max(width, _MIN_TITLE_WIDTH) / 8.2),
        "subtitle": _lines(note, max(width, _MIN_TITLE_WIDTH) / 5.9),
    }
    titled = {**chart, "title": heading, "config": _CONFIG}
    altair_chart = altair.Chart.from_dict(_guard_reserved(printable(titled)), validate=True)
    return Picture(printable(title), printable(alt), printable(note), altair_chart)


_MIN_TITLE_WIDTH = 460
"""The least width for wrapping a title, in units of the picture."""


def _lines(text: str, letters: float) -> list[str]:
    return textwrap.wrap(text, int(letters), break_long_words=False, break_on_hyphens=False) or [""]


def printable(value: Any) -> Any:
    """Returns text, or data with texts in it, without characters that XML forbids."""
    return _map_texts(value, lambda text: _UNPRINTABLE.sub("\ufffd", text))


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Data with every text in it changed, except the keys of mappings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _map_texts(item, change) for key, item in value.items()}
    return [_map_texts(item, change) for item in value] if isinstance(value, list | tuple) else value


_RESERVED_WORDS = frozenset(
    (
        *("constructor", "prototype", "toString", "toLocaleString", "valueOf", "hasOwnProperty"),
        *("isPrototypeOf", "propertyIsEnumerable", "__proto__"),
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
    )
)
"""Names that every JavaScript object has; as a label, one of them empties a chart."""

_GUARD = "\u2060"
"""A character without width, appended to such a word while a chart is drawn, and removed again."""


def _guard_reserved(value: Any) -> Any:
    """Returns a chart without texts that the drawing library would interpret."""
    return _map_texts(value, lambda text: text + _GUARD if text in _RESERVED_WORDS else text)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cut(text: str, max_letters: int) -> str:
    """Returns a text, shortened to a number of letters."""
    return text if len(text) <= max_letters else f"{text[: max_letters - 1].rstrip(' ,.;:-')}…"


def literal(value: Any) -> str:
    """Returns a value as a literal for Vega expressions, which compute the labels of axes."""
    return json.dumps(_guard_reserved(printable(value)), ensure_ascii=False)


def _render_svg(chart: Any) -> str:
    """Draws a chart without a browser; whatever addresses it contains, nothing is fetched."""
    with needs_extra("plot"):
        import altair  # noqa: ICN001 - `alt` is the text alternative here
        import vl_convert
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    with altair.data_transformers.enable("default", max_rows=None):
        specification = chart.to_dict()
    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=version, allowed_base_urls=[])
    if not _HAS_MARKS.search(svg):
        raise UsageError("The chart was drawn without a single mark, so there is no picture.")
    return svg.replace(_GUARD, "")


_HAS_MARKS = re.compile(r'class="mark-(?!group)[a-z]+ role-mark[^>]*[^/]>\s*<(?!/)')
"""A non-empty group of data marks in an SVG."""


def _add_description(svg: str, title: str, alt: str) -> str:
    """Adds title and description to an SVG, and makes its ids unique among pictures."""
    prefix = "p" + hashlib.sha256(f"{title}\n{alt}".encode()).hexdigest()[:10]
    svg = _TAG.sub(lambda tag: _ROLE.sub("", tag.group()), _unique_ids(svg, prefix))
    opening, content = svg.split(">", 1)
    opening += f' role="img" aria-labelledby="{prefix}-title" aria-describedby="{prefix}-alt"'
    opening += ' style="max-width:100%;height:auto"'
    description = (
        f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-alt">{escape(alt)}</desc>'
    )
    return f"{opening}>{description}{content}"


_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ROLE = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
"""Screen readers announce a chart's title and description, not its parts."""


def _unique_ids(svg: str, prefix: str) -> str:
    """Renames the ids of an SVG to numbers in order of appearance."""
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for number, name in enumerate(names):
        unique = f"{prefix}-{number}"
        svg = svg.replace(f'id="{name}"', f'id="{unique}"')
        svg = svg.replace(f"url(#{name})", f"url(#{unique})").replace(
            f'href="#{name}"', f'href="#{unique}"'
        )
    return svg
