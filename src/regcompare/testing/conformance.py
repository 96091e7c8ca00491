"""The conformance suite: what must be true of every ruleset, as tests for pytest or as a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import pytest

from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset

from . import declarations, properties
from .report import Report, Result
from .subject import NotChecked, Subject

Failures = Callable[[Subject], Iterator[str]]


@attrs.frozen
class Check:
    """Something that must be true of every ruleset.

    Attributes:
        name: Its name, as in ``test_NAME``.
        failures: Yields a sentence for everything that is wrong.
        needs: Checks that must pass for its result to mean anything.
    """

    name: str
    failures: Failures
    needs: tuple[str, ...] = ()

    @property
    def states(self) -> str:
        """What is true of a sound ruleset, as a sentence."""
        return _first_line(self.failures)


CHECKS = (
    Check("registers", declarations.registers),
    Check("declared", declarations.declared),
    Check("citations", declarations.citations),
    Check("tables", declarations.tables),
    Check("fires", declarations.fires),
    Check("misses", declarations.misses),
    Check("cases", declarations.cases),
    Check("total", properties.total),
    Check("learning", properties.learning, needs=("total",)),
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

    The same examples are drawn each time, so the report changes only with the ruleset.

    Args:
        ruleset: The ruleset.
        examples: How many examples each property check draws.
        beside: Rulesets that its cases refer to and that are not installed.
        keys: For dated tables by name, the columns that say what a row is about; by default all that
            are not common to every table.
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
    by_rule = {"fires": declarations.fires, "misses": declarations.misses}
    tests: dict[str, Any] = {f"test_{check.name}": _test(check, results) for check in CHECKS}
    tests |= {f"test_{name}": _test_by_rule(failures, results) for name, failures in by_rule.items()}
    tests["__doc__"] = f"What must be true of the ruleset {ruleset.id}."
    return type("Conformance", (), tests)


class _Results:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._by_name: dict[str, Result] = {}

    def of(self, check: Check) -> Result:
        if check.name not in self._by_name:
            self._by_name[check.name] = self._result(check)
        return self._by_name[check.name]

    def _result(self, check: Check) -> Result:
        failed = [name for name in check.needs if self.of(BY_NAME[name]).failures]
        if failed:
            reason = f"Not made, since the check {failed[0]!r} fails."
            return Result(check.name, check.states, skipped=reason)
        try:
            failures = tuple(dict.fromkeys(check.failures(self.subject)))
        except NotChecked as error:
            return Result(check.name, check.states, skipped=str(error))
        except Exception as error:  # noqa: BLE001 - a report includes every fault, also of a check itself
            failure = f"The check {check.name!r} stopped with {type(error).__name__}: {error}."
            return Result(check.name, check.states, (failure,))
        return Result(check.name, check.states, failures)


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
    failures: Callable[[Subject, Sequence[Rule]], Iterator[str]], results: _Results
) -> Callable[..., None]:
    rules = results.subject.ruleset.rules

    def test(self: Any, rule: Rule) -> None:
        _fail_on(tuple(failures(results.subject, [rule])))

    test.__name__ = f"test_{failures.__name__}"
    test.__doc__ = _first_line(failures)
    by_rule = pytest.mark.parametrize("rule", rules, ids=[rule.id for rule in rules])
    parametrised: Callable[..., None] = by_rule(test)
    return parametrised


def _first_line(function: Callable[..., Any]) -> str:
    return str(function.__doc__).partition("\n")[0]


def _fail_on(failures: Sequence[str]) -> None:
    """Fails with the sentences alone, since a traceback would tell the author nothing more."""
    if failures:
        pytest.fail("\n".join(failures), pytrace=False)
