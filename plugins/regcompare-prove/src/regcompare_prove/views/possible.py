"""Gaps and maps over every possible case, and what demands contribute to cases, in any form.

No number of possible cases or of combinations of answers is given, because these are not exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from regcompare.comparison.gaps import Gaps
from regcompare.comparison.measures import verb_phrase
from regcompare.comparison.sensitivity import Sensitivity
from regcompare.ruleset.rules import Outcome
from regcompare.views.document import Document, Table
from regcompare.views.render import Form, written
from regcompare.views.sentences import NOT_ADVICE, span_words
from regcompare.views.tables import gaps_table, presumed_sentences
from regcompare.words.lexicon import listing
from regcompare_prove.axes import Answer, Axis, Pair, where
from regcompare_prove.contribution import DemandShares
from regcompare_prove.gaps import Closure, PossibleGaps, reverse
from regcompare_prove.maps import PossibleMap
from regcompare_prove.regimes import Regime

_MAX_NAMED_ANSWERS = 4
"""The most answers named individually when they are the majority."""

_NO_GAP = "no gap possible"
"""The words of a cell in which the first ruleset leaves no case to the other."""


MAP_LEGEND = (
    "Each cell: the mildest and the strictest outcome of every possible case with those two answers; "
    "both ends are proved. A dash: no possible case is in scope."
)


def noticed(parts: Iterable[str | Table]) -> Document:
    """Returns sentences and tables, followed by the notice that it is not legal advice."""
    return Document("", [*parts, NOT_ADVICE])


def _group_by_cells(
    answers: Iterable[Answer], cells: Callable[[Answer], Iterable[str]]
) -> list[list[Answer]]:
    """Answers grouped by equal cells, smallest groups first."""
    groups: dict[tuple[str, ...], list[Answer]] = {}
    for answer in answers:
        groups.setdefault(tuple(cells(answer)), []).append(answer)
    return sorted(groups.values(), key=len)


def _group_words(answers: Sequence[Answer], axis: Axis) -> str:
    """The answers of a group by name; a majority as "every answer" or "every other answer"."""
    if len(answers) == len(axis.answers) > 1:
        return f"every answer ({len(answers)})"
    if len(answers) > max(len(axis.answers) // 2, _MAX_NAMED_ANSWERS):
        return f"every other answer ({len(answers)})"
    return ", ".join(answer.short for answer in answers)


def _map_table(caption: str, down: Axis, across: Axis, cells: Mapping[Pair, str]) -> Table | str:
    """The map as a table, equal rows and columns merged; if all cells are alike, a sentence."""
    row_groups = _group_by_cells(
        down.answers, lambda answer: (cells[answer.name, other.name] for other in across.answers)
    )
    columns = _group_by_cells(
        across.answers, lambda answer: (cells[other.name, answer.name] for other in down.answers)
    )
    if len(row_groups) == len(columns) == 1:
        words = cells[down.answers[0].name, across.answers[0].name]
        return f"Whatever {down.fact.key} and {across.fact.key}: {words}."
    head = [f"{down.fact.key} / {across.fact.key}", *(_group_words(group, across) for group in columns)]
    rows = [
        [_group_words(group, down), *(cells[group[0].name, column[0].name] for column in columns)]
        for group in row_groups
    ]
    return Table(caption, head, rows)


def possible_gaps_text(gaps: PossibleGaps, form: Form = "table") -> str:
    """Returns the gaps over every possible case, in both directions."""
    directions = (gaps, reverse(gaps))

    def document() -> Document:
        blocks = [part for one_way in directions for part in _gap_blocks(one_way)]
        legend = (
            "Each cell covers every possible case with those two answers, whatever the other facts are. "
            f"Of the cases that {_negative_verb_phrase(gaps.stops_at, 2)} under the first ruleset, "
            "always, sometimes or never means that all, some or none "
            f"{verb_phrase(gaps.stops_at, 2)} under the second; {_NO_GAP}: the first leaves none of "
            "these; no such case: none is in the scope of both."
        )
        law = law_words(gaps.base, gaps.other)
        return noticed([*blocks, *excluded_sentences(gaps), legend, law])

    return written(form, document, directions, chain.from_iterable(directions))


def _gap_blocks(gaps: PossibleGaps) -> Iterator[str | Table]:
    yield gaps_sentence(gaps)
    if gaps.gap_cells:
        cells = {
            pair: _NO_GAP if closure is Closure.NOTHING_OPEN else str(closure)
            for pair, closure in gaps.closures.items()
        }
        yield _map_table(f"Cases that {_gap_phrase(gaps, 2)}", gaps.down, gaps.across, cells)
        yield _closing_table(gaps)


def _gap_phrase(gaps: PossibleGaps, number: int) -> str:
    """The meaning of a gap for a number of cases: "need a licence under A but not under B"."""
    other, base = gaps.other.name, gaps.base.name
    return f"{verb_phrase(gaps.stops_at, number)} under {other} but not under {base}"


def gaps_sentence(gaps: PossibleGaps) -> str:
    """Returns the finding as a sentence."""
    among = "Of all possible cases" + (f" with {gaps.frame.words}" if gaps.frame.words else "")
    if all(cell.closure is Closure.NO_CASE for cell in gaps.cells):
        base, other = gaps.base.name, gaps.other.name
        return f"{among}, none is in the scope of both {base} and {other}, so nothing is compared."
    if not gaps.gap_cells:
        return f"{among}, none {_gap_phrase(gaps, 1)} (proved)."
    found = _where(gaps, *(item for item in Closure if item.is_gap))
    return f"{among}, some {_gap_phrase(gaps, 2)}. There are such cases {found}: {_extent(gaps)}."


def _where(gaps: PossibleGaps, *closures: Closure) -> str:
    """Says for which answers to the two questions of the map there are such cases."""
    among = {pair: item for pair, item in gaps.closures.items() if item is not Closure.NO_CASE}
    found = [pair for pair, closure in among.items() if closure in closures]
    return where((gaps.down, gaps.across), found, among)


def _infinitive(at: Outcome) -> str:
    """The verb phrase as it follows "may" or "certain to": ``be refused or banned``."""
    return "be refused or banned" if at is Outcome.REFUSAL else verb_phrase(at, 2)


def _negative_verb_phrase(at: Outcome, number: int) -> str:
    """The verb phrase for not reaching an outcome: ``do not need a licence``."""
    is_singular = number < 2
    if at is Outcome.REFUSAL:
        return "is not refused or banned" if is_singular else "are not refused or banned"
    return f"{'does' if is_singular else 'do'} not {_infinitive(at)}"


def _extent(gaps: PossibleGaps) -> str:
    """Says whether every case that the base leaves is a gap, and where, or only some."""
    base = gaps.base.ruleset.id
    whole = {cell.closure is Closure.ALWAYS for cell in gaps.gap_cells}
    if True not in whole:
        return f"some of those that {_negative_verb_phrase(gaps.stops_at, 2)} under {base}"
    text = f"every case that {_negative_verb_phrase(gaps.stops_at, 1)} under {base}"
    return text if whole == {True} else f"{text} {_where(gaps, Closure.ALWAYS)}, and else some"


def _closing_table(gaps: PossibleGaps) -> Table:
    """The rules that close the gaps of each row, and its simplest case; equal rows merged."""
    answers_by_words: dict[tuple[str, str], list[Answer]] = {}
    words_by_class: dict[int, tuple[str, str]] = {}
    for answer in gaps.down.answers:
        cells = [cell for cell in gaps.gap_cells if cell.down == answer]
        if cells and answer.cell_number not in words_by_class:
            closing = (
                f"{item.rule.id}{'' if item.ruleset is gaps.other.ruleset else f' ({item.ruleset.id})'}"
                f"{', in every case' if item.always else ''}"
                for item in gaps.closing_rules(answer)
            )
            departs = listing(gaps.departs(answer), "and") or "nothing"
            words_by_class[answer.cell_number] = "; ".join(closing), departs
        if cells:
            answers_by_words.setdefault(words_by_class[answer.cell_number], []).append(answer)
    rules = f"rules of {gaps.other.ruleset.id} that close the gap"
    return Table(
        "Which rules close the gaps",
        (gaps.down.fact.key, rules, "the simplest such case differs from an ordinary one in"),
        [
            [_group_words(answers, gaps.down), *words]
            for words, answers in sorted(answers_by_words.items(), key=lambda pair: len(pair[1]))
        ],
    )


def excluded_sentences(gaps: PossibleGaps) -> list[str]:
    """Returns a sentence on the cases excluded because one of the two does not cover them."""
    sentence = "Cases outside the scope of one of the two are not counted."
    if kinds := [answer.name for answer in gaps.uncovered]:
        sentence += (
            f" Some that {verb_phrase(gaps.stops_at, 2)} under {gaps.other.ruleset.id} are outside the "
            f"scope of {gaps.base.ruleset.id} altogether; they are of the kinds {listing(kinds, 'and')}."
        )
    return [sentence]


def law_words(*regimes: Regime) -> str:
    """Returns which law was applied, as of when, and with which interpretations."""
    sentences = []
    for regime in regimes:
        as_of = f"as of {regime.as_of}" if regime.as_of else "on any day"
        base = f", on top of {regime.base.id}" if regime.base else ""
        sentences.append(f"{regime.ruleset.id}: {regime.ruleset.title}, {as_of}{base}.")
    assumed = dict(pair for regime in regimes for pair in regime.assumed)
    open_doubts = [doubt.id for doubt, reading in assumed.items() if reading is None]
    chosen = [
        f"{doubt.id}={reading}"
        for doubt, reading in assumed.items()
        if reading not in (None, doubt.default)
    ]
    if open_doubts:
        lead = "Doubtful texts left open, so that this holds under every interpretation"
        sentences.append(f"{lead}: {len(open_doubts)}.")
    if chosen:
        sentences.append(f"Interpretations chosen: {listing(chosen, 'and')}.")
    if len(open_doubts) + len(chosen) < len(assumed):
        lead = "Other doubtful texts have their default interpretation"
        sentences.append(f"{lead}; --readings open leaves them open.")
    return " ".join(sentences)


def case_gaps_text(both_ways: Sequence[Gaps], form: Form = "table") -> str:
    """Returns the gaps over a set of cases, in each direction given."""

    def document() -> Document:
        parts = (part for gaps in both_ways for part in (gaps.sentence(), gaps_table(gaps)))
        found = (gap for gaps in both_ways for gap in gaps.found)
        verdicts = tuple(verdict for gap in found for verdict in (gap.let_through, gap.stopped))
        return noticed([*parts, *presumed_sentences(Sensitivity((), verdicts))])

    return written(form, document, both_ways, (gap for gaps in both_ways for gap in gaps.found))


def shares_text(shares: DemandShares, form: Form = "table") -> str:
    """Returns the contribution of each demand of a reform."""
    data = {
        "base": shares.base,
        "reform": shares.reform,
        "whole": shares.whole.row(),
        "demands": [
            {
                "demand": share.demand.name,
                "rules": [rule.id for rule in share.demand.rules],
                **{name: count.row() | {"python": count.python} for name, count in share.counts.items()},
            }
            for share in shares
        ],
    }
    return written(form, lambda: _shares_document(shares), data, shares.to_dicts())


def _shares_document(shares: DemandShares) -> Document:
    verb, added = _infinitive(shares.whole.measure.least), shares.whole.certain
    size = len(shares.whole.population)
    legend = (
        f"By itself: of {size} records, those that {verb} with that demand alone and not without the "
        f"reform. Without it: of the {added} that the whole certainly adds, those that still {verb}. "
        "Several demands may cover the same record, so the rows do not add up."
    )
    exemptions = (
        f"{share.demand.name} overrides {listing(dict.fromkeys(share.demand.overrides), 'and')}: "
        f"without it {share.freed.number()} more would {verb}."
        for share in shares
        if share.freed
    )
    heads = ("demand", "by itself: certain", "at most", "without it: certain", "at most")
    rows = [(share.demand.name, *map(str, (*share.alone.range, *share.kept.range))) for share in shares]
    table = Table("What each demand contributes", heads, rows)
    return noticed([shares.finding().sentence(), table, legend, *exemptions])


def map_text(
    possible_map: PossibleMap, form: Form = "table", stops_at: Outcome = Outcome.AUTHORISATION
) -> str:
    """Returns a map, ruleset by ruleset, each after a sentence on its reach."""
    frame, down, across = possible_map.frame.words, possible_map.down, possible_map.across

    def document() -> Document:
        blocks: list[str | Table] = []
        for regime in possible_map.regimes:
            caption = f"{regime.ruleset.title}: mildest and strictest outcome"
            cells = {
                (cell.down.name, cell.across.name): span_words(cell.span) if cell.span else "-"
                for cell in possible_map.of(regime)
            }
            blocks.append(reach_sentence(possible_map, regime, stops_at))
            blocks.append(_map_table(caption, down, across, cells))
        given = [f"In every case: {frame}."] if frame else []
        return noticed([*blocks, *given, MAP_LEGEND, law_words(*possible_map.regimes)])

    return written(form, document, possible_map, possible_map)


def reach_sentence(possible_map: PossibleMap, regime: Regime, stops_at: Outcome) -> str:
    """Returns a sentence on the answers for which a regime can reach an outcome, or always does."""
    axes, law = (possible_map.down, possible_map.across), regime.name
    among, may, always = possible_map.reached(regime, stops_at)
    if not among:
        return f"None of the possible cases is in the scope of {law}."
    if not may:
        down, across = possible_map.by
        return f"Under {law}, no case can {_infinitive(stops_at)}, whatever {down} and {across}."
    verb = "is" if stops_at is Outcome.REFUSAL else "does"
    certain, reached = where(axes, always, among), where(axes, may, among)
    every = f"; every case {verb} {certain}" if always else f"; for no answers {verb} every case"
    if always == may:
        every = f", and there every case {verb}"
    return f"Under {law}, a case may {_infinitive(stops_at)} {reached}{every}."
