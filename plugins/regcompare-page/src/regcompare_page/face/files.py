"""Templates, styles and scripts of the face, and the policy that allows these alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from regcompare.views.html import templates as document_templates

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def style(*names: str) -> str:
    """Returns a style of the face: its signs and the front page, and what the named files add."""
    return "".join(_file(f"{name}.css") for name in ("face/face", *names))


@cache
def script(name: str) -> str:
    """Returns a script of this package without indentation and comment lines."""
    lines = (line.strip() for line in _file(name).splitlines())
    return "\n".join(line for line in lines if line and not re.match(r"/?\*", line))


def _file(name: str) -> str:
    return resources.files("regcompare_page").joinpath(name).read_text(encoding="utf-8")


def policy(look: str, *scripts: str) -> str:
    """Returns a policy under which a page has this style, runs these scripts, and loads nothing."""
    allowed = " ".join(map(_digest, scripts)) or "'none'"
    parts = ("default-src 'none'", f"style-src {_digest(look)}", f"script-src {allowed}")
    return "; ".join([*parts, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def embedded(data: Any) -> Markup:
    """Returns data as JSON that can be put into a page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(text.replace("</", "<\\/"))  # noqa: S704 (a script block of data, which is not run)


@cache
def templates() -> Environment:
    """Returns the environment of templates: those of documents, and those of pages."""
    from jinja2 import ChoiceLoader, PackageLoader

    documents = document_templates()
    assert documents.loader
    return documents.overlay(
        loader=ChoiceLoader([documents.loader, PackageLoader("regcompare_page")]), trim_blocks=True
    )
