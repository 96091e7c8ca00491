"""The fewest changes against brute force, and as the command prints them."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from tests.support.case_files import case_file
from tests.support.drawing import fewer
from tests.support.recording import RECORD

import regcompare as rc
from regcompare import Outcome, Ruleset, Scenario, Span, UsageError, assess
from regcompare.authoring import (
    CORE,
    FACTS_DATE,
    Addressee,
    Choice,
    Condition,
    Constraint,
    Country,
    Destination,
    EndUser,
    Exporter,
    Instrument,
    Item,
    SetOf,
    Transaction,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.cli import main
from regcompare.facts import MemberSet
from regcompare.logic.conditions import Among, as_condition, ends_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Interpretation, Rule
from regcompare.scenario.assumed import contradictions
from regcompare.scenario.files import read_text
from regcompare_prove.changes import FewestChanges, fewest_changes
from regcompare_prove.views.changes import changes_text

ROOT = Path(__file__).parents[2]
MORPHO = str(ROOT / "scenarios" / "morpho-shanghai-2015.yaml")
ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
DAY = dt.date(2020, 1, 1)

Colour = Literal["red", "green", "blue"]
Sign = Literal["star", "moon"]


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?", changed_by="designer", states="it is small")
    round: YesNo = YesNo("Is it round?", changed_by="exporter", ordinary=False, states="it is round")
    colour: Choice[Colour] = Choice(
        "Of which colour?", {"red": "red", "green": "green", "blue": "blue"}, states="its colour is"
    )
    signs: SetOf[Sign] = SetOf(
        "Which signs?", {"star": "a star", "moon": "a moon"}, states="it shows", changed_by="legislator"
    )
    made_in: Country = Country("Made where?", states="it is made in")


POWER = Discretion(ACT["2"], "Has the authority stopped it?", who=Addressee.AUTHORITY, id="stop")
DOUBT = Interpretation(
    "D1", ACT["3"], "Is it so?", readings={"yes": "Yes.", "no": "No."}, default="yes", reason="Plain."
)
VOCABULARY = CORE.with_sections(
    Toy,
    constraints=(Constraint("Red toys are small.", Toy.colour.is_in("red"), as_condition(Toy.small)),),
)
ATOMS: tuple[Condition, ...] = (
    as_condition(Toy.small),
    as_condition(Toy.round),
    Toy.colour.is_in("red"),
    Toy.colour.is_in("red", "green"),
    Toy.signs.includes_any("star"),
    Toy.signs.includes_any("moon"),
    as_condition(POWER),
    FACTS_DATE.on_or_after(DAY),
)
ANSWERS: Mapping[str, tuple[Any, ...]] = {
    "small": (True, False),
    "round": (True, False),
    "colour": ("red", "green", "blue"),
    "signs": tuple(MemberSet(signs) for signs in ((), ("star",), ("moon",), ("star", "moon"))),
    "stop": (True, False),
    "date": (dt.date(2019, 5, 1), dt.date(2021, 5, 1)),
}


def rule(place: int, when: Condition, then: Outcome, *overrides: Rule) -> Rule:
    """An invented rule."""
    return Rule(
        ACT[f"Art. {place}"],
        "An invented rule.",
        when=when,
        then=then,
        triggered_by=Trigger.ACT,
        states="its finding" if then in (Outcome.REFUSAL, Outcome.SUSPENSION) else "",
        overrides=overrides,
    )


def regime(*rules: Rule, **options: Any) -> Ruleset:
    """An invented regime."""
    return Ruleset(
        "toyland",
        "Toyland",
        status="law",
        instruments=(ACT,),
        reference_date=DAY,
        provisions=Provisions(
            rules=rules, discretions=(POWER,), interpretations=options.pop("interpretations", ())
        ),
        covers=("export",),
        vocabulary=VOCABULARY,
        **options,
    )


def case(values: Mapping[str, Any], **options: Any) -> Scenario:
    """A scenario with these answers; None is not stated."""
    facts = {name: values.get(name) for name in ("small", "round", "colour", "signs")}
    power = values.get("stop")
    return Scenario(
        id="a-toy",
        date=values.get("date"),
        transaction=Transaction(kind="export"),
        more=(Toy(**facts),),
        discretion={} if power is None else {"stop": power},
        **options,
    )


def every() -> Iterator[dict[str, Any]]:
    """Every possible case in full."""
    for answers in itertools.product(*ANSWERS.values()):
        values = dict(zip(ANSWERS, answers, strict=True))
        if not contradictions(case(values), VOCABULARY):
            yield values


EVERY = tuple(every())
CONDITIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda one: ~one),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(*parts)),
    ),
    max_leaves=5,
)


@st.composite
def regimes(draw: st.DrawFn) -> Ruleset:
    """Small regimes, in which a later rule may override an earlier one."""
    rules: list[Rule] = []
    for place in range(1, draw(st.integers(2, 4)) + 1):
        overridden = draw(st.lists(st.sampled_from(rules), max_size=1)) if rules else []
        rules.append(rule(place, draw(CONDITIONS), draw(st.sampled_from(list(Outcome))), *overridden))
    return regime(*rules)


CASES = st.fixed_dictionaries(
    {name: st.sampled_from([None, *answers]) for name, answers in ANSWERS.items()}
).filter(lambda values: not contradictions(case(values), VOCABULARY))
SLOW = fewer(4)


def apart(answers: Mapping[str, Any], other: Mapping[str, Any]) -> frozenset[str]:
    """The known facts that differ."""
    return frozenset(
        name for name, answer in answers.items() if answer is not None and answer != other[name]
    )


def sets_of_changes(answers: Mapping[str, Any], reaching: list[dict[str, Any]]) -> set[frozenset[str]]:
    """Every minimal set of facts that suffices; the date stays."""
    enough = {apart(answers, other) for other in reaching}
    enough = {names for names in enough if "date" not in names}
    return {names for names in enough if not any(fewer < names for fewer in enough)}


def named(result: FewestChanges) -> list[frozenset[str]]:
    """The facts that each alternative changes."""
    return [
        frozenset(change.name.rpartition(".")[2] for change in alternative.changes)
        for alternative in result.alternatives
    ]


def check(result: FewestChanges, expected: set[frozenset[str]]) -> None:
    """Checks that all smallest sets are found once, then those with one more fact."""
    if not expected:
        assert (result.least, result.alternatives) == (None, ())
        return
    least = min(map(len, expected))
    expected_sets = {names for names in expected if len(names) <= least + 1} if least else {frozenset()}

    assert result.least == least
    assert result.exhausted
    if not least:
        assert set(named(result)) == expected_sets
        return
    assert sorted(map(sorted, named(result))) == sorted(map(sorted, expected_sets))
    assert [len(names) for names in named(result)] == sorted(map(len, expected_sets))


@given(toyland=regimes(), known=CASES, low=st.sampled_from(list(Outcome)), wide=st.booleans())
@SLOW
def test_as_few_as_brute_force_finds(
    toyland: Ruleset, known: dict[str, Any], low: Outcome, wide: bool
) -> None:
    """The number is minimal, every set of that size is found once, and each reaches the outcome."""
    to = Span(low, max(Outcome)) if wide else Span(low, low)
    spans = [(values, assess(case(values), toyland).span) for values in EVERY]
    reached = [values for values, span in spans if span in to]

    found = fewest_changes(case(known), toyland, to, alternatives=99)

    check(found, sets_of_changes(known, reached))
    for way in found.alternatives:
        verdict = way.verdict
        assert verdict.span in to
        assert not contradictions(way.verdict.scenario, VOCABULARY)
        (again,) = read_text(
            case_file(way.verdict.scenario), "yaml", VOCABULARY, discretions=lambda: {"stop"}
        )
        assert assess(again, toyland).span == verdict.span


# one thing at a time --------------------------------------------------------------------------------

RED = rule(1, Toy.colour.is_in("red"), Outcome.AUTHORISATION)
STAR = rule(2, Toy.signs.includes_any("star") & Toy.round, Outcome.PROHIBITION)
TOYLAND = regime(RED, STAR)
PLAIN: dict[str, Any] = {"small": True, "round": False, "colour": "blue", "signs": MemberSet()}


def test_a_set_counts_once() -> None:
    """A set is one fact, however many of its members change."""
    both = regime(rule(1, Toy.signs.includes_all("star", "moon"), Outcome.REFUSAL))

    found = fewest_changes(case(PLAIN), both, Outcome.REFUSAL)

    assert found.least == 1
    assert found.alternatives[0].changes[0].after == MemberSet(("star", "moon"))


def test_members_that_need_not_change_stay() -> None:
    """Members of a changed set that play no part keep their answers."""
    star = regime(
        rule(1, as_condition(Toy.signs.includes_any("star")), Outcome.REFUSAL),
        rule(2, Toy.signs.includes_any("moon") & Toy.small & Toy.round, Outcome.AUTHORISATION),
    )

    found = fewest_changes(case({**PLAIN, "signs": MemberSet(("moon",))}), star, Outcome.REFUSAL)

    assert found.alternatives[0].changes[0].after == MemberSet(("moon", "star"))


def test_an_answer_to_an_open_fact_is_no_change() -> None:
    """An answer to an open fact is required, not a change, and only where it matters."""
    found = fewest_changes(
        case({**PLAIN, "colour": None, "small": None}), TOYLAND, Outcome.AUTHORISATION
    )
    (way,) = found.alternatives

    assert found.least == 0
    assert way.changes == ()
    assert [(need.name, need.after) for need in way.required_answers] == [("toy.colour", "red")]


STARRED = regime(
    rule(1, Toy.colour.is_in("red"), Outcome.AUTHORISATION),
    rule(2, as_condition(Toy.signs.includes_any("star", "moon")), Outcome.AUTHORISATION),
)


def test_where_nothing_has_to_change_the_smallest_completion_is_listed() -> None:
    """Where open questions can lead to an outcome, the answers that depart least from ordinary are shown."""
    found = fewest_changes(case({"small": True, "round": False}), STARRED, Outcome.AUTHORISATION)
    text = " ".join(changes_text(found).split())

    assert found.least == 0
    (way,) = found.alternatives
    assert {need.name for need in way.required_answers} & {"toy.colour", "toy.signs"}
    assert "the stated facts already allow authorisation, if the following is true" in text
    assert "Other answers to the open questions may lead there as well." in text


def test_the_case_as_it_is() -> None:
    """Where the outcome is already reached, there is no change and no required answer."""
    found = fewest_changes(case(PLAIN), TOYLAND, Outcome.NO_CONTROL)

    assert (found.least, found.exhausted) == (0, True)
    assert not found.alternatives[0].changes
    assert not found.alternatives[0].required_answers
    assert "results in no control" in changes_text(found)


def test_one_of_several_answers_is_open() -> None:
    """Which of several answers is true is a required answer, not a change."""
    known = case(PLAIN | {"colour": Among(("red", "blue"))})

    found = fewest_changes(known, TOYLAND, Outcome.AUTHORISATION)

    (way,) = found.alternatives
    assert (found.least, way.changes) == (0, ())
    assert [(need.name, need.after) for need in way.required_answers] == [("toy.colour", "red")]


def test_presumed_answers_may_change_and_are_marked() -> None:
    """A presumed answer may change and is marked as presumed; a stated one is not marked."""
    values = {**PLAIN, "round": None, "signs": MemberSet(("star",))}
    found = fewest_changes(case(values, presume="ordinary"), TOYLAND, Outcome.PROHIBITION)
    stated = fewest_changes(
        case({**values, "round": False}, presume="ordinary"), TOYLAND, Outcome.PROHIBITION
    )

    assert [change.is_presumed for change in found.alternatives[0].changes] == [True]
    assert [change.is_presumed for change in stated.alternatives[0].changes] == [False]
    assert "now: no, assumed]" in changes_text(found)


def test_changes_are_grouped_by_who_can_make_them() -> None:
    """Each change is listed under who could make it; a power under who holds it."""
    strict = regime(rule(1, Toy.small & Toy.round & POWER, Outcome.AUTHORISATION))
    values = {**PLAIN, "small": False, "stop": False}

    (way,) = fewest_changes(case(values), strict, Outcome.AUTHORISATION).alternatives

    assert {(change.who, change.name) for change in way.changes} == {
        ("designer", "toy.small"),
        ("exporter", "toy.round"),
        ("authority", "discretion.stop"),
    }
    assert way.verdict.scenario.discretion == {"stop": True}


def test_what_is_presumed_the_same_stays_as_it_was() -> None:
    """A copy of a changed fact is a fact of its own: it stays, still presumed, in the new file."""
    scenario = Catalogue.installed().read(MORPHO)[0]
    law = Catalogue.installed().ruleset("eu-2021-821")
    found = fewest_changes(scenario, law, Outcome.NO_CONTROL, alternatives=9)

    for way in found.alternatives:
        if "destination.country" in [change.name for change in way.changes]:
            assert way.verdict.scenario.presumed
    assert all(
        way.verdict.span == Span(Outcome.NO_CONTROL, Outcome.NO_CONTROL) for way in found.alternatives
    )


def test_an_open_reading_is_a_required_answer() -> None:
    """An open reading is required, not changed, and the result has that reading."""
    doubtful = regime(rule(1, DOUBT.is_read_as("no"), Outcome.REFUSAL), interpretations=(DOUBT,))

    assert fewest_changes(case(PLAIN), doubtful, Outcome.REFUSAL).least is None

    found = fewest_changes(case(PLAIN), doubtful, Outcome.REFUSAL, readings="open")
    (need,) = found.alternatives[0].required_answers
    assert (need.name, need.after) == ("reading.D1", "no")
    assert "Is it so? “no” [reading.D1]" in changes_text(found)


# what is held, and what comes first ------------------------------------------------------------------


def test_what_is_held_does_not_change() -> None:
    """A fact, or a whole section, keeps its answer; where nothing else suffices, that is proved."""
    either = regime(
        rule(1, Toy.round & ~Toy.small, Outcome.AUTHORISATION),
        rule(2, POWER & Toy.round, Outcome.AUTHORISATION),
    )
    values = {**PLAIN, "stop": False}

    free = fewest_changes(case(values), either, Outcome.AUTHORISATION)
    small = fewest_changes(case(values), either, Outcome.AUTHORISATION, holding=["toy.small"])
    toy = fewest_changes(case(values), either, Outcome.AUTHORISATION, holding=["toy"])

    assert sorted(map(sorted, named(free))) == [["round", "small"], ["round", "stop"]]
    assert named(small) == [frozenset({"round", "stop"})]
    assert "(proved minimal, with toy.small as in the case)" in (" ".join(changes_text(small).split()))
    assert toy.least is None
    assert "whichever facts other than toy change, authorisation cannot be reached" in (
        " ".join(changes_text(toy).split())
    )


def test_what_is_open_in_a_held_section_may_be_answered() -> None:
    """An open question of a held section is no change, and stays open to an answer."""
    found = fewest_changes(
        case({**PLAIN, "colour": None}), TOYLAND, Outcome.AUTHORISATION, holding=["toy"]
    )

    assert [(need.name, need.after) for need in found.alternatives[0].required_answers] == [
        ("toy.colour", "red")
    ]


def test_a_name_that_cannot_be_held_is_refused_with_the_nearest() -> None:
    """Facts and sections are known by name."""
    with pytest.raises(UsageError, match=r"no fact or section 'toy\.smal'.*Did you mean 'toy\.small'"):
        fewest_changes(case(PLAIN), TOYLAND, Outcome.REFUSAL, holding=["toy.smal"])


def test_what_a_legislator_can_change_comes_first() -> None:
    """Of equally few changes, one that leaves the item as it is, the legislator's before the exporter's."""
    any_way = regime(
        rule(1, ~Toy.small, Outcome.REFUSAL),
        rule(2, as_condition(Toy.round), Outcome.REFUSAL),
        rule(3, as_condition(Toy.signs.includes_any("star")), Outcome.REFUSAL),
    )

    found = fewest_changes(case(PLAIN), any_way, Outcome.REFUSAL)

    assert [way.changes[0].who for way in found.alternatives] == ["legislator", "exporter", "designer"]


# real law -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codes", [["7A999"], ["7A999", "5A001.j"], ["8A001.c"], ["5A001"]])
def test_codes_of_no_table_can_be_asked_about(codes: list[str]) -> None:
    """A code that may be none of the list, or one of several, is answered with one that the list has."""
    law = Catalogue.installed().ruleset("eu-2021-821")
    listed = Scenario(
        id="listed", item=Item(annex_i_entry=MemberSet(codes)), transaction=Transaction(kind="export"),
        exporter=Exporter(country="FR"), destination=Destination(country="CN"),
    )  # fmt: skip

    for to in (Outcome.GENERAL_AUTHORISATION, Outcome.NO_CONTROL):
        found = fewest_changes(listed, law, to, alternatives=2, presume=())
        assert all(way.verdict.span == Span(to, to) for way in found.alternatives)


def test_the_python_and_the_shell_prefer_the_same_changes() -> None:
    """By default changes fit the technology of the case: a camera for faces is no seal of entry 1A001."""
    found = rc.whatif("morpho-shanghai-2015", "eu-2021-821", to="authorisation")

    assert found.presume == ("ordinary", "surveillance")
    assert found.alternatives[0].changes[0].who == "legislator"
    assert "item.annex_i_entry" not in {
        change.name for way in found.alternatives for change in way.changes
    }


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["eu-428-2009", "eu-2021-821", "eu-sanctions", "amnesty"])
@pytest.mark.parametrize("to", [Outcome.NO_CONTROL, Outcome.PROHIBITION])
def test_results_on_real_cases_load_and_are_assessed_alike(name: str, to: Outcome) -> None:
    """Each result, written and read again, gives the outcome by plain assessment."""
    catalogue = Catalogue.installed()
    law = catalogue.ruleset(name)
    powers = {item.id for part in law.parts() for item in part.provisions.discretions}
    for scenario in catalogue.scenarios()[:6]:
        _, last = ends_of(scenario.known_day)
        day = last if law.reference_date == "scenario" else None
        for way in fewest_changes(scenario, law, to, as_of=day, alternatives=2).alternatives:
            text = case_file(way.verdict.scenario)
            (again,) = read_text(text, "yaml", catalogue.vocabulary, discretions=lambda: powers)
            read = {doubt.id: reading for doubt, reading in way.verdict.assumed if reading}
            verdict = assess(again, law, as_of=way.verdict.as_of, readings=read)
            assert verdict.span == Span(to, to)


def test_a_day_known_to_a_span_alone_is_not_called_unknown() -> None:
    """Where the law depends on the day of the facts, the message says what is known of it."""
    scenario, law = Catalogue.installed().read(MORPHO)[0], Catalogue.installed().ruleset("eu-sanctions")

    with pytest.raises(UsageError, match="morpho-shanghai-2015 is known to be of 2015 only; give a day"):
        fewest_changes(scenario, law, Outcome.PROHIBITION)


def sold(**item: Any) -> Scenario:
    """Surveillance of internet traffic, sold from France to a police force in the Emirates."""
    return Scenario(
        id="traffic",
        date=dt.date(2020, 11, 8),
        presume="ordinary",
    ).with_facts(
        Item(technology="ip_network_surveillance", **item),
        Transaction(kind="export"),
        Exporter(country="FR"),
        Destination(country="AE"),
        EndUser(kind="law_enforcement"),
    )


def asked(scenario: Scenario, name: str, to: Outcome) -> FewestChanges:
    """The fewest changes under a shipped ruleset."""
    catalogue = Catalogue.installed()
    return fewest_changes(scenario, catalogue.ruleset(name), to)


@pytest.mark.thorough
def test_an_item_off_the_list_meets_no_entry() -> None:
    """Where an entry has to go, no other takes its place, though patterns of codes would allow it."""
    found = asked(sold(annex_i_entry=MemberSet(("5A001.f",))), "eu-2021-821", Outcome.NO_CONTROL)

    assert found.alternatives[0].changes[0].after == MemberSet()


# the command ----------------------------------------------------------------------------------------


def run(*words: str) -> Result:
    """Runs a command."""
    return CliRunner().invoke(main, ["whatif", MORPHO, *words], catch_exceptions=False)


@pytest.mark.thorough
def test_the_text() -> None:
    """The text says what would have to be true, by whom, under which law, and that it is not advice."""
    text = run("-r", "eu-2021-821", "-r", "amnesty", "--to", "authorisation").stdout
    file = ROOT / "tests" / "golden" / "whatif-morpho.txt"
    if RECORD:
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text


def test_the_data() -> None:
    """The data have the minimum, changes with who, required answers and results."""
    (data,) = json.loads(run("-r", "amnesty", "--to", "authorisation", "--format", "json").stdout)

    assert (data["verdict"]["scenario"], data["least"]) == ("morpho-shanghai-2015", 2)
    first = data["alternatives"][0]
    assert {change["who"] for change in first["changes"]} == {"designer", "exporter"}
    assert data["to"] == {"low": "authorisation", "high": "authorisation"}
    assert first["verdict"]["result"] == "authorisation"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-r", "amnesty"), "Missing option '--to'"),
        (("-r", "amnesty", "--to", "licence"), "'licence' is not an outcome"),
        (("-r", "amnesty", "--to", "refusal..authorisation"), "as in authorisation..refusal"),
        (("-r", "eu-2021-821", "--to", "refusal", "--as-of", "2015-01-01"), "not in force"),
    ],
)
def test_wrong_use_is_reported(words: tuple[str, ...], told: str) -> None:
    """The mistake goes to standard error, with status 2."""
    done = run(*words)

    assert done.exit_code == 2
    assert told in done.stderr
    assert not done.stdout
