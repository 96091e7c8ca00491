"""The base of all facts: one named question about a scenario, whatever its kind."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, wraps
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

from regcompare._support.fields import require, takes
from regcompare.errors import DefinitionError, nearest, quoted
from regcompare.logic.conditions import Among
from regcompare.logic.questions import FactQuestion

from .answers import UNKNOWN, AnswerError, Mistakes, OwnWord, Unknown, key_of, owner_of

Method = TypeVar("Method", bound=Callable[..., Any])
Answer = TypeVar("Answer")
Input = TypeVar("Input")
Word = TypeVar("Word", bound=str)

WhoCanChange = Literal["designer", "exporter", "authority", "legislator", "nobody"]
"""Who could change the answer."""

YES_NO_FORMS = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
"""The wording in ``states`` of the answer yes, and that of the answer no: ``{has|has no}``."""


@lru_cache(maxsize=1 << 14)
def section_of(key: str) -> str:
    """Returns the section of the fact with this key; ``Fact.named`` joins the two."""
    return key.partition(".")[0]


class TypedFact(Generic[Answer, Input]):
    """Tells a type checker that a fact is itself on the class, and the answer on an instance."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> Answer | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: Input | Unknown | None) -> None: ...


class Fact:
    """One named question about a scenario; use one of its subclasses.

    Attributes:
        question: The question in plain words.
        help: What the answer means, and what it does not mean.
        states: The answer yes as a clause, or the words that precede an answer in a sentence.  ``…``
            marks the place of the answer where it is not the end; ``{has|has no}`` gives the wording of
            yes and of no where "not" after the verb would be wrong.
        changed_by: Who could change the answer; by default whom its section names.
        ordinary: The answer of an ordinary transaction, used only where a file presumes it.
        section: The section to which the fact belongs.
        field: The name of the field in its section.
    """

    kind: ClassVar[str]
    is_set: ClassVar[bool] = False
    is_asked: ClassVar[bool] = True
    """Whether conditions can ask about it; they cannot ask about names."""
    _question_type: ClassVar[Callable[..., FactQuestion]] = FactQuestion
    changed_by: WhoCanChange = "nobody"
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
        """Sets the name of the fact, and who could change it if it does not say so; returns the fact."""
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
            known = ("is_in", "includes_any", "includes_all", "on_or_after")
            ways = [f".{way}(...)" for way in known if hasattr(type(self), way)]
            itself = "it is itself a condition" if self.is_asked else "no condition asks about names"
            cure = f"write {' or '.join(ways)}" if ways else itself
            # With an empty name the interpreter does not add a suggestion of its own.
            raise AttributeError(f"{self!r} has no {name!r}; {cure}.", name="", obj=self)

    def __bool__(self) -> NoReturn:
        msg = f"{self!r} is a question, not an answer; write &, | and ~, never 'and', 'or', 'not'."
        raise DefinitionError(msg)

    def check(self) -> None:
        """Checks that files, conditions and sentences can use the declaration; raises what is wrong."""
        require(self.key, "question", self.question, str)
        require(self.key, "changed_by", self.changed_by, *get_args(WhoCanChange))
        require(self.key, "states", self.states, str, "")
        if re.search(r"[{}]", YES_NO_FORMS.sub("", self.states)):
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

    def asked(self, member: str = "") -> FactQuestion:
        """Returns the question that conditions ask; for a set, about a member or a pattern."""
        return self._question_type(self.key, member)

    def convert(self, value: object) -> Any:
        """Converts a Python value to an answer; anything else is an ``AnswerError``."""
        if value is None or value is UNKNOWN or value == "unknown":
            return UNKNOWN if value is not None else None
        return self._convert(key_of(value))

    def _convert(self, value: object) -> Any:
        if isinstance(value, str):
            return self.read(str(value))
        if isinstance(value, Among):
            value = {"one_of": sorted(value.words)}
        if self.kind in ("choice", "country") and isinstance(value, Mapping) and "one_of" in value:
            return self._one_of(value)
        only = value[0] if isinstance(value, Sequence) and len(value) == 1 else None
        raise self._refused(value, "RC204", only if isinstance(only, str) else None)

    def _one_of(self, value: Mapping[str, Any]) -> Any:
        """An answer that is known only to be one of several."""
        mistakes = Mistakes()
        words = self._lists(value, ("one_of",), mistakes)["one_of"]
        answers = frozenset(mistakes.reading(self._member, words))
        mistakes.raise_any()
        if not answers:
            raise self._refused(value, "RC204")
        return Among(answers) if len(answers) > 1 else next(iter(answers))

    def _lists(
        self, value: Mapping[str, Any], keys: Sequence[str], mistakes: Mistakes
    ) -> dict[str, Sequence[Any]]:
        """The lists below these keys of a mapping; anything else in it is a mistake."""
        lists: dict[str, Sequence[Any]] = dict.fromkeys(keys, ())
        for key, words in value.items():
            found = f"{quoted(words)} is given for {self.key}.{key}."
            if key not in lists:
                found, suggestion = f"{quoted(key)} is not a key of {self.key}.", nearest(key, keys)
                mistakes.append(AnswerError("RC201", found, f"{' or '.join(keys)}.", suggestion, key))
            elif isinstance(words, str | Mapping) or not isinstance(words, Iterable):
                expected = "a list such as [...], also for a single member."
                mistakes.append(AnswerError("RC204", found, expected, None, words))
            else:
                lists[key] = tuple(words)
        return lists

    def _member(self, word: object) -> Any:
        """One of several answers."""
        word = key_of(word)
        if not isinstance(word, str) or not word:
            found = f"{quoted(word) if word else 'Nothing'} is given as a member of {self.key}."
            raise AnswerError("RC204", found, self.expected())
        if self.is_set and word in ("none", "unknown") and word not in self.labels():
            found = f"{word!r} is given as a member of {self.key}."
            raise AnswerError("RC204", found, f"{self.key}: {word}, without a list.", word)
        return self.read(str(word))

    def _refused(self, value: object, code: str, suggestion: str | None = None) -> AnswerError:
        found = f"{quoted(value)} is not an answer to {self.key}."
        return AnswerError(code, found, self.expected(), suggestion)

    def read(self, text: str) -> Any:
        """Parses an answer, or a member of a set; anything else is an ``AnswerError``."""
        raise NotImplementedError

    def expected(self) -> str:
        """Returns in words what an answer looks like."""
        raise NotImplementedError

    def labels(self) -> Mapping[str, str]:
        """Returns the answers with their labels, where they can be listed."""
        return {}

    def schema(self) -> dict[str, Any]:
        """Returns the JSON Schema of an answer in a file."""
        raise NotImplementedError

    def truth(self, value: Any, member: str) -> Any:
        """Returns the answer to the question ``key`` or ``key:member``; None if it is unknown."""
        return None if value is None or value is UNKNOWN else value


@attrs.frozen(eq=False)
class Same:
    """An ordinary answer that copies the answer of another fact.

    Example:
        ``country: Country = Country("Where is it used?", ordinary=Same(Destination.country))``

    Attributes:
        original: The fact whose answer is copied: of the same kind, and with no answer that the copying
            fact does not take.
    """

    original: Fact = attrs.field(validator=takes(Fact))

    @property
    def fact(self) -> str:
        """The key of the fact whose answer is copied."""
        return self.original.key

    def check(self, copying: Fact) -> None:
        """Checks that every answer of the original, of the same kind, is one that the fact takes."""
        original, known = self.original, copying.labels()
        foreign = [word for word in original.labels() if word not in known]
        if not original.key or original is copying:
            flaw = "a fact that no section declares before it"
        elif original.kind != copying.kind:
            flaw = f"{original.key}, which is of another kind ({original.kind}, not {copying.kind})"
        elif foreign:
            flaw = f"{original.key}, whose answer {foreign[0]!r} it does not take"
        else:
            return
        raise DefinitionError(f"{copying.key}: ordinary=Same(...) copies {flaw}.")


class WordFact(Fact, Generic[Word]):
    """A fact whose answers, or members, are words from a list.

    Args:
        question: The question in plain words.
        words: Each answer, or member, with its label.
        takes_own: Whether a plugin may add words with its own prefix, such as ``us:reexport``.  Until a
            vocabulary says which exist, any word with a prefix is accepted.
        scheme_of: Nothing any more; until the next release it may be given.
    """

    def __init__(
        self,
        question: str,
        words: Mapping[Word, str],
        *,
        help: str = "",
        states: str = "",
        changed_by: WhoCanChange | None = None,
        ordinary: Word | Sequence[Word] | Same | None = None,
        takes_own: bool = False,
        scheme_of: object = None,
    ) -> None:
        super().__init__(question, help=help, states=states, changed_by=changed_by, ordinary=ordinary)
        require(repr(question), "words", words, Mapping)
        self.members: Mapping[str, str] = MappingProxyType({str(key): words[key] for key in words})
        self.takes_own = takes_own

    def with_own(self, words: Iterable[OwnWord]) -> Self:
        """Returns a copy of the fact that takes these words of plugins, and no others."""
        bound = copy.copy(self)
        bound.takes_own = False
        bound.members = MappingProxyType({**self.members, **{word.key: word.label for word in words}})
        return bound

    def read(self, text: str) -> str:
        if text in self.members or (self.takes_own and owner_of(text)):
            return text
        raise self._refused(text, "RC203", nearest(text, self.members))

    def labels(self) -> Mapping[str, str]:
        return self.members


def checks_answers(method: Method) -> Method:
    """Decorates a method that builds a condition, so that a wrong answer is a ``DefinitionError``."""

    @wraps(method)
    def checked(self: Fact, *answers: str | OwnWord) -> Any:
        words = [cast("str", key_of(answer)) for answer in answers]
        for word in words:
            if not isinstance(word, str):
                raise DefinitionError(
                    f"In a condition on {self!r}: {word!r} is not an answer. Write the answers one by "
                    f"one, as in {method.__name__}('a', 'b'), or a * before a list."
                )
        if not words:
            raise DefinitionError(f"A condition on {self!r} names no answer; name at least one.")
        try:
            return method(self, *words)
        except AnswerError as error:
            raise DefinitionError(f"In a condition on {self!r}: {error}") from None

    return cast("Method", checked)
