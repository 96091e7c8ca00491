"""Sections: classes whose fields are facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, NoReturn, TypeVar, dataclass_transform

import attrs

from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest

from .fact import Fact, WhoCanChange

RESERVED = frozenset(
    (
        *("id", "title", "kind", "record_kind", "sale", "date", "date_means", "summary", "story"),
        *("sources", "known_from", "presume", "presumed", "discretion", "reports", "replies", "owners"),
        *("record", "disputed", "changes", "expect", "like", "without", "for", "owner", "shares"),
        *("scenario", "scenarios", "law", "reading", "readings", "text"),
    )
)
"""Names that no section may have: scenario files and questions use them, or may come to."""

Class = TypeVar("Class", bound=type)


def facts_of(cls: type) -> Mapping[str, Fact]:
    """Returns the facts of a section class, by field name; another class is a ``DefinitionError``."""
    facts: Mapping[str, Fact] | None = getattr(cls, "__facts__", None)
    if facts is None or not isinstance(cls, _SectionType):
        msg = f"{cls.__name__} is not a section of facts; decorate it with @section(...)."
        raise DefinitionError(msg)
    return facts


def fields_of(cls: type) -> Mapping[str, Fact]:
    """Returns the facts of a section class, and the names that are no facts to a rule, by field."""
    facts_of(cls)
    fields: Mapping[str, Fact] = cls.__fields__  # type: ignore[attr-defined]
    return fields


def answers_of(stated: Iterable[object] | Mapping[str, Any]) -> dict[str, Any]:
    """Returns the answers that sections state, names of parties included, by the key of the fact.

    Answers by key are returned as they are; anything but sections is a ``DefinitionError``.
    """
    if isinstance(stated, Mapping):
        return dict(stated)
    fields = ((fields_of(type(section)), vars(section)) for section in stated)
    return {
        fact.key: answer
        for facts, answers in fields
        for name, fact in facts.items()
        if (answer := answers[name]) is not None
    }


def _repr(self: Any) -> str:
    answers = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if value is not None)
    return f"{type(self).__name__}({answers})"


class _SectionType(type):
    """The metaclass of sections, for one thing: a misspelt fact is answered with the nearest name.

    Python asks nothing but a metaclass for an attribute that a class lacks.
    """

    def __getattr__(cls, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        # With an empty name the interpreter does not add a second suggestion of its own.
        raise AttributeError(_no_fact(cls, name, f"{cls.__name__}."), name="", obj=cls)


def _no_fact(cls: type, name: str, prefix: str = "") -> str:
    suggestion = nearest(name, cls.__dict__.get("__facts__", ()))
    return f"{cls.__name__} has no fact {name!r}.{did_you_mean(suggestion and prefix + suggestion)}"


@dataclass_transform(kw_only_default=True, frozen_default=True)
def section(name: str, title: str, *, changed_by: WhoCanChange = "nobody") -> Callable[[Class], Class]:
    """Turns a class of facts into a section: frozen, keyword-only, every fact unstated by default.

    Args:
        name: The name of the section in files and keys, lower case, such as ``item``.
        title: The heading of the section.
        changed_by: Who could change the answers to its facts, unless a fact says otherwise.

    Raises:
        DefinitionError: The name cannot be used in files, a field is not a fact, or a fact is declared
            wrongly.
    """
    if name in RESERVED:
        raise DefinitionError(f"{name!r} is taken by scenario files; give the section another name.")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name, re.ASCII):
        raise DefinitionError(
            f"{name!r} is not a valid name for a section; write lower-case letters, figures and _, as "
            "in end_use."
        )

    def decorate(cls: Class) -> Class:
        facts = {field: value for field, value in vars(cls).items() if isinstance(value, Fact)}
        for field in vars(cls).get("__annotations__", {}):
            if field not in facts:
                msg = f"{cls.__name__}.{field} has no fact as its value; write"
                raise DefinitionError(f"{msg} {field}: YesNo = YesNo(...).")
        for field, fact in facts.items():
            fact.named(name, field, changed_by)
            fact.check()
        return _section_class(cls, facts, {"__section__": name, "__title__": title})

    return decorate


def _section_class(cls: Class, facts: Mapping[str, Fact], names: Mapping[str, str]) -> Class:
    """Builds the attrs class; on the class itself each field is the fact, not the attrs descriptor."""
    omitted = {*facts, "__dict__", "__weakref__", "__annotations__"}
    namespace = {name: value for name, value in vars(cls).items() if name not in omitted}
    asked = {name: fact for name, fact in facts.items() if fact.is_asked}
    unasked = {name: fact for name, fact in facts.items() if not fact.is_asked}
    kinds = {"__facts__": asked, "__names__": unasked, "__fields__": {**asked, **unasked}}
    base = _SectionType(cls.__name__, (), {**namespace, **names, **kinds})
    fields: dict[str, Any] = {name: attrs.field(default=None, kw_only=True) for name in facts}
    built: Any = attrs.make_class(
        cls.__name__, fields, bases=(base,), frozen=True, slots=False, repr=False
    )
    own = {**facts, **kinds, "__repr__": _repr, "__init__": _reading_answers(built.__init__, facts)}
    own |= {name: getattr(cls, name) for name in ("__module__", "__qualname__", "__doc__")}
    for name, value in own.items():
        setattr(built, name, value)
    result: Class = built
    return result


def _reading_answers(init: Callable[..., None], facts: Mapping[str, Fact]) -> Callable[..., None]:
    """Returns an ``__init__`` that reads the answers given, and for a misspelt fact names the nearest.

    Sections have many facts and cases answer few, so what is not given costs nothing.
    """

    @wraps(init)
    def stated(self: object, **answers: Any) -> None:
        fields = vars(self)
        fields.update(dict.fromkeys(facts))
        for name, answer in answers.items():
            if name not in facts:
                raise UsageError(_no_fact(type(self), name))
            if answer is not None and not isinstance(answer, Fact):
                fields[name] = facts[name].convert(answer)

    return stated
