"""A screened register in groups: every row is in one, and counts, decisions and sums are those of its rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import fewer

import regcompare as rc
from regcompare.errors import UsageError

LAWS = ["eu-428-2009", "eu-2021-821@2021-09-09"]
COLUMNS = {
    "day": "scenario.date", "entry": "item.annex_i_entry", "to": "destination.country",
    "done": "licence.status",
}  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["2008-05-01", "2013-02-04", "2015-03-05", "2016-01-01"]),
        "entry": st.sampled_from(["5A001.j", "5A001", "5A002.a", "none", "1C350"]),
        "to": st.sampled_from(["CN", "US", "FR"]),
        "done": st.sampled_from(["granted", "refused", ""]),
        "pounds": st.sampled_from(["10", "2,500", "", "n.k."]),
    }
)


def screened(rows: list[dict[str, str]], **options: Any) -> Any:
    """The rows under two laws, exported from Germany."""
    presumed = {"exporter.country": "DE", "transaction.kind": "export"}
    return rc.screen(rows, LAWS, columns=COLUMNS, presumed=presumed, presume="ordinary", **options)


@fewer(4)
@given(
    st.lists(ROW, min_size=1, max_size=12),
    st.sampled_from(["year", "surveillance", "item.annex_i_entry"]),
)
def test_groups_are_all_rows_and_count_as_they_do(rows: list[dict[str, str]], by: str) -> None:
    """Their counts add up to those of the whole, law by law, and decisions to those of the column."""
    whole = screened(rows)
    groups = whole.by(by, value="pounds")

    assert sum(group.rows for group in groups) == len(whole)
    for law, pair in enumerate(whole.counts()):
        for place, count in enumerate(pair):
            found = [group.counts[law][place] for group in groups]
            assert sum(item.certain for item in found) == count.certain
            assert sum(item.at_most for item in found) == count.at_most
            assert sum((Counter(item.outside) for item in found), Counter()) == Counter(count.outside)
    done = Counter(row["done"] for row in rows)
    assert sum(group.decisions.get("refused", 0) for group in groups) == done["refused"]
    amounts = {"10": 10, "2,500": 2500}
    assert sum(group.values.get("", 0) for group in groups) == sum(
        amounts.get(row["pounds"], 0) for row in rows
    )
    assert groups.unread.get("n.k.", 0) == sum(row["pounds"] == "n.k." for row in rows)


def test_an_entry_that_is_cut_may_be_one_for_surveillance() -> None:
    """The Commission's list names points; an entry above one of them may be it."""
    rows = [
        {"day": "2013-02-04", "entry": entry, "to": "CN", "done": ""}
        for entry in ("5A001.j", "5A001", "1C350")
    ]

    assert [group.of["surveillance"] for group in screened(rows).by("surveillance")] == [
        "no",
        "perhaps",
        "yes",
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("none", ""), ("unknown", ""), ("", ""), ("?5A001.j", "perhaps"), ("?5A001.j; 1C350", "perhaps"),
        ("?5A001.j; 5A001.f.1", "yes"), ("?1C350", "no"),
    ],
)  # fmt: skip
def test_a_row_that_names_no_entry_is_in_a_group_of_its_own(entry: str, told: str) -> None:
    """It may be for surveillance under no entry at all; an entry that is open is perhaps one."""
    rows = [{"day": "2013-02-04", "entry": entry, "to": "CN", "done": ""}]

    assert [group.of["surveillance"] for group in screened(rows).by("surveillance")] == [told]


def test_a_group_is_a_row_a_law_with_a_picture() -> None:
    """Keys, decisions and both ends; a bar for each group under each law."""
    made = screened([{"day": "2013-02-04", "entry": "5A001.j", "to": "CN", "done": "refused"}]).by(
        "year"
    )

    assert made.to_dicts()[0] == {
        "year": "2013", "rows": 1, "granted": 0, "refused": 1, "revoked": 0, "law": "eu-428-2009",
        "as_of": None, "licence_certain": 1, "licence_at_most": 1, "refusal_certain": 0,
        "refusal_at_most": 0, "outside": 0,
    }  # fmt: skip
    assert made.plot().svg().count('data-count="1"') == 4


@pytest.mark.parametrize("name", ["destination", "pound"])
def test_a_wrong_name_is_told_with_the_nearest(name: str) -> None:
    """A column of the register, a fact or a group that is made."""
    with pytest.raises(UsageError, match=r"is no column of the screened rows. Did you mean"):
        screened([{"day": "2013-02-04", "entry": "none", "to": "CN", "done": "", "pounds": "1"}]).by(
            name
        )
