"""The lesson: a card for every sale, the teacher's plan, and what will happen in class, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Literal

import attrs

from regcompare.comparison.classes import CaseClass, classify
from regcompare.comparison.counts import Law
from regcompare.scenario.scenario import Scenario
from regcompare.views.gates import word_of
from regcompare.views.sentences import one_line
from regcompare.words.catalogues import Language

from .deals import Result, assessed, told_route
from .front import Front
from .price import CONSEQUENCES, FIRST_RULE, TECHNOLOGIES, USERS
from .texts import Puzzle

Act = Literal["sit", "older", "hand", "stand"]
ACTS: dict[Act, str] = {
    "sit": "stay seated",
    "older": "stay seated ?",
    "hand": "hand up",
    "stand": "stand up",
}
"""What who holds a card does when its rules are called: a no is impossible, possible, or certain.

Of a sale older than any act that is encoded nothing is known.
"""

FACTS = (*TECHNOLOGIES[1:], *USERS[1:])
"""The facts on a card, which rules ask for."""


@attrs.frozen
class Card:
    """A sale as a pupil holds it, real or of ordinary trade.

    Attributes:
        facts: Whether each of the facts holds, None where that is not known; of a sale in parts, those
            of the part of which most hold.
        disputed: Whether someone disputes each of them.
        acts: What to do under each law.
    """

    number: str
    title: str
    route: str
    story: str
    facts: tuple[bool | None, ...]
    disputed: tuple[bool, ...]
    acts: tuple[Act, ...]
    is_invented: bool

    def is_hit(self, rule: str) -> bool:
        """Returns whether a rule hits it, by the facts on the card; unknown is no hit."""
        what, who = (int(digit) - 2 for digit in rule[:2])
        asked = [what] * (what >= 0) + [who + len(TECHNOLOGIES) - 1] * (who >= 0)
        return all(self.facts[place] for place in asked)


@attrs.frozen(slots=False, eq=False)
class Lesson:
    """A lesson in one language, with what three invented cases put to a class."""

    front: Front
    language: Language
    puzzle: tuple[Puzzle, Sequence[Scenario]] | None = None

    @cached_property
    def cards(self) -> list[Card]:
        """A card for each deal, then for each case of ordinary trade."""
        laws = self.front.laws
        real = (
            (f"{number}", deal.case, deal.record.parts, map(act_on, deal.results, laws))
            for number, deal in enumerate(self.front.deals, 1)
        )
        invented = (
            (f"G{number}", case, [case], [act_of(classify([assessed(case, law)])) for law in laws])
            for number, case in enumerate(self.front.ordinary, 1)
        )
        return [self._card(*sale) for sale in chain(real, invented)]

    def _card(self, number: str, case: Scenario, parts: Sequence[Scenario], acts: Iterable[Act]) -> Card:
        say = self.language.say
        verdicts = [assessed(part, self.front.laws[1]) for part in parts]
        facts = [[choice.holds(verdict) for choice in FACTS] for verdict in verdicts]
        place = max(range(len(parts)), key=lambda at: facts[at].count(True))
        disputed = {item.fact for item in parts[place].disputed}
        return Card(
            number,
            say(case.title).partition(" (")[0],
            told_route(parts[0], self.language),
            say(one_line(case.story or case.summary)),
            tuple(facts[place]),
            tuple(choice.fact in disputed for choice in FACTS),
            tuple(acts),
            is_invented=number.startswith("G"),
        )

    def count(self, act: Act, law: int, *, invented: bool = False) -> int:
        """Returns how many pupils do this under one of the laws."""
        return sum(card.acts[law] == act for card in self.cards if card.is_invented is invented)

    @property
    def rules(self) -> Iterator[tuple[str, list[int]]]:
        """Each rule that refuses, with how many real and how many invented cards it makes stand.

        Between the two: how many of the deals that the proposal refuses as filed, and of the certain.
        """
        price = self.front.price
        for rule, (refused, ordinary) in price.hits.items():
            real = sum(card.is_hit(rule) for card in self.cards if not card.is_invented)
            yield f"{rule}1", [real, sum(refused), sum(refused[: price.certain]), sum(ordinary)]

    @property
    def awareness(self) -> Iterator[tuple[str, list[str]]]:
        """Each case of the puzzle with its word under the act of today, and under the proposal."""
        for case in self.puzzle[1] if self.puzzle else ():
            title = self.language.say(case.title).partition(": ")[2].partition(" (")[0]
            found = (classify([assessed(case, law)]) for law in self.front.laws[1:])
            yield title, [word_of(item, self.language) for item in found]


MINUTES, FROM_AGE = 10, 16
"""How long the short lesson takes, and for whom it is."""
CARDS_PER_SHEET = 8
"""How many cards fit on a sheet of A4."""


def lesson_values(lesson: Lesson) -> dict[str, Any]:
    """Returns what the templates of the plan and of the cards are filled with."""
    say, shown = lesson.language.say, lesson.front
    return {
        "lesson": lesson,
        "one_line": one_line,
        "names": [say(law.name) for law in shown.texts.laws],
        "facts": FACTS,
        "acts": ACTS,
        "minutes": MINUTES,
        "age": FROM_AGE,
        "first_rule": {
            "rule": " ".join(f"{FIRST_RULE}1"),
            "words": say(TECHNOLOGIES[int(FIRST_RULE[0]) - 1].words),
        },
        "per_sheet": CARDS_PER_SHEET,
        "sheets": -(-len(lesson.cards) // CARDS_PER_SHEET),
        "figures": shown.licences,
        "digits": [*([item.words for item in group] for group in (TECHNOLOGIES, USERS)), CONSEQUENCES],
        "rules": list(lesson.rules),
    }


def act_on(result: Result, law: Law) -> Act:
    """Returns what to do for a deal under a law; of one older than any act nothing is known."""
    is_older = result.verdict.precedes_law and law.day == "scenario"
    return "older" if is_older else act_of(result.found)


def act_of(found: CaseClass) -> Act:
    """Returns what to do for a sale that stands in a class."""
    if found.slug == "refuse":
        return "stand"
    return "hand" if found.ends and found.ends[1] == "refuse" else "sit"
