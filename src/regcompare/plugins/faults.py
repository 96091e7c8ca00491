"""What went wrong in other people's code, and where in it: the words of an error."""

from __future__ import annotations

import enum
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from regcompare.errors import DefinitionError, RegcompareError, did_you_mean, nearest

MOST_CHARACTERS = 1_000
"""How many characters of an error are quoted."""

_FIXES = {
    "RC407": "facts that the ruleset's vocabulary contains; regcompare facts lists them.",
    "RC410": "a citation first, in every rule, duty, interpretation, power and omission.",
    "RC411": "a definition as the message says.",
}


def describe_error(error: BaseException, module: str, default: tuple[str, str]) -> tuple[str, str, str]:
    """Returns the problem code, what was found, and the fix for an error in a module.

    Args:
        error: The error.
        module: The module, to whose package the place in the message belongs; blank for an error that
            has the default code whatever it is.
        default: The code and the fix of an error that is not one in definitions.
    """
    code, fix = default
    if not module:
        pass
    elif isinstance(error, DefinitionError):
        code, fix = error.code, _FIXES.get(error.code, _FIXES["RC411"])
    elif isinstance(error, AttributeError) and hasattr(error.obj, "__facts__"):
        code, fix = "RC407", _FIXES["RC407"]
    elif _misspelt_member(error):
        code, fix = "RC411", _FIXES["RC411"]
    message = located_message(error, module)
    return code, message if len(message) <= MOST_CHARACTERS else f"{message[:MOST_CHARACTERS]}…", fix


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
    folders = specification and specification.submodule_search_locations
    origin = folders[0] if folders else specification and specification.origin
    return Path(origin) if origin else None


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
    sections = (
        str(value.__section__)
        for name, loaded in list(sys.modules.items())
        if name.startswith(package) and isinstance(loaded, ModuleType)
        for value in list(vars(loaded).values())
        if hasattr(value, "__section__") and value.__module__ == name
    )
    return tuple(dict.fromkeys(sections))
