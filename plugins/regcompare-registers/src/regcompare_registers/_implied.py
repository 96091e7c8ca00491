"""What published categories and reports on countries imply about the rows of a register."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
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

from ._categories import normalised_name
from ._planes import texts_of
from ._sources import open_table
from .columns import RegisterColumns, plain_answer


@attrs.frozen(eq=False)
class Implied:
    """Fills in the facts that published categories and joined reports imply.

    Attributes:
        register: What the columns hold.
        null_values: Texts that mean that nothing is stated.
        reports: Reports to be joined.
    """

    register: RegisterColumns
    null_values: Collection[str]
    reports: JoinedReports | None = None

    def fill(self, rows: Any) -> tuple[Any, dict[int, str]]:
        """Returns a batch with implied facts, and the problems of rows by index."""
        if not self.register.implied_facts:
            return rows, {}
        columns = dict(zip(rows.schema.names, rows.columns, strict=True))
        missing = (key for key in self.register.implied_facts if key not in columns)
        columns |= {key: pa.nulls(len(rows), pa.string()) for key in missing}
        problems = dict(self._fill_from_categories(columns))
        if self.reports:
            for key, texts in self.reports.levels(columns, len(rows)).items():
                columns[key] = self._filled(key, columns[key], texts)
        return pa.RecordBatch.from_pydict(columns), problems

    def _fill_from_categories(self, columns: dict[str, Any]) -> Iterator[tuple[int, str]]:
        """Adds the facts that categories imply; yields the rows with an unknown category."""
        for name, categories in self.register.categories.items():
            texts = _as_text(name, columns[name])
            matches = [categories.get(normalised_name(text or "")) for text in texts.to_pylist()]
            for place in pc.indices_nonzero(pc.invert(self._states_nothing(texts))).to_pylist():
                if matches[place] is None:
                    yield place, _problem(name, texts[place].as_py(), categories)
            for key in {key for item in categories.values() for key in item.answers}:
                answers = texts_of([item.answers.get(key) if item else None for item in matches])
                columns[key] = self._filled(key, columns[key], answers)

    def _filled(self, name: str, stated: Any, answers: Any) -> Any:
        """A column with other answers where its rows state nothing."""
        texts = _as_text(name, stated)
        return pc.if_else(self._states_nothing(texts), answers, texts)

    def _states_nothing(self, texts: Any) -> Any:
        return pc.is_in(
            pc.utf8_trim_whitespace(pc.fill_null(texts, "")), texts_of(["", *self.null_values])
        )


def _problem(name: str, text: str, categories: Mapping[str, Category]) -> str:
    publishers = " or ".join(dict.fromkeys(item.publisher for item in categories.values()))
    names = [item.name for item in categories.values()]
    found = f"{text!r} in the column {name!r} is no category of {publishers}."
    return f"{found} Expected {'; '.join(names)}.{did_you_mean(nearest(text, names))}"


def _as_text(name: str, values: Any) -> Any:
    if pa.types.is_nested(values.type):
        raise UsageError(
            f"The column {name!r} holds lists; give it as text, to read it with categories or reports."
        )
    return values.cast(pa.string())


# reports ---------------------------------------------------------------------------------------------

REPORTED_FACTS = {matter: getattr(Reported, matter).key for matter in REPORTED}
"""The facts that joined reports answer, by what is reported."""


@attrs.define(eq=False)
class JoinedReports:
    """Reports on countries, or on a kind of user in a country, that rows of a register are joined with.

    Attributes:
        source: Where they were read.
        reports: The reports by country and kind of user, blank for all kinds.
        rows: How many rows had an earlier report.
    """

    source: str
    reports: Mapping[tuple[str, str], list[Report]]
    rows: int = 0

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], source: str) -> JoinedReports:
        """Returns the reports in rows with ``end_user.country``, ``day`` and ``of``.

        They may have ``end_user.kind``, ``title`` and ``url``.

        Raises:
            UsageError: A row is not a report; the text lists all that are not.
        """
        reports: dict[tuple[str, str], list[Report]] = {}
        problems: list[str] = []
        for number, row in enumerate(rows, 1):
            texts = {name: str(value or "").strip() for name, value in row.items()}
            day, matters = texts.get("day", ""), re.findall(r"[^;,\s]+", texts.get("of", ""))
            try:
                country = _country(texts.get(EndUser.country.key, ""))
                kind = texts.get(EndUser.kind.key, "") and EndUser.kind.read(texts[EndUser.kind.key])
                if not matters or not set(matters) <= REPORTED.keys():
                    raise ValueError(f"of={texts.get('of', '')!r}: expected {', '.join(REPORTED)}.")
                _check_day(day)
            except (AnswerError, ValueError) as error:
                problems.append(f"{source}, row {number}: {error}")
                continue
            report = Report(
                title=texts.get("title", ""), day=day, level="kind_of_user" if kind else "country",
                of=matters, url=texts.get("url", ""),
            )  # fmt: skip
            reports.setdefault((country, kind), []).append(report)
        if problems:
            raise UsageError("\n".join(problems))
        return cls(source, reports)

    def levels(self, columns: Mapping[str, Any], size: int) -> dict[str, Any]:
        """Returns for each fact about reports how near those before the day of each row come."""
        blank = texts_of([""] * size)
        user, country, kind, day = (
            pc.fill_null(columns[key].cast(pa.string()), "") if key in columns else blank
            for key in (EndUser.country.key, Destination.country.key, EndUser.kind.key, FACTS_DATE.key)
        )
        where = pc.if_else(pc.equal(user, ""), country, user)
        keys = pc.binary_join_element_wise(where, kind, day, "\n").dictionary_encode()
        found = [self._levels(*key.split("\n")) for key in keys.dictionary.to_pylist()]
        self.rows += sum(bool(found[place]) for place in keys.indices.to_pylist())
        return {
            key: texts_of([levels.get(matter) for levels in found]).take(keys.indices)
            for matter, key in REPORTED_FACTS.items()
        }

    def _levels(self, country: str, kind: str, day: str) -> Mapping[str, str]:
        try:
            where = _country(country)
            near = [item for key in {(where, ""), (where, kind)} for item in self.reports.get(key, ())]
            return levels_reported(near, FACTS_DATE.read(day[:10]))
        except AnswerError:
            return {}


def _country(text: str) -> str:
    return EndUser.country.read(plain_answer(EndUser.country, text))


def joined_reports(table: Any) -> JoinedReports:
    """Returns the reports in a file, or in a table of another library.

    Raises:
        UsageError: It cannot be read, or a row is not a report.
    """
    with closing(open_table(table)) as opened:
        rows = [row for batch in opened.batches() for row in batch.rows.to_pylist()]
        return JoinedReports.of(rows, str(opened.path))


def _check_day(day: str) -> None:
    try:
        last_day(day)
    except ValueError:
        raise ValueError(f"day={day!r}: expected 2015, 2015-06 or 2015-06-30.") from None
