"""Checks of what is written down: registration, cases, citations, dated tables."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.comparison.expectations import check, expectation_text
from regcompare.comparison.named_cases import independent_differences
from regcompare.errors import RegcompareError, did_you_mean, nearest
from regcompare.facts import countries
from regcompare.law import Citation
from regcompare.logic.conditions import Term, nodes
from regcompare.ruleset.chapters import Chapter
from regcompare.ruleset.rules import NamedCase, NotEncoded, Provision, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import assess
from regcompare.vocabulary.dated import DatedTable, Row

from .strategies import asked_by
from .subject import NotChecked, Subject

# registration --------------------------------------------------------------------------------------


def registers(subject: Subject) -> Iterator[str]:
    """The ruleset comes in through the entry point of its distribution, without a problem."""
    ruleset, catalogue = subject.ruleset, subject.catalogue
    offering = [plugin for plugin in catalogue.plugins if ruleset.id in plugin.rulesets]
    refused = [item for item in catalogue.problems if repr(ruleset.id) in str(item)]
    problems = [*(item for plugin in offering for item in plugin.problems), *refused]
    yield from dict.fromkeys(map(str, problems))
    if problems:
        return
    if not offering:
        raise NotChecked(
            f"No installed plugin offers {ruleset.id}. Type `python -m pip install -e .` beside its "
            "pyproject.toml, which needs an entry point in the group 'regcompare'."
        )
    if catalogue.rulesets[ruleset.id] is not ruleset:
        yield (
            f"{offering[0].name} offers another ruleset with the id {ruleset.id}; return from "
            "regcompare_rulesets() the very ruleset that is checked."
        )


# declaration ---------------------------------------------------------------------------------------


def declared(subject: Subject) -> Iterator[str]:
    """Each provision that the modules of its chapters keep is declared, or held by a ruleset.

    Found is what a module holds under a name, by itself or in a list, tuple or mapping.
    """
    own = set(subject.ruleset.provisions)
    modules = [dict(vars(module)) for module in list(sys.modules.values())]
    chapters = [[item for item in held.values() if type(item) is Chapter] for held in modules]
    known = {item for group in chapters for chapter in group for item in chapter}
    for held in modules:
        for ruleset in (item for item in held.values() if type(item) is Ruleset):
            known.update(item for part in ruleset.parts() for item in part.provisions)
    for held, group in zip(modules, chapters, strict=True):
        if any(not own.isdisjoint(chapter) for chapter in group):
            for name, item in _kept(held):
                if item not in known:
                    yield (
                        f"{held['__name__']}: {name} holds {item.cite}, which no chapter declares and "
                        "no ruleset holds. Add it to the chapter: chapter.add(...)."
                    )


def _kept(held: Mapping[str, Any]) -> Iterator[tuple[str, Provision]]:
    """The provisions that a module holds, each with the name under which it does."""
    for name, value in held.items():
        items = value.values() if isinstance(value, dict) else value
        for item in items if isinstance(value, list | tuple | dict) else (value,):
            if isinstance(item, Provision):
                yield name, item


# firing cases and near misses ----------------------------------------------------------------------


def fires(subject: Subject, rules: Sequence[Rule] | None = None) -> Iterator[str]:
    """Each rule names a case that sets it off, and holds there."""
    for rule in subject.ruleset.rules if rules is None else rules:
        yield from _named_case(subject, rule, subject.named[rule.id].fires, "fires", wanted=True)


def misses(subject: Subject, rules: Sequence[Rule] | None = None) -> Iterator[str]:
    """Each rule names a near miss: a case that differs little, in which it does not hold."""
    for rule in subject.ruleset.rules if rules is None else rules:
        told = list(_named_case(subject, rule, subject.named[rule.id].misses, "misses", wanted=False))
        yield from told or _not_near(subject, rule)


def _named_case(
    subject: Subject, rule: Rule, reference: str, word: str, *, wanted: bool
) -> Iterator[str]:
    here = f"Rule {rule.id} ({rule.cite})"
    if not reference:
        yield (
            f"{here} names no case in {word}=, and what the cases expect shows none. Expected a case "
            f"that expects {rule.id} (rules: [{rule.id}]), and a near miss that expects something else."
        )
        return
    named = NamedCase.read(reference)
    case = subject.cases.get(named.id)
    if case is None:
        hint = did_you_mean(nearest(named.id, subject.cases))
        yield f"{here} names the case {named.id!r} in {word}=, which no file in cases= holds.{hint}"
        return
    try:
        # Else no case would fire what is unread.
        taken = {**subject.ruleset.as_if_read(), **named.readings}
        verdict = assess(case, subject.ruleset, as_of=named.as_of, readings=taken)
        finding = verdict.finding(rule.id)
    except RegcompareError as error:
        yield f"{here} cannot be judged in the case {reference}: {error}"
        return
    if finding.holds is not wanted:
        keys = finding.trace.open_questions() or finding.trace.deciding_questions()
        got = {True: "holds", False: "does not hold", None: "is open"}[finding.holds]
        should = "should hold" if wanted else "should not hold"
        yield f"{here} {should} in the case {reference} but {got}, because of {_facts(keys)}."


def _facts(keys: Iterable[str], most: int = 4) -> str:
    names = list(dict.fromkeys(keys))
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return (", ".join(names[:most]) or "its scope") + rest


def _not_near(subject: Subject, rule: Rule) -> Iterator[str]:
    named = subject.named[rule.id]
    fires, misses = NamedCase.read(named.fires), NamedCase.read(named.misses)
    one, other = subject.cases.get(fires.id), subject.cases.get(misses.id)
    if one is None or other is None:
        return
    different = independent_differences(one, other, subject.ruleset.vocabulary)
    taken, also = fires.readings, misses.readings
    different += [f"reading {name}" for name in {**taken, **also} if taken.get(name) != also.get(name)]
    different += ["the day of the law"] * (fires.as_of != misses.as_of)
    if not 0 < len(different) <= subject.nearness:
        what = f"{len(different)} facts ({_facts(different)})" if different else "nothing"
        yield (
            f"Rule {rule.id} ({rule.cite}): the near miss {named.misses} differs from {named.fires} in "
            f"{what}; expected at most {subject.nearness}, so that it shows what the rule depends on."
        )


# what cases expect ---------------------------------------------------------------------------------


def cases(subject: Subject) -> Iterator[str]:
    """The files of cases can be read, and each case comes to what it expects."""
    yield from subject.case_problems
    if not subject.ruleset.cases and not subject.ruleset.rules:
        raise NotChecked(f"{subject.ruleset.id} has no rules of its own, and no cases.")
    for case in subject.cases.values():
        for expected in case.expect:
            (result,) = check(attrs.evolve(case, expect=(expected,)), subject.rulesets)
            if not result.is_met:
                yield (
                    f"Case {case.id} under {expected.ruleset} ({expectation_text(expected)}): "
                    f"{result.problem}"
                )


# citations -----------------------------------------------------------------------------------------


def citations(subject: Subject) -> Iterator[str]:
    """Every provision and term is cited, to a text that the ruleset lists and says where to find."""
    ruleset = subject.ruleset
    listed = [text for part in ruleset.parts() for text in part.instruments]
    for item in ruleset.provisions:
        if not isinstance(item, NotEncoded) and item.cite.instrument not in listed:
            what = f"{type(item).__name__} {getattr(item, 'id', item.cite.pinpoint)}"
            yield (
                f"{what} cites {item.cite.instrument.name}, which is not among the instruments= of "
                f"{ruleset.id}."
            )
    for node in nodes(asked_by(ruleset)):
        if isinstance(node, Term) and not isinstance(node.cite, Citation) and not str(node.cite).strip():
            yield f"The term {node.name!r} has no citation."


# dated tables --------------------------------------------------------------------------------------

DAY = dt.timedelta(days=1)
COMMON = ("start", "end", "source", "checked", "note")
"""The columns that mean the same in every table."""


def tables(subject: Subject) -> Iterator[str]:
    """About one thing at most one row of a table holds on a day, and no days are lost between rows."""
    dated = dict.fromkeys(table for part in subject.ruleset.parts() for table in part.tables)
    if not dated:
        raise NotChecked(f"{subject.ruleset.id} has no dated tables.")
    unknown = set(subject.keys) - {table.name for table in dated}
    if unknown:
        yield f"keys= names {', '.join(sorted(unknown))}, which is no table of {subject.ruleset.id}."
    for table in dated:
        yield from _table(table, subject.keys.get(table.name))


def _table(table: DatedTable, keys: Sequence[str] | None) -> Iterator[str]:
    by_subject: dict[tuple[str, ...], list[Row]] = {}
    for row in table:
        for about in _subjects(table, row, keys):
            by_subject.setdefault(about, []).append(row)
    told: dict[tuple[Row, Row], str] = {}
    for about, rows in by_subject.items():
        inside = sorted(rows, key=lambda row: row.period.start or dt.date.min)
        for one, other in itertools.pairwise(inside):
            if sentence := _between(about, one, other):
                told.setdefault((one, other), sentence)
    yield from told.values()


def _subjects(table: DatedTable, row: Row, keys: Sequence[str] | None) -> Iterator[tuple[str, ...]]:
    """What a row is about: its own columns, one country of a column of countries at a time."""
    columns = keys or tuple(name for name in row.values if name not in COMMON)
    held = {name: {word for row in table for word in row.words(name)} for name in columns}
    many = [name for name, words in held.items() if words and words <= set(countries())]
    plain = {name: row[name] for name in columns if name not in many}
    for words in itertools.product(*(row.words(name) or ("",) for name in many)):
        values = plain | dict(zip(many, words, strict=True))
        yield tuple(values[name] for name in columns if values[name])


def _between(about: tuple[str, ...], one: Row, other: Row) -> str | None:
    """What is wrong between a row and the next one about the same thing."""
    what = " ".join(about)
    place = f"{one.table}:{one.line} and {other.line}"
    start = other.period.start
    if one.period.end is None or start is None or start < one.period.end:
        return (
            f"{place}: two rows about {what} overlap; end the earlier one before the later one starts."
        )
    lost = (start - one.period.end).days
    if lost == 1:
        return (
            f"{place}: one day, {one.period.end}, is lost between the rows about {what}. The column end "
            "contains the day after the last day."
        )
    if lost and not (one.values.get("note") or other.values.get("note")):
        return (
            f"{place}: no row about {what} holds from {one.period.end} to {start - DAY}. "
            "Join the rows, or say in the column note of one of them why nothing held."
        )
    return None
