"""One ruleset over the batches of a table: the only module of tables that calls the engine."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any, Final

import attrs
import numpy as np
import pyarrow as pa

from regcompare.comparison.classes import CLASSES, CaseClass
from regcompare.facts import UNKNOWN, Fact
from regcompare.logic.conditions import Among
from regcompare.logic.planes import Leaves, Rows, some
from regcompare.program.alike import telling_planes
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.lookahead import MOST_CASES, AnswerEffect, Truths, effects, evaluate
from regcompare.program.program import Program, program_for, qualified_ids
from regcompare.ruleset.reports import STATED
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import contradictions
from regcompare.verdict.assess import AsOf, Readings, chosen_readings
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.vocabulary.propagation import Propagation, propagation_of

from ._answers import BatchReader, ReadBatch, days_of
from ._cells import ABSENT, INVALID, Cells
from ._planes import (
    cells_of,
    classes_of,
    counted,
    distinct_rows,
    mask_of,
    plane_of,
    planes_by_cell,
    texts_of,
    unpacked,
)
from .columns import as_text
from .rows import scenario_of
from .summary import MEASURES, FactCount

OUTCOMES: Final = tuple(outcome.word for outcome in Outcome)
WORDS: Final = {False: "no", None: "unknown", True: "yes"}
"""Truths as words, in the order of how many of their two planes are set."""

ORDERED: Final = pa.dictionary(pa.int8(), pa.string(), ordered=True)
"""The type of columns of outcomes: categories in the order of severity."""
IN_POLARS: Final = {"_PL_ENUM_VALUES2": "".join(f"{len(word)};{word}" for word in OUTCOMES)}
"""What an Arrow field says so that polars reads ordered categories, and compares them as such."""
TEXTS: Final = pa.dictionary(pa.int32(), pa.string())
"""The type of the other columns of results."""

TRUTHS: Final = ("in_scope", "in_force", *MEASURES)

PARTS: Final = {
    **dict.fromkeys(("low", "high"), ORDERED),
    **dict.fromkeys(("class", *MEASURES, "in_scope", "in_force", "holds", "open"), TEXTS),
}
"""The columns added for each ruleset, named after its id and a dot, with their types."""


_ENDS: Final = (None, *Outcome)
CASE_CLASSES: Final = [
    CaseClass(low if is_reached or low is None else Outcome.NO_CONTROL, high)
    for low, high, is_reached in product(_ENDS, _ENDS, (False, True))
]
"""The class of a row by both ends, and whether it is certainly in scope of a ruleset in force."""
_BY_CLASS: Final = {
    part: np.array([list(WORDS).index(item.is_at_least(slug)) for item in CASE_CLASSES], np.int8)
    for part, slug in MEASURES.items()
} | {"class": np.array([list(CLASSES).index(item.slug) for item in CASE_CLASSES], np.int8)}
"""The cells of the columns that follow from the class."""


@attrs.frozen(eq=False)
class Result:
    """The results of the rows of a batch under a ruleset.

    Attributes:
        columns: The cells of the columns of results, -1 for null.
        reasons: Why the facts of a row contradict each other, by row.
        restated: The rows with a fact that was read as another answer, by both.
    """

    columns: Mapping[str, Any]
    reasons: Mapping[int, str]
    restated: Mapping[tuple[str, str], Any]

    @property
    def classes(self) -> Any:
        """The places of the classes of the rows in ``CASE_CLASSES``."""
        return _classes_of(self.columns)

    @property
    def is_unsettled(self) -> Any:
        """Which rows leave several outcomes open."""
        return self.columns["low"] != self.columns["high"]


def _classes_of(cells: Mapping[str, Any]) -> Any:
    is_reached = (cells["in_scope"] > 1) & (cells["in_force"] > 1)
    return ((cells["low"] + 1) * len(_ENDS) + cells["high"] + 1) * 2 + is_reached


class Regime:
    """A ruleset over the batches of one table.

    Args:
        ruleset: The ruleset.
        as_of: As for ``assess``.
        readings: As for ``assess``.
        reader: Reads the batches.
    """

    def __init__(self, ruleset: Ruleset, as_of: AsOf, readings: Readings, reader: BatchReader) -> None:
        self.ruleset, self.as_of = ruleset, as_of
        self._reader, self._vocabulary = reader, ruleset.vocabulary
        self._ids: Mapping[Rule, str] = rule_ids(ruleset)
        self._as_of_day = ruleset.reference_date if as_of is None else as_of
        days = days_of([ruleset])
        self._days = Cells(lambda day: sum(change <= day for change in days))
        self._chosen = chosen_readings(ruleset, readings)
        self._columns: dict[tuple[Leaves, str], _LeafColumn] = {}
        self._texts: dict[str, int] = {}

    def dictionary(self, part: str) -> Any:
        """Returns the texts that the cells of a column of results represent."""
        if part in ("low", "high"):
            return texts_of(OUTCOMES)
        if part == "class":
            return texts_of(list(CLASSES))
        return texts_of(list(WORDS.values() if part in TRUTHS else self._texts))

    def results(self, batch: ReadBatch) -> Result:
        """Returns the results of the rows of a batch."""
        answers, restated = self._established(batch)
        columns = self._columns_of(batch, answers)
        if len(contradictory := np.flatnonzero(columns["in_force"] < 0)):
            part = batch.take(contradictory)
            answers, restated_here = self._without_contradictions(part)
            for key, rows in restated_here.items():
                restated.setdefault(key, np.zeros(batch.size, bool))[contradictory] = rows
            for name, cells in self._columns_of(part, answers).items():
                columns[name][contradictory] = cells
        left = np.flatnonzero(columns["in_force"] < 0)
        texts = self._reasons(batch.take(left)) if len(left) else ()
        return Result(columns, dict(zip(left.tolist(), texts, strict=True)), restated)

    def _columns_of(self, batch: ReadBatch, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The cells of the columns of results, -1 in rows that contradict themselves."""
        columns = {part: np.full(batch.size, -1, np.int32) for part in PARTS}
        for law, places, days in self._laws(batch, answers):
            *firsts, kinds = self._kinds(law, batch, answers, places, days)
            found = list(map(self._cells_of, self._cases(law, batch, answers, *firsts)))
            where = slice(None) if len(places) == batch.size else places
            for part, cells in columns.items():
                cells[where] = np.concatenate([of_part[part] for of_part in found])[kinds]
        return columns

    def _kinds(
        self, law: LawState, batch: ReadBatch, answers: Mapping[str, Any], places: Any, days: Any
    ) -> tuple[Any, Any, Any]:
        """One row of each kind that look-ahead tells apart, with its day of the law; each row's kind."""
        found, kinds, count = list[Any](), list[Any](), 0
        for case in self._cases(law, batch, answers, places, days):
            planes = telling_planes(case.program, case.rows)
            of_rows, firsts = classes_of(planes, case.rows.size)
            found.append((case.places[firsts], case.days[firsts]))
            kinds.append(of_rows + count)
            count += len(firsts)
        of_places, of_days, of_kinds = (
            *map(np.concatenate, zip(*found, strict=True)),
            np.concatenate(kinds),
        )
        if len(found) == 1 or 2 * count > len(places):
            return of_places, of_days, of_kinds
        # Parts have many kinds in common.
        *firsts, merged = self._kinds(law, batch, answers, of_places, of_days)
        return *firsts, merged[of_kinds]

    def _cells_of(self, case: _Cases) -> dict[str, Any]:
        """The cells of the columns of results of some rows, -1 in those that contradict themselves."""
        truths, impossible = evaluate(case.program, case.rows)
        cells = self._truths_as_cells(truths, case.in_force)
        is_possible = mask_of(case.rows.mask ^ impossible, truths.size)
        return {part: np.where(is_possible, of_part, -1) for part, of_part in cells.items()}

    def _truths_as_cells(self, truths: Truths, in_force: bool | None) -> dict[str, Any]:
        """The cells of the columns of results of some rows."""
        certain, possible, size, force = truths.certain, truths.possible, truths.size, truths.force_place
        scope, by_date = (counted([certain[place], possible[place]], size) for place in (0, force))
        applies = by_date if in_force is None else np.full(size, 2 * in_force, np.int8)
        has_span = (scope > 0) & (by_date > 0) & (applies > 0)
        steps = slice(2 * force, None)
        ranks = {"low": counted(certain[steps], size), "high": counted(possible[steps], size)}
        rules, holds, may = truths.program.entries, certain[1:force], possible[1:force]
        places = {entry.rule: place for place, entry in enumerate(rules)}
        named = [(name, places[rule]) for rule, name in self._ids.items() if rule in places]
        may_only = [sure ^ perhaps for sure, perhaps in zip(holds, may, strict=True)]
        lists = {
            part: self._lists([(name, planes[place]) for name, place in named], size)
            for part, planes in (("holds", holds), ("open", may_only))
        }
        cells = {part: np.where(has_span, of_part, -1) for part, of_part in (ranks | lists).items()}
        cells |= {"in_scope": scope, "in_force": applies}
        classes = _classes_of(cells)
        return cells | {part: of_class[classes] for part, of_class in _BY_CLASS.items()}

    def _lists(self, named: Sequence[tuple[str, int]], size: int) -> Any:
        """The cells of the lists of rules, given the rows in which each is listed."""
        names, planes = zip(*named, strict=True) if named else ((), ())
        classes, firsts = classes_of(planes, size)
        listed = unpacked(planes, size)[:, firsts].T
        texts = (as_text(map(names.__getitem__, row.nonzero()[0])) for row in listed)
        return np.array([self._texts.setdefault(text, len(self._texts)) for text in texts])[classes]

    # the rows of a batch, as cases -----------------------------------------------------------------

    def _cases(
        self, law: LawState, batch: ReadBatch, answers: Mapping[str, Any], places: Any, days: Any
    ) -> Iterator[_Cases]:
        """Rows under one program, as many at once as are best evaluated together."""
        for start in range(0, len(places), MOST_CASES):
            part = slice(start, start + MOST_CASES)
            yield self._cases_of(law, batch, answers, places[part], days[part])

    def _laws(self, batch: ReadBatch, answers: Mapping[str, Any]) -> Iterator[tuple[LawState, Any, Any]]:
        """The laws that apply, each with the rows and the cells of the days of the law."""
        dates = [batch.spread(answers.get(key, ABSENT)) for key in (FACTS_DATE.key, APPLIED_ON.key)]
        indices, pairs = distinct_rows(dates)
        groups: dict[Any, tuple[LawState, dict[int, int]]] = {}
        for index, pair in enumerate(pairs):
            known = map(self._day, (FACTS_DATE.key, APPLIED_ON.key), pair)
            law = law_state(self.ruleset, self._as_of_day, *known)
            group = groups.setdefault((law.in_force, law.companions, law.open_law), (law, {}))
            group[1][index] = self._days.cell_of(law.day)
        for law, days in groups.values():
            cells = np.full(len(pairs), -1)
            cells[list(days)] = list(days.values())
            of_rows = cells[indices]
            places = np.flatnonzero(of_rows >= 0)
            yield law, places, of_rows[places]

    def _day(self, name: str, cell: int) -> dt.date | None:
        cells = self._reader.cells.get(name)
        answer = cells.answers[cell] if cells else None
        return None if answer is UNKNOWN else answer

    def _cases_of(
        self, law: LawState, batch: ReadBatch, answers: Mapping[str, Any], places: Any, days: Any
    ) -> _Cases:
        program = program_for(self.ruleset, law.companions, law.open_law)
        rows = Rows.blank(program.leaves, len(places))
        is_whole = len(places) == batch.size
        for name in program.by_subject:
            cells = answers.get(name, ABSENT)
            if not isinstance(cells, int) and not is_whole:
                cells = cells[places]
            if name in self._reader.cells:
                self._decide(rows, name, cells)
        for cell, bits in planes_by_cell(days).items():
            rows.decide(*program.literals(LAW_DATE.key, self._days.answers[cell]), bits)
        for doubt, reading in self._chosen.items():
            denied = 0
            if doubt.finding and reading != STATED:
                denied = self._denied(batch, doubt.finding, places)
            rows.decide(*program.literals(doubt.key, reading), rows.mask ^ denied)
            if denied:
                rows.decide(*program.literals(doubt.key, STATED), denied)
        return _Cases(program, law.in_force, places, days, rows)

    def _denied(self, batch: ReadBatch, finding: Any, places: Any) -> int:
        """The rows that state the opposite of what reports may show."""
        cells = batch.stated.get(finding.fact, ABSENT)
        fact = self._vocabulary.fact(finding.fact)
        answers = self._reader.cells[finding.fact].answers if finding.fact in self._reader.cells else []
        denies = np.array([fact.truth(answer, finding.member) is False for answer in answers], bool)
        if isinstance(cells, int) or not denies.any():
            return 0
        return plane_of(denies[cells[places]])

    def _decide(self, rows: Rows, name: str, cells: Any) -> None:
        """Answers the questions about a subject in all rows."""
        column = self._columns.get((rows.leaves, name))
        if column is None:
            column = _LeafColumn(rows.leaves, name, self._reader.facts.get(name))
            self._columns[rows.leaves, name] = column
        planes = {cells: rows.mask} if isinstance(cells, int) else planes_by_cell(cells)
        known = {cell: plane for cell, plane in planes.items() if cell > INVALID}
        if known:
            column.decide(rows, known, self._reader.cells[name].answers)

    # presumptions ----------------------------------------------------------------------------------

    def _established(
        self, batch: ReadBatch, withdrawn: Mapping[str, Any] | None = None, *, presumes: bool = True
    ) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
        """The cells that count as known, and where an answer was replaced by the one that is meant."""
        answers = dict(batch.stated)
        if presumes:
            make = partial(self._reader.answers, batch, withdrawn or {}, self._vocabulary)
            answers = make() if withdrawn else batch.answers(self._vocabulary.assumptions, make)
        restated: dict[tuple[str, str], Any] = {}
        for constraint in self._vocabulary.excusing:
            propagation = propagation_of(self._vocabulary)
            place = self._vocabulary.constraints.index(constraint)
            rows = self._rows(propagation, batch, answers, propagation.asked[place])
            broken = propagation.violations(rows)[place]
            if broken and constraint.taken_as:
                restated[constraint.taken_as] = mask_of(broken, batch.size).astype(bool)
        for (name, answer), rows in restated.items():
            cell = self._reader.cells[name].cell_of(answer)
            answers[name] = np.where(rows, cells_of(cell), batch.spread(answers.get(name, ABSENT)))
        return answers, restated

    def _without_contradictions(
        self, batch: ReadBatch
    ) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
        """Withdraws presumptions that contradict what is stated, as ``established_facts`` does.

        Returns:
            The cells that count as known, and where an answer was replaced.
        """
        propagation = propagation_of(self._vocabulary)
        withdrawn: dict[str, Any] = {}
        while True:
            answers, restated = self._established(batch, withdrawn)
            stated = {name: batch.spread(batch.stated.get(name, ABSENT)) for name in self._reader.cells}
            presumed = {
                name: plane_of((stated[name] == ABSENT) & (batch.spread(answers[name]) != ABSENT))
                for name in answers
                if name in self._reader.facts
            }
            new = _contradicting(propagation, self._rows(propagation, batch, answers), presumed)
            if not any(new.values()):
                return answers, restated
            for name, plane in new.items():
                mask = mask_of(plane, batch.size).astype(bool)
                withdrawn[name] = withdrawn[name] | mask if name in withdrawn else mask

    def _rows(
        self,
        propagation: Propagation,
        batch: ReadBatch,
        answers: Mapping[str, Any],
        facts: Collection[str] | None = None,
    ) -> Rows:
        """Rows with the answers to the questions of the constraints, or to those about some facts."""
        rows = Rows.blank(propagation.leaves, batch.size)
        for name in propagation.leaves.by_subject:
            if name in self._reader.cells and (facts is None or name in facts):
                self._decide(rows, name, answers.get(name, ABSENT))
        return rows

    # contradictions --------------------------------------------------------------------------------

    def _reasons(self, batch: ReadBatch) -> list[str]:
        """Why the facts of each row contradict each other; presumptions play no part."""
        propagation = propagation_of(self._vocabulary)
        answers, _ = self._established(batch, presumes=False)
        violations = propagation.violations(self._rows(propagation, batch, answers))
        reasons: list[list[str]] = [[] for _ in range(batch.size)]
        for place, plane in enumerate(violations):
            if plane:
                rows = np.flatnonzero(mask_of(plane, batch.size))
                sentence = propagation.vocabulary.constraints[place].sentence
                for row, text in self._explained(propagation.asked[place], batch, answers, rows):
                    reasons[row] += [item for item in text if item.endswith(sentence)]
        others = np.array([row for row, texts in enumerate(reasons) if not texts], np.int64)
        if len(others):
            asked = frozenset().union(*propagation.asked)
            for row, text in self._explained(asked, batch, answers, others):
                reasons[row] = text or [f"The facts contradict each other under {self.ruleset.id}."]
        return [" ".join(texts) for texts in reasons]

    def _explained(
        self, facts: Collection[str], batch: ReadBatch, answers: Mapping[str, Any], rows: Any
    ) -> Iterator[tuple[int, list[str]]]:
        """Yields rows, each with the contradictions among some of its facts."""
        names = [name for name in self._reader.cells if name in facts]
        indices, combinations = distinct_rows(
            [batch.spread(answers.get(name, ABSENT))[rows] for name in names]
        )
        texts = []
        for cells in combinations:
            pairs = zip(names, cells, strict=True)
            stated = {name: self._reader.cells[name].answers[cell] for name, cell in pairs}
            case = scenario_of(stated, self._vocabulary)
            texts.append(
                [
                    f"The facts {', '.join(keys)} contradict each other. {constraint.sentence}"
                    for constraint, keys in contradictions(case, self._vocabulary)
                ]
            )
        yield from zip(rows.tolist(), map(texts.__getitem__, indices.tolist()), strict=True)

    # open facts ------------------------------------------------------------------------------------

    def open_facts(self, batch: ReadBatch) -> tuple[int, Iterable[FactCount]]:
        """Returns how many rows leave several outcomes open, and the facts that would settle them."""
        unsettled, counts = 0, dict[str, _OpenFact]()
        answers, _ = self._without_contradictions(batch)
        for law, places, days in self._laws(batch, answers):
            case = self._cases_of(law, batch, answers, places, days)
            truths, impossible = evaluate(case.program, case.rows)
            columns = self._truths_as_cells(truths, case.in_force)
            skipped = impossible | plane_of(columns["low"] == columns["high"])
            unsettled += (case.rows.mask & ~skipped).bit_count()
            for question, items in effects(case.program, case.rows, truths, skipped):
                # No column says that a provision is in the text.
                name = question.name if question.rule else question.subject
                counts.setdefault(name, _OpenFact()).add(items)
        return unsettled, [item.counted(name, self.ruleset.id) for name, item in counts.items()]


class _OpenFact:
    """The rows that answers to a fact, each alone, would settle or narrow."""

    def __init__(self) -> None:
        self.figures: Counter[str] = Counter()
        self.settling: Counter[str] = Counter()

    def add(self, answers: Sequence[AnswerEffect]) -> None:
        """Adds cases that were evaluated together."""
        counts = narrows = settles = unsure = 0
        for item in answers:
            counts |= item.counts
            narrows |= item.narrows
            settles |= item.settles
            unsure |= item.counts & ~item.settles
            self.settling.update(dict.fromkeys(item.answers, item.settles.bit_count()))
        planes = {
            "unknown": counts,
            "would_settle": counts & ~unsure,
            "could_settle": settles,
            "could_narrow": narrows,
        }
        self.figures.update({name: plane.bit_count() for name, plane in planes.items()})

    def counted(self, fact: str, ruleset: str) -> FactCount:
        """Returns the figures; of the answers those that settle rows, the most frequent first."""
        settling = tuple(answer for answer, rows in self.settling.most_common() if rows)
        return FactCount(fact, ruleset, **self.figures, settling=settling)


def _contradicting(propagation: Propagation, rows: Rows, presumed: Mapping[str, int]) -> dict[str, int]:
    """The presumptions to be withdrawn, each with the rows.

    They are those that break a constraint directly; elsewhere all about facts in constraints, where what
    follows from them breaks one.
    """
    withdrawn: dict[str, int] = dict.fromkeys(presumed, 0)
    for place, violating in enumerate(propagation.violations(rows)):
        for fact in propagation.asked[place] & presumed.keys() if violating else ():
            withdrawn[fact] |= violating & presumed[fact]
    by_consequence = propagation.propagate(rows)[0] & ~some(withdrawn.values())
    for fact in frozenset().union(*propagation.asked) & presumed.keys() if by_consequence else ():
        withdrawn[fact] |= by_consequence & presumed[fact]
    return withdrawn


@attrs.frozen(eq=False)
class _Cases:
    """Rows of a batch under one program.

    Attributes:
        program: The program.
        in_force: Whether the law is in force; None where that is open.
        places: The indices of the rows in their batch.
        days: The cells of the days of the law.
        rows: Their answers.
    """

    program: Program
    in_force: bool | None
    places: Any
    days: Any
    rows: Rows


class _LeafColumn:
    """The leaves that ask about one fact, and which of its cells decide them."""

    def __init__(self, leaves: Leaves, name: str, fact: Fact | None) -> None:
        self._leaves, self._name, self._truth = leaves, name, None if fact is None else fact.truth
        self._question = leaves.position.get(name)
        self._groups: dict[tuple[int, ...], list[_Decided]] = {}

    def decide(self, rows: Rows, planes: Mapping[int, int], answers: Sequence[Any]) -> None:
        """Decides leaves in rows, by the plane of each cell."""
        cells = tuple(planes)
        if cells not in self._groups:
            if len(self._groups) > _MOST_GROUPS:
                self._groups.clear()
            self._groups[cells] = list(self._decided_by(cells, answers))
        for together, true, false in self._groups[cells]:
            rows.decide(true, false, some(map(planes.__getitem__, together)))
        for cell, plane in planes.items():
            if isinstance(answers[cell], Among) and self._question is not None:
                rows.among.setdefault(self._question, {})[answers[cell]] = plane

    def _decided_by(self, cells: Sequence[int], answers: Sequence[Any]) -> Iterator[_Decided]:
        """The leaves that the same cells make true, or false."""
        by_leaf: dict[tuple[int, int], list[int]] = {}
        for cell in cells:
            literals = self._leaves.literals_about(self._name, answers[cell], self._truth)
            for half, leaves in enumerate(literals):
                for leaf in leaves:
                    by_leaf.setdefault((leaf, half), []).append(cell)
        together: dict[tuple[int, ...], tuple[list[int], list[int]]] = {}
        for (leaf, half), deciding in by_leaf.items():
            together.setdefault(tuple(deciding), ([], []))[half].append(leaf)
        yield from ((deciding_cells, *halves) for deciding_cells, halves in together.items())


_Decided = tuple[Sequence[int], Sequence[int], Sequence[int]]
"""Cells, and the leaves that they make true and false."""

_MOST_GROUPS: Final = 1_000
"""How many combinations of cells are kept for a column."""


def rule_ids(ruleset: Ruleset) -> dict[Rule, str]:
    """Returns the id of each rule of a ruleset, its own first, then those of the law behind it.

    If two rules have the same id, that of the ruleset precedes it: ``eu-2021-821/art-3-1``.
    """
    owners: dict[Rule, Ruleset] = {}
    for part in ruleset.parts():
        for rule in part.rules:
            owners.setdefault(rule, part)
    names = qualified_ids([(rule.id, part) for rule, part in owners.items()])
    return dict(zip(owners, names, strict=True))
