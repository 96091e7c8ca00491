"""Rulesets drawn at random, small and dense, in which every kind of condition and of rule occurs.

Two sets have the same members, and two more the same codes, so that what is true of a member of one must
not be taken as true of it in the other.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

from regcompare import Outcome, Ruleset
from regcompare.authoring import (
    FACTS_DATE,
    LAW_DATE,
    TRUE,
    Addressee,
    Choice,
    CodeSet,
    Condition,
    Constraint,
    Country,
    DatedTable,
    Day,
    Evidence,
    EvidenceLevel,
    Instrument,
    Licence,
    Period,
    SetOf,
    Term,
    Transaction,
    Transition,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.facts import fields_of
from regcompare.logic.code_lists import CodeList
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.reports import READINGS, ShownByReports
from regcompare.ruleset.rules import Discretion, Interpretation, Rule
from regcompare.vocabulary import Reported, Vocabulary
from regcompare.vocabulary.dated import Row

MEMBERS: Mapping[str, str] = {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}
WORDS: Mapping[str, str] = {"one": "1", "two": "2", "three": "3", "four": "4"}
COUNTRIES = ("FR", "DE", "CN", "US", "BR")
POINTS = {
    "3A801": ("a", "a.1", "a.1.a", "a.1.b", "a.2", "b", "b.1", "b.2*"),
    "3D801": ("a", "b"),
    "5E802": (),
}
PATTERNS = (
    *(
        "3A801",
        "3A801.a",
        "3A801.a.1",
        "3A801.a.1.b",
        "3A801.a.2",
        "3A801.b",
        "3A801.b.2",
        "3D801",
        "3D801.a",
    ),
    *("3A801.b.2.c", "5E802", "?D", "3A", "*", "/3A801", "/3A801.a", "3D801/3A801.b", "3D801@2014"),
)
CHANGES = [dt.date(year, 3, 1) for year in range(2010, 2023, 3)]


@section("drawn", "Drawn")
class Drawn:
    """What drawn law asks about."""

    hot: YesNo = YesNo("Hot?")
    wet: YesNo = YesNo("Wet?")
    loud: YesNo = YesNo("Loud?")
    held: SetOf[str] = SetOf("Held?", MEMBERS)
    sought: SetOf[str] = SetOf("Sought?", MEMBERS)
    met: CodeSet = CodeSet("Met?")
    nearly: CodeSet = CodeSet("Nearly met?")
    kind: Choice[str] = Choice("Kind?", WORDS)
    use: Choice[str] = Choice("Use?", WORDS)
    place: Country = Country("Place?")
    made: Day = Day("Made?")


LISTS = tuple(
    CodeList(fact.key, "the drawn list", POINTS, ("3D801@2014",)) for fact in (Drawn.met, Drawn.nearly)
)
ACT = Instrument("Drawn Act", "An act that a test has drawn", "nowhere")
SETS = (Drawn.held, Drawn.sought)
CODES = (Drawn.met, Drawn.nearly)
DAYS = (FACTS_DATE, FACTS_DATE, LAW_DATE, Drawn.made)


class Legislator:
    """Draws rulesets."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0

    def ruleset(self) -> Ruleset:
        """Returns a ruleset, some of them on a base, of two acts in turn, or beside others."""
        vocabulary = self._vocabulary()
        kind = self.chance.choice(("alone", "alone", "base", "beside"))
        if kind == "alone":
            return self._law(vocabulary, "law", ())
        first, second = self._law(vocabulary, "first", ()), self._law(vocabulary, "second", ())
        if kind == "beside":
            return self._law(vocabulary, "beside", (), beside=(first, second))
        return self._law(vocabulary, "proposal", (*first.rules, *second.rules), base=(second, first))

    def _vocabulary(self) -> Vocabulary:
        constraints = tuple(self._constraint() for _ in range(self.chance.randrange(4)))
        sections = (Transaction, Licence, Reported, Drawn)
        return Vocabulary(sections, constraints=constraints, code_lists=LISTS)

    def _constraint(self) -> Constraint:
        then = [self._atom(of_case=True) for _ in range(self.chance.choice((1, 1, 2)))]
        when = self._condition(1, of_case=True)
        return Constraint("Drawn.", when, all_of(*map(self._perhaps_not, then)))

    def _law(
        self,
        vocabulary: Vocabulary,
        name: str,
        others: Sequence[Rule],
        *,
        base: tuple[Ruleset, ...] = (),
        beside: tuple[Ruleset, ...] = (),
    ) -> Ruleset:
        self.doubts = [self._doubt() for _ in range(self.chance.randrange(3))]
        self.powers = [self._power() for _ in range(self.chance.randrange(2))]
        shown = [self._shown() for _ in range(self.chance.choice((0, 0, 1, 2)))]
        rules: list[Rule] = []
        for _ in range(self.chance.choice((0, 1, 2) if beside else (1, 2, 5))):
            rules.append(self._rule([*others, *rules]))
        day = self.chance.choice(CHANGES)
        period = None if base or beside else self._period()
        transition = None
        if period and (period.start or period.end) and self.chance.random() < 0.5:
            successor = self.chance.random() < 0.5 if period.start and period.end else bool(period.start)
            switch = period.start if successor else period.end
            transition = Transition(switch or day, successor)
        return Ruleset(
            name,
            "Drawn law",
            status="proposal" if base else "law",
            instruments=(ACT,),
            reference_date="scenario" if period and day not in period else day,
            covers=self.chance.choice((("export",), ("export", "brokering"))),
            scope=self.chance.choice((TRUE, TRUE, self._condition(1))),
            provisions=Provisions(tuple(rules), (), (*self.doubts, *shown), tuple(self.powers)),
            period=period,
            transition=transition,
            base=base,
            beside=beside,
            vocabulary=vocabulary,
            checked=EvidenceLevel.TEXT,
        )

    def _place(self) -> Any:
        self.number += 1
        return ACT[f"Art. {self.number}"]

    def _doubt(self) -> Interpretation:
        cite = self._place()
        default = self.chance.choice(("wide", "narrow", "open"))
        readings = {"wide": "Wide.", "narrow": "Narrow."}
        return Interpretation(
            cite.slug, cite, "Which?", readings=readings, default=default, reason="Drawn."
        )

    def _shown(self) -> Interpretation:
        """A text under which reports may show a yes/no fact, or a member of a set."""
        cite, member = self._place(), SETS[0].includes_any(self.chance.choice(list(MEMBERS)))
        finding = self.chance.choice((Drawn.hot.asked(), Drawn.wet.asked(), member.question))
        matters = self.chance.sample(list(fields_of(Reported).values()), self.chance.randint(1, 2))
        return Interpretation(
            cite.slug,
            cite,
            "Which reports?",
            readings=READINGS,
            default=self.chance.choice(list(READINGS)),
            reason="Drawn.",
            shown=ShownByReports(
                finding,
                tuple(fact.key for fact in matters),
                self.chance.choice((None, Drawn.loud.asked())),
            ),
        )

    def _power(self) -> Discretion:
        return Discretion(self._place(), "Used?", who=Addressee.AUTHORITY)

    def _rule(self, others: Sequence[Rule]) -> Rule:
        overridden = self.chance.sample(others, min(len(others), self.chance.choice((0, 0, 1, 2))))
        return Rule(
            self._place(),
            "Drawn.",
            when=self._condition(3),
            then=self.chance.choice(list(Outcome)),
            triggered_by=Trigger.ACT,
            overrides=tuple(overridden),
            period=self._period() if self.chance.random() < 0.2 else None,
            checked=EvidenceLevel.UNREAD if self.chance.random() < 0.15 else None,
            states="somebody, by some standard",
        )

    def _period(self) -> Period | None:
        start, end = sorted(self.chance.sample([*CHANGES, dt.date.min, dt.date.max], 2))
        return Period(start if start > dt.date.min else None, end if end < dt.date.max else None)

    # conditions ----------------------------------------------------------------------------------

    def _condition(self, depth: int, *, of_case: bool = False) -> Condition:
        if not depth or self.chance.random() < 0.2:
            return self._perhaps_not(self._atom(of_case=of_case))
        parts = [self._condition(depth - 1, of_case=of_case) for _ in range(self.chance.randint(2, 3))]
        if not of_case and self.doubts and self.chance.random() < 0.2:
            return self.chance.choice(self.doubts).choose(wide=parts[0], narrow=parts[1])
        joined = self.chance.choice((all_of, any_of))(*parts)
        named = Term("drawn", ACT["Art. 0"], joined) if self.chance.random() < 0.2 else joined
        return self._perhaps_not(named)

    def _perhaps_not(self, condition: Condition) -> Condition:
        return ~condition if self.chance.random() < 0.25 else condition

    def _atom(self, *, of_case: bool) -> Condition:
        chance = self.chance
        kinds = [
            "yes",
            "word",
            "country",
            "member",
            "either",
            "either",
            "members",
            "code",
            "code",
            "day",
        ]
        if not of_case:
            kinds += ["table", "rows", *["power"] * bool(self.powers)]
        match chance.choice(kinds):
            case "yes":
                return chance.choice((Drawn.hot, Drawn.wet, Drawn.loud)).__condition__()
            case "word":
                fact = chance.choice((Drawn.kind, Drawn.use))
                return fact.is_in(*chance.sample(list(WORDS), chance.randint(1, 2)))
            case "country":
                return Drawn.place.is_in(*chance.sample(COUNTRIES, chance.randint(1, 3)))
            case "member":
                return chance.choice(SETS).includes_any(*self._several(list(MEMBERS)))
            case "either":
                return any_of(*(fact.includes_any(*self._several(list(MEMBERS))) for fact in SETS))
            case "members":
                return chance.choice(SETS).includes_all(*self._several(list(MEMBERS)))
            case "code":
                return chance.choice(CODES).includes_any(*map(self._excluding, self._several(PATTERNS)))
            case "day":
                days = DAYS if not of_case else (FACTS_DATE, Drawn.made)
                return chance.choice(days).on_or_after(chance.choice(CHANGES))
            case "table":
                return self._table("pattern", PATTERNS).lists(
                    chance.choice(CODES), chance.choice(DAYS[1:3])
                )
            case "rows":
                asked = chance.choice(SETS)
                table = self._table("member", list(MEMBERS))
                return table.rows_that(
                    lambda row: asked.includes_any(row["member"]), chance.choice(DAYS[1:3])
                )
        return self.chance.choice(self.powers).__condition__()

    def _several(self, words: Sequence[Any]) -> list[Any]:
        return self.chance.sample(words, self.chance.choice((1, 1, 2, 3)))

    def _excluding(self, pattern: str) -> str:
        if self.chance.random() < 0.7:
            return pattern
        return f"{pattern}!{self.chance.choice(PATTERNS)}"

    def _table(self, column: str, words: Sequence[str]) -> DatedTable:
        """A table of a few rows; more than one may be about the same word."""
        checked, rows = Evidence(EvidenceLevel.TEXT), []
        for line, word in enumerate(self.chance.choices(words, k=self.chance.randint(1, 4)), 2):
            rows.append(
                Row("drawn", line, {column: word}, self._period() or Period(), "Drawn.", checked)
            )
        return DatedTable("drawn", tuple(rows), CHANGES[-1])


def drawn_ruleset(seed: int) -> Ruleset:
    """Returns the ruleset that is drawn from a seed."""
    return Legislator(random.Random(seed)).ruleset()
