"""The measures in which findings are counted, in words: "needs a licence", "is refused or banned"."""

from __future__ import annotations

from regcompare.ruleset.rules import Outcome


def verb_phrase(at: Outcome, number: int) -> str:
    """Returns the verb phrase for reaching an outcome or a stricter one: ``need a licence``."""
    is_singular = number < 2
    if at is Outcome.AUTHORISATION:
        return "needs a licence" if is_singular else "need a licence"
    if at is Outcome.REFUSAL:
        return "is refused or banned" if is_singular else "are refused or banned"
    return f"{'comes' if is_singular else 'come'} to {at.word.replace('_', ' ')} or stricter"


def infinitive(at: Outcome) -> str:
    """Returns the verb phrase as it follows "may" or "certain to": ``be refused or banned``."""
    return "be refused or banned" if at is Outcome.REFUSAL else verb_phrase(at, 2)


def pluralise(number: int, word: str) -> str:
    """Returns a number with its noun, such as ``1 case`` and ``2 duties``."""
    if number != 1:
        word = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word}"
