"""Chains of drawn cases, each of which knows less than the one before; the first knows all.

What the engine says of the first has to be what the oracle says, and of each further case has to contain
what it says of the one before: learning may narrow a result, and never widens or moves it.  Nor may a
result be wider than what the two answers to one question make of it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, Literal

import attrs
from tests.core.oracle import Ruling, is_of, presumed_by_reports, ruling
from tests.core.worlds import POWER, STEPS, Answers, Drawing

from regcompare.errors import UsageError
from regcompare.facts import CodeSet, MemberSet
from regcompare.logic.code_lists import CodeList
from regcompare.ruleset.rules import Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, stated_answers
from regcompare.verdict.assess import assess, assess_all
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE

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

    @property
    def is_settled(self) -> bool:
        return self.in_scope is not None and (self.span is None or self.span.is_settled)

    def joined(self, other: Said) -> Said:
        """Returns what two results have in common."""
        of_each = [item for item in (self, other) if item.span]
        spans = [item.span for item in of_each if item.span]
        rules = {rule for item in of_each for rule in item.rules}
        truths = {rule: {item.rules.get(rule, False) for item in of_each} for rule in rules}
        return Said(
            self.in_force if self.in_force is other.in_force else None,
            self.in_scope if self.in_scope is other.in_scope else None,
            Span(min(span.low for span in spans), max(span.high for span in spans)) if spans else None,
            {rule: each.pop() if len(each) == 1 else None for rule, each in truths.items()},
        )

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


# comparing ---------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Law:
    """The law under which cases are compared.

    Attributes:
        ruleset: The ruleset.
        as_of: The day whose law is applied.
        readings: The reading of each doubt, or ``open``.
        presume: The layers of presumptions that cases name.
        shown_by: Readings of the texts about reports, if what they show is presumed case by case, as
            the oracle says.
    """

    ruleset: Ruleset
    as_of: dt.date | Literal["scenario"]
    readings: Mapping[str, str]
    presume: tuple[str, ...] = ()
    shown_by: Mapping[str, str] = attrs.field(factory=dict)

    def say(self, cases: Sequence[Answers]) -> list[Said]:
        """Returns what the engine says of cases, assessed together."""
        scenarios = list(map(self.scenario, cases))
        try:
            verdicts = assess_all(scenarios, self.ruleset, as_of=self.as_of, readings=self.readings)
        except UsageError:
            return list(map(self.say_alone, cases))
        return list(map(Said.of_engine, verdicts))

    def say_alone(self, case: Answers, *, look_ahead: bool = True) -> Said:
        """Returns what the engine says of a case, assessed alone."""
        law: Any = {"as_of": self.as_of, "readings": self.readings, "look_ahead": look_ahead}
        try:
            return Said.of_engine(assess(self.scenario(case), self.ruleset, **law))
        except UsageError as error:
            return Said(None, None, None, {}, str(error))

    def scenario(self, case: Answers) -> Scenario:
        """Returns a case as a scenario."""
        powers = {key.partition(".")[2]: used for key, used in case.items() if key.startswith(POWER)}
        shown = presumed_by_reports(self.ruleset, self.shown_by, case) if self.shown_by else {}
        empty = Scenario(
            id="drawn",
            date=case.get(FACTS_DATE.key),
            discretion=powers,
            presume=self.presume,
            presumed=shown,
        )
        return empty.stating(self.ruleset.vocabulary.answers(case))


@attrs.frozen(eq=False)
class Case:
    """What is known of a world, under a law.

    Attributes:
        law: The law.
        known: What is known.
        answers: Both answers to an open question, if plain logic is asked what they have in common.
    """

    law: Law
    known: Answers
    answers: Sequence[Answers] = ()

    def said(self) -> Said:
        """Returns what the engine says."""
        if not self.answers:
            return self.law.say_alone(self.known)
        answered = ({**self.known, **answer} for answer in self.answers)
        said = (self.law.say_alone(known, look_ahead=False) for known in answered)
        return reduce(Said.joined, [item for item in said if not item.error])

    def without(self, key: str) -> Case:
        known = {name: answer for name, answer in self.known.items() if name != key}
        return attrs.evolve(self, known=known)

    def is_exact(self) -> bool:
        """Whether every code that it knows is one that was read, down to its last point."""
        facts = [fact for fact in self.law.ruleset.vocabulary.facts() if isinstance(fact, CodeSet)]
        codes = ((fact.codes, self.known.get(fact.key, MemberSet())) for fact in facts if fact.codes)
        return not any(_is_unread(listed, code) for listed, answer in codes for code in answer.known)

    def __str__(self) -> str:
        law, opened = self.law, [name for name, read in self.law.readings.items() if read == "open"]
        stated = stated_answers(law.scenario(self.known)).items()
        facts = ", ".join(f"{key} {answer}" for key, answer in stated)
        facts += f", with {', '.join(sorted(opened))} open" if opened else ""
        facts += f", with each answer to {', '.join(self.answers[0])}" if self.answers else ""
        return f"{law.ruleset.id} as of {law.as_of} says {self.said().result} of {facts}"


def _is_unread(listed: CodeList, code: str) -> bool:
    parts = code.split("/")
    below = (is_of(part, above) for part in parts for above in listed.unread)
    return listed.is_outside(code) or any(below)


@attrs.frozen(eq=False)
class Violation:
    """Two results of which the first should contain the second.

    Attributes:
        less: The case of which less is known, or the word of the oracle.
        more: The case of which more is known, or the word of the oracle.
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
        found, cases = self, [item for item in (self.less, self.more) if isinstance(item, Case)]
        for key in {key for case in cases for key in case.known} if cases[0] is self.less else ():
            smaller = Violation(_without(found.less, key), _without(found.more, key))
            found = smaller if smaller.what else found
        return found

    def __str__(self) -> str:
        sides = (
            str(item) if isinstance(item, Case) else "the oracle" for item in (self.less, self.more)
        )
        return f"{'; '.join(sides)}: {self.what}."


def _without(side: Case | Said, key: str) -> Case | Said:
    return side.without(key) if isinstance(side, Case) else side


def violations(ruleset: Ruleset, draws: int, seed: int = 0) -> Iterator[Violation]:
    """Yields what is wrong in chains of drawn cases, each with those facts only that it needs.

    Args:
        ruleset: The ruleset.
        draws: How many cases are drawn, about.
        seed: The same seed draws the same cases.
    """
    drawing = Drawing(ruleset, random.Random(seed))
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
            found = _contradictions(drawing, right, chain, [*said[place], *last[place]])
            yield from (violation.smallest() for violation in itertools.islice(found, 1))
        known = [chain[drawing.chance.randrange(1, len(chain))].known for chain in chains]
        for violation in _reported(law, [{**case, **drawing.reported()} for case in known]):
            yield violation.smallest()


def _reported(law: Law, known: Sequence[Answers]) -> Iterator[Violation]:
    """Yields where reports do not act as what they show would, were it presumed case by case.

    A presumption fills what is open, so a result lies within that of reports which show nothing.
    """
    tests = [doubt.id for part in law.ruleset.parts() for doubt in part.doubts if doubt.shown]
    if not tests:
        return
    on = attrs.evolve(law, presume=("ordinary",))
    off = attrs.evolve(on, readings={**law.readings, **dict.fromkeys(tests, "stated")})
    spelt_out = attrs.evolve(off, shown_by=law.readings)
    said = [[*zip(known, each.say(known), strict=True)] for each in (on, off, spelt_out)]
    for (case, shows), (_, shows_nothing), (_, presumes) in zip(*said, strict=True):
        pairs = ((spelt_out, presumes, on, shows), (on, shows, spelt_out, presumes))
        for less, says_less, more, says_more in (*pairs, (off, shows_nothing, on, shows)):
            if says_less.contradicts(says_more):
                yield Violation(Case(less, case), Case(more, case))


def _said(law: Law, chains: Sequence[Sequence[Case]]) -> list[list[Said]]:
    """What the engine says of the cases of chains, assessed together."""
    said = iter(law.say([case.known for chain in chains for case in chain]))
    return [list(itertools.islice(said, len(chain))) for chain in chains]


def _contradictions(
    drawing: Drawing, right: Said, chain: Sequence[Case], said: Sequence[Said]
) -> Iterator[Violation]:
    """Yields each case that says too much, or of which the engine says too little.

    That every case contains what the oracle says follows, since the first says just that.
    """
    if right.contradicts(said[0]) and chain[0].is_exact():
        yield Violation(right, chain[0])
    sides: list[tuple[Case | Said, Said]] = [(right, right), *zip(chain, said, strict=True)]
    for (more, says_more), (less, says_less) in itertools.pairwise(sides):
        if says_less.contradicts(says_more):
            yield Violation(less, more)
    undecided = [pair for pair in zip(chain, said, strict=True) if not pair[1].is_settled]
    for case, says in undecided[:1]:
        known, answers = drawing.answered(case.known)
        answered = attrs.evolve(case, known=known, answers=answers)
        if answers and answered.said().contradicts(says):
            yield Violation(answered, case)
