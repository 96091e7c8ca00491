"""Worlds drawn at random for a ruleset, and what less and less of is known of them."""

from __future__ import annotations

import datetime as dt
import operator
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import attrs
from tests.core.oracle import LEVELS, World, is_of

from regcompare.facts import Choice, CodeSet, Country, Day, Fact, MemberSet, SetOf, YesNo, countries
from regcompare.logic import conditions as logic
from regcompare.logic.code_cells import code_cells
from regcompare.logic.conditions import Among, Condition, nodes, questions
from regcompare.logic.questions import PowerQuestion
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence, Transaction

Answers = Mapping[str, Any]
"""What is known of a world: fact key to answer, ``discretion.ID`` to the use of a power."""

POWER = "discretion."
STEPS = 5
"""How many single steps make a case less known, after the first."""


@attrs.frozen(eq=False, slots=False)
class Drawing:
    """Draws worlds in which the rules of a ruleset hold, or nearly do.

    Attributes:
        ruleset: The ruleset.
        chance: The source of what is drawn.
    """

    ruleset: Ruleset
    chance: random.Random

    @cached_property
    def parts(self) -> Sequence[Ruleset]:
        return tuple(dict.fromkeys(self.ruleset.parts()))

    @cached_property
    def rules(self) -> Sequence[tuple[Ruleset, Rule]]:
        return [(part, rule) for part in self.parts for rule in part.rules]

    @cached_property
    def asked(self) -> Sequence[Condition]:
        """Every condition, and those of the constraints."""
        constraints = self.ruleset.vocabulary.constraints
        return [
            *(condition for part in self.parts for condition in (part.force, part.scope)),
            *(part.condition(rule) for part, rule in self.rules),
            *(half for item in constraints for half in (item.when, item.then)),
        ]

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts that are asked about, and those on which the law that applies depends."""
        always = (Transaction.kind.key, Licence.applied_on.key)
        keys = dict.fromkeys((*always, *questions(self.asked).about))
        known = self.ruleset.vocabulary.by_key
        return {key: known[key] for key in keys if key in known} | {FACTS_DATE.key: FACTS_DATE}

    @cached_property
    def inside(self) -> Mapping[tuple[str, str], list[str]]:
        """For each member of a set, or pattern of codes, that is asked about, what makes it hold."""
        asked = [question for question in questions(self.asked).values() if question.member]
        inside = {(question.fact, question.member): [question.member] for question in asked}
        for fact in self.facts.values():
            if isinstance(fact, CodeSet):
                patterns = [pattern for key, pattern in inside if key == fact.key]
                inside |= {(fact.key, pattern): [] for pattern in patterns}
                for cell in code_cells(patterns, fact.codes):
                    for pattern in cell.matches:
                        inside[fact.key, pattern].append(cell.code)
        return inside

    @cached_property
    def pools(self) -> Mapping[str, Sequence[Sequence[Any]]]:
        """For each fact its answers, or members, in groups of which each is drawn as often."""
        return {key: self._pool(fact) for key, fact in self.facts.items()}

    def _pool(self, fact: Fact) -> Sequence[Sequence[Any]]:
        keys = {fact.key, LAW_DATE.key} if fact is FACTS_DATE else {fact.key}
        atoms: list[Any] = [node for node in nodes(self.asked) if node.question.fact in keys]
        if isinstance(fact, Day):
            days = {atom.day for atom in atoms} | {dt.date(2015, 6, 1)}
            around = {day - dt.timedelta(days=after) for day in days for after in (0, 1)}
            return [[day] for day in sorted(around) if day >= fact.earliest]
        if isinstance(fact, CodeSet | SetOf):
            others = _codes(fact) if isinstance(fact, CodeSet) else list(fact.members)
            groups = [members for (key, _), members in self.inside.items() if key == fact.key]
            return [group for group in (*groups, others) if group]
        if isinstance(fact, Choice | Country):
            cells: dict[tuple[bool, ...], list[str]] = {}
            for answer in countries() if isinstance(fact, Country) else fact.labels():
                cells.setdefault(tuple(answer in atom.answers for atom in atoms), []).append(answer)
            return list(cells.values())
        return [[True], [False]]

    def one_of(self, key: str) -> Any:
        """Draws an answer to a fact, or a member of a set."""
        return self.chance.choice(self.chance.choice(self.pools[key]))

    def answer(self, key: str) -> Any:
        """Draws a whole answer to a fact."""
        if not self.facts[key].is_set:
            return self.one_of(key)
        several = self.chance.choice((0, 0, 1, 1, 2, 3)) if self.pools[key] else 0
        return frozenset(self.one_of(key) for _ in range(several))

    def readings(self) -> dict[str, str]:
        """Draws a reading of each doubt, the default half of the time."""
        usual = self.chance.random() < 0.5
        doubts = {doubt.id: doubt for part in self.parts for doubt in part.doubts}
        return {
            name: doubt.default
            if usual and doubt.default != "open"
            else self.chance.choice(list(doubt.readings))
            for name, doubt in doubts.items()
        }

    def opened(self, readings: Mapping[str, str]) -> dict[str, str]:
        """Returns readings of which some are left open."""
        return {name: self.chance.choice(("open", reading)) for name, reading in readings.items()}

    def as_of(self) -> dt.date | Literal["scenario"]:
        """Draws a day whose law is applied: the reference date, that of the case, or one of change."""
        usual = self.ruleset.reference_date
        days = [day for (day,) in self.pools[FACTS_DATE.key]]
        return self.chance.choice((usual, "scenario", self.chance.choice(days)))

    def world(self, readings: Mapping[str, str], as_of: dt.date | Literal["scenario"]) -> World | None:
        """Draws a possible world; None where what was drawn could not be made possible."""
        facts = {key: self.answer(key) for key in self.facts}
        powers = {
            power.id: self.chance.random() < 0.5
            for part in self.parts
            for power in part.provisions.discretions
        }
        draft = World(facts, readings, powers)
        if self.chance.random() < 0.9:
            self._steer(draft, self.ruleset.scope, True)
            facts[Transaction.kind.key] = self.chance.choice(self.ruleset.covers)
        for part, rule in self.chance.sample(self.rules, min(len(self.rules), self.chance.randrange(4))):
            self._steer(draft, part.condition(rule), True)
        for _ in range(50):
            now = World(facts, readings, powers)
            broken = [item for item in self.ruleset.vocabulary.constraints if _is_broken(item, now)]
            if not broken:
                return now.on(as_of, self.ruleset)
            item = self.chance.choice(broken)
            self._steer(draft, *self.chance.choice(((item.when, False), (item.then, True))))
        return None

    def _steer(self, world: World, node: Any, truth: bool) -> None:
        """Changes the facts of a world so that a condition probably has a truth."""
        facts, key = world.facts, node.question.fact
        match node:
            case logic.Not():
                self._steer(world, node.part, not truth)
            case logic.Term():
                self._steer(world, node.condition, truth)
            case logic.All() | logic.AnyOf():
                every = truth is isinstance(node, logic.All)
                for part in node.parts if every else [self.chance.choice(node.parts)]:
                    self._steer(world, part, truth)
            case logic.Choose():
                self._steer(world, dict(node.readings)[world.readings[node.question.id]], truth)
            case logic.Holds(question=PowerQuestion(id=power)):
                world.powers[power] = truth
            case logic.Holds() if node.question.member:
                self._steer_member(facts, key, node.question.member, truth)
            case logic.Holds():
                facts[key] = truth
            case logic.OneOf() | logic.OnOrAfter() if key in self.pools:
                draws = (self.one_of(key) for _ in range(20))
                facts[key] = next((item for item in draws if _fits(node, item) is truth), facts[key])

    def _steer_member(self, facts: dict[str, Any], key: str, member: str, truth: bool) -> None:
        matches = is_of if isinstance(self.facts[key], CodeSet) else operator.eq
        if not truth:
            facts[key] -= {item for item in facts[key] if matches(item, member)}
        elif inside := self.inside.get((key, member), ()):
            facts[key] |= {self.chance.choice(inside)}

    def reported(self) -> dict[str, str]:
        """Draws how near reports come, for each matter of which they may show a finding."""
        shown = [doubt.shown for part in self.parts for doubt in part.doubts if doubt.shown]
        matters = dict.fromkeys(fact for item in shown for fact in item.of)
        levels = (*LEVELS, "none")
        return {fact: self.chance.choice(levels) for fact in matters if self.chance.random() < 0.7}

    # forgetting ----------------------------------------------------------------------------------

    def cases(self, world: World) -> list[Answers]:
        """Returns what is known of a world: everything, then less and less."""
        known: dict[str, Any] = {f"{POWER}{name}": used for name, used in world.powers.items()}
        for key in self.facts:
            answer = world.facts[key]
            known[key] = MemberSet(answer) if isinstance(answer, frozenset) else answer
        rate = self.chance.choice((0.0, 0.1, 0.3, 0.6, 0.9))
        fewer = {key: answer for key, answer in known.items() if self.chance.random() >= rate}
        chain: list[Answers] = [known, fewer]
        for _ in range(STEPS):
            chain.append(self.less(chain[-1]))
        return chain

    def less(self, case: Answers) -> Answers:
        """Returns a case of which one answer is less known."""
        if not case:
            return case
        key = self.chance.choice(list(case))
        less = self._less_known(key, case[key]) if key in self.facts else None
        return {**case, key: less} if less is not None else {k: v for k, v in case.items() if k != key}

    def _less_known(self, key: str, answer: Any) -> Any:
        """One answer, less known; None where nothing of it is."""
        fact = self.facts[key]
        if self.chance.random() < 0.2:
            return None
        if isinstance(fact, Choice | Country):
            words = answer.words if isinstance(answer, Among) else {answer}
            return Among({*words, *(self.one_of(key) for _ in range(self.chance.randint(1, 3)))})
        if not isinstance(answer, MemberSet):
            return None
        options = [self._opened(key, answer), self._generalised(fact, answer)]
        return self.chance.choice([option for option in options if option is not None] or [None])

    def _opened(self, key: str, answer: MemberSet) -> MemberSet | None:
        """A set with one member more left open, which was known or excluded."""
        candidates = [*answer.known, *([self.one_of(key)] if self.pools[key] else ())]
        if not candidates:
            return None
        member = self.chance.choice(sorted(candidates))
        return MemberSet(answer.known - {member}, answer.open | {member})

    def _generalised(self, fact: Fact, answer: MemberSet) -> MemberSet | None:
        """A set with the code above in the place of one of its codes."""
        pairs = [
            (code, above) for code in sorted(answer.known | answer.open) for above in _above(fact, code)
        ]
        if not pairs:
            return None
        code, above = self.chance.choice(pairs)
        swap = {code: above}
        known, is_open = (
            {swap.get(item, item) for item in part} for part in (answer.known, answer.open)
        )
        return MemberSet(known, is_open - known)

    def answered(self, case: Answers) -> tuple[Answers, Sequence[Answers]]:
        """Returns a case without one of its open questions, and yes and no to it, if it has one."""
        for key in self.chance.sample(list(self.facts), len(self.facts)):
            fact, answer = self.facts[key], case.get(key)
            rest = {name: known for name, known in case.items() if name != key}
            if isinstance(fact, YesNo) and answer is None:
                return rest, [{key: True}, {key: False}]
            if isinstance(fact, SetOf) and (answer is None or answer.open):
                known, is_open = (answer.known, answer.open) if answer else (frozenset(), fact.members)
                member = self.chance.choice(sorted(is_open))
                left = frozenset(is_open) - {member}
                return rest, [{key: MemberSet(each, left)} for each in (known | {member}, known)]
        return case, ()


def _is_broken(constraint: Any, world: World) -> bool:
    return world.holds(constraint.when) and not world.holds(constraint.then)


def _fits(node: Any, answer: Any) -> bool:
    return answer in node.answers if isinstance(node, logic.OneOf) else bool(answer >= node.day)


def _codes(fact: CodeSet) -> list[str]:
    """The codes that have no points below."""
    listed = fact.codes
    return sorted(code for code in listed.codes if not listed.points(code)) if listed else []


def _above(fact: Fact, code: str) -> Iterator[str]:
    """Yields the codes directly above a code that a list has, by its own part and by its parent."""
    listed = fact.codes if isinstance(fact, CodeSet) else None
    if listed is None or "@" in code:
        return
    parts = code.split("/")
    for place, part in enumerate(parts):
        if above := part.rpartition(".")[0]:
            wider = "/".join([*parts[:place], above, *parts[place + 1 :]])
            if not listed.flaw(wider):
                yield wider
