"""What is on record of a case is published whole: nothing that a file holds is left out."""

from __future__ import annotations

from functools import cache

from tests.support.offenders import of_each
from tests.support.shipped import CASES

from regcompare import Scenario
from regcompare.scenario.files import read_text
from regcompare.views.document import Document
from regcompare.views.render import render
from regcompare_publish.case_record import day_words, record_sections

DOCUMENTED = [case for case in CASES if case.is_documented]
INVENTED = """
id: a
record_kind: refusal_set_aside
date: {from: 2011-03, to: 2012-06}
date_means: application
sources:
  - {id: paper, title: A paper, url: "https://example.org/", copy: "https://example.org/copy", opened: 2026-12-01, seen: opening}
  - {id: letter, title: A letter, url: none, looked_for: 2026-12-01}
known_from: {item.form: {classified: It weighs something.}}
item: {form: goods}
exporter: {name: A firm}
replies:
  - {who: A firm, words: "“No.”", source: letter, day: 2016}
  - {who: A trader, looked_for: 2026-12-02, where: [own_site, press], terms: trader answer}
owners:
  - {of: A firm, when: then, name: A fund, source: paper}
  - {of: A firm, when: now, looked_for: 2026-12-02}
disputed: [{fact: record_kind, by: the authority, note: It stands., sources: [paper]}]
reports: [{title: A report, day: 2011-05, level: country, of: [repression]}]
changes: [{day: 2026-12-01, what: The refusal was set aside.}]
"""


def text_of(case: Scenario) -> str:
    """The sections as text, on one line."""
    return " ".join(render(Document("A case", record_sections(case)), "text", width=10_000).split())


text_of_case = cache(text_of)


@of_each("case", DOCUMENTED, ids=lambda case: case.id)
def test_nothing_that_a_case_holds_is_left_out(case: Scenario) -> None:
    """Each dispute, reply, report, source, owner and change is said, and every reason of our own."""
    said = text_of_case(case)

    words = [
        *(item.note for item in case.disputed),
        *(item.words or item.terms for item in case.replies),
        *(item.title for item in case.reports),
        *(item.title for item in case.sources),
        *(item.name for item in case.owners),
        *(item.what for item in case.changes),
        *(basis.classified for basis in case.known_from.values()),
    ]
    assert [item for item in words if " ".join(item.split()) not in said] == []


@of_each(
    "words",
    [
        "On record: licence refused; the refusal was set aside.",
        "A licence was applied for: between 2011-03-01 and 2012-06-30.",
        "What is on record. The authority: It stands. (A paper)",
        "A firm (2016): “No.” (A letter)",
        "A trader: no answer was found. It was looked for on 2026-12-02 in its own site and the press, by",
        "A firm, then: A fund (A paper)",
        "A firm, now: looked for on 2026-12-02, not found.",
        "A report, 2011-05",
        "Not certainly earlier, so it does not count.",
        "item.form (goods): It weighs something.",
        "its opening was read on 2026-12-01 (the copy that was read)",
        "no address found on 2026-12-01",
        "2026-12-01: The refusal was set aside.",
    ],
)
def test_it_is_said_in_words(words: str) -> None:
    """Who said it, where, and what could not be found."""
    assert words in text_of(read_text(INVENTED)[0])


def test_a_day_is_said_as_far_as_it_is_known() -> None:
    """A year is some day of it."""
    texts = ("2015-06-30", "2015", "unknown")

    days = [day_words(read_text(f"id: a\ndate: {text}\n")[0]) for text in texts]
    assert days == ["2015-06-30", "some day of 2015", "not known"]
