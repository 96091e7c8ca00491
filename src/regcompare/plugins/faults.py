"""What went wrong in a stranger's code, told by its place in that code, without a traceback."""

from __future__ import annotations

import enum
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from regcompare.errors import DefinitionError, RegcompareError, did_you_mean, nearest


def code_and_cure(error: BaseException) -> tuple[str, str] | None:
    """The code and cure of a fault of the definitions themselves, wherever they are run."""
    if isinstance(error, DefinitionError):
        return error.code, _CURES.get(error.code, _CURES["RC411"])
    if isinstance(error, AttributeError) and hasattr(error.obj, "__facts__"):
        return "RC407", _CURES["RC407"]
    if _misspelt_member(error):
        return "RC411", _CURES["RC411"]
    return None


_CURES = {
    "RC407": "facts that the ruleset's vocabulary contains; regcompare facts lists them.",
    "RC410": "a citation first, in every rule, duty, interpretation, power and omission.",
    "RC411": "a definition as the message says.",
}


def located_message(error: BaseException, module: str) -> str:
    """The error, after the last place in the module's own package, without a traceback."""
    place = place_in(error, _root(module))
    return f"{f'{place}: ' if place else ''}{error_sentence(error)}".replace("\n", " ")


def error_sentence(error: BaseException) -> str:
    """What an error says, with the nearest name where a member of a list of words is misspelt."""
    if isinstance(error, RegcompareError):
        return str(error)
    if isinstance(error, SyntaxError):
        return f"{error}."
    text = _misspelt_member(error) or str(error)
    return f"{type(error).__name__}: {text}{'' if text.endswith(('.', '?')) else '.'}"


def _misspelt_member(error: BaseException) -> str:
    """Says which members an enumeration has, if the error is that it lacks one; blank if it is not."""
    if not isinstance(error, AttributeError) or not isinstance(error.obj, enum.EnumType):
        return ""
    kind, members = error.obj.__name__, list(error.obj.__members__)
    near = nearest(error.name or "", members)
    hint = did_you_mean(near and f"{kind}.{near}")
    return f"{kind} has no member {error.name!r}, only {', '.join(members)}.{hint}"


def _root(module: str) -> Path | None:
    """The folder of the package that a module belongs to, or the module's file."""
    try:
        found = importlib.util.find_spec(module.partition(".")[0])
    except (ImportError, ValueError):
        return None
    if found is None:
        return None
    folders = found.submodule_search_locations
    return Path(folders[0]) if folders else Path(found.origin) if found.origin else None


def place_in(error: BaseException, root: Path | None) -> str:
    """The last line of a file at or below the root that was running; blank where there is none."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for name, line in reversed(places):
        if root and Path(name).resolve().is_relative_to(root.resolve()):
            return f"{Path(name).resolve().relative_to(root.resolve().parent).as_posix()}:{line}"
    return ""


def declared_sections(module: str) -> tuple[str, ...]:
    """The sections that a plugin declared before its import failed; a file may name them still."""
    package = module.partition(".")[0] + "."
    found: dict[str, None] = {
        str(value.__section__): None
        for name, beside in list(sys.modules.items())
        if name.startswith(package) and isinstance(beside, ModuleType)
        for value in list(vars(beside).values())
        if hasattr(value, "__section__") and value.__module__ == name
    }
    return tuple(found)
