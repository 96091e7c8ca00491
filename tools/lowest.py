"""The lowest versions that pyproject.toml allows, as constraints for pip: `python tools/lowest.py`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(?:\[[\w,]+\])?>=(?P<version>[\w.]+)")
PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest(pyproject: dict[str, Any]) -> Iterator[str]:
    """Yields ``name==version`` for each requirement of the project, its extras and its groups, once.

    Raises:
        ValueError: A requirement names no lowest version.
    """
    project = pyproject["project"]
    lists = [*project["optional-dependencies"].values(), *pyproject["dependency-groups"].values()]
    listed = [*project["dependencies"], *(item for requirements in lists for item in requirements)]
    for requirement in dict.fromkeys(item for item in listed if isinstance(item, str)):
        if requirement.startswith(f"{project['name']}["):
            continue
        match = REQUIREMENT.fullmatch(requirement)
        if match is None:
            msg = f"pyproject.toml: {requirement!r} names no lowest version. Expected name>=version."
            raise ValueError(msg)
        yield f"{match['name']}=={match['version']}"


if __name__ == "__main__":
    print(*lowest(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))), sep="\n")
