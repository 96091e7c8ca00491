"""The templates of pages, and their style: that of the interactive page, for one look everywhere."""

from __future__ import annotations

from functools import cache

from regcompare_page.face.files import templates
from regcompare_page.page.build import page_style


@cache
def style() -> str:
    """Returns the style of every page of the site."""
    return f"{page_style()}\n{templates().get_template('site/site.css').render()}"
