"""Mistakes that the text of a ruleset shows by itself: sentences, citations, days, tables, chapters."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from regcompare.facts import facts_of
from regcompare.law import Citation
from regcompare.logic.code_lists import family
from regcompare.logic.codes import is_under
from regcompare.logic.conditions import All, Condition, Holds, Term, nodes, questions
from regcompare.ruleset.provisions import Chapter, file_of, line_of
from regcompare.ruleset.rules import Duty, NotEncoded, Rule, later_versions, needs_power
from regcompare.ruleset.ruleset import Ruleset, own_conditions, rules_and_duties
from regcompare.vocabulary import CORE, LAW_DATE
from regcompare.vocabulary.dated import DatedTable, row_of
from regcompare.vocabulary.periods import Period
from regcompare.words.lexicon import listing


@attrs.frozen(order=True)
class LintFinding:
    """Something in a ruleset that is a mistake or needs a reason.

    Attributes:
        kind: The check that found it, a stable word such as ``never-decisive``.
        where: The id of the rule, doubt or power, or the name of the term.
        sentence: The finding, as a plain sentence.
        accepted: Why it is intended, where the ruleset gives a reason; otherwise blank.
        place: The file and line of what it is about; blank where it has none.
    """

    kind: str
    where: str
    sentence: str
    accepted: str = ""
    place: str = ""

    @property
    def line(self) -> str:
        """The finding in a line: the check, its sentence and its position."""
        return f"{self.kind}: {self.sentence}{f' ({self.place})' if self.place else ''}"


def _standards(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Reviews whose standard is none of those whose facts their rule asks about."""
    for rule in ruleset.rules:
        asked = set(questions([rule.condition]))
        harms = [item for item in ruleset.vocabulary.harms if asked & set(questions([item.when]))]
        standards = {item.standard for item in harms}
        for review in rule.review:
            if standards and review.standard and review.standard not in standards:
                found = listing(sorted({item.standard.value for item in harms}), "and")
                sentence = f"{rule.id} has a review by “{review.standard.value}”, and asks about"
                yield LintFinding("other-standard", rule.id, f"{sentence} {found}.")


_NO_POWER = re.compile(
    r"\b(?:no|nobody|no one|none|neither)\b[^.;]*?\bmay\b|\b(?:or|that) may be\b|\b(?:nor|who) may\b"
    r"|\bmay not\b|\bmay\b[^.;]*?\bonly\b",
    re.IGNORECASE,
)
"""Uses of "may" that give no power: what is forbidden, possible, conditional, or said of somebody."""


def _powers(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Rules that say that somebody may, and hold whether or not a power was used.

    What overrides a stricter rule permits what that rule forbids, and asks for no power.
    """
    for rule in ruleset.rules:
        permits = re.search(r"\bmay\b", _NO_POWER.sub("", rule.sentence))
        if permits and not rule.overrides and not needs_power(rule.when):
            sentence = f"{rule.id} says “may”, and binds whether or not a power was used"
            cure = "ask for a discretion, or say what applies where the power was used"
            yield LintFinding("may-binds", rule.id, f"{sentence}: {cure}.")


def unlisted_citations(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Yields what cites no text of a ruleset, or none at all."""
    listed = {text.name for part in ruleset.parts() for text in part.instruments}
    for item in ruleset.provisions:
        text = item.cite.instrument.name
        if text not in listed and not isinstance(item, NotEncoded):  # A whole text may be left out.
            where = getattr(item, "id", item.cite.pinpoint)
            sentence = f"{where} cites {text}, which is not among the texts of {ruleset.id}."
            sentence += " Add it to instruments=."
            yield LintFinding("no-citation", where, sentence)
    for node in nodes(own_conditions(ruleset)):
        is_cited = isinstance(node, Term) and isinstance(node.cite, Citation)
        if isinstance(node, Term) and not is_cited and not str(node.cite or "").strip():
            yield LintFinding(
                "no-citation", node.name, f"The term “{node.name}” has no citation. Give it one."
            )


def _todos(ruleset: Ruleset) -> Iterator[LintFinding]:
    """The texts of the ruleset, its sources, provisions, tables and cases that say TODO."""
    for where, text in _texts(ruleset):
        if re.search(r"\bTODO\b", text):
            yield LintFinding("todo", where, f"{where} still says: {text.strip()}")


def _texts(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Every text of a ruleset's own, with where it is."""
    yield from ((f"The ruleset {ruleset.id}", text) for text in (ruleset.title, ruleset.summary))
    terms = (node for node in nodes(own_conditions(ruleset)) if isinstance(node, Term))
    named = [
        *((f"The text {item.name}", item) for item in ruleset.instruments),
        *((str(item.cite), item) for item in ruleset.provisions),
        *((f"The term at {item.cite}", item) for item in terms),
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


# days -----------------------------------------------------------------------------------------------


def _days(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Gaps and overlaps between provisions with one citation, and rows that begin after a reading.

    Provisions that share a period stand side by side, as the two ways into a catch-all do.
    """
    groups: dict[Any, list[Rule | Duty]] = {}
    for item in rules_and_duties(ruleset):
        groups.setdefault((type(item), item.cite), []).append(item)
    for items in groups.values():
        first = {item.period or Period(): item for item in reversed(items)}
        for one, two in itertools.pairwise(sorted(first, key=_ends)):
            yield from _between(first[one], first[two])
    ageing = {item.ages for item in ruleset.rules}  # Their rows are of days after a reading.
    read = [ruleset.evidence(item).read_on for item in rules_and_duties(ruleset)]
    for table in (table for table in ruleset.tables if table not in ageing):
        of_rows = [row.evidence(row.period.start).read_on for row in table]
        last = max([table.verified_through, *filter(None, (*read, *of_rows))])
        for row in table:
            if row.period.start and row.period.start > last:
                sentence = (
                    f"The row begins on {row.period.start}, after {last}, the last day on which "
                    f"“{table.name}” was read. Correct the day, or give verified_through= that of a "
                    "later reading."
                )
                where = f"{row.table}:{row.line}"
                yield LintFinding("late-row", where, sentence, place=where)


def _ends(period: Period) -> tuple[dt.date, dt.date]:
    return period.start or dt.date.min, period.end or dt.date.max


def _between(one: Rule | Duty, two: Rule | Duty) -> Iterator[LintFinding]:
    """Findings between a provision and the next one with its citation."""
    end = one.period.end if one.period else None
    start = two.period.start if two.period else None
    cure = f"Declare {two.id} by chapter.amend() of {one.id}"
    other = f"{one.id} ({line_of(one)})" if line_of(one) else one.id
    if end and start and end < start:
        sentence = (
            f"{two.id} begins on {start}, and {other}, with the same citation, ends on "
            f"{one.period.last_day}: no text is in force in between."  # type: ignore[union-attr]
        )
        yield LintFinding("gap", two.id, f"{sentence} {cure}, which leaves no gap.")
    elif (end is None or (start and start < end)) and _are_alike(one, two):
        sentence = (
            f"{two.id} begins on {start or 'the first day'}, and {other}, with the same citation, is in "
            f"the text {one.period or 'throughout'}"
        )
        cure = f"{cure}, so that one ends as the other begins."
        yield LintFinding("overlap", two.id, f"{sentence}. {cure}")


def _are_alike(one: Any, two: Any) -> bool:
    """Tells whether two provisions could be versions of one: same effect, by the same trigger."""
    fields = ("then", "triggered_by") if isinstance(one, Rule) else ("kind", "addressee")
    return all(getattr(one, name) == getattr(two, name) for name in fields)


def _old_versions(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Conditions that repeat what a provision asked before it was amended, on days after."""
    every = rules_and_duties(ruleset)
    for old in (item for item in every if isinstance(item, Rule) and item.amended):
        new: Rule = old.amended  # type: ignore[assignment]
        family_ = {old, *later_versions(old)}
        if old.when in (new.when, *(version.when for version in later_versions(new))):
            continue
        since = new.period and new.period.start
        for item in every:
            ended = item.period and item.period.end
            if item in family_ or (ended and since and ended <= since) or item.amends in family_:
                continue
            knows_the_day = since and LAW_DATE.on_or_after(since) in _outside_rows(item.when)
            asks_new = _asks(item.when, new.when) and not _asks(old.when, new.when)
            if _asks(item.when, old.when) and not knows_the_day and not asks_new:
                sentence = (
                    f"{item.id} asks what {old.id} asked until {since}, and not what {new.id} asks "
                    "since. Join both, any_of(OLD.condition, NEW.condition), below the amendment."
                )
                yield LintFinding("old-version", item.id, sentence)


def _outside_rows(condition: Condition) -> set[Condition]:
    """The nodes of a condition, but for those of rows of tables, which have days of their own."""
    found: set[Condition] = set()
    queue = [condition]
    while queue:
        node = queue.pop()
        if node not in found and row_of(node) is None:
            found.add(node)
            queue += node.parts
    return found


def _asks(condition: Condition, part: Condition) -> bool:
    """Tells whether a condition contains another, whose parts may have been joined with further ones."""
    parts = set(part.parts) if isinstance(part, All) else set()
    return any(
        node is part or (parts and isinstance(node, All) and parts <= set(node.parts))
        for node in nodes([condition])
    )


# sentences and citations ----------------------------------------------------------------------------


def _pairs(ruleset: Ruleset) -> Iterator[tuple[Any, Any]]:
    """Pairs of rules, and of duties, that are in the text on some day together."""
    groups: tuple[Sequence[Rule | Duty], ...] = (ruleset.rules, ruleset.provisions.duties)
    for items in groups:
        for one, two in itertools.combinations(items, 2):
            alike = one.cite == two.cite or one.sentence == two.sentence
            apart = line_of(one) != line_of(two) or not line_of(one)  # Not one line for many rows.
            (first, last), (start, end) = (_ends(item.period or Period()) for item in (one, two))
            if alike and apart and max(first, start) < min(last, end):
                yield one, two


def _copies(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Sentences and citations that two provisions share."""
    for one, two in _pairs(ruleset):
        other = f"{one.id} ({line_of(one)})" if line_of(one) else one.id
        if one.sentence == two.sentence and one.when != two.when:
            sentence = (
                f"{two.id} has the sentence of {other}, and another condition. Say what it says itself."
            )
            yield LintFinding("same-sentence", two.id, sentence)
        if one.cite != two.cite or not isinstance(one, Rule):
            continue
        own = [item for item in (one, two) if not item.id.startswith(item.cite.slug)]
        if len(own) == 1:
            (copy,) = own
            sentence = (
                f"{copy.id} cites {copy.cite}, as {(two if copy is one else one).id} does. Correct the "
                f"citation, if it was copied; or let the id begin with {copy.cite.slug}."
            )
            yield LintFinding("copied-citation", copy.id, sentence)
        elif _are_alike(one, two) and one.when != two.when and _names_a_point(one, two):
            sentence = (
                f"{two.id} has the citation, the outcome and the trigger of {other}, and another "
                "condition. Correct the citation, if it was copied; join the conditions by |; or cite "
                "the point of each."
            )
            yield LintFinding("same-citation", two.id, sentence)


def _names_a_point(*provisions: Rule) -> bool:
    """Tells whether the id of one names a point or number that its citation does not name."""
    ends = [item.id.removeprefix(item.cite.slug) for item in provisions if not item.amends]
    is_own = [not item.id.startswith(item.cite.slug) for item in provisions]
    stems = {item.id.partition("-")[0] for item in provisions}
    return (all(is_own) and len(stems) > 1) or any(
        re.fullmatch(r"-(\d{1,3}|[a-z])", end) for end in ends
    )


_PAIRS = {")": "(", "]": "[", "”": "“", "»": "«"}


def _is_closed(text: str) -> bool:
    """Tells whether each bracket and quotation mark that is opened is closed, in turn."""
    opened: list[str] = []
    for sign in text:
        if sign in _PAIRS.values():
            opened.append(sign)
        elif sign in _PAIRS and (not opened or opened.pop() != _PAIRS[sign]):
            return False
    return not opened


def _citations(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Citations whose brackets are not closed, and texts without an address."""
    terms = (node for node in nodes(own_conditions(ruleset)) if isinstance(node, Term))
    for item in (*ruleset.provisions, *terms):
        cite = item.cite
        if isinstance(cite, Citation) and not _is_closed(cite.pinpoint):
            where = getattr(item, "id", None) or getattr(item, "name", cite.pinpoint)
            sentence = (
                f"{cite.pinpoint!r}, cited by {where}, has a bracket that is not closed, or not opened."
            )
            yield LintFinding("brackets", str(where), sentence)
    cited = {item.cite.instrument for item in rules_and_duties(ruleset) if not item.rests_on}
    for text in ruleset.instruments:
        if text in cited and not text.url():
            sentence = (
                f"{text.name} has no address, so that no citation of it can be opened. Give address= "
                "the page of the official text, or celex= its number."
            )
            yield LintFinding("no-address", text.name, sentence)


def _words(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Names that terms or tables share, and own facts that do not read as questions or clauses."""
    terms: dict[Any, Term] = {}
    for node in nodes(own_conditions(ruleset)):
        if isinstance(node, Term) and row_of(node) is None:
            text = getattr(node.cite, "instrument", None)  # Each act has a final destination of its own.
            first = terms.setdefault((node.name, text), node)
            if first.cite != node.cite and first.condition != node.condition:
                sentence = (
                    f"The terms of {first.cite} and of {node.cite} are both called “{node.name}”, and "
                    "say different things. Call each by its own name."
                )
                yield LintFinding("same-name", node.name, sentence)
    tables: dict[str, DatedTable] = {}
    for table in ruleset.tables:
        whole = table.whole or table
        if tables.setdefault(whole.name, whole) is not whole:
            sentence = f"Two tables are called “{whole.name}”. Call each by its own name."
            yield LintFinding("same-name", whole.name, sentence)
    own = [cls for cls in ruleset.vocabulary.sections if cls not in CORE.sections]
    for fact in (fact for cls in own for fact in facts_of(cls).values()):
        if not fact.question.rstrip().endswith("?"):
            sentence = (
                f"{fact.key} asks {fact.question!r}, which is no question. End it with a question mark."
            )
            yield LintFinding("no-question", fact.key, sentence)


# codes and chapters ---------------------------------------------------------------------------------


def _codes(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Codes that conditions ask, of a list that a table of the ruleset has, and that no row has."""
    listed: dict[str, set[str]] = {}
    asked: dict[tuple[str, str], None] = {}
    in_rows: set[Condition] = set()
    for node in nodes(own_conditions(ruleset)):
        if row_of(node):
            in_rows.update(nodes([node]))
    for node in nodes(own_conditions(ruleset)):
        fact = ruleset.vocabulary.by_key.get(node.question.fact) if isinstance(node, Holds) else None
        if fact is None or fact.kind != "codes" or not isinstance(node, Holds):
            continue
        if node in in_rows:
            listed.setdefault(fact.key, set()).add(node.question.member)
        else:
            asked[fact.key, node.question.member] = None
    for key, pattern in asked:
        rows = listed.get(key, set())
        if rows and not any(_overlap(pattern, row) for row in rows):
            sentence = (
                f"A condition asks whether {key} includes {pattern}, and no row of the ruleset's table "
                "has such a code. Correct the code, or add the row."
            )
            yield LintFinding("unlisted-code", pattern, sentence)


def _overlap(one: str, two: str) -> bool:
    """Tells whether two patterns of codes may cover a code together."""
    first, second = (re.split("[!/@]", item)[0] for item in (one, two))
    if "*" in (first, second) or "?" in family(first) + family(second):
        return True
    return is_under(first, second) or is_under(second, first)


_CHAPTER = re.compile(r"^(\w+)(?:: Chapter)? = Chapter\(\)", re.MULTILINE)


def _chapters(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Chapters of the ruleset's own package that no ruleset took, or whose module nobody imported."""
    files = {file.resolve() for item in ruleset.provisions if (file := file_of(item))}
    packages = {file.parent for file in files if (file.parent / "__init__.py").exists()}
    imported = {}
    for module in list(sys.modules.values()):
        file = Path(getattr(module, "__file__", None) or "").resolve()
        if file in files or file.parent in packages:
            imported[file] = module
    for file, module in imported.items():
        for name, value in list(vars(module).items()):
            if isinstance(value, Chapter) and not value.is_read and list(value):
                sentence = (
                    f"{file.name} declares {name}, with {len(list(value))} provisions, and no ruleset "
                    "takes it. Add it to provisions=, or delete it."
                )
                yield LintFinding("left-out-chapter", f"{file.stem}.{name}", sentence, place=file.name)
    for folder in packages:
        texts = {file: file.read_text("utf-8", errors="replace") for file in folder.glob("*.py")}
        for file in sorted(texts.keys() - imported.keys()):
            others = (text for other, text in texts.items() if other != file)
            if any(re.search(rf"\b{file.stem}\b", text) for text in others):
                continue  # It is imported where it is needed.
            for name in _CHAPTER.findall(texts[file]):
                sentence = (
                    f"{file.name} declares {name}, and nothing imports the module. Import it, and add "
                    f"{file.stem}.{name} to provisions=; or delete the file."
                )
                yield LintFinding("left-out-chapter", f"{file.stem}.{name}", sentence, place=file.name)


CHECKS: tuple[Callable[[Ruleset], Iterator[LintFinding]], ...] = (
    unlisted_citations,
    _citations,
    _standards,
    _powers,
    _days,
    _old_versions,
    _copies,
    _words,
    _codes,
    _chapters,
    _todos,
)
