"""Writes the hand-out for pupils and its answers: ``python tools/hand_out.py``.

A test compares.  Facts and outcomes come from the shipped cases and the vocabulary; only plain words,
headings and questions for pupils stand here.  `regcompare site --zip` prints both files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from regcompare import Scenario, assess, shipped_cases
from regcompare.facts import Fact, facts_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome
from regcompare.views._colours import accent
from regcompare.views.pipes import pipe_table
from regcompare.views.sentences import result_words, short_sentence
from regcompare.views.site.gates import TONES, gate
from regcompare.views.site.texts import texts
from regcompare.views.tables import NOT_ADVICE
from regcompare.words.lexicon import answer_words, listing, statement, with_answer

FOLDER = Path(__file__).parents[1] / "docs" / "educators"
WORDS = texts()
REGIMES = {
    "eu-428-2009": "A tool on the EU's control list needs a licence. One for weapons of mass "
    "destruction, or for an army under an embargo, may need one too.",
    "eu-2021-821": "The same, and two rules more. If the authority has told the seller of "
    "repression, a tool that is not listed needs a licence. A seller that knows of it must notify "
    "the authority. Both are only for tools made mainly to watch people unseen, through their data.",
    "amnesty": "Every surveillance tool needs a licence, which is refused where abuse is a "
    "substantial risk. Technology that finds one face among many may not be exported at all.",
}
"""What each set of rules asks in the cases of this hand-out, in plain words."""
MEANINGS = {
    Outcome.NO_CONTROL: "Nobody has to be asked.",
    Outcome.GENERAL_AUTHORISATION: "A standing permission covers it.",
    Outcome.NOTIFICATION: "Tell the authority; it may then require a licence.",
    Outcome.AUTHORISATION: "Apply for a licence, which may be granted or refused.",
    Outcome.SUSPENSION: "Wait until a condition is met.",
    Outcome.REFUSAL: "The authority has to refuse the licence.",
    Outcome.PROHIBITION: "Banned; no licence can be given.",
}
KEYS = ("free", "ask", "no")
CAUTIONS = (
    "What is not known is *unknown*, not “no”. Then the answer may stay open, from one gate to another.",
    "An answer says what the rules ask, not how the sale ended.",
    "“Free to go” does not mean lawful, or harmless.",
)
BESIDE = (
    "These acts stand beside others. A Common Position of 2008 also binds the member states to refuse "
    "some licences; it is not counted here."
)


@attrs.frozen
class Round:
    """Three cases that pupils compare.

    Attributes:
        title: Its heading.
        cases: The ids of the cases A, B and C.
        names: What each case is called above its column.
        shared: Facts that the three share.
        differ: Facts in which they differ.
        questions: What the class talks about.
        because: What the difference comes down to.
    """

    title: str
    cases: tuple[str, str, str]
    names: tuple[str, str, str]
    shared: tuple[str, ...]
    differ: tuple[str, ...]
    questions: tuple[str, ...]
    because: str


ROUNDS = (
    Round(
        "Faces and cameras",
        ("morpho-shanghai-2015", "axis-guilin-2012-19", "axis-guilin-2012-19-face-analytics"),
        ("A: Shanghai, 2015", "B: Guilin, 2019", "C: B, varied"),
        (
            "item.annex_i_entry",
            "destination.country",
            "end_user.kind",
            "destination.substantial_rights_risk",
        ),
        ("item.technology", "item.face_matching", "item.covert"),
        (
            "B and C are the same cameras. Which one fact makes the difference, and to whom?",
            "In A and C one set of rules leaves the answer open. What would you have to find out?",
        ),
        "Finding one face among many is what the demands ban. Under the rules since 2021 it depends on "
        "what the tool was made for and on what the seller knew, which no source says; a camera that "
        "people can see is out of their reach.",
    ),
    Round(
        "Phone tracking, and what is known about its use",
        ("ignorance-pays-suspects", "ignorance-pays-aware", "ignorance-pays-told"),
        ("A: suspects", "B: knows", "C: is told"),
        (
            "item.annex_i_entry",
            "item.covert",
            "destination.country",
            "end_user.kind",
            "end_use.concerns",
            "knowledge.exporter_suspects",
        ),
        ("knowledge.exporter_aware", "knowledge.authority_informed"),
        (
            "Does the tool differ between the three? Does the danger to the people being watched?",
            "Who could change the answer by keeping silent, or by not asking?",
        ),
        "The danger is the same in all three. The rules since 2021 look at what the seller knows and "
        "has been told; the demands look at the danger.",
    ),
    Round(
        "Spyware, brokered or shipped",
        ("broker-brokered", "broker-told", "broker-exported"),
        ("A: brokered", "B: brokered, told", "C: shipped"),
        ("item.annex_i_entry", "destination.country", "end_user.kind", "end_use.concerns"),
        ("transaction.kind", "knowledge.authority_informed"),
        (
            "What would a person being watched notice of the difference between A and C?",
            "Who in the chain would have to be asked, and who could have said no?",
        ),
        "Both acts control brokering for weapons and military ends only, so that even a notice of "
        "repression changes nothing in B. In C the item is on the list and leaves the Union.",
    ),
)


# what the shipped data say ------------------------------------------------------------------------


def cases(part: Round, catalogue: Catalogue) -> list[Scenario]:
    """Returns the three cases of a round."""
    known = {item.id: item for item in (*catalogue.scenarios(), *shipped_cases.teaching(catalogue))}
    return [known[name] for name in part.cases]


def stated(case: Scenario) -> Mapping[str, tuple[Fact, Any]]:
    """Returns what a case states, or its file presumes, by key."""
    return {
        fact.key: (fact, getattr(section, name))
        for section in (*case.presumed, *case.sections())
        for name, fact in facts_of(type(section)).items()
        if getattr(section, name) is not None
    }


def _answer(answers: Mapping[str, tuple[Fact, Any]], key: str) -> str:
    return answer_words(*answers[key]) if key in answers else "unknown"


def _clause(fact: Fact, value: Any) -> str:
    """A fact that is shared, as a clause without codes."""
    if fact.key == "item.annex_i_entry":
        return f"the tool is {'' if value.known else 'not '}on the EU's control list"
    told = statement(fact, value) if isinstance(value, bool) else with_answer(fact, _plain(fact, value))
    return told.replace("the item", "the tool")


def _plain(fact: Fact, value: Any) -> str:
    """An answer without the code of a country."""
    return re.sub(r" \([A-Z]{2}\)", "", answer_words(fact, value))


# the hand-out -------------------------------------------------------------------------------------


def hand_out(catalogue: Catalogue) -> str:
    """Returns the two pages for pupils; a line across ends the first."""
    return "\n".join([*_first_page(catalogue), "---", "", *_second_page(catalogue), NOT_ADVICE, ""])


def _first_page(catalogue: Catalogue) -> Iterator[str]:
    yield from ["# One export, three sets of rules", "", "<!-- generated by tools/hand_out.py -->", ""]
    yield (
        "A company in Europe wants to sell a tool that watches people. At three gates it meets three "
        "sets of rules."
    )
    yield from ["", "## What the rules ask", ""]
    for name, told in REGIMES.items():
        yield f"- **{WORDS[name]}** ({catalogue.ruleset(name).title}). {told}"
    yield from ["", "## What a gate may say", ""]
    rows = [
        (f"**{WORDS[key]}**" if first else "", accent(item).word, MEANINGS[item])
        for key in KEYS
        for first, item in _outcomes(key)
    ]
    yield pipe_table(("gate", "the law's word", "what it means"), rows)
    yield from ["", "## Before you guess", ""]
    yield from (f"- {item}" for item in (*CAUTIONS, BESIDE))
    yield ""


def _outcomes(key: str) -> Iterator[tuple[bool, Outcome]]:
    """The outcomes at which a gate says the same, mildest first; the first is marked."""
    same = [item for item in Outcome if TONES[item] == key]
    return ((item is same[0], item) for item in same)


def _second_page(catalogue: Catalogue) -> Iterator[str]:
    yield from ["## Three rounds", ""]
    yield (
        "In each row, circle what you expect: free to go, must ask, or may not. A and B of the first "
        "round are sales that were reported; all other cases are invented."
    )
    yield ""
    for number, part in enumerate(ROUNDS, 1):
        yield from _round(number, part, catalogue)


def _round(number: int, part: Round, catalogue: Catalogue) -> Iterator[str]:
    answers = [stated(case) for case in cases(part, catalogue)]
    shared = [_clause(*answers[0][key]) for key in part.shared]
    yield from [f"### {number}. {part.title}", "", f"In all three {listing(shared, 'and')}.", ""]
    rows: list[Sequence[str]] = [
        (_question(answers, key), *(_answer(item, key) for item in answers)) for key in part.differ
    ]
    choice = " · ".join(KEYS)
    rows += [(f"**{WORDS[name]}**", choice, choice, choice) for name in REGIMES]
    yield pipe_table(("what differs, and your guess", *part.names), rows)
    yield from ["", *(f"- {question}" for question in part.questions), ""]


def _question(answers: Sequence[Mapping[str, tuple[Fact, Any]]], key: str) -> str:
    return next(item[key][0] for item in answers if key in item).question


# the answers --------------------------------------------------------------------------------------


def answers(catalogue: Catalogue) -> str:
    """Returns the answers, for the teacher."""
    return "\n".join([*_answers(catalogue), NOT_ADVICE, ""])


def _answers(catalogue: Catalogue) -> Iterator[str]:
    yield from ["# Answers to the hand-out", "", "<!-- generated by tools/hand_out.py -->", ""]
    yield from ["For the teacher: what each gate says, and why.", ""]
    for number, part in enumerate(ROUNDS, 1):
        yield from [f"## {number}. {part.title}", "", part.because, ""]
        found = cases(part, catalogue)
        rows = [
            (f"**{WORDS[name]}**", *(_result(case, name, catalogue) for case in found))
            for name in REGIMES
        ]
        yield pipe_table(("rules", *part.names), rows)
        yield ""
        for name, case in zip(part.names, found, strict=True):
            told = short_sentence(assess(case, catalogue.ruleset("eu-2021-821")))
            yield f"- {name}, {WORDS['eu-2021-821']}: {told}"
        yield ""


def _result(case: Scenario, name: str, catalogue: Catalogue) -> str:
    verdict = assess(case, catalogue.ruleset(name))
    return f"**{gate(verdict, WORDS).word}**: {result_words(verdict)}"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Returns the name of each generated file with its text."""
    return {"hand-out.md": hand_out(catalogue), "answers.md": answers(catalogue)}


if __name__ == "__main__":
    for file, written in pages(Catalogue.installed()).items():
        (FOLDER / file).write_text(written, encoding="utf-8")
