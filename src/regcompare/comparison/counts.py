"""Counts: of a population, under a law on a day, on some facts: of how many is something so.

Every number that is printed is one of these.  Its sentence, rows, bar and receipt are made from the same
four groups of ids, which together are the population.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import attrs

from regcompare._support.displays import is_installed
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.law import EvidenceLevel
from regcompare.ruleset.currency import verified_through
from regcompare.ruleset.reports import ALL_TESTS
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import AsIfFrom
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess_all, reassess_all
from regcompare.verdict.verdict import Prover, Verdict
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .classes import CLASSES, CaseClass, ClassSlug, classify
from .layers import DATE, LAYER_WORDS, LAYERS, Layer, in_layer
from .measures import Measure, Part, measure
from .numbers import ANSWERS, Answer, Groups, Numbers
from .populations import Population, Record
from .receipts import Receipt, facts_hash, hash_of, law_hash, version
from .tidy import Tabular

Openness = Literal["disputed", "facts", "law"]
"""Why an answer is open: a fact is disputed; nobody states one; or only nobody has read a text."""
Outside = Literal["scope", "older", "force", "domestic"]
"""Why a record is outside: the law does not reach it, is younger than it, or is not in force on the day
on which it is read; or the sale is domestic from where the law is asked about it."""


# the law -------------------------------------------------------------------------------------------


@attrs.frozen
class Law:
    """A ruleset with the day on which it is read.

    Attributes:
        ruleset: The ruleset.
        day: A day; ``scenario`` for the day of each case; None for the ruleset's own.
    """

    ruleset: Ruleset
    day: AsOf = None

    def __str__(self) -> str:
        return f"{self.ruleset.id}@{self.read_on}"

    @property
    def read_on(self) -> AsOf:
        """The day as applied."""
        return self.ruleset.reference_date if self.day is None else self.day

    @property
    def fixed_day(self) -> dt.date | None:
        """The day where it is one for all; None where it is that of each case."""
        return self.read_on if isinstance(self.read_on, dt.date) else None

    @property
    def is_of_the_day(self) -> bool:
        """True if it is the law that applied to each case on its day, so that it may be said to have."""
        return self.fixed_day is None and self.ruleset.status == "law"

    @property
    def is_verified(self) -> bool:
        """True if every table of it was read on its day or later."""
        day, through = self.fixed_day, verified_through(self.ruleset)
        return day is None or through is None or day <= through

    @property
    def python(self) -> str:
        """The argument that means it in Python; of a reform that has no line, a variable with its id."""
        if self.ruleset.made_from is None or is_installed(self.ruleset):
            return f'"{self}"'
        own = self.ruleset.python or self.ruleset.id.replace("-", "_")
        return own if self.day is None else f'{own}.on("{self.day}")'

    def words(self, language: Language = ENGLISH) -> str:
        """Returns its title with its day, as in a sentence."""
        return language.say(
            "{law} as of {day}" if self.fixed_day else "{law} on the day of each",
            law=language.say(self.ruleset.title),
            day=self.read_on,
        )

    def heading(self, language: Language = ENGLISH) -> str:
        """Returns its title with its day, as in a table."""
        return language.say(
            "{law}, {day}" if self.fixed_day else "{law}, each on its own day",
            law=language.say(self.ruleset.title),
            day=self.read_on,
        )

    def columns(self) -> dict[str, Any]:
        """Returns it as columns: its id and its day, none where that is of each case."""
        return {"law": self.ruleset.id, "as_of": self.fixed_day}


# counts --------------------------------------------------------------------------------------------


@attrs.frozen(slots=False, repr=False, eq=False)
class Count(Numbers, Tabular[dict[str, Any]]):
    """In how many records something is so: certainly, possibly, not; and how many are outside.

    Attributes:
        measure: What is asked.
        population: What is counted.
        laws: The law, or two.
        facts: The facts that count.
        groups: The ids of the records by answer; together they are the population.
        parts: For each record its cases, each under every law.
        readings: The readings of doubtful texts that were asked for.
        as_if_from: From where each law was asked about the cases; None for where they were made.
    """

    measure: Measure
    population: Population
    laws: tuple[Law, ...]
    facts: Layer
    groups: Mapping[Answer, tuple[str, ...]]
    parts: Mapping[str, tuple[Part, ...]]
    readings: Readings = None
    as_if_from: AsIfFrom = None

    # its groups -------------------------------------------------------------------------------

    @property
    def head(self) -> str:
        """The heading of a column: what is asked."""
        return self.measure.head

    def noun(self, number: int) -> str:
        """Returns what so many records are called."""
        return self.population.noun(number)

    @cached_property
    def outside(self) -> Counter[Outside]:
        """Numbers of the records that are outside, by why."""
        return Counter(map(self._why_outside, self.groups["outside"]))

    def _why_outside(self, name: str) -> Outside:
        parts = [
            {_shut_out(*pair) for pair in zip(self.laws, part, strict=True)} for part in self.parts[name]
        ]
        return next(
            (why for why, any_of in SHUT_OUT.items() if all(map(any_of.intersection, parts))), "scope"
        )

    @cached_property
    def open_for(self) -> Counter[Openness]:
        """Numbers of the records that are open, by why; what is open for law is open for that alone."""
        return Counter(map(self._why_open, self.groups["open"]))

    def _why_open(self, name: str) -> Openness:
        findings = [
            finding
            for part in self.parts[name]
            for verdict in part
            for finding in verdict.open
            if finding.rule.then >= self.measure.least
        ]
        if findings and all(item.checked is EvidenceLevel.UNREAD for item in findings):
            return "law"
        verdicts = (verdict for part in self.parts[name] for verdict in part)
        is_disputed = self.facts != "filed" and any(map(_depends_on_dispute, verdicts))
        return "disputed" if is_disputed else "facts"

    @cached_property
    def marks(self) -> Counter[EvidenceLevel]:
        """Numbers of the certain ones by evidence level of the law; of several parts the best counts.

        A measure of two laws rests on the weaker mark of each part.
        """
        marks: Counter[EvidenceLevel] = Counter()
        for name in self.groups["yes"]:
            sure = [part for part in self.parts[name] if self.measure.asks([part])]
            known = [[item.checked for item in part if item.checked] for part in sure]
            if any(known):
                marks[max(map(min, filter(None, known)))] += 1
        return marks

    @cached_property
    def on_reports(self) -> tuple[str, ...]:
        """The records of which it is certain only because of what reports show."""
        return tuple(name for name in self.groups["yes"] if self._rests_on_reports(name))

    def _rests_on_reports(self, name: str) -> bool:
        sure = [part for part in self.parts[name] if self.measure.asks([part])]
        return bool(sure) and all(
            any(item.batch.decisive_reports.get(item.place) for item in part) for part in sure
        )

    def those(self, *answers: Answer, **named: Any) -> Population:
        """Returns the records with these answers as a population, with a name and nouns if need be.

        Raises:
            UsageError: There is no such answer.
        """
        ids = [name for answer in answers for name in self.groups[answer]]
        own = {
            "id": f"{self.population.id}:{self.measure.id}={'+'.join(answers)}",
            "what": f"{self.population.what} Of these: {', '.join(answers)}. {self.sentence()}",
            "python": f"{self.python}.those({', '.join(f'{item!r}' for item in answers)})",
        }
        return self.population.those(ids, **{**own, **named})

    # in words ---------------------------------------------------------------------------------

    def sentence(self, language: Language = ENGLISH) -> str:
        """Returns the count as a sentence with its law, its day, its population and both ends."""
        said = sentence_of(self, self.measure, self.outside, language)
        return " ".join((said, *self._reasons(language)))

    def _reasons(self, language: Language) -> Iterator[str]:
        """Yields why what is open is so, and what is certain because of reports alone, if anything."""
        say = language.say
        known = [(text, self.open_for[name]) for name, text in WHY_OPEN.items()]
        if why := [say(text, number=number) for text, number in known if number]:
            yield say("Open: {reasons}.", reasons=listing(why, say("and")))
        if reported := len(self.on_reports):
            yield language.say("Certain only by what reports show: {number}.", number=reported)

    # as rows ----------------------------------------------------------------------------------

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each record, with its answer."""
        answers = {name: answer for answer, names in self.groups.items() for name in names}
        return [self._row(record, answers[record.id]) for record in self.population]

    def _row(self, record: Record, answer: Answer) -> dict[str, Any]:
        ends: CaseClass = classify(part[-1] for part in self.parts[record.id])
        why = {"outside": self._why_outside, "open": self._why_open}.get(answer)
        return {
            "record": record.id, "title": record.first.title, "population": self.population.id,
            "group": record.group, "parts": len(record.parts), "date": record.first.date,
            **_facts(record), "decision": record.decision, **self.law.columns(),
            "facts": self.facts, "measure": self.measure.id, "answer": answer,
            "because": why and why(record.id), "low": ends.low, "high": ends.high,
        }  # fmt: skip

    def row(self) -> dict[str, Any]:
        """Returns the count itself as a row: what is asked of what, under what, and its groups."""
        return {
            "population": self.population.id, "records": len(self.population), **self.law.columns(),
            "base": str(self.laws[0]) if len(self.laws) > 1 else None, "facts": self.facts,
            "measure": self.measure.id, **self._size_columns(),
        }  # fmt: skip

    def by(self, column: str) -> Breakdown:
        """Returns the count for each value of a column of its rows; together they are the count."""
        groups: dict[Any, Counter[str]] = {}
        for row in self.to_dicts():
            if column not in row:
                hint = did_you_mean(nearest(column, row))
                raise UsageError(f"There is no column {column!r}.{hint} Expected {', '.join(row)}.")
            groups.setdefault(row[column], Counter())[row["answer"]] += 1
        rows = [
            {
                column: value, "certain": answers["yes"], "at_most": answers["yes"] + answers["open"],
                "certainly_not": answers["no"], "outside": answers["outside"], "all": answers.total(),
            }
            for value, answers in groups.items()
        ]  # fmt: skip
        return Breakdown(self, column, sorted(rows, key=lambda row: (-row["at_most"], -row["certain"])))

    # again ------------------------------------------------------------------------------------

    def at(self, facts: Layer) -> Count:
        """Returns the same count on other facts."""
        if self.as_if_from:
            raise UsageError("This counts the same sales made from elsewhere; ask the comparison again.")
        counting = Counting(lambda: None, self.readings)  # The measure has its prover already.
        return counting.count(self.measure, self.population, *self.laws, facts=facts)

    @property
    def python(self) -> str:
        """The line that makes it in Python."""
        counted, own = self.population, f'rc.populations()["{self.population.id}"]'
        population = f'"{counted.id}"' if counted.python == own else counted.python
        laws = ", ".join(law.python for law in self.laws)
        facts = "" if self.facts == "undisputed" else f', facts="{self.facts}"'
        readings = "" if self.readings is None else f", readings={self.readings!r}"
        if not self.as_if_from:
            return f'rc.count("{self.measure.id}", {population}, {laws}{facts}{readings})'
        cases = [case.id for case in counted.cases]
        asked = f"rc.compare({cases}, [{laws}], as_if_from={self.as_if_from!r}{readings})"
        return f'{asked}.count("{self.measure.id}"{facts})[0]'

    def receipt(self) -> Receipt:
        """Returns what somebody else needs to get the same number."""
        counted = self.population
        what = f"{counted.what} {len(counted)} records, {len(counted.cases)} cases."
        return receipt_of(f"{self.python}.range", self.range, what, self.laws, counted.cases)


def receipt_of(
    python: str, gives: Any, what: str, laws: Iterable[Law], cases: Iterable[Scenario]
) -> Receipt:
    """Returns the receipt of what a line of Python gives, of some cases under some laws."""
    return Receipt(
        python, repr(gives), what, hash_of(map(facts_hash, cases)),
        hash_of(law_hash(law.ruleset, law.fixed_day) for law in laws), version(),
    )  # fmt: skip


WHY_OPEN: Mapping[Openness, str] = {
    "disputed": "{number} where a fact that matters is disputed",
    "facts": "{number} where nobody states one",
    "law": "{number} only because nobody has read the law",
}
"""Why records are open, in words."""


SHUT_OUT: Mapping[Outside, frozenset[str | None]] = {
    "domestic": frozenset({"domestic"}),
    "older": frozenset({"older"}),
    "force": frozenset({"older", "force"}),
}
"""Why a record is outside whatever the scope is, and of what each of its parts has to have one."""


def _shut_out(law: Law, verdict: Verdict) -> Outside | None:
    """Returns why a law does not count for a case whatever its scope is; None where it does."""
    if verdict.in_force is False:
        return "older" if law.fixed_day is None and verdict.precedes_law else "force"
    return "domestic" if verdict.is_domestic else None


def _depends_on_dispute(verdict: Verdict) -> bool:
    """Returns whether it depends on a fact that is disputed, and left open, what a case comes to."""
    left = {item.fact for item in verdict.scenario.disputed}
    is_day_open = DATE in left and verdict.in_force is None
    return is_day_open or bool(left and not left.isdisjoint(verdict.open_questions))


def _facts(record: Record) -> dict[str, str | None]:
    """Returns the facts by which records are broken down, as far as they are known."""
    case = record.first
    answers = {
        "exporter_country": case.exporter.country,
        "destination_country": case.end_user.country or case.destination.country,
        "technology": case.item.technology,
    }
    return {name: value if isinstance(value, str) else None for name, value in answers.items()}


@attrs.frozen
class ClassRow:
    """Records, or rows of a table, by class under one law; each is in exactly one.

    Attributes:
        law: The law.
        counts: How many are in each class.
        ends: The class of each record; empty for rows of a table.
    """

    law: Law
    counts: Mapping[ClassSlug, int]
    ends: Mapping[str, CaseClass] = attrs.field(factory=dict, repr=False)

    @property
    def count(self) -> int:
        """The number of records that there are."""
        return sum(self.counts.values())

    def row(self) -> dict[str, Any]:
        """Returns it as a row."""
        counts = {str(slug): number for slug, number in self.counts.items()}
        return {**self.law.columns(), **counts, "all": self.count}

    __data__ = row


def by_class(count: Count) -> ClassRow:
    """Returns the records of a count by class under its law, on the same facts."""
    ends = {name: classify(part[-1] for part in parts) for name, parts in count.parts.items()}
    counts = Counter(item.slug for item in ends.values())
    return ClassRow(count.laws[-1], {slug: counts[slug] for slug in CLASSES}, ends)


@attrs.frozen(repr=False)
class Breakdown(Tabular[dict[str, Any]]):
    """A count for each value of a column, which together are the count.

    Attributes:
        count: The count.
        column: The column.
        rows: For each value what is certain, the most, what is not, what is outside, and all.
    """

    count: Count
    column: str
    rows: Sequence[dict[str, Any]]

    def __repr__(self) -> str:
        return f"<Breakdown by {self.column}: {len(self.rows)} values>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each value."""
        return list(self.rows)


# in words ------------------------------------------------------------------------------------------


def sentence_of(
    count: Numbers, asked: Measure, outside: Mapping[Outside, int], language: Language = ENGLISH
) -> str:
    """Returns a sentence on numbers of records, or of rows of a table.

    Args:
        count: The numbers; of facts that always count nothing is said.
        asked: What is asked.
        outside: How many are outside, by why.
        language: The language.
    """
    say, (least, most) = language.say, count.range
    base, law = count.laws[0], count.laws[-1]
    singular, plural = asked.verbs
    verb = (plural if least > 1 else singular) if law.is_of_the_day else asked.would
    clause = say(
        "{lead}, {number} of {of} {noun} {verb}."
        if least == most
        else "{lead}, {number} of {of} {noun} {verb}; at most {most}.",
        lead=say(asked.lead, base=base.words(language), law=law.words(language)),
        number=str(least) if least else say("none"),
        most=most,
        of=count.of,
        noun=say(count.noun(count.of)),
        verb=say(verb, certainly="" if least == most else say("certainly ")),
    )
    known = "" if count.facts == "undisputed" else f"{say(LAYER_WORDS[count.facts])}:"
    besides = outside_in_words(outside, language, len(count.laws))
    aside = say("Besides: {groups}.", groups=besides) if besides else ""
    return " ".join(filter(None, (known, clause, aside)))


OUTSIDE: Mapping[Outside, tuple[str, str]] = {
    "scope": ("{number} outside its scope", "{number} outside the scope of one of them"),
    "older": ("{number} older than it", "{number} older than one of them"),
    "force": ("{number} when it was not in force", "{number} when one of them was not in force"),
    "domestic": ("{number} sold within its home", "{number} sold within the home of one of them"),
}
"""Why records are outside one law, and outside one of two, in words."""


def outside_in_words(outside: Mapping[Outside, int], language: Language = ENGLISH, laws: int = 1) -> str:
    """Returns how many are outside one law, or one of two, and why; blank for none."""
    say = language.say
    known = [(texts[laws > 1], outside.get(why)) for why, texts in OUTSIDE.items()]
    return listing([say(text, number=number) for text, number in known if number], say("and"))


# counting ------------------------------------------------------------------------------------------


def count_of(
    asked: Measure | str,
    population: Population,
    laws: Sequence[Law],
    facts: Layer,
    verdicts: Sequence[Mapping[str, Sequence[Verdict]]],
    readings: Readings = None,
    as_if_from: AsIfFrom = None,
) -> Count:
    """Counts verdicts; no other function makes a number.

    Args:
        asked: What is asked.
        population: What is counted.
        laws: The law, or two.
        facts: The facts that count.
        verdicts: For each law, the verdicts on the parts of each record.
        readings: The readings of doubtful texts that were asked for.
        as_if_from: From where each law was asked about the cases.

    Raises:
        UsageError: There is no such measure, or layer of facts, or not as many laws as it takes.
    """
    found = measure(asked)
    _check(found, len(laws), facts)
    parts = {
        record.id: tuple(zip(*(column[record.id] for column in verdicts), strict=True))
        for record in population
    }
    groups: dict[Answer, list[str]] = {answer: [] for answer in ANSWERS}
    for name, known in parts.items():
        groups[_answer(found, known)].append(name)
    frozen = Groups({answer: tuple(names) for answer, names in groups.items()})
    return Count(found, population, tuple(laws), facts, frozen, parts, readings, as_if_from)


def _check(asked: Measure, laws: int, facts: Layer) -> None:
    """Refuses a measure of another number of laws, and facts that no layer has."""
    if laws != asked.laws:
        words = "one law" if asked.laws == 1 else "two laws"
        raise UsageError(
            f"The measure {asked.id} takes {words}, found {laws}. Several side by side are counted with "
            "`counts`."
        )
    if facts not in LAYERS:
        raise UsageError(f"facts={facts!r}: Expected {', '.join(LAYERS[:-1])} or {LAYERS[-1]}.")


def _answer(asked: Measure, parts: Sequence[Part]) -> Answer:
    """The answer of a record, which is outside if no part is reached by all laws asked."""
    if not any(all(item.span for item in part) for part in parts):
        return "outside"
    truth = asked.asks(parts)
    return "open" if truth is None else "yes" if truth else "no"


@attrs.define(eq=False)
class Counting:
    """Counts what is asked, and assesses each case under each law on the same facts once.

    Attributes:
        prover: Gives what proves of gaps which are never possible under the same facts, if there is one.
        readings: Readings of doubtful texts; each ruleset takes those that it knows.
    """

    prover: Callable[[], Prover | None]
    readings: Readings = None
    _known: dict[tuple[Law, Layer], dict[str, tuple[Verdict, ...]]] = attrs.field(factory=dict)

    def count(
        self, asked: Measure | str, population: Population, *laws: Law, facts: Layer = "undisputed"
    ) -> Count:
        """Returns a count.

        Raises:
            UsageError: There is no such measure, or layer of facts, or not as many laws as it takes.
        """
        found = measure(asked)
        _check(found, len(laws), facts)
        columns = [self._under(population, law, facts) for law in laws]
        asked = found.jointly(self.prover()) if found.laws == 2 else found
        return count_of(asked, population, laws, facts, columns, self.readings)

    def _under(self, population: Population, law: Law, facts: Layer) -> dict[str, tuple[Verdict, ...]]:
        """The verdicts on the parts of each record, those of other populations among them."""
        known = self._known.setdefault((law, facts), {})
        new = [record for record in population if record.id not in known]
        cases = [in_layer(case, facts) for record in new for case in record.parts]
        readings = readings_known_to(law.ruleset, self.readings)
        verdicts = iter(assess_all(cases, law.ruleset, as_of=law.day, readings=readings))
        known.update((record.id, tuple(next(verdicts) for _ in record.parts)) for record in new)
        return known


def readings_known_to(ruleset: Ruleset, readings: Readings) -> Readings:
    """Returns of some readings those that a ruleset knows."""
    if not isinstance(readings, Mapping):
        return readings
    known = {doubt.id for part in ruleset.parts() for doubt in part.doubts} | {ALL_TESTS}
    return {name: value for name, value in readings.items() if name in known}


def verdicts_by_case(verdicts: Iterable[Verdict], facts: Layer) -> dict[str, Verdict]:
    """Returns verdicts on cases, on the facts that count, by the ids of the cases."""
    verdicts = list(verdicts)
    cases = [(item, in_layer(item.scenario, facts)) for item in verdicts]
    changed = [  # With facts left open, results are those of look-ahead.
        (item, case)
        for item, case in cases
        if facts != "filed" and (case is not item.scenario or item.exact)
    ]
    again = reassess_all(changed)
    return {item.original.id: again.get(item, item) for item in verdicts}


# of other things ----------------------------------------------------------------------------------


@attrs.frozen(repr=False, eq=False)
class Tally(Numbers, Tabular[dict[str, Any]]):
    """Of how many named things, such as kinds of safeguard or states, something is so.

    It is no ``Count``: a kind or a state has no facts and no verdict of its own, so there is no measure
    to ask it and no layer of facts; the answer of each is given.

    Attributes:
        head: What is asked, as the heading of a column.
        said: Its sentence, with ``{law}``, ``{count}``, ``{of}`` and ``{noun}``.
        law: The law, with the day on which it is read.
        answers: The answer of each thing.
        nouns: What one and what several of them are called.
        python: The line that makes it in Python.
        cases: The cases of which it was asked.
    """

    head: str
    said: str
    law: Law
    answers: Mapping[str, Answer]
    nouns: tuple[str, str]
    python: str
    cases: tuple[Scenario, ...] = ()

    @property
    def laws(self) -> tuple[Law, ...]:
        """The law alone."""
        return (self.law,)

    @property
    def groups(self) -> dict[Answer, tuple[str, ...]]:
        """The things by answer; together they are all."""
        return Groups(
            (answer, tuple(name for name, given in self.answers.items() if given == answer))
            for answer in ANSWERS
        )

    def noun(self, number: int) -> str:
        """Returns what so many of them are called."""
        return self.nouns[number != 1]

    def sentence(self, language: Language = ENGLISH) -> str:
        """Returns the tally as a sentence with its law, its day and both ends."""
        return language.say(
            self.said, law=self.law.words(language), count=self.number(language), of=self.of,
            noun=language.say(self.noun(self.of)),
        )  # fmt: skip

    def row(self) -> dict[str, Any]:
        """Returns the tally itself as a row."""
        return {
            "population": self.nouns[1], "records": len(self), **self.law.columns(),
            "measure": self.head, **self._size_columns(),
        }  # fmt: skip

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each thing, with its answer."""
        name = self.nouns[0]
        return [
            {name: thing, **self.law.columns(), "answer": answer}
            for thing, answer in self.answers.items()
        ]

    def receipt(self) -> Receipt:
        """Returns what somebody else needs to get the same number."""
        number, noun = self.counted
        return receipt_of(f"{self.python}.range", self.range, f"{number} {noun}.", self.laws, self.cases)
