"""Two acts provision by provision: conditions in words, the proved relation, a case each way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.comparison.measures import pluralise
from regcompare.facts import Fact, MemberSet, YesNo
from regcompare.logic.conditions import all_of, any_of
from regcompare.proofs.correlation import ConditionComparison, Correlation, Relation, Row
from regcompare.proofs.witness import assess_regimes
from regcompare.ruleset.cites import citation_format
from regcompare.ruleset.rules import CELL_WORDS, Span
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.words.lexicon import (
    Lexicon,
    answer_clause,
    answer_words,
    lexicon,
    listing,
    member_words,
    statement,
)
from regcompare.words.words import condition_outline, condition_words

from .document import Block, Document, Link, Note, Strong, Table, outline
from .possible import law_words
from .records import read_record, rule_record
from .render import Form, render
from .sentences import NOT_ADVICE, mark_words, result_words
from .tables import to_json

_LEGEND = (
    "Each relation is one between the cases that two provisions reach, where both acts apply, whatever "
    "another provision does. It is proved over every possible case, as the law is encoded here. Same: "
    "neither reaches a case that the other does not. Wider, narrower: the later one reaches more "
    "cases, or fewer. Incomparable: each reaches cases that the other does not. New, gone: no provision "
    "corresponds. The cases are invented; they differ from an ordinary one as little as possible. "
    "Duties are compared by the table of safeguards."
)

_WORDS = {
    Relation.SAME: "the same cases",
    Relation.WIDER: "wider",
    Relation.NARROWER: "narrower",
    Relation.INCOMPARABLE: "incomparable",
    Relation.NEW: "new",
    Relation.GONE: "gone",
    Relation.OPEN: "open",
}


def correlation_text(found: Correlation, form: Form = "table", lang: str = "en") -> str:
    """Returns the correlation in one of the forms, links in a language."""
    if form == "json":
        return to_json(_data(found, lang))
    return render(correlation_document(found, lang), form)


def correlation_document(found: Correlation, lang: str = "en") -> Document:
    """Returns the correlation as a document: the finding, the table, and how to read it."""
    kept = _kept(found)
    rows = [_line(found, row, lang) for row in found.rows if row not in kept]
    head = (*_titles(found), "relation", "what changed")
    return Document(
        "",
        [
            *correlation_sentences(found),
            Table("Provision by provision", head, rows),
            f"In every case: {found.frame.words}." if found.frame.words else None,
            _LEGEND,
            law_words(found.before, found.after),
            NOT_ADVICE,
        ],
    )


# the finding --------------------------------------------------------------------------------------


def correlation_sentences(found: Correlation) -> Iterator[str]:
    """Yields what became of the provisions, in sentences: their number, what is as before, the scope."""
    before, after = _titles(found)
    counts = Counter(row.relation for row in found.rows)
    parts = [f"{counts[item]} {_WORDS[item]}" for item in Relation if counts[item]]
    if found.frame.given.answers:
        first, last = (_span(found.frame.span(item)) for item in (found.before, found.after))
        yield f"With {found.frame.words}, the outcome was {first}, and is {last} (proved)."
    if not parts:
        yield f"No provision of {before} or of {after} can be met."
        return
    lines = pluralise(len(found.rows), "line")
    yield f"From {before} to {after}, {lines}: {listing(parts, 'and')} (proved)."
    if kept := _kept(found):
        cite = citation_format(found.after.ruleset)
        cites = listing([cite(row.after.rule.cite) for row in kept if row.after], "and")
        yield f"The same provision reaches the same cases: {cites}."
    said = _difference(found.scope, _words(found, None))
    if found.scope.relation is not Relation.SAME:
        yield f"The scope is {_WORDS[found.scope.relation]}. {' '.join(said)}"


def _titles(found: Correlation) -> tuple[str, str]:
    first, second = (f"{item.ruleset.title} as of {item.as_of}" for item in (found.before, found.after))
    return first, second


def _span(span: Span | None) -> str:
    if span is None:
        return "out of scope"
    return " to ".join(dict.fromkeys(CELL_WORDS[end] for end in (span.low, span.high)))


def _kept(found: Correlation) -> list[Row]:
    """The lines of which nothing is to be told: one rule, the same cases."""
    return [row for row in found.rows if row.relation is Relation.SAME and row.rules[0] is row.rules[1]]


# the table ----------------------------------------------------------------------------------------


def _line(found: Correlation, row: Row, lang: str) -> tuple[Sequence[Block], ...]:
    words = _words(found, row)
    provisions = [_provision(found, row, place, words[place], lang) for place in (0, 1)]
    changed = [*_changed(found, row, words), *_cases(found, row)]
    return (*provisions, [Strong(_WORDS[row.relation])], changed)


def _words(found: Correlation, row: Row | None) -> tuple[Lexicon, Lexicon]:
    """The words of each act, for a reader who knows which text is meant."""
    entries = (row.before, row.after) if row else (None, None)
    first, second = (
        lexicon(item.ruleset).within(entry.rule.cite.instrument if entry else None)
        for item, entry in zip((found.before, found.after), entries, strict=True)
    )
    return first, second


def _provision(found: Correlation, row: Row, place: int, words: Lexicon, lang: str) -> Sequence[Any]:
    """Where a provision stands, to what it leads, and its condition in words."""
    entry, regime = (row.before, row.after)[place], (found.before, found.after)[place]
    if entry is None:
        return ["none"]
    rule, cite = entry.rule, entry.rule.cite
    known = mark_words(entry.source.mark(rule))
    return [
        [
            Link(citation_format(regime.ruleset)(cite), cite.url(regime.as_of, lang)),
            f": {CELL_WORDS[rule.then]}{known}",
        ],
        outline(condition_outline(rule.when, words)),
    ]


# what changed, in sentences -----------------------------------------------------------------------


def _changed(found: Correlation, row: Row, words: tuple[Lexicon, Lexicon]) -> Iterator[str]:
    before, after = row.rules
    if row.relation is Relation.OPEN:
        yield "Its text was not read, so nothing is proved."
    elif before and after:
        if before.then is not after.then:
            yield f"It leads to another result: {CELL_WORDS[after.then]}."
        yield from _difference(row.comparison, words) or ["Nothing in the cases it reaches."]
    elif row.comparison.exclusive == (None, None):
        rule, other, did = (before, found.after, "comes") if before else (after, found.before, "came")
        assert rule is not None
        least = CELL_WORDS[rule.then]
        yield f"{other.ruleset.title} {did} to at least {least} in every such case (proved)."


def _difference(compared: ConditionComparison, words: tuple[Lexicon, Lexicon]) -> list[str]:
    """What two conditions do not ask alike, as sentences."""
    before, after = words
    difference = compared.difference
    told = (
        (difference.gained, "It now also holds where:", any_of, after),
        (difference.lost, "It no longer holds where:", any_of, before),
        (difference.added, "It now also requires:", all_of, after),
        (difference.dropped, "It no longer requires:", all_of, before),
    )
    return [
        f"{lead} {condition_words(joined(*conditions), own)}."
        for conditions, lead, joined, own in told
        if conditions
    ]


# a case each way ----------------------------------------------------------------------------------


def _cases(found: Correlation, row: Row) -> Iterator[Note]:
    for place, case in enumerate(found.witnesses(row)):
        if case is not None:
            before, after = _results(found, case)
            told = listing(_facts(case, found), "and") or "an ordinary case"
            whose = ("Only before", "Only after")[place] if all(row.rules) else "For example"
            yield Note(f"{whose}: {told}; {before} before, {after} after.")


def _results(found: Correlation, case: Scenario) -> list[str]:
    both = assess_regimes(case, (found.before, found.after), found.readings_of(case))
    return [_span(one.span) if one.span else result_words(one) for one in both]


def _facts(case: Scenario, found: Correlation) -> Iterator[str]:
    """What a case states, as clauses; that a set is empty, or a question denied, is left out."""
    vocabulary = found.frame.cases.vocabulary
    known = established_facts(case, vocabulary)
    for fact in vocabulary.facts():
        value = known.values.get(fact.key)
        if known.origins.get(fact.key) == "stated" and value and (clause := _clause(fact, value)):
            yield clause


def _clause(fact: Fact, value: Any) -> str:
    if isinstance(fact, YesNo):
        return statement(fact)
    if isinstance(value, MemberSet):
        members = sorted(value.known)
        return answer_clause(fact, member_words(fact, members, last="and")) if members else ""
    return answer_clause(fact, answer_words(fact, value))


# as data ------------------------------------------------------------------------------------------


def _data(found: Correlation, lang: str) -> dict[str, Any]:
    return {
        "findings": list(correlation_sentences(found)),
        "given": found.frame.words or None,
        "before": read_record(found.before.ruleset, found.before.as_of),
        "after": read_record(found.after.ruleset, found.after.as_of),
        "scope": found.scope.relation,
        "provisions": [_record(found, row, lang) for row in found.rows],
    }


def _record(found: Correlation, row: Row, lang: str) -> dict[str, Any]:
    words = _words(found, row)
    first, second = (_end(found, row, place, words[place], lang) for place in (0, 1))
    return {
        "before": first,
        "after": second,
        "relation": row.relation,
        "by_table": row.by_table,
        "changed": list(_changed(found, row, words)),
        "witnesses": [
            {"case": case.id, "facts": list(_facts(case, found)), "results": _results(found, case)}
            for case in found.witnesses(row)
            if case is not None
        ],
    }


def _end(found: Correlation, row: Row, place: int, words: Lexicon, lang: str) -> Any:
    entry, regime = (row.before, row.after)[place], (found.before, found.after)[place]
    if entry is None:
        return None
    rule = entry.rule
    return {
        "id": rule.id,
        "ruleset": entry.source.id,
        **rule_record(rule, regime.as_of, lang),
        "condition": condition_words(rule.when, words),
        "outcome": rule.then.word,
        "checked": str(entry.source.mark(rule)),
    }
