"""The table of licensing standards in any form: findings of harm down, regimes across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from regcompare.law import EvidenceLevel
from regcompare.ruleset.review import LicensingPolicy
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Document, Table
from regcompare.views.render import Form, written
from regcompare.views.sentences import mark_words
from regcompare.vocabulary import Standard
from regcompare.words.lexicon import listing, short_list
from regcompare_prove.receipts import laws_of
from regcompare_prove.standards import Asks, LicensingStandard, Standards

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


def standards_text(standards: Standards, form: Form = "table", available: Iterable[Ruleset] = ()) -> str:
    """Returns the table of standards in a form; the arguments are those of ``standards_document``."""
    cells, given = standards.cells, standards.frame.words
    data = {"findings": brake_sentences(standards), "given": given, "standards": cells}
    return written(form, lambda: standards_document(standards, available), data, cells)


def standards_document(standards: Standards, available: Iterable[Ruleset] = ()) -> Document:
    """Returns the table of standards with its findings.

    Of the available rulesets those are named that apply together with one in the table.
    """
    compared, laws = [regime.ruleset for regime in standards.regimes], tuple(available)
    ids = {law.id for law in compared}
    parallel = [law for law in laws if law not in compared and ids & {*law.parallel_to}]
    refusing = {item.ruleset for item in standards.rows[0] if item.asks is Asks.REFUSAL}
    whole = [law for law in laws if law not in compared and refusing & {*law.beside}]
    return noticed(
        [
            *brake_sentences(standards),
            standards_table(standards),
            *_together(_WHOLE, whole),
            *_together(_BESIDE, parallel),
            *([f"In every case: {standards.frame.words}."] if standards.frame.words else []),
            LEGEND,
            law_words(*standards.regimes),
        ]
    )


_BESIDE = "Law that applies at the same time, and may oblige the authority to refuse: {}."
_WHOLE = "Rulesets that combine it with law that requires licences: {}."


def _together(sentence: str, laws: Sequence[Ruleset]) -> list[str]:
    """The sentence that names these rulesets, if there are any."""
    names = listing([f"{law.title} ({law.id})" for law in laws], "and")
    return [sentence.format(names)] if names else []


def standards_table(standards: Standards) -> Table:
    """Returns the table, equal rows merged."""
    head = ("What is found about harm", *(regime.ruleset.title for regime in standards.regimes))
    lines = [(row[0].finding, tuple(map(_cell, row))) for row in standards.rows]
    groups = groupby(lines, lambda line: line[1])
    rows = [(_finding_words([line[0] for line in equal_lines]), *cells) for cells, equal_lines in groups]
    return Table("What the text tells the authority that decides on a licence", head, rows)


def standards_grid(standards: Standards) -> tuple[str, str, list[str], list[Any]]:
    """Returns the title of the picture, its columns, and its lines: for each cell answer and words."""
    lines = [
        (row[0].finding.value if row[0].finding else "nothing", list(map(_grid_cell, row)))
        for row in standards.rows
    ]
    heads = [law.heading() for law in laws_of(standards.regimes)]
    title = "Whether a licence must be refused, by what is found about harm."
    return title, "Dark: it must. Striped: in some cases. Pale: it need not. Proved.", heads, lines


def _grid_cell(standard: LicensingStandard) -> tuple[str, str]:
    if standard.least is None or standard.greatest is None:
        is_outside = standard.asks is Asks.OUTSIDE
        return "outside" if is_outside else "no", _CELLS.get(standard.asks, "requires no licence")
    ends = dict.fromkeys((standard.least, standard.greatest))
    refuses = [end is LicensingPolicy.REFUSE for end in (standard.least, standard.greatest)]
    answer = "yes" if all(refuses) else "open" if any(refuses) else "no"
    return answer, "; in some cases ".join(end.value for end in ends)


def _finding_words(names: Sequence[Standard | None]) -> str:
    first, last = (name.value if name else "nothing" for name in (names[0], names[-1]))
    if len(names) == 1:
        return first
    return f"nothing, or at most: {last}" if names[0] is None else f"{first} to {last}"


_CELLS = {Asks.OUTSIDE: "does not apply", Asks.REFUSAL: "requires no licence of its own"}
"""The words where a regime asks for no licence that could be refused."""


def _cell(standard: LicensingStandard) -> str:
    if standard.least is None or standard.greatest is None:
        return _CELLS.get(standard.asks, "requires no licence")
    ends = dict.fromkeys((standard.least, standard.greatest))
    cites = {
        end: [f"{cite}{mark_words(level)}" for cite, level in _cites(standard, end).items()]
        for end in ends
    }  # The provisions that prescribe a weighing, with their evidence levels.
    return ";\nin some cases ".join(
        f"{end.value} ({short_list(named, 'and', most=_MAX_CITES)})" if named else end.value
        for end, named in cites.items()
    )


def _cites(standard: LicensingStandard, weighing: LicensingPolicy) -> dict[str, EvidenceLevel]:
    """The provisions that prescribe a weighing; of those with one citation, the best source counts."""
    levels: dict[str, EvidenceLevel] = {}
    for review in standard.provisions:
        if review.weighing is weighing:
            levels[review.cite] = max(review.checked, levels.get(review.cite, review.checked))
    return levels


def brake_sentences(standards: Standards) -> list[str]:
    """Returns for each regime whether it has a brake: harm for which a licence must be refused."""
    return list(map(_brake_sentence, zip(*standards.rows, strict=True)))


def _brake_sentence(column: Sequence[LicensingStandard]) -> str:
    first, law = column[0], column[0].ruleset
    day = f"{law.title} as of {first.as_of}" if first.as_of else law.title
    if first.asks is Asks.OUTSIDE:
        return f"{day} does not apply to such exports (proved)."
    if first.asks is Asks.NOTHING:
        return f"{day} does not require a licence in any such case (proved)."
    if first.asks is Asks.REFUSAL:
        others = f" ({listing(law.parallel_to, 'or')})" if law.parallel_to else ""
        return (
            f"{day} requires no licence of its own in such cases (proved); it says when one that "
            f"another act requires{others} must be refused."
        )
    if first.least is LicensingPolicy.REFUSE:
        return (
            f"Under {day} the authority must refuse a licence in every such case, whatever is found "
            "about harm (proved)."
        )
    others = _other_reasons(first)
    obliging = next((standard for standard in column if standard.obliges), None)
    if obliging is None:
        reviews = (review.weighing for standard in column for review in standard.provisions)
        short = (weighing for weighing in reviews if weighing is not LicensingPolicy.REFUSE)
        return (
            f"Under {day} no finding of harm obliges the authority to refuse a licence because of the "
            f"harm; at most it says: {max(short, default=LicensingPolicy.FREE).value} (proved).{others}"
        )
    always = next((standard for standard in column if standard.least is LicensingPolicy.REFUSE), None)
    throughout = [f"in every such case {_threshold_words(always)}"] if always else []
    partly = [f"in some cases {_threshold_words(obliging)}"] if obliging is not always else []
    return (
        f"Under {day} harm obliges the authority to refuse a licence "
        f"{listing([*throughout, *partly], 'and')} (proved).{others}"
    )


def _other_reasons(standard: LicensingStandard) -> str:
    """The sentence that the authority must refuse in some cases in which no harm is found."""
    if standard.greatest is not LicensingPolicy.REFUSE:
        return ""
    cites = short_list(list(_cites(standard, LicensingPolicy.REFUSE)), "and", most=_MAX_CITES)
    return f" In some cases it must refuse where no such harm is found: by {cites} (proved)."


def _threshold_words(standard: LicensingStandard) -> str:
    """The finding from which a standard applies."""
    assert standard.finding is not None, "without a finding no harm is found"
    return f"once it is found to the standard “{standard.finding.value}”"
