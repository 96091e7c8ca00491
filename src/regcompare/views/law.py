"""One regime read back for review: the law, the condition in words, the cases, and what is around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from regcompare.comparison.measures import pluralise
from regcompare.comparison.named_cases import RuleCases, named_cases
from regcompare.law import Checked, Instrument
from regcompare.logic.conditions import TRUE, Term, nodes, questions
from regcompare.program.signatures import Signature, signatures_of
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.review import Review
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Outcome, Rule, Stage
from regcompare.ruleset.ruleset import Ruleset, own_conditions, rules_and_duties
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary.dated import DatedTable
from regcompare.words.lexicon import Lexicon, lexicon, listing
from regcompare.words.rows import table_row
from regcompare.words.words import condition_outline, condition_words

from .document import Bullets, Document, Inline, Item, Link, Section, Table, outline
from .render import Form, render
from .sentences import CHECKED_WORDS, NOT_ADVICE, evidence_words, outcome_words


def law_text(
    ruleset: Ruleset,
    cases: Iterable[Scenario] = (),
    form: Form = "text",
    *,
    lang: str = "en",
    links: bool = False,
    signatures: Sequence[Signature] = (),
) -> str:
    """Returns a regime in a form: what a lawyer reviews, rule by rule, with what reviewers signed.

    Of its cases, given in the order of their files, those are named that show its rules.
    """
    document = law_document(ruleset, cases, lang=lang, signatures=signatures)
    return render(document, form, links=links)


def law_document(
    ruleset: Ruleset,
    cases: Iterable[Scenario] = (),
    *,
    lang: str = "en",
    signatures: Sequence[Signature] = (),
) -> Document:
    """Returns a regime as a document; the arguments are those of ``law_text``."""
    links = Links(ruleset, lang)
    words = lexicon(ruleset)
    return Document(
        ruleset.title,
        [
            *_opening(ruleset, links),
            _scope(ruleset, words),
            _rules(ruleset, words, tuple(cases), links, signatures),
            *_around(ruleset, words),
            NOT_ADVICE,
        ],
    )


@attrs.frozen
class Links:
    """Where the texts of a ruleset can be read, as they are on the day at which it is read."""

    ruleset: Ruleset
    lang: str

    def url(self, text: Instrument) -> str:
        """Returns the address of a text; blank where none is known."""
        day = self.ruleset.reference_date
        return text.url(None if day == "scenario" else day, self.lang)

    def of(self, text: Instrument, words: str) -> Link:
        """Returns words with the address of a text."""
        return Link(words, self.url(text))


def _opening(ruleset: Ruleset, links: Links) -> tuple[str | Bullets, ...]:
    """What it is, from which texts, of which day."""
    texts = (
        (links.of(text, text.name), f": {text.title} ({text.reference})") for text in ruleset.instruments
    )
    return ruleset.summary, Bullets(_facts(ruleset)), "Texts:", Bullets(texts)


def _facts(ruleset: Ruleset) -> Iterator[str]:
    read = "the day of the facts" if ruleset.reference_date == "scenario" else ruleset.reference_date
    yield f"Ruleset `{ruleset.id}`, a {ruleset.status}."
    yield f"Applied as of {read} unless you ask for another date."
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


def _scope(ruleset: Ruleset, words: Lexicon) -> Section:
    """To which transactions it applies."""
    kind = words.facts["transaction.kind"].labels()
    covered = listing([kind.get(str(word), str(word)) for word in ruleset.covers])
    blocks: list[str | Bullets] = [f"The kind of transaction is {covered}; any other is out of scope."]
    if ruleset.scope is not TRUE:
        blocks += ["And:", outline(condition_outline(ruleset.scope, words))]
    return Section("When it applies", blocks)


# rules in three columns -------------------------------------------------------------------------


def _rules(
    ruleset: Ruleset,
    words: Lexicon,
    cases: Sequence[Scenario],
    links: Links,
    signatures: Sequence[Signature],
) -> Section:
    named, titles = named_cases(ruleset, cases), {case.id: case.title for case in cases}
    marks = _checked(ruleset.mark(rule) for rule in ruleset.rules)
    rows = [
        (
            [
                *_law(rule, ruleset, links),
                *(item.sentence(rule) for item in signatures_of(ruleset, rule, signatures)),
            ],
            [outline(condition_outline(rule.when, words.within(rule.cite.instrument)))],
            _cases(named[rule.id], titles),
        )
        for rule in ruleset.rules
    ]
    head = ("The law", "The condition, read back", "The cases")
    table = Table(f"Rules of {ruleset.title}", head, rows)
    count = f"{pluralise(len(ruleset.rules), 'rule')}: {marks or 'none of its own'}."
    return Section("Rules, in the order of the text", [count, table])


def _law(rule: Rule, ruleset: Ruleset, links: Links) -> Iterator[str | tuple[Inline, ...]]:
    cite = links.of(rule.cite.instrument, str(rule.cite))
    yield (cite, f" (`{rule.id}`): {outcome_words(rule.then.word)}")
    yield rule.sentence
    yield from _past(rule)
    yield f"Triggered by {rule.triggered_by}. Source: {_source(ruleset, rule)}."
    if ruleset.is_unread(rule):
        yield _open_text(rule)
    if rule.states:
        yield f"{rule.states[0].upper()}{rule.states[1:]}."
    yield from (_review(review) for review in rule.review if rule.then is not Outcome.REFUSAL)
    if rule.lifts:
        yield f"Overrides {listing([f'`{item.id}`' for item in rule.lifts], 'and')}."
    yield from (f"Based on: {statement}." for statement in rule.rests_on)


def _past(provision: Rule | Duty) -> Iterator[str]:
    """Since when and until when it is in the text, what it retains, and what amended it."""
    if provision.period:
        yield f"In the text {provision.period}."
    if history := provision.cite.history:
        yield f"{history[0].upper()}{history[1:]}."


def _review(review: Review) -> str:
    """How the licence is decided: by what, on which finding, when, and how that is known."""
    words = review.states.partition(", if ")[2]
    found = f", where {words}; otherwise {review.otherwise}" if words else ""
    notes = [
        str(review.cite) if review.cite else "",
        str(review.period) if review.period else "",
        CHECKED_WORDS[review.checked.level] if review.checked else "",
    ]
    known = f" ({'; '.join(filter(None, notes))})" if any(notes) else ""
    return f"Licence: {review.weighing}{found}, by {review.found_by}{known}."


def _source(ruleset: Ruleset, provision: Rule | Duty | Interpretation) -> str:
    """How a provision is known, and from which document."""
    return evidence_words(ruleset.evidence(provision).record())


def _open_text(provision: Rule | Duty) -> str:
    """What becomes of a provision that nobody read."""
    return (
        "Nobody has read it, so whether it is in the text is not known: "
        f"`--text {provision.id}=yes` says that it is."
    )


def _cases(shown: RuleCases, titles: Mapping[str, str]) -> list[str]:
    """A case in which the rule holds, and a near miss."""
    lines = []
    for lead, case in (("Holds in", shown.fires), ("Not in", shown.misses)):
        if case:
            name, blank, reading = case.partition(" ")
            title = f": {titles[name].rstrip('.')}" if titles.get(name) else ""
            lines.append(f"{lead} `{name}`{blank}{reading}{title}.")
    return lines or ["No cases named."]


# around the rules -------------------------------------------------------------------------------


def _around(ruleset: Ruleset, words: Lexicon) -> Iterator[Section]:
    """What stands around the rules; of each kind what there is."""
    given = ruleset.provisions
    terms = (node for node in nodes(own_conditions(ruleset)) if isinstance(node, Term))
    yield Section("Terms", [_term(term, words) for term in terms if table_row(term) is None])
    glosses = (f"{gloss.fact.question} (`{gloss.fact.key}`) {gloss}" for gloss in ruleset.glosses)
    yield Section("What the text adds to the questions", [Bullets(glosses)])
    yield Section("Doubts in the text", [_doubt(item, ruleset) for item in given.interpretations])
    powers = [
        f"`{power.id}`, {power.cite}, {power.who}: {power.question}{_asked_by(power, ruleset)}"
        for power in given.discretions
    ]
    lead = "Whether a power was used is unknown unless the scenario says so."
    yield Section("Powers that may be used", [lead, Bullets(powers)] if powers else [])
    yield Section("Duties", [Bullets(_duty(duty, ruleset, words) for duty in given.duties)])
    left_out = (f"{item.cite}: {item.what} {item.why}" for item in given.not_encoded)
    yield Section("Not encoded", [Bullets(left_out)])
    yield Section("Dated tables", [Bullets(map(_table, ruleset.tables))])
    marked = [_marked(ruleset, mark) for mark in reversed(Checked) if rules_and_duties(ruleset)]
    yield Section("How it was checked", [Bullets(marked)])


def _term(term: Term, words: Lexicon) -> Section:
    checked = f"Source: {evidence_words(term.checked.record())}." if term.checked else ""
    near = words.within(getattr(term.cite, "instrument", None))  # For a reader who has its text at hand.
    said = " ".join(filter(None, (term.note, checked)))
    title = f"“{term.name}”, {term.cite}"
    return Section(title, [said, outline(condition_outline(term.condition, near))])


def _doubt(doubt: Interpretation, ruleset: Ruleset) -> Section:
    readings = (
        f"“{name}”{' (default)' if name == doubt.default else ''}: {says}"
        for name, says in doubt.readings.items()
    )
    source = f"Source: {_source(ruleset, doubt)}.{_asked_by(doubt, ruleset)}"
    why = f"Why the default: {doubt.reason} {source}"
    return Section(f"{doubt.id}, {doubt.cite}", [doubt.question, Bullets(readings), why])


def _asked_by(asked: Interpretation | Discretion, ruleset: Ruleset) -> str:
    ids = [f"`{item.id}`" for item in rules_and_duties(ruleset) if asked.key in questions([item.when])]
    return f" Asked by {listing(ids, 'and')}." if ids else ""


def _duty(duty: Duty, ruleset: Ruleset, words: Lexicon) -> Item:
    """What must be done besides, by whom, and when: its stage, then its condition in words."""
    stage = "" if duty.stage is Stage.ANY else str(duty.stage)
    when = "" if duty.when is TRUE else condition_words(duty.when, words.within(duty.cite.instrument))
    facts = [f"{duty.addressee}, {duty.strength}; {duty.kind}"]
    facts += [f"deadline: {duty.deadline}"] if duty.deadline else []
    facts += [f"breach: {duty.breach}"] if duty.breach else []
    facts += [f"{line[0].lower()}{line[1:].rstrip('.')}" for line in _past(duty)]
    facts.append(f"source: {_source(ruleset, duty)}")
    facts += [_open_text(duty)] if ruleset.is_unread(duty) else []
    facts.append(f"when: {', and: '.join(filter(None, (stage, when))) or 'always'}")
    return Item(f"{duty.cite} (`{duty.id}`): {duty.sentence}", tuple(map(Item, facts)))


def _table(table: DatedTable) -> str:
    checked = _checked(row.checked.level for row in table)
    name = f"{table.name}, checked through {table.verified_through}"
    return f"{name}: {pluralise(len(table.rows), 'row')}, {checked}"


def _marked(ruleset: Ruleset, mark: Checked) -> str:
    """How many rules and duties carry a mark, and which, where that is not the official text."""
    marked = [item for item in rules_and_duties(ruleset) if ruleset.mark(item) is mark]
    names = listing([f"`{item.id}`" for item in marked], "and")
    which = f": {names}" if marked and mark is not Checked.TEXT else ""
    rules = [item for item in marked if isinstance(item, Rule)]
    numbers = f"{pluralise(len(rules), 'rule')}, {pluralise(len(marked) - len(rules), 'duty')}"
    return f"{CHECKED_WORDS[mark]}: {numbers}{which}"


def _checked(found: Iterable[Checked]) -> str:
    """How many carry each mark, the strongest first."""
    marks = Counter(found)
    ordered = sorted(marks, reverse=True)
    return listing([f"{marks[mark]} {CHECKED_WORDS[mark]}" for mark in ordered], "and")
