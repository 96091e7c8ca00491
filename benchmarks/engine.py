"""Single cases, commands, questions over all possible cases, and growth: what each takes, as tables.

Times are those of the processor, the best of several runs, so that other programs hardly change them.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import compress, count, product
from operator import ne
from pathlib import Path
from statistics import median
from typing import Any

import attrs
from benchmarks.by_hand import ANSWERS, CONDITIONS, PLAIN, by_hand, stated, twelve_rules
from tests.support.long_list import act_of

import regcompare as rc
from regcompare import Outcome, Ruleset, Scenario
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
from regcompare.facts import MemberSet
from regcompare.logic.bitsets import AnswerBatch
from regcompare.logic.circuit import Circuit
from regcompare.logic.conditions import evaluate
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.verdict.assess import assess, assess_all
from regcompare.vocabulary import Parties
from regcompare_prove.frames import frame_for
from regcompare_prove.regimes import known_answers, possible_cases, read_regime

CATALOGUE = Catalogue.installed()
SHIPPED = ("eu-428-2009", "eu-2021-821", "amnesty")
MAPPING = {
    "date": "2022-03-01",
    "presume": ["ordinary", "surveillance"],
    "item": {"technology": "ip_network_surveillance", "annex_i_entry": ["5A001.j"]},
    "transaction": {"kind": "export", "purpose": "supply"},
    "exporter": {"country": "DK"},
    "destination": {"country": "AE"},
    "end_user": {"kind": "intelligence"},
}
"""A case as a script has it."""


@attrs.frozen
class Measured:
    """A table of measurements: its title, what it says first, its columns, and its rows as they are printed."""

    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables() -> Iterator[Measured]:
    """Yields every table, in the order of the page."""
    yield single_cases()
    yield shipped_cases()
    yield commands()
    yield possible()
    yield growth()
    yield long_lists()


# timing ---------------------------------------------------------------------------------------------


def seconds(call: Callable[[], Any], number: int = 1, repeat: int = 5) -> float:
    """Returns the best of several runs, for one call, in seconds of the processor, child processes included."""
    return min(timeit.repeat(call, timer=_processor_time, number=number, repeat=repeat)) / number


def _processor_time() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _times(figure: float) -> str:
    return f"{figure:.1f}" if figure < 10 else f"{figure:,.0f}"


def _milliseconds(figure: float) -> str:
    return f"{figure * 1000:.2g} ms" if figure < 0.01 else f"{figure * 1000:,.0f} ms"


# single cases ---------------------------------------------------------------------------------------


def single_cases() -> Measured:
    """Measures twelve rules over twenty-five facts, against the same rules written by hand."""
    ids = tuple(f"r{number}" for number in range(1, 13))
    circuit = Circuit.of(CONDITIONS)
    rows = AnswerBatch.of(circuit.atoms, [[ANSWERS[key] for key in circuit.atoms.keys]])
    ruleset, scenario = twelve_rules(), stated()

    def truths() -> tuple[list[str], list[str]]:
        certain, possible = circuit.bitsets(rows)
        return list(compress(ids, certain)), list(compress(ids, map(ne, certain, possible)))

    def reasons() -> list[tuple[bool | None, tuple[str, ...]]]:
        known: Any = {}
        derivations = (evaluate(condition, ANSWERS, known) for condition in CONDITIONS)
        return [(derivation.truth, derivation.deciding_questions()) for derivation in derivations]

    def holding(case: Scenario) -> list[str]:
        return sorted(finding.rule.id for finding in assess(case, ruleset).holding)

    expected = by_hand(PLAIN)
    assert truths()[0] == expected
    assert holding(scenario) == sorted(expected)
    hand = seconds(lambda: by_hand(PLAIN), 5000)
    calls: dict[str, Callable[[], Any]] = {
        "truth of all rules, in three values, answers ready": truths,
        "truth and deciding facts of all rules, answers ready": reasons,
        "`assess` of a ready case, outcome": lambda: assess(scenario, ruleset),
        "`assess` of a ready case, result in words": lambda: assess(scenario, ruleset).result,
        "`assess` of a ready case, ids of the rules that hold": lambda: holding(scenario),
        "from facts in Python to the ids": lambda: holding(stated()),
    }
    return Measured(
        "Single cases",
        "Twelve rules over twenty-five facts, all answered, in multiples of the same rules written by hand "
        f"as one two-valued function, which takes {hand * 1e6:.1f} microseconds.",
        ("what", "times"),
        tuple((name, _times(seconds(call, 300) / hand)) for name, call in calls.items()),
    )


def shipped_cases() -> Measured:
    """Measures the documented cases under the three regimes."""
    cases, rulesets = CATALOGUE.scenarios(), [CATALOGUE.ruleset(name) for name in SHIPPED]

    def one() -> list[str]:
        return [assess(cases[0], ruleset).result for ruleset in rulesets]

    def mapping() -> str:
        return str(rc.assess(MAPPING, SHIPPED[1]).result)

    build = (
        "import time; start = time.process_time(); from regcompare_amnesty import AMNESTY; "
        "from regcompare_eu import EU_428_2009, EU_2021_821; print(time.process_time() - start)"
    )
    built = min(float(_run("-c", build)) for _ in range(5))
    return Measured(
        "Shipped cases",
        "Under the three regimes, once they are read.",
        ("what", "time"),
        (
            ("one documented case", _milliseconds(seconds(one, 20))),
            (
                f"all {len(cases)} shipped cases together",
                _milliseconds(seconds(partial(_results, cases, rulesets), 3)),
            ),
            ("`rc.assess` of a mapping, under the act of 2021", _milliseconds(seconds(mapping, 20))),
            ("import and build the three rulesets", _milliseconds(built)),
        ),
    )


# commands -------------------------------------------------------------------------------------------

COMMANDS = (
    "--version",
    "compare",
    "compare --format json",
    "compare --include variants,replays,teaching",
    "explain morpho-shanghai-2015 -r eu-2021-821",
    "evidence morpho-shanghai-2015 -r eu-2021-821",
    "gaps eu-428-2009 eu-2021-821",
    "gaps eu-2021-821 amnesty --by-demand",
    "whatif morpho-shanghai-2015 -r eu-2021-821 --to authorisation",
    "lint eu-2021-821",
    "show eu-2021-821",
    "page -o page.html --overwrite",
)
"""The commands that are measured from the shell, without the name of the program."""


def commands() -> Measured:
    """Measures commands as processes, against a bare start that imports the same libraries."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        compiled.pop("PYTHONDONTWRITEBYTECODE", None)

        def timed(*words: str) -> float:
            _run(*words, cwd=folder, env=compiled)  # Modules are compiled, as for an installed user.
            return seconds(lambda: _run(*words, cwd=folder, env=compiled), repeat=3)

        bare = timed("-c", "import attrs, click, pluggy, tabulate, yaml")
        taken = {words: timed("-m", "regcompare", *words.split()) for words in COMMANDS}
    return Measured(
        "Commands",
        "As whole processes, in multiples of a bare start that imports attrs, click, pluggy, tabulate and "
        f"yaml, which takes {_milliseconds(bare)}.",
        ("command", "time", "times a bare start"),
        tuple((f"`{words}`", f"{time_:.2f} s", _times(time_ / bare)) for words, time_ in taken.items()),
    )


def _run(*words: str, **options: Any) -> str:
    process = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=True, **options
    )
    return str(process.stdout)


# all possible cases ---------------------------------------------------------------------------------


def possible() -> Measured:
    """Measures the solver's questions, over the three regimes and all documented cases."""
    laws = [read_regime(CATALOGUE.ruleset(name)) for name in SHIPPED]
    cases, documented = possible_cases(laws), CATALOGUE.scenarios()
    groups: dict[str, list[str]] = {}
    for key, question in cases.solver.questions.items():
        groups.setdefault(question.subject, []).append(key)

    spans, changes = [], []
    for scenario in documented:
        frame, known = frame_for(laws, scenario), known_answers(scenario, cases)
        for law in laws:
            start = time.process_time()
            frame.span(law)
            middle = time.process_time()
            cases.solver.fewest(law.at_least(Outcome.AUTHORISATION), known, groups)
            spans.append(middle - start)
            changes.append(time.process_time() - middle)

    def never_laxer() -> list[Outcome]:
        pair = possible_cases([laws[2], laws[1]])
        strict = [outcome for outcome in Outcome if outcome]
        return [item for item in strict if pair.can_be(laws[2].below(item), laws[1].at_least(item))]

    return Measured(
        "All possible cases",
        "Questions to the solver, which is built once, over the three regimes and every shipped case.",
        ("what", "median", "slowest"),
        (
            ("exact ends of a case", _milliseconds(median(spans)), _milliseconds(max(spans))),
            ("fewest changes to a licence", _milliseconds(median(changes)), _milliseconds(max(changes))),
            ("where the proposal is laxer than the act, solver built for it",
             _milliseconds(seconds(never_laxer, repeat=1)), "-"),
        ),
    )  # fmt: skip


# growth ---------------------------------------------------------------------------------------------

ACT = Instrument("Act", "An invented act", "nowhere")
TECHNOLOGIES: tuple[Any, ...] = tuple(Item.technology.labels())
USERS: tuple[Any, ...] = tuple(EndUser.kind.labels())
COUNTRIES = tuple(Destination.country.labels())
CONCERNS: tuple[Any, ...] = tuple(EndUse.concerns.labels())


def law_shaped(chance: random.Random) -> Condition:
    """Returns a condition of the size and shape of a rule of law: heads, alternatives and an exception."""
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
    """Returns an invented ruleset with as many rules; each fifth overrides the one before."""
    chance = random.Random(size)
    rules: list[Rule] = []
    for number in range(size):
        overrides = number % 5 == 4
        rules.append(
            Rule(
                ACT[f"Art. {number + 1}"],
                "A rule.",
                when=law_shaped(chance),
                then=Outcome.GENERAL_AUTHORISATION if overrides else Outcome.AUTHORISATION,
                triggered_by=Trigger.ACT,
                overrides=rules[-1:] if overrides else (),
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


def growth() -> Measured:
    """Measures how times grow with rules and with rulesets."""
    case, cases = Scenario(id="x", transaction=Transaction(kind="export")), CATALOGUE.scenarios()
    laws = tuple(CATALOGUE.rulesets.values())
    works: list[tuple[str, Sequence[Scenario], Sequence[Ruleset]]] = [
        *((f"{size:,} invented rules", [case], [random_ruleset(size)]) for size in (10, 100, 1000)),
        *(
            (f"{len(cases)} shipped cases, rulesets: {some}", cases, laws[:some])
            for some in (1, 3, len(laws))
        ),
    ]
    return Measured(
        "Growth with rules and rulesets",
        "Invented rules are assessed for a case of which only the kind of transaction is known.",
        ("what", "the first time", "after that"),
        tuple((words, *_first_and_next(partial(_results, some, under))) for words, some, under in works),
    )


def _results(cases: Sequence[Scenario], rulesets: Sequence[Ruleset]) -> list[str]:
    return [item.result for ruleset in rulesets for item in assess_all(cases, ruleset)]


def _first_and_next(call: Callable[[], Any]) -> tuple[str, str]:
    first = seconds(call, repeat=1)
    return _milliseconds(first), _milliseconds(seconds(call, repeat=5))


def long_lists() -> Measured:
    """Measures an act that lists parties, for cases that name one and for cases that name none."""
    rows = []
    for number, named in product((50, 5_000, 20_000), (True, False)):
        with tempfile.TemporaryDirectory() as folder:
            act = act_of(Path(folder), number)
        sales = (_sale(place, named=named) for place in count())
        times = _first_and_next(partial(_result_of_next, sales, act))
        rows.append((f"{number:,}", "known" if named else "not known", *times))
    return Measured(
        "Growth with the parties of a list",
        "A sale under an act that lists parties as buyer, consignee or user.",
        ("parties", "those of the sale", "the first sale", "another sale"),
        tuple(rows),
    )


def _result_of_next(sales: Iterator[Scenario], ruleset: Ruleset) -> str:
    return assess(next(sales), ruleset).result


def _sale(number: int, *, named: bool) -> Scenario:
    sale = Scenario(
        id=f"sale-{number}",
        date=dt.date(2020, 1, 1),
        transaction=Transaction(kind="export"),
        exporter=Exporter(country="FR"),
        destination=Destination(country="CN"),
        end_user=EndUser(kind="law_enforcement"),
    )
    nobody: Any = MemberSet()
    buyer: Any = MemberSet([f"toy:party_{number}"])
    return sale.with_facts(Parties(buyer=buyer, consignee=nobody, end_user=nobody)) if named else sale
