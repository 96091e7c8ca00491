"""The site: landing page, a page for each documented sale, and gallery, as plain static files."""

from .build import Site
from .teachers import lesson, teachers_zip

__all__ = ["Site", "lesson", "teachers_zip"]
