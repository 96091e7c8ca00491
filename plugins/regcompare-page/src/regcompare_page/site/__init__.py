"""The site: landing page, a page for each documented sale, and gallery, as plain static files."""

from .build import SiteParts, site_files
from .teachers import lesson, teachers_zip

__all__ = ["SiteParts", "lesson", "site_files", "teachers_zip"]
