"""How conditions and reasons read in English."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.support.offenders import of_each

from regcompare import Outcome, Ruleset
from regcompare.authoring import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    TRUE,
    Addressee,
    Choice,
    CodeSet,
    Condition,
    Country,
    DatedTable,
    EvidenceLevel,
    Instrument,
    Item,
    Period,
    SetOf,
    Term,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.facts import MemberSet
from regcompare.logic.conditions import FALSE, Answers, evaluate, nodes, questions
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Interpretation, Rule
from regcompare.vocabulary.dated import Row
from regcompare.words.lexicon import lexicon, listing, short_list, statement
from regcompare.words.reasons import reasons
from regcompare.words.words import condition_outline, condition_words

Colour = Literal["red", "green", "blue"]


Sign = Literal["star", "moon", "sun"]


ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?", states="the toy is small")
    rolls: YesNo = YesNo("Does it roll?", states="the toy {rolls|does not roll} away")
    loud: YesNo = YesNo("Is it loud?")
    colour: Choice[Colour] = Choice(
        "Of which colour?",
        {"red": "red", "green": "green (also turquoise)", "blue": "blue"},
        states="the colour is",
    )
    signs: SetOf[Sign] = SetOf(
        "Which signs?",
        {"star": "a star", "moon": "a moon", "sun": "a sun"},
        states="the toy has been given",
    )
    codes: CodeSet = CodeSet("Which codes?", states="the toy {meets|does not meet} … of the list")
    made_in: Country = Country("Made where?", states="the toy was made in")


VOCABULARY = CORE.with_sections(Toy)


DOUBT = Interpretation(
    "doubt-1",
    ACT["Art. 1"],
    "Does loud mean loud?",
    readings={"wide": "Yes.", "narrow": "No."},
    default="wide",
    reason="It is the plain sense.",
)


POWER = Discretion(ACT["Art. 9"], "Has the authority banned the toy?", who=Addressee.AUTHORITY)


SMALL_TOY = Term("small toy", ACT["Art. 2"], Toy.small & Toy.rolls)


def _table(name: str, *rows: tuple[str, Period]) -> DatedTable:
    """A table of countries or codes."""
    made = [
        Row("toys.csv", line, {"what": what}, period, f"source {line}", EvidenceLevel.TEXT)
        for line, (what, period) in enumerate(rows, 2)
    ]
    return DatedTable(name, tuple(made), dt.date(2020, 1, 1))


LANDS = _table(
    "toy lands",
    ("FR DE", Period(dt.date(2000, 1, 1))),
    ("US", Period(dt.date(2000, 1, 1), dt.date(2010, 1, 1))),
    ("JP", Period()),
)


LIST = _table("toy list", ("5A001.f", Period(dt.date(2000, 1, 1))), ("5A002", Period()))


IN_TOY_LAND = LANDS.names(Toy.made_in, FACTS_DATE, "what")


LISTED = Term("listed toy", ACT["Annex"], LIST.lists(Toy.codes, LAW_DATE, "what"))


RULESET = Ruleset(
    "toys",
    "Toy rules",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=Provisions(interpretations=(DOUBT,), discretions=(POWER,)),
    covers=("export",),
    vocabulary=VOCABULARY,
)


@of_each(
    ("condition", "words"),
    [
        (TRUE, "met in every case"),
        (FALSE, "never met"),
        (Toy.small.__condition__(), "the toy is small"),
        (~Toy.small, "the toy is not small"),
        (~Toy.rolls, "the toy does not roll away"),
        (~Toy.loud, "“Is it loud?” – no"),
        (Toy.colour.is_in("red", "green"), "the colour is red or green"),
        (~Toy.colour.is_in("red"), "the colour is not red"),
        (Toy.signs.includes_any("star", "moon"), "the toy has been given a star or a moon"),
        (Toy.signs.includes_all("star", "moon"), "the toy has been given a star and a moon"),
        (~Toy.signs.includes_any("star", "moon"), "the toy has not been given a star or a moon"),
        (
            ~Toy.signs.includes_all("star", "moon"),
            "the toy has not been given a star or the toy has not been given a moon",
        ),
        (Toy.codes.includes_any("5A001.f"), "the toy meets entry 5A001.f of the list"),
        (~Toy.codes.includes_any("*"), "the toy does not meet any entry of the list"),
        (
            Toy.codes.includes_any("*!5A001.f!/5A001.f"),
            "the toy meets an entry of the list other than 5A001.f and what is derived from them",
        ),
        (
            Toy.codes.includes_any("?D", "4D004@2014", "5D001.c/5A001.j"),
            "the toy meets an entry of section D of any category, or entry 4D004 in the wording of 2014, "
            "or entry 5D001.c derived from 5A001.j of the list",
        ),
        (Toy.made_in.is_in("FR", "JP"), "the toy was made in France (FR) or Japan (JP)"),
        (FACTS_DATE.on_or_after(dt.date(2020, 1, 1)), "the day of the facts is 2020-01-01 or later"),
        (~FACTS_DATE.on_or_after(dt.date(2020, 1, 1)), "the day of the facts is before 2020-01-01"),
        (
            Period(dt.date(2000, 1, 1), dt.date(2010, 1, 1)).holds_on(FACTS_DATE),
            "the day of the facts is from 2000-01-01 to 2009-12-31",
        ),
        (SMALL_TOY & ~Toy.loud, "“small toy” (Toy Act Art. 2) and “Is it loud?” – no"),
        (DOUBT.is_read_as("narrow"), "doubt-1 is read as “narrow”"),
        (~DOUBT.is_read_as("narrow"), "doubt-1 is read as “wide”"),
        (
            DOUBT.choose(wide=Toy.small, narrow=TRUE),
            "as doubt-1 is read (“wide”: the toy is small; “narrow”: met in every case)",
        ),
        (POWER & TRUE, "the authority has banned the toy"),
        (~POWER, "the authority has not banned the toy"),
    ],
)
def test_a_condition_reads_as_a_sentence(condition: Condition, words: str) -> None:
    """Each kind of condition and its negation read as a lawyer would put it."""
    assert condition_words(condition, RULESET) == words


def test_groups_inside_groups_are_in_brackets() -> None:
    """What belongs together cannot be mistaken."""
    condition = Toy.small & (Toy.rolls | Toy.loud)

    words = condition_words(condition, VOCABULARY)

    assert words == "the toy is small and (the toy rolls away or “Is it loud?” – yes)"


def test_negation_is_pushed_to_the_facts() -> None:
    """Neither a nor b reads as not a, and not b."""
    words = condition_words(~(Toy.small | SMALL_TOY), VOCABULARY)

    assert words == "the toy is not small and not “small toy” (Toy Act Art. 2)"


def test_a_citation_of_the_text_at_hand_is_its_place() -> None:
    """Within an act, an article is cited by its number alone."""
    assert condition_words(SMALL_TOY, lexicon(VOCABULARY).within(ACT)) == "“small toy” (Art. 2)"


def test_rows_of_a_table_read_as_the_table() -> None:
    """Many rows are one clause with a count; the day on which they count is said."""
    assert condition_words(IN_TOY_LAND, VOCABULARY) == (
        "the toy was made in a country named in “toy lands” on the day of the facts "
        "(3 rows: DE, FR, US and JP)"
    )
    assert condition_words(LISTED.condition, VOCABULARY) == (
        "the toy meets an entry named in “toy list” on the date of the law applied (line 2, from "
        "2000-01-01: 5A001.f; source 2; line 3, from the beginning: 5A002; source 3)"
    )
    assert condition_words(~IN_TOY_LAND, VOCABULARY).startswith(
        "the toy was not made in a country named in “toy lands”"
    )


def test_rows_that_ask_several_facts_read_one_by_one() -> None:
    """A row that asks more than a country says what it asks."""
    condition = LANDS.rows_that(
        lambda row: Toy.made_in.is_in(*row.words("what")) & Toy.small, FACTS_DATE
    )

    lines = condition_outline(condition, VOCABULARY)

    assert lines[:5] == [
        (0, "any of:"),
        (1, "all of:"),
        (2, "the toy was made in Germany (DE) or France (FR)"),
        (2, "the toy is small"),
        (2, "line 2 of “toy lands” is in force on the day of the facts (from 2000-01-01; source 2)"),
    ]


def test_an_outline_breaks_what_is_long() -> None:
    """Parts stand under "all of" and "any of"; what is short stays on its line."""
    condition = all_of(
        SMALL_TOY,
        any_of(Toy.loud, Toy.colour.is_in("red")),
        DOUBT.choose(
            wide=Toy.signs.includes_any("star", "moon", "sun"), narrow=Toy.signs.includes_any("sun")
        ),
    )

    assert condition_outline(condition, VOCABULARY) == [
        (0, "all of:"),
        (1, "“small toy” (Toy Act Art. 2)"),
        (1, "“Is it loud?” – yes or the colour is red"),
        (1, "as doubt-1 is read:"),
        (2, "“wide”: the toy has been given a star, a moon or a sun"),
        (2, "“narrow”: the toy has been given a sun"),
    ]


def test_lists_use_semicolons_where_commas_would_mislead() -> None:
    """A list is unambiguous, and a long one is counted."""
    assert listing([]) == ""
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b or c"
    assert listing(["a or b", "c"]) == "a or b; or c"
    assert short_list(list("abcdefgh")) == "a, b, c, d or 4 others"


def test_a_clause_without_a_verb_that_takes_not_is_denied_as_a_whole() -> None:
    """No negation is ever guessed wrongly."""
    fact = YesNo("Does it roll?", states="the toy rolls")

    assert statement(fact, False) == "it is not the case that the toy rolls"


def _why(condition: Condition, answers: Answers) -> list[str]:
    """The reasons of a condition, with the answers at hand."""
    found = reasons(evaluate(condition, answers), lexicon(RULESET).within(ACT), answers=answers)
    return [reason.text for reason in found]


def test_of_terms_that_hold_the_outermost_is_named() -> None:
    """A term that holds is one reason, with the facts that it holds by."""
    outer = Term("small red toy", ACT["Art. 3"], SMALL_TOY & Toy.colour.is_in("red", "blue"))
    answers = {"toy.small": True, "toy.rolls": True, "toy.colour": "blue"}

    assert _why(outer, answers) == [
        "“small red toy” (Art. 3) is met: the toy is small; the toy rolls away; the colour is blue"
    ]


def test_of_terms_that_fail_the_innermost_is_named() -> None:
    """A failing term says where it fails, and by which facts alone."""
    outer = Term("small red toy", ACT["Art. 3"], SMALL_TOY & Toy.colour.is_in("red"))
    answers = {"toy.small": True, "toy.rolls": False, "toy.colour": "red"}

    (found,) = reasons(evaluate(outer, answers), lexicon(RULESET).within(ACT), answers=answers)

    assert found.text == "“small toy” (Art. 2) is not met: the toy does not roll away"
    assert found.facts == ("toy.rolls",)
    assert found.term is SMALL_TOY


def test_what_is_open_says_whether() -> None:
    """An open condition names what it hangs on, and not what is known."""
    answers = {"toy.small": True, "toy.signs:star": None, "toy.signs:moon": None}

    assert _why(SMALL_TOY & Toy.signs.includes_any("star", "moon"), answers) == [
        "“small toy” (Art. 2) is open: whether the toy rolls away",
        "whether the toy has been given a star or a moon",
    ]


def test_a_failing_table_is_one_clause() -> None:
    """However many rows fail, one clause says that none names the answer."""
    answers = {"toy.made_in": "CN", "scenario.date": dt.date(2015, 1, 1)}

    assert _why(IN_TOY_LAND, answers) == [
        "the toy was made in China (CN), not named in “toy lands” on the day of the facts"
    ]


def test_a_row_that_is_no_longer_in_force_is_reported() -> None:
    """A row that names the answer but has ended says so."""
    answers = {"toy.made_in": "US", "scenario.date": dt.date(2015, 1, 1)}

    assert _why(IN_TOY_LAND, answers) == [
        "the toy was made in United States (US), not named in “toy lands” on the day of the facts (line 3 "
        "names it, but is in force from 2000-01-01 to 2009-12-31)"
    ]


def test_a_row_that_holds_is_named_by_its_line() -> None:
    """A table that holds says by which row."""
    answers = {"toy.made_in": "FR", "scenario.date": dt.date(2015, 1, 1)}

    assert _why(IN_TOY_LAND, answers) == [
        "the toy was made in France (FR), named in “toy lands” (line 2, from 2000-01-01)"
    ]


def test_a_row_that_asks_several_facts_says_them() -> None:
    """Of such a table the row that holds gives its facts; one that fails or is open is one clause."""
    condition = LANDS.rows_that(
        lambda row: Toy.made_in.is_in(*row.words("what")) & Toy.small, FACTS_DATE
    )
    answers = {"toy.made_in": "FR", "toy.small": True, "scenario.date": dt.date(2015, 1, 1)}

    assert _why(condition, answers) == [
        "the toy was made in France (FR); the toy is small (as “toy lands” asks, line 2, from 2000-01-01)"
    ]
    assert _why(condition, {**answers, "toy.small": False}) == [
        "“toy lands” has no row that fits this case on the day of the facts"
    ]
    assert _why(condition, {**answers, "toy.small": None}) == [
        "whether “toy lands” has a row that fits this case"
    ]


def test_codes_say_what_is_met() -> None:
    """With the codes at hand a reason names those that count; without any it says so."""
    met = {"toy.codes:5A001.f": True, "toy.codes:5A002": False, "law.as_of": dt.date(2020, 1, 1)}
    unmet = dict.fromkeys(("toy.codes:5A001.f", "toy.codes:5A002"), False)

    assert _why(LISTED, {**met, "toy.codes": MemberSet(["5A001.f.1", "6A003"])}) == [
        "“listed toy” (Annex) is met: the toy meets entry 5A001.f.1 of the list, named in “toy list” "
        "(line 2, from 2000-01-01)"
    ]
    assert _why(LISTED, {**unmet, "toy.codes": MemberSet()}) == [
        "“listed toy” (Annex) is not met: the toy does not meet any entry of the list"
    ]


def test_a_reading_is_a_reason_only_where_it_matters() -> None:
    """The reading taken is told where another one would give another truth."""
    condition = DOUBT.choose(wide=Toy.small, narrow=Toy.small & Toy.loud)
    both = {"reading:doubt-1": "wide", "toy.small": True, "toy.loud": True}
    one = {**both, "toy.loud": False}

    assert _why(condition, both) == ["the toy is small"]
    assert _why(condition, one) == ["the toy is small", "doubt-1 is read as “wide”"]
    assert _why(condition, {"toy.small": True, "toy.loud": False}) == ["how doubt-1 is read"]


def test_where_facts_suffice_the_reading_is_left_out() -> None:
    """A condition that fails by a fact does not fail by how a text is read."""
    answers = {"reading:doubt-1": "wide", "toy.small": False}

    assert _why(DOUBT.is_read_as("narrow") & Toy.small, answers) == ["the toy is not small"]


ATOMS: tuple[Condition, ...] = (
    TRUE,
    *(fact.__condition__() for fact in (Toy.small, Toy.rolls, Toy.loud, Item.covert)),
    Toy.colour.is_in("red"),
    Toy.colour.is_in("red", "green"),
    Toy.signs.includes_any("star", "moon"),
    Toy.signs.includes_all("star", "sun"),
    Toy.codes.includes_any("5A001.f", "*!5A001.f"),
    Toy.made_in.is_in("FR", "DE"),
    IN_TOY_LAND,
    LISTED,
    POWER.__condition__(),
    DOUBT.is_read_as("wide"),
    FACTS_DATE.on_or_after(dt.date(2015, 1, 1)),
)


CONDITIONS = st.recursive(
    st.integers(0, len(ATOMS) - 1).map(ATOMS.__getitem__),
    lambda inner: st.one_of(
        inner.map(lambda one: ~one),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: any_of(*parts)),
        inner.map(lambda one: Term("drawn term", ACT["Art. 7"], one)),
        st.tuples(inner, inner).map(lambda pair: DOUBT.choose(wide=pair[0], narrow=pair[1])),
    ),
    max_leaves=8,
)


DAYS = st.sampled_from([dt.date(2005, 1, 1), dt.date(2016, 1, 1)])


STATED: dict[str, st.SearchStrategy[Any]] = {
    "toy.colour": st.sampled_from(["red", "green", "blue"]),
    "toy.made_in": st.sampled_from(["FR", "US", "CN"]),
    "reading:doubt-1": st.sampled_from(["wide", "narrow"]),
    "scenario.date": DAYS,
    "law.as_of": DAYS,
}


@st.composite
def answered(draw: st.DrawFn) -> tuple[Condition, dict[str, Any]]:
    """Draws a condition, and answers to some of the questions that it asks."""
    condition = draw(CONDITIONS)
    asked = [key for key in questions([condition]) if draw(st.booleans())]
    return condition, {key: draw(STATED.get(key, st.booleans())) for key in asked}


def _said(key: str) -> tuple[str, ...]:
    """What words must hold one of, if they name the fact of this key."""
    name = key.partition(":")[0]
    if name == "reading":
        return ("doubt-1",)
    if name == "discretion":
        return ("banned the toy",)
    fact = lexicon(RULESET).facts[name]
    lead = (statement(fact, truth).partition("…")[0].removesuffix(" is") for truth in (True, False))
    return tuple(lead)


@given(CONDITIONS)
def test_words_name_each_fact_that_a_condition_asks(condition: Condition) -> None:
    """Words and outline never fail; with what its terms mean, they leave no fact out."""
    meanings = [node.condition for node in nodes([condition]) if isinstance(node, Term)]
    words = " ".join(condition_words(part, RULESET) for part in (condition, *meanings))
    outline = " ".join(
        text for part in (condition, *meanings) for _, text in condition_outline(part, RULESET)
    )

    for key in questions([condition]):
        assert any(lead in words for lead in _said(key)), (key, words)
        assert any(lead in outline for lead in _said(key)), (key, outline)


@given(answered())
def test_reasons_rest_on_what_was_answered(case: tuple[Condition, dict[str, Any]]) -> None:
    """What holds or fails does so by answers that were given; what is open by answers that were not."""
    condition, answers = case
    derivation = evaluate(condition, answers)

    for given_answers in (answers, None):
        found = reasons(derivation, RULESET, answers=given_answers)
        assert len(set(found)) == len(found)
        names = {name for reason in found for name in reason.facts}
        asked = {item.question.key: item.question.name for item in nodes([condition]) if item.key}
        if derivation.truth is None:
            assert found
            assert names & {asked[key] for key in derivation.open_questions()}
        else:
            assert names <= {asked[key] for key in asked.keys() & answers.keys()}


def test_reasons_are_plain_data() -> None:
    """Reasons compare by what they say."""
    derivation = evaluate(SMALL_TOY, {"toy.small": False})

    (reason,) = reasons(derivation, VOCABULARY)
    assert (reason,) == reasons(derivation, VOCABULARY)
    assert attrs.asdict(reason)["text"] == reason.text


def test_a_rule_reads_back_from_its_ruleset() -> None:
    """The doubts and powers of a ruleset are read in words from the ruleset itself."""
    rule = Rule(
        ACT["Art. 9"],
        "The authority may ban.",
        when=POWER & TRUE,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
    )

    assert condition_words(rule.when, RULESET) == "the authority has banned the toy"
    assert condition_words(rule.when, VOCABULARY) == "the power art-9 has been used"
