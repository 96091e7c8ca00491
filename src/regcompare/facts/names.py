"""Names of parties, and their numbers in public registers: facts that no rule can ask about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .fact import Fact, TypedFact

Ids = tuple[tuple[str, str], ...]
"""Numbers in public registers: pairs of a scheme, such as ``lei``, and a number."""


class _Naming(Fact):
    """A fact without a condition, so that no rule can depend on who the parties are."""

    kind = "name"
    is_asked = False

    def read(self, text: str) -> str:
        if not text.strip() or "\n" in text:
            raise self._refused(text, "RC204")
        return str(text)


class Name(_Naming, TypedFact[str, str]):
    """The name of a party, as a source gives it."""

    def expected(self) -> str:
        return "a name in one line, or unknown."

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


class Names(_Naming, TypedFact[tuple[str, ...], tuple[str, ...] | list[str]]):
    """The names of several parties."""

    def _convert(self, value: object) -> Any:
        if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
            raise self._refused(value, "RC204")
        return tuple(map(self.read, value))

    def expected(self) -> str:
        return "a list of names such as [A trader], or unknown."

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"const": "unknown"}]}


class RegisterIds(_Naming, TypedFact[Ids, Ids | Mapping[str, str]]):
    """The numbers of a party in public registers, by scheme."""

    def _convert(self, value: object) -> Any:
        pairs = tuple(value.items()) if isinstance(value, Mapping) else value or ()
        if not isinstance(pairs, tuple) or not all(
            isinstance(text, str) for pair in pairs for text in pair
        ):
            raise self._refused(value, "RC204")
        return tuple(sorted((self.read(scheme), self.read(number)) for scheme, number in pairs))

    def expected(self) -> str:
        return "a mapping such as {lei: 5493001KJTIIGC8Y1R12}, or unknown."

    def schema(self) -> dict[str, Any]:
        numbers = {"type": "object", "additionalProperties": {"type": "string"}}
        return {"anyOf": [numbers, {"const": "unknown"}]}
