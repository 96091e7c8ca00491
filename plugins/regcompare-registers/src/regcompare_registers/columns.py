"""Columns of a table that hold facts, and how their values are read.

Each value is read by the fact's own parser, so that tables and scenario files have the same meaning.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, AnswerError, CodeSet, Fact, MemberSet, YesNo, country_named
from regcompare.logic.codes import repaired_code
from regcompare.logic.conditions import Between
from regcompare.logic.questions import PowerQuestion, parse_question
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import first_day, last_day
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.vocabulary import FACTS_DATE, LAYERS, Item, Vocabulary


@attrs.frozen(kw_only=True)
class TableOptions:
    """Options of how the rows of a table are read, and under which law.

    Attributes:
        as_of: The day whose law is applied; ``scenario`` for the day of each row's facts; by default
            each ruleset's reference date, or the day of each row.
        days_of_rows: Whether that of each row is the default, unless a ruleset was asked for with a day.
        readings: Readings of doubtful texts, by id, for all rows.
        presume: ``ordinary`` to presume the answers of an ordinary transaction, or ``surveillance`` to
            presume also those of a sale of surveillance technology; by default nothing is presumed.
        presumed: Answers to presume in all rows that do not state them, by the key of the fact.
        discretion: Whether powers were used, by id, in rows that do not state it.
        values: The answers that words of a column mean, by column and word.
        day_orders: The order in which days are written, such as ``day/month/year``, by column.
        spellings: Whether names of countries and other spellings of codes are read as well; whoever
            allows it prints what was read.
        gaps: Texts that mean that nothing is stated, such as ``n/a``.
        published: Columns of a register's own, whose codes are of the list of the row's day.
        decisions: Whether a licence that the authority decided on counts as needed under the law of the
            row's own day.

    Raises:
        UsageError: An option is not valid.
    """

    as_of: AsOf = None
    days_of_rows: bool = False
    readings: Readings = None
    presume: Literal["ordinary", "surveillance"] | None = None
    presumed: Mapping[str, Any] = attrs.field(factory=dict)
    discretion: Mapping[str, bool] = attrs.field(factory=dict)
    values: Mapping[str, Mapping[Any, str]] = attrs.field(factory=dict)
    day_orders: Mapping[str, str] = attrs.field(factory=dict)
    spellings: bool = False
    gaps: Collection[str] = ()
    published: Collection[str] = ()
    decisions: bool = False

    def day_for(self, ruleset: Ruleset) -> AsOf:
        """Returns the day whose law is applied under a ruleset; None for its reference date."""
        if self.as_of is None and self.days_of_rows and not ruleset.is_read_on_a_day:
            return "scenario"
        return self.as_of

    def __attrs_post_init__(self) -> None:
        if self.presume not in (known := (None, *LAYERS)):
            expected = " or ".join(map(repr, known))
            raise UsageError(f"presume={self.presume!r} is not known. Expected {expected}.")
        if not (self.as_of in (None, "scenario") or type(self.as_of) is dt.date):
            raise UsageError(
                f"as_of={self.as_of!r} is not known. Expected a datetime.date, 'scenario' or None."
            )


# which columns hold facts ----------------------------------------------------------------------------


def fact_columns(
    names: Sequence[str], facts: Mapping[str, Fact], powers: Collection[str]
) -> dict[str, Fact]:
    """Returns, for each column that holds a fact, the fact that reads its values.

    Raises:
        UsageError: A name looks like that of a fact, but there is none; the text names the nearest.
    """
    known = {**facts, FACTS_DATE.key: FACTS_DATE}
    known |= {
        PowerQuestion(power).key: YesNo("Was the power used?").named(PowerQuestion.mark, power)
        for power in powers
    }
    sections = {"scenario", *(fact.section for fact in facts.values())}
    for name in names:
        if name.endswith(READ_AS):
            continue
        section, dot, _ = name.partition(".")
        looks_like_a_fact = (dot and section in sections) or isinstance(
            parse_question(name), PowerQuestion
        )
        if looks_like_a_fact and name not in known:
            hint = did_you_mean(nearest(name, known)) or (
                " Rename the column, or drop it if it does not contain a fact."
            )
            what = "fact" if dot else "power"
            raise UsageError(f"Column {name!r}: there is no such {what}.{hint}")
    return {name: known[name] for name in names if name in known}


# how one value is read -----------------------------------------------------------------------------


def read_value(fact: Fact, value: Any) -> Any:
    """Returns the answer that a value of a column states; None if it states nothing.

    Raises:
        AnswerError: It is not an answer to the fact.
    """
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    if isinstance(value, dt.datetime):
        value = value.date()
    if fact.is_set and isinstance(value, Iterable) and not isinstance(value, str | Mapping | MemberSet):
        value = as_text(value)
    if not isinstance(value, str):
        return fact.convert(value)
    if not (text := value.strip()):
        return None
    if fact.key == FACTS_DATE.key and (span := span_of(text)):
        return span
    try:
        return fact.convert(_as_in_a_file(fact, text))
    except AnswerError as error:
        expected = error.expected
        if fact.is_set:
            members = (
                ", ".join(fact.labels()) or "codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j"
            )
            expected = f"{_IN_A_COLUMN} The members are {members}."
        elif OPTION_SEPARATOR in text:
            expected += f" Where it is one of several, answers with {OPTION_SEPARATOR} between them."
        suggestion = error.suggestion or nearest(text, ("none", "unknown")[not fact.is_set :])
        raise AnswerError(error.code, error.found, expected, suggestion) from None


def _as_in_a_file(fact: Fact, text: str) -> Any:
    """The text of a column as a file would have it."""
    if fact.is_set:
        words = re.findall(r"[^;,\s]+", text)
        if text in ("none", "unknown") or not words:
            return text
        if len({word.removeprefix("?") for word in words}) < len(words):
            raise AnswerError("RC209", f"A member of {fact.key} is named twice.", "")
        known = [word for word in words if word[0] != "?"]
        return {"known": known, "open": [word[1:] for word in words if word[0] == "?"]}
    if OPTION_SEPARATOR in text and fact.kind in ("choice", "country"):
        return {"one_of": [option.strip() for option in text.split(OPTION_SEPARATOR)]}
    return _without_time(text) if fact.kind == "day" else text


def _without_time(text: str) -> str:
    timed = _TIMED.fullmatch(text)
    return timed[1] if timed else text


def span_of(text: str) -> Between | None:
    """Returns the days of a text that names a year, a quarter or a month; None for any other text."""
    if not (found := _SPAN.fullmatch(text)):
        return None
    year = found["year"] or found["year_after"]
    if quarter := found["quarter"] or found["quarter_before"]:
        last = 3 * int(quarter)
        return Between(first_day(f"{year}-{last - 2:02}"), last_day(f"{year}-{last:02}"))
    rough = f"{year}-{found['month']}" if found["month"] else year
    return Between(first_day(rough), last_day(rough))


def as_text(members: Iterable[Any]) -> str:
    """Returns members as text, in the form of a column of sets."""
    return "; ".join(str(member) for member in members) or "none"


_IN_A_COLUMN: Final = (
    "members separated by ; such as first; second, each with a ? in front if it is open; none; or "
    "unknown."
)
_SPAN: Final = re.compile(
    r"(?P<year>[12]\d{3})(?:[-/ ]?Q(?P<quarter>[1-4])|[-/](?P<month>0[1-9]|1[0-2]))?"
    r"|Q(?P<quarter_before>[1-4])[-/ ]?(?P<year_after>[12]\d{3})",
    re.IGNORECASE,
)
"""A year, a quarter as in 2015-Q2 or Q2 2015, or a month as in 2015-03."""
_TIMED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?")
"""A day with a time of that day behind it; with a time zone it may be another day."""


def plain_answer(fact: Fact, text: str) -> str:
    """Returns a text with the names of countries as codes, and codes as they are spelt here."""
    if isinstance(fact, CodeSet):
        apart = re.sub(r"\s+(?:/|&|\+|and)\s+|[,;]?[\n|]+", "; ", text)
        repaired = re.sub(r"[^;,\s?]+", lambda code: repaired_code(code[0]) or code[0], apart)
        members = re.findall(r"[^;,\s]+", repaired)
        return repaired if len({*members}) == len(members) else "; ".join(dict.fromkeys(members))
    if fact.kind == "day":
        return _without_time(text)
    if fact.kind != "country":
        return text
    words = map(str.strip, text.split(OPTION_SEPARATOR))
    return OPTION_SEPARATOR.join(country_named(word) or word for word in words)


OUTSIDE: Final = "outside"
"""A word in place of an answer: the row is outside what is screened; a colon and a reason may follow."""

_MILITARY: Final = re.compile(
    r"(ML ?\d{1,2}(\.?[a-z][a-z\d.]*)?(([\s;,/&+]|\band\b)+|$))+", re.IGNORECASE
)
"""Entries of the military lists that follow the numbers of the Common Military List of the Union."""


def reason_outside(fact: Fact, word: str, meant: str = "") -> str:
    """Returns why a row with a word is outside what is screened; blank if it is not."""
    name, _, why = meant.partition(":")
    if name == OUTSIDE:
        return why.strip() or "so declared"
    is_military = not meant and fact.key == Item.annex_i_entry.key and _MILITARY.fullmatch(word)
    return "military item" if is_military else ""


READ_AS: Final = ".read_as"
"""Ends the name of a column that says what another, whose texts were interpreted, was read as."""

OPTION_SEPARATOR: Final = "|"
"""Separates answers where the answer is known to be one of several."""


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
    asked = ((name, parse_question(name)) for name in row)
    powers = {name: item.id for name, item in asked if isinstance(item, PowerQuestion)}
    readers = {**vocabulary.by_key, FACTS_DATE.key: FACTS_DATE, **dict.fromkeys(powers, YesNo(""))}
    stated = {name: read_value(readers[name], row[name]) for name in row if name in readers}
    answers = {name: answer for name, answer in stated.items() if answer is not None}
    used = {power: answers.pop(name) for name, power in powers.items() if name in answers}
    day = answers.pop(FACTS_DATE.key, None)
    return Scenario(
        id=str(row.get("id", "row")),
        date=None if day is UNKNOWN or isinstance(day, Between) else day,
        between=day if isinstance(day, Between) else None,
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
        facts_by_column: The facts that columns are declared to hold.
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
        if fact != FACTS_DATE.key and not isinstance(question, PowerQuestion):
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
    facts = tuple(
        name for name, item in questions.items() if isinstance(item, PowerQuestion) or item.fact in keys
    )
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
