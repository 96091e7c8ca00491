"""What went wrong, told so that it can be mended: where, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

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
    "RC221": "The case that this one is like does not exist.",
    "RC222": "Cases are like each other in a circle.",
    "RC223": "The case that this one is like is in a file that was not read.",
    "RC224": "What a case leaves out is not in the case that it is like.",
    "RC231": "An annotation and its case give a fact different answers.",
    "RC232": "The case that an annotation is for does not exist.",
    "RC233": "A line of a file of signatures is wrong.",
    "RC301": "The facts contradict each other.",
    "RC401": "The plugin cannot be imported.",
    "RC402": "A hook of the plugin failed, or a ruleset that it names cannot be built.",
    "RC403": "A hook returned the wrong thing.",
    "RC404": "The plugin implements a hook that does not exist.",
    "RC405": "The plugin offers a ruleset with an id that exists already.",
    "RC406": "The plugin declares a section of facts that exists already.",
    "RC407": "A ruleset refers to a fact that no vocabulary contains.",
    "RC408": "The list of allowed plugins names one that is not installed.",
    "RC409": "The plugin requires a different API version.",
    "RC410": "A provision has no citation.",
    "RC411": "One of the plugin's definitions is not valid.",
    "RC412": "The plugin does not implement any hook.",
    "RC413": "The entry point of the plugin is malformed.",
    "RC414": "The module of the plugin is offered already.",
    "RC415": "A constraint in the plugin affects facts other than its own.",
    "RC416": "A ruleset of the plugin cannot be applied.",
    "RC417": "One of the plugin's case files cannot be read.",
    "RC418": "The plugin is slow to import.",
    "RC419": "A word of a plugin does not stand under its own name.",
}
"""Every stable problem code with its meaning; documented in ``docs/problems.md``."""


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Returns the known name that is most like the word, or None where nothing is like it.

    Args:
        word: The word.
        known: The known names.
        alike: How much alike two words must be, from 0 to 1.
    """
    names = list(known)
    by_lower = {name.lower(): name for name in reversed(names)}
    close = get_close_matches(word.lower().replace("-", "_").replace(" ", "_"), by_lower, 1, alike)
    close = close or get_close_matches(word.lower(), by_lower, 1, alike)
    return by_lower[close[0]] if close else None


def did_you_mean(name: str | None) -> str:
    """Returns the question that ends a message and offers a name; nothing where there is none."""
    return f" Did you mean {name!r}?" if name else ""


@attrs.frozen(order=True)
class Problem:
    """One mistake, with its place and its cure.

    Attributes:
        file: The file, plugin or ruleset in which it was found.
        line: Line from 1, or 0 where there is none.
        column: Column from 1, or 0 where there is none.
        code: A stable code, a key of ``CODES``.
        found: What was found, as a statement.
        expected: What was expected, or how to fix it.
        suggestion: The nearest known name, if one is near.
    """

    file: str
    line: int
    column: int
    code: str
    found: str
    expected: str = ""
    suggestion: str | None = attrs.field(default=None, order=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        text = f"{place}: {self.code} {self.found}"
        if self.expected:
            text += f" Expected {self.expected}"
        return visible(text + did_you_mean(self.suggestion))


class RegcompareError(Exception):
    """Anything that this library refuses; its text says where, what and how to mend it."""

    def __str__(self) -> str:
        return visible(super().__str__())


class FileError(RegcompareError):
    """The mistakes of one or more files, all of them, in order of file and line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class DefinitionError(RegcompareError):
    """A fact, condition, rule or ruleset is defined wrongly; raised where it is written.

    Attributes:
        code: The stable code under which a plugin that raises it is reported.
    """

    def __init__(self, text: str, code: str = "RC411") -> None:
        self.code = code
        super().__init__(text)


class UsageError(RegcompareError):
    """A function or command was asked for something that does not exist or cannot be done."""


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Turns the import of an optional library that is missing into the line to type.

    Args:
        extra: The extra of this distribution that brings the libraries imported inside the block.

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
