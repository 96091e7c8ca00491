"""The conformance suite: what must hold of every ruleset, as tests for pytest or as a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import pytest

from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset

from . import agreement, drawn, neighbours, written
from .report import Report, Result
from .subject import NotChecked, Subject

Looks = Callable[[Subject], Iterator[str]]


@attrs.frozen
class Check:
    """Something that must hold of every ruleset.

    Attributes:
        name: Its name, as in ``test_NAME``.
        looks: Yields a sentence for everything that is wrong.
        needs: Checks without which its answer would mean nothing.
        notes: Yields what it leaves out.
    """

    name: str
    looks: Looks
    needs: tuple[str, ...] = ()
    notes: Looks | None = None

    @property
    def states(self) -> str:
        """What holds of a sound ruleset, as a sentence."""
        return str(self.looks.__doc__).partition("\n")[0]


CHECKS = (
    Check("registers", written.registers),
    Check("declared", written.declared),
    Check("citations", written.citations),
    Check("tables", written.tables),
    Check("fires", written.fires),
    Check("misses", written.misses),
    Check("cases", written.cases),
    Check("neighbours", neighbours.neighbours),
    Check("total", drawn.total),
    Check("pure", drawn.pure, needs=("total",)),
    Check("order", drawn.order, needs=("total", "pure")),
    Check("learning", drawn.learning, needs=("total", "pure")),
    Check("round_trip", drawn.round_trip),
    # Readings can agree only about facts that are three-valued, which learning shows.
    Check("readings", agreement.agree, needs=("total", "pure", "learning"), notes=agreement.missing),
)
"""The checks in the order in which they are made."""
BY_NAME: Mapping[str, Check] = {check.name: check for check in CHECKS}


def check_ruleset(
    ruleset: Ruleset,
    *,
    examples: int = 25,
    beside: Iterable[Ruleset] = (),
    keys: Mapping[str, Sequence[str]] | None = None,
    nearness: int = 2,
) -> Report:
    """Checks a ruleset and returns a report, which a notebook shows as a table.

    The same examples are drawn each time, so that the report changes with the ruleset alone.

    Args:
        ruleset: The ruleset.
        examples: How many examples each drawing check draws.
        beside: Rulesets that its cases speak of and that are not installed.
        keys: For a dated table, by name, the columns that say what a row is about; by default all of
            its own.
        nearness: In how many facts a firing case and its near miss may differ.
    """
    subject = Subject(ruleset, examples, tuple(beside), keys or {}, nearness, repeatable=True)
    results = _Results(subject)
    return Report(ruleset.id, {check.name: results.of(check) for check in CHECKS})


def conformance_suite(
    ruleset: Ruleset,
    *,
    examples: int = 25,
    beside: Iterable[Ruleset] = (),
    keys: Mapping[str, Sequence[str]] | None = None,
    nearness: int = 2,
) -> type:
    """Returns a class of tests for pytest; bind it in a test file to a name that begins with Test.

    Example:
        ``TestToyland = conformance_suite(TOYLAND)``

    The arguments are those of ``check_ruleset``.
    """
    results = _Results(Subject(ruleset, examples, tuple(beside), keys or {}, nearness))
    by_rule = {"fires": written.fires, "misses": written.misses}
    tests: dict[str, Any] = {f"test_{check.name}": _test(check, results) for check in CHECKS}
    tests |= {f"test_{name}": _test_by_rule(looks, results) for name, looks in by_rule.items()}
    tests["__doc__"] = f"What must hold of the ruleset {ruleset.id}."
    return type("Conformance", (), tests)


class _Results:
    """The results of checks, each made once."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._known: dict[str, Result] = {}

    def of(self, check: Check) -> Result:
        if check.name not in self._known:
            self._known[check.name] = self._made(check)
        return self._known[check.name]

    def _made(self, check: Check) -> Result:
        failed = [name for name in check.needs if self.of(BY_NAME[name]).failures]
        if failed:
            why = f"Not made, since the check {failed[0]!r} fails."
            return Result(check.name, check.states, skipped=why)
        try:
            failures = tuple(dict.fromkeys(check.looks(self.subject)))
        except NotChecked as reason:
            return Result(check.name, check.states, skipped=str(reason))
        except Exception as error:  # noqa: BLE001 - a report tells of every fault, this one included
            stopped = f"The check {check.name!r} stopped with {type(error).__name__}: {error}."
            return Result(check.name, check.states, (stopped,))
        notes = tuple(check.notes(self.subject)) if check.notes else ()
        return Result(check.name, check.states, failures, notes=notes)


def _test(check: Check, results: _Results) -> Callable[[Any], None]:
    def test(self: Any) -> None:
        result = results.of(check)
        if result.skipped:
            pytest.skip(result.skipped)
        _fail_on(result.failures)

    test.__name__ = f"test_{check.name}"
    test.__doc__ = check.states
    return test


def _test_by_rule(
    looks: Callable[[Subject, Sequence[Rule]], Iterator[str]], results: _Results
) -> Callable[..., None]:
    rules = results.subject.ruleset.rules

    def test(self: Any, rule: Rule) -> None:
        _fail_on(tuple(looks(results.subject, [rule])))

    test.__name__ = f"test_{looks.__name__}"
    test.__doc__ = str(looks.__doc__).partition("\n")[0]
    by_rule = pytest.mark.parametrize("rule", rules, ids=[rule.id for rule in rules])
    made: Callable[..., None] = by_rule(test)
    return made


def _fail_on(failures: Sequence[str]) -> None:
    """Fails with the sentences alone: they say what the author needs, a traceback nothing more."""
    if failures:
        pytest.fail("\n".join(failures), pytrace=False)
