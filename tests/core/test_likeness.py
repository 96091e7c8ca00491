"""Cases as differences: a case that is like another takes over its facts and states what changes."""

from datetime import date
from pathlib import Path

import pytest

import regcompare as rc
from regcompare.errors import FileError
from regcompare.facts import UNKNOWN, MemberSet
from regcompare.logic.conditions import Between
from regcompare.plugins.catalogue import Catalogue
from regcompare.scenario.files import read_text

BASE = """\
- id: told
  title: The authority has spoken
  kind: teaching
  record_kind: offer
  sale: a-sale
  date: 2020-06-01
  summary: A summary.
  story: A story.
  sources: [A report]
  presume: ordinary
  presumed: {item: {form: goods, covert: yes}}
  item: {technology: encryption}
  end_use: {concerns: {known: [wmd], open: [terrorism]}, consent: yes}
  discretion: {art-1: yes, art-2: no}
  record: {decision: granted}
  disputed: [{fact: item.technology, note: Someone says so}]
  expect: {amnesty: refusal}
- id: other
  like: told
"""


def likes(rest: str = "", base: str = BASE):
    """The case of the base and the one that is like it, with these lines of its own."""
    first, second, *_ = read_text(base + rest)
    return first, second


def test_a_case_takes_over_what_is_known_and_nothing_that_is_said_of_the_other():
    """What is known, what it rests on and who disputes it is taken over; what is said of a case is its own."""
    first, second = likes()

    for name in (
        "date",
        "record_kind",
        "item",
        "end_use",
        "sources",
        "presume",
        "presumed",
        "discretion",
        "disputed",
    ):
        assert getattr(second, name) == getattr(first, name) != getattr(rc.Scenario(id="x"), name)
    for name in ("title", "kind", "sale", "summary", "story", "record", "expect"):
        assert getattr(second, name) == getattr(rc.Scenario(id="x"), name) != getattr(first, name)


def test_a_fact_that_is_stated_again_is_replaced_whole():
    """One line changes one fact: the open members of the other case do not stay in its set."""
    first, second = likes("  end_use: {concerns: [wmd]}\n  presumed: {item: {covert: no}}\n")

    assert second.end_use.concerns == MemberSet({"wmd"})
    assert second.end_use.consent == first.end_use.consent
    assert second.presumed == {"item.form": "goods", "item.covert": False}


SOURCED = """\
- id: sourced
  sources: [{id: one, title: One}, {id: two, title: Two}]
  known_from: {item: [one], destination: [two], destination.country: [one], exporter: [one]}
  item: {technology: encryption, form: goods}
  destination: {country: EG}
  reports: [{title: Before, day: 2010, level: country, of: [repression]}]
  disputed: [{fact: item.form, note: Software}, {fact: item.technology, note: Something else}]
- id: other
  like: sourced
"""


def sources_of(case, key):
    """The ids of what a fact rests on."""
    basis = case.basis(key)
    return basis and basis.sources


def test_a_fact_stated_anew_leaves_behind_what_it_rested_on_and_who_disputed_it():
    """Sources add up; what is inherited keeps its source and its dispute, what is stated does not."""
    _, second = likes(
        "  sources: [{id: three, title: Three}]\n  item: {form: software}\n"
        "  known_from: {exporter: [three]}\n",
        SOURCED,
    )

    assert [source.id for source in second.sources] == ["three", "one", "two"]
    assert sources_of(second, "item.technology") == ("one",)
    assert sources_of(second, "item.form") == ()
    assert sources_of(second, "exporter.country") == ("three",)
    assert sources_of(second, "destination.country") == ("one",)
    assert [item.fact for item in second.disputed] == ["item.technology"]
    assert [item.title for item in second.reports] == ["Before"]


def test_a_dispute_goes_with_the_fact_that_is_left_out():
    """Nobody disputes a fact that a case does not state."""
    _, one = likes("  without: [item.form]\n", SOURCED)
    _, section = likes("  without: [item]\n", SOURCED)

    assert [item.fact for item in one.disputed] == ["item.technology"]
    assert section.disputed == ()


ANSWERED = """\
- id: first
  kind: documented
  date: 2009
  date_means: contract
  sources: [{id: one, title: One}, {id: two, title: Two}, {id: three, title: Three}]
  known_from: {date: [one], item: [one], exporter: [two], record: [three]}
  exporter: {country: FR, name: A company}
  parties: {intermediaries: [A trader]}
  item: {form: goods, covert: yes}
  replies: [{who: A company, words: No, source: two}, {who: A trader, words: Yes, source: three}]
  owners: [{of: A company, when: then, name: A fund, source: two}]
  disputed:
    - {fact: item.form, by: A company, note: Software, sources: [two]}
    - {fact: item.form, by: A trader, note: Neither, sources: [three]}
    - {fact: record, by: A trader, note: Never, sources: [three]}
- id: second
  kind: documented
  like: first
"""


def test_a_dispute_is_neither_dropped_nor_doubled():
    """Two speakers dispute one fact; the same answer stated again keeps them, another does not."""
    _, plain = likes("", ANSWERED)
    _, again = likes("  item: {form: goods}\n", ANSWERED)
    _, other = likes("  item: {form: software}\n", ANSWERED)
    _, more = likes(
        "  disputed: [{fact: item.form, by: A company, note: No, sources: [two]}]\n", ANSWERED
    )

    assert [(item.fact, item.by) for item in plain.disputed] == [
        ("item.form", "A company"),
        ("item.form", "A trader"),
    ]
    assert again.disputed == plain.disputed
    assert other.disputed == ()
    assert [item.note for item in more.disputed] == ["No", "Neither"]


def test_replies_and_owners_go_with_the_party():
    """Who is no longer named does not answer, and a source goes once nothing names it."""
    _, plain = likes("", ANSWERED)
    _, alone = likes("  without: [parties]\n", ANSWERED)
    _, other = likes("  exporter: {name: Another}\n  without: [parties, disputed]\n", ANSWERED)
    _, sought = likes(
        "  replies: [{who: A trader, looked_for: 2026-12-01, where: [press], terms: trader}]\n", ANSWERED
    )

    assert [item.who for item in plain.replies] == ["A company", "A trader"]
    assert [item.who for item in alone.replies] == ["A company"]
    assert (other.replies, other.owners) == ((), ())
    assert [source.id for source in other.sources] == ["one", "two"]
    assert [item.words for item in sought.replies] == ["", "No", "Yes"]


def test_a_case_on_record_says_what_it_shares():
    """A day, reports, replies and disputes that are taken over are meant to be, or are lacking."""
    _, plain = likes("", ANSWERED)
    _, meant = likes("  shares: [date, replies, disputed]\n", ANSWERED)
    _, own = likes("  date: 2010-05-01\n  without: [replies, disputed]\n", ANSWERED)

    assert (plain.known_day, plain.date_means) == (
        Between(date(2009, 1, 1), date(2009, 12, 31)),
        "contract",
    )
    assert plain.inherited == ("date", "replies", "disputed")
    assert meant.inherited == own.inherited == ()
    assert (own.date, own.between) == (date(2010, 5, 1), None)


def test_what_is_taken_over_needs_its_sources():
    """A case that leaves the sources out is told which of them its facts still name."""
    with pytest.raises(FileError) as caught:
        likes("  without: [sources]\n", SOURCED)

    assert [(p.code, p.line, p.found) for p in caught.value.problems] == [
        ("RC225", 8, "There is no source 'one'."),
        ("RC225", 8, "There is no source 'two'."),
    ]


def test_reports_are_about_an_end_user():
    """A case with another destination does not take over what had been reported of the first."""
    _, second = likes("  destination: {country: SY}\n", SOURCED)

    assert second.reports == ()
    assert sources_of(second, "destination.country") == ()


def test_unknown_is_a_statement_and_without_takes_one_away():
    """A fact may be stated as unknown, or not stated at all."""
    _, second = likes(
        "  end_use: {consent: unknown}\n"
        "  without: [end_use.concerns, presumed.item.form, discretion.art-1, sources, date]\n"
    )

    assert (second.end_use.consent, second.end_use.concerns) == (UNKNOWN, None)
    assert second.presumed == {"item.covert": True}
    assert (dict(second.discretion), second.sources, second.date) == ({"art-2": False}, (), None)


def test_a_case_may_be_like_one_that_is_like_another_and_comes_later():
    """Order does not matter, and neither does how many cases are in between."""
    third, _, first = read_text(
        "- {id: c, like: b, item: {covert: yes}}\n"
        "- {id: b, like: a, item: {form: software}}\n"
        "- {id: a, item: {form: goods, dual_use: no}}\n"
    )

    assert (third.item.covert, third.item.form, third.item.dual_use) == (True, "software", False)
    assert first.item.covert is None


def test_a_thousand_cases_may_be_like_each_other_in_a_row():
    """A long row of cases is no deeper than a short one."""
    rows = [f"- {{id: c{n}, like: c{n + 1}}}" for n in range(999)]

    cases = read_text("\n".join([*rows, "- {id: c999, item: {form: goods}}"]))

    assert {case.item.form for case in cases} == {"goods"}


def test_a_mistake_is_reported_once_where_it_is():
    """A mistake in a fact that several cases take over is one mistake, at its own place."""
    with pytest.raises(FileError) as caught:
        read_text("- {id: a, item: {form: godds}}\n- {id: b, like: a}\n- {id: c, like: a}\n")

    assert [(p.code, p.line, p.column) for p in caught.value.problems] == [("RC203", 1, 24)]


def test_a_case_may_be_like_one_of_another_file_that_is_read_with_it(tmp_path: Path):
    """Files that are named together know each other's cases, also where each is like one of the other."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("- {id: a, item: {form: goods}}\n- {id: d, like: c}\n")
    two.write_text("- {id: b, like: a}\n- {id: c, like: b, item: {covert: yes}}\n")

    found = {case.id: case.item for case in Catalogue({}).read(one, two)}

    assert found["b"] == found["a"]
    assert found["d"] == found["c"] != found["a"]


def test_a_file_that_was_not_read_is_named(tmp_path: Path):
    """Whoever forgot a file is told which."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("id: a\nitem: {form: goods}\n")
    two.write_text("id: b\nlike: a\n")

    with pytest.raises(FileError) as caught:
        Catalogue({}).read(two)

    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == ("RC223", 2, 7)
    assert "one.yaml" in problem.expected


def test_files_that_are_like_each_other_in_a_circle_come_to_an_end(tmp_path: Path):
    """A circle over two files is reported in both."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("id: a\nlike: b\n")
    two.write_text("id: b\nlike: a\n")

    with pytest.raises(FileError) as caught:
        Catalogue({}).read(one, two)

    found = [(p.file, p.code, p.line) for p in caught.value.problems]
    assert found == [(str(one), "RC222", 2), (str(two), "RC222", 2)]


def test_mistakes_in_all_files_are_reported_at_once(tmp_path: Path):
    """A case like one in a file with a mistake leads to that mistake, told once."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("id: a\nlike: b\n")
    two.write_text("id: b\ntitle: 'never closed\n")

    with pytest.raises(FileError) as caught:
        Catalogue({}).read(one, two)

    assert [(p.file, p.code, p.line) for p in caught.value.problems] == [(str(two), "RC104", 2)]
