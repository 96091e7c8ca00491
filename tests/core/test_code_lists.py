"""Which codes exist: what no entry has is refused, what nobody read is open, what says less is open."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.offenders import of_each

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    CORE,
    LAW_DATE,
    DatedTable,
    EvidenceLevel,
    Instrument,
    Item,
    Period,
    Trigger,
)
from regcompare.errors import DefinitionError, FileError, UsageError
from regcompare.facts import AnswerError, MemberSet
from regcompare.law import Citation
from regcompare.logic.code_cells import code_cells
from regcompare.logic.code_lists import CodeList
from regcompare.logic.codes import code_matches
from regcompare.logic.conditions import evaluate, questions
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.scenario.files import read_text
from regcompare.vocabulary.dated import Row

LIST = CodeList(
    Item.annex_i_entry.key,
    "Annex I",
    {
        "4D004": (),
        "5A001": ("a", "b", "b.1", "b.2", "f", "f.1", "f.2", "f.10", "j"),
        "5D001": ("a", "c", "c.1", "c.2", "e*"),
        "5D002": ("*",),
    },
    ["4D004@2014"],
)
"""A small list; of two of its entries not every point is held."""
FACT = Item.annex_i_entry.among(LIST)
VOCABULARY = CORE.with_sections(code_lists=(LIST,))

EXISTING = ["4D004", "4D004@2014", "5A001", "5A001.f.10", "5D001.c/5A001.f", "5D001.e.7", "5D002.x.y"]
OUTSIDE = ["6A003.b.4", "5D001.c/6A003", "9E003@2021"]
MISSING = [
    ("5A001.z", "5A001.j", "a point of 5A001: a, b, f or j."),
    ("5A001.f.3", "5A001.f.2", "a point of 5A001.f: 1, 2 or 10."),
    ("4D004.a", "4D004", "4D004, which has no points."),
    ("5A001.j.1", "5A001.j", "5A001.j, which has no points."),
    ("4D004@2013", "4D004@2014", "4D004@2014; or 4D004, which every wording takes."),
    ("5A001.f@2014", "5A001.f", "5A001.f, without a year."),
    ("5D001.c/5A001.k", "5D001.c/5A001.j", "a point of 5A001: a, b, f or j."),
    ("5D001.x/5A001.j", "5D001.e/5A001.j", "a point of 5D001: a, c or e."),
]


@pytest.mark.parametrize("code", [*EXISTING, *OUTSIDE])
def test_what_exists_or_may_is_read(code):
    """A code that is held, one below a point that is not read, and one of another entry are taken."""
    assert FACT.read(code) == code
    assert re.fullmatch(LIST.expression, code)


@pytest.mark.parametrize(("code", "meant", "expected"), MISSING)
def test_what_no_entry_has_is_refused_with_the_nearest(code, meant, expected):
    """Inside an entry that is held, a point or a wording that it lacks is a mistake."""
    with pytest.raises(AnswerError) as caught:
        FACT.read(code)

    assert caught.value.code == "RC216"
    assert caught.value.suggestion == meant
    assert caught.value.expected == expected


def test_the_schema_knows_the_codes():
    """An editor takes the codes that exist, and those of entries that are not held; no others."""
    pattern = FACT.member_schema()["pattern"]

    assert all(re.search(pattern, code) for code in [*EXISTING, *OUTSIDE])
    assert [code for code, _, _ in MISSING if re.search(pattern, code)] == ["5A001.f@2014"]  # The year.


def test_a_file_with_a_code_that_does_not_exist_is_refused_at_its_place():
    """The message says which list, what the entry has, and what was probably meant."""
    with pytest.raises(FileError) as caught:
        read_text(
            "id: a\nitem: {annex_i_entry: [4D004, 5A001.f.3]}\n", vocabulary=VOCABULARY, name="case"
        )

    assert str(caught.value) == (
        "case:2:31: RC216 Annex I has no '5A001.f.3'. Expected a point of 5A001.f: 1, 2 or 10. "
        "Did you mean '5A001.f.2'?"
    )


def test_python_is_refused_it_as_well(ruleset):
    """A scenario made in Python cannot state what a file cannot."""
    scenario = Scenario(id="a", item=Item(annex_i_entry=["5A001.z"]))

    with pytest.raises(UsageError, match=r"annex_i_entry of a: Annex I has no '5A001.z'"):
        assess(scenario, ruleset)


# what falls under a pattern ------------------------------------------------------------------------


@of_each(
    ("code", "pattern", "falls"),
    [
        ("5A001.f", "5A001.f", True),
        ("5A001.f", "5A001.f.1", None),
        ("5A001.f", "5A001.b", False),
        ("5A001.f", "*!5A001.f.1", None),
        ("5A001.f", "*!5A001.f", False),
        ("5D001.c/5A001", "/5A001.f", None),
        ("5D001.c/5A001", "/5A001", True),
        ("5D001.e", "5D001.e", True),
        ("5D001.e", "5D001.e.3", None),
        ("5D001.e", "5D001.e!5D001.e.3", None),
        ("5D001.e", "5D001.e.3!5D001.e", False),
        ("5D001", "5D001.e.3", None),
        ("5D001.c/5D002", "/5D002.b", None),
        ("5D001.c/5D002", "5D001.e.3/5D002.b", False),
        ("6A003", "*", None),
        ("6A003", "?A", None),
        ("6A003", "?D", False),
        ("6A003", "6A003", True),
        ("6A003", "6A003.b.4", None),
        ("6A003.b.4", "6A003.b.4", True),
        ("5D001.c/6A003", "/6A003.b", None),
        ("4D004", "4D004@2014", False),
    ],
)
def test_what_is_not_known_of_a_code_is_open(code, pattern, falls):
    """A bare parent is one of its points; of an entry that is not held nothing general is known."""
    assert FACT.truth(MemberSet([code]), pattern) is falls
    assert FACT.truth(MemberSet([], [code]), pattern) is (None if falls is not False else False)


def test_without_a_list_a_code_is_what_it_says():
    """A vocabulary whose plugins hold no list takes every code, and reads it as written."""
    assert Item.annex_i_entry.truth(MemberSet(["5A001.f"]), "5A001.f.1") is False
    assert Item.annex_i_entry.read("5A001.z") == "5A001.z"


PATTERNS = st.lists(
    st.sampled_from(
        ["*", "?D", "5A001", "5A001.f", "5A001.f.2", "/5A001.f", "4D004@2014", "5D001.c", "6A"]
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map("!".join)
HELD = st.sampled_from([one for code in sorted(LIST.codes) for one in LIST.stands_for(code)])
MEMBERS = HELD | st.builds("{}/{}".format, st.sampled_from(["5D001.a", "5D001.c.2"]), HELD)


@given(st.lists(PATTERNS, min_size=1, max_size=5), MEMBERS)
def test_every_code_that_exists_has_a_cell_and_every_cell_a_code_that_does(patterns, code):
    """What the solver tries, and shows as an example, is a code that exists."""
    cells = {cell.matches: cell.code for cell in code_cells(patterns, LIST)}

    assert frozenset(item for item in patterns if code_matches(code, item)) in cells
    assert [cell for cell in cells.values() if LIST.flaw(cell)] == []


@pytest.mark.parametrize(
    ("entries", "wordings", "told"),
    [
        ({"5A001": ["f.1"]}, [], "without '5A001.f'"),
        ({"5A001": ["f"]}, ["5A001.j@2014"], "no code in it"),
    ],
)
def test_a_list_that_hangs_in_the_air_is_refused(entries, wordings, told):
    """A point needs the one above it, and a wording its code."""
    with pytest.raises(DefinitionError, match=told):
        CodeList("item.annex_i_entry", "Annex I", entries, wordings)


def test_two_lists_of_one_fact_are_read_together():
    """Another plugin may hold further entries, or points of the same."""
    other = CodeList(LIST.fact, "Annex I", {"5A001": ["a", "z"], "6A003": ["b"]})

    fact = CORE.with_sections(code_lists=(LIST, other)).fact(LIST.fact)

    assert [fact.read(code) for code in ("5A001.z", "6A003.b", "5A001.f.10")]
    with pytest.raises(AnswerError):
        fact.read("6A003.c")


# what is listed on a day ---------------------------------------------------------------------------

DAYS = [dt.date(year, 1, 1) for year in (2009, 2013, 2015)]
STARTS_LATE, LATEST = dt.date(2012, 1, 1), dt.date(2014, 1, 1)
STARTS = st.sampled_from([None, STARTS_LATE, LATEST])
ROWS = st.dictionaries(
    st.sampled_from(["5A001.f", "5A001.f.1", "5A001.f.2", "5A001.j", "/5A001.f", "5D001.c.1"]), STARTS
)
CITE = Citation(Instrument("An Act", "An invented act", "nowhere"), "Annex")


def _listed(rows, code, day):
    table = DatedTable(
        "a list",
        tuple(
            Row("list.csv", line, {"pattern": pattern}, Period(start), "an act", EvidenceLevel.TEXT)
            for line, (pattern, start) in enumerate({**rows, "*": None}.items(), 2)
        ),
        dt.date(2030, 1, 1),
    )
    condition = table.lists(Item.annex_i_entry, LAW_DATE)
    keys = [key for key in questions([condition]) if key != LAW_DATE.key]
    value = MemberSet([code])
    answers = {key: FACT.truth(value, key.partition(":")[2]) for key in keys}
    return evaluate(condition, {**answers, LAW_DATE.key: day}).truth


@given(
    ROWS,
    st.sampled_from(["5A001", "5A001.b", "5A001.f", "5D001.c", "5D001.c/5A001", "5D001.c.2/5A001.f"]),
    st.sampled_from(DAYS),
)
@example({"5A001.f": None, "5A001.f.2": STARTS_LATE, "5A001.j": LATEST}, "5A001.f", DAYS[1])
def test_a_bare_parent_is_listed_where_all_its_points_are(rows, code, day):
    """On each day it is listed if every point is, unlisted if none is, and open between.

    One with a row of its own may stay open on days on which a point's later row is in force too.
    """
    points = {_listed(rows, point, day) for point in LIST.stands_for(code)}
    expected = points.pop() if len(points) == 1 else None
    has_later_points = any(
        item.startswith(f"{code}.") and start != rows[code]
        for item, start in rows.items()
        if code in rows
    )

    found = _listed(rows, code, day)

    assert found is expected or (found is None and has_later_points)


@pytest.mark.parametrize("day", DAYS)
def test_whether_an_entry_that_is_not_held_is_listed_stays_open(day):
    """The row for any other code lists those that exist, since ever; of others it does not know."""
    assert _listed({}, "6A003", day) is None
    assert _listed({}, "5A001.j", day) is True


@pytest.fixture
def ruleset():
    """A ruleset that asks for any code."""
    rule = Rule(
        CITE,
        "A listed item needs a licence.",
        when=Item.annex_i_entry.includes_any("*"),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.CLASSIFICATION,
        checked=EvidenceLevel.TEXT,
    )
    return Ruleset(
        "toy",
        "Toy",
        status="proposal",
        instruments=(CITE.instrument,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(rules=(rule,)),
        covers=("export",),
        vocabulary=VOCABULARY,
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("6A003", ["6A003: this entry of Annex I is not recorded; whether it is listed is open."]),
        ("5A001", []),
    ],
)
def test_a_verdict_warns_of_an_entry_that_is_not_held(ruleset, code, told):
    """The warning names the code and the list."""
    verdict = assess(Scenario(id="a", item=Item(annex_i_entry=[code])), ruleset)

    assert [warning for warning in verdict.warnings if "Annex I" in warning] == told


def test_the_codes_below_which_points_may_be_unread_are_known() -> None:
    """The entry or point that says so; in the others every point is held."""
    assert LIST.unread == {"5D001.e", "5D002"}
