"""The site: landing page, a page for each documented sale, and gallery, as plain static files."""

from .build import Site
from .teachers import gift, lesson, teachers_zip

__all__ = ["Site", "gift", "lesson", "teachers_zip"]
