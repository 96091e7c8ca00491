"""One ruleset over the batches of a table: the only module of tables that calls the engine."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, product
from typing import Any, Final

import attrs
import numpy as np
import pyarrow as pa

from regcompare.comparison.classes import CLASSES, CaseClass
from regcompare.comparison.measures import measure
from regcompare.facts import UNKNOWN
from regcompare.logic.bitsets import AnswerBatch, some
from regcompare.logic.conditions import Among
from regcompare.logic.questions import Question, TextQuestion
from regcompare.program.force import APPLIED_ON, ApplicableLaw, applicable_law
from regcompare.program.lookahead import MOST_CASES, AnswerEffect, Truths, effects, evaluate
from regcompare.program.program import Program, program_for, qualified_ids
from regcompare.program.signatures import signature_bitsets
from regcompare.ruleset.reports import ShownByReports
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import with_member
from regcompare.verdict.assess import AsOf, Readings, chosen_readings
from regcompare.verdict.readings import reading_answers, report_tests
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.vocabulary.propagation import propagation_of

from ._answers import BatchReader, ReadBatch
from ._bitsets import Answers, bitset_of, combinations_of, counted, cut, mask_of, taken, taker, texts_of
from ._decisions import DECISIONS, counts_under, decided_rows, decisions_of, held_needed
from .columns import as_text
from .summary import MEASURES, FactCount

OUTCOMES: Final = tuple(outcome.word for outcome in Outcome)
WORDS: Final = {False: "no", None: "unknown", True: "yes"}
"""Truths as words, in the order of how many of their two bitsets are set."""

ORDERED: Final = pa.dictionary(pa.int8(), pa.string(), ordered=True)
"""The type of columns of outcomes: categories in the order of severity."""
IN_POLARS: Final = {"_PL_ENUM_VALUES2": "".join(f"{len(word)};{word}" for word in OUTCOMES)}
"""Metadata of an Arrow field by which polars reads ordered categories, and compares them as such."""
TEXTS: Final = pa.dictionary(pa.int32(), pa.string())
"""The type of the other columns of results."""

TRUTHS: Final = ("in_scope", "in_force", *MEASURES)

PARTS: Final = {
    **dict.fromkeys(("low", "high"), ORDERED),
    **dict.fromkeys(("class", *MEASURES, "in_scope", "in_force", "holds", "open"), TEXTS),
}
"""The columns added for each ruleset, named after its id and a dot, with their types."""

DECISION: Final = {"decision": TEXTS}
"""The column added where decisions count."""

_ENDS: Final = (None, *Outcome)
_CASE_CLASSES: Final = [
    CaseClass(low if is_reached or low is None else Outcome.NO_CONTROL, high)
    for low, high, is_reached in product(_ENDS, _ENDS, (False, True))
]
"""The class of a row by both ends, and whether it is certainly in scope of a ruleset in force."""
_BY_CLASS: Final = {
    part: np.array(
        [list(WORDS).index(item.reaches(measure(slug).least)) for item in _CASE_CLASSES], np.int8
    )
    for part, slug in MEASURES.items()
} | {"class": np.array([list(CLASSES).index(item.slug) for item in _CASE_CLASSES], np.int8)}
"""The cells of the columns that follow from the class."""


@attrs.frozen(eq=False)
class Result:
    """The results of the rows of a batch under a ruleset.

    Attributes:
        columns: The cells of the columns of results, -1 for null.
        reasons: Why the facts of a row contradict each other, by row.
        normalised: The rows with a fact that was read as another answer, by both.
    """

    columns: Mapping[str, Any]
    reasons: dict[int, str]
    normalised: Mapping[tuple[str, str], Any]


class Regime:
    """A ruleset over the batches of one table; day and readings are as for ``assess``."""

    def __init__(self, ruleset: Ruleset, as_of: AsOf, readings: Readings, reader: BatchReader) -> None:
        self.ruleset, self.as_of = ruleset, as_of
        self._reader, self._vocabulary = reader, ruleset.vocabulary
        self._propagation = propagation_of(self._vocabulary)
        self._ids: Mapping[Rule, str] = rule_ids(ruleset)
        self._as_of_day = ruleset.reference_date if as_of is None else as_of
        self._chosen = chosen_readings(ruleset, readings)
        self._tests = report_tests(self._chosen)
        # Under the law of another day, or a proposal, a decision says nothing.
        self._counts_decisions = (
            reader.options.decisions and self._as_of_day == "scenario" and counts_under(ruleset)
        )
        self._texts: dict[str, int] = {}

    def dictionary(self, part: str) -> Any:
        """Returns the texts that the cells of a column of results represent."""
        if part in ("low", "high"):
            return texts_of(OUTCOMES)
        if part == "class":
            return texts_of(list(CLASSES))
        if part in DECISION:
            return texts_of(DECISIONS)
        return texts_of(list(WORDS.values() if part in TRUTHS else self._texts))

    def results(self, batch: ReadBatch) -> Result:
        """Returns the results of the rows of a batch."""
        answers, normalised = self._without_contradictions(batch)
        columns = self._columns_of(batch.size, answers)
        decided = np.zeros(batch.size, bool)
        if self._counts_decisions:
            decided = decided_rows(self.ruleset, batch, answers)
        columns["decision"] = decisions_of(columns, decided)
        cells = held_needed(columns)
        is_reached = (cells["in_scope"] > 1) & (cells["in_force"] > 1)
        classes = ((cells["low"] + 1) * len(_ENDS) + cells["high"] + 1) * 2 + is_reached
        columns |= {part: of_class[classes] for part, of_class in _BY_CLASS.items()}
        reasons: dict[int, str] = {}
        if len(left := np.flatnonzero(columns["in_force"] < 0)):
            stated = taken(batch.stated, taker(batch.size, left))
            reasons = dict(zip(left.tolist(), self._reasons(len(left), stated), strict=True))
        replaced = {key: mask_of(bitset, batch.size) for key, bitset in normalised.items()}
        return Result(columns, reasons, replaced)

    def _columns_of(self, size: int, answers: Answers) -> dict[str, Any]:
        """The cells of the columns of results, -1 in rows that contradict themselves.

        Of the rows that leave the same to decide, one is assessed.
        """
        columns = {part: np.full(size, -1, np.int32) for part in PARTS}
        for first in range(0, size, MOST_CASES):
            number = min(MOST_CASES, size - first)
            for case in self._cases(number, taken(answers, cut(first, number))):
                signatures = signature_bitsets(case.program, case.rows)
                of_rows, firsts, _ = combinations_of(signatures, case.rows.size)
                rows = _rows_at(firsts, case.rows)
                truths, impossible = evaluate(case.program, rows)
                is_possible = mask_of(rows.mask ^ impossible, truths.size)
                for name, cells in self._truths_as_cells(truths, case.in_force).items():
                    columns[name][case.indices + first] = np.where(is_possible, cells, -1)[of_rows]
        return columns

    def _truths_as_cells(self, truths: Truths, in_force: bool | None) -> dict[str, Any]:
        """The cells of the columns of results of some rows."""
        certain, possible, size, force = truths.certain, truths.possible, truths.size, truths.force_index
        scope, by_date = (counted([certain[index], possible[index]], size) for index in (0, force))
        applies = by_date if in_force is None else np.full(size, 2 * in_force, np.int8)
        has_span = (scope > 0) & (by_date > 0) & (applies > 0)
        steps = slice(2 * force, None)
        ranks = {"low": counted(certain[steps], size), "high": counted(possible[steps], size)}
        rules, holds, may = truths.program.entries, certain[1:force], possible[1:force]
        indices = {entry.rule: index for index, entry in enumerate(rules)}
        named = [(name, indices[rule]) for rule, name in self._ids.items() if rule in indices]
        may_only = [sure ^ perhaps for sure, perhaps in zip(holds, may, strict=True)]
        lists = {
            part: self._lists({name: bitsets[index] for name, index in named}, size)
            for part, bitsets in (("holds", holds), ("open", may_only))
        }
        cells = {part: np.where(has_span, of_part, -1) for part, of_part in (ranks | lists).items()}
        return cells | {"in_scope": scope, "in_force": applies}

    def _lists(self, rows_by_name: Mapping[str, int], size: int) -> Any:
        """The cells of the lists of rules, given the rows in which each is listed."""
        names = list(rows_by_name)
        of_rows, _, listed = combinations_of(list(rows_by_name.values()), size)
        texts = (as_text(map(names.__getitem__, row.nonzero()[0])) for row in listed)
        cells = [self._texts.setdefault(text, len(self._texts)) for text in texts]
        return np.array(cells, np.int64)[of_rows]

    # the rows of a batch, as cases -----------------------------------------------------------------

    def _cases(self, size: int, answers: Answers) -> Iterator[_Cases]:
        """Yields rows with these answers, those under the same program together."""
        dates = [answers.get(key, {}) for key in (FACTS_DATE.key, APPLIED_ON.key)]
        of_rows, _, combinations = combinations_of([*chain(*(of.values() for of in dates))], size)
        groups: dict[Any, tuple[ApplicableLaw, dict[dt.date | None, list[int]]]] = {}
        by_date = np.split(combinations, [len(dates[0])], axis=1)
        for index, held in enumerate(zip(*by_date, strict=True)):
            days_held = (next(compress(*pair), None) for pair in zip(dates, held, strict=True))
            known = (None if day is UNKNOWN else day for day in days_held)
            law = applicable_law(self.ruleset, self._as_of_day, *known)
            group = groups.setdefault((law.in_force, law.concurrent, law.open_law), (law, {}))
            group[1].setdefault(law.day, []).append(index)
        for law, days in groups.values():
            indices, own = np.arange(size), answers
            if len(groups) > 1:
                indices = np.flatnonzero(np.isin(of_rows, list(chain(*days.values()))))
                own = taken(answers, taker(size, indices))
            program = program_for(self.ruleset, law.concurrent, law.open_law)
            rows = AnswerBatch.blank(program.atoms, len(indices))
            for name in program.by_subject:
                self._decide(rows, name, own.get(name, {}))
            for day, of_day in days.items():
                here = bitset_of(np.isin(of_rows[indices], of_day)) if len(days) > 1 else rows.mask
                program.literals.enter(rows, [(LAW_DATE.key, day)], here)
            program.literals.enter(rows, reading_answers(self._chosen).items(), rows.mask)
            yield _Cases(program, law.in_force, indices, rows)

    def _decide(self, rows: AnswerBatch, name: str, answers: Mapping[Any, int]) -> None:
        """Answers the questions about a subject in all rows.

        Atoms that the same answers make true, or false, get the same bitset.
        """
        fact = self._reader.facts.get(name)
        truth = None if fact is None else fact.truth
        known = {answer: bitset for answer, bitset in answers.items() if answer is not UNKNOWN}
        deciding: dict[tuple[int, int], list[Any]] = {}
        for answer in known:
            literals = rows.atoms.literals_about(name, answer, truth)
            for half, atoms in enumerate(literals):
                for atom in atoms:
                    deciding.setdefault((atom, half), []).append(answer)
        together: dict[tuple[Any, ...], tuple[list[int], list[int]]] = {}
        for (atom, half), by_answers in deciding.items():
            together.setdefault(tuple(by_answers), ([], []))[half].append(atom)
        for those, (true, false) in together.items():
            rows.decide(true, false, some(map(known.__getitem__, those)))
        question = rows.atoms.position.get(name)
        for answer, bitset in known.items():
            if isinstance(answer, Among) and question is not None:
                rows.among.setdefault(question, {})[answer] = bitset

    # presumptions ----------------------------------------------------------------------------------

    def _assumed(
        self, batch: ReadBatch, retracted: Mapping[str, int]
    ) -> tuple[Answers, dict[tuple[str, str], int]]:
        """The answers that count as known, and where one was replaced by that which is meant."""
        answers: dict[str, Mapping[Any, int]] = dict(
            self._reader.answers(batch, retracted, self._vocabulary)
        )
        for item, levels in self._tests if self._reader.options.presume else ():
            if item.finding.fact in answers:
                rows = self._shown(batch, item, levels, answers) & ~retracted.get(item.finding.fact, 0)
                answers[item.finding.fact] = self._with_finding(item.finding, rows, answers)
        return self._normalised(batch.size, answers)

    def _shown(
        self, batch: ReadBatch, item: ShownByReports, levels: Collection[str], answers: Answers
    ) -> int:
        """The rows in which reports show a finding of which the row itself says nothing."""
        reported = (pair for fact in item.of for pair in answers.get(fact, {}).items())
        rows = some(bitset for level, bitset in reported if level in levels)
        for asked in item.asked if rows else ():
            said, yes = self._reader.said(batch, asked)
            rows &= ~said if asked is item.finding else ~(said & ~yes)
        return rows

    def _with_finding(self, finding: Question, rows: int, answers: Answers) -> dict[Any, int]:
        """The answers to a fact with a finding added in some rows."""
        fact, before = self._vocabulary.by_key[finding.fact], answers[finding.fact]
        after = {answer: bitset & ~rows for answer, bitset in before.items()}
        for answer, bitset in (*before.items(), (None, rows & ~some(before.values()))):
            if here := bitset & rows:
                shown = with_member(fact, answer, finding.member) if finding.member else True
                after[shown] = after.get(shown, 0) | here
        return after

    def _normalised(
        self, size: int, answers: dict[str, Mapping[Any, int]]
    ) -> tuple[Answers, dict[tuple[str, str], int]]:
        propagation, normalised = self._propagation, dict[tuple[str, str], int]()
        for index, constraint in enumerate(self._vocabulary.constraints):
            if constraint.taken_as is None:
                continue
            rows = self._rows(size, answers, propagation.asked[index])
            broken = propagation.violations(rows)[index]
            if broken:
                normalised[constraint.taken_as] = broken
        for (name, answer), broken in normalised.items():
            others = {other: bitset & ~broken for other, bitset in answers.get(name, {}).items()}
            answers[name] = {**others, answer: others.get(answer, 0) | broken}
        return answers, normalised

    def _without_contradictions(self, batch: ReadBatch) -> tuple[Answers, dict[tuple[str, str], int]]:
        """Withdraws presumptions that contradict what is stated, as ``assumed_facts`` does.

        It returns the answers that count as known, and where one was replaced.
        """
        retracted: dict[str, int] = {}
        while True:
            answers, normalised = self._assumed(batch, retracted)
            presumed = {
                name: some(known.values()) & ~some(batch.stated.get(name, {}).values())
                for name, known in answers.items()
                if name in self._reader.facts
            }
            rows = self._rows(batch.size, answers)
            contradicting = list(self._propagation.contradicting(rows, presumed))
            if not contradicting:
                return answers, normalised
            for name, bitset, _ in contradicting:
                retracted[name] = retracted.get(name, 0) | bitset

    def _rows(self, size: int, answers: Answers, facts: Collection[str] | None = None) -> AnswerBatch:
        """Rows with the answers to the questions of the constraints, or to those about some facts."""
        rows = AnswerBatch.blank(self._propagation.atoms, size)
        for name in self._propagation.atoms.by_subject:
            if facts is None or name in facts:
                self._decide(rows, name, answers.get(name, {}))
        return rows

    # contradictions --------------------------------------------------------------------------------

    def _reasons(self, size: int, given: Answers) -> list[str]:
        """The reasons why the facts of each row contradict each other; presumptions play no part."""
        propagation = self._propagation
        answers, _ = self._normalised(size, dict(given))
        stated = {name: some(held.values()) for name, held in answers.items()}
        rows = self._rows(size, answers)
        reasons: list[list[str]] = [[] for _ in range(size)]
        for directly in (True, False):
            if not directly:
                propagation.complete(rows)
            left = bitset_of(np.array([not texts for texts in reasons]))
            for index, bitset in enumerate(propagation.violations(rows)):
                facts = propagation.asked[index] if directly else propagation.connected(index)
                for row in np.flatnonzero(mask_of(bitset & left, size)).tolist():
                    keys = ", ".join(key for key in stated if key in facts and stated[key] >> row & 1)
                    sentence = self._vocabulary.constraints[index].sentence
                    reasons[row].append(f"The facts {keys} contradict each other. {sentence}")
        known = (" ".join(dict.fromkeys(texts)) for texts in reasons)
        return [text or f"The facts contradict each other under {self.ruleset.id}." for text in known]

    # open facts ------------------------------------------------------------------------------------

    def open_facts(self, batch: ReadBatch) -> tuple[int, Iterable[FactCount]]:
        """Returns how many rows leave several outcomes open, and the facts that would settle them."""
        unsettled, figures = 0, defaultdict[str, Counter[str]](Counter)
        settling = defaultdict[str, Counter[str]](Counter)
        answers, _ = self._without_contradictions(batch)
        for case in self._cases(batch.size, answers):
            truths, impossible = evaluate(case.program, case.rows)
            columns = self._truths_as_cells(truths, case.in_force)
            skipped = impossible | bitset_of(columns["low"] == columns["high"])
            unsettled += (case.rows.mask & ~skipped).bit_count()
            for question, items in effects(case.program, case.rows, truths, skipped):
                # No column says that a provision is in the text.
                name = question.name if isinstance(question, TextQuestion) else question.subject
                figures[name].update(_figures(items))
                for item in items:
                    settling[name].update(dict.fromkeys(item.answers, item.settles.bit_count()))
        return unsettled, [
            FactCount(
                name, self.ruleset.id, **of_fact,
                settling=tuple(answer for answer, rows in settling[name].most_common() if rows),
            )
            for name, of_fact in figures.items()
        ]  # fmt: skip


def _figures(answers: Sequence[AnswerEffect]) -> dict[str, int]:
    """The rows in which a fact is open, and in which its answers would settle or narrow a result."""
    counts, settles = (some(getattr(item, name) for item in answers) for name in ("counts", "settles"))
    unsure = some(item.counts & ~item.settles for item in answers)
    return {
        "unknown": counts.bit_count(),
        "would_settle": (counts & ~unsure).bit_count(),
        "could_settle": settles.bit_count(),
        "could_narrow": some(item.narrows for item in answers).bit_count(),
    }


@attrs.frozen(eq=False)
class _Cases:
    """Rows of a batch under one program.

    Attributes:
        in_force: Whether the law is in force; None where that is open.
        indices: The indices of the rows in their batch.
        rows: Their answers.
    """

    program: Program
    in_force: bool | None
    indices: Any
    rows: AnswerBatch


def _rows_at(indices: Any, rows: AnswerBatch) -> AnswerBatch:
    """Some of the rows, by their indices."""
    take = taker(rows.size, indices)
    certain, possible = (list(map(take, half)) for half in (rows.certain, rows.possible))
    among = taken(rows.among, take)  # type: ignore[arg-type]  # By question.
    return AnswerBatch(rows.atoms, len(indices), certain, possible, among)  # type: ignore[arg-type]


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
