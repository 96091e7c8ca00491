"""The oracle: what a ruleset says of a world, in which every question has an answer.

It is written from the design, not from the engine, so that the two can be compared: conditions are data,
each true or false in a world, and the strictest rule that holds and is not overridden decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, assert_never

import attrs

from regcompare.facts import MemberSet
from regcompare.logic import conditions as logic
from regcompare.logic.questions import CodesQuestion, PowerQuestion, Question
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence, Transaction

LEVELS = ("authority", "user", "kind_of_user", "country")
"""How near a report can come to the end user, the nearest first."""


@attrs.frozen(eq=False)
class World:
    """A case in which every question has an answer.

    Attributes:
        facts: Fact key to answer, that of a set as a set of words; also the dates of facts and law.
        readings: The reading of each doubt, by its id.
        powers: Whether each power was used, by its id.
    """

    facts: dict[str, Any]
    readings: Mapping[str, str]
    powers: dict[str, bool]
    _truths: dict[logic.Condition, bool] = attrs.field(factory=dict, init=False)

    def holds(self, condition: logic.Condition) -> bool:
        """Returns whether a condition holds."""
        if condition not in self._truths:
            self._truths[condition] = self._holds(condition)
        return self._truths[condition]

    def _holds(self, node: Any) -> bool:
        match node:
            case logic.Constant():
                return bool(node.truth)
            case logic.Not():
                return not self.holds(node.part)
            case logic.All():
                return all(map(self.holds, node.parts))
            case logic.AnyOf():
                return any(map(self.holds, node.parts))
            case logic.Term():
                return self.holds(node.condition)
            case logic.Choose():
                return self.holds(dict(node.readings)[self.readings[node.question.id]])
            case logic.OneOf():
                return self.facts[node.question.fact] in node.answers
            case logic.OnOrAfter():
                return bool(self.facts[node.question.fact] >= node.day)
            case logic.Holds():
                return self._is_yes(node.question)
        assert_never(node)

    def _is_yes(self, question: Question) -> bool:
        if isinstance(question, PowerQuestion):
            return self.powers[question.id]
        answer = self.facts[question.fact]
        if isinstance(question, CodesQuestion):
            return any(is_of(code, question.member) for code in answer)
        return question.member in answer if question.member else bool(answer)

    def on(self, as_of: dt.date | Literal["scenario"], ruleset: Ruleset) -> World:
        """Returns the world under the law of a day, or of the day of its facts.

        Where an act has taken the place of another, an application made before follows the older one.
        """
        day = as_of
        if as_of == "scenario":
            day, applied = self.facts[FACTS_DATE.key], self.facts[Licence.applied_on.key]
            switches = [part.transition for part in (ruleset, *ruleset.beside) if part.transition]
            passed = [switch.day for switch in switches if switch.day <= day]
            day = applied if passed and applied < max(passed) else day
        return World({**self.facts, LAW_DATE.key: day}, self.readings, self.powers)


@lru_cache(maxsize=1 << 16)
def is_of(code: str, pattern: str) -> bool:
    """Returns whether a code falls under a pattern, such as ``5A001.f!5A001.f.3`` or ``?D/5A001``."""
    included, *excluded = pattern.split("!")
    own, _, parent = code.partition("/")
    asked, _, asked_parent = included.partition("/")
    in_it = _is_below(own, asked) and (not asked_parent or _is_below(parent, asked_parent))
    return in_it and not any(is_of(code, other) for other in excluded)


def _is_below(code: str, asked: str) -> bool:
    code, _, year = code.partition("@")
    asked, _, asked_year = asked.strip("*").partition("@")
    begins = len(code) >= len(asked) and all(map(_same, code, asked))
    ends = len(asked) < len("5A001") or code[len(asked) :][:1] in ("", ".")
    return begins and ends and asked_year in ("", year)


def _same(character: str, asked: str) -> bool:
    return asked in (character, "?")


@attrs.frozen(eq=False)
class Ruling:
    """What a ruleset says of a world.

    Attributes:
        in_force: Whether it is in force.
        in_scope: Whether it, or law that applies with it, covers the transaction.
        rules: The rules that hold.
        outcome: The strictest outcome that is not overridden; None where it does not apply.
    """

    in_force: bool
    in_scope: bool
    rules: frozenset[Rule]
    outcome: Outcome | None


def ruling(ruleset: Ruleset, world: World) -> Ruling:
    """Returns what a ruleset says of a world, which has a day of the law."""
    parts = dict.fromkeys(_applying(ruleset, world))
    covering = [part for part in parts if _covers(part, world)]
    held = {rule for part in covering for rule in part.rules if world.holds(part.condition(rule))}
    in_force, in_scope = (
        world.holds(ruleset.force),
        any(part.rules or not part.beside for part in covering),
    )
    standing = [rule.then for rule in held if _stands(rule, held)]
    outcome = max(standing, default=Outcome.NO_CONTROL) if in_force and in_scope else None
    return Ruling(in_force, in_scope, frozenset(held), outcome)


def presumed_by_reports(
    ruleset: Ruleset, readings: Mapping[str, str], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Returns what a case that presumes anything presumes because of reports, by fact.

    A text that lets reports show a finding says how near they have to come, by its reading.  Where one
    comes as near, the finding is presumed, unless the case itself says anything of it, or denies or
    leaves open the weaker finding that it presupposes.

    Args:
        ruleset: The ruleset.
        readings: The reading of each doubt, by its id.
        known: What the case says: fact key to answer.
    """
    presumed: dict[str, Any] = {}
    members: dict[str, set[str]] = {}
    for doubt in (doubt for part in ruleset.parts() for doubt in part.doubts):
        shown, farthest = doubt.shown, readings.get(doubt.id, doubt.default)
        if shown is None or farthest not in LEVELS:
            continue
        near = LEVELS[: LEVELS.index(farthest) + 1]
        weaker = shown.presupposes
        fact, member = shown.finding.fact, shown.finding.member
        is_doubted = weaker is not None and known.get(weaker.fact, True) is not True
        if fact in known or is_doubted or not any(known.get(key) in near for key in shown.of):
            continue
        presumed[fact] = True
        if member:
            members.setdefault(fact, set()).add(member)
            others = frozenset(ruleset.vocabulary.fact(fact).labels())
            presumed[fact] = MemberSet(members[fact], others - members[fact])
    return presumed


def _applying(ruleset: Ruleset, world: World) -> Iterator[Ruleset]:
    """The ruleset, the first of its bases that is in force, and what is in force beside it."""
    yield ruleset
    base = [part for part in ruleset.base if world.holds(part.force)][:1]
    for part in (*base, *(part for part in ruleset.beside if world.holds(part.force))):
        yield from _applying(part, world)


def _covers(part: Ruleset, world: World) -> bool:
    return world.facts[Transaction.kind.key] in part.covers and world.holds(part.scope)


def _stands(rule: Rule, held: set[Rule]) -> bool:
    """Whether no rule overrides it, other than one that is itself overridden."""
    return not any(rule in other.overrides and _stands(other, held) for other in held)
