"""The lowest versions that pyproject.toml allows, as constraints for pip: `python tools/lowest.py`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(?:\[[\w,]+\])?>=(?P<version>[\w.]+)")
PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest(project: dict[str, object]) -> Iterator[str]:
    """Yields ``name==version`` for each requirement of the project and of its extras, once.

    Raises:
        ValueError: A requirement names no lowest version.
    """
    extras: dict[str, list[str]] = project["optional-dependencies"]  # type: ignore[assignment]
    core: list[str] = project["dependencies"]  # type: ignore[assignment]
    requirements = dict.fromkeys([*core, *(item for extra in extras.values() for item in extra)])
    for requirement in requirements:
        if requirement.startswith(f"{project['name']}["):
            continue
        match = REQUIREMENT.fullmatch(requirement)
        if match is None:
            msg = f"pyproject.toml: {requirement!r} names no lowest version. Expected name>=version."
            raise ValueError(msg)
        yield f"{match['name']}=={match['version']}"


if __name__ == "__main__":
    print(*lowest(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]), sep="\n")
