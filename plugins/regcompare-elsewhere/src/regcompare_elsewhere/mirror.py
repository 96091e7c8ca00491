"""The mirror: what may be done with an item at home, and what its export needs, case by case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs

from regcompare.comparison.classes import is_reached
from regcompare.comparison.comparison import Comparison, compare
from regcompare.comparison.data import to_data
from regcompare.comparison.headline import CountRange, by_deal
from regcompare.comparison.measures import pluralise
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Document, Inline, Note, Table
from regcompare.views.gates import gate_of
from regcompare.views.headline import regime_heading
from regcompare.views.render import Form, written
from regcompare.views.sentences import (
    NOT_ADVICE,
    may_move,
    provisions_named,
    texts_cited,
    verdict_outcomes,
)
from regcompare.words.lexicon import short_list

LEGEND = (
    "Here: the same use by an authority or company at home, whoever sold the item. There: the export. "
    "“No rule here” says only that no rule encoded forbids the use or asks for permission. A question "
    "mark: possible on the known facts, not certain."
)
_MAX_CITES, _MAX_QUESTIONS = 3, 2


@attrs.frozen
class MirrorCounts:
    """How many sales are judged by a double standard, by one law on use and one regime for exports.

    A sale in several parts counts if one of its parts does.  The greater count is an upper bound: it
    ignores that one open fact may change both results.

    Attributes:
        here: The law on use.
        there: The regime for exports.
        sales: How many sales there are.
        double: The use is forbidden at home, and the export is neither refused nor banned.
        unlicensed: The use is forbidden at home, and the export does not even need a licence.
        reverse: The export is refused or banned, and the use is not forbidden at home.
    """

    here: Ruleset
    there: Ruleset
    sales: int
    double: CountRange
    unlicensed: CountRange
    reverse: CountRange


def mirror(
    scenarios: Sequence[Scenario], rulesets: Sequence[Ruleset], catalogue: Catalogue, **law: Any
) -> tuple[Comparison, Callable[[Form], str]]:
    """Compares uses at home with exports; returns this with the function that writes it in a form.

    Args:
        scenarios: The cases.
        rulesets: Laws on use and regimes for exports; where there is none of a kind, all installed laws
            on use, or the usual regimes.
        catalogue: What is installed.
        law: How law is applied, as ``compare`` takes it.

    Raises:
        UsageError: No law on use is installed; or as for ``compare``.
    """
    on_use = [item for item in rulesets if item.asks == "use"] or catalogue.rulesets.of_use()
    on_export = [item for item in rulesets if item.asks == "export"] or catalogue.usual()
    if not on_use:
        raise UsageError("No ruleset on use at home is installed; load one with --load.")
    both = (*on_use, *(item for item in on_export if item.asks == "export"))
    comparison = compare(scenarios, both, **law)
    return comparison, partial(mirror_text, comparison)


def mirror_counts(comparison: Comparison) -> list[MirrorCounts]:
    """Returns the counts for each law on use with each regime for exports."""
    return [
        _counts(comparison, here, there)
        for here in _columns(comparison, "use")
        for there in _columns(comparison, "export")
    ]


def _columns(comparison: Comparison, asks: str) -> list[int]:
    return [place for place, ruleset in enumerate(comparison.rulesets) if ruleset.asks == asks]


def _counts(comparison: Comparison, here: int, there: int) -> MirrorCounts:
    pairs = ((row[0].scenario, (row[here], row[there])) for row in comparison.rows)
    sales = by_deal(pairs).values()

    def count(lax: Outcome) -> CountRange:
        return CountRange.of([is_laxer(home, away, lax) for home, away in sale] for sale in sales)

    reverse = ([is_laxer(away, home, Outcome.REFUSAL) for home, away in sale] for sale in sales)
    return MirrorCounts(
        comparison.rulesets[here],
        comparison.rulesets[there],
        len(sales),
        double=count(Outcome.REFUSAL),
        unlicensed=count(Outcome.AUTHORISATION),
        reverse=CountRange.of(reverse),
    )


def is_laxer(strict: Verdict, lax: Verdict, below: Outcome) -> bool | None:
    """Returns whether one result forbids and the other stays below an outcome; None where that is open.

    A case that one of the two does not reach shows no double standard.
    """
    strict_span, lax_span = strict.span, lax.span
    if strict_span is None or lax_span is None:
        return False
    if strict_span.low >= Outcome.REFUSAL and lax_span.high < below:
        return True if is_reached(strict) and is_reached(lax) else None
    return None if strict_span.high >= Outcome.REFUSAL and lax_span.low < below else False


# as a document ------------------------------------------------------------------------------------


def mirror_text(comparison: Comparison, form: Form = "table", lang: str = "en") -> str:
    """Returns the mirror in a form, with links in a language."""
    has_links = form not in ("table", "text", "terminal")
    here, there = _columns(comparison, "use"), _columns(comparison, "export")
    sentences = mirror_sentences(comparison)

    def document() -> Document:
        return Document(
            "",
            [
                *sentences,
                _table(comparison, here, there),
                LEGEND,
                *(comparison.rulesets[column].summary for column in here),
                texts_cited(comparison.verdicts, lang if has_links else None),
                NOT_ADVICE,
            ],
        )

    data = {
        "findings": sentences,
        "pairings": mirror_counts(comparison),
        "cases": [
            {
                "scenario": row[0].scenario,
                "title": row[0].scenario.title,
                "sale": row[0].scenario.counted_as,
                "here": [_result(row[column], lang) for column in here],
                "there": [_result(row[column], lang) for column in there],
            }
            for row in comparison.rows
        ],
    }
    return written(form, document, data, lang=lang)


def _result(verdict: Verdict, lang: str) -> dict[str, Any]:
    """A verdict in short, with its gate, the provisions that decide it or may, and what is open."""
    rules = [*verdict.deciding, *may_move(verdict)]
    more = {"gate": gate_of(verdict).word, "rules": rules, "open_questions": verdict.open_questions}
    return {**to_data(verdict), **to_data(more, lang)}


def mirror_sentences(comparison: Comparison) -> list[str]:
    """Returns, for each law on use and each regime, how many cases are judged by two standards."""
    counts = mirror_counts(comparison)
    return [sentence for pair in counts for sentence in _pair_sentences(pair)]


def _pair_sentences(counts: MirrorCounts) -> Iterator[str]:
    here, there = counts.here.title, counts.there.title
    yield (
        f"Of {pluralise(counts.sales, 'case')}, the use is forbidden at home ({here}) while the export "
        f"is neither refused nor banned ({there}): {_certain(counts.double)}; without even a licence: "
        f"{_certain(counts.unlicensed)}.{_open(counts.double)}"
    )
    yield (
        f"The reverse, an export that is refused or banned ({there}) for a use that is not forbidden at "
        f"home ({here}): {_certain(counts.reverse)}.{_open(counts.reverse)}"
    )


def _certain(count: CountRange) -> str:
    """What is certain alone; where there is more, it is said that this is."""
    number = str(count.certain or "none")
    return number if count.certain == count.at_most else f"{number} for certain"


def _open(count: CountRange) -> str:
    others = count.at_most - count.certain
    return f" For {pluralise(others, 'other')}, unanswered questions decide it." if others else ""


def _table(comparison: Comparison, here: Sequence[int], there: Sequence[int]) -> Table:
    """The cases, one row each: here, there, and what would settle the use at home."""
    titles = [f"here: {regime_heading(comparison, column)}" for column in here]
    titles += [f"there: {regime_heading(comparison, column)}" for column in there]
    rows: list[list[Any]] = [
        [
            row[0].scenario.title or row[0].scenario.id,
            *(_cell(row[column]) for column in (*here, *there)),
            "\n".join(_settling_questions(row[column]) for column in here),
        ]
        for row in comparison.rows
    ]
    head = ["case", *titles, "what would settle it here"]
    return Table("The same use at home, and the export", head, rows)


def _cell(verdict: Verdict) -> list[list[Inline]]:
    """The gate of a verdict, with the provisions that decide it or may."""
    result: list[Inline] = [verdict_outcomes(verdict, gate_of(verdict).word)]
    places = provisions_named(verdict)
    return [result, [Note(short_list(places, "and", most=_MAX_CITES))]] if places else [result]


def _settling_questions(verdict: Verdict) -> str:
    is_open = verdict.span is not None and not verdict.span.is_settled
    return "\n".join(question.text for question in verdict.questions[:_MAX_QUESTIONS] if is_open)
