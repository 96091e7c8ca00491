"""The site: landing page, a page for each documented sale, gallery and wall, as plain static files."""

from .build import SiteParts, site_files

__all__ = ["SiteParts", "site_files"]
