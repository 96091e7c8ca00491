"""One named question about a scenario, whatever its kind."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    Literal,
    NoReturn,
    Self,
    TypeVar,
    cast,
    get_args,
    overload,
)

import attrs

from regcompare._support.fields import refuse_other
from regcompare.errors import DefinitionError, nearest
from regcompare.logic.conditions import Among
from regcompare.logic.questions import FactQuestion, Question

from .answers import UNKNOWN, AnswerError, Unknown
from .own_words import OwnWord, key_of, owner_of

Method = TypeVar("Method", bound=Callable[..., Any])
Answer = TypeVar("Answer")
Given = TypeVar("Given")

WhoCanChange = Literal["designer", "exporter", "authority", "legislator", "nobody"]
"""Who could make the answer another one."""

BOTH_WAYS = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
"""Words in ``states`` that say the answer yes, and those that say no: ``{has|has no}``."""


_WAYS = ("is_in", "includes_any", "includes_all", "on_or_after")
"""The methods by which kinds of facts are asked in a condition."""


class TypedFact(Generic[Answer, Given]):
    """What a checker of types knows of a fact: on the class it is itself, on an instance the answer."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> Answer | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: Given | Unknown | None) -> None: ...


class Fact:
    """One named question about a scenario; use one of the kinds below.

    Attributes:
        question: The question in plain words.
        help: What the answer means, and what it does not mean.
        states: The answer yes as a clause, or the words that an answer follows, as they read in a
            sentence.  ``…`` marks the place of the answer where it is not the end; ``{has|has no}``
            says both ways where "not" after the verb would not do.
        changed_by: Who could make the answer another one; without it, whom its section names.
        ordinary: The answer of an ordinary transaction, used only where a file presumes it.
        section: The section that the fact belongs to.
        field: The name of the field in its section.
        scheme_of: The fact with codes of which this one holds those of another numbering scheme; files
            write them in its list, under the name of the section: ``us:5A980``.
    """

    kind: ClassVar[str]
    is_set: ClassVar[bool] = False
    _asks: ClassVar[Callable[..., Question]] = FactQuestion
    changed_by: WhoCanChange = "nobody"
    scheme_of: Fact | None = None
    section: str = ""
    field: str = ""
    key: str = ""
    """The name of the fact in files and output, such as ``item.technology``."""

    def __init__(
        self,
        question: str,
        *,
        help: str = "",
        states: str = "",
        changed_by: WhoCanChange | None = None,
        ordinary: Any = None,
    ) -> None:
        self.question = question
        self.help = help
        self.states = states
        self._changed_by = changed_by
        self.ordinary = ordinary

    def __repr__(self) -> str:
        return self.key or f"<{type(self).__name__}>"

    def named(self, section: str, field: str, changed_by: WhoCanChange = "nobody") -> Self:
        """Returns the fact itself, with its place among the facts, and what it does not say itself."""
        self.section, self.field, self.key = section, field, f"{section}.{field}"
        self.changed_by = changed_by if self._changed_by is None else self._changed_by
        return self

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        raise DefinitionError(
            f"{self!r} cannot be compared with ==. To ask whether the answer is one of some, write "
            f"{self!r}.is_in(...) or .includes_any(...); to compare declarations, use 'is'."
        )

    __hash__ = object.__hash__

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            if name.startswith("_"):
                raise AttributeError(name)
            ways = [f".{way}(...)" for way in _WAYS if hasattr(type(self), way)]
            cure = f"write {' or '.join(ways)}" if ways else "it is itself a condition"
            # With an empty name the interpreter does not add a suggestion of its own.
            raise AttributeError(f"{self!r} has no {name!r}; {cure}.", name="", obj=self)

    def __bool__(self) -> NoReturn:
        msg = f"{self!r} is a question, not an answer; write &, | and ~, never 'and', 'or', 'not'."
        raise DefinitionError(msg)

    def check(self) -> None:
        """Refuses a declaration that no file, condition or sentence could use.

        Raises:
            DefinitionError: A part of it is another than its kind takes; the text says which.
        """
        refuse_other(self.key, "question", self.question, str)
        refuse_other(self.key, "changed_by", self.changed_by, *get_args(WhoCanChange))
        refuse_other(self.key, "states", self.states, str, "")
        if re.search(r"[{}]", BOTH_WAYS.sub("", self.states)):
            raise DefinitionError(
                f"{self.key}: states= says both ways in {{yes|no}}, such as {{has|has no}}, found "
                f"{self.states!r}."
            )
        if isinstance(self.ordinary, Same):
            self.ordinary.check(self)
            return
        try:
            self.convert(self.ordinary)
        except AnswerError as error:
            raise DefinitionError(f"{self.key}: ordinary= is another answer: {error}") from None

    def asked(self, member: str = "") -> Question:
        """Returns the question that conditions ask about it; of a set about a member or a pattern."""
        return self._asks(self.key, member) if member else self._asks(self.key)

    # how an answer is read, written and put to conditions -------------------------------------

    def convert(self, value: object) -> Any:
        """Returns the answer that was given in Python.

        Raises:
            AnswerError: It is not an answer to this fact.
        """
        if value is None or value is UNKNOWN or value == "unknown":
            return UNKNOWN if value is not None else None
        return self._convert(key_of(value))

    def _convert(self, value: object) -> Any:
        if isinstance(value, str):
            return self.read(value)
        if self.kind in ("choice", "country") and (words := _one_of(value)) is not None:
            return Among(map(self.read, words)) if len(words) > 1 else self.read(words[0])
        raise self._refused(value, "RC204")

    def _refused(self, value: object, code: str, near: str | None = None) -> AnswerError:
        return AnswerError(code, f"{value!r} is not an answer to {self.key}.", self.expected(), near)

    def read(self, text: str) -> Any:
        """Returns the answer, or the member of a set, that the text names.

        Raises:
            AnswerError: The text is not an answer to this fact.
        """
        raise NotImplementedError

    def _checked(self, words: Iterable[Any]) -> list[Any]:
        return [self.read(word) for word in words]

    def write(self, value: Any) -> Any:
        """Returns the answer as it stands in a file."""
        return "unknown" if value is UNKNOWN else self._write(value)

    def _write(self, value: Any) -> Any:
        return {"one_of": sorted(value.words)} if isinstance(value, Among) else value

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


@attrs.frozen(eq=False)
class Same:
    """An ordinary answer that copies the answer of another fact.

    Example:
        ``country: Country = Country("Where is it used?", ordinary=Same(Destination.country))``

    Attributes:
        original: The fact whose answer is copied, of the same kind; its answers are among those of the
            fact that copies it.
    """

    original: Fact = attrs.field()

    @original.validator
    def _is_a_fact(self, attribute: object, value: object) -> None:
        if not isinstance(value, Fact):
            msg = f"Same() copies a fact, found {value!r}. Write Same(Destination.country), unquoted."
            raise DefinitionError(msg)

    @property
    def fact(self) -> str:
        """The key of the fact whose answer is copied."""
        return self.original.key

    def check(self, copying: Fact) -> None:
        """Refuses a copy that the fact that copies could not answer with.

        Raises:
            DefinitionError: The kinds differ, or answers of the original are none of the other fact's.
        """
        original = self.original
        if not original.key or original is copying:
            msg = f"{copying.key}: ordinary=Same(...) copies a fact that no section declares before it."
            raise DefinitionError(msg)
        if original.kind != copying.kind:
            raise DefinitionError(
                f"{copying.key}: ordinary= copies {original.key}, which is of another kind "
                f"({original.kind}, not {copying.kind})."
            )
        foreign = [word for word in original.labels() if word not in copying.labels()]
        if foreign:
            raise DefinitionError(
                f"{copying.key}: ordinary= copies {original.key}, whose answer {foreign[0]!r} it does "
                "not take."
            )


def _one_of(value: object) -> Sequence[str] | None:
    """The words of an answer of which only is known that it is one of them."""
    if isinstance(value, Among):
        return sorted(value.words)
    if isinstance(value, Mapping) and set(value) == {"one_of"}:
        words = value["one_of"]
        if isinstance(words, Sequence) and not isinstance(words, str) and words:
            return [str(key_of(word)) for word in dict.fromkeys(words)]
    return None


class WordFact(Fact):
    """A fact whose answers, or members, are words from a list.

    Attributes:
        members: Each word of the list with its label.
        takes_own: Whether a plugin may add words under its own name, such as ``us:reexport``.  Before a
            vocabulary says which there are, any such name is taken.
    """

    members: Mapping[str, str] = MappingProxyType({})
    takes_own: bool = False

    def _takes(self, list_name: str, words: Mapping[Any, str], takes_own: bool) -> None:
        refuse_other(repr(self.question), list_name, words, Mapping)
        self.members = {str(word): label for word, label in words.items()}
        self.takes_own = takes_own

    def with_own(self, words: Iterable[OwnWord]) -> Self:
        """Returns the fact with these words as well, and no other words of plugins."""
        bound = copy.copy(self)
        bound.takes_own = False
        bound.members = {**self.members, **{word.key: word.label for word in words}}
        return bound

    def read(self, text: str) -> str:
        if text in self.members or (self.takes_own and owner_of(text)):
            return text
        raise self._refused(text, "RC203", nearest(text, self.members))

    def labels(self) -> Mapping[str, str]:
        return self.members


def questioned(method: Method) -> Method:
    """Turns a wrong answer in a condition into an error of the definition."""

    @wraps(method)
    def asked(self: Fact, *given: str | OwnWord) -> Any:
        words = [cast("str", key_of(word)) for word in given]
        for word in words:
            if not isinstance(word, str):
                raise DefinitionError(
                    f"In a condition on {self!r}: {word!r} is not an answer. Write the answers one by "
                    f"one, as in {method.__name__}('a', 'b'), or a * before a list."
                )
        if not words:
            raise DefinitionError(f"{self!r} was asked about no answer at all; name at least one.")
        try:
            return method(self, *words)
        except AnswerError as error:
            raise DefinitionError(f"In a condition on {self!r}: {error}") from None

    return cast("Method", asked)
