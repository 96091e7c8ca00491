"""Amendments: versions of a provision in one place, each in the text until the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from regcompare import DefinitionError, Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    Addressee,
    Chapter,
    Destination,
    DutyKind,
    EvidenceLevel,
    Instrument,
    Item,
    Period,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare.ruleset.rules import Rule
from regcompare.scenario.expectation import Expectation
from regcompare_testing.expectations import check

ACT = Instrument("Act", "An invented act", "nowhere, 2000", checked=EvidenceLevel.TEXT)
LATER = Instrument("Later Act", "An act that amends", "nowhere, 2010")
FIRST, SECOND = dt.date(2010, 1, 1), dt.date(2015, 7, 18)
TOLD: dict[str, Any] = {"then": Outcome.AUTHORISATION, "triggered_by": Trigger.ACT}


def rule(chapter: Chapter, article: str, when: Any, **fields: Any) -> Rule:
    """An invented rule of the chapter."""
    return chapter.rule(ACT[article], "An invented rule.", when=when, **{**TOLD, **fields})


def act(*chapters: Chapter, **fields: Any) -> Ruleset:
    """An invented act of these chapters."""
    named: dict[str, Any] = {
        "status": "law",
        "instruments": (ACT,),
        "reference_date": "scenario",
        "covers": ("export",),
        "provisions": chapters,
        **fields,
    }
    return Ruleset("act", "An act", **named)


def holding(ruleset: Ruleset, day: str, **item: Any) -> list[str]:
    """The rules that hold on a day for an exported item."""
    case = Scenario(
        id="a-case",
        date=dt.date.fromisoformat(day),
        item=Item(**item),
        transaction=Transaction(kind="export"),
    )
    return [finding.rule.id for finding in assess(case, ruleset).findings if finding.holds]


def test_each_version_runs_until_the_next() -> None:
    """Whatever days are given, no day is without a version and none has two."""
    chapter = Chapter()
    art_2 = rule(chapter, "Art. 2", Item.covert)
    second = chapter.amend(art_2, since=FIRST, by=LATER["Art. 1"], when=Item.covert & Item.dual_use)
    third = chapter.amend(second, since=SECOND, when=Item.covert, sentence="As it was.")

    assert [item.id for item in chapter] == ["art-2", "art-2-2010", "art-2-2015"]  # type: ignore[union-attr]
    assert [item.period for item in (art_2, second, third)] == [
        Period(None, FIRST),
        Period(FIRST, SECOND),
        Period(SECOND),
    ]
    assert (second.sentence, third.sentence) == ("An invented rule.", "As it was.")
    assert second.cite.history == "as amended by Later Act Art. 1"
    law = act(chapter)
    for day, found in (
        ("2009-12-31", ["art-2"]),
        ("2010-01-01", []),
        ("2015-07-17", []),
        ("2015-07-18", ["art-2-2015"]),
    ):
        assert holding(law, day, covert=True, dual_use=False) == found


def test_what_overrides_a_rule_overrides_what_it_becomes() -> None:
    """Whether the exception was declared before the amendment, or after it in another chapter."""
    chapter, exceptions = Chapter(), Chapter()
    art_2 = rule(chapter, "Art. 2", Item.covert)
    free = {"then": Outcome.NO_CONTROL, "overrides": art_2}
    art_3 = rule(chapter, "Art. 3", Item.auditable, **free)
    later = chapter.amend(art_2, since=FIRST, sentence="Another sentence.", when=Item.dual_use)
    art_4 = rule(exceptions, "Art. 4", Item.limitable, **free)

    assert art_3.overrides == art_4.overrides == (art_2, later)
    act(chapter, exceptions)


def test_an_exception_declared_before_an_amendment_elsewhere_is_told() -> None:
    """It would not override the new version."""
    chapter, exceptions = Chapter(), Chapter()
    art_2 = rule(chapter, "Art. 2", Item.covert)
    rule(exceptions, "Art. 4", Item.limitable, then=Outcome.NO_CONTROL, overrides=art_2)
    chapter.amend(art_2, since=FIRST, when=Item.dual_use)

    with pytest.raises(DefinitionError, match=r"art-2-2010; declare the amendment before art-4\."):
        act(chapter, exceptions)


def test_a_duty_and_a_term_are_amended_too() -> None:
    """A term is one condition over both times, under its latest citation."""
    chapter = Chapter()
    records = chapter.duty(
        ACT["Art. 7"],
        "Exporters must keep records for five years.",
        kind=DutyKind.RECORDS,
        addressee=Addressee.EXPORTER,
        strength=Strength.MUST,
    )
    longer = chapter.amend(records, since=FIRST, sentence="Exporters must keep records for ten years.")
    device = Term("device", ACT["Art. 1"], Item.covert)
    device = chapter.amend(device, since=FIRST, by=LATER["Art. 2"], condition=Item.dual_use)
    rule(chapter, "Art. 2", device)
    law = act(chapter)

    assert (records.period, longer.period) == (Period(None, FIRST), Period(FIRST))
    assert holding(law, "2009-12-31", covert=True, dual_use=False) == ["art-2"]
    assert holding(law, "2010-01-01", covert=True, dual_use=False) == []
    assert law.term("device").cite.history == "as amended by Later Act Art. 2"  # type: ignore[attr-defined]


def test_a_version_has_its_own_evidence_and_cases() -> None:
    """That the text of before was read, or has a case, says nothing of the text of now."""
    chapter = Chapter()
    art_2 = rule(chapter, "Art. 2", Item.covert, fires="a-case", checked=EvidenceLevel.TEXT)

    with pytest.raises(DefinitionError, match="say by checked= how this one is known"):
        chapter.amend(art_2, since=FIRST, when=Item.dual_use)
    later = chapter.amend(art_2, since=FIRST, when=Item.dual_use, checked=EvidenceLevel.OFFICIAL)
    assert (later.fires, later.checked and later.checked.level) == ("", EvidenceLevel.OFFICIAL)


def refused(make: Any) -> str:
    """What is said of a chapter with a rule of 2000 to 2020, amended in 2010, and of what is made of it."""
    chapter = Chapter()
    art_2 = rule(chapter, "Art. 2", Item.covert, period=Period(dt.date(2000, 1, 1), dt.date(2020, 1, 1)))
    later = chapter.amend(art_2, since=FIRST, when=Item.dual_use)
    with pytest.raises(DefinitionError) as error:
        make(chapter, art_2, later)
    return str(error.value)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda chapter, old, new: chapter.amend(old, since=SECOND), "amend that version, art-2-2010."),
        (lambda chapter, old, new: chapter.amend(new, since=FIRST), "not after the first day"),
        (lambda chapter, old, new: chapter.amend(new, since=dt.date(2020, 1, 1)), "2010-01-01 to 2019"),
        (lambda chapter, old, new: Chapter().amend(new, since=SECOND), "the chapter that declares it"),
        (lambda chapter, old, new: chapter.amend(new, since="2015-07-18"), "takes a day such as"),
        (lambda chapter, old, new: chapter.amend(new, since=SECOND, sentense="A."), "mean 'sentence'"),
        (lambda chapter, old, new: chapter.amend("art-2", since=SECOND), "found 'art-2'"),
        (lambda chapter, old, new: chapter.amend(new, since=dt.date(2010, 7, 1)) and act(chapter),
         "'art-2-2010' names two provisions"),
    ],
)  # fmt: skip
def test_an_amendment_that_cannot_be_is_told(make: Any, told: str) -> None:
    """With what was found, and what to write."""
    assert told in refused(make)


def test_a_term_is_amended_before_it_is_used() -> None:
    """A rule above the amendment would keep the old text."""
    chapter = Chapter()
    device = Term("device", ACT["Art. 1"], Item.covert)
    rule(chapter, "Art. 2", device & Destination.substantial_rights_risk)

    with pytest.raises(DefinitionError, match="art-2 uses “device” already; amend the term above it"):
        chapter.amend(device, since=FIRST, condition=Item.dual_use)


def test_nothing_changes_where_an_amendment_is_refused() -> None:
    """The old version stays as it was."""
    chapter = Chapter()
    art_2 = rule(chapter, "Art. 2", Item.covert)
    act(chapter)

    with pytest.raises(DefinitionError, match="a ruleset was made of this chapter before"):
        chapter.amend(art_2, since=FIRST, when=Item.dual_use)
    assert art_2.period is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"when": Item.covert, "then": Outcome.AUTHORISATION}, "triggered_by= missing; give it"),
        ({"when": Item.covert, "thn": Outcome.AUTHORISATION, **TOLD}, "no thn=. Did you mean 'then'"),
    ],
)
def test_a_declaration_says_what_it_lacks(given: dict[str, Any], told: str) -> None:
    """In the words of the author's line, not in those of a constructor."""
    with pytest.raises(DefinitionError, match=r"^chapter\.rule\(Act Art\. 2\): ") as error:
        Chapter().rule(ACT["Art. 2"], "An invented rule.", **given)
    assert told in str(error.value)


def test_two_provisions_with_one_id_are_told_with_both_places() -> None:
    """File and line of each, and what to do."""
    chapter = Chapter()
    rule(chapter, "Art. 2", Item.covert)
    rule(chapter, "Art. 2", Item.dual_use)

    with pytest.raises(
        DefinitionError, match=r"Art\. 2 \(test_law_changes\.py:\d+\) and Act Art\. 2 \("
    ):
        act(chapter)


# cases of other days --------------------------------------------------------------------------------


def problem(day: str, reference_date: Any, rules: tuple[str, ...], **expected: Any) -> str:
    """What is said of a case of a day whose expectation under an amended act is not met."""
    chapter = Chapter()
    art_2 = rule(chapter, "Art. 2", Item.covert)
    chapter.amend(art_2, since=FIRST, when=Item.covert & Item.dual_use)
    low = Outcome.AUTHORISATION
    wanted = Expectation(ruleset="act", low=low, high=low, rules=rules, **expected)
    case = Scenario(
        id="a-case",
        date=dt.date.fromisoformat(day),
        item=Item(covert=True, dual_use=False),
        transaction=Transaction(kind="export"),
        expect=(wanted,),
    )
    law = act(chapter, reference_date=reference_date, period=Period(dt.date(2000, 1, 1)))
    (found,) = check(case, {"act": law})
    return found.problem or ""


def test_a_case_of_before_says_which_text_is_applied() -> None:
    """With the days, what decides them, and the cure; whether it names the rule or only the outcome."""
    told = (
        "is in the text from the beginning to 2009-12-31; the law applied is that of 2015-07-18 "
        "(reference_date). On that day the text has art-2-2010. Name the day in the case, as_of: "
        "2009-12-31, or let the ruleset apply the law of each case's own day, reference_date='scenario'."
    )

    assert f"Expected rule art-2 to hold, but it {told}" in problem("2009-06-01", SECOND, ("art-2",))
    assert f"Rule art-2 {told}" in problem("2009-06-01", SECOND, ())


def test_a_case_may_name_the_day_of_its_law() -> None:
    """In the expectation, or by its own date where the ruleset takes that."""
    assert not problem("2009-06-01", SECOND, ("art-2",), as_of=dt.date(2009, 6, 1))
    assert not problem("2009-06-01", "scenario", ("art-2",))
    found = problem("2010-06-01", "scenario", ("art-2",))
    assert "the law applied is that of 2010-06-01 (the date of the case)" in found
    assert "Correct the date of the case, or what it expects." in found


def test_a_case_before_the_act_says_so() -> None:
    """The rule exists; the act does not apply yet."""
    found = problem("1999-06-01", "scenario", ("art-2",))

    assert "act is not in force on 1999-06-01 (the date of the case); it is in force from 2000" in found
