"""A document as HTML, from the templates: a fragment, or a self-contained page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from .colours import ACCENTS, accents, colour_css
from .document import Document, Section
from .escapes import safe_address

if TYPE_CHECKING:
    from jinja2 import Environment


def fragment_text(document: Document) -> str:
    """Returns a document as HTML for a part of a page, such as a notebook; it loads and runs nothing."""
    return _html_text(document, "fragment.html")


def page_text(document: Document) -> str:
    """Returns a document as a self-contained page of HTML, which loads and runs nothing."""
    return _html_text(document, "page.html") + "\n"


def _html_text(document: Document, template_name: str) -> str:
    template = templates().get_template(template_name)
    sections = [block for block in document.blocks if isinstance(block, Section) and block]
    opening = [block for block in document.blocks if not isinstance(block, Section)]
    return template.render(document=document, opening=opening, sections=sections)


@cache
def templates() -> Environment:
    """Returns the template environment, which escapes every text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("regcompare.views"), autoescape=True, undefined=StrictUndefined
    )
    filters: dict[str, Callable[..., object]] = {
        "kind": lambda piece: type(piece).__name__,
        "safe_address": safe_address,
        "accents": accents,
    }
    environment.filters |= filters
    environment.globals |= {"page_css": _page_css(), "fragment_css": _template_text("fragment.css")}
    return environment


def _page_css() -> str:
    chips = (
        f".outcome.{accent.slug} {{ background: var(--outcome-{accent.slug}-fill); "
        f"color: var(--outcome-{accent.slug}-on-fill); border-color: var(--outcome-{accent.slug}); }}"
        for accent in ACCENTS
    )
    return "\n".join([colour_css(), _template_text("page.css").strip(), *chips])


def _template_text(name: str) -> str:
    return (files("regcompare.views") / "templates" / name).read_text(encoding="utf-8")
