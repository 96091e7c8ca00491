"""The public API as the author of a plugin uses it; mypy and pyright must accept and refuse the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, assert_type

from regcompare import DefinitionError, Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    CORE,
    Chapter,
    Choice,
    Condition,
    EndUse,
    Gloss,
    Instrument,
    Item,
    OwnAnswers,
    OwnWord,
    Transaction,
    Trigger,
    YesNo,
    section,
)
from regcompare.facts import MemberSet, Unknown
from regcompare.logic.conditions import Among
from regcompare.plugins.catalogue import FactSections, hookimpl
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary import takes_part

Season = Literal["summer", "winter"]
SEASONS: Mapping[Season, str] = {"summer": "in summer", "winter": "in winter"}


@section("toyland", "Toyland")
class Toyland:
    """Facts of an invented regime."""

    wrapped: YesNo = YesNo("Is it wrapped?")
    season: Choice[Season] = Choice("In which season?", SEASONS)


ACT = Instrument("Toy Act", "An invented act", "nowhere")

condition = (
    Item.technology.is_in("facial_recognition")
    & Toyland.wrapped
    & ~EndUse.concerns.includes_any("wmd")
    & Toyland.season.is_in("winter")
)
assert_type(condition, Condition)
assert_type(~Toyland.wrapped, Condition)

rule = Rule(
    ACT["Art. 1"],
    "Wrapped toys need a licence.",
    when=condition,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)

chapter = Chapter()
declared = chapter.rule(
    ACT["Art. 2"],
    "Toys in winter may not leave.",
    when=condition,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)
assert_type(declared, Rule)

BARTER = OwnWord("toyland:barter", "barter of toys")
ANSWERS = (OwnAnswers((Transaction.kind,), (BARTER,)),)
assert_type(Transaction.kind.is_in("export", BARTER), Condition)
assert_type(takes_part(BARTER), Condition)

RULES = Ruleset(
    "toyland",
    "Toyland",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=(chapter, rule),
    covers=("export", BARTER),
    vocabulary=CORE.with_sections(Toyland, own_answers=ANSWERS),
    glosses=(Gloss(Item.covert, ACT["Art. 2"], "Hidden from whom it plays with."),),
)


@hookimpl
def regcompare_rulesets() -> list[Ruleset]:
    """Returns the invented regime."""
    return [RULES]


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns its facts."""
    return [FactSections((Toyland,), own_answers=ANSWERS)]


scenario = Scenario(
    id="toy",
    item=Item(technology="facial_recognition", dual_use=True),
    end_use=EndUse(concerns=["wmd"]),
    transaction=Transaction(kind="export"),
    more=(Toyland(wrapped=True, season="winter"),),
)
assert_type(scenario.item.dual_use, bool | Unknown | None)
assert_type(scenario.end_use.concerns, MemberSet | Unknown | None)
assert_type(scenario.section(Toyland).season, Literal["summer", "winter"] | Among | Unknown | None)
assert_type(assess(scenario, RULES).low, Outcome | None)


def refused() -> None:
    """What both checkers refuse; each line would be an error at run time as well."""
    Item(technology="facial_recogniton")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Item(tecnology="facial_recognition")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Item.technology.is_in("facial")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Item.tecnology  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    Scenario(id="toy", item=EndUse())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    EndUse(concerns=["wmds"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    chapter.rule(ACT["Art. 3"], "No outcome.", when=condition, triggered_by=Trigger.ACT)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Toyland.season.is_in("spring")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    raise DefinitionError("No fact was named.")
