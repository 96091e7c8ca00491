"""The table of standards in any form: findings of harm down, regimes across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from regcompare._support.csv import csv_text
from regcompare.law import Checked
from regcompare.proofs.standards import LicensingStandard, Standards
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import Standard
from regcompare.words.lexicon import listing, short_list

from .document import Block, Document, Section, Table
from .possible import law_words
from .records import read_record
from .render import Form, render
from .sentences import NOT_ADVICE, mark_words
from .tables import to_json

LEGEND = (
    "Each cell says what the text tells the authority in every possible export of an item made to "
    "observe people that needs a licence and is not banned; both ends are proved. Harm means internal "
    "repression or violations of human rights. A finding includes every weaker one. Which standard asks "
    "for more is open to argument; the order is this project's. In brackets, where it is not the "
    "official text: how the provision is known."
)

_CITED = 3
"""How many provisions a cell names."""


def standards_text(found: Standards, form: Form = "table", beside: Sequence[Ruleset] = ()) -> str:
    """Returns the table of standards in a form, and names the rulesets that apply ``beside`` it."""
    if form == "json":
        return to_json(_data(found))
    if form == "csv":
        return csv_text(_COLUMNS, _records(found))
    shown = {item.ruleset for item in found.regimes}
    others = listing([f"{one.title} ({one.id})" for one in beside if one not in shown], "and")
    blocks = [
        *brake_sentences(found),
        standards_table(found),
        _BESIDE.format(others) if others else None,
        f"In every case: {found.frame}." if found.frame else None,
        LEGEND,
        law_words(*found.regimes),
        NOT_ADVICE,
    ]
    return render(Document("", blocks), form)


_BESIDE = "Law that applies at the same time, and may oblige the authority to refuse: {}."


def standards_section(found: Standards) -> Section:
    """Returns the standards as a section of a report."""
    blocks: list[Block | str] = [*brake_sentences(found), standards_table(found), LEGEND]
    return Section("On which finding a licence is refused", blocks, "standards")


def standards_table(found: Standards) -> Table:
    """Returns the table, lines that say the same together."""
    head = ("What is found about harm", *(item.ruleset.title for item in found.regimes))
    lines = [(row[0].finding, tuple(map(_cell, row))) for row in found.rows]
    groups = groupby(lines, lambda line: line[1])
    rows = [(_found_words([line[0] for line in same]), *cells) for cells, same in groups]
    return Table("What the text tells the authority that decides on a licence", head, rows)


def _found_words(names: Sequence[Standard | None]) -> str:
    first, last = (name.value if name else "nothing" for name in (names[0], names[-1]))
    if len(names) == 1:
        return first
    return f"nothing, or at most: {last}" if names[0] is None else f"{first} to {last}"


def _cell(item: LicensingStandard) -> str:
    if item.least is None or item.greatest is None:
        return "asks for no licence"
    ends = dict.fromkeys((item.least, item.greatest))
    return ";\nin some cases ".join(_said(item, end) for end in ends)


def _said(item: LicensingStandard, weighing: Weighing) -> str:
    """What is said, with the provisions that say it."""
    best: dict[str, Checked] = {}
    for said in item.by(weighing):  # Several provisions may be cited alike: the best known counts.
        best[said.cite] = max(said.checked, best.get(said.cite, said.checked))
    cites = [f"{cite}{mark_words(mark)}" for cite, mark in best.items()]
    return f"{weighing.value} ({short_list(cites, 'and', most=_CITED)})" if cites else weighing.value


# the finding --------------------------------------------------------------------------------------


def brake_sentences(found: Standards) -> list[str]:
    """Returns for each regime whether it has a brake: a finding on which a licence must be refused."""
    return [_brake(item.ruleset.title, found.of(item.ruleset.id)) for item in found.regimes]


def _brake(title: str, column: Sequence[LicensingStandard]) -> str:
    always = next((item for item in column if item.least is Weighing.REFUSE), None)
    ever = next((item for item in column if item.greatest is Weighing.REFUSE), None)
    if all(item.least is None for item in column):
        return f"{title} asks for a licence in no such case (proved)."
    if ever is None:
        strictest = max(item.greatest for item in column if item.greatest)
        return (
            f"Under {title} no finding of harm obliges the authority to refuse a licence; at most it "
            f"says: {strictest.value} (proved)."
        )
    every = [f"in every such case {_from(always)}"] if always else []
    some = [f"in some cases {_from(ever)}"] if ever is not always else []
    where = listing([*every, *some], "and")
    return f"Under {title} the authority must refuse a licence {where} (proved)."


def _from(item: LicensingStandard) -> str:
    """From which finding on."""
    if item.finding is None:
        return "without any finding of harm"
    return f"once harm is found to the standard “{item.finding.value}”"


# as data ------------------------------------------------------------------------------------------

_COLUMNS = ("found", "ruleset", "least", "greatest", "provisions")


def _data(found: Standards) -> dict[str, Any]:
    return {
        "findings": brake_sentences(found),
        "given": found.frame or None,
        "standards": [_record(item) for row in found.rows for item in row],
    }


def _record(item: LicensingStandard) -> dict[str, Any]:
    return {
        "found": item.finding.value if item.finding else None,
        **read_record(item.regime.ruleset, item.regime.as_of),
        "least": item.least.value if item.least else None,
        "greatest": item.greatest.value if item.greatest else None,
        "provisions": [
            {
                "id": said.provision.id,
                "ruleset": said.ruleset.id,
                "cite": said.cite,
                "says": said.weighing.value,
                "found_by": said.found_by,
                "sentence": said.provision.sentence,
                "checked": str(said.checked),
            }
            for said in item.provisions
        ],
    }


def _records(found: Standards) -> Iterator[dict[str, Any]]:
    for row in found.rows:
        for item in row:
            ids = dict.fromkeys(said.provision.id for said in item.provisions)
            yield {**_record(item), "found": _found_words([item.finding]), "provisions": " ".join(ids)}
