"""The puzzles as questions for Moodle, in its format GIFT."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.views.gates import GATES, NO_GATE, gate_of, why
from regcompare.words.catalogues import ENGLISH, Language
from regcompare_page.face.texts import Puzzle


def gift(
    puzzles: Sequence[tuple[Puzzle, Sequence[Scenario]]],
    rulesets: Sequence[Ruleset],
    language: Language = ENGLISH,
) -> str:
    """Returns puzzles and their cases as GIFT: a category each, a question to match for every case.

    Pupils match each regime with its gate; the reasons follow as feedback, after the last case of a
    puzzle with the answer.
    """
    return "\n".join(line for item in puzzles for line in _category(*item, rulesets, language))


def _category(
    puzzle: Puzzle, cases: Sequence[Scenario], rulesets: Sequence[Ruleset], language: Language
) -> Iterator[str]:
    say = language.say
    yield f"$CATEGORY: regcompare/{_escaped(say(puzzle.question).replace('/', ' '))}\n"
    words = [gate.label(language) for gate in dict.fromkeys((*GATES.values(), NO_GATE))]
    for case in cases:
        verdicts = [assess(case, ruleset) for ruleset in rulesets]
        names = [say(ruleset.plain_title) for ruleset in rulesets]
        answers = [gate_of(verdict, language).word for verdict in verdicts]
        feedback = [
            f"{name}: {answer}. {why(verdict, language).text}"
            for name, answer, verdict in zip(names, answers, verdicts, strict=True)
        ]
        if case is cases[-1]:
            feedback.append(f"{say(puzzle.question)} {say(puzzle.answer)}")
        yield f"::{_escaped(say(case.title))}::{_escaped(say(' '.join(case.story.split())))} {{"
        for name, answer in zip(names, answers, strict=True):
            yield f"={_escaped(name)} -> {_escaped(answer)}"
        yield from (f"= -> {_escaped(word)}" for word in words if word not in answers)
        yield f"####{_escaped(' '.join(feedback))}\n}}\n"


def _escaped(text: str) -> str:
    """A text without the marks of the format."""
    return re.sub(r"([~=#{}:\\])", r"\\\1", text)
