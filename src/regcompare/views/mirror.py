"""The mirror: the same use at home and the export, case by case, and both standards counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from regcompare.comparison.headline import spoken
from regcompare.comparison.mirror import Mirror, Pairing, is_laxer
from regcompare.ruleset.cites import cell_cites
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.words.lexicon import shortened

from .document import Bullets, Document, Inline, Link, Note, Table
from .gates import gate_of
from .headline import regime_heading
from .links import texts_cited
from .render import Form, render
from .sentences import NOT_ADVICE, verdict_outcomes
from .tables import to_json

__all__ = ["mirror_document", "mirror_sentences", "mirror_text"]

LEGEND = (
    "Here: the same use by an authority or company at home, whoever sold the item. There: the export. "
    "Free says only that no rule encoded forbids it or asks for permission. Of two numbers the first is "
    "certain, the second possible. A question mark: possible on the known facts, not certain."
)
_CITES, _QUESTIONS = 3, 2


def mirror_text(found: Mirror, form: Form = "table", lang: str = "en", *, links: bool = False) -> str:
    """Returns the mirror in one of the forms.

    Args:
        found: The mirror.
        form: The form.
        lang: The language in which links lead to the law.
        links: Whether to print the addresses of the texts in text as well.
    """
    if form == "json":
        return to_json(_data(found, lang))
    has_links = links or form not in ("table", "text", "terminal")
    return render(mirror_document(found, lang if has_links else None), form, links=links)


def mirror_document(found: Mirror, lang: str | None = None) -> Document:
    """Returns the findings and the cases; with a language, the texts that they cite as well."""
    cited = texts_cited(found.comparison.verdicts, lang) if lang else {}
    return Document(
        "",
        [
            *mirror_sentences(found),
            mirror_table(found),
            LEGEND,
            *(found.comparison.rulesets[column].summary for column in found.here),
            Bullets([Link(words, url) for words, url in cited.items()], "sources"),
            NOT_ADVICE,
        ],
    )


def mirror_sentences(found: Mirror) -> list[str]:
    """Returns for each law on use and each regime how many sales are judged by two standards."""
    return [sentence for item in found.pairings() for sentence in _sentences(item)]


def _sentences(item: Pairing) -> Iterator[str]:
    noun = "sale" if item.sales == 1 else "sales"
    here, there = item.here.title, item.there.title
    yield (
        f"Of {item.sales} {noun}, the use is forbidden at home ({here}) while the export is neither "
        f"refused nor banned ({there}): {spoken(item.double)}; without even a licence: "
        f"{spoken(item.unlicensed)}."
    )
    yield (
        f"The reverse, an export that is refused or banned ({there}) for a use that is not forbidden at "
        f"home ({here}): {spoken(item.reverse)}."
    )


def mirror_table(found: Mirror) -> Table:
    """Returns the cases, a row each: here, there, and what would settle the use at home."""
    here, there = found.here, found.there
    heads = [(column, "here") for column in here] + [(column, "there") for column in there]
    return Table(
        "The same use at home, and the export",
        [
            "case",
            *(f"{word}: {regime_heading(found.comparison, column)}" for column, word in heads),
            "what would settle it here",
        ],
        [
            [
                row[0].scenario.title or row[0].scenario.id,
                *(_cell(row[column]) for column, _ in heads),
                "\n".join(_questions(row[column]) for column in here),
            ]
            for row in found.comparison.rows
        ],
    )


def _cell(verdict: Verdict) -> list[list[Inline]]:
    """The gate of a verdict, with the provisions that decide it or may."""
    result = [verdict_outcomes(verdict, gate_of(verdict).word)]
    places = _places(verdict, verdict.deciding)
    places += [f"{place}?" for place in _places(verdict, _possible(verdict)) if place not in places]
    return [result, [Note(shortened(places, "and", most=_CITES))]] if places else [result]


def _places(verdict: Verdict, findings: Iterable[Finding]) -> list[str]:
    return cell_cites(verdict.ruleset, (item.rule.cite for item in findings))


def _possible(verdict: Verdict) -> list[Finding]:
    """What may hold and would make the result stricter."""
    least = verdict.span.low if verdict.span else Outcome.PROHIBITION
    return [item for item in verdict.open if item.rule.then > least]


def _questions(verdict: Verdict) -> str:
    if verdict.span is None or verdict.span.is_settled:
        return ""
    return "\n".join(item.text for item in verdict.questions[:_QUESTIONS])


# as data ------------------------------------------------------------------------------------------


def _data(found: Mirror, lang: str) -> dict[str, Any]:
    return {
        "findings": mirror_sentences(found),
        "pairs": [_counts(item) for item in found.pairings()],
        "cases": [_case(found, row, lang) for row in found.comparison.rows],
    }


def _counts(item: Pairing) -> dict[str, Any]:
    counts = {name: getattr(item, name) for name in ("double", "unlicensed", "reverse")}
    return {
        "here": item.here.id,
        "there": item.there.id,
        "sales": item.sales,
        **{name: {"certain": n.certain, "at_most": n.at_most} for name, n in counts.items()},
    }


def _case(found: Mirror, row: tuple[Verdict, ...], lang: str) -> dict[str, Any]:
    scenario = row[0].scenario
    here = [row[column] for column in found.here]
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "sale": scenario.counted_as,
        "here": [_result(item, lang) for item in here],
        "there": [
            {**_result(row[column], lang), "double": is_laxer(here[0], row[column], Outcome.REFUSAL)}
            for column in found.there
        ],
    }


def _result(verdict: Verdict, lang: str) -> dict[str, Any]:
    return {
        "ruleset": verdict.ruleset.id,
        "as_of": verdict.as_of.isoformat() if verdict.as_of else None,
        "low": verdict.span.low.word if verdict.span else None,
        "high": verdict.span.high.word if verdict.span else None,
        "gate": gate_of(verdict).word,
        "rules": [
            {
                "id": item.rule.id,
                "cite": str(item.rule.cite),
                "url": item.rule.cite.url(verdict.as_of, lang),
                "sentence": item.rule.sentence,
                "holds": item.holds,
            }
            for item in (*verdict.deciding, *_possible(verdict))
        ],
        "open_questions": list(verdict.open_questions),
    }
