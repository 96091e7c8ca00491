"""Finds whose a module is: what ships is known by its folder, and nothing of its name replaces it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import Distribution
from pathlib import Path
from types import ModuleType

_CORE = Path(__file__).resolve().parents[1]
"""The package that is running."""


def own_roots(candidate: Distribution) -> tuple[str, ...]:
    """Returns the folders of the packages of a distribution that contains this file; of others none."""
    roots = list(_roots(candidate))
    return tuple(map(str, roots)) if _CORE.parent in roots else ()


def _roots(candidate: Distribution) -> Iterator[Path]:
    """Yields the folders of a distribution: beside its metadata, or where it was installed to edit."""
    for file in candidate.files or ():
        path = Path(str(candidate.locate_file(file)))
        if file.parts == (_CORE.name, "__init__.py"):
            yield path.resolve().parents[1]
        elif file.suffix == ".pth":
            with suppress(OSError):
                lines = path.read_text(encoding="utf-8").splitlines()
                yield from (Path(line).resolve() for line in lines if line and " " not in line[:7])


class _OwnPackages:
    """Finds the packages that ship where they are, before the path is searched."""

    def __init__(self, roots: Sequence[str]) -> None:
        self.roots = roots

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Returns the spec of a package that ships; None for others."""
        is_ours = path is None and name.startswith(f"{_CORE.name}_")
        return PathFinder.find_spec(name, self.roots, target) if is_ours else None


@contextmanager
def imported_from(roots: Sequence[str]) -> Iterator[None]:
    """Imports packages that ship from their own folders, if there are any."""
    finder = _OwnPackages(roots)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path[:] = [item for item in sys.meta_path if item is not finder]


def intruder(module: ModuleType, roots: Sequence[str]) -> str | None:
    """Returns the file that has the name of a module that ships, imported or not; None for none."""
    if not roots:
        return None
    if not any(Path(str(module.__file__)).resolve().is_relative_to(root) for root in roots):
        return module.__file__
    first = PathFinder.find_spec(module.__name__)
    return first.origin if first and first.origin != module.__file__ else None
