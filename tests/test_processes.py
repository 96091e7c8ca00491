"""Verdicts cross to other processes and threads unchanged, and nothing grows with every reform."""

from __future__ import annotations

import copy
import gc
import multiprocessing
import pickle
import sys
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import CASES as DOCUMENTED
from tests.shipped import CATALOGUE
from tests.toy_world import ACT, EVERY_CASE, LEAVES, rulesets

from regcompare import Outcome, Ruleset, Scenario, UsageError, Verdict, assess
from regcompare.authoring import Condition, EndUser, Provisions, Rule, Trigger
from regcompare.comparison.comparison import compare
from regcompare.plugins import pickles as _pickles
from regcompare.program import reached
from regcompare.program.program import program_for
from regcompare.views.tables import comparison_text
from regcompare.views.verdict import explain_text

EU, SANCTIONS, AMNESTY = map(CATALOGUE.ruleset, ("eu-2021-821", "eu-sanctions", "amnesty"))
CASES = DOCUMENTED[:2]


def reform() -> Ruleset:
    """Returns a reform that holds installed rules, a rule of its own, and stands on installed law."""
    own = Rule(
        ACT["Art. 9"], "An own rule.", when=LEAVES[0], then=Outcome.PROHIBITION, triggered_by=Trigger.ACT
    )
    return AMNESTY.with_(own).on_base(EU, SANCTIONS, id="reform")


@pytest.fixture
def elsewhere() -> Iterator[Callable[[Any], Any]]:
    """Pickles something and reads it as another process would, which does not know it yet."""

    def read(value: Any) -> Any:
        data = pickle.dumps(value)
        _pickles._ruleset_by_digest.clear()
        return pickle.loads(data)

    yield read
    _pickles._ruleset_by_digest.clear()


# pickles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CATALOGUE.rulesets)
def test_what_is_installed_goes_by_name(name: str) -> None:
    """It takes few bytes, and is the installed ruleset again."""
    ruleset = CATALOGUE.ruleset(name)

    data = pickle.dumps(ruleset)

    assert len(data) < 250
    assert pickle.loads(data) is ruleset
    assert copy.deepcopy(ruleset) is ruleset


@pytest.mark.thorough
def test_a_comparison_says_the_same_elsewhere(elsewhere: Callable[[Any], Any]) -> None:
    """Answers, reasons, tables and open questions of installed law and of a reform are the same."""
    comparison = compare(CASES, [EU, AMNESTY, reform()])

    again = elsewhere(comparison)

    assert comparison_text(again) == comparison_text(comparison)
    assert comparison_text(again, "json") == comparison_text(comparison, "json")
    assert list(map(explain_text, again.verdicts)) == list(map(explain_text, comparison.verdicts))
    assert again.rulesets[2] is again.rows[0][2].ruleset is again.rows[1][2].ruleset


def test_a_reform_read_elsewhere_lifts_the_installed_rules(elsewhere: Callable[[Any], Any]) -> None:
    """Law is told apart by identity: its rules, tables and bases are those that are installed there."""
    changed = reform()

    again = elsewhere(changed)

    assert again is not changed
    assert again.base == (EU, SANCTIONS)
    assert [rule.lifts for rule in again.rules] == [rule.lifts for rule in changed.rules]
    assert again.rule("A02") is AMNESTY.rule("A02")
    assert again.tables == changed.tables


def test_a_reform_that_comes_back_is_the_same_object(elsewhere: Callable[[Any], Any]) -> None:
    """Read twice it is one object, and sent back it is the one that was sent."""
    changed = reform()
    again = elsewhere(changed)

    assert pickle.loads(pickle.dumps(again)) is again
    assert pickle.dumps(again) == pickle.dumps(changed)


@given(ruleset=rulesets(), case=st.sampled_from(EVERY_CASE), known=st.booleans(), ahead=st.booleans())
def test_any_verdict_is_the_same_elsewhere(
    ruleset: Ruleset, case: Scenario, known: bool, ahead: bool
) -> None:
    """A ruleset that is not installed goes by value, and its verdicts give the same account."""
    scenario = case if known else Scenario(id="case", item=case.item)
    verdict = assess(scenario, ruleset, look_ahead=ahead)

    data = pickle.dumps(verdict)
    _pickles._ruleset_by_digest.clear()
    again: Verdict = pickle.loads(data)

    assert again.ruleset is not ruleset
    assert explain_text(again) == explain_text(verdict)


@pytest.mark.parametrize(
    "how", [{"as_of": "scenario"}, {"readings": "open"}, {"look_ahead": False}, {"exact": True}]
)
def test_the_way_of_reading_goes_along(how: Any) -> None:
    """The day of the law, the readings taken, look-ahead and proved ends are those of the verdict."""
    verdict = assess(CASES[0], EU, **how)

    again = pickle.loads(pickle.dumps(verdict))

    assert explain_text(again) == explain_text(verdict)
    assert (again.as_of, again.assumed, again.exact) == (verdict.as_of, verdict.assumed, verdict.exact)


def test_law_that_is_encoded_differently_is_reported() -> None:
    """Where another version is installed the verdict is refused, rather than another one shown."""
    other_result = b"no_controI".join(pickle.dumps(assess(CASES[0], EU)).rsplit(b"no_control", 1))
    other_size = pickle.dumps(EU).replace(b"eu-2021-821", b"eu-2021-822")

    with pytest.raises(UsageError, match="the law is encoded differently"):
        pickle.loads(other_result)
    with pytest.raises(UsageError, match="eu-2021-822 is not installed here"):
        pickle.loads(other_size)


def _assessed(pair: tuple[Scenario, Ruleset]) -> Verdict:
    return assess(*pair)


@pytest.mark.thorough
def test_a_pool_of_processes_gives_the_same_verdicts() -> None:
    """Scenarios and a reform go to a new process, verdicts come back, each with its own ruleset."""
    law = [EU, reform()]
    pairs = [(case, ruleset) for case in CASES for ruleset in law]

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        verdicts = list(pool.map(_assessed, pairs, chunksize=4))

    assert [item.ruleset for item in verdicts] == [ruleset for _, ruleset in pairs]
    assert list(map(explain_text, verdicts)) == [explain_text(assess(*pair)) for pair in pairs]


# threads -------------------------------------------------------------------------------------------


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns far more often than usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
@pytest.mark.thorough
@pytest.mark.parametrize("exact", [False, True])
def test_threads_give_the_same_verdicts(exact: bool) -> None:
    """Many at once, over law that none has planned yet, with the solver as well."""
    changed = reform()
    pairs = [(case, ruleset) for case in CASES for ruleset in (changed, EU, changed.without("A02"))]

    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda pair: assess(*pair, exact=exact), pairs))

    alone = [assess(*pair, exact=exact) for pair in pairs]
    assert list(map(explain_text, verdicts)) == list(map(explain_text, alone))


# nothing grows -------------------------------------------------------------------------------------


def toy_law(name: str, scope: Condition) -> Ruleset:
    """Returns a law without rules."""
    return Ruleset(
        name, "Toy rules", status="law", instruments=(ACT,), reference_date=EU.reference_date,
        provisions=Provisions(), covers=("export",), scope=scope,
    )  # fmt: skip


def test_conditions_of_earlier_reforms_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """What exact readings make of one reform after another is bounded too."""
    monkeypatch.setattr(reached, "_MANY", 50)
    reached._made.cache_clear()
    kept = []

    for number in range(40):
        law = toy_law(f"toy-{number}", EndUser.kind.is_in("law_enforcement") & LEAVES[0])
        reached.reached(program_for(law, ()), {})
        kept.append(len(reached._made(())))

    assert 0 < max(kept) <= 2 * (50 + kept[0]) < 40 * 6


@pytest.mark.thorough
def test_a_reform_is_dropped_once_others_follow() -> None:
    """What is kept of rulesets is bounded, so that the oldest are forgotten."""
    law = toy_law("toy", LEAVES[0])

    def reformed(number: int) -> weakref.ref[Ruleset]:
        made = law.on_base(id=f"toy-{number}")
        assess(EVERY_CASE[0], made)
        pickle.dumps(made)
        return weakref.ref(made)

    most = program_for.cache_info().maxsize
    assert most is not None
    first = reformed(0)
    for number in range(most):
        reformed(number + 1)
    gc.collect()

    assert first() is None
