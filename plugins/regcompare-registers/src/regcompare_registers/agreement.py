"""A table has the results of its rows: a check of the suite for authors of rulesets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from hypothesis import strategies as st

from regcompare.scenario.scenario import Scenario
from regcompare.testing.strategies import partial_scenarios
from regcompare.testing.subject import NotChecked, Subject, description, verdict_of
from regcompare.verdict.assess import assess

from .frames import assess_frame
from .rows import frame_rows

ROWS = 12
"""How many rows a drawn table has at most."""


def disagreements(subject: Subject) -> Iterator[str]:
    """Says where a row of a table has another result than its case has alone.

    Raises:
        NotChecked: The extra ``frames`` is not installed.
    """
    if not find_spec("pyarrow"):
        raise NotChecked("To check it as well, type: python -m pip install 'regcompare[frames]'")
    return _disagreements(subject)


def _disagreements(subject: Subject) -> Iterator[str]:
    import pyarrow as pa

    ruleset = subject.ruleset

    def differs(scenarios: Sequence[Scenario]) -> str | None:
        possible = [case for case in scenarios if verdict_of(case, ruleset) is not None]
        if not possible:
            return None
        table = pa.table(frame_rows(possible, ruleset.vocabulary))
        rows = assess_frame(table, [ruleset]).to_pylist()
        for case, row in zip(possible, rows, strict=True):
            span = assess(case, ruleset).span
            alone = (span.low.word, span.high.word) if span else (None, None)
            in_bulk = (row[f"{ruleset.id}.low"], row[f"{ruleset.id}.high"])
            if alone != in_bulk:
                return (
                    f"In bulk {ruleset.id} gives {in_bulk[0]} to {in_bulk[1]}, alone {alone[0]} to "
                    f"{alone[1]}, in a case with {description(case)}."
                )
        return None

    rows = st.lists(partial_scenarios(ruleset), min_size=1, max_size=ROWS)
    yield from subject.counterexample(rows, differs, few=True)
