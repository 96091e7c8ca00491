"""Law and cases cross to other processes unchanged, and nothing grows with every reform."""

from __future__ import annotations

import copy
import gc
import multiprocessing
import pickle
import sys
import weakref
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import attrs
import pytest
from tests.support.shipped import CASES as DOCUMENTED
from tests.support.shipped import CATALOGUE
from tests.support.toy_world import ACT, ATOMS

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import Condition, Trigger
from regcompare.comparison.comparison import compare
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.views.verdict import explain_text

EU, SANCTIONS, AMNESTY = map(CATALOGUE.ruleset, ("eu-2021-821", "eu-sanctions", "amnesty"))
CASES = DOCUMENTED[:2]


def reform() -> Ruleset:
    """Returns a reform with installed rules and a rule of its own, based on installed law."""
    added_rule = Rule(
        ACT["Art. 9"], "An own rule.", when=ATOMS[0], then=Outcome.PROHIBITION, triggered_by=Trigger.ACT
    )
    return AMNESTY.with_(added_rule).on_base(EU, SANCTIONS, id="reform")


# pickles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CATALOGUE.rulesets)
def test_an_installed_ruleset_is_pickled_by_its_id(name: str) -> None:
    """The pickle is small, and gives back the installed ruleset."""
    ruleset = CATALOGUE.ruleset(name)

    data = pickle.dumps(ruleset)

    assert len(data) < 100
    assert pickle.loads(data) is ruleset


@pytest.mark.parametrize(
    "value",
    [reform(), AMNESTY.without("A02")],
    ids=["reform", "same id"],
)
def test_a_reform_is_not_pickled(value: Any) -> None:
    """No other process could find it; the error says so, and what to do."""
    with pytest.raises(UsageError, match=r"cannot be sent to another process.* `regcompare new` writes"):
        pickle.dumps(value)


def test_a_ruleset_is_its_own_copy() -> None:
    """Law is compared by identity, a reform as well."""
    for ruleset in (EU, reform()):
        assert copy.deepcopy([ruleset])[0] is copy.copy(ruleset) is ruleset


def test_a_ruleset_that_is_not_installed_is_not_found() -> None:
    """Where another version is installed, unpickling is refused rather than giving other law."""
    unknown = pickle.dumps(EU).replace(b"eu-2021-821", b"eu-2021-822")

    with pytest.raises(UsageError, match="There is no ruleset 'eu-2021-822'"):
        pickle.loads(unknown)


@pytest.mark.parametrize("value", [assess(CASES[0], EU), compare(CASES, [EU])])
def test_a_verdict_is_not_pickled(value: Any) -> None:
    """It refers to its law and to the cases beside it; the error says what to send instead."""
    with pytest.raises(UsageError, match=r"Send the scenario, and assess it there\."):
        pickle.dumps(value)


def _explained(pair: tuple[Scenario, Ruleset]) -> str:
    return explain_text(assess(*pair))


@pytest.mark.thorough
def test_a_pool_of_processes_gives_the_same_verdicts() -> None:
    """Scenarios and law go to a new process."""
    pairs = [(case, ruleset) for case in CASES for ruleset in (EU, AMNESTY)]

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        texts = list(pool.map(_explained, pairs, chunksize=4))

    assert texts == list(map(_explained, pairs))


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
    """Many threads at once, with law that none has prepared yet, and with the solver too."""
    reformed = reform()
    pairs = [(case, ruleset) for case in CASES for ruleset in (reformed, EU, reformed.without("A02"))]

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


@pytest.mark.thorough
def test_a_reform_is_dropped_with_what_was_derived_from_it() -> None:
    """Reforms made in a loop do not add up: none outlives its last use, and they share a vocabulary."""
    case = attrs.evolve(CASES[0])
    reforms = []
    for number in range(3):
        law = EU.without("art-5-2", id=f"reform-{number}")
        explain_text(compare([case], [law, EU]).verdicts[0], full=True)
        assert law.vocabulary is EU.without("art-5-3").vocabulary
        reforms.append(weakref.ref(law))
    del case, law

    gc.collect()

    assert [law() for law in reforms] == [None] * 3
