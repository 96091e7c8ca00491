"""A picture: a chart with a title that says the finding and a text alternative with the figures."""

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
from regcompare.views._colours import INK, PAPER, SOFT

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is what charts are measured with, and is as wide as the second."""

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
        title: A sentence that says the finding.
        alt: The figures in words, for those who do not see the picture.
        note: How the picture is read, in a sentence.
        chart: The chart, an object of altair.
    """

    title: str
    alt: str
    note: str
    chart: Any

    def __repr__(self) -> str:
        return visible(f"<Picture: {self.title}>")

    def svg(self) -> str:
        """Returns the picture as SVG with its title and description; the same text each time."""
        return self._svg

    def png(self, scale: float = 2.0) -> bytes:
        """Returns the picture as PNG.

        Args:
            scale: Pixels for each unit of the picture; 2 is sharp on screens, 4 in print.
        """
        with needs_extra("plot"):
            import vl_convert
        if not scale > 0:
            raise UsageError(f"A picture is drawn at a scale above 0, such as 2; got {scale}.")
        drawn: bytes = vl_convert.svg_to_png(self._svg, scale=scale)
        return drawn

    def save(self, path: str | Path, scale: float = 2.0, *, overwrite: bool = False) -> None:
        """Writes the picture to a file that ends in ``.svg`` or ``.png``.

        Raises:
            UsageError: The file ends otherwise, cannot be written, or exists and ``overwrite`` was
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
        return _told(_drawn(self.chart), self.title, self.alt)


def picture(chart: Mapping[str, Any], *, title: str, alt: str, note: str, width: int) -> Picture:
    """Builds a picture from a chart in the grammar of Vega-Lite, without title, colours and fonts.

    The title is broken into lines for a chart that is about so wide.
    """
    with needs_extra("plot"):
        import altair  # noqa: ICN001 - `alt` is the text alternative here
    heading = {
        "text": _lines(title, max(width, _NARROW) / 8.2),
        "subtitle": _lines(note, max(width, _NARROW) / 5.9),
    }
    whole = {**chart, "title": heading, "config": _CONFIG}
    built = altair.Chart.from_dict(_marked(printable(whole)), validate=True)
    return Picture(printable(title), printable(alt), printable(note), built)


_NARROW = 460
"""A title is not wrapped into lines shorter than this, in units of the picture."""


def _lines(text: str, letters: float) -> list[str]:
    return textwrap.wrap(text, int(letters), break_long_words=False, break_on_hyphens=False) or [""]


def printable(value: Any) -> Any:
    """Returns text, or data with texts in it, without characters that XML cannot hold."""
    return _each_text(value, lambda text: _UNPRINTABLE.sub("\ufffd", text))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Data with every text in it changed; the names of a mapping stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(item, change) for key, item in value.items()}
    return [_each_text(item, change) for item in value] if isinstance(value, list | tuple) else value


_OWN_WORDS = frozenset(
    (
        *("constructor", "prototype", "toString", "toLocaleString", "valueOf", "hasOwnProperty"),
        *("isPrototypeOf", "propertyIsEnumerable", "__proto__"),
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
    )
)
"""What every object of the drawing library's language has; as a name or label it empties a chart."""

_MARK = "\u2060"
"""Stands behind such a word while a chart is drawn: it has no width, and the picture is without it."""


def _marked(value: Any) -> Any:
    """Returns a chart in which no text is a word that the drawing library has a meaning for."""
    return _each_text(value, lambda text: text + _MARK if text in _OWN_WORDS else text)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cut(text: str, most: int) -> str:
    """Returns a text that is no longer than so many letters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,.;:-')}…"


def literal(value: Any) -> str:
    """Returns a value as a literal of the language in which labels of axes are computed."""
    return json.dumps(_marked(printable(value)), ensure_ascii=False)


def _drawn(chart: Any) -> str:
    """Draws a chart without a browser; whatever it names, nothing is fetched."""
    with needs_extra("plot"):
        import altair  # noqa: ICN001 - `alt` is the text alternative here
        import vl_convert
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    with altair.data_transformers.enable("default", max_rows=None):
        plain = chart.to_dict()
    drawn: str = vl_convert.vegalite_to_svg(plain, vl_version=version, allowed_base_urls=[])
    if not _HAS_MARKS.search(drawn):
        raise UsageError("The chart was drawn without a single mark, so there is no picture.")
    return drawn.replace(_MARK, "")


_HAS_MARKS = re.compile(r'class="mark-(?!group)[a-z]+ role-mark[^>]*[^/]>\s*<(?!/)')
"""A mark of data in an SVG: a group of them that is not empty."""


def _told(svg: str, title: str, alt: str) -> str:
    """Gives the SVG its title and description, and names that clash with no other picture's."""
    name = "p" + hashlib.sha256(f"{title}\n{alt}".encode()).hexdigest()[:10]
    svg = _TAG.sub(lambda tag: _ROLE.sub("", tag.group()), _own_names(svg, name))
    opening, rest = svg.split(">", 1)
    opening += f' role="img" aria-labelledby="{name}-title" aria-describedby="{name}-alt"'
    opening += ' style="max-width:100%;height:auto"'
    words = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-alt">{escape(alt)}</desc>'
    return f"{opening}>{words}{rest}"


_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ROLE = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
"""Parts of a chart are not announced one by one; its title and description are."""


def _own_names(svg: str, prefix: str) -> str:
    """Numbers the names inside an SVG in the order in which they appear."""
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for number, name in enumerate(names):
        own = f"{prefix}-{number}"
        svg = svg.replace(f'id="{name}"', f'id="{own}"')
        svg = svg.replace(f"url(#{name})", f"url(#{own})").replace(f'href="#{name}"', f'href="#{own}"')
    return svg
