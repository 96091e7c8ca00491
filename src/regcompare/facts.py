"""What a fact is: its question, its kinds of answer, how an answer is read and written.

A fact is declared once, as a field of a section; the declaration is also the descriptor of the field.
On the class, ``Item.technology`` is the fact, from which conditions are built; on an instance it is the
answer: ``None`` where nothing is stated, ``UNKNOWN`` where "unknown" is stated (which no presumption
overrides)::

    @section("item", "The item")
    class Item:
        technology: Choice[Technology] = Choice("What is its main function?", TECHNOLOGIES)

    Item.technology.is_in("facial_recognition")          # a condition
    Item(technology="facial_recognition").technology     # "facial_recognition"
"""

from __future__ import annotations

import csv
import datetime as dt
import enum
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Generic,
    Literal,
    NoReturn,
    Self,
    TypeVar,
    dataclass_transform,
    overload,
)

import attrs

from .codes import CODE, code_matches, parsed_pattern
from .conditions import Condition, Holds, OneOf, OnOrAfter, all_of, any_of
from .errors import DefinitionError, did_you_mean, nearest

__all__ = [
    "UNKNOWN",
    "AnswerError",
    "Choice",
    "CodeSet",
    "Country",
    "Day",
    "Fact",
    "MemberSet",
    "Same",
    "SetOf",
    "Unknown",
    "WhoCanChange",
    "YesNo",
    "countries",
    "facts_of",
    "section",
]

Word = TypeVar("Word", bound=str)
Class = TypeVar("Class", bound=type)

WhoCanChange = Literal["designer", "exporter", "authority", "legislator", "nobody"]
"""Who could make the answer another one."""


class Unknown(enum.Enum):
    """The stated answer "unknown"."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN


class AnswerError(ValueError):
    """An answer that the fact does not take.

    Attributes:
        code: The stable problem code.
        found: What was found, as a statement.
        expected: What would be an answer.
        suggestion: The nearest answer, if one is near.
    """

    def __init__(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        self.code, self.found, self.expected, self.suggestion = code, found, expected, suggestion
        super().__init__(f"{found} Expected: {expected}{did_you_mean(suggestion)}")


@attrs.frozen
class Same:
    """An ordinary answer that copies the answer of another fact."""

    fact: str


def _frozen(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)


@attrs.frozen(repr=False)
class MemberSet:
    """The answer to a set fact: members that belong, and members left open; all others are out."""

    known: frozenset[str] = attrs.field(default=frozenset(), converter=_frozen)
    open: frozenset[str] = attrs.field(default=frozenset(), converter=_frozen)

    def __repr__(self) -> str:
        known = ", ".join(sorted(self.known))
        return f"{{{known}}}" if not self.open else f"{{{known}; open: {', '.join(sorted(self.open))}}}"

    def __contains__(self, member: object) -> bool:
        return member in self.known


@cache
def countries() -> Mapping[str, str]:
    """Returns the two-letter codes that may be answered, with their English names."""
    text = resources.files("regcompare").joinpath("data/countries.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


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


class YesNo(Fact):
    """A question answered yes or no; it is itself a condition."""

    kind = "yes_no"

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> bool | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: bool | Unknown | None) -> None: ...

    def __condition__(self) -> Condition:
        return Holds(self.key)

    def __and__(self, other: object) -> Condition:
        return all_of(self, other)

    def __rand__(self, other: object) -> Condition:
        return all_of(other, self)

    def __or__(self, other: object) -> Condition:
        return any_of(self, other)

    def __ror__(self, other: object) -> Condition:
        return any_of(other, self)

    def __invert__(self) -> Condition:
        return ~Holds(self.key)

    def _convert(self, value: object) -> Any:
        return value if isinstance(value, bool) else super()._convert(value)

    def read(self, text: str) -> bool:
        answer = {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())
        if answer is None:
            found = f"{text!r} is no answer to {self.key}."
            raise AnswerError("RC203", found, self.expected(), nearest(text, ("yes", "no", "unknown")))
        return answer

    def _write(self, value: bool) -> str:
        return "yes" if value else "no"

    def expected(self) -> str:
        return "yes, no or unknown."

    def labels(self) -> Mapping[str, str]:
        return {"yes": "yes", "no": "no"}

    def schema(self) -> dict[str, Any]:
        return {"enum": ["yes", "no", "unknown", True, False]}


class _Worded(Fact):
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


def _questioned(method: Callable[..., Any]) -> Callable[..., Any]:
    """Turns a wrong answer in a condition into an error of the definition."""

    def asked(self: Fact, *words: str) -> Any:
        try:
            return method(self, *words)
        except AnswerError as error:
            raise DefinitionError(f"In a condition on {self!r}: {error}") from None

    asked.__doc__ = method.__doc__
    return asked


class Choice(_Worded, Generic[Word]):
    """A question with one answer from a list.

    Args:
        question: The question in plain words.
        answers: Each answer with its label.
    """

    kind = "choice"

    def __init__(
        self,
        question: str,
        answers: Mapping[Word, str],
        *,
        help: str = "",
        states: str = "",
        changed_by: WhoCanChange = "nobody",
        ordinary: Word | Same | None = None,
    ) -> None:
        super().__init__(question, help=help, states=states, changed_by=changed_by, ordinary=ordinary)
        self.answers: Mapping[str, str] = {str(word): label for word, label in answers.items()}

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> Word | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: Word | Unknown | None) -> None: ...
        def is_in(self, *answers: Word) -> Condition: ...

    else:

        @_questioned
        def is_in(self, *answers):
            """Returns the condition that the answer is one of these."""
            return OneOf(self.key, frozenset(self._checked(answers)))

    def read(self, text: str) -> str:
        return self._listed(text, self.answers)

    def expected(self) -> str:
        return f"one of {', '.join(self.answers)}, or unknown."

    def labels(self) -> Mapping[str, str]:
        return self.answers

    def schema(self) -> dict[str, Any]:
        described = [{"const": word, "title": label} for word, label in self.answers.items()]
        return {"oneOf": [*described, {"const": "unknown", "title": "not known"}]}


_OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes that the institutions of the Union use for two countries, and the ISO codes."""


class Country(_Worded):
    """A question answered with the two-letter code of a country (ISO 3166-1; XI Northern Ireland)."""

    kind = "country"

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> str | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: str | Unknown | None) -> None: ...
        def is_in(self, *codes: str) -> Condition: ...

    else:

        @_questioned
        def is_in(self, *codes):
            """Returns the condition that the country is one of these."""
            return OneOf(self.key, frozenset(self._checked(codes)))

    def read(self, text: str) -> str:
        known = countries()
        if text in known:
            return text
        by_name = {name.lower(): code for code, name in known.items()}
        code = _OTHER_CODES.get(text.upper(), text.upper())
        near = code if code in known else by_name.get(text.lower())
        if near is None and (name := nearest(text, known.values())):
            near = by_name[name.lower()]
        found = f"{text!r} is no answer to {self.key}."
        raise AnswerError("RC207", found, self.expected(), near)

    def expected(self) -> str:
        return (
            "a two-letter country code in capitals such as DE (GB is Great Britain, XI Northern "
            "Ireland), or unknown."
        )

    def labels(self) -> Mapping[str, str]:
        return countries()

    def schema(self) -> dict[str, Any]:
        return {"enum": [*countries(), "unknown"]}


class Day(Fact):
    """A question answered with a calendar day."""

    kind = "day"

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> dt.date | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: dt.date | str | Unknown | None) -> None: ...

    earliest: dt.date = dt.date.min
    """The first day that is tried where the answer is open."""

    def on_or_after(self, day: dt.date) -> Condition:
        """Returns the condition that the day asked for is this day or later."""
        return OnOrAfter(self.key, day)

    def _convert(self, value: object) -> Any:
        return value if type(value) is dt.date else super()._convert(value)

    def read(self, text: str) -> dt.date:
        return read_day(text, self.key)

    def _write(self, value: dt.date) -> str:
        return value.isoformat()

    def expected(self) -> str:
        return "a day such as 2015-06-30, or unknown."

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|unknown)$"}


def read_day(text: str, where: str) -> dt.date:
    """Returns the calendar day written YYYY-MM-DD.

    Raises:
        AnswerError: The text is no such day.
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise AnswerError("RC206", f"{text!r} is no day for {where}.", "a day such as 2015-06-30.")


class _Set(_Worded):
    """A question answered with a set; each member is a yes/no question of its own."""

    is_set = True

    def _convert(self, value: object) -> Any:
        if isinstance(value, MemberSet):
            return MemberSet(map(self.read, value.known), map(self.read, value.open))
        if isinstance(value, Mapping) and set(value) <= {"known", "open"}:
            return self._convert(MemberSet(value.get("known", ()), value.get("open", ())))
        if value == "none":
            return MemberSet()
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise AnswerError("RC204", f"{value!r} is no answer to {self.key}.", self.expected())
        return MemberSet(self.read(str(word)) for word in value)

    def _write(self, value: MemberSet) -> Any:
        known, left_open = sorted(value.known), sorted(value.open)
        return {"known": known, "open": left_open} if left_open else known

    def _member_schema(self) -> dict[str, Any]:
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        members = {"type": "array", "uniqueItems": True, "items": self._member_schema()}
        halves = {"known": members, "open": members}
        described = {
            "type": "object",
            "properties": halves,
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [members, described, {"enum": ["none", "unknown"]}]}


class SetOf(_Set, Generic[Word]):
    """A question answered with a set of listed members.

    Args:
        question: The question in plain words.
        members: Each possible member with its label.
    """

    kind = "set"

    def __init__(
        self,
        question: str,
        members: Mapping[Word, str],
        *,
        help: str = "",
        states: str = "",
        changed_by: WhoCanChange = "nobody",
        ordinary: Sequence[Word] | None = None,
    ) -> None:
        super().__init__(question, help=help, states=states, changed_by=changed_by, ordinary=ordinary)
        self.members: Mapping[str, str] = {str(word): label for word, label in members.items()}

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> MemberSet | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(
            self, instance: object, value: Iterable[Word] | MemberSet | Unknown | None
        ) -> None: ...
        def includes_any(self, *members: Word) -> Condition: ...
        def includes_all(self, *members: Word) -> Condition: ...

    else:

        @_questioned
        def includes_any(self, *members):
            """Returns the condition that at least one of these belongs to the set."""
            return any_of(*(Holds(f"{self.key}:{member}") for member in self._checked(members)))

        @_questioned
        def includes_all(self, *members):
            """Returns the condition that all of these belong to the set."""
            return all_of(*(Holds(f"{self.key}:{member}") for member in self._checked(members)))

    def read(self, text: str) -> str:
        return self._listed(text, self.members)

    def expected(self) -> str:
        return (
            f"a list from {', '.join(self.members)}; none; unknown; "
            "or {known: [...], open: [...]} to leave members open."
        )

    def labels(self) -> Mapping[str, str]:
        return self.members

    def truth(self, value: Any, member: str) -> bool | None:
        if value is None or value is UNKNOWN or member in value.open:
            return None
        return member in value.known

    def _member_schema(self) -> dict[str, Any]:
        return {"oneOf": [{"const": word, "title": label} for word, label in self.members.items()]}


class CodeSet(_Set):
    """A question answered with a set of control-list codes, an open list.

    A member is a code to the sub-paragraph, ``5A001.f.1``; with the EU year in which the only wording
    that it meets began, ``4D004@2014``; for a derived entry with its parent, ``5D001.c/5A001.j``.
    A question about the set is a *pattern* (see ``code_matches``).
    """

    kind = "codes"

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> MemberSet | Unknown | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(
            self, instance: object, value: Iterable[str] | MemberSet | Unknown | None
        ) -> None: ...

    def includes_any(self, *patterns: str) -> Condition:
        """Returns the condition that some member falls under one of the patterns."""
        for pattern in patterns:
            parsed_pattern(pattern)
        return any_of(*(Holds(f"{self.key}:{pattern}") for pattern in patterns))

    def read(self, text: str) -> str:
        if CODE.fullmatch(text):
            return text
        found = f"{text!r} is no code of an entry for {self.key}."
        raise AnswerError("RC208", found, self.expected(), self._repaired(text))

    @staticmethod
    def _repaired(text: str) -> str | None:
        head, *rest = re.split(r"[.\s]+", text.strip())
        repaired = ".".join([head.upper(), *map(str.lower, rest)])
        return repaired if CODE.fullmatch(repaired) else None

    def expected(self) -> str:
        return (
            "a list of codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j; none; unknown; "
            "or {known: [...], open: [...]} to leave codes open."
        )

    def truth(self, value: Any, member: str) -> bool | None:
        if value is None or value is UNKNOWN:
            return None
        if any(code_matches(code, member) for code in value.known):
            return True
        return None if any(code_matches(code, member) for code in value.open) else False

    def _member_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{CODE.pattern}$"}


# sections ----------------------------------------------------------------------------------------


def facts_of(cls: type) -> Mapping[str, Fact]:
    """Returns the facts of a section class, by field name.

    Raises:
        DefinitionError: The class is not a section.
    """
    declared: Mapping[str, Fact] | None = getattr(cls, "__facts__", None)
    if declared is None:
        msg = f"{cls.__name__} is not a section of facts; decorate it with @section(...)."
        raise DefinitionError(msg)
    return declared


def _stated(self: Any) -> str:
    stated = ((name, getattr(self, name)) for name in facts_of(type(self)))
    inner = ", ".join(f"{name}={value!r}" for name, value in stated if value is not None)
    return f"{type(self).__name__}({inner})"


class _SectionType(type):
    """The metaclass of sections: a misspelt fact is answered with the nearest name."""

    def __getattr__(cls, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        near = nearest(name, cls.__dict__.get("__facts__", ()))
        hint = did_you_mean(near and f"{cls.__name__}.{near}")
        # With an empty name the interpreter does not add a second suggestion of its own.
        raise AttributeError(f"{cls.__name__} has no fact {name!r}.{hint}", name="", obj=cls)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def section(name: str, title: str) -> Callable[[Class], Class]:
    """Makes a class of facts into a section: frozen, keyword-only, every fact unstated by default.

    Args:
        name: The name of the section in files and keys, lower case, such as ``item``.
        title: What the section is called, in a heading.

    Raises:
        DefinitionError: A field is not a fact, or has a name that files cannot carry.
    """

    def build(cls: Class) -> Class:
        declared = {key: value for key, value in vars(cls).items() if isinstance(value, Fact)}
        for key in vars(cls).get("__annotations__", {}):
            if key not in declared:
                msg = f"{cls.__name__}.{key} has no fact as its value; write {key}: YesNo = YesNo(...)."
                raise DefinitionError(msg)
        fields: dict[str, Any] = {}
        for key, fact in declared.items():
            fact.section, fact.field = name, key
            fields[key] = attrs.field(default=None, kw_only=True, converter=_converter(fact))
        namespace = {key: value for key, value in vars(cls).items() if key not in declared}
        for dropped in ("__dict__", "__weakref__", "__annotations__"):
            namespace.pop(dropped, None)
        namespace |= {"__facts__": declared, "__section__": name, "__title__": title}
        plain = _SectionType(cls.__name__, (), namespace)
        built: Any = attrs.make_class(
            cls.__name__, fields, bases=(plain,), frozen=True, slots=False, repr=False
        )
        for key, fact in declared.items():
            setattr(built, key, fact)
        built.__facts__ = declared
        built.__repr__ = _stated
        built.__module__, built.__qualname__ = cls.__module__, cls.__qualname__
        built.__doc__ = cls.__doc__
        result: Class = built
        return result

    return build


def _converter(fact: Fact) -> Callable[[object], Any]:
    def convert(value: object) -> Any:
        return None if isinstance(value, Fact) else fact.convert(value)

    return convert
