"""Which columns of a table hold facts, and how their values are read.

Each value is read by the fact's own parser, so that tables and scenario files have the same meaning.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import (
    UNKNOWN,
    AnswerError,
    CodeSet,
    Fact,
    MemberSet,
    Unknown,
    YesNo,
    country_named,
)
from regcompare.logic.codes import repaired_code
from regcompare.logic.questions import parse_question
from regcompare.ruleset.ruleset import Ruleset, joined_vocabulary
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.vocabulary import FACTS_DATE, LAYERS, Vocabulary


@attrs.frozen(kw_only=True)
class TableOptions:
    """How the rows of a table are read, and under which law.

    Attributes:
        as_of: The day whose law is applied; ``scenario`` for the day of each row's facts; by default
            each ruleset's reference date.
        readings: Readings of doubtful texts, by id, for all rows.
        presume: ``ordinary`` to presume the answers of an ordinary transaction, or ``surveillance`` to
            presume also those of a sale of surveillance technology; by default nothing is presumed.
        presumed: Answers to presume in all rows that do not state them, by the key of the fact.
        discretion: Whether powers were used, by id, in rows that do not state it.
        values: The answers that words of a column mean, by column and word.
        spellings: Whether names of countries and other spellings of codes are read as well; whoever
            allows it prints what was read.
        gaps: Texts that mean that nothing is stated, such as ``n/a``.

    Raises:
        UsageError: An option is not valid.
    """

    as_of: AsOf = None
    readings: Readings = None
    presume: Literal["ordinary", "surveillance"] | None = None
    presumed: Mapping[str, Any] = attrs.field(factory=dict)
    discretion: Mapping[str, bool] = attrs.field(factory=dict)
    values: Mapping[str, Mapping[Any, str]] = attrs.field(factory=dict)
    spellings: bool = False
    gaps: Collection[str] = ()

    def __attrs_post_init__(self) -> None:
        if self.presume not in (known := (None, *LAYERS)):
            expected = " or ".join(map(repr, known))
            raise UsageError(f"presume={self.presume!r} is not known. Expected {expected}.")
        if not (self.as_of in (None, "scenario") or type(self.as_of) is dt.date):
            raise UsageError(
                f"as_of={self.as_of!r} is not known. Expected a datetime.date, 'scenario' or None."
            )


# which columns hold facts ----------------------------------------------------------------------------


def facts_of_rulesets(rulesets: Sequence[Ruleset]) -> dict[str, Fact]:
    """Returns the facts of all rulesets by key.

    Raises:
        UsageError: Two rulesets use the same name for different facts.
    """
    sections: dict[str, type] = {}
    for ruleset in rulesets:
        for name, cls in ruleset.vocabulary.by_name.items():
            if sections.setdefault(name, cls) is not cls:
                raise UsageError(
                    f"{ruleset.id} means other facts by {name!r} than a ruleset before it. Assess the "
                    "table under one of them at a time."
                )
    return {fact.key: fact for fact in joined_vocabulary(*rulesets).facts()}


def powers_of(rulesets: Iterable[Ruleset]) -> frozenset[str]:
    """Returns the ids of the powers that some ruleset has."""
    parts = (part for ruleset in rulesets for part in ruleset.parts())
    return frozenset(item.id for part in parts for item in part.provisions.discretions)


def fact_columns(
    names: Iterable[str], facts: Mapping[str, Fact], powers: Collection[str]
) -> dict[str, Fact]:
    """Returns, for each column that holds a fact, the fact that reads its values.

    Raises:
        UsageError: A name looks like that of a fact, but there is none; the text names the nearest.
    """
    sections = {"scenario", *(fact.section for fact in facts.values())}
    pairs = ((name, _fact_of_column(name, facts, powers, sections)) for name in names)
    return {name: fact for name, fact in pairs if fact is not None}


def _fact_of_column(
    name: str, facts: Mapping[str, Fact], powers: Collection[str], sections: Collection[str]
) -> Fact | None:
    if name == FACTS_DATE.key:
        return FACTS_DATE
    question = parse_question(name)
    if question.doubt:
        fix = "how a doubtful text is read holds for all rows; pass readings={'ID': 'ANSWER'}."
        raise UsageError(f"Column {name!r}: {fix}")
    if name.startswith("discretion:"):
        if question.power not in powers:
            found = f"there is no power {question.power!r}"
            raise _unknown_name(name, found, question.power, powers, "discretion:")
        return YesNo("Was the power used?").named("discretion", question.power)
    if "." not in question.fact or question.section not in sections:
        return None
    if question.fact not in facts:
        found = f"there is no fact {question.fact!r}"
        raise _unknown_name(name, found, question.fact, [*facts, FACTS_DATE.key])
    if question.member:
        fix = f"expected a column {question.fact!r} with {_IN_A_COLUMN}"
        raise UsageError(f"Column {name!r}: {fix}")
    return facts[question.fact]


def _unknown_name(
    name: str, found: str, word: str, known: Collection[str], prefix: str = ""
) -> UsageError:
    suggestion = nearest(word, known)
    hint = did_you_mean(suggestion and prefix + suggestion) or (
        " Rename the column, or drop it if it does not contain a fact."
    )
    return UsageError(f"Column {name!r}: {found}.{hint}")


# how one value is read -----------------------------------------------------------------------------


def read_value(fact: Fact, value: Any) -> Any:
    """Returns the answer that a value of a column states; None if it states nothing.

    Raises:
        AnswerError: It is not an answer to the fact.
    """
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        return _read_members(fact, text) if fact.is_set else _read_text(fact, text)
    if isinstance(value, dt.datetime):
        value = value.date()
    if fact.is_set and isinstance(value, Iterable) and not isinstance(value, Mapping | MemberSet):
        return _read_members(fact, as_text(value))
    return fact.convert(value)


def as_text(members: Iterable[Any]) -> str:
    """Returns members as text, in the form of a column of sets."""
    return "; ".join(str(member) for member in members) or "none"


_IN_A_COLUMN: Final = (
    "members separated by ; such as first; second, each with a ? in front if it is open; none; or "
    "unknown."
)
_CODES: Final = "codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j."
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?")
"""A day as written by software that stores a time with every day."""


def _read_text(fact: Fact, text: str) -> Any:
    midnight = _MIDNIGHT.fullmatch(text) if fact.kind == "day" else None
    options = text.split(OPTION_SEPARATOR) if fact.kind in ("choice", "country") else []
    is_one_of = len(options) > 1
    try:
        if is_one_of:
            return fact.convert({"one_of": [option.strip() for option in options]})
        return fact.convert(midnight[1] if midnight else text)
    except AnswerError as error:
        suggestion = "unknown" if text.lower() == "unknown" else error.suggestion
        expected = fact.expected()
        if is_one_of:
            expected += f" Where it is one of several, answers with {OPTION_SEPARATOR} between them."
        raise AnswerError(error.code, error.found, expected, suggestion) from None


def plain_answer(fact: Fact, text: str) -> str:
    """Returns a text with the names of countries as codes, and codes as they are spelt here."""
    if isinstance(fact, CodeSet):
        return re.sub(r"[^;,\s?]+", lambda code: repaired_code(code[0]) or code[0], text)
    if fact.kind != "country":
        return text
    words = map(str.strip, text.split(OPTION_SEPARATOR))
    # A word of two letters that is no code in capitals, such as "no", may be no country.
    return OPTION_SEPARATOR.join((len(word) > 2 and country_named(word)) or word for word in words)


OPTION_SEPARATOR: Final = "|"
"""Separates answers where the answer is known to be one of several."""


def _read_members(fact: Fact, text: str) -> MemberSet | Unknown:
    words = [word for word in re.split(r"[;,\s]+", text) if word]
    if words == ["none"]:
        return MemberSet()
    if words == ["unknown"]:
        return UNKNOWN
    members = [_read_member(fact, word.removeprefix("?")) for word in words]
    if not members or len(set(members)) < len(members):
        found = f"A member of {fact.key} is named twice." if members else f"{text!r} names no member."
        raise AnswerError("RC209" if members else "RC204", found, _IN_A_COLUMN)
    open_members = [member for word, member in zip(words, members, strict=True) if word[0] == "?"]
    return MemberSet([member for member in members if member not in open_members], open_members)


def _read_member(fact: Fact, word: str) -> str:
    if word in ("none", "unknown") and word not in fact.labels():
        found = f"{word!r} is given as a member of {fact.key}."
        raise AnswerError("RC204", found, f"{word}, and nothing else.")
    try:
        member: str = fact.read(word)
    except AnswerError as error:
        words = ", ".join(fact.labels())
        expected = f"{_IN_A_COLUMN} The members are {f'{words}.' if words else _CODES}"
        suggestion = error.suggestion or nearest(word, ("none", "unknown"))
        raise AnswerError(error.code, error.found, expected, suggestion) from None
    return member


def scenario_of_row(
    row: Mapping[str, Any],
    vocabulary: Vocabulary,
    *,
    presume: str | None = None,
    presumed: Mapping[str, Any] | None = None,
    discretion: Mapping[str, bool] | None = None,
) -> Scenario:
    """Returns the scenario that a row of a register states.

    Args:
        row: The values by column, in the form of ``assess_frame``.
        vocabulary: The facts.
        presume: The last layer of presumptions for facts that the row does not state, ``ordinary`` or
            ``surveillance``; by default nothing is presumed.
        presumed: Answers that are presumed for every row, by fact.
        discretion: Whether powers were used; a column of the row takes precedence.

    Raises:
        AnswerError: A value is not an answer.
    """
    powers = {name: question.power for name in row if (question := parse_question(name)).power}
    readers = {**vocabulary.by_key, FACTS_DATE.key: FACTS_DATE, **dict.fromkeys(powers, YesNo(""))}
    stated = {name: read_value(readers[name], row[name]) for name in row if name in readers}
    answers = {name: answer for name, answer in stated.items() if answer is not None}
    used = {power: answers.pop(name) for name, power in powers.items() if name in answers}
    day = answers.pop(FACTS_DATE.key, None)
    return Scenario(
        id=str(row.get("id", "row")),
        date=None if day is UNKNOWN else day,
        presume=LAYERS[: LAYERS.index(presume) + 1] if presume else (),
        presumed={name: read_value(readers[name], item) for name, item in (presumed or {}).items()},
        discretion={
            name: answer
            for name, answer in {**(discretion or {}), **used}.items()
            if answer is not UNKNOWN
        },
        facts=answers,
    )


# the columns of a register --------------------------------------------------------------------------


@attrs.frozen
class RegisterColumns:
    """The columns of a register.

    Attributes:
        register: Their names in the register.
        own: Their names in the output, in the same order: those of facts that they hold, or as before.
        facts: The columns with facts, days or powers, those that are implied among them.
        implied: The facts that published categories and joined reports imply.
    """

    register: Sequence[str]
    own: Sequence[str]
    facts: tuple[str, ...]
    implied: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All columns of the output before those of results."""
        return tuple(dict.fromkeys([*self.own, *self.implied]))

    @property
    def carried(self) -> tuple[str, ...]:
        """The columns that hold no facts."""
        return tuple(name for name in self.own if name not in self.facts)

    def output_name(self, column: str) -> str:
        """Returns the name in the output of a column, given by that or by its name in the register.

        Raises:
            UsageError: There is no such column; the text names the nearest.
        """
        outputs = dict(zip(self.register, self.own, strict=True))
        if column not in outputs and column not in self.own:
            raise _no_column(column, self.register)
        return outputs.get(column, column)

    def fact_column(self, column: str) -> str:
        """Returns the name in the output of a column that holds a fact.

        Raises:
            UsageError: There is no such column, or it holds no fact.
        """
        if (name := self.output_name(column)) not in self.facts:
            raise UsageError(f"{column!r} holds no fact; say which it holds: --column '{column}=FACT'.")
        return name


def columns_of(
    columns: Sequence[str],
    facts_by_column: Mapping[str, str],
    vocabulary: Vocabulary,
    source: str,
    implied: set[str],
    joined: set[str],
) -> RegisterColumns:
    """Returns what the columns of a register hold.

    Args:
        columns: Their names.
        facts_by_column: The facts that columns are declared to hold, by column.
        vocabulary: The facts.
        source: The name of the table, for messages.
        implied: The facts that the categories in columns imply.
        joined: The facts that reports add.

    Raises:
        UsageError: A column or a fact does not exist, two columns have the same fact, or none has one.
    """
    for column, fact in facts_by_column.items():
        if column not in columns:
            raise _no_column(column, columns)
        question = parse_question(fact)
        if fact != FACTS_DATE.key and not question.power:
            vocabulary.fact(question.subject)
    by_name: dict[str, str] = {}
    for column in columns:
        name = facts_by_column.get(column, column)
        if (other := by_name.setdefault(name, column)) != column:
            raise UsageError(
                f"The columns {other!r} and {column!r} would both hold {name}; leave one out."
            )
    added = tuple(key for key in vocabulary.by_key if key in implied | joined)
    questions = {name: parse_question(name) for name in [*by_name, *added]}
    keys = {FACTS_DATE.key, *vocabulary.by_key}
    facts = tuple(name for name, item in questions.items() if item.power or item.fact in keys)
    if not set(facts) - joined:
        close = {name: nearest(name, keys) for name in columns if "." in name}
        hints = (f" Did you mean {fact!r} by {name!r}?" for name, fact in close.items() if fact)
        raise UsageError(
            f"{source}: no column is named after a fact, such as item.technology or "
            f"destination.country. There are {', '.join(columns)}. Name the columns so, or say which "
            f"holds what: --column 'COLUMN=FACT'. `regcompare facts` lists the facts.{next(hints, '')}"
        )
    return RegisterColumns(columns, list(by_name), facts, added)


def _no_column(column: str, columns: Sequence[str]) -> UsageError:
    hint = did_you_mean(nearest(column, columns)) or f" The columns are {', '.join(columns)}."
    return UsageError(f"There is no column {column!r}.{hint}")
