"""The marks of documented results are the same everywhere, and name what is inferred."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from click.testing import CliRunner
from tests.support.shipped import CATALOGUE

from regcompare import Scenario, assess
from regcompare.authoring import (
    Destination,
    Exporter,
    Item,
    Knowledge,
    Transaction,
)
from regcompare.cli import main
from regcompare.views.sentences import known_from
from regcompare.views.verdict import explain_data, explain_text


def test_a_rule_has_one_mark_in_every_command() -> None:
    """``show``, ``explain``, ``compare`` and ``evidence`` print the same for it, under a proposal as well."""
    case, laws = "area-egypt-2016", ("amnesty", "eu-2021-821", "eu-428-2009")
    own = {law: {rule["id"]: rule["checked"] for rule in printed("show", law)["rules"]} for law in laws}
    marks = {(law, rule): {own[law][rule]} for law in laws for rule in own[law]}
    commands: dict[tuple[str, str], set[str]] = {key: {"show"} for key in marks}
    named = [option for law in laws for option in ("-r", law)]

    for file in (case, "morpho-shanghai-2015"):
        for command in ("explain", "compare"):
            for rule in found_rules(printed(command, file, *named)):
                marks[rule["ruleset"], rule["id"]].add(rule["checked"])
                commands[rule["ruleset"], rule["id"]].add(command)
    for ground in printed("evidence", "morpho-shanghai-2015", "-r", "amnesty")["grounds"]:
        if ground["kind"] == "provision":
            marks["amnesty", ground["name"]].add(ground["mark"])
            commands["amnesty", ground["name"]].add("evidence")

    assert {key: found for key, found in marks.items() if len(found) > 1} == {}
    assert commands["amnesty", "A02"] == {"show", "explain", "compare", "evidence"}
    assert {"show", "explain"} <= commands["amnesty", "A08-a"]
    assert sum(len(found) > 1 for found in commands.values()) >= 12


def printed(*arguments: str) -> Any:
    """What a command prints as JSON."""
    return json.loads(CliRunner().invoke(main, [*arguments, "--format", "json"]).stdout)


def found_rules(data: Any) -> Iterator[dict[str, str]]:
    """The rules with a mark anywhere in what a command prints."""
    if isinstance(data, dict) and {"id", "ruleset", "checked"} <= data.keys():
        yield data
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for part in parts:
        yield from found_rules(part)


def test_what_is_inferred_is_named() -> None:
    """A licence under Art. 5(1) is read in the act; a reading of its connector, where it decides, is inferred."""
    case = Scenario(
        id="told",
        presume=("ordinary",),
        item=Item(
            annex_i_entry="none",
            specially_designed=True,
            covert=True,
            targets_natural_persons=True,
            takes_data_from_ict_systems=True,
        ),
        transaction=Transaction(kind="export"),
        exporter=Exporter(country="DE"),
        destination=Destination(country="EG"),
        knowledge=Knowledge(authority_informed=["human_rights_violation"]),
    )

    assert known_from(assess(case, CATALOGUE.ruleset("eu-2021-821"))) == (
        "inferred (Art. 5(1) read as art-5-connector: either), otherwise official text"
    )


def test_an_application_not_yet_made_has_no_date() -> None:
    """What stands for "not before any day asked about" is printed so, in text and in JSON."""
    case = Scenario(id="applied", date=dt.date(2022, 5, 1), presume=("ordinary",))
    verdict = assess(case, CATALOGUE.ruleset("eu-law"))

    told = explain_text(verdict, full=True) + json.dumps(explain_data(verdict))

    assert "licence.applied_on" in told
    assert "9999" not in told
