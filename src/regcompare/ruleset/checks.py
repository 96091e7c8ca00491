"""Checks of a ruleset when it is made; each raises a ``DefinitionError``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import owner_of, section_of
from regcompare.logic.conditions import Condition, OneOf
from regcompare.logic.questions import FactQuestion, Question
from regcompare.vocabulary import CORE, FACTS_DATE, LAW_DATE, Transaction

from .provisions import cited_at

if TYPE_CHECKING:
    from .ruleset import Ruleset

_IDENTIFIER = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
"""The syntax of the id of a rule, duty, interpretation or discretion."""
_DEEPEST = 100
"""The greatest depth to which conditions may be nested; law is seldom deeper than 30."""


def check(ruleset: Ruleset, own_nodes: Sequence[Condition]) -> None:
    """Refuses a ruleset with a fault; ``own_nodes`` are the nodes of its own conditions, parts first."""
    where = f"Ruleset {ruleset.id!r}"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ruleset.id):
        raise DefinitionError(f"{where}: an id is lower case with hyphens, such as my-act-2020.")
    _check_days_and_files(ruleset, where)
    _check_ids(ruleset, where)
    _check_overrides(ruleset, where)
    for gloss in ruleset.glosses:
        if gloss.fact.key not in ruleset.vocabulary.by_key:
            msg = f"{where}: {gloss.cite} glosses {gloss.fact!r}, which is not a fact in its vocabulary."
            raise DefinitionError(f"{msg} Add its section, or leave the gloss out.")
    depths: dict[Condition, int] = {}
    for node in own_nodes:
        depths[node] = 1 + max((depths[part] for part in node.parts), default=0)
    if max(depths.values(), default=0) > _DEEPEST:
        msg = f"{where}: conditions are nested more than {_DEEPEST} deep. Join many by all_of or any_of."
        raise DefinitionError(msg)
    _check_answers(ruleset, where, own_nodes)
    _check_own_words(ruleset, where)
    _check_questions(ruleset, where, dict.fromkeys(node.question for node in own_nodes if node.key))


def _check_days_and_files(ruleset: Ruleset, where: str) -> None:
    period, day = ruleset.period, ruleset.reference_date
    if ruleset.status == "proposal" and period:
        raise DefinitionError(f"{where}: a proposal has no period in force; leave period out.")
    if period and isinstance(day, dt.date) and day not in period:
        raise DefinitionError(
            f"{where}: reference_date={day} is outside its period, {period}. Give a day on which it is "
            "in force, or 'scenario'."
        )
    if missing := next((file for file in ruleset.cases if not file.exists()), None):
        raise DefinitionError(
            f"{where}: cases= names {missing}, which does not exist. Give the files, or the folder, "
            "with its cases."
        )


def _check_ids(ruleset: Ruleset, where: str) -> None:
    for group in attrs.astuple(ruleset.provisions, recurse=False):
        by_id: dict[str, Any] = {}
        for item in (item for item in group if hasattr(item, "id")):
            if (other := by_id.setdefault(item.id, item)) is not item:
                both = f"{cited_at(other)} and {cited_at(item)}"
                raise DefinitionError(
                    f"{where}: {item.id!r} names two provisions, {both}. Correct the citation if it was "
                    "copied; declare a later version by chapter.amend(); else give one an id of its own "
                    "(id=)."
                )
            if not _IDENTIFIER.fullmatch(item.id):
                msg = f"{where}: {item.id!r} is not a valid id; write letters and figures joined by"
                raise DefinitionError(f"{msg} hyphens.")


def _check_overrides(ruleset: Ruleset, where: str) -> None:
    declared = {rule for part in ruleset.parts() for rule in part.rules}
    pairs = [(rule, overridden) for rule in ruleset.rules for overridden in rule.overrides]
    for rule, overridden in pairs:
        if overridden not in declared:
            raise DefinitionError(
                f"{where}: {rule.id} overrides {overridden.id}, which the ruleset leaves out; "
                "add it, or take it out of overrides=."
            )
        if overridden.amended in declared and overridden.amended not in rule.overrides:
            raise DefinitionError(
                f"{where}: {rule.id} overrides {overridden.id}, and not what that is by its "
                f"amendment, {overridden.amended.id}; declare the amendment before {rule.id}."
            )


def _check_own_words(ruleset: Ruleset, where: str) -> None:
    """Refuses a word whose prefix is not a section that a plugin declares."""
    owners = ruleset.vocabulary.by_name.keys() - CORE.by_name.keys()
    answers = (word for item in ruleset.vocabulary.own_answers for word in item.words)
    for word in (*ruleset.own_words(), *answers):
        if word.owner not in owners:
            raise DefinitionError(
                f"{where}: {word.key!r} has the prefix {word.owner!r}, which is not a section of facts "
                f"that a plugin declares; its vocabulary has {', '.join(sorted(owners)) or 'none'}. "
                "Give vocabulary= the facts of that section, as made by CORE.with_sections(...), or use "
                "one of these as the prefix.",
                "RC419",
            )


def _check_answers(ruleset: Ruleset, where: str, own_nodes: Iterable[Condition]) -> None:
    """Refuses a plugin's answer that the vocabulary does not have."""
    facts = ruleset.vocabulary.by_key
    covered = [Transaction.kind.is_in(*ruleset.covers)] if ruleset.covers else []
    for node in (node for node in (*covered, *own_nodes) if node.question.fact in facts):
        key = node.question.fact
        labels = facts[key].labels()
        for word in node.answers if isinstance(node, OneOf) else (node.question.member,):
            if (owner := owner_of(word)) and word not in labels:
                cure = _vocabulary_cure(owner)
                if owner in ruleset.vocabulary.by_name:
                    hint = did_you_mean(nearest(word, labels))
                    cure = f"{hint} Add it with OwnAnswers, under own_answers=."
                msg = f"{where}: {word!r} is not an answer to {key} in its vocabulary."
                raise DefinitionError(f"{msg} {cure.lstrip()}", "RC407")


def _vocabulary_cure(section: str) -> str:
    return (
        f"It has no section {section!r}: give vocabulary= the facts of that section, as made by "
        "CORE.with_sections(...)."
    )


def _check_questions(ruleset: Ruleset, where: str, questions: Iterable[Question]) -> None:
    declared = {FACTS_DATE.key, LAW_DATE.key, *ruleset.vocabulary.by_key}
    for part in ruleset.parts():
        declared |= {*(item.key for item in part.doubts), *(x.key for x in part.provisions.discretions)}
    for question in (question for question in questions if question.subject not in declared):
        hint = did_you_mean(nearest(question.subject, declared))
        msg = (
            f"{where}: a condition asks {question!r}, which is neither a fact in the vocabulary nor "
            f"a doubt or power that the ruleset declares. Declare it, or add its section.{hint}"
        )
        if not isinstance(question, FactQuestion):
            msg += " A provision of another ruleset brings its own: with_(..., of=THAT_RULESET)."
        elif (section := section_of(question.fact)) not in ruleset.vocabulary.by_name:
            msg = f"{where}: a condition asks {question!r}. {_vocabulary_cure(section)}"
        raise DefinitionError(msg, "RC407")
