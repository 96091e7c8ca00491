"""The mirror: the same use at home and the export, case by case, and both standards counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regcompare.comparison.headline import count_in_words
from regcompare.comparison.mirror import Mirror, MirrorCounts, is_laxer
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import short_list

from .document import Document, Inline, Note, Table
from .gates import gate_of
from .headline import regime_heading
from .provisions import may_move, provisions_named, texts_cited
from .records import read_record, rule_record, span_record
from .render import Form, render
from .sentences import NOT_ADVICE, verdict_outcomes
from .tables import to_json

LEGEND = (
    "Here: the same use by an authority or company at home, whoever sold the item. There: the export. "
    "Free says only that no rule encoded forbids it or asks for permission. Of two numbers the first is "
    "certain, the second possible. A question mark: possible on the known facts, not certain."
)
_CITES, _QUESTIONS = 3, 2


def mirror_text(found: Mirror, form: Form = "table", lang: str = "en", *, links: bool = False) -> str:
    """Returns the mirror in one of the forms, links in a language; ``links`` prints them in text too."""
    if form == "json":
        return to_json(_data(found, lang))
    has_links = links or form not in ("table", "text", "terminal")
    document = Document(
        "",
        [
            *mirror_sentences(found),
            _table(found),
            LEGEND,
            *(found.comparison.rulesets[column].summary for column in found.here),
            texts_cited(found.comparison.verdicts, lang if has_links else None),
            NOT_ADVICE,
        ],
    )
    return render(document, form, links=links)


def mirror_sentences(found: Mirror) -> list[str]:
    """Returns for each law on use and each regime how many sales are judged by two standards."""
    return [sentence for item in found.pairings() for sentence in _sentences(item)]


def _sentences(item: MirrorCounts) -> Iterator[str]:
    noun = "sale" if item.sales == 1 else "sales"
    here, there = item.here.title, item.there.title
    yield (
        f"Of {item.sales} {noun}, the use is forbidden at home ({here}) while the export is neither "
        f"refused nor banned ({there}): {count_in_words(item.double)}; without even a licence: "
        f"{count_in_words(item.unlicensed)}."
    )
    yield (
        f"The reverse, an export that is refused or banned ({there}) for a use that is not forbidden at "
        f"home ({here}): {count_in_words(item.reverse)}."
    )


def _table(found: Mirror) -> Table:
    """The cases, a row each: here, there, and what would settle the use at home."""
    columns = (*found.here, *found.there)
    words = ["here"] * len(found.here) + ["there"] * len(found.there)
    heads = [regime_heading(found.comparison, column) for column in columns]
    rows: list[list[Any]] = [
        [
            row[0].scenario.title or row[0].scenario.id,
            *(_cell(row[column]) for column in columns),
            "\n".join(_questions(row[column]) for column in found.here),
        ]
        for row in found.comparison.rows
    ]
    named = (f"{word}: {head}" for word, head in zip(words, heads, strict=True))
    head = ["case", *named, "what would settle it here"]
    return Table("The same use at home, and the export", head, rows)


def _cell(verdict: Verdict) -> list[list[Inline]]:
    """The gate of a verdict, with the provisions that decide it or may."""
    result: list[Inline] = [verdict_outcomes(verdict, gate_of(verdict).word)]
    places = provisions_named(verdict)
    return [result, [Note(short_list(places, "and", most=_CITES))]] if places else [result]


def _questions(verdict: Verdict) -> str:
    is_open = verdict.span is not None and not verdict.span.is_settled
    return "\n".join(item.text for item in verdict.questions[:_QUESTIONS] if is_open)


# as data ------------------------------------------------------------------------------------------


def _data(found: Mirror, lang: str) -> dict[str, Any]:
    return {
        "findings": mirror_sentences(found),
        "pairs": [_counts(item) for item in found.pairings()],
        "cases": [_case(found, row, lang) for row in found.comparison.rows],
    }


def _counts(item: MirrorCounts) -> dict[str, Any]:
    counts = {name: getattr(item, name) for name in ("double", "unlicensed", "reverse")}
    return {
        "here": item.here.id,
        "there": item.there.id,
        "sales": item.sales,
        **{name: {"certain": n.certain, "at_most": n.at_most} for name, n in counts.items()},
    }


def _case(found: Mirror, row: tuple[Verdict, ...], lang: str) -> dict[str, Any]:
    scenario = row[0].scenario
    here, there = ([row[column] for column in columns] for columns in (found.here, found.there))
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "sale": scenario.counted_as,
        "here": [_result(item, lang) for item in here],
        "there": [
            {**_result(item, lang), "double": is_laxer(here[0], item, Outcome.REFUSAL)} for item in there
        ],
    }


def _result(verdict: Verdict, lang: str) -> dict[str, Any]:
    return {
        **read_record(verdict.ruleset, verdict.as_of),
        **span_record(verdict.span),
        "gate": gate_of(verdict).word,
        "rules": [
            {**rule_record(item.rule, verdict.as_of, lang), "holds": item.holds}
            for item in (*verdict.deciding, *may_move(verdict))
        ],
        "open_questions": list(verdict.open_questions),
    }
