"""The closing parts of the report: what is left out, sources, interpretations, law, versions."""

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


def _parts_of(comparison: Comparison) -> list[Ruleset]:
    """The rulesets compared, then the laws they are based on or combined with."""
    found: dict[str, Ruleset] = {ruleset.id: ruleset for ruleset in comparison.rulesets}
    for verdict in comparison.verdicts:
        for part in (verdict.base, *verdict.ruleset.beside):
            if part is not None:
                found.setdefault(part.id, part)
    return list(found.values())


def left_out(comparison: Comparison) -> Iterator[Block | str]:
    """Yields what the rulesets deliberately leave out, and why."""
    yield "The results do not take account of what is listed here: it was left out deliberately."
    for ruleset in _parts_of(comparison):
        items = Bullets(
            (Strong(str(item.cite)), f": {item.what} ", Note(item.why))
            for item in ruleset.provisions.not_encoded
        )
        yield Section(ruleset.title, [items or "The ruleset does not declare anything as left out."])


def checks(comparison: Comparison) -> Iterator[Block | str]:
    """Yields how the encodings were checked: the marks, and how many provisions carry each."""
    yield "Every rule, duty and row of a list says how it is known; the weakest source counts."
    parts = _parts_of(comparison)
    head = ("Ruleset", *(CHECKED_WORDS[mark.value] for mark in reversed(Checked)))
    rows = [row for ruleset in parts for row in _counts(ruleset)]
    yield Table("Provisions by source", head, rows)
    tables = dict.fromkeys(table for part in parts for table in part.tables)
    through = sorted({f"{item.name}: checked through {item.verified_through}." for item in tables})
    yield Section("Lists", [Bullets(through)])


def _counts(ruleset: Ruleset) -> Iterator[list[str]]:
    """How many provisions, and how many rows of tables, carry each mark."""
    provisions: tuple[Rule | Duty, ...] = (*ruleset.rules, *ruleset.provisions.duties)
    rows = (row for item in dict.fromkeys(ruleset.tables) for row in item)
    counts = {
        "rules and duties": Counter(map(ruleset.mark, provisions)),
        "rows of dated tables": Counter(row.checked.level for row in rows),
    }
    for what, counted in counts.items():
        if counted:
            yield [f"{ruleset.title}: {what}", *(str(counted[mark]) for mark in reversed(Checked))]


def readings(comparison: Comparison) -> Iterator[Block | str]:
    """Yields the interpretations of doubtful texts that the results depend on."""
    taken: dict[Interpretation, dict[str | None, None]] = {}
    for verdict in comparison.verdicts:
        for item, reading in verdict.assumed:
            taken.setdefault(item, {})[reading] = None
    rows = []
    for item, used in taken.items():
        named = (f"“{name}”: {item.readings[name]}" if name else "left open" for name in used)
        rows.append((f"{item.cite} ({item.id})", item.question, "; ".join(named), item.reason))
    head = ("Text", "Doubt", "Interpreted as", "Why this is the default")
    yield Table("Doubtful texts and how they were interpreted", head, rows)
    if not rows:
        yield "These rulesets do not declare any text as doubtful."


def texts(comparison: Comparison, lang: str) -> Iterator[Block | str]:
    """Yields the legal texts that were read, with links in a language, and this version."""
    parts = _parts_of(comparison)
    if names := tables_of_facts(parts):
        yield (
            "Where a law is applied as of a date of its own, these tables are still read at the date of "
            f"the facts: {', '.join(names)}."
        )
    found = dict.fromkeys(text for part in parts for text in part.instruments)
    rows = [(Link(text.name, text.url(lang=lang)), text.title, text.reference) for text in found]
    yield Table("Texts that the rulesets encode", ("Cited as", "Title", "Published"), rows)
    yield Section("Versions", [Bullets([f"regcompare: {metadata.version('regcompare')}"])])
