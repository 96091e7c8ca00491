"""Facts that published categories and reports on countries imply about the rows of a register."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import AnswerError
from regcompare.scenario.provenance import Report, last_day, levels_reported
from regcompare.vocabulary import FACTS_DATE, Category, Destination, EndUser, Reported
from regcompare.vocabulary.sections import REPORTED

from ._bitsets import texts_of
from ._sources import open_table
from .columns import plain_answer

Categories = Mapping[str, Category]
"""The categories that a column may hold, by name, in lower case and with single spaces."""


@attrs.frozen(eq=False)
class Implied:
    """Fills in facts that the categories of columns and joined reports imply.

    They are added where a row states nothing; texts in ``gaps`` mean that it does not.
    """

    facts: Sequence[str]
    categories: Mapping[str, Categories]
    gaps: Collection[str]
    reports: JoinedReports | None = None

    def fill(self, rows: Any) -> tuple[Any, dict[int, str]]:
        """Returns a batch with implied facts, and by index the rows with an unknown category."""
        if not self.facts:
            return rows, {}
        columns = dict(zip(rows.schema.names, rows.columns, strict=True))
        missing = (key for key in self.facts if key not in columns)
        columns |= dict.fromkeys(missing, pa.nulls(len(rows), pa.string()))
        problems: dict[int, str] = {}
        for name, known in self.categories.items():
            words = _as_text(name, columns[name]).dictionary_encode()
            texts = words.dictionary.to_pylist()
            found = [known.get(_normalised(text)) for text in texts]
            facts = {key for item in known.values() for key in item.answers}
            answers = [item.answers if item else {} for item in found]
            self._fill(columns, facts, answers, words.indices)
            unknown = {
                number: _problem(name, text, known)
                for number, (text, item) in enumerate(zip(texts, found, strict=True))
                if item is None and text.strip() not in ("", *self.gaps)
            }
            if unknown:
                numbered = enumerate(words.indices.to_pylist())
                problems |= {index: unknown[number] for index, number in numbered if number in unknown}
        if self.reports:
            levels, indices = self.reports.levels(columns, len(rows))
            self._fill(columns, REPORTED_FACTS.values(), levels, indices)
        return pa.RecordBatch.from_pydict(columns), problems

    def _fill(
        self,
        columns: dict[str, Any],
        facts: Iterable[str],
        answers: Sequence[Mapping[str, str]],
        indices: Any,
    ) -> None:
        """Adds answers about facts to what rows do not state; each row has those at its index."""
        for key in facts:
            implied = texts_of([item.get(key) for item in answers]).take(indices)
            stated = _as_text(key, columns[key])
            says_nothing = pc.is_in(
                pc.utf8_trim_whitespace(pc.fill_null(stated, "")), texts_of(["", *self.gaps])
            )
            columns[key] = pc.if_else(says_nothing, implied, stated)


def _as_text(name: str, values: Any) -> Any:
    if pa.types.is_nested(values.type):
        raise UsageError(
            f"The column {name!r} holds lists; give it as text, to read it with categories or reports."
        )
    return values.cast(pa.string())


def published_categories(publishers: str, categories: Iterable[Category]) -> Categories:
    """Returns the categories of a publisher, or of several separated by commas.

    Raises:
        UsageError: There is no such publisher; or two publishers use a name for different categories.
    """
    by_publisher: dict[str, list[Category]] = {}
    for category in categories:
        by_publisher.setdefault(category.publisher, []).append(category)
    by_name: dict[str, Category] = {}
    for publisher in map(str.strip, publishers.split(",")):
        if publisher not in by_publisher:
            hint = did_you_mean(nearest(publisher, by_publisher))
            hint = hint or f" There are {', '.join(by_publisher) or 'none'}."
            raise UsageError(f"No categories of a publisher {publisher!r} are known.{hint}")
        for category in by_publisher[publisher]:
            first = by_name.setdefault(_normalised(category.name), category)
            if first.answers != category.answers:
                raise UsageError(
                    f"{category.name!r} is a category of {first.publisher} and {publisher}, who mean "
                    "different things by it. Expected one publisher for each name; give each a column "
                    "of its own."
                )
    return by_name


def _normalised(text: str) -> str:
    return " ".join(text.lower().split())


def _problem(name: str, text: str, categories: Categories) -> str:
    publishers = " or ".join(dict.fromkeys(item.publisher for item in categories.values()))
    names = [item.name for item in categories.values()]
    found = f"{text!r} in the column {name!r} is no category of {publishers}."
    return f"{found} Expected {'; '.join(names)}.{did_you_mean(nearest(text, names))}"


REPORTED_FACTS: Mapping[str, str] = {matter: getattr(Reported, matter).key for matter in REPORTED}
"""The facts that joined reports answer, by what is reported."""


@attrs.define(eq=False)
class JoinedReports:
    """Reports on countries, or on a kind of user in a country, that rows of a register are joined with.

    Attributes:
        reports: The reports by country and kind of user, blank for all kinds.
        rows: How many rows had an earlier report.
    """

    source: str
    reports: Mapping[tuple[str, str], list[Report]]
    rows: int = 0

    def __data__(self) -> dict[str, Any]:
        return {"source": self.source, "rows": self.rows, "reports": self.listed}

    @property
    def listed(self) -> Iterator[Mapping[str, Any]]:
        """The reports as plain data."""
        for (country, kind), reports in self.reports.items():
            for report in reports:
                yield {"country": country, "kind_of_user": kind or None, **attrs.asdict(report)}

    def levels(self, columns: Mapping[str, Any], size: int) -> tuple[list[dict[str, str]], Any]:
        """Returns how near those before a day come, and for each row which of these it has."""
        blank = texts_of([""] * size)
        user, country, kind, day = (
            pc.fill_null(columns[key].cast(pa.string()), "") if key in columns else blank
            for key in (EndUser.country.key, Destination.country.key, EndUser.kind.key, FACTS_DATE.key)
        )
        where = pc.if_else(pc.equal(user, ""), country, user)
        keys = pc.binary_join_element_wise(where, kind, day, "\n").dictionary_encode()
        found = [self._levels(*key.split("\n")) for key in keys.dictionary.to_pylist()]
        self.rows += sum(bool(found[index]) for index in keys.indices.to_pylist())
        return found, keys.indices

    def _levels(self, country: str, kind: str, day: str) -> dict[str, str]:
        try:
            where = _country(country)
            near = [item for key in {(where, ""), (where, kind)} for item in self.reports.get(key, ())]
            levels = levels_reported(near, FACTS_DATE.read(day[:10]))
        except AnswerError:
            return {}
        return {REPORTED_FACTS[matter]: level for matter, level in levels.items()}


def _country(text: str) -> str:
    return EndUser.country.read(plain_answer(EndUser.country, text))


def joined_reports(table: Any) -> JoinedReports:
    """Returns the reports in a file, or in a table of another library.

    A row has ``end_user.country``, ``day`` and ``of``; maybe ``end_user.kind``, ``title`` and ``url``.

    Raises:
        UsageError: It cannot be read, or a row is not a report; the text lists all that are not.
    """
    reports: dict[tuple[str, str], list[Report]] = {}
    problems: list[str] = []
    with closing(open_table(table)) as opened:
        for batch in opened.batches():
            problems += [f"{opened.unit} {row.number}: {row.reason}" for row in batch.bad]
            for number, row in zip(batch.numbers, batch.rows.to_pylist(), strict=True):
                texts = {name: str(value or "").strip() for name, value in row.items()}
                try:
                    country, report = _report(**texts)
                except (AnswerError, ValueError) as error:
                    problems.append(f"{opened.unit} {number}: {error}")
                else:
                    kind = texts.get(EndUser.kind.key, "")
                    reports.setdefault((country, kind), []).append(report)
    if problems:
        raise UsageError("\n".join(f"{opened.path}, {problem}" for problem in problems))
    return JoinedReports(str(opened.path), reports)


def _report(
    day: str = "", of: str = "", title: str = "", url: str = "", **user: str
) -> tuple[str, Report]:
    """The country and the report in a row."""
    country, kind = _country(user.get(EndUser.country.key, "")), user.get(EndUser.kind.key, "")
    if kind:
        EndUser.kind.read(kind)
    matters: Any = re.findall(r"[^;,\s]+", of)
    if not matters or not set(matters) <= REPORTED.keys():
        raise ValueError(f"of={of!r}: expected {', '.join(REPORTED)}.")
    try:
        last_day(day)
    except ValueError:
        raise ValueError(f"day={day!r}: expected 2015, 2015-06 or 2015-06-30.") from None
    level: Any = "kind_of_user" if kind else "country"
    return country, Report(title=title, day=day, level=level, of=matters, url=url)
