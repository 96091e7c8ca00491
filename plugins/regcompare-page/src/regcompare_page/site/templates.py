"""The templates of pages, and their style: that of the interactive page, for one look everywhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from regcompare.views.html import templates as document_templates
from regcompare_page.page.build import page_style

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def templates() -> Environment:
    """Returns the environment of templates: those of documents, and those of pages."""
    from jinja2 import ChoiceLoader, PackageLoader

    documents = document_templates()
    assert documents.loader
    return documents.overlay(
        loader=ChoiceLoader([documents.loader, PackageLoader("regcompare_page")]), trim_blocks=True
    )


@cache
def style() -> str:
    """Returns the style of every page of the site."""
    return f"{page_style()}\n{templates().get_template('site/site.css').render()}"
