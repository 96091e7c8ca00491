"""How scenario files of each kind are read."""

import datetime as dt
from pathlib import Path

import pytest
from tests.support.case_files import case_file
from tests.support.offenders import of_each

from regcompare.errors import FileError, UsageError
from regcompare.facts import UNKNOWN, MemberSet, YesNo, section
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.files import read_scenarios, read_text
from regcompare.scenario.provenance import Disputed, Source
from regcompare.scenario.scenario import Record, Scenario
from regcompare.vocabulary import (
    CORE,
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    Transaction,
)

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


@section("toyland", "Toyland")
class Toyland:
    """Facts that a plugin brings."""

    is_toy: YesNo = YesNo("Is it a toy?")


WITH_TOYLAND = CORE.with_sections(Toyland)

SHANGHAI = """\
id: shanghai
title: Facial recognition for a public security bureau
date: 2015-06-30
summary: >
  A system was supplied.
  It recognises faces.
story: |
  A firm sold a system
    to the police.

  Nobody  was asked.
sources:
  - title: "A report (EUR 01/2556/2020)"
    date: 2020-09-21
    url: https://example.org/report
    publisher: A publisher
  - A book
presume: ordinary
presumed:
  item: {infers_ethnicity: no}
item:
  technology: facial_recognition
  form: goods
  annex_i_entry: none
  covert: unknown
  designed_to_monitor_people: yes
transaction: {kind: export}
exporter: {country: NO}
destination: {country: CN, surveillance_law: substandard}
end_user: {kind: law_enforcement, acts_for_state: yes}
end_use: {concerns: {known: [state_surveillance], open: [internal_repression]}}
knowledge:
  authority_informed: []
diligence: {completed: no}
licence: {applied_on: 2015-01-02}
toyland: {is_toy: no}
discretion: {art-7-1: no, art-8-1: unknown}
record:
  decision: none_needed
  note: Sold.
  date: 2015
disputed:
  - fact: item.covert
    note: The company says so.
expect:
  eu-428-2009: no_control
  eu-2021-821: no_control..notification
  amnesty: {outcome: prohibition, rules: [A02]}
  eu-sanctions:
    - {within: no_control..refusal, as_of: 2012-01-19}
    - {as_of: scenario, in_force: no}
    - {in_scope: unknown}
"""

READ = Scenario(
    id="shanghai",
    title="Facial recognition for a public security bureau",
    date=dt.date(2015, 6, 30),
    summary="A system was supplied. It recognises faces.\n",
    story="A firm sold a system to the police. Nobody was asked.",
    sources=[
        Source(
            title="A report (EUR 01/2556/2020)",
            date="2020-09-21",
            url="https://example.org/report",
            publisher="A publisher",
        ),
        Source(title="A book"),
    ],
    presume="ordinary",
    presumed=[Item(infers_ethnicity=False)],
    item=Item(
        technology="facial_recognition",
        form="goods",
        annex_i_entry=MemberSet(),
        covert=UNKNOWN,
        designed_to_monitor_people=True,
    ),
    transaction=Transaction(kind="export"),
    exporter=Exporter(country="NO"),
    destination=Destination(country="CN", surveillance_law="substandard"),
    end_user=EndUser(kind="law_enforcement", acts_for_state=True),
    end_use=EndUse(concerns=MemberSet({"state_surveillance"}, {"internal_repression"})),
    knowledge=Knowledge(authority_informed=MemberSet()),
    diligence=Diligence(completed=False),
    licence=Licence(applied_on=dt.date(2015, 1, 2)),
    more=[Toyland(is_toy=False)],
    discretion={"art-7-1": False},
    record=Record(decision="none_needed", note="Sold.", date="2015"),
    disputed=[Disputed(fact="item.covert", note="The company says so.")],
    expect=[
        Expectation(ruleset="eu-428-2009", low=Outcome.NO_CONTROL, high=Outcome.NO_CONTROL),
        Expectation(ruleset="eu-2021-821", low=Outcome.NO_CONTROL, high=Outcome.NOTIFICATION),
        Expectation(
            ruleset="amnesty", low=Outcome.PROHIBITION, high=Outcome.PROHIBITION, rules=("A02",)
        ),
        Expectation(
            ruleset="eu-sanctions",
            low=Outcome.NO_CONTROL,
            high=Outcome.REFUSAL,
            within=True,
            as_of=dt.date(2012, 1, 19),
        ),
        Expectation(ruleset="eu-sanctions", as_of="scenario", in_force=False),
        Expectation(ruleset="eu-sanctions", in_scope=UNKNOWN),
    ],
)


def problems_of(path, absent):
    """The problems of a file, if it has any."""
    try:
        read_scenarios(path, absent=absent)
    except FileError as error:
        return error.problems
    return ()


def test_a_file_gives_a_scenario_with_everything_that_it_states():
    """Each key of a file has its place in the scenario."""
    assert read_text(SHANGHAI, "yaml", WITH_TOYLAND) == (READ,)


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_both_kinds_of_file_say_the_same(tmp_path, kind):
    """What is written in either kind is read as the same scenario."""
    path = tmp_path / f"case.{kind}"

    path.write_text(case_file(READ, kind), encoding="utf-8")

    assert read_scenarios(path, WITH_TOYLAND) == (READ,)


def test_scalars_are_text_whatever_they_look_like():
    """What other readers take for numbers, booleans or dates is typed by the vocabulary alone."""
    [scenario] = read_text(
        "id: 007\n"
        "title: 2015-06-30\n"
        "item: {annex_i_entry: [5E002, 5D002], covert: yes, dual_use: 'no', limitable: true}\n"
        "exporter: {country: NO}\n"
        "record: {note: 1e3}\n"
    )

    assert (scenario.id, scenario.title) == ("007", "2015-06-30")
    assert scenario.item == Item(
        annex_i_entry=["5E002", "5D002"], covert=True, dual_use=False, limitable=True
    )
    assert scenario.exporter.country == "NO"
    assert scenario.record == Record(note="1e3")


def test_json_is_read_with_its_own_escapes_and_scalars():
    """In JSON, escapes give their characters, and true and numbers stand for their text."""
    [scenario] = read_text(
        '{"id": "a",\t"title": "\\ud83d\\ude00 \\u00e9\\u2028 /\\/",\r\n'
        '\t"item": {"covert": true, "dual_use": false}, "record": {"date": 2015}}',
        "json",
    )

    assert scenario.title == "😀 é\u2028 //"
    assert scenario.item == Item(covert=True, dual_use=False)
    assert scenario.record == Record(date="2015")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("yaml", "- id: a\n- id: b\n  item: {form: goods}\n"),
        ("json", '[{"id": "a"}, {"id": "b", "item": {"form": "goods"}}]'),
    ],
)
def test_a_file_may_hold_several_scenarios(kind, text):
    """A list gives its scenarios in order."""
    expected = (Scenario(id="a"), Scenario(id="b", item=Item(form="goods")))

    assert read_text(text, kind) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("none", MemberSet()),
        ("[]", MemberSet()),
        ("unknown", UNKNOWN),
        ("[wmd]", MemberSet({"wmd"})),
        ("{known: [wmd], open: [terrorism]}", MemberSet({"wmd"}, {"terrorism"})),
        ("{open: [terrorism]}", MemberSet((), {"terrorism"})),
        ("{known: [wmd]}", MemberSet({"wmd"})),
    ],
)
def test_a_set_is_a_list_or_has_open_members(answer, expected):
    """A list is closed; members listed as open stay unknown; none and unknown are words."""
    [scenario] = read_text(f"id: a\nend_use: {{concerns: {answer}}}\n")

    assert scenario.end_use.concerns == expected


def test_an_unknown_day_is_no_day():
    """A date that is not known may be said to be unknown."""
    assert read_text("id: a\ndate: unknown\n") == (Scenario(id="a"),)


def test_windows_files_are_read(tmp_path):
    """A byte-order mark and carriage returns change nothing, and neither does a capital suffix."""
    path = tmp_path / "case.YML"
    path.write_bytes(b"\xef\xbb\xbfid: a\r\ntitle: |\r\n  One\r\n  two\r\nitem: {form: goods}\r\n")

    assert read_scenarios(str(path)) == (Scenario(id="a", title="One\ntwo\n", item=Item(form="goods")),)


def test_places_are_counted_as_editors_count_them():
    """A column is a character, also where it is an emoji; a line ends with any line end."""
    for end in ("\n", "\r\n", "\r"):
        with pytest.raises(FileError) as caught:
            read_text(f"id: a{end}item: {{form: goods,{end}  covert: '😀'}}{end}zzz: 1")

        places = [(problem.line, problem.column) for problem in caught.value.problems]
        assert places == [(3, 11), (4, 1)]

    with pytest.raises(FileError) as caught:
        read_text('{"title": "😀é", "item": {"form": "x"}, "id": "a"}', "json")

    assert [problem.column for problem in caught.value.problems] == [34]


def test_facts_of_a_plugin_stand_under_its_name():
    """A plugin's section is read, presumed and disputed like any other."""
    text = (
        "id: a\npresumed:\n  toyland:\n    is_toy: yes\ntoyland:\n  is_toy: no\n"
        "disputed:\n  - fact: toyland.is_toy\n    note: They say so.\n"
    )

    [scenario] = read_text(text, "yaml", WITH_TOYLAND)

    assert (scenario.more, scenario.presumed) == ({"toyland.is_toy": False}, {"toyland.is_toy": True})


def test_another_kind_of_file_is_refused():
    """Only the two kinds are read."""
    with pytest.raises(UsageError, match="yaml or json"):
        read_text("id: a", "xml")  # type: ignore[arg-type]


@of_each("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_of_the_repository_is_well_formed(path):
    """Apart from the sections of plugins, which are checked with them, each file is read in full."""
    absent = dict.fromkeys(("eu", "home_use", "amnesty", "un"), "The plugin is not loaded in this test.")

    positions = [problem for problem in problems_of(path, absent) if problem.code != "RC214"]

    assert positions == []
