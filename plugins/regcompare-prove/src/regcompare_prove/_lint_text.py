"""Lint findings in the text of a ruleset: unused terms, missing citations, omitted articles."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from regcompare.law import Citation
from regcompare.logic.conditions import Condition, Term, nodes
from regcompare.ruleset.chapters import Chapter
from regcompare.ruleset.rules import Duty, NotEncoded, Rule
from regcompare.ruleset.ruleset import Ruleset, own_conditions, rules_and_duties
from regcompare.words.rows import table_row

from ._lint_proofs import LintFinding


def text_findings(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Yields the findings that need no solver."""
    yield from _unused(ruleset)
    yield from _citations(ruleset)
    yield from _articles(ruleset)
    yield from _todos(ruleset)


# terms and chapters ---------------------------------------------------------------------------------


def _unused(ruleset: Ruleset) -> Iterator[LintFinding]:
    """The chapters of its package and the terms of its modules that no ruleset there uses."""
    own_ids = {id(item) for item in rules_and_duties(ruleset)}
    modules = [
        module
        for module in list(sys.modules.values())
        if any(id(value) in own_ids for value in _values([module]))
    ]
    packages = {module.__name__.partition(".")[0] for module in modules}
    around = [item for name, item in list(sys.modules.items()) if name.partition(".")[0] in packages]
    used = set(nodes(_conditions([ruleset, *_values(around)])))
    for module in around:
        for value in list(vars(module).values()):
            if isinstance(value, Chapter) and not value.is_read:
                sentence = f"No ruleset includes the chapter of {module.__name__}; add it to one."
                yield LintFinding("unused-chapter", module.__name__, sentence)
    for module in modules:
        for value in _values([module]):
            if isinstance(value, Term) and value not in used:
                sentence = f"“{value.name}” ({value.cite}) is defined, and no condition uses it."
                yield LintFinding("unused-term", value.name, sentence)


def _values(modules: Iterable[ModuleType]) -> Iterator[Any]:
    for module in modules:
        for value in list(getattr(module, "__dict__", {}).values()):  # A program may put anything there.
            if isinstance(value, tuple | list | Chapter):
                yield from value
            elif isinstance(value, dict):
                yield from list(value.values())
            else:
                yield value


def _conditions(values: Iterable[Any]) -> Iterator[Condition]:
    for value in values:
        if isinstance(value, Rule | Duty):
            yield value.condition
        elif isinstance(value, Ruleset):
            yield from (item for part in value.parts() for item in own_conditions(part))


def _terms(ruleset: Ruleset) -> list[Term]:
    return [node for node in nodes(own_conditions(ruleset)) if isinstance(node, Term)]


# citations --------------------------------------------------------------------------------------------


def _citations(ruleset: Ruleset) -> Iterator[LintFinding]:
    listed = {text.name for part in ruleset.parts() for text in part.instruments}
    for item in ruleset.provisions:
        text = item.cite.instrument.name
        if text not in listed and not isinstance(item, NotEncoded):  # A whole text may be left out.
            where = getattr(item, "id", item.cite.pinpoint)
            sentence = f"{where} cites {text}, which is not among the texts of {ruleset.id}."
            yield LintFinding("no-citation", where, sentence)
    for name, cite in {node.name: node.cite for node in _terms(ruleset)}.items():
        if not isinstance(cite, Citation) and not str(cite or "").strip():
            yield LintFinding("no-citation", name, f"The term “{name}” has no citation.")


# articles ---------------------------------------------------------------------------------------------

_ARTICLES = re.compile(r"\bArts?\.? ?((?:\d+[a-z]*(?:\([^)]*\))*(?:, | and | or | to |-|–)?)+)")
_ARTICLE_OR_RANGE = re.compile(r"(\d+)[a-z]*(?:\([^)]*\))*(\s*(?:to|-|–)\s*(\d+))?")


def _articles(ruleset: Ruleset) -> Iterator[LintFinding]:
    """The articles of the text that are neither cited by a provision nor declared as left out.

    Only a text that most of the ruleset is taken from is checked; others are cited for single places.
    Leaving out "all other articles" declares the rest.
    """
    cites = [item.cite for item in ruleset.provisions]
    provisions = rules_and_duties(ruleset)
    terms = (term for term in _terms(ruleset) if table_row(term) is None)
    cites += [term.cite for term in terms if isinstance(term.cite, Citation)]
    counts = Counter(item.cite.instrument for item in provisions)
    for text, number in counts.items():
        omitted = (item.cite for item in ruleset.provisions.not_encoded)
        omissions = (cite.pinpoint for cite in omitted if cite.instrument == text)
        declared = any(pinpoint.startswith("all other ") for pinpoint in omissions)
        if 2 * number <= len(provisions) or declared:
            continue
        pinpoints = (cite.pinpoint for cite in cites if cite.instrument == text)
        cited = {article for pinpoint in pinpoints for article in articles_in(pinpoint)}
        for article in sorted(set(range(1, max(cited, default=0))) - cited):
            sentence = (
                f"{text.name} Art. {article} is neither encoded, nor declared as not encoded, though "
                "later articles are."
            )
            yield LintFinding("unencoded-article", f"Art. {article}", sentence)


def articles_in(pinpoint: str) -> set[int]:
    """Returns the numbers of the articles that a citation names; ``Arts 4 to 6`` names three."""
    numbers: set[int] = set()
    for group in _ARTICLES.findall(pinpoint):
        for first, _, last in _ARTICLE_OR_RANGE.findall(group):
            numbers.update(range(int(first), int(last or first) + 1))
    return numbers


# unfinished text -----------------------------------------------------------------------------------

_TODO = re.compile(r"\bTODO\b")


def _todos(ruleset: Ruleset) -> Iterator[LintFinding]:
    """The texts of the ruleset, its sources, provisions, tables and cases that say TODO."""
    for where, text in _texts(ruleset):
        if _TODO.search(text):
            yield LintFinding("todo", where, f"{where} still says: {text.strip()}")


def _texts(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Every text of a ruleset's own, with where it is."""
    yield from ((f"The ruleset {ruleset.id}", text) for text in (ruleset.title, ruleset.summary))
    named = [
        *((f"The text {item.name}", item) for item in ruleset.instruments),
        *((str(item.cite), item) for item in ruleset.provisions),
        *((f"The term at {item.cite}", item) for item in _terms(ruleset)),
    ]
    for where, item in named:
        values = (getattr(item, field.name) for field in attrs.fields(type(item)))
        yield from ((where, value) for value in values if isinstance(value, str))
    for table in ruleset.tables:
        for row in table:
            yield from ((f"{row.table}:{row.line}", text) for text in row.values.values())
    for file in filter(Path.is_file, map(Path, ruleset.cases)):
        lines = file.read_text(encoding="utf-8").splitlines()
        yield from ((f"{file.name}:{number}", line) for number, line in enumerate(lines, start=1))
