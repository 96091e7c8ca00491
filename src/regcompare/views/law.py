"""One regime read back for review: the law, the condition in words, the cases, and what is around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from regcompare.comparison.comparison import counted
from regcompare.law import Checked, Instrument
from regcompare.logic.conditions import TRUE, Condition, Term, nodes, questions
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Rule, Stage
from regcompare.ruleset.ruleset import Ruleset, binding, own_conditions
from regcompare.scenario.scenario import Scenario
from regcompare.words.lexicon import Lexicon, lexicon, listing
from regcompare.words.rows import table_row
from regcompare.words.words import condition_outline, condition_words

from .document import Cell, Columns, Document, Line
from .sentences import CHECKED_WORDS, evidence_words, outcome_words
from .tables import NOT_ADVICE

__all__ = ["Links", "law_markdown", "law_text"]


def law_markdown(ruleset: Ruleset, cases: Iterable[Scenario] = (), *, lang: str = "en") -> str:
    """Returns a regime as Markdown: what a lawyer reviews, rule by rule.

    Args:
        ruleset: The regime.
        cases: The scenarios that its rules name; they lend their titles.
        lang: The language in which the links lead to the law.
    """
    return _document(ruleset, cases, lang).markdown()


def law_text(
    ruleset: Ruleset,
    cases: Iterable[Scenario] = (),
    *,
    width: int = 120,
    links: str | None = None,
) -> str:
    """Returns a regime as plain text; the arguments are those of ``law_markdown``.

    Args:
        ruleset: The regime.
        cases: The scenarios that its rules name.
        width: How many characters a line may have.
        links: The language in which the law is to be read, to print the addresses of the texts.
    """
    return _document(ruleset, cases, links or "en").text(width, links=links is not None)


@attrs.frozen
class Links:
    """Where the texts of a ruleset can be read, as they are on the day at which it is read."""

    ruleset: Ruleset
    lang: str

    def of_rules(self) -> dict[str, str]:
        """Returns the address of each rule and duty by its citation; blank where none is known."""
        cites = (item.cite for item in binding(self.ruleset))
        return {str(cite): self.url(cite.instrument) for cite in cites}

    def url(self, text: Instrument) -> str:
        """Returns the address of a text; blank where none is known."""
        day = self.ruleset.reference_date
        return text.url(None if day == "scenario" else day, self.lang)

    def of(self, text: Instrument, words: str) -> tuple[str, str] | None:
        """Returns words with the address of a text; None where none is known."""
        url = self.url(text)
        return (words, url) if url else None


def _document(ruleset: Ruleset, cases: Iterable[Scenario], lang: str) -> Document:
    document = Document()
    links = Links(ruleset, lang)
    words = lexicon(ruleset)
    titles = {case.id: case.title for case in cases}
    _opening(document, ruleset, links)
    _scope(document, ruleset, words)
    _rules(document, ruleset, words, titles, links)
    for section in (_terms, _doubts, _powers, _duties, _left_out, _tables, _marks):
        section(document, ruleset, words)
    document.paragraph(NOT_ADVICE)
    return document


def _opening(document: Document, ruleset: Ruleset, links: Links) -> None:
    """What it is, from which texts, of which day."""
    document.heading(ruleset.title, 1)
    if ruleset.summary:
        document.paragraph(ruleset.summary)
    read = "the day of the facts" if ruleset.reference_date == "scenario" else ruleset.reference_date
    facts = [
        f"Ruleset `{ruleset.id}`, a {ruleset.status}.",
        f"Read as of {read} unless asked otherwise.",
    ]
    if ruleset.period:
        facts.append(f"In force {ruleset.period}.")
    if ruleset.base:
        facts.append(
            f"On top of {listing([f'`{base.id}`' for base in ruleset.base])}, whichever is in force."
        )
    if ruleset.beside:
        facts.append(f"Side by side: {listing([f'`{part.id}`' for part in ruleset.beside], 'and')}.")
    facts += filter(None, [verified_sentence([ruleset])])
    document.bullets(facts)
    document.paragraph("Texts:")
    document.parts += [
        Line(f"{text.name}: {text.title} ({text.reference})", 0, links.of(text, text.name))
        for text in ruleset.instruments
    ]


def _scope(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """To which transactions it applies."""
    document.heading("When it applies")
    kind = words.facts["transaction.kind"].labels()
    covered = listing([kind.get(word, word) for word in ruleset.covers])
    document.paragraph(f"The kind of transaction is {covered}; any other is out of scope.")
    if ruleset.scope is not TRUE:
        document.paragraph("And:")
        document.outline(condition_outline(ruleset.scope, words))


# rules in three columns -------------------------------------------------------------------------


def _rules(
    document: Document, ruleset: Ruleset, words: Lexicon, titles: Mapping[str, str], links: Links
) -> None:
    document.heading("Rules, in the order of the text")
    marks = Counter(ruleset.mark(rule) for rule in ruleset.rules)
    checked = listing([f"{marks[mark]} {CHECKED_WORDS[mark]}" for mark in _by_rank(marks)], "and")
    document.paragraph(f"{counted(len(ruleset.rules), 'rule')}: {checked or 'none of its own'}.")
    rows = [
        (
            _law(rule, ruleset, links),
            _condition(rule.when, words.within(rule.cite.instrument)),
            _cases(rule, titles),
        )
        for rule in ruleset.rules
    ]
    if rows:
        head = ("The law", "The condition, read back", "The cases")
        document.parts.append(Columns(f"Rules of {ruleset.title}", head, rows))


def _law(rule: Rule, ruleset: Ruleset, links: Links) -> Cell:
    lines = [
        Line(
            f"{rule.cite} (`{rule.id}`): {outcome_words(rule.then.word)}",
            link=links.of(rule.cite.instrument, str(rule.cite)),
        ),
        Line(rule.sentence),
        Line(f"Set off by {rule.triggered_by}. Source: {_source(ruleset, rule)}."),
    ]
    if ruleset.is_unread(rule):
        lines.append(Line(_open_text(rule)))
    if rule.states:
        lines.append(Line(f"{rule.states[0].upper()}{rule.states[1:]}."))
    if rule.lifts:
        lines.append(Line(f"Lifts {listing([f'`{item.id}`' for item in rule.lifts], 'and')}."))
    lines += [Line(f"Rests on: {statement}.") for statement in rule.rests_on]
    return lines


def _source(ruleset: Ruleset, provision: Rule | Duty | Interpretation) -> str:
    """How a provision is known, and from which document."""
    return evidence_words(ruleset.evidence(provision).record())


def _open_text(provision: Rule | Duty) -> str:
    """What becomes of a provision that nobody read."""
    return f"Nobody read it, so whether it is in the text is open: `--text {provision.id}=yes` says so."


def _condition(condition: Condition, words: Lexicon) -> Cell:
    return [Line(text, depth) for depth, text in condition_outline(condition, words)]


def _cases(rule: Rule, titles: Mapping[str, str]) -> Cell:
    """A case in which the rule holds, and a near miss."""
    named = (("Holds in", rule.fires), ("Not in", rule.misses))
    cases = [Line(f"{lead} {_case(case, titles)}.") for lead, case in named if case]
    return cases or [Line("None named.")]


def _case(named: str, titles: Mapping[str, str]) -> str:
    name, _, reading = named.partition(" ")
    title = f": {titles[name].rstrip('.')}" if titles.get(name) else ""
    return f"`{name}`{' ' + reading if reading else ''}{title}"


# around the rules -------------------------------------------------------------------------------


def _terms(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """The terms that the rules and duties use, each after those that it is made of."""
    found = list(_terms_of(ruleset))
    if found:
        document.heading("Terms")
    for term in found:
        checked = f" Source: {evidence_words(term.checked.record())}." if term.checked else ""
        note = f" {term.note}" if term.note else ""
        document.heading(f"“{term.name}”, {term.cite}", 3)
        if note or checked:
            document.paragraph(f"{note}{checked}".strip())
        document.outline(condition_outline(term.condition, _near(words, term)))


def _terms_of(ruleset: Ruleset) -> Iterator[Term]:
    for node in nodes(own_conditions(ruleset)):
        if isinstance(node, Term) and table_row(node) is None:
            yield node


def _near(words: Lexicon, term: Term) -> Lexicon:
    """The words for a reader who has the term's own text at hand."""
    return words.within(getattr(term.cite, "instrument", None))


def _doubts(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """The doubts in the text, with readings, default and reason."""
    if ruleset.provisions.interpretations:
        document.heading("Doubts in the text")
    for doubt in ruleset.provisions.interpretations:
        document.heading(f"{doubt.id}, {doubt.cite}", 3)
        document.paragraph(doubt.question)
        document.bullets(
            f"“{name}”{' (default)' if name == doubt.default else ''}: {says}"
            for name, says in doubt.readings.items()
        )
        checked = f" Source: {_source(ruleset, doubt)}."
        document.paragraph(f"Why the default: {doubt.reason}{checked}{_asked_by(doubt, ruleset)}")


def _powers(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """The powers that may be used."""
    if ruleset.provisions.discretions:
        document.heading("Powers that may be used")
        document.paragraph("Whether a power was used is unknown unless the scenario says so.")
    document.bullets(
        f"`{power.id}`, {power.cite}, {power.who}: {power.question}{_asked_by(power, ruleset)}"
        for power in ruleset.provisions.discretions
    )


def _asked_by(asked: Interpretation | Discretion, ruleset: Ruleset) -> str:
    ids = [f"`{item.id}`" for item in binding(ruleset) if asked.key in questions([item.when])]
    return f" Asked by {listing(ids, 'and')}." if ids else ""


def _duties(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """What must be done besides, by whom, when."""
    if ruleset.provisions.duties:
        document.heading("Duties")
    for duty in ruleset.provisions.duties:
        document.bullets([f"{duty.cite} (`{duty.id}`): {duty.sentence}"])
        facts = [f"{duty.addressee}, {duty.strength}; {duty.kind}"]
        facts += [f"deadline: {duty.deadline}"] if duty.deadline else []
        facts += [f"breach: {duty.breach}"] if duty.breach else []
        facts.append(f"source: {_source(ruleset, duty)}")
        facts += [_open_text(duty)] if ruleset.is_unread(duty) else []
        facts.append(f"when: {_duty_when(duty, words)}")
        document.outline(((0, fact) for fact in facts), 1)


def _duty_when(duty: Duty, words: Lexicon) -> str:
    """When a duty applies, in words: its stage, then its condition."""
    stage = "" if duty.stage is Stage.ANY else str(duty.stage)
    when = "" if duty.when is TRUE else condition_words(duty.when, words.within(duty.cite.instrument))
    return ", and: ".join(filter(None, (stage, when))) or "always"


def _left_out(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """What is deliberately not encoded, and why."""
    if ruleset.provisions.not_encoded:
        document.heading("Not encoded")
    document.bullets(f"{item.cite}: {item.what} {item.why}" for item in ruleset.provisions.not_encoded)


def _tables(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """The dated tables, with the days through which they were checked."""
    if ruleset.tables:
        document.heading("Dated tables")
    for table in ruleset.tables:
        name = f"{table.name}, checked through {table.verified_through}"
        marks = Counter(row.checked.level for row in table)
        checked = listing([f"{marks[mark]} {CHECKED_WORDS[mark]}" for mark in _by_rank(marks)], "and")
        document.bullets([f"{name}: {counted(len(table.rows), 'row')}, {checked}"])


def _marks(document: Document, ruleset: Ruleset, words: Lexicon) -> None:
    """How many rules and duties carry each mark, and which ones were not checked against the text."""
    provisions = binding(ruleset)
    if not provisions:
        return
    document.heading("How it was checked")
    for mark in reversed(Checked):
        marked = [item for item in provisions if ruleset.mark(item) is mark]
        names = listing([f"`{item.id}`" for item in marked], "and")
        which = f": {names}" if marked and mark is not Checked.TEXT else ""
        rules = [item for item in marked if isinstance(item, Rule)]
        numbers = f"{counted(len(rules), 'rule')}, {counted(len(marked) - len(rules), 'duty')}"
        document.bullets([f"{CHECKED_WORDS[mark]}: {numbers}{which}"])


def _by_rank(marks: Mapping[Checked, int]) -> list[Checked]:
    """Marks, the strongest first."""
    return sorted(marks, key=lambda mark: -mark.rank)
