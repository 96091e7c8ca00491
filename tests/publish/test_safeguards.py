"""Safeguards by whom they protect: counts that do not put record keeping beside a refusal."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.support.shipped import CATALOGUE

import regcompare as rc
from regcompare.comparison.numbers import ANSWERS
from regcompare.ruleset.rules import DutyKind, Protects
from regcompare_publish.safeguards import NOT_CHECKED, safeguards

ROOT = Path(__file__).parents[2]
TABLE = safeguards(list(CATALOGUE.usual()))


def test_every_kind_protects_somebody() -> None:
    """People affected, the public and applicants are named kind by kind; the rest serves the administration."""
    groups = {who: [str(kind) for kind in DutyKind if kind.protects is who] for who in Protects}

    assert groups[Protects.PEOPLE] == [
        *("due diligence", "human-rights assessment", "mandatory refusal", "criteria for decisions"),
        *("licence review and revocation", "remedy"),
    ]
    assert groups[Protects.PUBLIC] == ["publication"]
    assert groups[Protects.APPLICANTS] == ["review of refusals"]
    assert "record keeping" in groups[Protects.ADMINISTRATION]


def test_the_sentence_counts_each_group_alone() -> None:
    """It says whom the duties protect that bind."""
    before, now, asked = (law.words() for law in TABLE.laws)

    assert TABLE.sentence() == (
        "Of 6 kinds of safeguard that protect the people affected, binding duties cover none under "
        f"{before}, 1 under {now} and 3 under {asked}. "
        "Of 1 kind of safeguard that informs the public, binding duties cover 1 under "
        f"{before}, 1 under {now} and 1 under {asked}. "
        "Of 1 kind of safeguard that serves applicants, binding duties cover 1 under "
        f"{before}, 1 under {now} and 1 under {asked}. "
        "Of 10 kinds of safeguard that serve the administration of the control, binding duties cover "
        f"6 under {before}, 9 under {now} and 9 under {asked}."
    )
    assert str(before).endswith(" as of 2020-11-08")


def test_the_kinds_that_bind_are_counted_once() -> None:
    """Sentence, rows, bars and receipt have the same groups, which sum to the kinds."""
    grid, bars = TABLE.plot(), TABLE.plot("bars")
    squares = re.findall(r'data-answer="(\w+)" data-count="1"', grid.svg())

    assert Counter(squares) == sum((Counter(count.sizes) for count in TABLE.counts()), Counter())
    assert TABLE.group("people affected").counts()[2].range == (3, 3)
    for count in TABLE.counts():
        rows = Counter(row["answer"] for row in count.to_dicts())
        assert {answer: rows[answer] for answer in ANSWERS} == count.sizes
        assert f"{count.law.heading()}: {count.certain} certainly" in bars.alt
        assert eval(count.receipt().python, {"rc": rc}) == count.range


def test_what_nobody_checked_may_be_a_duty() -> None:
    """A kind of which the rules do not say whether the text has a duty is open, not free of one."""
    (count,) = rc.safeguards("eu-common-position").counts()
    kinds = {str(kind): cells[0].empty for kind, cells in rc.safeguards("eu-common-position").rows}

    assert {kind for kind, empty in kinds.items() if empty == NOT_CHECKED} <= set(count.groups["open"])
    assert f"{count.certain} certainly and at most {count.at_most}" in count.sentence()


def test_groups_make_up_the_table() -> None:
    """Each kind is in one table, people affected first, and the record says whom it protects."""
    tables = TABLE.tables()

    assert [len(table.rows) for table in tables] == [6, 1, 1, 10]
    assert all(table in TABLE.document().blocks for table in tables)
    assert {item.kind: (item.kind.protects, item.kind.why) for item in TABLE.cells} == {
        str(kind): (str(kind.protects), kind.why) for kind in DutyKind
    }


def test_what_protects_nobody_affected_is_counted_elsewhere() -> None:
    """A review of refusals, a bar for national security, and a refusal that follows another state's."""
    cells = {kind: list(map(str, row)) for kind, row in TABLE.rows}

    assert cells[DutyKind.DENIAL_REVIEW][:2] == [
        "authority must: Art. 13(2)",
        "authority must: Art. 16(2)",
    ]
    assert cells[DutyKind.REVIEW] == ["authority may: Art. 13(1)", *["authority may: Art. 16(1)"] * 2]
    assert "Section H, Part 3, point 6" in cells[DutyKind.VALIDITY][1]
    assert "A11" not in cells[DutyKind.REFUSAL][2] + cells[DutyKind.CRITERIA][2]
    assert cells[DutyKind.CONSULTATION][2].count("A11") == 2


def test_an_objection_obliges_to_refuse_and_protects_nobody() -> None:
    """Both acts oblige to refuse where another state objects; it is shown with what triggers it, not counted."""
    cells = dict(TABLE.rows)[DutyKind.REFUSAL]

    assert [str(cell) for cell in cells[:2]] == [
        f"authority must, on the objection of another Member State: Art. {article}"
        for article in ("11(1)", "14(1)")
    ]
    assert [item.binds for cell in cells[:2] for item in cell.held] == [False, False]


def test_a_compliance_programme_includes_due_diligence() -> None:
    """Users of global authorisations and of EU007 must have one; Art. 5(2) only presupposes diligence."""
    before, after, _ = dict(TABLE.rows)[DutyKind.DUE_DILIGENCE]

    assert [item.strength for item in after.held] == ["presupposed", "must", "must"]
    assert [item.strength for item in before.held] == ["presupposed"]


def test_what_is_inferred_or_asked_of_others_is_no_safeguard_of_the_text() -> None:
    """Classification follows from Art. 3(1); the authority may ask for a statement; Parliament is not the public."""
    cells = {kind: [str(cell) for cell in row[:2]] for kind, row in TABLE.rows}

    assert cells[DutyKind.CLASSIFICATION] == ["exporter presupposed: Art. 3(1)"] * 2
    assert cells[DutyKind.END_USE_STATEMENT][0] == "authority may: Art. 9(2)"
    assert cells[DutyKind.PUBLICATION] == [
        "Commission must: Art. 8(4)",
        "Commission must: Art. 9(4)\nCommission must: Art. 26(2)",
    ]
