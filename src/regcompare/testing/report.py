"""The results of the checks of a ruleset."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from regcompare.views.document import Document, Table
from regcompare.views.render import render


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
        if self.failures:
            return "fails"
        return "not checked" if self.skipped else "holds"

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
            return (
                f"{self.ruleset}: {len(failed)} of {len(made)} checks fail: {', '.join(failed)}.{rest}"
            )
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
