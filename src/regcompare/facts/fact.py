"""One named question about a scenario, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Literal, NoReturn

from regcompare.errors import DefinitionError, nearest

from .answers import UNKNOWN, AnswerError

__all__ = ["Fact", "WhoCanChange", "Worded", "questioned"]

WhoCanChange = Literal["designer", "exporter", "authority", "legislator", "nobody"]
"""Who could make the answer another one."""


class Fact:
    """One named question about a scenario; use one of the kinds below.

    Attributes:
        question: The question in plain words.
        help: What the answer means, and what it does not mean.
        states: The answer yes as a clause, or the words that an answer follows, as they read in a
            sentence.  ``…`` marks the place of the answer where it is not the end; ``{has|has no}``
            says both ways where "not" after the verb would not do.
        changed_by: Who could make the answer another one.
        ordinary: The answer of an ordinary transaction, used only where a file presumes it.
        section: The section that the fact belongs to.
        field: The name of the field in its section.
    """

    kind: ClassVar[str]
    is_set: ClassVar[bool] = False
    section: str = ""
    field: str = ""

    def __init__(
        self,
        question: str,
        *,
        help: str = "",
        states: str = "",
        changed_by: WhoCanChange = "nobody",
        ordinary: Any = None,
    ) -> None:
        self.question = question
        self.help = help
        self.states = states
        self.changed_by = changed_by
        self.ordinary = ordinary

    def __repr__(self) -> str:
        return self.key or f"<{type(self).__name__}>"

    @property
    def key(self) -> str:
        """The name of the fact in files and output, such as ``item.technology``."""
        return f"{self.section}.{self.field}" if self.section else ""

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        msg = (
            f"{self!r} cannot be compared with ==. To ask whether the answer is one of some, write "
            f"{self!r}.is_in(...) or .includes_any(...); to compare declarations, use 'is'."
        )
        raise DefinitionError(msg)

    __hash__ = object.__hash__

    def __bool__(self) -> NoReturn:
        msg = f"{self!r} is a question, not an answer; write &, | and ~, never 'and', 'or', 'not'."
        raise DefinitionError(msg)

    # how an answer is read, written and put to conditions -------------------------------------

    def convert(self, value: object) -> Any:
        """Returns the answer that was given in Python.

        Raises:
            AnswerError: It is no answer to this fact.
        """
        if value is None or value is UNKNOWN or value == "unknown":
            return UNKNOWN if value is not None else None
        return self._convert(value)

    def _convert(self, value: object) -> Any:
        if not isinstance(value, str):
            raise AnswerError("RC204", f"{value!r} is no answer to {self.key}.", self.expected())
        return self.read(value)

    def read(self, text: str) -> Any:
        """Returns the answer, or the member of a set, that the text names.

        Raises:
            AnswerError: The text is no answer to this fact.
        """
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        """Returns the answer as it stands in a file."""
        return "unknown" if value is UNKNOWN else self._write(value)

    def _write(self, value: Any) -> Any:
        return value

    def expected(self) -> str:
        """Says in words what an answer looks like."""
        raise NotImplementedError

    def labels(self) -> Mapping[str, str]:
        """The answers with their labels, where they can be listed."""
        return {}

    def schema(self) -> dict[str, Any]:
        """Returns the JSON Schema of an answer in a file."""
        raise NotImplementedError

    def truth(self, value: Any, member: str) -> Any:
        """Returns the answer to the question ``key`` or ``key:member``, or None where unknown."""
        return None if value is None or value is UNKNOWN else value


class Worded(Fact):
    """A fact whose answers are words from a list."""

    def _listed(self, text: str, answers: Mapping[str, str]) -> str:
        if text in answers:
            return text
        found = f"{text!r} is no answer to {self.key}."
        raise AnswerError("RC203", found, self.expected(), nearest(text, answers))

    def _checked(self, words: Iterable[str]) -> list[str]:
        checked = [self.read(word) for word in words]
        if not checked:
            msg = f"{self!r} was asked about no answer at all; name at least one."
            raise DefinitionError(msg)
        return checked


def questioned(method: Callable[..., Any]) -> Callable[..., Any]:
    """Turns a wrong answer in a condition into an error of the definition."""

    def asked(self: Fact, *words: str) -> Any:
        try:
            return method(self, *words)
        except AnswerError as error:
            raise DefinitionError(f"In a condition on {self!r}: {error}") from None

    asked.__doc__ = method.__doc__
    return asked
