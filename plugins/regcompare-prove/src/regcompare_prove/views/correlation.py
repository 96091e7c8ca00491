"""Two acts compared by provision: conditions in words, the proved relation, a case each way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.comparison.data import to_data, to_json
from regcompare.comparison.measures import pluralise
from regcompare.facts import MemberSet, YesNo
from regcompare.program.program import Entry
from regcompare.ruleset.rules import CELL_WORDS, Rule, Span
from regcompare.ruleset.ruleset import Ruleset, citation_format
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.views.document import Block, Document, Link, Note, Strong, Table, outline
from regcompare.views.render import Form, render
from regcompare.views.sentences import NOT_ADVICE, mark_words, result_words
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
from regcompare_prove.correlation import Correlation, Relation, Row, correlate
from regcompare_prove.regimes import Regime
from regcompare_prove.witness import Witness, assess_regimes

from .possible import law_words

_LEGEND = (
    "Each relation is one between the cases that two provisions reach, where both acts apply, whatever "
    "another provision does. It is proved over every possible case, as the law is encoded here. Same: "
    "neither reaches a case that the other does not. Wider, narrower: the later one reaches more "
    "cases, or fewer. Incomparable: each reaches cases that the other does not. New, gone: no provision "
    "corresponds. Text: with the later day's lists on both sides; a list that only one of the two names "
    "counts as its text. Lists: what they alone changed. The cases are invented, under each day's own "
    "lists; they differ from an ordinary one as little as possible. "
    "Duties are compared by the table of safeguards."
)

_RELATION_WORDS = {
    Relation.SAME: "the same cases",
    Relation.WIDER: "wider",
    Relation.NARROWER: "narrower",
    Relation.INCOMPARABLE: "incomparable",
    Relation.NEW: "new",
    Relation.GONE: "gone",
    Relation.OPEN: "open",
}


def correlation_text(acts: Correlation, form: Form = "table", lang: str = "en") -> str:
    """Returns the correlation in one of the forms, links in a language."""
    if form == "json":
        return to_json(
            {
                "findings": list(correlation_sentences(acts)),
                "given": acts.frame.words or None,
                "before": to_data({"ruleset": acts.before.ruleset, "as_of": acts.before.as_of}),
                "after": to_data({"ruleset": acts.after.ruleset, "as_of": acts.after.as_of}),
                "scope": acts.scope,
                "provisions": [_row_record(acts, row, lang) for row in acts.rows],
            }
        )
    return render(correlation_document(acts, lang), form)


def succession_document(earlier: Ruleset, later: Ruleset, lang: str) -> Document:
    """Returns what became of each provision of an act in its successor, as a document.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    return correlation_document(correlate(earlier, later), lang)


def correlation_document(acts: Correlation, lang: str = "en") -> Document:
    """Returns the correlation as a document: the finding, the table, and how to read it."""
    unchanged = _unchanged_rows(acts)
    rows = [_table_row(acts, row, lang) for row in acts.rows if row not in unchanged]
    head = ("provision", *_act_titles(acts), "what changed")
    return Document(
        "",
        [
            *correlation_sentences(acts),
            Table("Provision by provision", head, rows, folds=True),
            f"In every case: {acts.frame.words}." if acts.frame.words else None,
            _LEGEND,
            law_words(acts.before, acts.after),
            NOT_ADVICE,
        ],
    )


def correlation_sentences(acts: Correlation) -> Iterator[str]:
    """Yields sentences on the fate of the provisions: their number, those unchanged, and the scope."""
    before, after = _act_titles(acts)
    counts = Counter(row.text for row in acts.rows)
    parts = [
        f"{counts[relation]} {_RELATION_WORDS[relation]}" for relation in Relation if counts[relation]
    ]
    if acts.frame.given.answers:
        before_span, after_span = (
            _span_words(acts.frame.span(regime)) for regime in (acts.before, acts.after)
        )
        frame = acts.frame.words
        yield f"With {frame}, the outcome was {before_span}, and is {after_span} (proved)."
    if not parts:
        yield f"No provision of {before} or of {after} can be met."
        return
    lines = pluralise(len(acts.rows), "line")
    yield f"From {before} to {after}, {lines}: {listing(parts, 'and')} (proved)."
    if changed := [row for row in acts.rows if row.lists]:
        alone = sum(row.text is Relation.SAME for row in changed)
        yield (
            f"So the texts relate with the lists of {acts.after.as_of} on both sides. Lists changed the "
            f"cases in {pluralise(len(changed), 'line')}; in {alone} of them the text did not (proved)."
        )
    if unchanged := _unchanged_rows(acts):
        cite = citation_format(acts.after.ruleset)
        cites = listing([cite(row.after.rule.cite) for row in unchanged if row.after], "and")
        yield f"The same provision reaches the same cases: {cites}."
    if acts.scope is not Relation.SAME:
        yield f"The scope is {_RELATION_WORDS[acts.scope]}."


def _act_titles(acts: Correlation) -> tuple[str, str]:
    before, after = (
        f"{regime.ruleset.title} as of {regime.as_of}" for regime in (acts.before, acts.after)
    )
    return before, after


def _span_words(span: Span | None) -> str:
    if span is None:
        return "out of scope"
    return " to ".join(dict.fromkeys(CELL_WORDS[end] for end in (span.low, span.high)))


def _unchanged_rows(acts: Correlation) -> list[Row]:
    """The rows without a change: the same rule, the same cases."""
    same = (row for row in acts.rows if row.relation is Relation.SAME and not row.lists)
    return [row for row in same if row.rules[0] is row.rules[1]]


def _sides(acts: Correlation, row: Row) -> tuple[tuple[Entry | None, Regime], ...]:
    """The provisions of a row, each with its act."""
    return (row.before, acts.before), (row.after, acts.after)


def _table_row(acts: Correlation, row: Row, lang: str) -> tuple[Sequence[Block], ...]:
    """The citations of the provisions and their relation; the provisions; and what changed."""
    sides = _sides(acts, row)
    cites = [citation_format(act.ruleset)(entry.rule.cite) for entry, act in sides if entry]
    relation, lists = _RELATION_WORDS[row.text], row.lists
    if lists:
        names = listing([f"“{name}”" for name in lists.names], "and")
        relation = f"text: {relation}; lists: {_RELATION_WORDS[lists.relation]}, on {names}"
    changed = [*_change_sentences(acts, row), *_witness_notes(acts, row)]
    name = [[Strong(" → ".join(cites)), f": {relation}"]]
    return (name, *(_provision_cell(*side, lang) for side in sides), changed)


def _provision_cell(entry: Entry | None, act: Regime, lang: str) -> Sequence[Any]:
    """The citation of a provision, its outcome, and its condition in words."""
    if entry is None:
        return ["none"]
    rule, cite = entry.rule, entry.rule.cite
    link = Link(citation_format(act.ruleset)(cite), cite.url(act.as_of, lang))
    outcome = f": {CELL_WORDS[rule.then]}{mark_words(entry.source.mark(rule))}"
    return [[link, outcome], outline(condition_outline(rule.when, _words_within(act, rule)))]


def _words_within(act: Regime, rule: Rule) -> Lexicon:
    """The words of an act for a reader who knows which text is meant."""
    return lexicon(act.ruleset).within(rule.cite.instrument)


def _change_sentences(acts: Correlation, row: Row) -> Iterator[str]:
    before, after = row.rules
    if row.relation is Relation.OPEN:
        yield "Its text, or a list that it depends on, was not read, so nothing is proved."
    elif before and after:
        if before.then is not after.then:
            yield f"It leads to another result: {CELL_WORDS[after.then]}."
        if row.relation is Relation.SAME:
            yield "Nothing in the cases it reaches."
    elif row.exclusive == (None, None):
        rule, regime, verb = (before, acts.after, "leads") if before else (after, acts.before, "led")
        assert rule is not None
        minimum = CELL_WORDS[rule.then]
        yield f"{regime.ruleset.title} {verb} to at least {minimum} in every such case (proved)."


def _witness_notes(acts: Correlation, row: Row) -> Iterator[Note]:
    for index, witness in enumerate(acts.witnesses(row)):
        if witness is not None:
            before, after = _witness_results(acts, witness)
            facts = listing(_stated_clauses(witness.scenario, acts), "and") or "an ordinary case"
            lead = ("Only before", "Only after")[index] if all(row.rules) else "For example"
            yield Note(f"{lead}: {facts}; {before} before, {after} after.")


def _witness_results(acts: Correlation, witness: Witness) -> list[str]:
    results = assess_regimes(witness.scenario, (acts.before, acts.after), witness.readings)
    return [_span_words(verdict.span) if verdict.span else result_words(verdict) for verdict in results]


def _stated_clauses(case: Scenario, acts: Correlation) -> Iterator[str]:
    """The stated facts of a case as clauses, without empty sets and denied questions."""
    vocabulary = acts.frame.vocabulary
    known = assumed_facts(case, vocabulary)
    for fact in vocabulary.facts():
        answer = known.values.get(fact.key)
        if known.origins.get(fact.key) != "stated" or not answer:
            continue
        if isinstance(fact, YesNo):
            yield statement(fact)
        elif not isinstance(answer, MemberSet):
            yield answer_clause(fact, answer_words(fact, answer))
        elif answer.known:
            yield answer_clause(fact, member_words(fact, sorted(answer.known), last="and"))


def _row_record(acts: Correlation, row: Row, lang: str) -> dict[str, Any]:
    before, after = (_provision_record(*side, lang) for side in _sides(acts, row))
    return {
        "before": before,
        "after": after,
        "relation": row.relation,
        "text": row.text,
        "lists": row.lists and {"relation": row.lists.relation, "names": row.lists.names},
        "by_table": row.by_table,
        "changed": list(_change_sentences(acts, row)),
        "witnesses": [
            {
                "case": witness.scenario.id,
                "facts": list(_stated_clauses(witness.scenario, acts)),
                "results": _witness_results(acts, witness),
            }
            for witness in acts.witnesses(row)
            if witness is not None
        ],
    }


def _provision_record(entry: Entry | None, act: Regime, lang: str) -> dict[str, Any] | None:
    if entry is None:
        return None
    rule = entry.rule
    return {
        "id": rule.id,
        "ruleset": entry.source.id,
        **to_data(rule, lang, act.as_of),
        "condition": condition_words(rule.when, _words_within(act, rule)),
        "outcome": rule.then.word,
        "checked": str(entry.source.mark(rule)),
    }
