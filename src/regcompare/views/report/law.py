"""The closing parts of the report: what is left out, sources, interpretations, law, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import metadata

from regcompare.comparison.comparison import Comparison
from regcompare.law import Checked
from regcompare.ruleset.currency import tables_of_facts
from regcompare.ruleset.rules import Duty, Interpretation, NotEncoded, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Block, Bullets, Inline, Link, Note, Section, Strong, Table
from regcompare.views.sentences import CHECKED_WORDS

__all__ = ["checks", "left_out", "readings", "texts"]


def parts_of(comparison: Comparison) -> list[Ruleset]:
    """Returns the rulesets compared, then the laws they are based on or combined with."""
    found: dict[str, Ruleset] = {ruleset.id: ruleset for ruleset in comparison.rulesets}
    for verdict in comparison.verdicts:
        for part in (verdict.base, *verdict.ruleset.beside):
            if part is not None:
                found.setdefault(part.id, part)
    return list(found.values())


def left_out(comparison: Comparison) -> Iterator[Block | str]:
    """Yields what the rulesets deliberately leave out, and why."""
    yield "The results do not take account of what is listed here: it was left out deliberately."
    for ruleset in parts_of(comparison):
        items = Bullets(map(_left_out, ruleset.provisions.not_encoded))
        yield Section(ruleset.title, [items or "The ruleset does not declare anything as left out."])


def _left_out(item: NotEncoded) -> tuple[Inline, ...]:
    return (Strong(str(item.cite)), f": {item.what} ", Note(item.why))


def checks(comparison: Comparison) -> Iterator[Block | str]:
    """Yields how the encodings were checked: the marks, and how many provisions carry each."""
    yield "Every rule, duty and row of a list says how it is known; the weakest source counts."
    parts = parts_of(comparison)
    head = ("Ruleset", *(CHECKED_WORDS[mark.value] for mark in reversed(Checked)))
    rows = [row for ruleset in parts for row in _counts(ruleset)]
    yield Table("Provisions by source", head, rows)
    tables = dict.fromkeys(table for part in parts for table in part.tables)
    through = sorted({f"{item.name}: checked through {item.verified_through}." for item in tables})
    yield Section("Lists", [Bullets(through)])


def _counts(ruleset: Ruleset) -> Iterator[list[str]]:
    """How many provisions, and how many rows of tables, carry each mark."""
    provisions: tuple[Rule | Duty, ...] = (*ruleset.rules, *ruleset.provisions.duties)
    counts = {
        "rules and duties": Counter(ruleset.mark(item) for item in provisions),
        "rows of dated tables": Counter(
            row.checked.level for item in dict.fromkeys(ruleset.tables) for row in item
        ),
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
    rows = [
        (f"{item.cite} ({item.id})", item.question, _taken(item, used), item.reason)
        for item, used in taken.items()
    ]
    head = ("Text", "Doubt", "Interpreted as", "Why this is the default")
    yield Table("Doubtful texts and how they were interpreted", head, rows)
    if not rows:
        yield "These rulesets do not declare any text as doubtful."


def _taken(item: Interpretation, used: Iterable[str | None]) -> str:
    return "; ".join(f"“{name}”: {item.readings[name]}" if name else "left open" for name in used)


def texts(comparison: Comparison, lang: str) -> Iterator[Block | str]:
    """Yields the legal texts that were read, with links in a language, and this version."""
    if names := tables_of_facts(parts_of(comparison)):
        yield (
            "Where a law is applied as of a date of its own, these tables are still read at the date of "
            f"the facts: {', '.join(names)}."
        )
    found = dict.fromkeys(text for part in parts_of(comparison) for text in part.instruments)
    rows = [(Link(text.name, text.url(lang=lang)), text.title, text.reference) for text in found]
    yield Table("Texts that the rulesets encode", ("Cited as", "Title", "Published"), rows)
    yield Section("Versions", [Bullets([f"regcompare: {metadata.version('regcompare')}"])])
