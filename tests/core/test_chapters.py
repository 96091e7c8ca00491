"""Chapters: what a ruleset holds is what they declare, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from regcompare import DefinitionError, Outcome, Ruleset
from regcompare.authoring import Addressee, Chapter, Instrument, Item, Trigger
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Rule

ACT = Instrument("Act", "An invented act", "nowhere")


def declare(chapter: Chapter, article: str) -> Rule:
    """An invented rule of the chapter."""
    return chapter.rule(
        ACT[article],
        "An invented rule.",
        when=Item.covert,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )


def ruleset(*chapters: Chapter) -> Ruleset:
    """An invented ruleset of these chapters."""
    return Ruleset(
        "act",
        "An act",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=chapters,
        covers=("export",),
    )


def test_a_ruleset_holds_what_its_chapters_declare() -> None:
    """Each kind stands in the order of the chapters, and of the declarations within them."""
    first, second = Chapter(), Chapter()
    late, early = declare(second, "Art. 3"), declare(first, "Art. 1")
    also = declare(first, "Art. 2")
    omission = second.left_out(ACT["Art. 4"], "A fee.", "It changes nothing.")

    held = ruleset(first, second).provisions

    assert held == Provisions(rules=(early, also, late), not_encoded=(omission,))


def test_a_rule_that_is_used_elsewhere_stays_where_it_was_declared() -> None:
    """Another chapter may use the condition of a rule, which does not become its own."""
    definitions, duties = Chapter(), Chapter()
    rule = declare(definitions, "Art. 1")
    duties.left_out(ACT["Art. 2"], "What follows from Article 1.", "Process.")

    assert rule.when is not None
    assert ruleset(duties).rules == ()


def test_provisions_made_elsewhere_are_added_once() -> None:
    """What is made for each row of a table is added, and one that two chapters add is held once."""
    power = Discretion(ACT["Art. 7"], "Was it used?", who=Addressee.AUTHORITY)
    first, second = Chapter(), Chapter()
    first.add(power)
    second.add(power)

    assert ruleset(first, second).provisions.discretions == (power,)


def test_nothing_is_declared_after_the_ruleset_is_made() -> None:
    """The ruleset would lack it, so it is refused and the cure is told."""
    chapter = Chapter()
    declare(chapter, "Art. 1")
    ruleset(chapter)

    with pytest.raises(DefinitionError, match=r"Act Art\. 2: a ruleset was made .* amend the ruleset"):
        declare(chapter, "Art. 2")
