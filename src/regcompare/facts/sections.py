"""Sections: classes whose fields are facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar, dataclass_transform

import attrs

from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest

from .fact import Fact, WhoCanChange

_KEYS_OF_FILES = (
    *("id", "title", "kind", "sale", "date", "summary", "story", "sources", "presume", "presumed"),
    *("discretion", "record", "disputed", "expect", "like", "without", "for", "owner", "needs"),
)

RESERVED = frozenset((*_KEYS_OF_FILES, "scenario", "scenarios", "law", "reading", "readings", "text"))
"""Names that no section may take: scenario files and questions use them, or are planned to."""

Class = TypeVar("Class", bound=type)


def facts_of(cls: type) -> Mapping[str, Fact]:
    """Returns the facts of a section class, by field name.

    Raises:
        DefinitionError: The class is not a section.
    """
    declared: Mapping[str, Fact] | None = getattr(cls, "__facts__", None)
    if declared is None or not isinstance(cls, _SectionType):
        msg = f"{cls.__name__} is not a section of facts; decorate it with @section(...)."
        raise DefinitionError(msg)
    return declared


def stated_answers(section: Any) -> dict[str, Any]:
    """Returns the answers that a section states, by the keys of their facts."""
    facts: Mapping[str, Fact] = section.__facts__
    return {facts[name].key: answer for name, answer in vars(section).items() if answer is not None}


def _stated(self: Any) -> str:
    inner = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if value is not None)
    return f"{type(self).__name__}({inner})"


class _SectionType(type):
    """The metaclass of sections: a misspelt fact is answered with the nearest name."""

    def __call__(cls, *given: Any, **stated: Any) -> Any:
        try:
            return super().__call__(*given, **stated)
        except TypeError:
            for name in stated:
                if name not in facts_of(cls):
                    raise UsageError(_no_fact(cls, name, "")) from None
            raise

    def __getattr__(cls, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        # With an empty name the interpreter does not add a second suggestion of its own.
        raise AttributeError(_no_fact(cls, name, f"{cls.__name__}."), name="", obj=cls)


def _no_fact(cls: type, name: str, lead: str) -> str:
    near = nearest(name, cls.__dict__.get("__facts__", ()))
    return f"{cls.__name__} has no fact {name!r}.{did_you_mean(near and lead + near)}"


@dataclass_transform(kw_only_default=True, frozen_default=True)
def section(name: str, title: str, *, changed_by: WhoCanChange = "nobody") -> Callable[[Class], Class]:
    """Makes a class of facts into a section: frozen, keyword-only, every fact unstated by default.

    Args:
        name: The name of the section in files and keys, lower case, such as ``item``.
        title: What the section is called, in a heading.
        changed_by: Who could change the answers to its facts, but for those that name another.

    Raises:
        DefinitionError: The name is not one that files can carry, a field is not a fact, or a fact is
            declared wrongly.
    """
    if name in RESERVED:
        raise DefinitionError(f"{name!r} is taken by scenario files; give the section another name.")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name, re.ASCII):
        raise DefinitionError(
            f"{name!r} is not a valid name for a section; write lower-case letters, figures and _, as "
            "in end_use."
        )

    def build(cls: Class) -> Class:
        declared = {key: value for key, value in vars(cls).items() if isinstance(value, Fact)}
        for key in vars(cls).get("__annotations__", {}):
            if key not in declared:
                msg = f"{cls.__name__}.{key} has no fact as its value; write {key}: YesNo = YesNo(...)."
                raise DefinitionError(msg)
        fields: dict[str, Any] = {}
        for key, fact in declared.items():
            fact.named(name, key, changed_by)
            fact.check()
            fields[key] = attrs.field(default=None, kw_only=True, converter=_converter(fact))
        lists = [fact.scheme_of.key for fact in declared.values() if fact.scheme_of is not None]
        for twice in (key for key in lists if lists.count(key) > 1):
            msg = f"{cls.__name__} has two facts with codes that {twice} takes under {name}:; join them."
            raise DefinitionError(msg)
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
    read = fact.convert

    def convert(value: object) -> Any:
        return None if value is None or isinstance(value, Fact) else read(value)

    return convert
