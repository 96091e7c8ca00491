"""The closing parts of the report: what is left out, how it was checked, readings, law, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import metadata

from regcompare.comparison.comparison import Comparison
from regcompare.law import Checked
from regcompare.ruleset.rules import Duty, Interpretation, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.sentences import CHECKED_WORDS

from .parts import Html, bullets, joined_html, link, table, tag

__all__ = ["checks", "left_out", "readings", "texts", "versions_of"]


def parts_of(comparison: Comparison) -> list[Ruleset]:
    """Returns the rulesets compared, then the laws that they stood on or beside, each once."""
    found: dict[str, Ruleset] = {ruleset.id: ruleset for ruleset in comparison.rulesets}
    for verdict in comparison.verdicts:
        for part in (verdict.base, *verdict.ruleset.beside):
            if part is not None:
                found.setdefault(part.id, part)
    return list(found.values())


def left_out(comparison: Comparison) -> Html:
    """Returns what the rulesets deliberately leave out, and why."""
    sections = []
    for ruleset in parts_of(comparison):
        items = [
            joined_html([tag("span", str(item.cite), class_="cite"), f": {item.what} ", _why(item.why)])
            for item in ruleset.provisions.not_encoded
        ]
        shown = bullets(items) or tag("p", "The ruleset declares nothing as left out.")
        sections.append(joined_html([tag("h3", ruleset.title), shown]))
    lead = "A result cannot speak of what stands here: it was left out knowingly."
    return joined_html([tag("p", lead), *sections])


def _why(why: str) -> Html:
    return tag("span", why, class_="soft")


_NUMBERS = ("Rules and duties", "Rows of dated tables")


def checks(comparison: Comparison) -> Html:
    """Returns how the encodings were checked: the marks, and how many provisions carry each."""
    marks = sorted(Checked, key=lambda mark: -mark.rank)
    rows = []
    for ruleset in parts_of(comparison):
        provisions: tuple[Rule | Duty, ...] = (*ruleset.rules, *ruleset.provisions.duties)
        counts = Counter(ruleset.mark(item) for item in provisions)
        listed = Counter(row.checked.level for item in dict.fromkeys(ruleset.tables) for row in item)
        for what, counted in zip(_NUMBERS, (counts, listed), strict=True):
            if counted:
                rows.append((f"{ruleset.title}: {what.lower()}", *(str(counted[m]) for m in marks)))
    tables = {table: None for part in parts_of(comparison) for table in part.tables}
    through = sorted({f"{item.name}: checked through {item.verified_through}." for item in tables})
    head = ("Ruleset", *(CHECKED_WORDS[mark.value] for mark in marks))
    return joined_html(
        [
            tag(
                "p",
                "Every rule, duty and row of a list says how it was checked; the weakest mark counts.",
            ),
            table("Provisions by how their encoding was checked", head, rows),
            joined_html([tag("h3", "Lists"), bullets(through)]) if through else "",
        ]
    )


def readings(comparison: Comparison) -> Html:
    """Returns the readings of doubtful texts that the results rest on."""
    taken: dict[Interpretation, dict[str | None, None]] = {}
    for verdict in comparison.verdicts:
        for item, reading in verdict.assumed:
            taken.setdefault(item, {})[reading] = None
    rows = [
        (f"{item.cite} ({item.id})", item.question, _taken(item, used), item.reason)
        for item, used in taken.items()
    ]
    if not rows:
        return tag("p", "No text of these rulesets is declared as doubtful.")
    head = ("Text", "Doubt", "Read as", "Why this is the ordinary reading")
    return table("Doubtful texts and how they were read", head, rows)


def _taken(item: Interpretation, used: Iterable[str | None]) -> Html:
    told = [f"“{name}”: {item.readings[name]}" if name else "left open" for name in used]
    return joined_html(told, "; ")


def texts(comparison: Comparison, lang: str) -> Html:
    """Returns the legal texts that were read, with links in a language."""
    found = {text: None for part in parts_of(comparison) for text in part.instruments}
    rows = [(link(text.url(lang=lang), text.name), text.title, text.reference) for text in found]
    return table("Texts that the rulesets encode", ("Cited as", "Title", "Published"), rows)


def versions_of(versions: Mapping[str, str] | None) -> Html:
    """Returns the versions of the software; by default that of this library."""
    shown = versions if versions is not None else {"regcompare": metadata.version("regcompare")}
    items = [part for name, version in shown.items() for part in (tag("dt", name), tag("dd", version))]
    return tag("dl", *items, class_="meta")
