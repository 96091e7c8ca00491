"""Warnings: what a reader of a verdict might be surprised by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from regcompare._support.said import Said
from regcompare.facts import MemberSet
from regcompare.logic.conditions import Between, Condition, Truth, ends_of, evaluate
from regcompare.logic.questions import Question
from regcompare.program.force import ApplicableLaw
from regcompare.program.program import Program
from regcompare.ruleset.currency import later_tables, tables_of, tables_of_facts
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import AssumedFacts
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.vocabulary.dated import DatedTable

from .case import Case, applied_on


def warnings_of(
    known_facts: AssumedFacts,
    ruleset: Ruleset,
    law: ApplicableLaw,
    facts_date: dt.date | Between | None,
) -> Iterator[str]:
    """Yields warnings about one case under one ruleset.

    Args:
        known_facts: The facts of the case, presumptions included.
        ruleset: The ruleset.
        law: Which law applies.
        facts_date: The date of the facts, or the days between which it is.
    """
    yield from _unrecorded_codes(known_facts, ruleset)
    yield from _date_warnings(ruleset, law, facts_date, applied_on(known_facts))


def _unrecorded_codes(known_facts: AssumedFacts, ruleset: Ruleset) -> Iterator[str]:
    """The codes of entries that no list records."""
    for code_list in ruleset.vocabulary.code_lists:
        value = known_facts.values.get(code_list.fact)
        for code in sorted(value.known | value.open) if isinstance(value, MemberSet) else ():
            if code_list.is_outside(code):
                yield Said(
                    "{code}: this entry of {list} is not recorded; whether it is listed is open.",
                    code=code,
                    list=code_list.name,
                )


def span_warning(day: dt.date | Between | None) -> str:
    """Returns what is warned of if the day of the facts is known to a span alone; blank otherwise."""
    first, last = ends_of(day)
    if not isinstance(day, Between):
        return ""
    return Said("The facts are dated only between {first} and {last}.", first=first, last=last)


def _date_warnings(
    ruleset: Ruleset,
    law: ApplicableLaw,
    facts_date: dt.date | Between | None,
    applied_on: dt.date | None,
) -> Iterator[str]:
    law_day = law.day
    first, last = ends_of(facts_date)
    if isinstance(facts_date, Between):
        yield span_warning(facts_date)
    elif law_day is None:
        yield Said(
            "The scenario has no date, so the law on that date is not known."
            if facts_date is None
            else "The date of the application is not known, so it is not known whether the law of that "
            "date or of the date of the facts applies."
        )
    elif facts_date and facts_date != law_day:
        yield Said(
            "The facts ({day}) are later than the law applied ({law_day}). "
            "Tables read at the date of the facts: {tables}."
            if facts_date > law_day
            else "The facts ({day}) are earlier than the law applied ({law_day}). "
            "Tables read at the date of the facts: {tables}.",
            day=facts_date,
            law_day=law_day,
            tables=[*tables_of_facts([ruleset])] or Said("none"),
        )
    yield from _base_warnings(ruleset, law)
    yield from later_ruleset(ruleset, law_day)
    yield from table_warnings(ruleset, law_day, last).values()
    switch = ruleset.transition
    if first and applied_on and switch and applied_on < switch.day <= first:
        yield Said(
            "The application of {day} remains subject to the act in force when it was made.",
            day=applied_on,
        )


def table_warnings(
    ruleset: Ruleset, law_day: dt.date | None, facts_date: dt.date | None
) -> Mapping[DatedTable, str]:
    """Returns the tables that are read at a later day than they were checked, each with the warning."""
    days, warnings = {LAW_DATE.key: law_day, FACTS_DATE.key: facts_date}, {}
    for table in later_tables(ruleset, law_day, facts_date):
        through = table.verified_through
        since = max((day - through).days for key in tables_of(ruleset)[table] if (day := days[key]))
        warnings[table] = Said(
            "{table} was checked only up to {day} (days since then: {since}).",
            table=table.name,
            day=through,
            since=since,
        )
    return warnings


def later_ruleset(ruleset: Ruleset, law_day: dt.date | None) -> Iterator[str]:
    """Yields the ruleset that has what was added by the day of the law, if there is one."""
    if ruleset.later and law_day and law_day >= ruleset.later[0]:
        yield Said(
            "{law} leaves out what was added by {day}; {later} has it.",
            law=ruleset.title,
            day=law_day,
            later=ruleset.later[1],
        )


def _base_warnings(ruleset: Ruleset, law: ApplicableLaw) -> Iterator[str]:
    """The law that a proposal is based on, where that is not the first that it names."""
    if not ruleset.base:
        return
    first, base = ruleset.base[0], law.base
    when = Said("on {day}", day=law.day) if law.day else Said("then")
    if base is None and law.bases:
        yield Said(
            "Which law {law} is based on depends on dates that are not known: {bases}.",
            law=ruleset.id,
            bases=" or ".join(item.id for item in law.bases),
        )
    elif base is None:
        yield Said(
            "{law} is applied alone: no law that it is based on is in force {when}.",
            law=ruleset.id,
            when=when,
        )
    elif base is not first:
        yield Said(
            "The proposal is based on {base}: {law} is not in force {when}.",
            law=first.id,
            when=when,
            base=base.id,
        )


def denied_findings(
    case: Case, truths: Mapping[Condition, Truth], answers: Mapping[str, Any]
) -> Iterator[str]:
    """Yields where a case says something else than what the reports that it lists would show.

    Args:
        case: The case.
        truths: The truths of its program's conditions.
        answers: All its answers, by key.
    """
    texts = {doubt.shown: (doubt.id, reading) for doubt, reading in case.readings.items()}
    for item in case.known.denied:
        if _would_matter(case.program, item.shown.finding, truths, answers):
            is_same = item.asked is item.shown.finding
            yield Said(
                "{fact} is stated as {answer}, and that counts; the reports listed would show {finding} "
                "(interpretation {reading}).",
                fact=_in_words(item.asked),
                answer=Said("no" if item.answer is False else "unknown"),
                finding=Said("it") if is_same else _in_words(item.shown.finding),
                reading=", ".join(map(str, texts[item.shown])),
            )


def _would_matter(
    program: Program, finding: Question, truths: Mapping[Condition, Truth], answers: Mapping[str, Any]
) -> bool:
    """Returns whether a condition would have another truth if the finding were made."""
    place, made = program.position.get(finding.key), {**answers, finding.key: True}
    conditions = zip(program.core_conditions, program.asked_by_core, strict=True)
    # For speed alone: a condition that does not ask for it has the same truth.
    asked = [node for node, keys in conditions if place is not None and keys >> place & 1]
    return any(evaluate(node, made).truth != truths[node] for node in asked)


def _in_words(finding: Question) -> str:
    """Returns the subject of a finding in words: a fact, or a member of a set."""
    if not finding.member:
        return finding.fact
    return Said("{member} in {fact}", member=finding.member, fact=finding.fact)
