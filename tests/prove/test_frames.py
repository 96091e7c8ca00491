"""What is taken as given of possible cases: presumptions as a case has them, and never a set without a case."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import pytest
from tests.support.shipped import CATALOGUE
from tests.support.toy_world import ACT

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    CORE,
    TRUE,
    Choice,
    Condition,
    Constraint,
    Day,
    SetOf,
    Transaction,
    Trigger,
    YesNo,
    any_of,
    section,
)
from regcompare.facts import MemberSet, Same
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary import Assumption
from regcompare_prove.frames import frame_for
from regcompare_prove.regimes import PossibleCases, read_regime

LAYERS = ((), ("ordinary",), ("ordinary", "surveillance"))
Colour = Literal["red", "green", "blue"]
Sign = Literal["star", "moon"]
COLOURS: dict[Colour, str] = {"red": "red", "green": "green", "blue": "blue"}
SIGNS: dict[Sign, str] = {"star": "a star", "moon": "a moon"}


@section("twin", "Twins")
class Twin:
    """Invented facts, of which some copy others."""

    small: YesNo = YesNo("Is it small?", states="it is small")
    other_small: YesNo = YesNo("And the other?", ordinary=Same(small), states="the other is small")
    colour: Choice[Colour] = Choice("Which colour?", COLOURS, states="its colour is")
    other_colour: Choice[Colour] = Choice(
        "And the other?", COLOURS, ordinary=Same(colour), states="the colour of the other is"
    )
    third_colour: Choice[Colour] = Choice(
        "And the third?", COLOURS, ordinary=Same(other_colour), states="the colour of the third is"
    )
    signs: SetOf[Sign] = SetOf("Which signs?", SIGNS, states="it shows")
    other_signs: SetOf[Sign] = SetOf(
        "And the other?", SIGNS, ordinary=Same(signs), states="the other shows"
    )
    made: Day = Day("When was it made?", states="it was made")
    other_made: Day = Day("And the other?", ordinary=Same(made), states="the other was made")
    heavy: YesNo = YesNo("Is it heavy?", ordinary=False, states="it is heavy")
    other_heavy: YesNo = YesNo("And the other?", ordinary=Same(heavy), states="the other is heavy")


SMALL, OTHER_SMALL = Twin.small.__condition__(), Twin.other_small.__condition__()
RED, OTHER_RED = Twin.colour.is_in("red"), Twin.other_colour.is_in("red")
THIRD_WARM = Twin.third_colour.is_in("red", "blue")
STAR, OTHER_STAR = Twin.signs.includes_any("star"), Twin.other_signs.includes_any("star")


def law(*conditions: Condition, **more: Any) -> Ruleset:
    """Invented law that asks about these conditions."""
    rule = Rule(
        ACT["Art. 1"], "An invented rule.", when=any_of(*conditions),
        then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT,
    )  # fmt: skip
    vocabulary = CORE.with_sections(Twin, **more)
    return Ruleset(
        "toy", "Toy rules", status="law", instruments=(ACT,), reference_date=ACT_DAY,
        covers=("export",), provisions=Provisions.of([rule]), vocabulary=vocabulary,
    )  # fmt: skip


ACT_DAY = dt.date(2021, 9, 9)


def ordinary(ruleset: Ruleset, given: Scenario | None = None) -> PossibleCases:
    """The possible cases with ordinary answers."""
    return frame_for([read_regime(ruleset, given=given)], given, presume=("ordinary",))


# a frame has a case ---------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("name", CATALOGUE.rulesets)
def test_every_shipped_ruleset_has_possible_cases(name: str) -> None:
    """Whatever is presumed, a case is left, and one that the ruleset covers: a proof over none is none."""
    ruleset = CATALOGUE.ruleset(name)
    day = ruleset.reference_date if ruleset.reference_date != "scenario" else ACT_DAY
    regime = read_regime(ruleset, as_of=day)

    assert [frame_for([regime], presume=layers).can_be(regime.scope) for layers in LAYERS] == [True] * 3


def test_presumptions_that_contradict_each_other_are_named() -> None:
    """Where no case is left the error names what cannot be true together, and nothing else."""
    differ = Constraint("Two of a pair differ.", TRUE, (SMALL & ~OTHER_SMALL) | (~SMALL & OTHER_SMALL))
    toy = law(SMALL, OTHER_SMALL, RED, OTHER_RED, constraints=(differ,))

    with pytest.raises(UsageError) as caught:
        ordinary(toy)

    assert str(caught.value) == (
        "Nothing can be proved, since no possible case has standard assumptions: twin.small "
        "and twin.other_small (presumed to be the same) cannot all be true. State one of them "
        "differently, or presume less (--presume)."
    )


def test_facts_that_contradict_each_other_are_named() -> None:
    """So are the stated facts of a case, with their answers."""
    heavy = Twin.heavy.__condition__()
    toy = law(SMALL, heavy, RED, constraints=(Constraint("What is small is light.", SMALL, ~heavy),))
    case = Scenario(id="heavy").stating({"twin.small": True, "twin.heavy": True, "twin.colour": "red"})

    with pytest.raises(UsageError, match=r"twin\.small \(yes\) and twin\.heavy \(yes\) cannot all be"):
        frame_for([read_regime(toy)], case)


# answers that copy others -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SMALL, OTHER_SMALL),
        (RED, OTHER_RED),
        (STAR, OTHER_STAR),
        (RED, THIRD_WARM),
    ],
)
def test_an_answer_that_copies_an_open_one_is_the_same(one: Condition, other: Condition) -> None:
    """Yes/no, choices and sets; also a copy of a copy, of which nothing asks."""
    cases = ordinary(law(one, other))

    assert cases.can_be(one, other)
    assert cases.can_be(~one, ~other)
    assert not cases.can_be(one, ~other)


def test_answers_that_nothing_distinguishes_may_be_the_same() -> None:
    """Blue is not red, and warm as red is."""
    cases = ordinary(law(RED, THIRD_WARM))

    assert cases.can_be(~RED, THIRD_WARM)


def test_a_copy_of_another_kind_is_refused() -> None:
    """A day that copies a day cannot be taken as given, and the error says what can be done."""
    days = Twin.made.on_or_after(ACT_DAY), Twin.other_made.on_or_after(ACT_DAY)

    with pytest.raises(UsageError, match=r"twin\.made and twin\.other_made are the same"):
        ordinary(law(*days))

    assert frame_for([read_regime(law(*days))]).can_be()


# as for a single case ---------------------------------------------------------------------------------


def test_what_a_case_states_is_not_presumed() -> None:
    """A case that states another answer than the one presumed has cases, in which its own holds."""
    toy = law(SMALL, OTHER_SMALL, Twin.heavy.__condition__())
    stated = Scenario(id="apart", transaction=Transaction(kind="export")).stating(
        {"twin.small": True, "twin.other_small": False, "twin.heavy": True}
    )

    cases = ordinary(toy, stated)

    assert cases.can_be(SMALL, ~OTHER_SMALL, Twin.heavy.__condition__())
    assert not cases.can_be(~SMALL)
    assert not cases.can_be(OTHER_SMALL)


def test_a_copy_that_would_contradict_what_is_stated_is_withdrawn() -> None:
    """As for a case: what the constraints exclude beside the stated facts is not presumed."""
    heavy, other = Twin.heavy.__condition__(), Twin.other_heavy.__condition__()
    differ = Constraint("Small ones differ.", SMALL, (heavy & ~other) | (~heavy & other))
    small = Scenario(id="small", transaction=Transaction(kind="export")).stating({"twin.small": True})

    cases = ordinary(law(SMALL, heavy, other, constraints=(differ,)), small)

    assert cases.can_be(heavy, ~other)
    assert cases.can_be(~heavy, other)


def test_only_the_layers_that_are_named_are_presumed() -> None:
    """Copies belong to the ordinary answers."""
    regime = read_regime(law(SMALL, OTHER_SMALL))

    assert frame_for([regime], presume=("surveillance",)).can_be(SMALL, ~OTHER_SMALL)


def test_an_assumption_gives_way_to_what_is_stated_or_excludes_it() -> None:
    """Where the case states the fact, or where the constraints leave no room for what would be assumed."""
    assumptions = (
        Assumption(Twin.signs, {"known": [], "open": ["star"]}, RED, layer="ordinary"),
        Assumption(Twin.signs, [], layer="ordinary"),
    )
    starred = Constraint("Small ones show a star.", SMALL, STAR)
    toy = law(STAR, RED, SMALL, assumptions=assumptions, constraints=(starred,))
    case = Scenario(id="case", transaction=Transaction(kind="export"))

    stated = ordinary(toy, case.stating({"twin.signs": MemberSet(["star"])}))
    small = ordinary(toy, case.stating({"twin.small": True}))

    assert stated.can_be(STAR, ~RED)
    assert small.can_be(STAR, ~RED)


def test_the_first_assumption_that_applies_counts() -> None:
    """What is presumed of one fact by the answer to another is presumed in each case by its own answer."""
    assumptions = (
        Assumption(Twin.signs, {"known": [], "open": ["star"]}, RED, layer="ordinary"),
        Assumption(Twin.signs, [], layer="ordinary"),
    )
    toy = law(STAR, RED, assumptions=assumptions)

    cases = ordinary(toy)

    assert cases.can_be(STAR, RED)
    assert cases.can_be(~STAR, RED)
    assert not cases.can_be(STAR, ~RED)
    assert {
        colour: assess(
            Scenario(id="case", transaction=Transaction(kind="export"), presume="ordinary").stating(
                {"twin.colour": colour}
            ),
            law(STAR, assumptions=assumptions),
        ).result
        for colour in ("red", "blue")
    } == {"red": "no_control..authorisation", "blue": "no_control"}
