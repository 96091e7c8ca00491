"""The look of each outcome, defined once: shape and colours, for pictures, report and page."""

from __future__ import annotations

import attrs

from regcompare.ruleset.rules import Outcome, Span

INK = "#1d1d22"
"""Text of pictures."""
SOFT = "#5a5a63"
"""Text of lesser weight, and axes."""
RULE = "#dad9d4"
"""Hairlines."""
PAPER = "#ffffff"
"""The background of pictures, on a dark page too."""


@attrs.frozen
class Accent:
    """The look of one outcome.

    The fills darken from outcome to outcome, so that they keep their order for every kind of colour
    vision and in print.  Outcomes from authorisation on have filled shapes, milder ones open shapes.

    Attributes:
        outcome: The outcome.
        short: A word that fits into a narrow cell.
        glyph: The shape as a character, for text and HTML.
        shape: The same shape, as a mark of a chart.
        fill: The colour of an area.
        light: The colour of text, lines and shapes on a light page.
        dark: The same on a dark page.
    """

    outcome: Outcome
    short: str
    glyph: str
    shape: str
    fill: str
    light: str
    dark: str

    @property
    def is_filled(self) -> bool:
        """True of a filled shape."""
        return self.outcome >= Outcome.AUTHORISATION

    @property
    def on_fill(self) -> str:
        """The colour of text on an area."""
        return PAPER if self.outcome >= Outcome.SUSPENSION else INK

    @property
    def word(self) -> str:
        """Its name in words."""
        return self.outcome.word.replace("_", " ")

    @property
    def slug(self) -> str:
        """Its name in style sheets."""
        return self.outcome.word.replace("_", "-")


ACCENTS: tuple[Accent, ...] = (
    Accent(Outcome.NO_CONTROL, "no control", "○", "circle", "#eceae3", "#5b5950", "#cfccc2"),
    Accent(Outcome.GENERAL_AUTHORISATION, "general", "◇", "diamond", "#f3d384", "#75560a", "#f0d78d"),
    Accent(Outcome.NOTIFICATION, "notification", "▷", "triangle-right", "#f2b552", "#8a4b00", "#f4b85f"),
    Accent(Outcome.AUTHORISATION, "authorisation", "▲", "triangle-up", "#e07b39", "#a3400c", "#f79b62"),
    Accent(Outcome.SUSPENSION, "suspension", "■", "square", "#bf3f3c", "#a82c2c", "#f58b83"),
    Accent(Outcome.REFUSAL, "refusal", "◆", "diamond", "#86235f", "#86235f", "#f093c6"),
    Accent(Outcome.PROHIBITION, "prohibition", "●", "circle", "#3a0f45", "#4a1459", "#d0aaf0"),
)
"""The looks, in the order of the outcomes."""


def accent(outcome: Outcome) -> Accent:
    """Returns the look of an outcome."""
    return ACCENTS[outcome.rank]


def accents(span: Span) -> tuple[Accent, ...]:
    """Returns the looks of a span's mildest and strictest outcomes, or one if they are equal."""
    return (accent(span.low),) if span.is_settled else (accent(span.low), accent(span.high))


def colour_css() -> str:
    """Returns the colours as CSS custom properties, for light, dark and paper.

    For each outcome, such as ``refusal``: ``--outcome-refusal`` for text, lines and shapes on the
    page, ``--outcome-refusal-fill`` for an area and ``--outcome-refusal-on-fill`` for text on it.
    A page follows the reader's system; paper is light.
    """
    light, dark = (
        " ".join(
            f"--outcome-{look.slug}: {getattr(look, scheme)}; --outcome-{look.slug}-fill: {look.fill}; "
            f"--outcome-{look.slug}-on-fill: {look.on_fill};"
            for look in ACCENTS
        )
        for scheme in ("light", "dark")
    )
    return (
        f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    )
