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

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
exclude_patterns = ["_build"]
nitpicky = False

html_theme = "furo"
# Lines of output, 96 characters long, fit the page.
html_theme_options = {"light_css_variables": {"code-font-size": "75%"}}
html_title = f"regcompare {release}"
html_show_sourcelink = False
html_copy_source = False
html_search_scorer = str(Path(__file__).with_name("search_scorer.js"))

nb_execution_mode = "force"  # Notebooks are kept without output, and run when the site is built.
nb_execution_raise_on_error = True
nb_execution_timeout = 300

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


_FAULTS = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Pages">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    "<pre>": '<pre tabindex="0">',
}
"""What the theme leaves out for those who do not see a page, or use no mouse, and what is put there."""


def setup(app: Sphinx) -> None:
    """Fills generated parts of the reference into their pages, and corrects what the theme writes."""
    from tools.reference import with_docstrings

    def fill(_: Sphinx, __: str, source: list[str]) -> None:
        source[0] = with_docstrings(source[0])

    app.connect("source-read", fill)

    def correct(app: Sphinx, error: Exception | None) -> None:
        for file in Path(app.outdir).rglob("*.html") if error is None else ():
            text = file.read_text(encoding="utf-8")
            for fault, right in _FAULTS.items():
                text = text.replace(fault, right)
            file.write_text(text, encoding="utf-8")

    app.connect("build-finished", correct)
