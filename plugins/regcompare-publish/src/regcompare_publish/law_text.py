"""One regime for review: the law, each condition in words, the cases, and everything else encoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from regcompare.comparison.measures import pluralise
from regcompare.comparison.named_cases import RuleCases, named_cases
from regcompare.law import EvidenceLevel
from regcompare.logic.conditions import TRUE, Term, nodes, questions
from regcompare.logic.questions import Questions
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.review import Review
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, NamedCase, Outcome, Rule, Stage
from regcompare.ruleset.ruleset import Ruleset, own_conditions, rules_and_duties
from regcompare.scenario.scenario import Scenario
from regcompare.views.document import Bullets, Document, Inline, Item, Link, Section, Table, outline
from regcompare.views.render import Form, render
from regcompare.views.sentences import (
    CHECKED_WORDS,
    NOT_ADVICE,
    comment,
    evidence_words,
    rule_outcome_words,
)
from regcompare.vocabulary.dated import DatedTable
from regcompare.words.lexicon import Lexicon, lexicon, listing
from regcompare.words.rows import table_row
from regcompare.words.words import condition_outline, condition_words


def law_text(
    ruleset: Ruleset, cases: Iterable[Scenario] = (), form: Form = "text", *, lang: str = "en"
) -> str:
    """Returns a regime in a form for legal review, rule by rule.

    Of the cases, in the order of their files, it names those that illustrate its rules.
    """
    words, day = lexicon(ruleset), ruleset.law_day
    texts = (
        (Link(text.name, text.url(day, lang)), f": {text.title} ({text.reference})")
        for text in ruleset.instruments
    )
    document = Document(
        ruleset.title,
        [
            *(ruleset.summary, Bullets(_properties(ruleset)), "Texts:", Bullets(texts)),
            _scope_section(ruleset, words),
            _rules_section(ruleset, words, tuple(cases), lang),
            *_other_sections(ruleset, words),
            NOT_ADVICE,
        ],
    )
    return render(document, form)


def _properties(ruleset: Ruleset) -> Iterator[str]:
    as_of = "the day of the facts" if ruleset.reference_date == "scenario" else ruleset.reference_date
    yield f"Ruleset `{ruleset.id}`, a {ruleset.status}."
    yield f"Applied as of {as_of} unless you ask for another date."
    if ruleset.period:
        yield f"In force {ruleset.period}."
    if ruleset.home:
        yield f"Home: {ruleset.home.name}, from where its exports are made."
    if ruleset.base:
        base = listing([f"`{base.id}`" for base in ruleset.base])
        yield f"On top of {base}, whichever is in force."
    if ruleset.beside:
        yield f"Combines {listing([f'`{part.id}`' for part in ruleset.beside], 'and')}."
    yield verified_sentence([ruleset])


def _scope_section(ruleset: Ruleset, words: Lexicon) -> Section:
    kind_labels = words.facts["transaction.kind"].labels()
    covered = listing([kind_labels.get(str(kind), str(kind)) for kind in ruleset.covers])
    blocks: list[str | Bullets] = [f"The kind of transaction is {covered}; any other is out of scope."]
    if ruleset.scope is not TRUE:
        blocks += ["And:", outline(condition_outline(ruleset.scope, words))]
    return Section("When it applies", blocks)


# rules in three columns -------------------------------------------------------------------------


def _rules_section(ruleset: Ruleset, words: Lexicon, cases: Sequence[Scenario], lang: str) -> Section:
    cases_by_rule, titles = named_cases(ruleset, cases), {case.id: case.title for case in cases}
    levels = _level_counts(ruleset.mark(rule) for rule in ruleset.rules)
    rows = [
        (
            [*_law_blocks(rule, ruleset, lang)],
            [outline(condition_outline(rule.when, words.within(rule.cite.instrument)))],
            _case_lines(cases_by_rule[rule.id], titles),
        )
        for rule in ruleset.rules
    ]
    head = ("The law", "The condition, read back", "The cases")
    table = Table(f"Rules of {ruleset.title}", head, rows)
    count = f"{pluralise(len(ruleset.rules), 'rule')}: {levels or 'none of its own'}."
    return Section("Rules, in the order of the text", [count, table])


def _law_blocks(rule: Rule, ruleset: Ruleset, lang: str) -> Iterator[str | tuple[Inline, ...]]:
    link = Link(str(rule.cite), rule.cite.url(ruleset.law_day, lang))
    yield (link, f" (`{rule.id}`): {rule_outcome_words(rule)}")
    yield rule.sentence
    if rule.note:
        yield comment(rule.note)
    yield from _amendment_history(rule)
    yield f"Triggered by {rule.triggered_by}. Source: {_source_words(ruleset, rule)}."
    if ruleset.is_unread(rule):
        yield _unread_note(rule)
    if rule.states:
        yield f"{rule.states[0].upper()}{rule.states[1:]}."
    yield from (_review_sentence(review) for review in rule.review if rule.then is not Outcome.REFUSAL)
    if rule.overrides:
        yield f"Overrides {listing([f'`{overridden.id}`' for overridden in rule.overrides], 'and')}."
    yield from (f"Based on: {statement}." for statement in rule.rests_on)


def _amendment_history(provision: Rule | Duty) -> Iterator[str]:
    """The period for which a provision is in the text, and what amended it."""
    if provision.period:
        yield f"In the text {provision.period}."
    if history := provision.cite.history:
        yield f"{history[0].upper()}{history[1:]}."


def _review_sentence(review: Review) -> str:
    """The policy on licences: how one is decided, on which finding, by whom, when, and the source."""
    condition = f", where {review.needed}; otherwise {review.otherwise}" if review.needed else ""
    notes = [
        str(review.cite) if review.cite else "",
        str(review.period) if review.period else "",
        CHECKED_WORDS[review.checked.level] if review.checked else "",
    ]
    basis = f" ({'; '.join(filter(None, notes))})" if any(notes) else ""
    return f"Licence: {review.weighing}{condition}, by {review.found_by}{basis}."


def _source_words(ruleset: Ruleset, provision: Rule | Duty | Interpretation) -> str:
    return evidence_words(ruleset.evidence(provision))


def _unread_note(provision: Rule | Duty) -> str:
    """A note on how a provision that nobody read is treated."""
    return (
        "Nobody has read it, so whether it is in the text is not known: "
        f"`--reading text.{provision.id}=yes` says that it is."
    )


def _case_lines(cases: RuleCases, titles: Mapping[str, str]) -> list[str]:
    lines = []
    for lead, case in (("Holds in", cases.fires), ("Not in", cases.misses)):
        if case:
            name = NamedCase.read(case).id
            title = f": {titles[name].rstrip('.')}" if titles.get(name) else ""
            lines.append(f"{lead} `{name}`{case[len(name) :]}{title}.")
    return lines or ["No cases named."]


# around the rules -------------------------------------------------------------------------------


def _other_sections(ruleset: Ruleset, words: Lexicon) -> Iterator[Section]:
    """The sections after the rules; empty ones are not shown."""
    provisions = ruleset.provisions
    terms = (node for node in nodes(own_conditions(ruleset)) if isinstance(node, Term))
    yield Section("Terms", [_term_section(term, words) for term in terms if table_row(term) is None])
    glosses = (f"{gloss.fact.question} (`{gloss.fact.key}`) {gloss}" for gloss in ruleset.glosses)
    yield Section("What the text adds to the questions", [Bullets(glosses)])
    yield Section(
        "Doubts in the text", [_doubt_section(doubt, ruleset) for doubt in provisions.interpretations]
    )
    powers = [
        f"`{power.id}`, {power.cite}, {power.who}: {power.question}{_users(power, ruleset)}"
        for power in provisions.discretions
    ]
    lead = "Whether a power was used is unknown unless the scenario says so."
    yield Section("Powers that may be used", [lead, Bullets(powers)] if powers else [])
    yield Section("Duties", [Bullets(_duty_item(duty, ruleset, words) for duty in provisions.duties)])
    left_out = (f"{item.cite}: {item.what} {item.why}" for item in provisions.not_encoded)
    yield Section("Not encoded", [Bullets(left_out)])
    yield Section("Dated tables", [Bullets(_table_summary(table, ruleset) for table in ruleset.tables)])
    own = rules_and_duties(ruleset)
    levels = (
        mark
        for mark in reversed(EvidenceLevel)
        if ruleset.status == "proposal" or mark is not EvidenceLevel.OWN
    )
    marked = [_level_summary(ruleset, mark) for mark in levels if own]
    yield Section("How it was checked", [Bullets(marked)])


def _term_section(term: Term, words: Lexicon) -> Section:
    source = f"Source: {evidence_words(term.checked)}." if term.checked else ""
    own_text = getattr(term.cite, "instrument", None)  # The reader has it at hand.
    notes = " ".join(filter(None, (term.note and comment(term.note), source)))
    title = f"“{term.name}”, {term.cite}"
    return Section(title, [notes, outline(condition_outline(term.condition, words.within(own_text)))])


def _doubt_section(doubt: Interpretation, ruleset: Ruleset) -> Section:
    readings = (
        f"“{reading}”{' (default)' if reading == doubt.default else ''}: {says}"
        for reading, says in doubt.readings.items()
    )
    source = f"Source: {_source_words(ruleset, doubt)}.{_users(doubt, ruleset)}"
    why = f"Why the default: {doubt.reason} {source}"
    return Section(f"{doubt.id}, {doubt.cite}", [doubt.question, Bullets(readings), why])


def _users(question: Interpretation | Discretion, ruleset: Ruleset) -> str:
    ids = [f"`{item.id}`" for item, asked in _asked_by_each(ruleset) if question.is_asked_in(asked)]
    return f" Asked by {listing(ids, 'and')}." if ids else ""


@lru_cache(maxsize=1)
def _asked_by_each(ruleset: Ruleset) -> list[tuple[Rule | Duty, Questions]]:
    return [(item, questions([item.when])) for item in rules_and_duties(ruleset)]


def _duty_item(duty: Duty, ruleset: Ruleset, words: Lexicon) -> Item:
    """A duty: what must be done, by whom, and when (its stage, then its condition in words)."""
    stage = "" if duty.stage is Stage.ANY else str(duty.stage)
    when = "" if duty.when is TRUE else condition_words(duty.when, words.within(duty.cite.instrument))
    details = [comment(duty.note)] if duty.note else []
    details += [f"{duty.addressee}, {duty.strength}; {duty.kind}"]
    details += [f"deadline: {duty.deadline}"] if duty.deadline else []
    details += [f"breach: {duty.breach}"] if duty.breach else []
    details += [f"{line[0].lower()}{line[1:].rstrip('.')}" for line in _amendment_history(duty)]
    details.append(f"source: {_source_words(ruleset, duty)}")
    details += [_unread_note(duty)] if ruleset.is_unread(duty) else []
    details.append(f"when: {', and: '.join(filter(None, (stage, when))) or 'always'}")
    return Item(f"{duty.cite} (`{duty.id}`): {duty.sentence}", tuple(map(Item, details)))


def _table_summary(table: DatedTable, ruleset: Ruleset) -> str:
    counts = _level_counts(row.evidence(ruleset.law_day).level for row in table)
    heading = f"{table.name}, checked through {table.verified_through}"
    return f"{heading}: {pluralise(len(table.rows), 'row')}, {counts}"


def _level_summary(ruleset: Ruleset, level: EvidenceLevel) -> str:
    """The number of rules and duties of an evidence level, and their ids unless it is the text."""
    provisions = [item for item in rules_and_duties(ruleset) if ruleset.mark(item) is level]
    names = listing([f"`{provision.id}`" for provision in provisions], "and")
    listed = f": {names}" if provisions and level is not EvidenceLevel.TEXT else ""
    rules = sum(isinstance(provision, Rule) for provision in provisions)
    numbers = f"{pluralise(rules, 'rule')}, {pluralise(len(provisions) - rules, 'duty')}"
    return f"{CHECKED_WORDS[level]}: {numbers}{listed}"


def _level_counts(levels: Iterable[EvidenceLevel]) -> str:
    counts = sorted(Counter(levels).items(), reverse=True)
    return listing([f"{count} {CHECKED_WORDS[level]}" for level, count in counts], "and")
