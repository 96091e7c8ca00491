"""The conformance suite: what must be true of every ruleset, as tests for pytest or as a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from warnings import warn

import attrs
import pytest

from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Document, Table
from regcompare.views.render import render

from .checks import NotChecked, Subject, cases, misses, registers, tables

Check = Callable[[Subject], Iterator[str]]
"""Yields a sentence for everything that is wrong; the docstring says what is true otherwise."""

CHECKS: tuple[Check, ...] = (registers, tables, misses, cases)
"""The checks in the order in which they are made."""


@attrs.frozen
class Result:
    """The result of one check.

    Attributes:
        name: The name of the check, as in ``test_NAME`` of the suite.
        states: What is true of a sound ruleset, as a sentence.
        failures: What is wrong, each a sentence that names rule, fact and case.
        skipped: Why the check was not made; blank where it was.
    """

    name: str
    states: str
    failures: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def word(self) -> str:
        """The result in a word: *holds*, *fails* or *not checked*."""
        return "fails" if self.failures else "not checked" if self.skipped else "holds"

    @property
    def told(self) -> str:
        """Failures, or the reason for skipping, a line each."""
        return "\n".join(self.failures) or self.skipped


@attrs.frozen(repr=False)
class Report:
    """The results of ``check_ruleset``; a notebook shows them as a table.

    Attributes:
        ruleset: The id of the ruleset.
        results: The checks by name, in the order in which they are made.
    """

    ruleset: str
    results: Mapping[str, Result]

    @property
    def failures(self) -> tuple[str, ...]:
        """Everything that is wrong, as sentences."""
        return tuple(failure for result in self.results.values() for failure in result.failures)

    @property
    def sentence(self) -> str:
        """The overall result in a sentence."""
        made = [result for result in self.results.values() if not result.skipped]
        failed = [result.name for result in made if result.failures]
        skipped = len(self.results) - len(made)
        rest = f" {skipped} not made." if skipped else ""
        if failed:
            found = f"{len(failed)} of {len(made)} checks fail: {', '.join(failed)}."
            return f"{self.ruleset}: {found}{rest}"
        return f"{self.ruleset}: all {len(made)} checks hold.{rest}"

    def __repr__(self) -> str:
        return f"<Report {self.sentence}>"

    def __str__(self) -> str:
        lines = (
            f"{result.name}: {result.word}" + "".join(f"\n  {line}" for line in result.told.splitlines())
            for result in self.results.values()
        )
        return "\n".join([self.sentence, *lines])

    def _repr_html_(self) -> str:
        rows = [(result.states, result.word, result.told) for result in self.results.values()]
        caption = f"Checks of the ruleset {self.ruleset}"
        table = Table(caption, ("check", "result", "what was found"), rows)
        return render(Document("", [self.sentence, table]), "html")


def check_ruleset(
    ruleset: Ruleset, *, examples: int | None = None, beside: Iterable[Ruleset] = ()
) -> Report:
    """Checks a ruleset and returns a report, which a notebook shows as a table.

    Args:
        ruleset: The ruleset.
        examples: Nothing any more; until the next release it may be given, with a warning.
        beside: Rulesets that its cases refer to and that are not installed.
    """
    subject = _subject(ruleset, examples, beside)
    return Report(ruleset.id, {check.__name__: _result(check, subject) for check in CHECKS})


def conformance_suite(
    ruleset: Ruleset, *, examples: int | None = None, beside: Iterable[Ruleset] = ()
) -> type:
    """Returns a class of tests for pytest; bind it in a test file to a name that begins with Test.

    Example:
        ``TestToyland = conformance_suite(TOYLAND)``

    The arguments are those of ``check_ruleset``.
    """
    subject = _subject(ruleset, examples, beside)
    tests: dict[str, Any] = {f"test_{check.__name__}": _test(check, subject) for check in CHECKS}
    tests["__doc__"] = f"What must be true of the ruleset {ruleset.id}."
    return type("Conformance", (), tests)


def _subject(ruleset: Ruleset, examples: int | None, beside: Iterable[Ruleset]) -> Subject:
    if examples is not None:
        told = "The kit draws no cases any more; leave examples= out."
        warn(told, DeprecationWarning, stacklevel=3)
    return Subject(ruleset, tuple(beside))


def _result(check: Check, subject: Subject) -> Result:
    name, states = check.__name__, str(check.__doc__).partition("\n")[0]
    try:
        return Result(name, states, tuple(dict.fromkeys(check(subject))))
    except NotChecked as error:
        return Result(name, states, skipped=str(error))
    except Exception as error:  # noqa: BLE001 - a report includes every fault, also of a check itself
        failure = f"The check {name!r} stopped with {type(error).__name__}: {error}."
        return Result(name, states, (failure,))


def _test(check: Check, subject: Subject) -> Callable[[Any], None]:
    def test(self: Any) -> None:
        result = _result(check, subject)
        if result.skipped:
            pytest.skip(result.skipped)
        if result.failures:  # The sentences alone, since a traceback would tell the author nothing more.
            pytest.fail(result.told, pytrace=False)

    test.__name__ = f"test_{check.__name__}"
    test.__doc__ = str(check.__doc__).partition("\n")[0]
    return test
