"""Chains of drawn cases, each of which knows less than the one before; the first knows all.

What the oracle says of the world is compared with what the engine says of each case, and each case with
the next: learning may narrow a result, and never widens or moves it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import operator
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError
from regcompare.facts import Choice, CodeSet, Country, Day, Fact, MemberSet, SetOf, countries
from regcompare.logic import conditions as logic
from regcompare.logic.code_cells import code_cells
from regcompare.logic.conditions import Among, Condition, nodes, questions
from regcompare.ruleset.rules import Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, sections_stating
from regcompare.verdict.assess import assess, assess_all
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence, Transaction

from .oracle import Ruling, World, is_of, ruling
from .subject import description

Answers = Mapping[str, Any]
"""What a case knows: fact key to answer, ``discretion.ID`` to the use of a power."""

_POWER = "discretion."
STEPS = 5
"""How many single steps of a chain make a case less known, after the first."""
WORLDS = 40
"""How many worlds are drawn under one law and one set of readings."""


@attrs.frozen
class Said:
    """What is said of a case: by the oracle for certain, by the engine as far as it is known."""

    in_force: bool | None
    in_scope: bool | None
    span: Span | None
    rules: Mapping[Rule, bool | None]
    error: str = ""

    @classmethod
    def of_oracle(cls, said: Ruling) -> Said:
        span = None if said.outcome is None else Span(said.outcome, said.outcome)
        return cls(said.in_force, said.in_scope, span, dict.fromkeys(said.rules, True))

    @classmethod
    def of_engine(cls, verdict: Verdict) -> Said:
        rules = {finding.rule: finding.holds for finding in verdict.findings}
        return cls(verdict.in_force, verdict.in_scope, verdict.span, rules)

    @property
    def result(self) -> str:
        if self.in_force is False:
            return "not in force"
        return "out of scope" if self.in_scope is False else str(self.span)

    def contradicts(self, more: Said) -> str:
        """Returns how what is said of a case that is better known moves or widens this; or a blank."""
        if self.error or more.error:
            return self.error or more.error
        if self.in_force is not None and self.in_force is not more.in_force:
            return f"in force {self.in_force}, then {more.in_force}"
        if more.in_force is False:
            return ""
        if self.in_scope is not None and self.in_scope is not more.in_scope:
            return f"in scope {self.in_scope}, then {more.in_scope}"
        if more.span is None:
            return ""
        if self.span is None or more.span not in self.span:
            return f"{self.result}, then {more.result}"
        for rule in {**self.rules, **more.rules}:
            known, now = self.rules.get(rule, False), more.rules.get(rule, False)
            if known is not None and known is not now:
                return f"rule {rule.id} holds {known}, then {now}"
        return ""


# drawing -----------------------------------------------------------------------------------------


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
        leaves: list[Any] = [node for node in nodes(self.asked) if node.question.fact in keys]
        if isinstance(fact, Day):
            days = {leaf.day for leaf in leaves} | {dt.date(2015, 6, 1)}
            around = {day - dt.timedelta(days=after) for day in days for after in (0, 1)}
            return [[day] for day in sorted(around) if day >= fact.earliest]
        if isinstance(fact, CodeSet | SetOf):
            others = _codes(fact) if isinstance(fact, CodeSet) else list(fact.members)
            groups = [members for (key, _), members in self.inside.items() if key == fact.key]
            return [group for group in (*groups, others) if group]
        if isinstance(fact, Choice | Country):
            cells: dict[tuple[bool, ...], list[str]] = {}
            for answer in countries() if isinstance(fact, Country) else fact.labels():
                cells.setdefault(tuple(answer in leaf.answers for leaf in leaves), []).append(answer)
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
                self._steer(world, dict(node.readings)[world.readings[node.question.doubt]], truth)
            case logic.Holds() if node.question.power:
                world.powers[node.question.power] = truth
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

    # forgetting ----------------------------------------------------------------------------------

    def cases(self, world: World) -> list[Answers]:
        """Returns what is known of a world: everything, then less and less."""
        known: dict[str, Any] = {f"{_POWER}{name}": used for name, used in world.powers.items()}
        for key in self.facts:
            answer = world.facts[key]
            known[key] = MemberSet(answer) if isinstance(answer, frozenset) else answer
        rate = self.chance.choice((0.0, 0.1, 0.3, 0.6, 0.9))
        chain = [known, {key: value for key, value in known.items() if self.chance.random() >= rate}]
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
        pairs = [(code, above) for code in sorted(answer.known | answer.open) for above in _above(fact, code)]
        if not pairs:
            return None
        code, above = self.chance.choice(pairs)
        swap = {code: above}
        known, is_open = ({swap.get(item, item) for item in part} for part in (answer.known, answer.open))
        return MemberSet(known, is_open - known)


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
    if listed is None or "@" in code or listed.is_outside(code):
        return
    parts = code.split("/")
    for place, part in enumerate(parts):
        if above := part.rpartition(".")[0]:
            wider = "/".join([*parts[:place], above, *parts[place + 1 :]])
            if not listed.flaw(wider):
                yield wider


# comparing ---------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Law:
    """The law under which cases are compared.

    Attributes:
        ruleset: The ruleset.
        as_of: The day whose law is applied.
        readings: The reading of each doubt, or ``open``.
    """

    ruleset: Ruleset
    as_of: dt.date | Literal["scenario"]
    readings: Mapping[str, str]

    def say(self, cases: Sequence[Answers]) -> list[Said]:
        """Returns what the engine says of cases, assessed together."""
        scenarios = list(map(self.scenario, cases))
        try:
            verdicts = assess_all(scenarios, self.ruleset, as_of=self.as_of, readings=self.readings)
        except UsageError:
            return list(map(self.say_alone, cases))
        return list(map(Said.of_engine, verdicts))

    def say_alone(self, case: Answers) -> Said:
        """Returns what the engine says of a case, assessed alone."""
        scenario = self.scenario(case)
        try:
            verdict = assess(scenario, self.ruleset, as_of=self.as_of, readings=self.readings)
        except UsageError as error:
            return Said(None, None, None, {}, str(error))
        return Said.of_engine(verdict)

    def scenario(self, case: Answers) -> Scenario:
        """Returns a case as a scenario."""
        powers = {key.partition(".")[2]: used for key, used in case.items() if key.startswith(_POWER)}
        empty = Scenario(id="drawn", date=case.get(FACTS_DATE.key), discretion=powers)
        return empty.with_facts(*sections_stating(case, self.ruleset.vocabulary))


@attrs.frozen(eq=False)
class Case:
    """What is known of a world, under a law."""

    law: Law
    known: Answers

    def without(self, key: str) -> Case:
        return Case(self.law, {name: answer for name, answer in self.known.items() if name != key})

    def said(self) -> Said:
        return self.law.say_alone(self.known)

    def is_outside_lists(self) -> bool:
        """Whether it knows a code of an entry that nobody has read, of which patterns stay unknown."""
        lists = [fact for fact in self.law.ruleset.vocabulary.facts() if isinstance(fact, CodeSet)]
        codes = ((fact.codes, self.known.get(fact.key, MemberSet())) for fact in lists if fact.codes)
        return any(listed.is_outside(code) for listed, answer in codes for code in answer.known)

    def __str__(self) -> str:
        law = self.law
        left_open = sorted(name for name, reading in law.readings.items() if reading == "open")
        readings = f", with {', '.join(left_open)} open" if left_open else ""
        facts = description(law.scenario(self.known))
        return f"{law.ruleset.id} as of {law.as_of} says {self.said().result} of {facts}{readings}"


@attrs.frozen(eq=False)
class Violation:
    """Two results of which the first should contain the second.

    Attributes:
        less: The case of which less is known; the oracle's word where the other says too little.
        more: The case of which more is known, or the oracle's word.
    """

    less: Case | Said
    more: Case | Said

    @property
    def what(self) -> str:
        """How the results contradict each other; a blank where they do not."""
        less, more = (item if isinstance(item, Said) else item.said() for item in (self.less, self.more))
        return less.contradicts(more)

    def smallest(self) -> Violation:
        """Returns the violation with those facts only that it needs."""
        found = self
        known = {**_known(self.less), **_known(self.more)}
        for key in list(known) if isinstance(self.less, Case) else ():
            fewer = [item.without(key) if isinstance(item, Case) else item for item in (found.less, found.more)]
            smaller = Violation(*fewer)
            found = smaller if smaller.what else found
        return found

    def __str__(self) -> str:
        sides = (str(item) if isinstance(item, Case) else "the oracle" for item in (self.less, self.more))
        return f"{'; '.join(sides)}: {self.what}."


def _known(side: Case | Said) -> Answers:
    return side.known if isinstance(side, Case) else {}


def violations(ruleset: Ruleset, draws: int, seed: int = 0) -> Iterator[Violation]:
    """Yields what is wrong in chains of drawn cases, each with those facts only that it needs.

    Args:
        ruleset: The ruleset.
        draws: How many cases are drawn, about.
        seed: The same seed draws the same cases.
    """
    drawing = Drawing(ruleset, random.Random(seed))  # noqa: S311 - the same cases each time
    for _ in range(0, draws, WORLDS * (STEPS + 3)):
        law = Law(ruleset, drawing.as_of(), drawing.readings())
        opened = attrs.evolve(law, readings=drawing.opened(law.readings))
        drawn = (drawing.world(law.readings, law.as_of) for _ in range(WORLDS))
        worlds = [world for world in drawn if world]
        chains = [[Case(law, known) for known in drawing.cases(world)] for world in worlds]
        said = _said(law, chains)
        chains_opened = [[Case(opened, chain[-1].known)] for chain in chains]
        last = _said(opened, chains_opened)
        for place, world in enumerate(worlds):
            right = Said.of_oracle(ruling(ruleset, world))
            chain = [*chains[place], *chains_opened[place]]
            found = _contradictions(right, chain, [*said[place], *last[place]])
            yield from (violation.smallest() for violation in itertools.islice(found, 1))


def _said(law: Law, chains: Sequence[Sequence[Case]]) -> list[list[Said]]:
    """What the engine says of the cases of chains, assessed together."""
    said = iter(law.say([case.known for chain in chains for case in chain]))
    return [list(itertools.islice(said, len(chain))) for chain in chains]


def _contradictions(right: Said, chain: Sequence[Case], said: Sequence[Said]) -> Iterator[Violation]:
    """Yields each case that says too much of the one before; of the first, also where it says too little.

    That every case contains what the oracle says follows, since the first says just that.
    """
    if right.contradicts(said[0]) and not chain[0].is_outside_lists():
        yield Violation(right, chain[0])
    sides: list[Case | Said] = [right, *chain]
    for (more, says_more), (less, says_less) in itertools.pairwise(zip(sides, [right, *said], strict=True)):
        if says_less.contradicts(says_more):
            yield Violation(less, more)
