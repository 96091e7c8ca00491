"""What distinct rows come to: the one place where the tables meet the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final

import attrs

from regcompare.errors import UsageError
from regcompare.logic.planes import Rows
from regcompare.program.lookahead import PartialVerdict
from regcompare.program.many import found_in
from regcompare.program.program import Program, qualified
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import contradictions
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess

from ._kinds import marked
from .columns import as_text

WORDS: Final = {True: "yes", False: "no", None: "unknown"}


@attrs.frozen
class RowResult:
    """What a row comes to under a ruleset, as the columns of a table hold it.

    Attributes:
        low: The least outcome; None where there is none.
        high: The greatest outcome.
        in_scope: ``yes``, ``no`` or ``unknown``; None where the facts contradict each other.
        in_force: Likewise.
        holds: The ids of the rules that hold, parted by ``;``, or ``none``.
        open: The ids of those that may.
        reason: Which facts contradict each other, where some do.
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
    """Yields what each row comes to, look-ahead included; None where its facts contradict each other.

    Args:
        program: The ruleset as conditions, on what it stands on in these rows.
        in_force: Whether it is in force in all of them; None where their days leave that open.
        ids: The ids of the rules.
        rows: The rows, as the planes of their leaves.
        given: The answers that all rows have in common, as ``program.given`` asks for them.
    """
    truths, dead = found_in(program, rows, given)
    chance = Random(0)  # noqa: S311 - marks that are the same in every run
    planes = {plane: chance.getrandbits(64) for plane in (dead, *truths.certain, *truths.possible)}
    results: dict[int, RowResult | None] = {}
    for row, mark in enumerate(marked(rows.size, planes)):
        if mark not in results:
            is_dead = dead >> row & 1
            results[mark] = None if is_dead else _result(program, truths.found(row), in_force, ids)
        yield results[mark]


def result_of(
    scenario: Scenario, ruleset: Ruleset, as_of: AsOf, readings: Readings, ids: Mapping[Rule, str]
) -> RowResult:
    """Returns what one case comes to, its presumptions withdrawn where they contradict it."""
    try:
        verdict = assess(scenario, ruleset, as_of=as_of, readings=readings)
    except UsageError as error:
        told = [
            f"The facts {', '.join(facts)} contradict each other. {constraint.sentence}"
            for constraint, facts in contradictions(scenario, ruleset.vocabulary)
        ]
        return RowResult(reason=" ".join(told) or str(error))
    return _result(verdict._worked.program, verdict._worked.found, verdict.in_force, ids)


def _result(
    program: Program, told: PartialVerdict, in_force: bool | None, ids: Mapping[Rule, str]
) -> RowResult:
    in_force = told.in_force if in_force is None else in_force
    in_scope = told.in_scope
    if in_force is False or told.span is None:
        return RowResult(in_scope=WORDS[in_scope], in_force=WORDS[in_force])
    truths = dict(zip((entry.rule for entry in program.entries), told.holds, strict=True))
    named = [(name, truths[rule]) for rule, name in ids.items() if rule in truths]
    holds, left_open = (
        as_text(name for name, truth in named if truth is wanted) for wanted in (True, None)
    )
    span = told.span
    return RowResult(span.low.word, span.high.word, WORDS[in_scope], WORDS[in_force], holds, left_open)


def rule_ids(ruleset: Ruleset) -> dict[Rule, str]:
    """Returns the id of each rule of a ruleset and of what it stands on or beside, its own first.

    Where two rules have the same id, that of the ruleset stands before it: ``eu-2021-821/art-3-1``.
    """
    home: dict[Rule, Ruleset] = {}
    for part in ruleset.parts():
        for rule in part.rules:
            home.setdefault(rule, part)
    names = qualified([(rule.id, part) for rule, part in home.items()])
    return dict(zip(home, names, strict=True))
