"""How the documentation is built: ``python -m sphinx -W docs docs/_build``."""

import sys
from importlib.metadata import version as installed
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[1]))

project = "regcompare"
author = "The regcompare authors"
copyright = "2026, the regcompare authors"  # noqa: A001 - the name that Sphinx reads
release = version = installed("regcompare")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "README.md", "notebooks"]
nitpicky = False

html_theme = "furo"
html_title = f"regcompare {release}"
html_show_sourcelink = False
html_copy_source = False

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4
suppress_warnings = ["myst.header", "myst.xref_missing"]

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "show-inheritance": False}
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True


def setup(app: Sphinx) -> None:
    """Fills the generated parts of the reference into the pages that mark a place for them."""
    from tools.reference import with_parts

    def fill(_: Sphinx, __: str, source: list[str]) -> None:
        source[0] = with_parts(source[0])

    app.connect("source-read", fill)
