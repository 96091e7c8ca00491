"""What a ruleset adds under its own name is read back with the law, and in the list of facts."""

from __future__ import annotations

from typing import Any

from regcompare import Ruleset
from regcompare.authoring import (
    CORE,
    Gloss,
    Instrument,
    Item,
    OwnAnswers,
    OwnWord,
    Transaction,
    YesNo,
    section,
)
from regcompare.ruleset.rules import Discretion
from regcompare_publish.fact_list import facts_data, facts_text
from regcompare_publish.law_text import law_text

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
MAYOR = OwnWord("toy:mayor", "Mayor of Toytown")
BARTER = OwnWord("toy:barter", "barter of toys")


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?", states="the toy is small")


def _ruleset(**named: Any) -> Ruleset:
    given = {"covers": ("export",), "scope": Item.covert, "provisions": (), **named}
    return Ruleset(
        "toys", "Toy rules", status="proposal", instruments=(ACT,), reference_date="scenario", **given
    )


GLOSSED = _ruleset(glosses=(Gloss(Item.covert, ACT["2"], "Hidden from whom it plays with."),))


def test_a_gloss_stands_with_the_question_that_a_ruleset_asks() -> None:
    """``facts -r`` lists what a ruleset asks about, each question with what its text adds."""
    (fact,) = facts_data(CORE, [GLOSSED])
    text = facts_text(CORE, rulesets=[GLOSSED])

    assert fact["fact"] == "item.covert"
    assert fact["glosses"] == ["Toy Act 2: Hidden from whom it plays with."]
    assert "Toy Act 2: Hidden from whom it plays with." in text
    assert "Is it made or marketed" not in text


def test_a_gloss_is_read_back_with_the_law() -> None:
    """``show`` gives the question, its name, the place and what it adds."""
    shown = law_text(GLOSSED, form="markdown")

    assert "(`item.covert`) Toy Act 2: Hidden from whom it plays with." in shown


def test_own_words_read_as_their_labels() -> None:
    """An institution and a kind of transaction of a plugin are read back in its words."""
    power = Discretion(ACT["9"], "Has the mayor banned the toy?", who=MAYOR)
    answers = (OwnAnswers((Transaction.kind,), (BARTER,)),)
    vocabulary = CORE.with_sections(Toy, own_answers=answers)
    text = law_text(_ruleset(vocabulary=vocabulary, covers=("export", BARTER), provisions=(power,)))

    assert "Mayor of Toytown: Has the mayor banned the toy?" in text
    assert "The kind of transaction is export or barter of toys" in text
