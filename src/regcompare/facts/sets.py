"""Facts answered with a set: of listed members, or of codes of a control list."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from regcompare.errors import nearest, quoted
from regcompare.logic.code_lists import CodeList
from regcompare.logic.codes import CODE, code_matches, parse_pattern, repaired_code
from regcompare.logic.conditions import Condition, Holds, all_of, any_of
from regcompare.logic.questions import CodesQuestion

from .answers import UNKNOWN, AnswerError, MemberSet, Mistakes, OwnWord
from .fact import Fact, TypedFact, Word, WordFact, checks_answers


class _Set(Fact):
    """A question answered with a set; each member is a yes/no question of its own."""

    is_set = True

    def _convert(self, value: object) -> Any:
        if value == "none":
            return MemberSet()
        if isinstance(value, MemberSet):
            value = {"known": value.known, "open": value.open}
        elif isinstance(value, str) or not isinstance(value, Iterable):
            raise self._not_a_list(value)
        elif value == {}:
            raise AnswerError("RC204", f"An empty mapping is given for {self.key}.", self.expected())
        mistakes = Mistakes()
        halves = value if isinstance(value, Mapping) else {"known": value}
        lists = self._lists(halves, ("known", "open"), mistakes)
        members = {half: mistakes.reading(self._member, words) for half, words in lists.items()}
        mistakes.raise_any()
        return MemberSet(**members)

    def _not_a_list(self, value: object) -> AnswerError:
        found, suggestion = f"{quoted(value)} is given for {self.key}, which takes a list.", None
        if isinstance(value, str):
            member: str | None = str(value)
            try:
                self.read(value)
            except AnswerError as error:
                member = error.suggestion
            suggestion = nearest(value, ("none", "unknown")) or (f"[{member}]" if member else None)
        return AnswerError("RC204", found, self.expected(), suggestion)

    def member_schema(self) -> dict[str, Any]:
        """Returns the JSON Schema of a member."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        return self.schema_of(self.member_schema())

    def schema_of(self, member: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the JSON Schema of an answer, given that of a member."""
        members = {"type": "array", "uniqueItems": True, "items": member}
        partly_open = {
            "type": "object",
            "properties": {"known": members, "open": members},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [members, partly_open, {"enum": ["none", "unknown"]}]}


class SetOf(_Set, WordFact[Word], TypedFact[MemberSet, Iterable[Word | OwnWord] | MemberSet]):
    """A question answered with a set of listed members."""

    kind = "set"

    @checks_answers
    def includes_any(self, *members: Word | OwnWord) -> Condition:
        """Returns the condition that at least one of these belongs to the set."""
        return any_of(*(Holds(self.asked(member)) for member in map(self.read, map(str, members))))

    @checks_answers
    def includes_all(self, *members: Word | OwnWord) -> Condition:
        """Returns the condition that all of these belong to the set."""
        return all_of(*(Holds(self.asked(member)) for member in map(self.read, map(str, members))))

    def expected(self) -> str:
        if not self.members:
            return "none or unknown; no law that is installed adds an answer."
        return (
            f"a list from {', '.join(self.members)}; none; unknown; "
            "or {known: [...], open: [...]} to leave members open."
        )

    def truth(self, value: Any, member: str) -> bool | None:
        if value is None or value is UNKNOWN or member in value.open:
            return None
        return member in value.known

    def member_schema(self) -> dict[str, Any]:
        if not self.members:
            return {"not": {}}  # Nobody has added a member.
        return {"oneOf": [{"const": word, "title": label} for word, label in self.members.items()]}


class CodeSet(_Set, TypedFact[MemberSet, Iterable[str] | MemberSet]):
    """A question answered with a set of control-list codes, such as ``5A001.f.1``.

    Conditions ask whether some member falls under a *pattern*: an entry with all below it (``5A001``), a
    category (``5?``), a section (``?D``) or any code (``*``), without what follows a ``!``.

    Attributes:
        codes: The codes that exist, where a plugin lists them.
    """

    kind = "codes"
    _question_type = CodesQuestion
    codes: CodeList | None = None

    @checks_answers
    def includes_any(self, *patterns: str) -> Condition:
        """Returns the condition that some member falls under one of the patterns."""
        for pattern in patterns:
            parse_pattern(pattern)
        return any_of(*(Holds(self.asked(pattern)) for pattern in patterns))

    def among(self, codes: CodeList) -> CodeSet:
        """Returns a copy of the fact whose answers are among these codes."""
        bound = copy.copy(self)
        bound.codes = codes
        return bound

    def read(self, text: str) -> str:
        if not CODE.fullmatch(text):
            found = f"{text!r} is not a code of an entry for {self.key}."
            raise AnswerError("RC208", found, self.expected(), repaired_code(text))
        flaw = self.codes.flaw(text) if self.codes else None
        if flaw is not None:
            raise AnswerError("RC216", flaw.found, flaw.expected, flaw.suggestion)
        return text

    def expected(self) -> str:
        return (
            "a list of codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j; none; unknown; "
            "or {known: [...], open: [...]} to leave codes open."
        )

    def truth(self, value: Any, member: str) -> bool | None:
        if value is None or value is UNKNOWN:
            return None
        return _any_falls(self.codes, value, member)

    def falls(self, code: str, pattern: str) -> bool | None:
        """Returns whether a code falls under a pattern; None if only some that it may mean do."""
        return _falls(self.codes, code, pattern)

    def member_schema(self) -> dict[str, Any]:
        pattern = self.codes.expression if self.codes else CODE.pattern
        return {"type": "string", "pattern": f"^{pattern}$"}


def _falls(codes: CodeList | None, code: str, pattern: str) -> bool | None:
    return codes.falls(code, pattern) if codes else code_matches(code, pattern)


@lru_cache(maxsize=1 << 16)
def _any_falls(codes: CodeList | None, value: MemberSet, pattern: str) -> bool | None:
    """Returns whether some member of a set falls under a pattern; None if that is unknown."""
    truths = {_falls(codes, code, pattern) for code in value.known}
    if True in truths:
        return True
    possible = None in truths or any(_falls(codes, code, pattern) is not False for code in value.open)
    return None if possible else False
