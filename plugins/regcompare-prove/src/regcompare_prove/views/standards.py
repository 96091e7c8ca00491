"""The table of licensing standards in any form: findings of harm down, regimes across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from regcompare.law import Checked
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Document, Table
from regcompare.views.render import Form, written
from regcompare.views.sentences import mark_words
from regcompare.vocabulary import Standard
from regcompare.words.lexicon import listing, short_list
from regcompare_prove.standards import LicensingStandard, Standards, standards

from .possible import law_words, noticed

LEGEND = (
    "Each cell says what the text tells the authority in every possible export of an item made to "
    "observe people that needs a licence and is not banned; both ends are proved. Harm means internal "
    "repression or violations of human rights. A finding includes every weaker one. Which standard asks "
    "for more is open to argument; the order is this project's. In brackets, where it is not the "
    "official text: how the provision is known."
)

_MAX_CITES = 3
"""The most provisions that a cell names."""


def standards_text(standards: Standards, form: Form = "table", beside: Sequence[Ruleset] = ()) -> str:
    """Returns the table of standards in a form, and names the rulesets that apply ``beside`` it."""
    compared = {regime.ruleset for regime in standards.regimes}
    others = listing([f"{law.title} ({law.id})" for law in beside if law not in compared], "and")

    def document() -> Document:
        return noticed(
            [
                *brake_sentences(standards),
                standards_table(standards),
                *([_BESIDE.format(others)] if others else []),
                *([f"In every case: {standards.frame}."] if standards.frame else []),
                LEGEND,
                law_words(*standards.regimes),
            ]
        )

    cells = [cell for row in standards.rows for cell in row]
    data = {"findings": brake_sentences(standards), "given": standards.frame, "standards": cells}
    return written(form, document, data, cells)


def standards_shown(*arguments: Any, **options: Any) -> tuple[Standards, Callable[[Form], str]]:
    """Returns the table of standards, with the function that writes it in a form."""
    table = standards(*arguments, **options)
    return table, partial(standards_text, table)


_BESIDE = "Law that applies at the same time, and may oblige the authority to refuse: {}."


def standards_table(standards: Standards) -> Table:
    """Returns the table, equal rows merged."""
    head = ("What is found about harm", *(regime.ruleset.title for regime in standards.regimes))
    lines = [(row[0].finding, tuple(map(_cell, row))) for row in standards.rows]
    groups = groupby(lines, lambda line: line[1])
    rows = [(_finding_words([line[0] for line in equal_lines]), *cells) for cells, equal_lines in groups]
    return Table("What the text tells the authority that decides on a licence", head, rows)


def _finding_words(names: Sequence[Standard | None]) -> str:
    first, last = (name.value if name else "nothing" for name in (names[0], names[-1]))
    if len(names) == 1:
        return first
    return f"nothing, or at most: {last}" if names[0] is None else f"{first} to {last}"


def _cell(standard: LicensingStandard) -> str:
    if standard.least is None or standard.greatest is None:
        return "requires no licence"
    ends = dict.fromkeys((standard.least, standard.greatest))
    return ";\nin some cases ".join(_weighing_words(standard, end) for end in ends)


def _weighing_words(standard: LicensingStandard, weighing: Weighing) -> str:
    """A weighing with the provisions that prescribe it."""
    levels: dict[str, Checked] = {}
    for review in standard.provisions:
        if review.weighing is weighing:  # Of those with the same citation, the best source counts.
            levels[review.cite] = max(review.checked, levels.get(review.cite, review.checked))
    cites = [f"{cite}{mark_words(level)}" for cite, level in levels.items()]
    return f"{weighing.value} ({short_list(cites, 'and', most=_MAX_CITES)})" if cites else weighing.value


# the finding --------------------------------------------------------------------------------------


def brake_sentences(standards: Standards) -> list[str]:
    """Returns for each regime whether it has a brake: a finding on which a licence must be refused."""
    return [
        _brake_sentence(regime.ruleset.title, standards.of(regime.ruleset.id))
        for regime in standards.regimes
    ]


def _brake_sentence(title: str, column: Sequence[LicensingStandard]) -> str:
    always = next((standard for standard in column if standard.least is Weighing.REFUSE), None)
    sometimes = next((standard for standard in column if standard.greatest is Weighing.REFUSE), None)
    if all(standard.least is None for standard in column):
        return f"{title} does not require a licence in any such case (proved)."
    if sometimes is None:
        strictest = max(standard.greatest for standard in column if standard.greatest)
        return (
            f"Under {title} no finding of harm obliges the authority to refuse a licence; at most it "
            f"says: {strictest.value} (proved)."
        )
    throughout = [f"in every such case {_threshold_words(always)}"] if always else []
    partly = [f"in some cases {_threshold_words(sometimes)}"] if sometimes is not always else []
    conditions = listing([*throughout, *partly], "and")
    return f"Under {title} the authority must refuse a licence {conditions} (proved)."


def _threshold_words(standard: LicensingStandard) -> str:
    """The finding from which a standard applies."""
    if standard.finding is None:
        return "without any finding of harm"
    return f"once harm is found to the standard “{standard.finding.value}”"
