"""Codes of several numbering schemes in one list: each scheme is an answer of its own."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pyarrow as pa
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import CATALOGUE
from tests.toy_world import ACT

from regcompare import DefinitionError, assess
from regcompare.authoring import (
    CORE,
    Condition,
    Item,
    Outcome,
    Ruleset,
    SetOf,
    Transaction,
    Trigger,
    section,
)
from regcompare.errors import FileError, UsageError
from regcompare.facts import UNKNOWN, AnswerError, MemberSet
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.scenario.files import read_text, write_scenarios
from regcompare.scenario.scenario import Scenario
from regcompare.scenario.schema import schema
from regcompare.vocabulary.concordance import CONCORDANCE, EQUIVALENT_CODES, UNMATCHED_CODES
from regcompare_registers.frames import assess_frame
from regcompare_registers.rows import scenario_of_row
from regcompare_world.facts import Us


@section("far", "A far country")
class Far:
    """What only the law of a far country asks for."""

    entry: SetOf[str] = SetOf(
        "Which entries that only the far list has does the item meet?",
        {"1X1": "lanterns (1X1)", "1X2": "mirrors (1X2)"},
        scheme_of=Item.annex_i_entry,
    )


VOCABULARY = CORE.with_sections(Far)
"""The core, and a list that has two entries of its own."""


def _read(answer: str, vocabulary: Any = VOCABULARY) -> Scenario:
    (case,) = read_text(f"id: a\nitem: {{annex_i_entry: {answer}}}\n", vocabulary=vocabulary)
    return case


def _problem(answer: str) -> tuple[str, str]:
    with pytest.raises(FileError) as caught:
        _read(answer)
    problem = caught.value.problems[0]
    return problem.code, problem.expected


# what a list says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "common", "far"),
    [
        ("none", MemberSet(), None),
        ("[]", MemberSet(), None),
        ("unknown", UNKNOWN, None),
        ("[5A002]", MemberSet(["5A002"]), None),
        ("[far:none]", None, MemberSet()),
        ("far:none", None, MemberSet()),
        ("[far:1X1]", None, MemberSet(["1X1"])),
        ("[5A002, far:none]", MemberSet(["5A002"]), MemberSet()),
        ("[none, far:1X1]", MemberSet(), MemberSet(["1X1"])),
        ("{known: [5A002], open: [far:1X1]}", MemberSet(["5A002"]), MemberSet([], ["1X1"])),
        ("{known: [far:1X1], open: [5A002]}", MemberSet([], ["5A002"]), MemberSet(["1X1"])),
        ("{known: [], open: [far:1X1]}", None, MemberSet([], ["1X1"])),
        ("[wa:5.A.1.j]", MemberSet(["5A001.j"]), None),
        ("{known: [], open: [wa:5.A.1.j]}", MemberSet([], ["5A001.j"]), None),
    ],
)
def test_a_list_says_all_of_each_scheme_that_it_names(written: str, common: Any, far: Any) -> None:
    """And nothing of one that it does not name; what is the same as an entry is that entry."""
    case = _read(written)

    assert (case.item.annex_i_entry, case.section(Far).entry) == (common, far)


def test_the_prefix_and_the_fact_itself_say_the_same() -> None:
    """So everything behind the files meets plain facts, and never a prefix."""
    under_its_name = "id: a\nitem: {annex_i_entry: [5A002]}\nfar: {entry: [1X1]}\n"

    assert read_text(under_its_name, vocabulary=VOCABULARY) == (_read("[5A002, far:1X1]"),)


def test_each_scheme_is_presumed_for_itself() -> None:
    """A list below ``presumed`` is taken apart like one that is stated."""
    text = "id: a\nitem: {annex_i_entry: [5A002]}\npresumed: {item: {annex_i_entry: [far:none]}}\n"
    (case,) = read_text(text, vocabulary=VOCABULARY)

    assert case.item.annex_i_entry == MemberSet(["5A002"])
    assert case.presumed == {"far.entry": MemberSet()}


def test_a_difference_changes_only_the_schemes_that_it_names() -> None:
    """A case that is like another keeps what that one says of other schemes."""
    text = (
        "- {id: a, item: {annex_i_entry: [5A002, far:1X1]}}\n"
        "- {id: b, like: a, item: {annex_i_entry: [far:none]}}\n"
        "- {id: c, like: a, item: {annex_i_entry: none}}\n"
        "- {id: d, like: a, without: [far.entry]}\n"
    )
    cases = read_text(text, vocabulary=VOCABULARY)

    assert [(case.item.annex_i_entry, case.section(Far).entry) for case in cases[1:]] == [
        (MemberSet(["5A002"]), MemberSet()),
        (MemberSet(), MemberSet(["1X1"])),
        (MemberSet(["5A002"]), None),
    ]


def test_an_annotation_adds_a_scheme_to_a_case() -> None:
    """It contradicts nothing that the case says of the common numbering."""
    text = (
        "- {id: a, item: {annex_i_entry: [5A002]}}\n"
        "- {for: a, owner: Us, sources: [A list], item: {annex_i_entry: [far:1X1]}}\n"
    )
    (case,) = read_text(text, vocabulary=VOCABULARY)

    assert (case.item.annex_i_entry, case.section(Far).entry) == (
        MemberSet(["5A002"]),
        MemberSet(["1X1"]),
    )


_SETS = {
    "common": ("4A005", "5A002"),
    "far": ("1X1", "1X2"),
}


def _answers(codes: tuple[str, ...]) -> st.SearchStrategy[Any]:
    halves = st.lists(st.sampled_from((None, "known", "open")), min_size=2, max_size=2)
    sets = halves.map(
        lambda own: MemberSet(
            [code for code, half in zip(codes, own, strict=True) if half == "known"],
            [code for code, half in zip(codes, own, strict=True) if half == "open"],
        )
    )
    return st.one_of(st.none(), st.just(UNKNOWN), sets)


@given(_answers(_SETS["common"]), _answers(_SETS["far"]))
def test_what_is_written_is_read_back(common: Any, far: Any) -> None:
    """Whatever two schemes say fits in a file, and comes back as it was."""
    case = Scenario(id="a", item=Item(annex_i_entry=common), more=(Far(entry=far),))
    text = write_scenarios(case)

    assert read_text(text, vocabulary=VOCABULARY) == (case,)
    assert ("far:\n" in text) == (far is not None)


# mistakes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code", "expected"),
    [
        (
            "[far:9Z9]",
            "RC203",
            "a list from 1X1, 1X2; none; unknown; an entry that the lists share has no prefix; or {known: "
            "[...], open: [...]} to leave members open.",
        ),
        ("[far:none, far:1X1]", "RC204", "far.entry: none, without a list."),
        ("[wa:5.A.1.j, 5A001.j]", "RC209", "each member once, known or open."),
        (
            "[fra:1X1]",
            "RC208",
            "a code without a prefix, or a known one under far:, us: or wa:.",
        ),
        (
            "{known: far:1X1, open: [far:1X2]}",
            "RC204",
            "a list such as [...], also for a single member.",
        ),
        ("[us:none]", "RC214", "a plugin with the section us to be loaded, or the code left out."),
        (
            "[wa:9.A.9]",
            "RC208",
            "a code without a prefix, or a known one under far:, us: or wa:.",
        ),
    ],
)
def test_what_no_list_has_is_refused(written: str, code: str, expected: str) -> None:
    """No equivalence is guessed; the message says what is known."""
    assert _problem(written) == (code, expected)


def test_a_scheme_is_answered_once() -> None:
    """Under the prefix or under its own name."""
    text = "id: a\nfar: {entry: none}\nitem: {annex_i_entry: [far:1X1]}\n"

    with pytest.raises(FileError, match=r"far\.entry is answered twice, also in line 2"):
        read_text(text, vocabulary=VOCABULARY)


def test_a_code_of_a_plugin_that_is_not_loaded_names_the_plugin() -> None:
    """As a section of it does."""
    text = "id: a\nitem: {annex_i_entry: [moon:1X1]}\n"

    with pytest.raises(FileError, match=r"RC214 .* Expected --load moon\.py"):
        read_text(text, vocabulary=VOCABULARY, absent={"moon": "--load moon.py."})


def test_python_states_each_scheme_by_its_fact() -> None:
    """A prefix in Python is refused with where its code belongs."""
    with pytest.raises(AnswerError, match="answer a fact of the section with that name"):
        Item(annex_i_entry=["far:1X1"])


def test_a_scheme_is_one_of_a_fact_with_codes() -> None:
    """Declared before it."""
    with pytest.raises(DefinitionError, match="scheme_of= is a fact with codes"):
        section("off", "Off")(
            type("Off", (), {"entry": SetOf("Which?", {"1X1": "one"}, scheme_of=SetOf("No", {}))})  # type: ignore[arg-type]
        )


def test_a_section_has_one_scheme_for_a_list() -> None:
    """Two would have the same prefix."""
    codes = {"1X1": "one"}
    fields = {name: SetOf("Which?", codes, scheme_of=Item.annex_i_entry) for name in ("own", "other")}

    with pytest.raises(DefinitionError, match=r"two facts with codes .* under off:"):
        section("off", "Off")(type("Off", (), fields))


# results ---------------------------------------------------------------------------------------------


def _rule(number: int, when: Condition, then: Outcome) -> Rule:
    return Rule(
        ACT[f"Art. {number}"], "An invented rule.", when=when, then=then, triggered_by=Trigger.ACT
    )


BOTH_LISTS = Ruleset(
    "both-lists",
    "Rules on both lists",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=Provisions(
        (
            _rule(1, Item.annex_i_entry.includes_any("*"), Outcome.AUTHORISATION),
            _rule(2, Far.entry.includes_any("1X1"), Outcome.PROHIBITION),
            _rule(3, ~Far.entry.includes_any("1X1", "1X2"), Outcome.NOTIFICATION),
        )
    ),
    covers=("export",),
    vocabulary=VOCABULARY,
)
"""Rules that ask about codes in both numberings."""
LISTS = (
    *("none", "[5A002]", "[far:none]", "[far:1X1]", "[5A002, far:none]", "[none, far:1X2]", "unknown"),
    *("{known: [5A002], open: [far:1X1]}", "{known: [far:1X2], open: [5A002]}"),
    *("{known: [], open: [far:1X1, far:1X2]}", "[wa:5.A.1.j, far:1X2]"),
)


def _completions(codes: tuple[str, ...], answer: Any) -> Iterator[frozenset[str]]:
    """The sets that an answer leaves possible; each scheme by itself, as if there were no other."""
    for size in range(len(codes) + 1):
        for found in map(frozenset, itertools.combinations(codes, size)):
            if not isinstance(answer, MemberSet) or answer.known <= found <= answer.known | answer.open:
                yield found


def _outcomes(case: Scenario) -> Iterator[Outcome]:
    """The outcome in each world, by the rules as they read."""
    common = _completions(("5A001.j", "5A002"), case.item.annex_i_entry)
    far = tuple(_completions(("1X1", "1X2"), case.section(Far).entry))
    for listed, own in itertools.product(common, far):
        if "1X1" in own:
            yield Outcome.PROHIBITION
        elif listed:
            yield Outcome.AUTHORISATION
        else:
            yield Outcome.NO_CONTROL if own else Outcome.NOTIFICATION


@pytest.mark.parametrize("written", LISTS)
def test_exact_ends_and_look_ahead_are_those_of_all_worlds(written: str) -> None:
    """A world has a set of codes for each scheme; a prefix changes nothing of that."""
    case = with_export(_read(written))
    outcomes = list(_outcomes(case))

    for exact in (True, False):
        span = assess(case, BOTH_LISTS, exact=exact).span
        assert span is not None
        assert (span.low, span.high) == (min(outcomes), max(outcomes))


def with_export(case: Scenario) -> Scenario:
    """The case as an export."""
    return case.with_facts(Transaction(kind="export"))


def test_the_result_says_how_a_code_was_read() -> None:
    """A code of another list that names an entry is read as that entry, and not in silence."""
    verdict = assess(with_export(_read("[wa:5.A.1.j, far:none]")), BOTH_LISTS)

    said = "wa:5.A.1.j was read as 5A001.j, which names the same according to the concordance."
    assert said in verdict.warnings


# tables ----------------------------------------------------------------------------------------------


def test_in_a_table_each_list_has_a_column_of_its_own() -> None:
    """A code of another list in the column of a list is refused; in its own column it is read."""
    export = {"transaction.kind": "export", "item.annex_i_entry": "none", "far.entry": "none"}
    rows = [export, {**export, "far.entry": "1X1"}]
    lows = assess_frame(pa.Table.from_pylist(rows), BOTH_LISTS)["both-lists.low"].to_pylist()

    for row, low in zip(rows, lows, strict=True):
        span = assess(scenario_of_row(row, VOCABULARY), BOTH_LISTS).span
        assert span is not None
        assert low == span.low.word
    with pytest.raises(UsageError, match="'far:1X1' is not a code"):
        assess_frame(pa.table({"item.annex_i_entry": ["far:1X1"]}), BOTH_LISTS)


# the concordance -------------------------------------------------------------------------------------


def test_each_row_of_the_concordance_is_of_codes_that_exist() -> None:
    """What is the same is an entry of the list that is held; the rest are the entries of the plugin."""
    fact = CATALOGUE.vocabulary.fact(Item.annex_i_entry.key)
    own = {row["code"] for row in CONCORDANCE.where(scheme="us", relation="none")}

    assert {row["relation"] for row in CONCORDANCE} == {"same", "none"}
    assert [fact.read(entry) for entry in EQUIVALENT_CODES.values()] == list(EQUIVALENT_CODES.values())
    assert own == set(Us.entry.labels())
    assert {"us:none", "us:5A980"} <= UNMATCHED_CODES


def test_the_schema_takes_such_lists() -> None:
    """An editor completes the codes of another list, and marks one that no list has."""
    check = jsonschema.Draft202012Validator(schema(VOCABULARY))
    lists = [*LISTS, "[far:9Z9]", "[fra:1X1]"]
    cases = [{"id": "a", "item": {"annex_i_entry": yaml.safe_load(written)}} for written in lists]

    assert [check.is_valid(case) for case in cases] == [*[True] * len(LISTS), False, False]
