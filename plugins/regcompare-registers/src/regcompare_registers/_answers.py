"""Reads batches: the answers in their columns, with presumptions."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regcompare._support.output import reason_of
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, AnswerError, CodeSet, Fact, MemberSet, Same, countries
from regcompare.logic.bitsets import Atoms, some
from regcompare.logic.codes import parse_pattern
from regcompare.logic.conditions import Among, Condition, days_asked
from regcompare.logic.questions import PowerQuestion, Question
from regcompare.program.force import APPLIED_ON, force_of
from regcompare.program.program import scope_of
from regcompare.ruleset.ruleset import Ruleset, joined_vocabulary
from regcompare.vocabulary import FACTS_DATE, LAYERS, Assumption, Vocabulary

from ._bitsets import Answers, arrow_of, bitset_of, bitsets_by_value, mask_of, texts_of
from ._days import DayOrder, advice
from ._decisions import READ_ONE_BY_ONE
from ._renumbered import Renumbered, days_moved
from .columns import TableOptions, fact_columns, plain_answer, read_value, reason_outside

INVALID: Final = object()
"""A stand-in for the answer of a value that is none."""

_INTERPRETED: Final = ("country", "codes", "day")
"""The kinds of facts whose answers registers write in several ways."""

_VIA: Final = re.compile(r"\s+via\s+", re.IGNORECASE)

MOST_CACHED: Final = 100_000
"""The most distinct values that are cached with their answers; then the cache is cleared."""


@attrs.define(eq=False)
class Column:
    """One column of a table; each distinct value is read once.

    Attributes:
        signature: A function with equal values for answers that no condition distinguishes.
        null_values: Texts that mean that nothing is stated.
        words: The answers that its own words mean.
        order: The order in which its days are written.
        asked: The codes that conditions ask about, if it holds codes.
        bare: Entries in it without a sub-paragraph of which conditions ask about one, with that.
        read_as: What was read as an answer though it is written otherwise; None where nothing is.
        errors: The errors in invalid values of the last batch.
        texts: The last batch as it was read, if anything is read as something else.
        outside: Why rows of the last batch are outside what is screened; None where none is.
        renumbered: Which of its codes were read in the numbers of the list of their own day.
        moved: The rows of the last batch in which some were, a bitset.
    """

    name: str
    fact: Fact
    signature: Callable[[Any], Hashable]
    null_values: Collection[str] = ()
    words: Mapping[str, str] = attrs.field(factory=dict)
    order: DayOrder = attrs.field(factory=DayOrder)
    asked: Collection[str] = ()
    bare: dict[str, str] = attrs.field(factory=dict)
    read_as: dict[str, str] | None = None
    errors: dict[Any, AnswerError] = attrs.field(factory=dict)
    texts: Any = None
    outside: Any = None
    renumbered: Renumbered | None = None
    moved: int = 0
    _last: Any = None
    _cached: dict[Any, Any] = attrs.field(factory=dict)
    _by_signature: dict[Hashable, Any] = attrs.field(factory=dict)

    def read(self, values: Any, days: Mapping[Any, int] | None = None) -> dict[Any, int]:
        """Returns the answers in an Arrow array, each with the bitset of the rows that give it.

        Of answers that no condition distinguishes one stands for all.  ``days`` are those of the rows,
        each with the bitset of its rows.
        """
        self.errors, self.moved = {}, 0
        if len(self._cached) > MOST_CACHED:
            self._cached.clear()
        encoded = _as_scalars(self.name, self.fact, values)
        if not isinstance(encoded, pa.DictionaryArray):
            encoded = encoded.dictionary_encode()
        if self.renumbered and days:
            encoded = self._of_their_day(encoded, days, self.renumbered)
        self._last = encoded
        answers: dict[Any, int] = {None: 0}
        values = encoded.dictionary.to_pylist()
        if self.fact.kind == "day" and self.read_as is not None:
            self.order.learn(value.strip() for value in values if isinstance(value, str))
        numbers = [answers.setdefault(self._answer(value), len(answers)) for value in values]
        reasons = list(map(self._reason_outside, values))
        self.outside = texts_of(reasons).take(encoded.indices) if any(reasons) else None
        if self.is_interpreted:
            self.texts = texts_of(list(map(self._text, values))).take(encoded.indices)
        blank = arrow_of(np.array([len(numbers)], np.int32))[0]
        indices = np.from_dlpack(pc.fill_null(encoded.indices.cast(pa.int32()), blank))
        of_rows = np.array([*numbers, 0], np.min_scalar_type(len(answers)))[indices]
        bitsets = zip(answers, bitsets_by_value(of_rows, len(answers)), strict=True)
        return {answer: bitset for answer, bitset in bitsets if answer is not None and bitset}

    def _of_their_day(self, encoded: Any, days: Mapping[Any, int], renumbered: Renumbered) -> Any:
        """The column with the codes of the list of a row's own day as those of the list that is read."""
        values, added = encoded.dictionary.to_pylist(), list[str]()
        own = {*self.words, *self.null_values}
        codes = ((at, text) for at, text in enumerate(values) if isinstance(text, str))
        moved = [at for at, text in codes if text.strip() not in own and renumbered.names(text)]
        if not moved:
            return encoded
        indices = np.from_dlpack(pc.fill_null(encoded.indices.cast(pa.int32()), -1)).copy()
        of_days = [(day, mask_of(rows, len(indices))) for day, rows in days.items()]
        for index in moved:
            here = indices == index
            for day, rows in of_days:
                among = here & rows
                text = renumbered.read(values[index], day) if among.any() else None
                if text is not None:
                    indices[among] = len(values) + len(added)
                    added.append(text)
                    self.moved |= bitset_of(among)
        texts = texts_of([*values, *added])
        # Encoded again, the column has only the texts that are left.
        return texts.take(arrow_of(indices, indices < 0)).dictionary_encode()

    @property
    def is_interpreted(self) -> bool:
        """Tells whether a text may be read as an answer that is written otherwise."""
        return self.read_as is not None and (bool(self.words) or self.fact.kind in _INTERPRETED)

    def _text(self, value: Any) -> str | None:
        """A value as it was read, as a file writes it; None where it states no answer."""
        if value in self.errors or self._cached.get(value) is None:
            return None
        return str(self._word(value)).strip()

    def _reason_outside(self, value: Any) -> str | None:
        """The reason why a value sets a row aside, with the value; None if none does."""
        if self.read_as is None or value is None:
            return None
        word = str(value).strip()
        why = reason_outside(self.fact, word, self.words.get(word, ""))
        return f"{word!r} is set aside: {why}." if why else None

    def _answer(self, value: Any) -> Any:
        if value not in self._cached:
            try:
                is_null = isinstance(value, str) and value.strip() in self.null_values
                is_null |= self._reason_outside(value) is not None
                answer = None if is_null else read_value(self.fact, self._word(value))
            except AnswerError as error:
                self.errors[value] = error if self.read_as is None else self._with_advice(error, value)
                return INVALID
            for code in answer.known | answer.open if isinstance(answer, MemberSet) else ():
                if below := [asked for asked in self.asked if asked.startswith(f"{code}.")]:
                    self.bare[code] = min(below)
            if answer is not None and answer is not UNKNOWN:
                answer = self._by_signature.setdefault(self.signature(answer), answer)
            self._cached[value] = answer
        return self._cached[value]

    def _with_advice(self, error: AnswerError, value: Any) -> AnswerError:
        """An error with what to write if the value is a word of the register's own."""
        word = str(value).strip()
        own = (
            f"If it is a word of its own: values={{{self.name!r}: {{{word!r}: ANSWER}}}}, or "
            f"--map {self.name + ':' + word + '=ANSWER'!r}."
        )
        more = (self.fact.kind == "day" and advice(self.name, word)) or own
        return AnswerError(error.code, error.found, f"{error.expected} {more}", error.suggestion)

    def _word(self, value: Any) -> Any:
        """The meaning of a value: its own word, a country by its name, a code spelt otherwise."""
        if (word := self._before_via(str(value).strip())) in self.words:
            return self.words[word]
        if self.read_as is None or not isinstance(value, str):
            return value
        meant = self.order.read(word) if self.fact.kind == "day" else word
        meant = plain_answer(self.fact, meant)
        written = value.strip()
        return value if meant == written else self.read_as.setdefault(written, meant)

    def _before_via(self, word: str) -> str:
        """The final country of a destination such as ``China via Hong Kong``, here China."""
        if self.fact.kind != "country" or self.read_as is None or word in self.words:
            return word
        end, *_ = _VIA.split(word)
        return end if end in self.words or plain_answer(self.fact, end) in countries() else word

    def problems(self, rows: Any) -> list[AnswerError]:
        """Returns the errors in these rows of the last batch, whose values are invalid."""
        invalid = self._last.take(arrow_of(rows)).to_pylist()
        return [self.errors[value] for value in invalid]


@attrs.frozen(eq=False)
class ReadBatch:
    """The answers in a batch.

    Attributes:
        stated: The answers to each question that some column answers; an invalid one is unknown.
        invalid: The rows in which the value of a column is invalid.
        moved: The rows with a code that had other contents in the list of their own day.
    """

    size: int
    stated: Answers
    invalid: Mapping[str, int] = attrs.field(factory=dict)
    moved: int = 0

    @property
    def mask(self) -> int:
        """The bitset of all rows."""
        return (1 << self.size) - 1


class BatchReader:
    """Reads batches of one table for the rulesets that are asked about.

    Raises:
        UsageError: A column or an option names something that does not exist.
    """

    def __init__(self, rulesets: Sequence[Ruleset], names: Sequence[str], options: TableOptions) -> None:
        self.options = options
        self.facts = joined_vocabulary(*rulesets).by_key
        parts = [part for ruleset in rulesets for part in ruleset.parts()]
        powers = {item.id for part in parts for item in part.provisions.discretions}
        self._check_powers(powers)
        self._atoms, days = Atoms.of(list(_conditions(rulesets))), days_of(rulesets)
        moves = [day for fact in self.facts.values() for day in days_moved(fact)]
        days = sorted({*days, *moves})
        always = {FACTS_DATE.key, "transaction.kind", "licence.status", APPLIED_ON.key}
        shown = [doubt.shown for part in parts for doubt in part.doubts if doubt.shown]
        always.update(fact for item in shown for fact in item.of)
        self._subjects = [
            key for key in (FACTS_DATE.key, *self.facts) if self._asking(key) or key in always
        ]
        self._powers = {
            question.subject: question.id
            for question in self._atoms.questions.values()
            if isinstance(question, PowerQuestion)
        }
        self._subjects += self._powers
        self.columns = {
            name: self._column(name, fact, days)
            for name, fact in fact_columns(names, self.facts, powers).items()
            if name in self._subjects
        }
        self.presumed = dict(self._presumed_answers())
        self.layers = LAYERS[: LAYERS.index(options.presume) + 1] if options.presume else ()

    def said(self, batch: ReadBatch, question: Question) -> tuple[int, int]:
        """Returns the rows that say anything of a question themselves, and those that say yes to it."""
        given = dict(batch.stated.get(question.fact, ()))
        if question.fact in self.presumed:
            answer, left = self.presumed[question.fact], batch.mask & ~some(given.values())
            given[answer] = given.get(answer, 0) | left
        truth = self.facts[question.fact].truth
        yes = (rows for answer, rows in given.items() if truth(answer, question.member) is True)
        return some(given.values()), some(yes)

    def _asking(self, subject: str) -> list[str]:
        """The subjects about which conditions ask: this one, and those that copy its ordinary answer."""
        copies = (
            key
            for key, fact in self.facts.items()
            if isinstance(fact.ordinary, Same) and fact.ordinary.fact == subject
        )
        others = [asking for key in copies for asking in self._asking(key)]
        return [subject, *others] if subject in self._atoms.by_subject else others

    def _column(self, name: str, fact: Fact, days: Sequence[dt.date]) -> Column:
        subjects = self._asking(name)

        def signature(answer: Any) -> Any:
            """The same for answers that no condition distinguishes."""
            if isinstance(answer, dt.date):
                return bisect.bisect(days, answer)
            if isinstance(answer, Among) or name not in self.facts or not subjects:
                return answer
            if self.options.decisions and name in READ_ONE_BY_ONE:
                return answer
            literals = (
                self._atoms.literals_about(key, answer, self.facts[key].truth) for key in subjects
            )
            alike = tuple((tuple(true), tuple(false)) for true, false in literals)
            return (alike, bool(answer.known)) if isinstance(answer, MemberSet) else alike

        asked = {
            parse_pattern(question.member).code
            for key in subjects
            for question in self._atoms.by_subject[key]
            if isinstance(fact, CodeSet) and question.member
        }
        read_as = dict[str, str]() if self.options.spellings else None
        words = self._words(name, fact)
        order = DayOrder(self.options.day_orders.get(name, ""))
        renumbered = Renumbered(fact) if name in self.options.published and days_moved(fact) else None
        return Column(
            name, fact, signature, self.options.gaps, words, order, asked, read_as=read_as,
            renumbered=renumbered,
        )  # fmt: skip

    def _words(self, name: str, fact: Fact) -> Mapping[str, str]:
        """The answers that a column's own words mean.

        Raises:
            UsageError: Something is not an answer.
        """
        words = {str(word): answer for word, answer in self.options.values.get(name, {}).items()}
        for word, answer in words.items():
            try:
                if not (self.options.spellings and reason_outside(fact, word, answer)):
                    read_value(fact, answer)
            except AnswerError as error:
                raise UsageError(f"values: {name}:{word}={answer}. {error}") from None
        return words

    def _check_powers(self, powers: Collection[str]) -> None:
        for name, used in self.options.discretion.items():
            if name not in powers:
                hint = did_you_mean(nearest(name, powers))
                raise UsageError(f"discretion: no ruleset given has the power {name!r}.{hint}")
            if not isinstance(used, bool):
                raise UsageError(f"discretion: {used!r} is given for {name}. Expected True or False.")

    def _presumed_answers(self) -> Iterator[tuple[str, Any]]:
        for key, value in self.options.presumed.items():
            if key not in self.facts:
                hint = did_you_mean(nearest(key, self.facts))
                raise UsageError(f"presumed: there is no fact {key!r}.{hint}")
            try:
                answer = read_value(self.facts[key], value)
            except AnswerError as error:
                raise UsageError(f"presumed: {error}") from None
            if answer is not None:
                yield key, answer

    @property
    def read_as(self) -> Mapping[str, Mapping[str, str]]:
        """The answers as which texts were read that are written otherwise, by column and text."""
        return {name: column.read_as for name, column in self.columns.items() if column.read_as}

    @property
    def guesses(self) -> tuple[str, ...]:
        """The guesses about days and numbers of lists, with how to read them otherwise."""
        columns = self.columns.values()
        readers: list[tuple[str, DayOrder | Renumbered]] = [(item.name, item.order) for item in columns]
        readers += [(item.name, item.renumbered) for item in columns if item.renumbered]
        return tuple(guess for name, reader in readers for guess in reader.guesses(name))

    @property
    def bare_codes(self) -> Mapping[str, str]:
        """The entries without a sub-paragraph of which conditions ask about one, with that."""
        return {code: below for column in self.columns.values() for code, below in column.bare.items()}

    def outside(self) -> dict[int, str]:
        """Returns the rows of the last batch that are outside what is screened, and why."""
        columns = (column.outside for column in self.columns.values() if column.outside is not None)
        found: dict[int, str] = {}
        for texts in columns:
            indices = np.flatnonzero(np.from_dlpack(pc.is_valid(texts).cast(pa.int8())))
            found |= dict(zip(indices.tolist(), texts.drop_null().to_pylist(), strict=True))
        return found

    @property
    def interpreted(self) -> list[Column]:
        """The columns whose texts may be read as answers that are written otherwise."""
        return [column for column in self.columns.values() if column.is_interpreted]

    # batches ---------------------------------------------------------------------------------------

    def read(self, batch: Any) -> ReadBatch:
        """Reads a batch."""
        dated = self.columns.get(FACTS_DATE.key)
        days = dated.read(batch[FACTS_DATE.key]) if dated else {}
        stated = {
            name: days if column is dated else column.read(batch[name], days)
            for name, column in self.columns.items()
        }
        invalid = {name: known.pop(INVALID) for name, known in stated.items() if INVALID in known}
        for name, rows in invalid.items():
            stated[name][UNKNOWN] = stated[name].get(UNKNOWN, 0) | rows
        moved = some(column.moved for column in self.columns.values() if column.renumbered)
        return ReadBatch(batch.num_rows, stated, invalid, moved)

    def problems(self, read: ReadBatch) -> Iterator[tuple[int, str]]:
        """Yields the row of each value that is not an answer, and what is wrong with it."""
        for name, bitset in read.invalid.items():
            rows = np.flatnonzero(mask_of(bitset, read.size))
            errors = self.columns[name].problems(rows)
            yield from zip(rows.tolist(), map(str, errors), strict=True)

    def answers(
        self, batch: ReadBatch, retracted: Mapping[str, int], vocabulary: Vocabulary
    ) -> dict[str, dict[Any, int]]:
        """Returns the answers to each question, with presumptions.

        The vocabulary says what may be assumed besides the facts' own ordinary answers; ``retracted``,
        in which rows the presumption about a fact does not count.
        """
        answers: dict[str, dict[Any, int]] = {}

        def add(name: str, presumed: Iterable[tuple[Any, int]]) -> None:
            known = answers[name]
            left = batch.mask & ~some(known.values()) & ~retracted.get(name, 0)
            for answer, rows in presumed:
                if here := rows & left:
                    known[answer] = known.get(answer, 0) | here

        def add_presumed(name: str) -> None:
            if name not in self.facts or name in vocabulary.ordinary or name in self.presumed:
                add(name, self._presumed_of(name, answers, batch.mask))

        for name in self._subjects:
            answers[name] = dict(batch.stated.get(name, ()))
            add_presumed(name)
        for item in vocabulary.presumptions:
            if item.layer in self.layers and item.fact in answers:
                rows = _applying(item, answers, batch.mask)
                add(item.fact, [(item.answer_to(self.facts[item.fact]), rows)])
        for name in self._subjects:  # Those that copy what was assumed.
            add_presumed(name)
        return answers

    def _presumed_of(self, name: str, answers: Answers, mask: int) -> Iterator[tuple[Any, int]]:
        """The answers that are presumed where a question is not answered."""
        fact = self.facts.get(name)
        if name in self._powers:
            if (used := self.options.discretion.get(self._powers[name])) is not None:
                yield used, mask
        elif name in self.presumed:
            yield self.presumed[name], mask
        elif fact is None or fact.ordinary is None or "ordinary" not in self.layers:
            return
        elif isinstance(fact.ordinary, Same):  # An unknown is not copied.
            of_other = answers[fact.ordinary.fact].items()
            yield from ((answer, rows) for answer, rows in of_other if answer is not UNKNOWN)
        else:
            yield fact.convert(fact.ordinary), mask


def _applying(item: Assumption, answers: Answers, rows: int) -> int:
    """The rows in which an assumption applies: all its limbs hold."""
    for limb in item.limbs:
        given = answers[limb.key].items()
        held = some(bitset for answer, bitset in given if item.holds_for(limb, answer))
        if item.holds_for(limb, UNKNOWN):
            held |= ~some(bitset for _, bitset in given)
        rows &= held
    return rows


# columns of Arrow -------------------------------------------------------------------------------------


def _as_scalars(name: str, fact: Fact, values: Any) -> Any:
    """A column as an array of texts, days, booleans or numbers; lists of members as text.

    Raises:
        UsageError: It holds something else.
    """
    dtype, types = values.type, pa.types
    inner = getattr(dtype, "value_type", dtype)  # Of lists and of categories.
    holds_times = types.is_time(inner) or types.is_duration(inner) or types.is_interval(inner)
    is_odd = types.is_nested(inner) or "binary" in str(inner) or holds_times
    if is_odd or (is_list(dtype) and not fact.is_set):
        lists = ", or lists of members" if fact.is_set else ""
        raise UsageError(
            f"Column {name!r} holds {dtype}. Expected answers as text, yes/no or days{lists}; convert "
            "it first."
        )
    try:
        if is_list(dtype):
            return members_as_text(values)
        if types.is_timestamp(dtype):
            local = pc.local_timestamp(values) if dtype.tz else values
            return _days(local.cast(pa.timestamp("s"), safe=False).cast(pa.date32(), safe=False))
        if types.is_date(dtype):
            return _days(values.cast(pa.date32()))
        if types.is_boolean(dtype):
            truths = arrow_of(np.array([False, True]))
            return pa.DictionaryArray.from_arrays(values.cast(pa.int8()), truths)
        return values.cast(pa.string()) if types.is_null(dtype) else values
    except pa.ArrowException as error:
        raise UsageError(
            f"Column {name!r} holds {dtype}, and cannot be read ({reason_of(error)}). Expected "
            "answers as text, yes/no or days; convert it first."
        ) from None


def _days(values: Any) -> Any:
    """Days; as text if there is one that no calendar has, such as the infinity of a database."""
    numbers = values.cast(pa.int32())
    is_day = pc.and_(pc.greater_equal(numbers, _FIRST_DAY), pc.less_equal(numbers, _LAST_DAY))
    if pc.all(pc.fill_null(is_day, True)).as_py():
        return values
    days = pc.if_else(is_day, values, pa.scalar(dt.date(1, 1, 1)))
    return pc.if_else(is_day, days.cast(pa.string()), "a day beyond the calendar")


_FIRST_DAY, _LAST_DAY = ((day - dt.date(1970, 1, 1)).days for day in (dt.date.min, dt.date.max))


def is_list(dtype: Any) -> bool:
    """Tells whether an Arrow type is one of lists."""
    return hasattr(dtype, "value_field")


def members_as_text(values: Any) -> Any:
    """Returns an Arrow array of lists as text, in the form of a column of members.

    A list of nothing but nulls, as an outer join gives it, states nothing.  A null among members is kept
    as the word ``null``, which is no member: whether there are more is for the table to say.
    """
    lists = values.cast(pa.list_(pa.string()))
    members = pc.fill_null(lists.values, "null")
    filled = pa.ListArray.from_arrays(lists.offsets, members)
    text = pc.if_else(pc.is_null(lists), None, pc.binary_join(filled, "; "))
    text = pc.if_else(pc.match_substring_regex(text, "^null(; null)*$"), None, text)
    return pc.if_else(pc.equal(pc.list_value_length(lists), 0), "none", text)


def _conditions(rulesets: Iterable[Ruleset]) -> Iterator[Condition]:
    parts = dict.fromkeys(part for ruleset in rulesets for part in ruleset.parts())
    for part in parts:
        yield scope_of(part)
        yield from (rule.condition for rule in part.rules)
        for constraint in part.vocabulary.constraints:
            yield from (constraint.when, constraint.then)
        yield from (item.when for item in part.vocabulary.assumptions if item.when is not None)


def days_of(rulesets: Iterable[Ruleset]) -> list[dt.date]:
    """Returns the days, in order, on which anything may change under one of the rulesets."""
    rulesets = tuple(rulesets)
    parts = dict.fromkeys(part for ruleset in rulesets for part in ruleset.parts())
    forces = [force_of(part, follows) for part in parts for follows in (False, True)]
    conditions = [*_conditions(rulesets), *(force.in_force for force in forces)]
    conditions += [
        item for force in forces for item in (*force.bases.values(), *force.concurrent.values())
    ]
    return sorted(days_asked(conditions) | {part.transition.day for part in parts if part.transition})
