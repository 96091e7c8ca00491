"""Every possible case: exact spans, proofs, gaps and fewest changes on the shipped regimes, and growth.

Run with ``python -m pytest -n 0 benchmarks``.  The table is printed at the end; times are milliseconds of the
processor, of which one is busy at a time.
"""

from __future__ import annotations

import datetime as dt
import random
import time
import timeit
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from tests.long_list import act_of

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    CORE,
    Condition,
    Destination,
    EndUse,
    EndUser,
    Exporter,
    Instrument,
    Item,
    Knowledge,
    National,
    Transaction,
    Trigger,
    all_of,
    any_of,
)
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.views.law import law_text
from regcompare_prove.frames import frame_for
from regcompare_prove.gaps import possible_gaps
from regcompare_prove.lint import lint
from regcompare_prove.regimes import (
    KnownAnswers,
    PossibleCases,
    Regime,
    known_answers,
    possible_cases,
    read_regime,
)
from regcompare_prove.solver import Solver

SHIPPED = ("eu-428-2009", "eu-2021-821", "amnesty")
CATALOGUE = Catalogue.installed()
TECHNOLOGIES: tuple[Any, ...] = tuple(Item.technology.labels())
USERS: tuple[Any, ...] = tuple(EndUser.kind.labels())


def ms(call: Callable[[], Any], number: int = 1, repeat: int = 5) -> float:
    """The best of several runs, for one call, in milliseconds of the processor."""
    times = timeit.repeat(call, number=number, repeat=repeat, timer=time.process_time)
    return min(times) / number * 1000


@pytest.fixture(scope="module")
def cases() -> PossibleCases:
    """The possible cases of the three regimes."""
    return possible_cases([read_regime(CATALOGUE.ruleset(name)) for name in SHIPPED])


def half_known() -> list[Scenario]:
    """The documented cases as reports describe them, with open facts."""
    return list(CATALOGUE.scenarios())


def test_solver_of_three_regimes(cases: PossibleCases, ratios: dict[str, float]) -> None:
    """For orientation: reading three regimes, and building their solver, once for all questions."""
    conditions = [item for law in cases.regimes for item in law.conditions.components()]

    ratios["solver of three regimes, built once, ms"] = ms(
        lambda: Solver(cases.vocabulary, conditions), repeat=3
    )
    ratios["its first question, ms"] = ms(lambda: cases.can_be(cases.regimes[0].scope), repeat=1)


def test_exact_span_of_a_case(cases: PossibleCases, ratios: dict[str, float]) -> None:
    """Goal: 50 ms for the exact span of a case, the solver being built; over all documented cases."""
    times = []
    for scenario in half_known():
        frame = frame_for(cases, scenario)
        for law in cases.regimes:
            started = time.process_time()
            frame.span(law)
            times.append((time.process_time() - started) * 1000)
    times.sort()

    ratios["exact span of a case, ms: median"] = times[len(times) // 2]
    ratios["exact span of a case, ms: slowest (goal 50)"] = times[-1]


def test_assessing_exactly(ratios: dict[str, float]) -> None:
    """For orientation: assess(..., exact=True) as a whole, against assess without it."""
    scenario, ruleset = half_known()[0], CATALOGUE.ruleset("eu-2021-821")

    ratios["assess(exact=True), ms"] = ms(lambda: assess(scenario, ruleset, exact=True), 10)
    ratios["assess(), ms"] = ms(lambda: assess(scenario, ruleset), 10)


def fewest(cases: PossibleCases, scenario: Scenario, law: Regime, outcome: Outcome) -> int | None:
    """How many facts have to change, at least, to reach an outcome."""
    known = known_answers(scenario, cases)
    groups: dict[str, list[str]] = {}
    for key, question in cases.solver.questions.items():
        groups.setdefault(question.subject, []).append(key)
    result = cases.solver.fewest(law.at_least(outcome), known, groups)
    return None if result is None else len(result)


def test_fewest_changes(cases: PossibleCases, ratios: dict[str, float]) -> None:
    """Goal: 100 ms for the fewest changes to an authorisation, proved; over all documented cases."""
    times = []
    for scenario in half_known():
        for law in cases.regimes:
            started = time.process_time()
            assert fewest(cases, scenario, law, Outcome.AUTHORISATION) is not None
            times.append((time.process_time() - started) * 1000)
    times.sort()

    ratios["fewest changes, ms: median"] = times[len(times) // 2]
    ratios["fewest changes, ms: slowest (goal 100)"] = times[-1]


def laxer(one: Regime, other: Regime) -> list[Outcome]:
    """The outcomes that one regime can stay below where the other reaches them."""
    cases = possible_cases([one, other])
    strict = [item for item in Outcome if item]
    return [item for item in strict if cases.can_be(one.below(item), other.at_least(item))]


def test_proof(ratios: dict[str, float]) -> None:
    """Goal: 1 s to prove that one regime is never laxer than another, or to find where it is."""
    act = read_regime(CATALOGUE.ruleset("eu-2021-821"))
    demands = read_regime(CATALOGUE.ruleset("amnesty"))

    started = time.process_time()
    laxer(demands, act)
    ratios["proof, its solver built for it, ms (goal 1000)"] = (time.process_time() - started) * 1000
    ratios["proof, ms"] = ms(lambda: laxer(demands, act))


def test_gap_matrix(cases: PossibleCases, ratios: dict[str, float]) -> None:
    """Goal: 2 s for 25 technologies by 10 end users: where a regime controls what another does not."""
    old, new, demands = cases.regimes
    pairs = [(old, new), (new, demands), (old, demands)]
    stops = Outcome.AUTHORISATION

    def matrix() -> int:
        """The number of cells with a gap; asks of each of these whether it is only gaps."""
        gaps = 0
        for technology in TECHNOLOGIES:
            for user in USERS:
                cell = KnownAnswers({Item.technology.key: technology, EndUser.kind.key: user})
                for base, other in pairs:
                    passed = base.below(stops)
                    if cases.can_be(passed, other.at_least(stops), given=cell):
                        gaps += 1
                        cases.can_be(passed, other.below(stops), given=cell)
        return gaps

    assert matrix()
    ratios["gap matrix of three regimes, ms (goal 2000)"] = ms(matrix, repeat=3)


# growth ---------------------------------------------------------------------------------------------

ACT = Instrument("Act", "An invented act", "nowhere")
COUNTRIES = tuple(Destination.country.labels())
CONCERNS: tuple[Any, ...] = tuple(EndUse.concerns.labels())


def law_shaped(chance: random.Random) -> Condition:
    """A condition of the size and shape of a rule of law: heads, alternatives and an exception."""
    heads = [
        Item.technology.is_in(*chance.sample(TECHNOLOGIES, 4)),
        EndUser.kind.is_in(*chance.sample(USERS, 3)),
        ~Destination.country.is_in(*chance.sample(COUNTRIES, 30)),
        Item.annex_i_entry.includes_any(f"{chance.randint(0, 9)}A00{chance.randint(1, 9)}.f"),
        EndUse.concerns.includes_any(*chance.sample(CONCERNS, 2)),
        Knowledge.authority_informed.includes_any(chance.choice(CONCERNS)),
        National.suspicion_rule & Knowledge.exporter_suspects.includes_any("human_rights_violation"),
        Item.covert & Item.targets_natural_persons,
        Exporter.country.is_in(*chance.sample(COUNTRIES, 27)),
    ]
    alternatives = any_of(*chance.sample(heads, 3))
    return all_of(*chance.sample(heads, 2), alternatives, ~chance.choice(heads))


def random_ruleset(size: int) -> Ruleset:
    """An invented ruleset with as many rules; each fifth lifts the one before."""
    chance = random.Random(size)
    rules: list[Rule] = []
    for number in range(size):
        rules.append(
            Rule(
                ACT[f"Art. {number + 1}"],
                "A rule.",
                when=law_shaped(chance),
                then=Outcome.GENERAL_AUTHORISATION if number % 5 == 4 else Outcome.AUTHORISATION,
                triggered_by=Trigger.ACT,
                lifts=rules[-1:] if number % 5 == 4 else (),
            )
        )
    return Ruleset(
        f"random-{size}",
        "Random rules",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(tuple(rules)),
        covers=("export",),
        vocabulary=CORE,
    )


@pytest.mark.parametrize("size", [10, 30, 100, 300])
def test_growth(size: int, ratios: dict[str, float]) -> None:
    """For orientation: how the solver's times grow with the number of rules."""
    law = read_regime(random_ruleset(size))
    conditions = law.conditions.components()
    scenario = Scenario(id="x", transaction=Transaction(kind="export"))
    cases = possible_cases([law])
    frame = frame_for(cases, scenario)

    ratios[f"{size} random rules: solver built, ms"] = ms(lambda: Solver(CORE, conditions), repeat=3)
    ratios[f"{size} random rules: exact span, ms"] = ms(lambda: frame.span(law))
    ratios[f"{size} random rules: ordinary case, ms"] = ms(
        lambda: cases.ordinary(law.at_least(Outcome.AUTHORISATION), frame.given)
    )


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ruleset, Ruleset]:
    """A law with a list of 50 parties, and the same with 5,000."""
    short, long = (act_of(tmp_path_factory.mktemp("list"), number) for number in (50, 5000))
    return short, long


@pytest.mark.parametrize(
    ("what", "work"),
    [
        ("show", law_text),
        ("lint", lint),
        ("gaps", lambda act: possible_gaps(CATALOGUE.ruleset("eu-2021-821"), act).gap_cells),
        ("assess", lambda act: assess(Scenario(id="nothing-known"), act)),
    ],
)
def test_long_list(
    lists: tuple[Ruleset, Ruleset],
    ratios: dict[str, float],
    what: str,
    work: Callable[[Ruleset], object],
) -> None:
    """How much longer a list of 5,000 parties takes than one of 50, the first time each is asked."""
    short, long = (ms(partial(work, act), repeat=1) for act in lists)

    ratios[f"{what}, a list of 5,000 parties over one of 50"] = long / short
