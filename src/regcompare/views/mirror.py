"""The mirror: the same use at home and the export, case by case, with double standards counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regcompare.comparison.data import to_data
from regcompare.comparison.headline import CountRange
from regcompare.comparison.measures import pluralise
from regcompare.comparison.mirror import Mirror, MirrorCounts
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import short_list

from .document import Document, Inline, Note, Table
from .gates import gate_of
from .headline import regime_heading
from .provisions import may_move, provisions_named, texts_cited
from .render import Form, written
from .sentences import NOT_ADVICE, verdict_outcomes

LEGEND = (
    "Here: the same use by an authority or company at home, whoever sold the item. There: the export. "
    "“No rule here” says only that no rule encoded forbids the use or asks for permission. A question "
    "mark: possible on the known facts, not certain."
)
_MAX_CITES, _MAX_QUESTIONS = 3, 2


def mirror_text(mirror: Mirror, form: Form = "table", lang: str = "en", *, links: bool = False) -> str:
    """Returns the mirror in a form, with links in a language, which ``links`` prints in text too."""
    has_links = links or form not in ("table", "text", "terminal")

    def document() -> Document:
        return Document(
            "",
            [
                *mirror_sentences(mirror),
                _mirror_table(mirror),
                LEGEND,
                *(mirror.comparison.rulesets[column].summary for column in mirror.here),
                texts_cited(mirror.comparison.verdicts, lang if has_links else None),
                NOT_ADVICE,
            ],
        )

    data = {
        "findings": mirror_sentences(mirror),
        "pairings": mirror.pairings(),
        "cases": [
            {
                "scenario": row[0].scenario,
                "title": row[0].scenario.title,
                "sale": row[0].scenario.counted_as,
                "here": [_result(row[column], lang) for column in mirror.here],
                "there": [_result(row[column], lang) for column in mirror.there],
            }
            for row in mirror.comparison.rows
        ],
    }
    return written(form, document, data, lang=lang, links=links)


def _result(verdict: Verdict, lang: str) -> dict[str, Any]:
    """A verdict in short, with its gate, the provisions that decide it or may, and what is open."""
    rules = [*verdict.deciding, *may_move(verdict)]
    more = {"gate": gate_of(verdict).word, "rules": rules, "open_questions": verdict.open_questions}
    return {**to_data(verdict), **to_data(more, lang)}


def mirror_sentences(mirror: Mirror) -> list[str]:
    """Returns, for each law on use and each regime, how many cases are judged by two standards."""
    return [sentence for counts in mirror.pairings() for sentence in _pair_sentences(counts)]


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


def _mirror_table(mirror: Mirror) -> Table:
    """The cases, one row each: here, there, and what would settle the use at home."""
    columns = (*mirror.here, *mirror.there)
    labels = ["here"] * len(mirror.here) + ["there"] * len(mirror.there)
    headings = [regime_heading(mirror.comparison, column) for column in columns]
    rows: list[list[Any]] = [
        [
            row[0].scenario.title or row[0].scenario.id,
            *(_cell(row[column]) for column in columns),
            "\n".join(_settling_questions(row[column]) for column in mirror.here),
        ]
        for row in mirror.comparison.rows
    ]
    titles = (f"{label}: {head}" for label, head in zip(labels, headings, strict=True))
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
