"""Readings of doubt against brute force: every combination of readings, every possible case."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import fewer

from regcompare import Outcome, Ruleset, Scenario, Span, UsageError, assess
from regcompare.authoring import (
    CORE,
    Condition,
    Instrument,
    Transaction,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.cli import main
from regcompare.logic.conditions import as_condition
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Interpretation, Rule
from regcompare.views.document import Document
from regcompare.views.render import render
from regcompare_prove.doubts import doubts, doubts_section

MORPHO = str(Path(__file__).parents[2] / "scenarios" / "morpho-shanghai-2015.yaml")
ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
DAY = dt.date(2020, 1, 1)


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?")
    round: YesNo = YesNo("Is it round?")
    loud: YesNo = YesNo("Is it loud?")


SMALL, ROUND, LOUD = map(as_condition, (Toy.small, Toy.round, Toy.loud))


def doubt(name: str, *readings: str) -> Interpretation:
    """An invented doubt, read in the first way by default."""
    return Interpretation(
        name,
        ACT[name],
        "How is it read?",
        readings={reading: f"As {reading}." for reading in readings},
        default=readings[0],
        reason="It is the plain sense.",
    )


D1, D2, D3 = doubt("D1", "wide", "narrow"), doubt("D2", "old", "new", "newest"), doubt("D3", "yes", "no")
DOUBTS = (D1, D2, D3)


def rule(name: str, when: Condition, then: Outcome) -> Rule:
    """An invented rule."""
    return Rule(
        ACT["Art. 1"],
        "An invented rule.",
        when=when,
        then=then,
        triggered_by=Trigger.ACT,
        states="its finding" if then in (Outcome.REFUSAL, Outcome.SUSPENSION) else "",
        id=name,
    )


def regime(*rules: Rule) -> Ruleset:
    """An invented regime."""
    return Ruleset(
        "toyland",
        "Toyland",
        status="law",
        instruments=(ACT,),
        reference_date=DAY,
        provisions=Provisions(rules=rules, interpretations=DOUBTS),
        covers=("export",),
        vocabulary=CORE.with_sections(Toy),
    )


def case(**facts: bool | None) -> Scenario:
    """A scenario with these facts; None is not stated."""
    return Scenario(id="a-toy", transaction=Transaction(kind="export"), more=(Toy(**facts),))


def completions(known: Mapping[str, bool | None]) -> Iterator[Scenario]:
    """Every completion of a case."""
    choices = [[known[name]] if known.get(name) is not None else [True, False] for name in FACTS]
    for answers in itertools.product(*choices):
        yield case(**dict(zip(FACTS, answers, strict=True)))


FACTS = ("small", "round", "loud")
COMBINATIONS = [
    dict(zip((item.id for item in DOUBTS), taken, strict=True))
    for taken in itertools.product(*(item.readings for item in DOUBTS))
]
DEFAULTS = {item.id: item.default for item in DOUBTS}
ATOMS: tuple[Condition, ...] = (
    SMALL,
    ROUND,
    LOUD,
    D1.is_read_as("wide"),
    D1.choose(wide=SMALL, narrow=SMALL & ROUND),
    D2.is_read_as("old", "new"),
    D2.choose(old=ROUND, new=LOUD, newest=~LOUD),
    D3.is_read_as("no"),
)
CONDITIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda one: ~one),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(*parts)),
    ),
    max_leaves=4,
)


@st.composite
def regimes(draw: st.DrawFn) -> Ruleset:
    """Small regimes whose conditions depend on doubts."""
    number = draw(st.integers(1, 3))
    return regime(
        *(
            rule(f"r{place}", draw(CONDITIONS), draw(st.sampled_from(list(Outcome))))
            for place in range(number)
        )
    )


CASES = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in FACTS})
SLOW = fewer(4)


def outcomes(ruleset: Ruleset, known: Mapping[str, bool | None], taken: dict[str, str]) -> list[Any]:
    """The verdicts on every completion under these readings."""
    return [assess(scenario, ruleset, readings=taken) for scenario in completions(known)]


def spanned(verdicts: list[Any]) -> Span:
    """The mildest and the strictest outcome of verdicts."""
    return Span(min(v.low for v in verdicts), max(v.high for v in verdicts))


@given(ruleset=regimes(), known=CASES)
@SLOW
def test_as_brute_force_finds(ruleset: Ruleset, known: dict[str, bool | None]) -> None:
    """The outcome by default, over every combination, and by each reading alone."""
    found = doubts(case(**known), ruleset)
    by = [outcomes(ruleset, known, taken) for taken in COMBINATIONS]

    assert found.every == spanned([verdict for verdicts in by for verdict in verdicts])
    assert found.default == spanned(outcomes(ruleset, known, DEFAULTS))
    for name, spans in found.spans.items():
        for reading, span in spans.items():
            assert span == spanned(outcomes(ruleset, known, {**DEFAULTS, name: reading}))


# one thing at a time --------------------------------------------------------------------------------

TWO = regime(rule("a", D1.is_read_as("narrow") & D3.is_read_as("no"), Outcome.REFUSAL))


def test_readings_that_change_the_outcome_only_together() -> None:
    """Where no reading alone changes the outcome, it is still not settled."""
    found = doubts(case(small=True), TWO)

    assert found.decisive == []
    assert (found.default, found.every) == (
        Span(Outcome.NO_CONTROL, Outcome.NO_CONTROL),
        Span(Outcome.NO_CONTROL, Outcome.REFUSAL),
    )
    assert not found.is_settled
    assert "No interpretation changes the outcome on its own" in " ".join(
        render(Document("", [doubts_section(found)])).split()
    )


def test_a_case_on_which_no_reading_counts() -> None:
    """Near miss: where doubts cannot matter, the outcome is settled."""
    found = doubts(
        case(small=False),
        regime(rule("a", D1.choose(wide=SMALL, narrow=SMALL & ROUND), Outcome.REFUSAL)),
    )

    assert found.is_settled


def test_a_reading_that_changes_the_outcome_alone() -> None:
    """It is named with the outcome to which it leads."""
    found = doubts(case(small=True), regime(rule("a", D3.is_read_as("no") & SMALL, Outcome.REFUSAL)))

    assert found.decisive == [("D3", "no", Span(Outcome.REFUSAL, Outcome.REFUSAL))]


def test_a_ruleset_out_of_force_is_refused() -> None:
    """There is no result on a day on which the ruleset is not in force."""
    catalogue = Catalogue.installed()

    with pytest.raises(UsageError, match="is not in force on 2015-01-01"):
        doubts(catalogue.read(MORPHO)[0], catalogue.ruleset("eu-2021-821"), as_of=dt.date(2015, 1, 1))


# the command ----------------------------------------------------------------------------------------


def explained(*words: str) -> str:
    """What explain prints for Morpho."""
    done = CliRunner().invoke(main, ["explain", MORPHO, *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.thorough
def test_explain_shows_every_reading_at_once() -> None:
    """With every reading open, explain says what they change; otherwise it does not."""
    text = explained("-r", "amnesty", "--readings", "open")

    assert "over every combination of interpretations it is no control to prohibition" in " ".join(
        text.split()
    )
    assert "Interpretations that change the outcome on their own" in text
    assert "every combination" not in explained("-r", "amnesty")


@pytest.mark.thorough
def test_explain_holds_the_same_as_data() -> None:
    """As JSON the doubts are a key of their own."""
    (data,) = json.loads(explained("-r", "amnesty", "--readings", "open", "--format", "json"))

    assert data["doubts"]["default"] == {"low": "prohibition", "high": "prohibition"}
    assert data["doubts"]["every"] == {"low": "no_control", "high": "prohibition"}
    assert data["doubts"]["spans"]["IC-05"]
