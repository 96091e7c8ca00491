"""The site: front page, a page for each case, game, lesson and tables for lawyers, as static files."""

from .build import Site
from .law import law_pages
from .quiz import gift

__all__ = ["Site", "gift", "law_pages"]
