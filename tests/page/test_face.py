"""The public face: what it shows is computed, its signs agree, and both sides of a dispute are on it."""

from __future__ import annotations

import re
from itertools import pairwise, product
from pathlib import Path

import attrs
import pytest
from tests.support.shipped import CATALOGUE

from regcompare.comparison.classes import CaseClass
from regcompare.comparison.populations import populations_of
from regcompare.errors import UsageError
from regcompare.inputs import counting_in, message_of
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.provenance import Disputed
from regcompare.views.gates import word_of
from regcompare.words.catalogues import ENGLISH, Language, language
from regcompare_page.face.case import CasePage
from regcompare_page.face.disputes import Combination, Disputes, interacting
from regcompare_page.face.front import Front, front_of
from regcompare_page.face.front_view import front_parts
from regcompare_page.face.lesson import FACTS, Lesson
from regcompare_page.face.marks import barrier, mark_of
from regcompare_page.face.share import case_picture, finding_picture
from regcompare_page.face.texts import read_front, read_puzzles

FREE, LICENCE, NO = (
    CaseClass(end, end) for end in (Outcome.NO_CONTROL, Outcome.AUTHORISATION, Outcome.REFUSAL)
)
OPEN = CaseClass(Outcome.NO_CONTROL, Outcome.REFUSAL)
DUTCH = language("nl", CATALOGUE.locales)


@pytest.fixture(scope="module")
def front() -> Front:
    """The front page of the shipped cases."""
    made = front_of(CATALOGUE)
    assert made
    return made


# signs --------------------------------------------------------------------------------------------


def test_a_word_has_both_ends_and_never_the_stricter_one_alone() -> None:
    """Of two classes the milder comes first; outside has a word of its own."""
    assert word_of(OPEN) == "Free, perhaps no"
    assert word_of(LICENCE) == "Licence"
    assert word_of(CaseClass()) == "Outside"


def test_a_mark_is_dashed_where_a_dispute_alone_keeps_it_open() -> None:
    """A class that only the facts as filed settle is dashed; under a law a possible no is a corner."""
    assert mark_of(OPEN, NO, is_proposal=True) == "no-d"
    assert mark_of(OPEN, OPEN, is_proposal=True) == "half-no"
    assert mark_of(OPEN, OPEN, is_proposal=False) == "half"
    assert mark_of(NO, NO, is_proposal=True) == "no"
    assert mark_of(CaseClass(), CaseClass(), is_proposal=True) == "out"


def test_a_barrier_draws_the_least_thin_and_the_most_thick() -> None:
    """One arm for a settled class, two for a span, none outside."""
    assert barrier(LICENCE).count("arm low") == 0
    assert barrier(OPEN).count("arm low") == 1
    assert "arm p" in barrier(OPEN)
    assert "<line" not in barrier(CaseClass())


# the front page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("question: Who?", "required field missing @ the file.lead"),
        ("- question", "it is not a mapping"),
        ("question: [", "expected the node content"),
    ],
)
def test_a_file_without_the_texts_of_a_front_page_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    """The message names the file, what is wrong, and the keys that it must have."""
    file = tmp_path / "front.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(
        UsageError, match=r"front\.yaml: .*a front page, with the keys question, lead"
    ) as caught:
        read_front(file)
    with pytest.raises(UsageError, match=r"front\.yaml: .* Expected puzzles, with question and answer"):
        read_puzzles(file)

    assert said in str(caught.value)


def test_the_marks_of_the_deals_are_the_counts_of_the_message(front: Front) -> None:
    """Stamps, words and figures say one number, that of the first screen."""
    for place in range(len(front.laws)):
        refusal, licence = front.count("refuse", place), front.count("licence", place)
        marks = [deal.results[place].mark for deal in front.deals]
        assert marks.count("no") == refusal.certain
        assert marks.count("out") == len(refusal.groups["outside"])
        least = [deal.results[place].found.reaches(Outcome.AUTHORISATION) for deal in front.deals]
        assert least.count(True) == licence.certain
        assert least.count(True) + least.count(None) == licence.at_most
    asked = front.message["amnesty", "refuse"]
    assert asked.groups == front.count("refuse", 2).groups


CHANGES = {
    "a certain no from outside the Union": (
        lambda found: found.ends == NO.ends,
        lambda case: case.stating({"exporter.country": "US"}),
        {"no_asked": -1, "filed": -1, "at_most": -1, "outside": 1},
    ),
    "a dispute that ended": (
        lambda found: found.slug != "refuse",
        lambda case: attrs.evolve(case, disputed=()),
        {"no_asked": 1, "disputed": -1},
    ),
    "an offer that was no sale": (
        lambda found: found.ends == NO.ends,
        lambda case: attrs.evolve(case, record_kind="offer"),
        {"deals": -1, "no_asked": -1, "filed": -1, "at_most": -1, "offers": 1},
    ),
}
"""A change of one fact: of which of the deals refused as filed, how, and the numbers that follow."""


@pytest.mark.thorough
@pytest.mark.parametrize("words", [ENGLISH, DUTCH], ids=lambda words: words.code)
@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_in_a_case_changes_the_page(front: Front, change: str, words: Language) -> None:
    """One fact of one case: the numbers of the front page and of its picture, the case's page, card, picture."""
    is_meant, edit, steps = CHANGES[change]
    deal = next(
        deal
        for deal in front.price.refused
        if is_meant(deal.results[-1].found) and len(deal.record.parts) == 1
    )
    case = deal.record.first
    after = edit(case)
    cases = [after if item.id == case.id else item for item in front.populations["records"].cases]
    message = message_of(CATALOGUE, cases)
    assert message
    evolved = attrs.evolve(
        front, message=message, populations=populations_of(cases), counting=counting_in(CATALOGUE)
    )

    before, told = front.numbers(), evolved.numbers()
    assert {name: told[name] - before[name] for name in told if told[name] != before[name]} == steps
    answers = []
    for shown, numbers in ((front, before), (evolved, told)):
        html, picture = front_parts(shown, words)["html"], finding_picture(shown, words, "")
        answers.append(words.say(shown.texts.laws[-1].answer, number=numbers["no_asked"]))
        assert answers[-1] in html
        assert words.say(shown.texts.lead, **numbers) in html
        assert f">{numbers['no_asked']}<" in picture
        assert len(re.findall('viewBox="0 0 20 20"', picture)) == 3 * numbers["deals"]
        disputed = words.say(
            "{disputed} more disputed, at most {most}",
            disputed=numbers["disputed"], most=numbers["at_most"],
        )  # fmt: skip
        assert disputed in html
    assert answers[0] != answers[1]
    cards = [Lesson(shown, words).cards for shown in (front, evolved)]
    acts = [[card.acts[-1] for card in held if card.title == words.say(case.title)] for held in cards]
    assert acts[0] != acts[1]
    names = [law.name for law in front.texts.laws]
    pages = [CasePage(item, front.laws, names, words) for item in (case, after)]
    results = [[item["word"] for item in page.results()] for page in pages]
    assert (results[0] != results[1]) is ("deals" not in steps)
    assert list(pages[0].chips()) != list(pages[1].chips()) or results[0] != results[1]
    for page, said in zip(pages, results, strict=True):
        assert re.sub(r"\s", "", said[2]) in re.sub(r"<[^>]*>|\s", "", case_picture(page, ""))


def test_no_number_is_typed(front: Front) -> None:
    """Every number in its texts is a placeholder, a day, a year or a figure with its source."""
    for text in front.texts.all_texts():
        told = re.sub(r"\b(9 (September|November) )?20\d\d\b|30 per cent", "", text)
        assert not re.search(r"\d", told), text


def test_a_rule_is_measured_by_what_it_refuses(front: Front) -> None:
    """The widest rule hits every deal that is asked to be refused; a narrower one never hits more."""
    hits = front.price.hits
    assert all(hits["11"][0])
    assert all(hits["11"][1])
    for what, who in product("1234", "123"):
        for wide in (hits[f"{what}1"], hits[f"1{who}"]):
            for narrow, all_hit in zip(hits[f"{what}{who}"], wide, strict=True):
                assert all(whole or not one for one, whole in zip(narrow, all_hit, strict=True))


def test_what_a_rule_is_measured_on_is_a_count(front: Front) -> None:
    """The deals of the price are those that a count refuses as filed; the certain ones are its first."""
    count = front.count("refuse", len(front.laws) - 1)
    measured = [deal.record.id for deal in front.price.refused]

    assert set(measured) == set(count.at("filed").groups["yes"])
    assert set(measured[: front.price.certain]) == set(count.groups["yes"])
    assert all(len(refused) == len(measured) for refused, _ in front.price.hits.values())


def test_every_rule_without_conditions_costs_something(front: Front) -> None:
    """No rule that asks nothing of user and technology wins for nothing."""
    assert sum(front.price.hits["11"][1]) == len(front.ordinary) > 0


def test_what_the_acts_contain_is_told_by_their_provisions(front: Front) -> None:
    """Five rows; what was agreed in 2020 is in the later act alone, and what was not is in neither."""
    assert [answers for _, answers in front.changes] == [
        [False, True], [False, True], [False, True], [False, False], [False, False],
    ]  # fmt: skip


def test_the_data_of_the_script_say_what_the_page_says(front: Front) -> None:
    """Words, reasons and hits of the script are those of the tiles and of the table."""
    for spoken in (ENGLISH, DUTCH):
        parts = front_parts(front, spoken)
        for deal in parts["data"]["deals"]:
            assert f": {deal['firm']}, {deal['route']}. " in parts["html"]
            assert all(parts["data"]["results"][place]["why"] for place in deal["results"])
        assert {result["bar"] for result in parts["data"]["results"]} <= {*parts["data"]["bars"]}


# disputes -----------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_both_sides_of_every_dispute_are_on_the_page_of_its_case() -> None:
    """Whoever disputes a fact that the file states is quoted beside it; other disputes are told too."""
    front = front_of(CATALOGUE)
    assert front
    for case in CATALOGUE.scenarios():
        if not case.disputed or not case.is_documented:
            continue
        page = CasePage(case, front.laws, [law.name for law in front.texts.laws], ENGLISH)
        told = {side.words for point in page.disputes.points for side in point.sides}
        told |= {words for _, words in page.other_disputes()}
        for item in case.disputed:
            assert " ".join(item.note.split()) in told, (case.id, item.fact)


def test_whoever_is_right_is_computed_over_every_combination() -> None:
    """A point that changes nothing says so; one that does names both ends."""
    (case,) = (item for item in CATALOGUE.scenarios() if item.id == "morpho-shanghai-2015")
    front = front_of(CATALOGUE)
    assert front
    law = front.laws[-1]
    facts = law.ruleset.vocabulary.by_key
    idle = attrs.evolve(
        case.stating({"destination.substantial_rights_risk": "unknown"}),
        reports=(),
        disputed=(
            Disputed(fact="item.face_matching", by="the company", note="It recognises nobody."),
            Disputed(fact="item.form", by="a reader", note="It is software."),
        ),
    )

    points = {point.question: point for point in Disputes(idle, law, ENGLISH).points}

    assert not points[facts["item.form"].question].matters
    assert "changes no answer" in points[facts["item.form"].question].whoever
    assert points[facts["item.face_matching"].question].matters


def test_two_points_interact_where_one_matters_only_with_the_other() -> None:
    """Crossed where what one changes depends on the other, and not where each acts alone."""
    both: dict[Combination, CaseClass] = {
        (0, 0): NO, (0, 1): NO, (1, 0): NO, (1, 1): LICENCE
    }  # fmt: skip
    alone: dict[Combination, CaseClass] = {
        (0, 0): NO, (0, 1): NO, (1, 0): LICENCE, (1, 1): LICENCE
    }  # fmt: skip

    assert interacting(both) == (0, 1)
    assert interacting(alone) is None


@pytest.mark.parametrize("words", [ENGLISH, DUTCH], ids=lambda words: words.code)
def test_the_picture_of_the_finding_has_every_deal_and_both_ends(front: Front, words: Language) -> None:
    """A sign for each deal under each law, halves as halves, and no line upon another."""
    text = finding_picture(front, words, "example.org")
    marks = [deal.results[place].mark for place in range(3) for deal in front.deals]

    assert text.count('viewBox="0 0 20 20"') == len(marks)
    assert text.count('d="M10 1a9') == marks.count("half") + marks.count("half-no")
    assert text.count('class="dash plum"') == marks.count("no-d")
    for place in range(3):
        assert str(front.count("refuse", place).at_most) in text
    lines = [
        tuple(map(int, found)) for found in re.findall(r'x="(\d+)" y="(\d+)" font-size="(\d+)"', text)
    ]
    for column in {x for x, *_ in lines}:
        heights = [(y, size) for x, y, size in lines if x == column]
        assert all(below - size >= y for (y, _), (below, size) in pairwise(heights))


# the lesson ---------------------------------------------------------------------------------------


def test_what_happens_in_class_is_what_is_counted(front: Front) -> None:
    """Cards stand and raise a hand as the page counts, and a rule hits what its price says."""
    lesson = Lesson(front, ENGLISH)

    for law in range(len(front.laws)):
        refusal = front.count("refuse", law)
        assert lesson.count("stand", law) == refusal.certain
        assert lesson.count("stand", law) + lesson.count("hand", law) == refusal.at_most
        assert lesson.count("older", law) == refusal.outside["older"]
    assert lesson.count("stand", 2, invented=True) == sum(front.price.banned)
    cards = dict(zip((deal.record.id for deal in front.deals), lesson.cards, strict=False))
    green = lesson.cards[len(front.deals) :]
    for rule, (refused, ordinary) in front.price.hits.items():
        assert [card.is_hit(rule) for card in green] == ordinary
        for deal, is_hit in zip(front.price.refused, refused, strict=True):
            if len(deal.record.parts) == 1:
                assert cards[deal.record.id].is_hit(rule) == is_hit, (rule, deal.record.id)


def test_a_disputed_fact_has_a_star_on_its_card(front: Front) -> None:
    """The facts of the followed deal that someone disputes are those with a star, in its own words."""
    lesson = Lesson(front, ENGLISH)
    cards = zip(front.deals, lesson.cards, strict=False)
    card = next(card for deal, card in cards if deal is front.sale)
    starred = {choice.fact for choice, is_so in zip(FACTS, card.disputed, strict=True) if is_so}

    assert starred == {item.fact for item in front.sale.record.first.disputed} & {
        choice.fact for choice in FACTS if choice.fact
    }
    assert starred
    assert card.story == " ".join(front.sale.case.story.split())
