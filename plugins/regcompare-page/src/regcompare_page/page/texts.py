"""The words of the page, as data that accompany its program.

Conditions, facts and provisions are worded by the same functions as everywhere else, one phrase for
each node; the script only selects and lists phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from regcompare.comparison.classes import CLASS_OF, CLASSES
from regcompare.facts import CodeSet, Fact, countries
from regcompare.law import Instrument
from regcompare.logic.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Holds,
    OneOf,
    all_of,
    any_of,
)
from regcompare.program.writer import Writer
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.scenario.scenario import Scenario
from regcompare.views import gates
from regcompare.views.colours import accent
from regcompare.views.gates import GATES, NO_GATE, NOT_IN_FORCE, REVIEWS, USES, Gate
from regcompare.views.sentences import (
    CHECKED_WORDS,
    LAW_SAYS,
    NOT_ADVICE,
    PROPOSAL_SAYS,
    SPAN_ENDS,
    SUBJECTS,
    USE_SAYS,
    evidence_words,
    outcome_words,
)
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary
from regcompare.words.clauses import is_day
from regcompare.words.lexicon import (
    Lexicon,
    answer_clause,
    country_words,
    lexicon,
    member_words,
    reading_words,
    short_labels,
)
from regcompare.words.rows import TableRow, by_table, day_words, named_in_table, rows_fact, table_row
from regcompare.words.words import condition_words

_GAP = "…"


def texts(program: Writer, vocabulary: Vocabulary, links: Mapping[str, str]) -> dict[str, Any]:
    """Returns the words for the numbered parts of the page's program, and for the facts of cases.

    Args:
        program: The rulesets as published.
        vocabulary: The facts that cases may use.
        links: By language of the page, the language in which its links lead to the law.
    """
    words = _lexicon(program, vocabulary)
    facts = (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
    return {
        "outcomes": list(map(_outcome, Outcome)),
        "uses": list(map(_use, Outcome)),
        "classes": dict(CLASSES),
        "reviews": list(REVIEWS.values()),
        "why": _why(),
        "out_of_scope": _gate(NO_GATE),
        "not_in_force": _gate(NOT_IN_FORCE),
        "checked": CHECKED_WORDS,
        "subjects": SUBJECTS,
        "notice": NOT_ADVICE,
        "span_ends": SPAN_ENDS,
        "facts": {fact.key: _fact_texts(fact) for fact in facts},
        "glosses": _glosses(program, facts),
        "countries": {code: country_words([code]) for code in countries()},
        "nodes": [_node_phrases(node, words) for node in program.conditions],
        "rules": [_rule_texts(rule) for rule, _ in program.rules],
        "laws": {
            code: [_law_addresses(text, lang) for text in program.instruments]
            for code, lang in links.items()
        },
        "periods": [str(ruleset.period or "") for ruleset in program.rulesets],
    }


def _lexicon(program: Writer, vocabulary: Vocabulary) -> Lexicon:
    doubts = {item.key: item for item in program.doubts}
    powers = {item.key: item for item in program.powers}
    facts = {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)}
    return Lexicon({**lexicon(vocabulary).facts, **facts}, doubts, powers)


def _why() -> dict[str, Any]:
    """The sentences from which the script makes the reason of a gate, as ``gates.why`` does."""
    names = (
        "IF",
        "OR_IF",
        "MAY_APPLY",
        "OTHERWISE",
        "OUTSIDE",
        "MAY_BE_OUTSIDE",
        "NOTHING",
        "SETTLED_BY",
    )
    return {
        **{name.lower(): getattr(gates, name) for name in names},
        "consequences": [gates.CONSEQUENCES[outcome] for outcome in Outcome],
    }


def _gate(gate: Gate) -> dict[str, str]:
    """A gate as the script reads it: its kind, its word and its meaning."""
    return {"gate": gate.kind, "plain": gate.word, "means": gate.sentence}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    look = accent(outcome)
    return {
        "word": outcome_words(outcome.word),
        "short": look.short,
        "slug": look.slug,
        "class": CLASS_OF[outcome],
        "glyph": look.glyph,
        **_gate(GATES[outcome]),
        "asks": int(outcome is Outcome.AUTHORISATION),
        "law": LAW_SAYS[outcome],
        "proposal": PROPOSAL_SAYS[outcome],
    }


def _use(outcome: Outcome) -> dict[str, Any]:
    """The words for an outcome of rules on uses."""
    return {
        **_outcome(outcome),
        **_gate(USES[outcome]),
        "asks": 0,
        "law": USE_SAYS[outcome],
        "proposal": USE_SAYS[outcome],
    }


# facts ------------------------------------------------------------------------------------------


def _fact_texts(fact: Fact) -> dict[str, Any]:
    """A fact: its question, and its sentence with a placeholder for the answer."""
    data: dict[str, Any] = {"question": fact.question, "help": fact.help}
    if isinstance(fact, CodeSet):
        data["one"] = answer_clause(fact, f"entry {_GAP}")
        data["many"] = answer_clause(fact, f"entries {_GAP}")
        data["nothing"] = answer_clause(fact, member_words(fact, ["*"], truth=False), False)
        data["expected"] = fact.expected()
    elif fact.kind != "yes_no":
        data["says"] = answer_clause(fact, _GAP)
    if fact.kind == "choice":
        answers = list(fact.labels())
        data["answers"] = dict(zip(answers, short_labels(fact, answers), strict=True))
    return data


def _glosses(program: Writer, facts: Iterable[Fact]) -> dict[str, list[str]]:
    """The rulesets' glosses on each fact."""
    glosses_by_fact = {
        fact.key: dict.fromkeys(
            str(gloss) for part in program.rulesets for gloss in part.glosses_on(fact.key)
        )
        for fact in facts
    }
    return {name: list(glosses) for name, glosses in glosses_by_fact.items() if glosses}


# conditions -------------------------------------------------------------------------------------


def _node_phrases(node: Condition, words: Lexicon) -> Any:
    """The phrases of one node; None if it has a name, or if its parts say everything."""
    if isinstance(node, Holds | OneOf):
        return {"yes": condition_words(node, words), "no": condition_words(~node, words)}
    if is_day(node):
        return {"yes": condition_words(node, words), "no": condition_words(~node, words), "given": 1}
    if isinstance(node, Choose):
        return _choose(node)
    if isinstance(node, All | AnyOf):
        return _clusters(node, words) or None
    return None


def _choose(choose: Choose) -> dict[str, Any]:
    """The readings of a doubt; ``given`` if the node asks for nothing else."""
    constants = [isinstance(part, Constant) for part in choose.parts]
    readings = {name: reading_words(choose.question.doubt, [name]) for name, _ in choose.readings}
    phrases = {"readings": readings, "open": f"how {choose.question.doubt} is read"}
    return phrases | ({"given": 1} if all(constants) else {})


def _clusters(group: All | AnyOf, words: Lexicon) -> dict[str, Any]:
    """Parts that share a phrase: members of one set, rows of one table."""
    clusters = [*_member_clusters(group, words)]
    if isinstance(group, AnyOf):
        clusters += _row_clusters(group, words)
    return {"together": clusters} if clusters else {}


def _member_clusters(group: All | AnyOf, words: Lexicon) -> Iterator[dict[str, Any]]:
    join = all_of if isinstance(group, All) else any_of
    places_by_fact: dict[str, list[int]] = {}
    for place, part in enumerate(group.parts):
        if part.question.member and part.question.fact in words.facts:
            places_by_fact.setdefault(part.question.fact, []).append(place)
    for name, places in places_by_fact.items():
        if len(places) > 1:
            joined = join(*(group.parts[place] for place in places))
            phrases = {"yes": condition_words(joined, words), "no": condition_words(~joined, words)}
            yield {"parts": places, "fact": name, **phrases}


def _row_clusters(group: AnyOf, words: Lexicon) -> Iterator[dict[str, Any]]:
    rows: dict[TableRow, int] = {}
    for place, part in enumerate(group.parts):
        row = table_row(part)
        if row is not None:
            rows[row] = place
    for table in by_table(rows):
        yield {"parts": [rows[row] for row in table], "rows": 1, **_table(table, words)}


def _table(rows: Sequence[TableRow], words: Lexicon) -> dict[str, Any]:
    """The phrases for some rows of a table together, and for an answer that none of them names."""
    fact = rows_fact(rows, words)
    day = day_words(rows, words)
    if fact is None:
        yes = f"“{rows[0].table}” has a row that fits this case"
        return {"yes": yes, "no": f"“{rows[0].table}” has no row that fits this case{day}"}
    return {
        "fact": fact.key,
        "yes": named_in_table(fact, rows, words),
        "no": named_in_table(fact, rows, words, False),
        "unnamed": f"not named in “{rows[0].table}”{day}",
    }


# provisions -------------------------------------------------------------------------------------


def _rule_texts(rule: Rule) -> dict[str, Any]:
    evidence = rule.checked or rule.cite.evidence
    return {
        "known": evidence_words(evidence.record()) if evidence else "",
        "rests_on": [str(statement) for statement in rule.rests_on],
        "plain": rule.plain
        and {"clause": rule.plain.clause, "sentence": rule.plain.sentence, "fails": rule.plain.fails},
    }


def _law_addresses(text: Instrument, lang: str) -> list[Any]:
    """The address of a text as published, and of each consolidated state by date, latest first."""
    states = sorted(text.states, reverse=True)
    return [text.url(lang=lang), [[day.isoformat(), text.url(day, lang)] for day in states]]


# cases ------------------------------------------------------------------------------------------


def case_texts(scenario: Scenario) -> dict[str, Any]:
    """Returns the texts of a scenario, other than its facts."""
    record = scenario.record
    return {
        "title": scenario.title or scenario.id,
        "summary": _single_line(scenario.summary),
        "story": scenario.story,
        "kind": scenario.kind,
        "sale": scenario.counted_as,
        "names": scenario.names,
        "group": scenario.record_group,
        "sources": [_source(item) for item in scenario.sources],
        "disputed": {item.fact: _single_line(item.note) for item in scenario.disputed},
        "record": _single_line(record.note) if record else "",
        "decision": str(record.decision) if record else "",
    }


def _source(source: Any) -> Mapping[str, str]:
    text = ", ".join(part for part in (source.title, source.publisher, source.date) if part)
    return {"text": text, "url": source.url if re.match(r"https?://", source.url) else ""}


def _single_line(text: str) -> str:
    return " ".join(text.split())
