"""Every key of a scenario file: whatever stands in its place is read, or told with its place.

Nothing that was read in part goes further: a file with any key left out, of another type or without a
value is either read or refused with every problem placed.  A new key has to stand in ``FILE``.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from tests.support.offenders import of_each

from regcompare.errors import FileError
from regcompare.scenario.files import read_text
from regcompare.scenario.files._keys import ANNOTATION, LIKE, SCENARIO
from regcompare.scenario.files._values import definitions_of

FILE = """\
- id: a-case
  title: A case
  kind: documented
  record_kind: contract
  sale: a-sale
  date: {from: 2015-06, to: 2015-06-30}
  date_means: contract
  summary: What happened.
  story: What happened, told.
  sources:
    - {id: report-2015, title: A report, date: 2015-07, url: "https://example.org/report", publisher: A publisher, opened: 2026-01-02, looked_for: 2026-01-03, copy: "https://example.org/copy", seen: whole, known: account}
  known_from:
    item: [report-2015]
    item.form: {classified: It is sold in boxes., sources: [report-2015]}
  presume: [ordinary, surveillance]
  presumed: {item: {covert: no}, end_use: {concerns: [wmd]}}
  item: {technology: intrusion_platform, form: goods, annex_i_entry: [4A005], designed_to_monitor_people: yes}
  transaction: {kind: export}
  exporter: {country: IT, name: A firm}
  destination: {country: {one_of: [EG, SD]}}
  end_use: {concerns: {known: [], open: [internal_repression]}}
  licence: {applied_on: 2015-01-01}
  discretion: {art-7-1: no}
  reports:
    - {title: A report, day: 2014-05, level: user, of: [repression], url: "https://example.org/report", source: report-2015}
  replies:
    - {who: the firm, words: We sold it., source: report-2015, day: 2015-08}
    - {who: the buyer, looked_for: 2026-01-03, where: [press], terms: "name, answer"}
  owners:
    - {of: the firm, when: then, name: A fund, source: report-2015}
    - {of: the firm, when: now, looked_for: 2026-01-03}
  changes: [{day: 2026-01-04, what: The day was found.}]
  record: {decision: granted, date: 2015, note: A licence.}
  disputed:
    - {fact: item.form, by: the firm, note: It says that it sells software., sources: [report-2015]}
  expect:
    eu-2021-821: {outcome: no_control, rules: [art-3-1], as_of: scenario, as_if_from: home, in_scope: yes, in_force: yes}
    amnesty: [{within: no_control..prohibition, as_of: 2020-01-01}]
- id: another-case
  like: a-case
  shares: [date, reports]
  without: [exporter.name, end_use.concerns]
- for: a-case
  owner: Somebody
  sources: [{id: letter-2015, title: A letter}]
  known_from: {diligence.completed: [letter-2015]}
  presumed: {diligence: {finds_risk: no}}
  diligence: {completed: yes}
  expect: {un-2019: no_control}
"""
ENTRIES: list[dict[str, Any]] = yaml.load(FILE, yaml.BaseLoader)
OTHERS: tuple[Any, ...] = (
    "",
    "zzz",
    [],
    {},
    [[]],
    [None],
    [{}],
    {"zzz": "zzz"},
    {"zzz": None},
    "2021-02-30",
)
"""What may stand in the place of a value."""
Path = tuple[str | int, ...]


def paths(data: Any, start: Path = ()) -> Iterator[Path]:
    """Every key and every member of a list, by its way from the top."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*start, key)
        yield from paths(value, (*start, key))


PATHS = [path for path in paths(ENTRIES) if len(path) > 1]
LEFT_OUT = object()
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In C where that is installed."""


def changed(path: Path, value: Any) -> str:
    """The file with another value in one place, or without it."""
    entries = copy.deepcopy(ENTRIES)
    parent: Any = entries
    for key in path[:-1]:
        parent = parent[key]
    if value is LEFT_OUT:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return yaml.dump(entries, Dumper=DUMPER, sort_keys=False, width=1000, default_flow_style=False)


def lines_of(text: str, path: Path) -> range:
    """The lines of the file, from 1, on which a key and its value stand."""
    node: Any = yaml.compose(text, LOADER)
    first = node.start_mark.line
    for key in path:
        if isinstance(node, yaml.MappingNode):
            pairs = ((name, value) for name, value in node.value if name.value == key)
            name, node = next(pairs)
            first = name.start_mark.line
        else:
            node = node.value[key]
            first = node.start_mark.line
    return range(first + 1, node.end_mark.line + 2)


def problems(text: str) -> list[Any]:
    """What a reading of the file tells; nothing where it is read."""
    try:
        read_text(text, name="case")
    except FileError as error:
        for problem in error.problems:
            assert (problem.file, problem.line > 0, problem.column > 0) == ("case", True, True)
        return list(error.problems)
    return []


def name_of(path: Path) -> str:
    """The name of a test."""
    return ".".join(map(str, path))


def assert_read_or_told(path: Path) -> None:
    """Whatever stands in a place is read or told; what cannot be right there is told on one of its lines."""
    told = {}
    for value in (*OTHERS, None, LEFT_OUT):
        text = changed(path, value)
        told[repr(value)] = [problem.line for problem in problems(text)]
        if value in (None, [[]], {"zzz": "zzz"}, {"zzz": None}):
            place = lines_of(text, path)
            assert any(line in place for line in told[repr(value)]), (value, told, text)


def test_the_file_is_right():
    """As it stands here it is read."""
    assert problems(FILE) == []


def test_every_key_stands_in_the_file():
    """A key that is declared and that the file here lacks would not be tried."""
    definitions = definitions_of(SCENARIO).values()
    declared = {
        *SCENARIO,
        *ANNOTATION,
        *LIKE,
        *(key for x in definitions for key in x.get("properties", ())),
    }

    assert declared - {key for path in PATHS for key in path if isinstance(key, str)} == set()


@of_each("path", PATHS[::6], ids=name_of)
def test_whatever_stands_there_is_read_or_told_with_its_place(path: Path):
    """No traceback; and a list in a list, or a mapping of unknown keys, is told where it stands."""
    assert_read_or_told(path)


@pytest.mark.thorough
@of_each("path", [path for place, path in enumerate(PATHS) if place % 6], ids=name_of)
def test_whatever_stands_elsewhere_is_read_or_told_with_its_place(path: Path):
    """The same of every other key, and of every member of a list."""
    assert_read_or_told(path)
