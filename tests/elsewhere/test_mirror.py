"""The mirror: the same use at home and the export, counted for certain and at most."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.offenders import of_each
from tests.support.shipped import CASES, CATALOGUE

from regcompare import Comparison, DefinitionError, Outcome, Ruleset, Scenario, cases, compare
from regcompare.authoring import Chapter, Instrument, Item, Trigger
from regcompare.cli import main
from regcompare.views.gates import USES, Gate, gate_of
from regcompare.views.sentences import verdict_sentence
from regcompare_elsewhere.mirror import Mirror

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
FREE, LICENCE, BAN = Outcome.NO_CONTROL, Outcome.AUTHORISATION, Outcome.PROHIBITION


def toy(name: str, asks: str, then: Outcome, others: Outcome | None = None) -> Ruleset:
    """A ruleset that gives an outcome for covert items, and none, or another article's, for others."""
    chapter = Chapter()
    chapter.rule(ACT["Art. 1"], "It is ruled.", when=Item.covert, then=then, triggered_by=Trigger.ACT)
    if others:
        rest = ~Item.covert
        chapter.rule(ACT["Art. 2"], "So are others.", when=rest, then=others, triggered_by=Trigger.ACT)
    return Ruleset(
        name,
        name.title(),
        status="law",
        asks=asks,  # type: ignore[arg-type]
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=(chapter,),
        covers=("export",),
    )


def case(name: str, covert: str, sale: str = "") -> Scenario:
    """An export of an item that is covert, is not, or may be."""
    text = {
        "id": name,
        "sale": sale or name,
        "item": {"covert": covert},
        "transaction": {"kind": "export"},
    }
    (made,) = cases(text)
    return made


def mirror(here: Outcome, there: Outcome, *given: Scenario) -> Comparison:
    """Cases under a law on use and a regime for exports."""
    return compare(list(given), [toy("home", "use", here), toy("abroad", "export", there)])


def counted(comparison: Comparison) -> list[tuple[int, int]]:
    """Both ends: forbidden at home alone, free abroad besides, and the reverse."""
    (counts,) = Mirror(comparison).counts()
    return [count.range for count in counts]


def test_a_ban_at_home_with_a_free_export_is_a_double_standard() -> None:
    """It counts for certain where the facts are known, and at most where they are not."""
    found = mirror(BAN, FREE, case("a", "yes"), case("b", "unknown"), case("c", "no"))

    assert counted(found) == [(1, 2), (1, 2), (0, 0)]
    assert [row["answer"] for row in Mirror(found).to_dicts()] == ["yes", "open", "no"]


def test_a_licence_is_a_double_standard_but_not_a_free_one() -> None:
    """A licence may be granted, so the ban at home is still stricter."""
    assert counted(mirror(BAN, LICENCE, case("a", "yes"))) == [(1, 1), (0, 0), (0, 0)]


def test_the_reverse_is_a_ban_on_the_export_of_what_may_be_used() -> None:
    """What needs permission at home is not forbidden there."""
    assert counted(mirror(LICENCE, BAN, case("a", "yes"))) == [(0, 0), (0, 0), (1, 1)]


def test_parts_of_a_sale_count_once() -> None:
    """A sale is judged by two standards where one of its parts is."""
    parts = (case("a", "yes", "deal"), case("b", "no", "deal"))
    found = mirror(BAN, FREE, *parts)

    assert (len(Mirror(found).comparison.compared), counted(found)[0]) == (1, (1, 1))


SIMPLE = [word for word in Outcome if word not in (Outcome.REFUSAL, Outcome.SUSPENSION)]
"""Outcomes of rules that need no further words."""


@of_each(("here", "there"), list(itertools.product(SIMPLE, SIMPLE)))
def test_both_counts_hold_in_every_completion(here: Outcome, there: Outcome) -> None:
    """What is certain is so whatever the open fact is, and what is so in some case is counted at most."""
    known = [counted(mirror(here, there, case("a", word))) for word in ("yes", "no")]
    told = counted(mirror(here, there, case("a", "unknown")))

    for place, (certain, most) in enumerate(told):
        every = [ends[place] for ends in known]
        assert {ends in ((0, 0), (1, 1)) for ends in every} == {True}
        assert certain <= min(low for low, _ in every)
        assert most >= max(high for _, high in every)


def test_what_a_regime_does_not_reach_is_no_double_standard() -> None:
    """An exporter outside the Union is under none of its regimes."""
    ids = ("eu-home", "eu-2021-821")
    given = [item for item in CASES if item.id == "thermofisher-xinjiang-2017"]
    found = compare(given, [CATALOGUE.ruleset(name) for name in ids])

    assert counted(found) == [(0, 0)] * 3


def test_the_gate_of_a_use_speaks_of_the_use() -> None:
    """Nobody sells anything at home, so that no licence is spoken of."""
    (row,) = mirror(BAN, FREE, case("a", "yes")).rows

    assert (gate_of(row[0]), gate_of(row[1]).word) == (
        Gate("stop", USES[BAN].label(), USES[BAN].sentence),
        "Free",
    )


def test_laws_on_use_are_only_those_that_say_so() -> None:
    """Which ruleset judges a use is said where it is named, so that none is built to find out."""
    rulesets = CATALOGUE.rulesets

    assert rulesets.of_use() == tuple(item for item in rulesets.values() if item.asks == "use")
    with pytest.raises(DefinitionError, match="asks"):
        toy("odd", "import", BAN)


def test_the_command_prints_what_the_view_says(tmp_path: Path) -> None:
    """Sentences, counts and cases; every rule with its place and its address."""
    done = CliRunner().invoke(
        main, ["mirror", "noldus-china-2012-18", "-r", "eu-2021-821", "--format", "json"],
        catch_exceptions=False,
    )  # fmt: skip
    told = json.loads(done.stdout)

    (noldus,) = told["cases"]
    assert noldus["here"][0]["gate"] == "No: banned"
    assert [rule["cite"] for rule in noldus["here"][0]["rules"]] == ["Reg. (EU) 2024/1689 Art. 5(1)(g)"]
    assert all(rule["url"] and rule["sentence"] for part in noldus["here"] for rule in part["rules"])
    assert [count["measure"] for count in told["counts"]] == [
        "double_standard", "unlicensed_abroad", "refused_abroad",
    ]  # fmt: skip
    assert len(told["findings"]) == 4


@pytest.mark.parametrize("form", ["table", "markdown", "html", "json"])
def test_every_form_shows_both_sides(form: str) -> None:
    """Each form has the case with a result here and there."""
    ids = ("eu-home", "amnesty")
    given = [item for item in CASES if item.id == "axis-guilin-2012-19"]
    mirror_table = compare(given, [CATALOGUE.ruleset(name) for name in ids])

    text = Mirror(mirror_table).text(form)  # type: ignore[arg-type]

    assert "No rule here, perhaps no" in text
    assert "No: must be refused" in text


def test_where_one_of_several_provisions_carries_a_result_all_are_named() -> None:
    """Nothing but the answer to an open fact says which of them it is."""
    regimes = [toy("home", "use", BAN), toy("abroad", "export", LICENCE, LICENCE)]
    mirror_table = compare([case("a", "unknown")], regimes)

    assert "Licence<br>Art. 1 or Art. 2 |" in Mirror(mirror_table).text("markdown")


def test_a_sentence_on_a_use_speaks_of_no_export() -> None:
    """Under a law on use nothing is exported and no licence exists."""
    (row,) = mirror(BAN, LICENCE, case("a", "yes")).rows

    said = verdict_sentence(row[0])

    assert "the same use at home is forbidden (Toy Act Art. 1)" in said
    assert "export" not in said
    assert "the export needs an authorisation" in verdict_sentence(row[1])
