"""The results of distinct rows: the only module of tables that calls the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final

import attrs

from regcompare.errors import UsageError
from regcompare.logic.planes import Rows
from regcompare.program.lookahead import PartialVerdict, evaluate
from regcompare.program.program import Program, qualified_ids
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import contradictions
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess

from ._kinds import row_hashes
from .columns import as_text

WORDS: Final = {True: "yes", False: "no", None: "unknown"}


@attrs.frozen
class RowResult:
    """The result of a row under a ruleset, as text in the columns of a table.

    Attributes:
        low: The least outcome; None if there is none.
        high: The greatest outcome.
        in_scope: ``yes``, ``no`` or ``unknown``; None if the facts contradict each other.
        in_force: ``yes``, ``no`` or ``unknown``; None if the facts contradict each other.
        holds: The ids of the rules that hold, separated by ``;``, or ``none``.
        open: The ids of the rules that may hold.
        reason: The facts that contradict each other, if any do.
    """

    low: str | None = None
    high: str | None = None
    in_scope: str | None = None
    in_force: str | None = None
    holds: str | None = None
    open: str | None = None
    reason: str | None = None


def verdicts_of(
    program: Program, in_force: bool | None, ids: Mapping[Rule, str], rows: Rows, given: Sequence[Any]
) -> Iterator[RowResult | None]:
    """Yields the result of each row, with look-ahead; None where its facts contradict each other.

    Args:
        program: The ruleset as conditions, with the law on which it is based in these rows.
        in_force: Whether it is in force in all of them; None where their days leave that open.
        ids: The ids of the rules.
        rows: The rows, as the planes of their leaves.
        given: The answers that all rows have in common, as ``program.law_questions`` asks for them.
    """
    truths, contradictory = evaluate(program, rows, [(tuple(given), rows.mask)])
    random = Random(0)  # noqa: S311 - marks that are the same in every run
    keys = {
        plane: random.getrandbits(64) for plane in (contradictory, *truths.certain, *truths.possible)
    }
    results: dict[int, RowResult | None] = {}
    for row, row_hash in enumerate(row_hashes(rows.size, keys)):
        if row_hash not in results:
            is_contradictory = contradictory >> row & 1
            results[row_hash] = (
                None
                if is_contradictory
                else _result(program, truths.partial_verdict(row), in_force, ids)
            )
        yield results[row_hash]


def result_of(
    scenario: Scenario, ruleset: Ruleset, as_of: AsOf, readings: Readings, ids: Mapping[Rule, str]
) -> RowResult:
    """Returns the result of one case; presumptions that contradict it are withdrawn."""
    try:
        verdict = assess(scenario, ruleset, as_of=as_of, readings=readings)
    except UsageError as error:
        sentences = [
            f"The facts {', '.join(facts)} contradict each other. {constraint.sentence}"
            for constraint, facts in contradictions(scenario, ruleset.vocabulary)
        ]
        return RowResult(reason=" ".join(sentences) or str(error))
    return _result(verdict.derivation.program, verdict.derivation.partial_verdict, verdict.in_force, ids)


def _result(
    program: Program, partial: PartialVerdict, in_force: bool | None, ids: Mapping[Rule, str]
) -> RowResult:
    in_force = partial.in_force if in_force is None else in_force
    in_scope = partial.in_scope
    if in_force is False or partial.span is None:
        return RowResult(in_scope=WORDS[in_scope], in_force=WORDS[in_force])
    truths = dict(zip((entry.rule for entry in program.entries), partial.holds, strict=True))
    truth_by_name = [(name, truths[rule]) for rule, name in ids.items() if rule in truths]
    holds, may_hold = (
        as_text(name for name, truth in truth_by_name if truth is sought) for sought in (True, None)
    )
    span = partial.span
    return RowResult(span.low.word, span.high.word, WORDS[in_scope], WORDS[in_force], holds, may_hold)


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
