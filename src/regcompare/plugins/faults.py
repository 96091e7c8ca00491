"""Messages about errors in other people's code: the place in that code, without a traceback."""

from __future__ import annotations

import enum
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from regcompare.errors import DefinitionError, RegcompareError, did_you_mean, nearest


def code_and_fix(error: BaseException) -> tuple[str, str] | None:
    """The problem code and the fix for an error in definitions; None for any other error."""
    if isinstance(error, DefinitionError):
        return error.code, _FIXES.get(error.code, _FIXES["RC411"])
    if isinstance(error, AttributeError) and hasattr(error.obj, "__facts__"):
        return "RC407", _FIXES["RC407"]
    if _misspelt_member(error):
        return "RC411", _FIXES["RC411"]
    return None


_FIXES = {
    "RC407": "facts that the ruleset's vocabulary contains; regcompare facts lists them.",
    "RC410": "a citation first, in every rule, duty, interpretation, power and omission.",
    "RC411": "a definition as the message says.",
}


def located_message(error: BaseException, module: str) -> str:
    """The message of an error, after the last place in the module's own package."""
    place = place_in(error, _root(module))
    return f"{f'{place}: ' if place else ''}{error_sentence(error)}".replace("\n", " ")


def error_sentence(error: BaseException) -> str:
    """The message of an error, with the nearest name if a member of an enumeration is misspelt."""
    if isinstance(error, RegcompareError):
        return str(error)
    if isinstance(error, SyntaxError):
        return f"{error}."
    text = _misspelt_member(error) or str(error)
    return f"{type(error).__name__}: {text}{'' if text.endswith(('.', '?')) else '.'}"


def _misspelt_member(error: BaseException) -> str:
    """The members that an enumeration has, if the error is that it lacks one; else blank."""
    if not isinstance(error, AttributeError) or not isinstance(error.obj, enum.EnumType):
        return ""
    kind, members = error.obj.__name__, list(error.obj.__members__)
    near = nearest(error.name or "", members)
    hint = did_you_mean(near and f"{kind}.{near}")
    return f"{kind} has no member {error.name!r}, only {', '.join(members)}.{hint}"


def _root(module: str) -> Path | None:
    """The folder of a module's package, or the module's file."""
    try:
        specification = importlib.util.find_spec(module.partition(".")[0])
    except (ImportError, ValueError):
        return None
    if specification is None:
        return None
    folders = specification.submodule_search_locations
    return Path(folders[0]) if folders else Path(specification.origin) if specification.origin else None


def place_in(error: BaseException, root: Path | None) -> str:
    """The last executed line in a file at or below the root; blank if there is none."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for name, line in reversed(places):
        if root and Path(name).resolve().is_relative_to(root.resolve()):
            return f"{Path(name).resolve().relative_to(root.resolve().parent).as_posix()}:{line}"
    return ""


def declared_sections(module: str) -> tuple[str, ...]:
    """The sections that a plugin declared before its import failed; files may still name them."""
    package = module.partition(".")[0] + "."
    sections: dict[str, None] = {
        str(value.__section__): None
        for name, loaded in list(sys.modules.items())
        if name.startswith(package) and isinstance(loaded, ModuleType)
        for value in list(vars(loaded).values())
        if hasattr(value, "__section__") and value.__module__ == name
    }
    return tuple(sections)
