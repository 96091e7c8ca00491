"""The closing parts of the report: omissions, sources, interpretations, law, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import metadata

from regcompare.comparison.comparison import Comparison
from regcompare.law import Checked
from regcompare.ruleset.currency import tables_of_facts
from regcompare.ruleset.rules import Duty, Interpretation, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Block, Bullets, Link, Note, Section, Strong, Table
from regcompare.views.sentences import CHECKED_WORDS


def _rulesets_involved(comparison: Comparison) -> list[Ruleset]:
    """The rulesets compared, then the laws they are based on or combined with."""
    parts: dict[str, Ruleset] = {ruleset.id: ruleset for ruleset in comparison.rulesets}
    for verdict in comparison.verdicts:
        for part in (verdict.base, *verdict.ruleset.beside):
            if part is not None:
                parts.setdefault(part.id, part)
    return list(parts.values())


def omissions(comparison: Comparison) -> Iterator[Block | str]:
    """Yields what the rulesets deliberately leave out, and why."""
    yield "The results do not take account of what is listed here: it was left out deliberately."
    for ruleset in _rulesets_involved(comparison):
        items = Bullets(
            (Strong(str(omission.cite)), f": {omission.what} ", Note(omission.why))
            for omission in ruleset.provisions.not_encoded
        )
        yield Section(ruleset.title, [items or "The ruleset does not declare anything as left out."])


def source_levels(comparison: Comparison) -> Iterator[Block | str]:
    """Yields the number of provisions of each source level, and the lists with their dates."""
    yield "Every rule, duty and row of a list says how it is known; the weakest source counts."
    parts = _rulesets_involved(comparison)
    head = ("Ruleset", *(CHECKED_WORDS[mark.value] for mark in reversed(Checked)))
    rows = [row for ruleset in parts for row in _level_rows(ruleset)]
    yield Table("Provisions by source", head, rows)
    tables = dict.fromkeys(table for part in parts for table in part.tables)
    list_lines = sorted({f"{table.name}: checked through {table.verified_through}." for table in tables})
    yield Section("Lists", [Bullets(list_lines)])


def _level_rows(ruleset: Ruleset) -> Iterator[list[str]]:
    """The provisions and the table rows of a ruleset, counted by source level."""
    provisions: tuple[Rule | Duty, ...] = (*ruleset.rules, *ruleset.provisions.duties)
    rows = (row for table in dict.fromkeys(ruleset.tables) for row in table)
    counts = {
        "rules and duties": Counter(map(ruleset.mark, provisions)),
        "rows of dated tables": Counter(row.evidence(ruleset.law_day).level for row in rows),
    }
    for subject, counter in counts.items():
        if counter:
            yield [f"{ruleset.title}: {subject}", *(str(counter[level]) for level in reversed(Checked))]


def interpretations(comparison: Comparison) -> Iterator[Block | str]:
    """Yields the interpretations of doubtful texts that the results depend on."""
    readings_by_doubt: dict[Interpretation, dict[str | None, None]] = {}
    for verdict in comparison.verdicts:
        for doubt, reading in verdict.assumed:
            readings_by_doubt.setdefault(doubt, {})[reading] = None
    rows = []
    for doubt, doubt_readings in readings_by_doubt.items():
        texts = (
            f"“{reading}”: {doubt.readings[reading]}" if reading else "left open"
            for reading in doubt_readings
        )
        rows.append((f"{doubt.cite} ({doubt.id})", doubt.question, "; ".join(texts), doubt.reason))
    head = ("Text", "Doubt", "Interpreted as", "Why this is the default")
    yield Table("Doubtful texts and how they were interpreted", head, rows)
    if not rows:
        yield "These rulesets do not declare any text as doubtful."


def texts(comparison: Comparison, lang: str) -> Iterator[Block | str]:
    """Yields the legal texts that were encoded, with links in a language, and this version."""
    parts = _rulesets_involved(comparison)
    if names := tables_of_facts(parts):
        yield (
            "Where a law is applied as of a date of its own, these tables are still read at the date of "
            f"the facts: {', '.join(names)}."
        )
    instruments = dict.fromkeys(text for part in parts for text in part.instruments)
    rows = [(Link(text.name, text.url(lang=lang)), text.title, text.reference) for text in instruments]
    yield Table("Texts that the rulesets encode", ("Cited as", "Title", "Published"), rows)
    yield Section("Versions", [Bullets([f"regcompare: {metadata.version('regcompare')}"])])
