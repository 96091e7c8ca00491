"""Puts what went wrong in other people's code into words, with its position there."""

from __future__ import annotations

import enum
import importlib.util
import re
import traceback
from collections.abc import Callable
from contextlib import suppress
from inspect import Parameter, signature
from pathlib import Path
from typing import Any
from warnings import catch_warnings

from regcompare.errors import CODES, DefinitionError, RegcompareError, did_you_mean, nearest

from .guard import Overdue


class Fault(Exception):  # noqa: N818 - not an error of the program
    """A fault of something that a plugin offers: its code, what was found, what was expected."""

    def __str__(self) -> str:
        code, found, expected = self.args
        return f"{code} {found} Expected {expected}"


_FIXES = {
    "RC407": "facts that the ruleset's vocabulary contains; regcompare facts lists them.",
    "RC410": "a citation first, in every rule, duty, interpretation, power and omission.",
    "RC411": "a definition as the message says.",
}


LONGEST = 2000
"""The most characters of a text of other people's code that a message quotes."""


def cut(text: str) -> str:
    """Returns a text, cut where it is too long for a message."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text):,} characters)"


def described(
    error: BaseException, module: str, what: str, default: tuple[str, str]
) -> tuple[str, str, str]:
    """Returns the problem code of an error, what was found, and what was expected.

    Args:
        error: The error; its own text may fail.
        module: The module whose code raised it, or called what raised it.
        what: What ran, as the subject of a sentence.
        default: The code, and what was expected, unless the error has its own.
    """
    try:
        if isinstance(error, Fault):
            code, found, expected = error.args
            return (code if code in CODES else default[0]), cut(found), cut(expected)
        if isinstance(error, Overdue):
            cure = "a plugin that is loaded at once; a hook gathers and never computes."
            return "RC418", f"{what} cannot be used: {error}", cure
        code, message, expected = _explained(error, default)
        position = _position_in(error, _root(module))
        located = f"{f'{position}: ' if position else ''}{message}".replace("\n", " ")
        return code, f"{what} cannot be used: {cut(located)}", expected
    except BaseException:  # noqa: BLE001 - the text of an error is other people's code as well
        name = type.__dict__["__name__"].__get__(type(error))
        return default[0], f"{what} cannot be used: {cut(name)}, whose text cannot be shown.", default[1]


def _explained(error: BaseException, default: tuple[str, str]) -> tuple[str, str, str]:
    """The problem code of an error, its message, and the fix; mistakes in definitions have their own."""
    if own := _in_definition(error):
        return *own, _FIXES.get(own[0], _FIXES["RC411"])
    code, fix = default
    if moved := _moved(error):
        name, home = moved
        return code, f"{name} is in {home}.", f"from {home} import {name}."
    if isinstance(error, NameError):
        fix = _defined(error)
    elif isinstance(error, FileNotFoundError) and error.filename:
        fix = _existing(Path(str(error.filename)))
    text = f"{error}." if isinstance(error, SyntaxError) else _named(error, str(error))
    return code, str(error) if isinstance(error, RegcompareError) else text, fix


def _in_definition(error: BaseException) -> tuple[str, str] | None:
    """The problem code and the message of a mistake in a definition; None for any other error."""
    if isinstance(error, DefinitionError):
        return (error.code if error.code in CODES else "RC411"), str(error)
    if not isinstance(error, AttributeError):
        misgiven = _misgiven(error)
        return ("RC411", misgiven) if misgiven else None
    if isinstance(error.obj, enum.EnumType):
        return "RC411", _named(error, _members(error.obj, error.name or ""))
    code = "RC407" if hasattr(error.obj, "__facts__") else "RC411"
    is_own = type(error.obj).__module__.partition(".")[0] == "regcompare"
    return (code, _named(error, str(error))) if is_own or code == "RC407" else None


def _named(error: BaseException, text: str) -> str:
    return f"{type(error).__name__}: {text}{'' if text.endswith(('.', '?')) else '.'}"


def _defined(error: NameError) -> str:
    """Returns what to write instead of a name that is not defined: it may be, further down."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    name, known = error.name or "", frames[-1].f_globals if frames else {}
    with suppress(OSError, ValueError):
        text = Path(frames[-1].f_code.co_filename).read_text(encoding="utf-8")
        if below := re.search(rf"^{re.escape(name)}\b[^=\n]*=", text, re.MULTILINE):
            line = text.count("\n", 0, below.start()) + 1
            return f"it to be defined above its use; it is in line {line}. Move it up."
    hint = did_you_mean(nearest(name, [item for item in known if not item.startswith("__")]))
    return f"a name that is defined or imported above.{hint}"


def _existing(file: Path) -> str:
    """Returns which files there are, where one does not exist."""
    with suppress(OSError):
        names = sorted(item.name for item in file.parent.iterdir() if item.suffix == file.suffix)
        if names:
            hint = did_you_mean(nearest(file.name, names))
            return f"a file that exists, such as {' or '.join(names)}.{hint}"
    return "a file that exists."


def _members(cls: enum.EnumType, name: str) -> str:
    """The members that an enumeration has, where it lacks one."""
    members = list(cls.__members__)
    near = nearest(name, members)
    hint = did_you_mean(near and f"{cls.__name__}.{near}")
    return f"{cls.__name__} has no member {name!r}, only {', '.join(members)}.{hint}"


_IMPORT = re.compile(r"cannot import name '(\w+)' from '(regcompare[\w.]*)'")
_HOMES = ("regcompare.authoring", "regcompare", "regcompare.testing")
"""The modules whose names are promised."""


def _moved(error: BaseException) -> tuple[str, str] | None:
    """The name that was imported from elsewhere in the library, and the module that has it."""
    found = _IMPORT.match(str(error)) if isinstance(error, ImportError) else None
    for home in _HOMES if found else ():
        try:
            module = importlib.import_module(home)
        except ImportError:  # An extra that is not installed.
            continue
        places = getattr(module, "_PLACES", {})
        if found and found[1] in {*module.__all__, *places} and home != found[2]:
            return found[1], str(places.get(found[1], home))
    return None


_GIVEN = re.compile(
    r"(?P<what>[A-Z]\w+)(?:\.__init__|\.(?P<method>\w+))?\(\) "
    r"(?P<fault>missing|got an unexpected keyword argument|takes) (?P<rest>.*)",
    re.DOTALL,
)


def _misgiven(error: BaseException) -> str:
    """Returns which arguments a definition lacks or does not take; blank for another error."""
    found = _GIVEN.match(str(error)) if isinstance(error, TypeError) else None
    called = _called(found["what"], found["method"]) if found else None
    if not found or called is None:
        return ""
    what = f"{found['what']}.{found['method']}" if found["method"] else found["what"]
    names = re.findall(r"'(\w+)'", found["rest"])
    if found["fault"] == "missing" and names:
        return f"{what}(…): {' and '.join(f'{name}=' for name in names)} missing; give it."
    if found["fault"].startswith("got") and names:
        hint = did_you_mean(names[1] if len(names) > 1 else None)
        kinds = Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY
        takes = signature(called).parameters.values()
        taken = (item.name for item in takes if item.kind in kinds and item.name != "self")
        return f"{what}(…): there is no {names[0]}=.{hint} It takes {', '.join(taken)}."
    return f"{what}(…): it {found['fault']} {found['rest']}; give arguments by name."


def _called(what: str, method: str | None) -> Callable[..., Any] | None:
    """Returns what an author called; an error of Python's names the class that has the code."""
    authoring = importlib.import_module(_HOMES[0])
    for name in sorted({*authoring.__all__, *authoring._PLACES}):  # Those of earlier interfaces too.
        with catch_warnings(action="ignore"):  # Of names of earlier interfaces.
            promised = getattr(authoring, name, None)
        if not isinstance(promised, type):
            continue
        for cls in promised.__mro__:
            is_own = cls.__name__ == what and cls.__module__.startswith("regcompare.")
            if is_own and (method or signature(promised) == signature(cls)):
                return getattr(cls, method, None) if method else promised
    return None


def _root(module: str) -> Path | None:
    """The folder of a module's package, or the module's file."""
    try:
        specification = importlib.util.find_spec(module.partition(".")[0])
    except (ImportError, ValueError):
        return None
    folders = specification and specification.submodule_search_locations
    origin = folders[0] if folders else specification and specification.origin
    return Path(origin) if origin else None


def _position_in(error: BaseException, root: Path | None) -> str:
    """The last executed line in a file at or below the root; blank if there is none."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = [(frame.f_code.co_filename, line) for frame, line in frames]
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        lines.append((error.filename, error.lineno))
    for name, line in reversed(lines):
        if root and Path(name).resolve().is_relative_to(root.resolve()):
            return f"{Path(name).resolve().relative_to(root.resolve().parent).as_posix()}:{line}"
    return ""
