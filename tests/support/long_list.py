"""An invented law with a list of parties of any length, whose rows are of a few kinds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs

from regcompare import Outcome, Ruleset
from regcompare.authoring import (
    CORE,
    LAW_DATE,
    Chapter,
    Constraint,
    DatedTable,
    EndUser,
    EvidenceLevel,
    Instrument,
    Item,
    OwnAnswers,
    OwnWord,
    Term,
    Trigger,
    YesNo,
    section,
)
from regcompare.logic.conditions import FALSE
from regcompare.vocabulary import Parties, seated, takes_part

ACT = Instrument("List Act", "Act on listed parties", "invented", address="https://example.org/list-act")
SEATS = ("CN", "RU", "SG CN", "AE")
DAYS = (dt.date(2012, 3, 1), dt.date(2015, 6, 1), dt.date(2019, 9, 1))


@section("toy", "Toys")
class Toy:
    """The section whose name prefixes the parties."""

    odd: YesNo = YesNo("Is it odd?", states="it {is|is not} odd")


def table_of(folder: Path, number: int) -> DatedTable:
    """A list of parties, each with its seats and the day of its entry."""
    rows = [
        f"toy:party_{index},Party {index},{SEATS[index % 4]},{DAYS[index % 3]},,Notice {index},text"
        for index in range(number)
    ]
    file = folder / "parties.csv"
    file.write_text("\n".join(["party,name,seats,start,end,source,checked", *rows]), encoding="utf-8")
    return DatedTable.read(file, "listed parties", dt.date(2024, 1, 1))


def act_of(folder: Path, number: int) -> Ruleset:
    """A law that requires a licence where one of the listed parties takes part."""
    table = table_of(folder, number)
    words = {row["party"]: OwnWord(row["party"], row["name"]) for row in table}
    listed = table.rows_that(lambda row: takes_part(words[row["party"]]), LAW_DATE)
    chapter = Chapter()
    chapter.rule(
        ACT["Art. 1"],
        "Whatever goes to a listed party needs a licence.",
        when=Term("listed party", ACT["Annex"], listed),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )
    chapter.rule(
        ACT["Art. 2"],
        "Covert tools for armed forces are banned.",
        when=Item.covert & EndUser.kind.is_in("military"),
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
    )
    facts = (Parties.buyer, Parties.consignee, Parties.end_user)
    return Ruleset(
        "list-act",
        "List Act",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2023, 1, 1),
        covers=("export",),
        provisions=(chapter,),
        vocabulary=CORE.with_sections(
            Toy,
            constraints=tuple(
                item for row in table for item in seated(words[row["party"]], *row.words("seats"))
            ),
            own_answers=(OwnAnswers(facts, tuple(words.values())),),
        ),
        checked=EvidenceLevel.TEXT,
    )


def with_impossible_row(ruleset: Ruleset) -> Ruleset:
    """The same law, where a constraint says that the first party takes part in nothing."""
    first = ruleset.vocabulary.own_answers[0].words[0]
    never = Constraint(f"{first} no longer exists.", takes_part(first), FALSE)
    vocabulary = ruleset.vocabulary.with_sections(constraints=(never,))
    return attrs.evolve(ruleset, vocabulary=vocabulary)
