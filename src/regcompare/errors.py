"""Errors and problems: each says where it is, what was found, what was expected and how to fix it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import NamedTuple

import attrs

from ._visible import visible

CODES: dict[str, str] = {
    "RC101": "The file cannot be read.",
    "RC102": "The file is too large.",
    "RC103": "The file is not UTF-8 text.",
    "RC104": "The file is not well formed.",
    "RC105": "The file is nested too deeply.",
    "RC106": "Anchors and aliases are not supported.",
    "RC107": "Tags are not supported.",
    "RC108": "A key appears twice.",
    "RC109": "The file contains more than one document.",
    "RC110": "The file contains no scenarios.",
    "RC111": "The file type is not known.",
    "RC201": "The key is not known here.",
    "RC202": "The fact is not known.",
    "RC203": "The answer is not one of the fact's answers.",
    "RC204": "The value has the wrong structure.",
    "RC205": "A required key is missing.",
    "RC206": "The day is not a calendar day, or is earlier than 1 July 1995.",
    "RC207": "The country code is not known.",
    "RC208": "The code of an entry is malformed.",
    "RC209": "A member is named twice.",
    "RC210": "The expectation cannot be read.",
    "RC211": "The power is not known to any ruleset.",
    "RC212": "The same scenario id appears twice.",
    "RC213": "The ruleset is not known.",
    "RC214": "The section belongs to a plugin that is not loaded.",
    "RC215": "There may be more mistakes than those listed.",
    "RC216": "The list has no such code.",
    "RC217": "A reply or an owner is neither given with its source nor was it looked for.",
    "RC221": "The case that this one is like does not exist.",
    "RC222": "Cases are like each other in a circle.",
    "RC223": "The case that this one is like is in a file that was not read.",
    "RC224": "What a case leaves out is not in the case that it is like.",
    "RC225": "A fact, dispute, report, reply or owner names a source that the case does not have.",
    "RC231": "An annotation and its case give a fact different answers.",
    "RC232": "The case that an annotation is for does not exist.",
    "RC301": "The facts contradict each other.",
    "RC401": "The plugin cannot be imported.",
    "RC402": "A hook of the plugin failed.",
    "RC403": "A hook returned the wrong thing.",
    "RC404": "The plugin implements a hook that does not exist.",
    "RC405": "The plugin offers a ruleset with an id that exists already.",
    "RC406": "The plugin declares a section of facts that exists already.",
    "RC407": "A ruleset refers to a fact that no vocabulary contains.",
    "RC408": "The list of allowed plugins names one that is not installed.",
    "RC409": "The plugin was written for a different interface.",
    "RC410": "A provision has no citation.",
    "RC411": "One of the plugin's definitions is not valid.",
    "RC412": "The plugin does not implement any hook.",
    "RC413": "The entry point of the plugin is malformed.",
    "RC415": "A constraint in the plugin affects facts other than its own.",
    "RC416": "A ruleset of the plugin cannot be built or applied.",
    "RC417": "One of the plugin's case files cannot be read.",
    "RC418": "The plugin is slow to import, or one of its hooks is.",
    "RC419": "A word of a plugin does not have the prefix of one of its own sections.",
    "RC420": "The plugin adds a command or another feature whose name exists already.",
    "RC421": "A command or another feature of the plugin cannot be used.",
    "RC422": "A ruleset says that it is parallel to one that nobody offers.",
    "RC423": "A file of texts of the plugin cannot be used.",
    "RC424": "A module or a distribution has the name of one that ships.",
}
"""Every stable problem code with its meaning; documented in ``docs/problems.md``."""


def nearest(word: object, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Returns the name that a word begins, or the most similar one; None if none is similar.

    The word itself is no suggestion.

    Args:
        word: The word; what is no text is similar to none.
        names: The names.
        cutoff: How similar they must be, from 0 to 1.
    """
    if not isinstance(word, str):
        return None
    by_lower = {name.lower(): name for name in reversed(list(names)) if name != word}
    longer = [name for name in by_lower if len(word) > 3 and name.startswith(word.lower())]
    if longer:
        return by_lower[min(longer, key=len)]
    spellings = (re.sub("[- ]", "_", word.lower()), word.lower())
    matches = (get_close_matches(spelling, by_lower, 1, cutoff) for spelling in spellings)
    return next((by_lower[match[0]] for match in matches if match), None)


_SHOWN = 60


def quoted(value: object) -> str:
    """Returns what was found as a message quotes it, shortened if it is long."""
    if not isinstance(value, str):
        text = repr(value)
        return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
    return repr(str(value) if len(value) <= _SHOWN else value[: _SHOWN - 3] + "...")


def did_you_mean(name: str | None) -> str:
    """Returns the question with which a message suggests a name; blank if there is none."""
    return f" Did you mean {name!r}?" if name else ""


class Place(NamedTuple):
    """A place in a file: its line and column, from 1; 0 where there is none."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@attrs.frozen(order=True)
class Problem:
    """One mistake: where it is, and how to fix it.

    Attributes:
        file: The file, plugin or ruleset in which it was found.
        line: Line from 1, or 0 where there is none.
        column: Column from 1, or 0 where there is none.
        code: A stable code, a key of ``CODES``.
        found: What was found, as a statement.
        expected: What was expected, or how to fix it.
        suggestion: The nearest name, if there is one.
    """

    file: str
    line: int
    column: int
    code: str
    found: str
    expected: str = ""
    suggestion: str | None = attrs.field(default=None, order=False)

    def __str__(self) -> str:
        place = Place(self.file, self.line, self.column)
        text = f"{place}: {self.code} {self.found}"
        if self.expected:
            text += f" Expected {self.expected}"
        return visible(text + did_you_mean(self.suggestion))


class RegcompareError(Exception):
    """The base of this library's errors; the text says where, what was wrong and how to fix it."""

    def __str__(self) -> str:
        return visible(super().__str__())


class FileError(RegcompareError):
    """All the mistakes in one or more files, in order of file and line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class DefinitionError(RegcompareError):
    """A fact, condition, rule or ruleset is defined wrongly; raised at its definition.

    Attributes:
        code: The stable code under which a plugin that raises it is reported.
    """

    def __init__(self, text: str, code: str = "RC411") -> None:
        self.code = code
        super().__init__(text)


class UsageError(RegcompareError):
    """A function or command was given something that does not exist or cannot be used."""


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Replaces the error of a missing optional library by the command that installs it.

    Args:
        extra: The extra that installs the libraries imported inside the block.

    Raises:
        UsageError: A library is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed; it comes with the extra {extra!r}. Type:\n"
            f"python -m pip install 'regcompare[{extra}]'"
        ) from None
