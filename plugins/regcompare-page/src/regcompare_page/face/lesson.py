"""The lesson: a card for every sale, the teacher's plan, and what will happen in class, counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import attrs

from regcompare.comparison.classes import CaseClass, classify
from regcompare.plugins.profile import Puzzle
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.views.gates import word_of
from regcompare.words.catalogues import Language

from .deals import route_of
from .front import Front
from .price import CONSEQUENCES, FIRST_RULE, TECHNOLOGIES, USERS

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
    """A sale as a pupil holds it.

    Attributes:
        number: Its number, with a letter before it where it is invented.
        title: What is sold to whom.
        route: Who sells it, from where to where, and when.
        story: The sale in plain words, what is disputed included.
        facts: The answer to each of the facts: true, false, or None where it is not known; of a sale
            in parts, those of the part of which most hold.
        disputed: Whether someone disputes each of them.
        acts: What to do under each law.
        is_invented: Whether it is a case of ordinary trade.
    """

    number: str
    title: str
    route: str
    story: str
    facts: tuple[bool | None, ...]
    disputed: tuple[bool, ...]
    acts: tuple[Act, ...]
    is_invented: bool = False

    def is_hit(self, rule: str) -> bool:
        """Returns whether a rule hits it, by the facts on the card; unknown is no hit."""
        what, who = (int(digit) - 2 for digit in rule[:2])
        asked = [what] * (what >= 0) + [who + len(TECHNOLOGIES) - 1] * (who >= 0)
        return all(self.facts[place] for place in asked)


@attrs.frozen(slots=False, eq=False)
class Lesson:
    """A lesson in one language.

    Attributes:
        front: What the front page shows.
        language: The language.
        puzzle: What three invented cases put to a class, and the cases.
    """

    front: Front
    language: Language
    puzzle: tuple[Puzzle, Sequence[Scenario]] | None = None

    @cached_property
    def cards(self) -> list[Card]:
        """A card for each deal, then for each case of ordinary trade."""
        return [*self._deals(), *self._ordinary()]

    def _deals(self) -> Iterator[Card]:
        for number, deal in enumerate(self.front.deals, 1):
            case = deal.case
            acts: tuple[Act, ...] = tuple(
                "older"
                if result.verdict.precedes_law and law.day == "scenario"
                else act_of(result.found)
                for law, result in zip(self.front.laws, deal.results, strict=True)
            )
            route = " · ".join(filter(None, (deal.firm, deal.route(self.language))))
            yield self._card(str(number), case, route, deal.record.parts, acts)

    def _ordinary(self) -> Iterator[Card]:
        for number, case in enumerate(self.front.ordinary, 1):
            acts = tuple(
                act_of(classify([assess(case, law.ruleset, as_of=law.day)])) for law in self.front.laws
            )
            route = route_of(case, self.language)
            yield self._card(f"G{number}", case, route, [case], acts, is_invented=True)

    def _card(
        self,
        number: str,
        case: Scenario,
        route: str,
        parts: Sequence[Scenario],
        acts: tuple[Act, ...],
        *,
        is_invented: bool = False,
    ) -> Card:
        say = self.language.say
        verdicts = map(self.front.filed, parts)
        facts = [[choice.holds(verdict) for choice in FACTS] for verdict in verdicts]
        place = max(range(len(parts)), key=lambda at: facts[at].count(True))
        disputed = {item.fact for item in parts[place].disputed}
        return Card(
            number,
            say(case.title).partition(" (")[0],
            route,
            say(" ".join((case.story or case.summary).split())),
            tuple(facts[place]),
            tuple(choice.fact in disputed for choice in FACTS),
            acts,
            is_invented,
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
            laws = self.front.laws[1:]
            found = (classify([assess(case, law.ruleset, as_of=law.day)]) for law in laws)
            yield title, [word_of(item, self.language) for item in found]


MINUTES, FROM_AGE = 10, 16
"""How long the short lesson takes, and for whom it is."""
CARDS_PER_SHEET = 8
"""How many cards fit on a sheet of A4."""


def lesson_values(lesson: Lesson, cards: str, game: str, front: str) -> dict[str, Any]:
    """Returns what the templates of the plan and of the cards are filled with.

    Args:
        lesson: The lesson.
        cards: The address of the cards.
        game: That of the game; blank where there is none.
        front: That of the front page.
    """
    say, shown = lesson.language.say, lesson.front
    figures = shown.licences
    names = [say(law.name) for law in shown.texts.laws]
    return {
        "lesson": lesson,
        "names": names,
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
        "deals": len(shown.deals),
        "all_cards": len(lesson.cards),
        "plan": list(_plan(lesson, names, figures)),
        "digits": [
            [say(item.words) for item in TECHNOLOGIES],
            [say(item.words) for item in USERS],
            list(map(say, CONSEQUENCES)),
        ],
        "rule_heads": [
            say("of {number} real cards", number=len(shown.deals)),
            say("of the {filed} that Amnesty would refuse", filed=len(shown.price.refused)),
            say("of the {number} certain", number=shown.price.certain),
            say("the price: of {number} green cards", number=len(shown.ordinary)),
        ],
        "rules": list(lesson.rules),
        "longer": list(_longer(lesson, cards, game, front, figures)),
        "puzzle": _puzzle(lesson, names[1:]),
        "cautions": [say(text) for text in CAUTIONS],
    }


CAUTIONS = (
    "What a sale needs is one thing, how it ended another: “needs a licence” is not “was granted one”.",
    "“Stay seated ?” is for a sale older than any act read here: what applied then is not known.",
    "Unknown is not no. Ask: what would you have to know, and whom would you ask?",
    "“Free” says that these rules ask for nothing. It does not say that the sale was right, or lawful.",
    "A card accuses no company: what is disputed has a star, and the page of the case has its answer.",
    "A rule that is too broad catches a rescue team's tool as well as a spy's: the green cards show it.",
)
"""What a class is apt to mix up."""


def _plan(
    lesson: Lesson, names: Sequence[str], figures: Mapping[str, Any] | None
) -> Iterator[tuple[int, str, str]]:
    """The short lesson: the minute, what the teacher says, and what happens then."""
    say, count = lesson.language.say, lesson.count
    quoted = say("“{words}”")
    yield (
        0,
        say("“You hold a sale of surveillance technology. Read it to your neighbour.”"),
        say("{real} real sales, and {green} invented ones, in green, in which nobody is in danger.",
            real=len(lesson.front.deals), green=len(lesson.front.ordinary)),
    )  # fmt: skip
    for law, minute in enumerate((2, 3, 4)):
        yield (
            minute,
            quoted.format(words=names[law]),
            say("{stand} stand, {hands} raise a hand. Green cards that stand: {green}.",
                stand=count("stand", law), hands=count("hand", law),
                green=count("stand", law, invented=True)),
        )  # fmt: skip
    yield (
        6,
        say("“Who disagrees with the card? Green cards that stand: read yours aloud.”"),
        say("The hands explain: a fact is disputed, or nobody knows it."),
    )
    if figures:
        yield (
            7,
            say("“For listed technology firms had to ask. {granted} times yes: how often no?”",
                granted=figures["granted"]),
            say("Guess, then: {refused}.", refused=figures["refused"]),
        )  # fmt: skip
    yield (
        8,
        say("“Make one rule.” Its digits go on the board."),
        say(
            "Everyone whose card has the facts of the rule stands up. Count the real ones, then the "
            "green: that is the price."
        ),
    )


def _longer(
    lesson: Lesson, cards: str, game: str, front: str, figures: Mapping[str, Any] | None
) -> Iterator[tuple[str, str, str, str, str]]:
    """The forty-five minutes: from when to when, a title, what happens, with what, and its address."""
    say, asked = lesson.language.say, lesson.puzzle
    yield "0–10", "", say("The lesson in {minutes} minutes.", minutes=MINUTES), say("the cards"), cards
    if asked:
        yield (
            "10–20",
            say(asked[0].question),
            say("A firm suspects, knows, or is warned. Guess for each: free, report, licence or no."),
            say("below"),
            "#not-to-know",
        )
    yield "20–25", "", say("Find your own card among the envelopes."), say("front page"), front
    if game:
        what = say("You decide: as many of the cases as time allows, by a show of hands.")
        if figures:
            what += " " + say("Keep the tally on the board, beside {granted} : {refused}.",
                              granted=figures["granted"], refused=figures["refused"])  # fmt: skip
        yield "25–33", "", what, say("the game"), game
    yield (
        "33–42",
        "",
        say("Write a rule in small groups. Call out its digits; each is a place in its list."),
        say("your rule"),
        f"{front}#rule",
    )
    yield (
        "42–45",
        "",
        say("Vote by standing up: which rule refuses most, and what does it cost?"),
        say("board"),
        "",
    )


def _puzzle(lesson: Lesson, laws: Sequence[str]) -> dict[str, Any] | None:
    """The puzzle with the story of its first case, and what each law says to every case."""
    if lesson.puzzle is None:
        return None
    say, (puzzle, cases) = lesson.language.say, lesson.puzzle
    return {
        "question": say(puzzle.question),
        "answer": say(puzzle.answer),
        "story": say(" ".join(cases[0].story.split())),
        "laws": laws,
        "rows": list(lesson.awareness),
    }


def act_of(found: CaseClass) -> Act:
    """Returns what to do for a sale that stands in a class."""
    if found.slug == "refuse":
        return "stand"
    return "hand" if found.ends and found.ends[1] == "refuse" else "sit"
