"""Each file here has a mistake; the mark » stands just before the place that the message must name."""

import os
from pathlib import Path

import pytest
import yaml
from tests.support.offenders import of_each
from tests.support.recording import RECORD

from regcompare.errors import CODES, FileError
from regcompare.logic.code_lists import CodeList
from regcompare.scenario.files import read_scenarios, read_text
from regcompare.vocabulary import CORE

RULESETS = ("eu-428-2009", "eu-2021-821", "amnesty")
CODES_HELD = CodeList("item.annex_i_entry", "Annex I", {"4A005": (), "5A001": ("f", "f.1", "j")})
VOCABULARY = CORE.with_sections(code_lists=(CODES_HELD,))
ABSENT = {"eu": "the plugin regcompare-eu, which is not installed."}


def problems_of(text, kind="yaml"):
    """The problems that a reading of the text tells."""
    with pytest.raises(FileError) as caught:
        read_text(
            text,
            kind,
            VOCABULARY,
            rulesets=RULESETS,
            discretions=lambda: ("art-7-1",),
            absent=ABSENT,
            name="case",
        )
    return caught.value.problems


def without_mark(marked):
    """The text without its mark, and the line and column of the mark."""
    before, _, after = marked.partition("»")
    line = before.count("\n") + 1
    return before + after, line, len(before) - before.rfind("\n")


YAML = [
    # replies, owners and changes
    ("RC205", None, "id: a\nreplies:\n  - »{words: No}\n"),
    ("RC217", None, "id: a\nreplies:\n  - »{who: B}\n"),
    (
        "RC217",
        None,
        "id: a\nsources: [{id: s, title: S}]\nreplies:\n"
        "  - »{who: B, words: No, source: s, looked_for: 2026-12-01}\n",
    ),
    ("RC217", None, "id: a\nreplies:\n  - »{who: B, words: No}\n"),
    ("RC217", None, "id: a\nreplies:\n  - »{who: B, looked_for: 2026-12-01, where: [press]}\n"),
    ("RC203", "press", "id: a\nreplies: [{who: B, looked_for: 2026-12-01, where: [»pres], terms: B}]\n"),
    ("RC225", None, "id: a\nreplies: [{who: B, words: No, source: »letter}]\n"),
    ("RC217", None, "id: a\nowners:\n  - »{of: B, when: then}\n"),
    ("RC217", None, "id: a\nowners:\n  - »{of: B, when: then, name: C}\n"),
    ("RC205", None, "id: a\nowners:\n  - »{of: B, looked_for: 2026-12-01}\n"),
    ("RC203", "now", "id: a\nowners: [{of: B, when: »nows, looked_for: 2026-12-01}]\n"),
    ("RC225", None, "id: a\nowners: [{of: B, when: now, name: C, source: »letter}]\n"),
    ("RC205", None, "id: a\nchanges:\n  - »{day: 2026-12-01}\n"),
    ("RC224", None, "id: a\nshares: »[date]\n"),
    ("RC203", "part", "id: a\nsources: [{title: S, seen: »prt}]\n"),
    ("RC204", None, "id: a\nsources: [{title: S, copy: »example.org}]\n"),
    # keys of a scenario
    ("RC205", None, "»title: A case without an id\n"),
    ("RC204", "a-case", "id: »A Case\n"),
    ("RC204", None, "id:»\ntitle: An empty id\n"),
    ("RC204", None, "id: »[a]\n"),
    ("RC201", "title", "id: a\n»titel: A case\n"),
    ("RC201", "item", "id: a\n»itm: {form: goods}\n"),
    ("RC201", "item.technology", "id: a\n»technology: encryption\n"),
    ("RC201", None, "id: a\n»country: DE\n"),
    ("RC201", "item.form", "id: a\n»item.form: goods\n"),
    ("RC214", None, "id: a\n»eu: {free_zone: no}\n"),
    ("RC212", None, "- id: a\n- id: b\n- title: The first id again\n  id: »a\n"),
    ("RC204", None, "- id: a\n- »b\n"),
    ("RC204", None, "»only a text\n"),
    ("RC204", None, "id: a\ntitle: »[a, list]\n"),
    ("RC204", None, "id: a\nsummary:»\n"),
    ("RC204", None, "id: a\nstory: »[a, list]\n"),
    ("RC204", None, "id: a\nstory: »' '\n"),
    ("RC206", "2015-06-03", "id: a\ndate: »2015-6-3\n"),
    ("RC206", "2015-06-30", "id: a\ndate: »30.06.2015\n"),
    ("RC206", None, "id: a\ndate: »2015-02-30\n"),
    ("RC206", None, "id: a\ndate: »last summer\n"),
    ("RC206", None, "id: a\ndate: »2015-13\n"),
    ("RC206", None, "id: a\ndate: »1985\n"),
    ("RC206", None, "id: a\ndate: {from: »2015-02-30, to: 2016}\n"),
    ("RC206", "{from: 2012, to: 2015-06}", "id: a\ndate: »{from: 2015-06, to: 2012}\n"),
    ("RC205", None, "id: a\ndate: »{from: 2015}\n"),
    ("RC201", "to", "id: a\ndate: {from: 2015, »too: 2016}\n"),
    ("RC203", "delivery", "id: a\ndate_means: »delivry\n"),
    ("RC203", "ordinary", "id: a\npresume: »ordinry\n"),
    # facts and their answers
    ("RC204", None, "id: a\nitem: »goods\n"),
    ("RC204", None, "id: a\nitem:»\n"),
    ("RC202", "technology", "id: a\nitem:\n  »technologie: encryption\n"),
    ("RC202", None, "id: a\nitem:\n  »country: DE\n"),
    ("RC202", "transaction.purpose", "id: a\nitem:\n  »purpose: supply\n"),
    ("RC202", "transaction.purpose", "id: a\nitem:\n  »purpos: supply\n"),
    ("RC202", None, "id: a\nitem:\n  »zzz: supply\n"),
    ("RC203", "facial_recognition", "id: a\nitem:\n  technology: »face_recognition\n"),
    ("RC203", "yes", "id: a\nitem:\n  covert: »yess\n"),
    ("RC203", None, "id: a\nitem:\n  covert: »1\n"),
    ("RC204", None, "id: a\nitem:\n  covert:»\n"),
    ("RC204", None, "id: a\nitem:\n  covert: »null\n"),
    ("RC204", "goods", "id: a\nitem:\n  form: »[goods]\n"),
    ("RC204", None, "id: a\nitem:\n  form: »[goods, software]\n"),
    ("RC204", None, "id: a\nitem:\n  form: »{known: [goods]}\n"),
    ("RC207", "DE", "id: a\nexporter: {country: »Germany}\n"),
    ("RC207", "FR", "id: a\nexporter: {country: »fr}\n"),
    ("RC207", "DE", "id: a\nexporter: {country: »Germny}\n"),
    ("RC207", "AE", "id: a\nexporter: {country: »UAE}\n"),
    ("RC207", "AE", "id: a\nexporter: {country: »Emirates}\n"),
    ("RC207", "AE", "id: a\nexporter: {country: »Dubai}\n"),
    ("RC207", "SA", "id: a\nexporter: {country: »KSA}\n"),
    ("RC207", "GB", "id: a\nexporter: {country: »UK}\n"),
    ("RC207", "US", "id: a\nexporter: {country: »USA}\n"),
    ("RC207", "KR", "id: a\nexporter: {country: »KOR}\n"),
    ("RC207", "IR", "id: a\nexporter: {country: »Iran (Islamic Republic of)}\n"),
    ("RC207", None, "id: a\nexporter: {country: »Korea}\n"),
    ("RC207", None, "id: a\nexporter: {country: »UEA}\n"),
    ("RC207", None, "id: a\nexporter: {country: »n/a}\n"),
    ("RC207", None, "id: a\nexporter: {country: »Munich}\n"),
    ("RC206", "2015-06-30", "id: a\nlicence: {applied_on: »2015/6/30}\n"),
    ("RC206", None, "id: a\nlicence: {applied_on: »1985-06-30}\n"),
    ("RC206", None, "id: a\ndate: »1985-06-30\n"),
    # sets
    ("RC208", "5A001.j", "id: a\nitem:\n  annex_i_entry: [4A005, »5a001.J]\n"),
    ("RC208", None, "id: a\nitem:\n  annex_i_entry: [4A005, »us:5A980]\n"),
    ("RC216", "5A001.j", "id: a\nitem:\n  annex_i_entry: [4A005, »5A001.k]\n"),
    ("RC216", "4A005", "id: a\nitem:\n  annex_i_entry: {known: [], open: [»4A005@2014]}\n"),
    ("RC204", "[5A001.j]", "id: a\nitem:\n  annex_i_entry: »5A001.j\n"),
    ("RC204", "[internal_repression]", "id: a\nend_use:\n  concerns: »internal_repression\n"),
    ("RC204", "none", "id: a\nend_use:\n  concerns: »non\n"),
    ("RC204", "none", "id: a\nend_use:\n  concerns: [»none]\n"),
    ("RC203", "internal_repression", "id: a\nend_use:\n  concerns: [wmd, »internal_represion]\n"),
    ("RC204", None, "id: a\nend_use:\n  concerns: »{}\n"),
    ("RC204", None, "id: a\nend_use:\n  concerns: {known: »wmd}\n"),
    ("RC201", "open", "id: a\nend_use:\n  concerns: {known: [wmd], »opn: []}\n"),
    ("RC209", None, "id: a\nend_use:\n  concerns: {known: [wmd], open: [»wmd]}\n"),
    ("RC209", None, "id: a\nend_use:\n  concerns:\n    - wmd\n    - terrorism\n    - »wmd\n"),
    ("RC204", None, "id: a\nend_use:\n  concerns: [wmd, »[terrorism]]\n"),
    ("RC204", None, "id: a\nend_use:\n  concerns:\n    - wmd\n    -»\n"),
    # what is presumed
    ("RC202", "covert", "id: a\npresumed: {item: {»covret: yes}}\n"),
    ("RC203", "yes", "id: a\npresumed: {item: {covert: »yess}}\n"),
    ("RC201", None, "id: a\npresumed: {»date: 2015-06-30}\n"),
    ("RC214", None, "id: a\npresumed: {»eu: {free_zone: no}}\n"),
    # sources, record, disputes, powers
    ("RC204", None, "id: a\nitem: {covert: no}\ndisputed: [{fact: »item.form, note: No.}]\n"),
    ("RC204", None, "id: a\nitem: {covert: no}\ndisputed: [{fact: item.covert, note: »' '}]\n"),
    ("RC204", None, "id: a\nreports: [{title: T, day: 2014, level: user, of: »[]}]\n"),
    ("RC206", None, "id: a\nreports: [{title: T, day: »2014-02-30, level: user, of: [repression]}]\n"),
    ("RC203", "country", "id: a\nreports: [{title: T, day: 2014, level: »contry, of: [repression]}]\n"),
    ("RC206", None, "id: a\nsources: [{title: T, date: »2021-02-30}]\n"),
    ("RC204", None, "id: a\nsources: »Amnesty\n"),
    ("RC205", None, "id: a\nsources:\n  - »date: 2015\n"),
    ("RC201", "publisher", "id: a\nsources:\n  - {title: A book, »publsher: B}\n"),
    ("RC206", None, "id: a\nsources:\n  - {title: A book, date: »2015-13}\n"),
    ("RC204", None, "id: a\nsources:\n  - {title: A book, url: »javascript:x}\n"),
    ("RC203", "refused", "id: a\nrecord: {decision: »refusd}\n"),
    ("RC201", "note", "id: a\nrecord: {»notes: What happened}\n"),
    ("RC202", "item.covert", "id: a\ndisputed:\n  - {fact: »item.covrt, note: They say}\n"),
    ("RC205", None, "id: a\nitem: {covert: no}\ndisputed:\n  - »fact: item.covert\n"),
    ("RC214", None, "id: a\ndisputed:\n  - {fact: »eu.free_zone, note: They say}\n"),
    ("RC211", "art-7-1", "id: a\ndiscretion: {»art-7-2: no}\n"),
    ("RC203", None, "id: a\ndiscretion: {art-7-1: »used}\n"),
    # what is expected
    ("RC213", "eu-2021-821", "id: a\nexpect: {»eu-2021-812: no_control}\n"),
    ("RC210", "no_control", "id: a\nexpect: {amnesty: »no_contol}\n"),
    ("RC210", "refusal", "id: a\nexpect: {amnesty: »no_control..refusl}\n"),
    ("RC210", "authorisation", "id: a\nexpect: {amnesty: »licence}\n"),
    ("RC210", "prohibition", "id: a\nexpect: {amnesty: »no_control..banned}\n"),
    ("RC210", None, "id: a\nexpect: {amnesty: »authorisation..}\n"),
    ("RC210", "no_control..refusal", "id: a\nexpect: {amnesty: »refusal..no_control}\n"),
    ("RC210", None, "id: a\nexpect:\n  amnesty:»\n"),
    ("RC210", None, "id: a\nexpect: {amnesty: »[]}\n"),
    ("RC204", None, "id: a\nexpect: {amnesty: [»refusal]}\n"),
    ("RC201", "outcome", "id: a\nexpect: {amnesty: {»outcom: refusal}}\n"),
    ("RC210", None, "id: a\nexpect: {amnesty: »{outcome: refusal, within: refusal}}\n"),
    ("RC210", None, "id: a\nexpect: {amnesty: »{outcome: refusal, in_scope: no}}\n"),
    ("RC210", None, "id: a\nexpect: {amnesty: »{as_of: scenario}}\n"),
    ("RC206", None, "id: a\nexpect: {amnesty: {outcome: refusal, as_of: »2015}}\n"),
    ("RC203", "yes", "id: a\nexpect: {amnesty: {in_force: »yess}}\n"),
    ("RC204", None, "id: a\nexpect: {amnesty: {rules: »A01}}\n"),
    ("RC209", None, "id: a\nexpect: {amnesty: {rules: [A01, »A01]}}\n"),
    # cases that are like others
    ("RC221", "listed", "- id: listed\n- id: b\n  like: »lited\n"),
    ("RC204", None, "- id: a\n- id: b\n  like: »[a]\n"),
    ("RC222", None, "- id: a\n  like: b\n- id: b\n  like: »a\n"),
    ("RC222", None, "id: a\nlike: »a\n"),
    (
        "RC224",
        "item.form",
        "- id: a\n  item: {form: goods}\n- id: b\n  like: a\n  without: [»item.from]\n",
    ),
    ("RC224", None, "- id: a\n  title: One\n- id: b\n  like: a\n  without: [»title]\n"),
    ("RC224", None, "id: a\nwithout: »[item]\n"),
    ("RC225", "one", "id: a\nsources: [{id: one, title: One}]\nknown_from: {item: [»on]}\n"),
    (
        "RC225",
        None,
        "id: a\nitem: {covert: no}\ndisputed: [{fact: item.covert, note: No, sources: [»one]}]\n",
    ),
    ("RC202", "item.covert", "id: a\nknown_from: {»item.covrt: []}\n"),
    ("RC212", None, "»id: a\nsources: [{id: one, title: One}, {id: one, title: Two}]\n"),
    ("RC206", None, "id: a\nsources: [{title: One, opened: »2026-11}]\n"),
    ("RC203", "country", "id: a\nreports: [{title: A, day: 2010, level: »contry, of: [repression]}]\n"),
    ("RC205", None, "id: a\nreports: [»{title: A, day: 2010, level: user}]\n"),
    ("RC203", "delivered", "id: a\nrecord_kind: »deliverd\n"),
    ("RC204", None, "id: a\nexporter: {name: »[One, Two]}\n"),
    ("RC204", None, "id: a\nparties: {intermediaries: »A trader}\n"),
    ("RC204", None, "id: a\nend_user: {ids: »{lei: [1]}}\n"),
    (
        "RC301",
        None,
        "- id: a\n  end_user: {acts_for_state: no}\n- id: b\n  like: a\n  end_user: {kind: »military}\n",
    ),
    # what cannot be
    ("RC301", None, "id: a\nend_user:\n  acts_for_state: no\n  kind: »military\n"),
    (
        "RC301",
        None,
        "id: a\nitem:\n  public_domain: yes\n  form: software\n  annex_i_entry: »[4A005]\n",
    ),
    # not well-formed
    ("RC104", None, "id: a\n»\titem: {form: goods}\n"),
    ("RC104", None, "title: One»: two\n"),
    ("RC104", None, 'id: a\ntitle: »"One\nitem: {form: goods}\n'),
    ("RC104", None, "id: a\nitem: »{form: goods\ndate: 2015-06-30\n"),
    ("RC104", None, "id: a\nsources: »[one, two\ndate: 2015-06-30\n"),
    ("RC104", None, "id: a\n»no colon\ntitle: x\n"),
    ("RC104", None, "id: a\ntitle: »@home\n"),
    ("RC104", None, "id: »- a\n"),
    ("RC108", None, "id: a\ntitle: x\n»id: b\n"),
    ("RC108", None, "id: a\nitem: {form: goods, »form: software}\n"),
    ("RC106", None, "id: »&name a\n"),
    ("RC106", None, "id: a\ntitle: »*name\n"),
    ("RC107", None, "id: »!!str a\n"),
    ("RC109", None, "id: a\n»---\nid: b\n"),
    ("RC110", None, "»"),
    ("RC110", None, "»# Nothing but a comment\n"),
    ("RC110", None, "»[]\n"),
    ("RC204", None, "id: a\n? »[a, list]\n: as a key\n"),
    ("RC103", None, "id: a\ntitle: one»\x07two\n"),
    ("RC103", None, 'id: a\ntitle: »"one\\etwo"\n'),
    ("RC103", None, "id: a\ntitle: one»\u2028two\n"),
]

JSON = [
    ("RC104", None, '{"id": "a"»,}'),
    ("RC104", None, '{"id": "a" »"title": "x"}'),
    ("RC104", None, "{»'id': 'a'}"),
    ("RC104", None, '{"id": »a}'),
    ("RC104", None, '{"id": "a"} »{"id": "b"}'),
    ("RC104", None, '{"id": »"a}'),
    ("RC104", None, '{"id": "a", "title": »NaN}'),
    ("RC108", None, '{"id": "a",\n »"id": "b"}'),
    ("RC110", None, "»null"),
    ("RC204", None, '{"id": "a", "item": {"covert": »null}}'),
    ("RC203", "goods", '{"id": "a",\n\t"item": {"form": »"good"}}'),
    ("RC103", None, '{"id": "a", "title": »"\\ud83d"}'),
    ("RC203", None, '{"title": "\\ud83d\\ude00 😀", "id": "a", "item": {"covert": »0}}'),
]


@of_each(
    ("kind", "code", "suggestion", "marked"),
    [(kind, *case) for kind, cases in (("yaml", YAML), ("json", JSON)) for case in cases],
)
def test_a_mistake_is_reported_with_its_place_and_the_nearest_name(kind, code, suggestion, marked):
    """A single mistake gives one problem, with code, line, column and the nearest known name."""
    text, line, column = without_mark(marked)

    positions = [(p.code, p.line, p.column, p.suggestion) for p in problems_of(text, kind)]

    assert positions == [(code, line, column, suggestion)]


@of_each(("code", "suggestion", "marked"), YAML)
def test_where_yaml_is_read_without_its_c_library_the_same_is_reported(
    monkeypatch, code, suggestion, marked
):
    """The parser written in Python gives the same codes and places."""
    monkeypatch.setattr("regcompare.scenario.files._tree._LOADER", yaml.SafeLoader)
    text, line, column = without_mark(marked)

    positions = [(p.code, p.line, p.column, p.suggestion) for p in problems_of(text)]

    assert positions == [(code, line, column, suggestion)]


GOLDEN = Path(__file__).parents[1] / "golden" / "broken-files.txt"


def test_the_messages_are_those_that_were_reviewed():
    """The text of every message, beside the file that it is about; » is where it points."""
    told = []
    for kind, cases in (("YAML", YAML), ("JSON", JSON)):
        told.append(f"{kind}: {len(cases)} files\n{'=' * 80}")
        for _, _, marked in cases:
            problems = problems_of(without_mark(marked)[0], kind.lower())
            told.append("\n".join([*_visibly(marked), "", *map(str, problems)]) + f"\n{'-' * 80}")
    text = "\n".join(told) + "\n"

    if RECORD:
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def _visibly(marked):
    """The lines of a file, indented, with characters that nobody sees by their names."""
    return [
        f"    {ascii(line)[1:-1] if not line.isprintable() else line}" for line in marked.split("\n")
    ]


def test_every_code_of_scenario_files_has_a_broken_file_here():
    """No code of a file's content is left without a test."""
    tested = {code for code, _, _ in (*YAML, *JSON)}
    elsewhere = {"RC101", "RC102", "RC105", "RC111", "RC215", "RC223", "RC231", "RC232"}

    assert {code for code in CODES if code < "RC4"} - elsewhere == tested


def test_all_mistakes_of_a_file_are_reported_at_once_in_order_of_line():
    """One reading tells every mistake, from the first line to the last, across scenarios."""
    text = """\
- id: a
  date: 2015-6
  item: {form: good, covert: maybe}
  presume: nothing
- titel: x
  end_use: {concerns: [wmd, wmmd]}
  expect: {amnesty: {outcome: refusl, as_of: 2015, rules: A01}}
  id: a
"""

    positions = [(p.line, p.column, p.code) for p in problems_of(text)]

    assert positions == [
        (2, 9, "RC206"),
        (3, 16, "RC203"),
        (3, 30, "RC203"),
        (4, 12, "RC203"),
        (5, 3, "RC201"),
        (6, 29, "RC203"),
        (7, 31, "RC210"),
        (7, 46, "RC206"),
        (7, 59, "RC204"),
        (8, 7, "RC212"),
    ]


def test_a_mistake_does_not_make_others():
    """A misspelt key, or an answer that cannot be read, is told once, and nothing is built on it."""
    assert [p.code for p in problems_of("Id: a\n")] == ["RC201"]
    assert [p.code for p in problems_of("id: a\nsources: [{titl: x}]\n")] == ["RC201"]
    assert [
        p.code
        for p in problems_of(
            "id: a\npresume: ordinary\nknowledge: {exporter_aware: [wmd]}\nend_use: {concerns: [wmdd]}\n"
        )
    ] == ["RC203"]


def test_a_missing_file_names_the_nearest(tmp_path):
    """A file that is not there is answered with the scenario file that has nearly its name."""
    (tmp_path / "sale.yaml").write_text("id: a\n")

    with pytest.raises(FileError, match=r"no such file.*Did you mean 'sale\.yaml'\?"):
        read_scenarios(tmp_path / "sale.yml", VOCABULARY)


def test_after_a_hundred_mistakes_the_rest_is_not_looked_for():
    """The report of a file with very many mistakes is cut, and says so."""
    problems = problems_of("id: a\n" + "".join(f"kez{number}: x\n" for number in range(500)))

    assert len(problems) == 101
    assert str(problems[-1]) == (
        "case:101:1: RC215 The file was read up to 100 mistakes; there may be more."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id: a\nitem: {form: good}\n",
            "case:2:14: RC203 'good' is not an answer to item.form. Expected one of goods, software, "
            "technology, service, or unknown. Did you mean 'goods'?",
        ),
        (
            "id: a\nitem: {kind: export}\n",
            "case:2:8: RC202 There is no fact 'item.kind'. Expected transaction.kind or "
            "end_user.kind, below the name of its section.",
        ),
        (
            "id: a\npresumed: {item: {covert: on}}\n",
            "case:2:27: RC203 'on' is not an answer to presumed.item.covert. Expected yes, no or unknown.",
        ),
        (
            "id: a\nitem: {covert: }\n",
            "case:2:16: RC204 Nothing is given for item.covert. Expected an answer; write unknown, "
            "or leave the key out.",
        ),
        (
            "id: a\neu: {free_zone: no}\n",
            "case:2:1: RC214 The section 'eu' belongs to a plugin that is not loaded. Expected the "
            "plugin regcompare-eu, which is not installed.",
        ),
        (
            "id: a\nitem: {form: goods}\nid: b\n",
            "case:3:1: RC108 The key 'id' appears twice, first in line 1, column 1. Expected each key "
            "once; remove one, or merge the two.",
        ),
        (
            "id: a\nend_user: {kind: military, acts_for_state: no}\n",
            "case:2:44: RC301 end_user.kind: military (line 2, column 18) and end_user.acts_for_state: no "
            "(line 2, column 44) contradict each other. Expected what agrees: Police, intelligence "
            "services, armed forces and other state bodies act for the state. Change one of these "
            "answers, or leave it out.",
        ),
        (
            "title: Human rights: a case\nid: a\n",
            "case:1:20: RC104 There is a second colon here, or the line is indented for no reason. "
            "Expected 'key: value'; put quotes round text that contains ': ', and align the keys of a "
            "block.",
        ),
        (
            "id: a\nexpect: {amnesty: {outcome: refusal, in_force: no}}\n",
            "case:2:19: RC210 The expectation for amnesty has an outcome, and in_scope or in_force: no; "
            "where one of these is no there is none. Expected a mapping such as {outcome: authorisation, "
            "rules: [art-3-1]}.",
        ),
    ],
)
def test_messages_say_what_was_found_what_was_expected_and_how_to_mend_it(text, message):
    """The texts of messages are part of the interface; where nothing is given, loaders differ by a column."""
    expected = [message]
    if os.environ.get("REGCOMPARE_PURE_YAML"):
        expected = [message.replace("case:2:16: RC204 Nothing", "case:2:15: RC204 Nothing")]
    assert [str(problem) for problem in problems_of(text)] == expected


def test_ids_are_checked_only_where_they_are_known():
    """Without lists of rulesets and powers, their ids are taken as they are."""
    [scenario] = read_text("id: a\ndiscretion: {any-power: no}\nexpect: {any-law: refusal}\n")

    assert scenario.discretion == {"any-power": False}
    assert [expectation.ruleset for expectation in scenario.expect] == ["any-law"]
