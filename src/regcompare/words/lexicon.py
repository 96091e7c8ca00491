"""How facts, their answers, doubts, powers and citations read in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import UNKNOWN, CodeSet, Country, Fact, MemberSet, SetOf, YesNo, countries
from regcompare.facts.fact import BOTH_WAYS
from regcompare.law import Citation, Instrument
from regcompare.logic.questions import Question
from regcompare.ruleset.rules import Discretion, Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

__all__ = [
    "Lexicon",
    "answer_clause",
    "answer_words",
    "choice_words",
    "cite_words",
    "country_words",
    "day_name",
    "lexicon",
    "listing",
    "literal_words",
    "member_words",
    "power_words",
    "reading_words",
    "short_labels",
    "short_list",
    "statement",
]

_PLACE = "…"
_VERB = re.compile(r"\b(is|are|was|were|has|have|can|may|must|will|does|do)\b")
_MANY = 6
"""A longer list is cut, and the rest counted."""
_NAMED_COUNTRIES = 3
"""Up to so many countries are named; more are given by their codes."""


@attrs.frozen(eq=False)
class Lexicon:
    """Whatever a key in a condition may name.

    Attributes:
        facts: Facts by key.
        doubts: Interpretations by the key of their question.
        powers: Discretions by their ids.
        home: The text whose citations read as the place in it alone.
    """

    facts: Mapping[str, Fact]
    doubts: Mapping[str, Interpretation] = attrs.field(factory=dict)
    powers: Mapping[str, Discretion] = attrs.field(factory=dict)
    home: Instrument | None = None

    def within(self, instrument: Instrument | None) -> Lexicon:
        """Returns the lexicon for a reader who knows which text is meant."""
        return attrs.evolve(self, home=instrument)


def lexicon(source: Vocabulary | Ruleset | Lexicon) -> Lexicon:
    """Returns the words of a vocabulary, or of a ruleset with its doubts and powers."""
    if isinstance(source, Lexicon):
        return source
    vocabulary = source.vocabulary if isinstance(source, Ruleset) else source
    facts = {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)}
    if not isinstance(source, Ruleset):
        return Lexicon(facts)
    parts = list(source.parts())
    doubts = {item.key: item for part in parts for item in part.doubts}
    powers = {item.id: item for part in parts for item in part.provisions.discretions}
    return Lexicon(facts, doubts, powers)


# lists of words ---------------------------------------------------------------------------------


def listing(words: Iterable[str], last: str = "or") -> str:
    """Returns words as a list in a sentence; semicolons where commas would mislead."""
    *items, end = list(words) or [""]
    if not items:
        return end
    unclear = any(mark in item for item in (*items, end) for mark in (",", ":", f" {last} "))
    mark = "; " if unclear else ", "
    before = mark if unclear else " "
    return f"{mark.join(items)}{before}{last} {end}"


def short_list(words: Sequence[str], last: str = "or", most: int = _MANY) -> str:
    """Returns a list in a sentence, of which the end is counted where it is long."""
    if len(words) <= most:
        return listing(words, last)
    kept = most // 2 + 1
    return listing([*words[:kept], f"{len(words) - kept} others"], last)


def country_words(codes: Iterable[str]) -> str:
    """Returns countries by name where they are few, else by code."""
    ordered = sorted(codes)
    if len(ordered) > _NAMED_COUNTRIES:
        return f"one of {short_list(ordered)}"
    names = countries()
    return listing([f"{names.get(code, code)} ({code})" for code in ordered])


# statements -------------------------------------------------------------------------------------


def statement(fact: Fact, truth: bool = True) -> str:
    """Returns what the answer yes, or no, says; for other kinds the words that an answer follows.

    A fact that declares no such words is quoted by its question.
    """
    if not fact.states:
        return _quoted(fact, truth)
    if BOTH_WAYS.search(fact.states):
        return BOTH_WAYS.sub(r"\1" if truth else r"\2", fact.states)
    return fact.states if truth else negated(fact.states)


def _quoted(fact: Fact, truth: bool) -> str:
    if isinstance(fact, YesNo):
        return f"“{fact.question}” – {'yes' if truth else 'no'}"
    return f"“{fact.question}” –" if truth else f"“{fact.question}” – not"


def negated(clause: str) -> str:
    """Returns the negation of a clause, with "not" after its first verb."""
    verb = _VERB.search(clause)
    if verb is None:
        return f"it is not the case that {clause}"
    start, end = verb.span()
    return clause[:start] + ("cannot" if verb[0] == "can" else f"{verb[0]} not") + clause[end:]


def answer_clause(fact: Fact, answer: str, truth: bool = True) -> str:
    """Returns what a fact says with this answer: ``the end user is a university``."""
    words = statement(fact, truth)
    if _PLACE not in words:
        return f"{words} {answer}"
    head, other, rest = answer.partition(" other than ")
    return words.replace(_PLACE, head) + other + rest


def literal_words(words: Lexicon, asked: Sequence[Question], truth: bool, last: str = "or") -> str:
    """Returns what yes, or no, says to questions about one fact, members of one set, or a power."""
    fact, first = words.facts.get(asked[0].fact), asked[0]
    if fact is not None and first.member:
        members = [question.member for question in asked]
        return answer_clause(fact, member_words(fact, members, last=last, truth=truth), truth)
    if fact is not None:
        return statement(fact, truth)
    if first.power:
        return power_words(words, first.power, truth)
    return f"{first.key}: {'yes' if truth else 'no'}"


def day_name(fact: Fact) -> str:
    """Returns a day as a noun: ``the day of the facts``."""
    return fact.states.removesuffix(" is") if fact.states else f"the day asked for by “{fact.question}”"


# answers ----------------------------------------------------------------------------------------


def labels(fact: Fact, answers: Iterable[str]) -> list[str]:
    """Returns the labels of answers, in the order in which the fact declares them."""
    wanted = set(answers)
    known = fact.labels()
    ordered = [answer for answer in known if answer in wanted] + sorted(wanted - set(known))
    return [_plain(known.get(answer, answer)) for answer in ordered]


def _plain(label: str) -> str:
    """A label without what it says besides: ``law enforcement (also a police academy)``."""
    return re.sub(r" \(also [^)]*\)$", "", label)


def choice_words(fact: Fact, answers: Iterable[str]) -> str:
    """Returns answers to a choice, or to a country, as they read in a sentence."""
    if isinstance(fact, Country):
        return country_words(answers)
    return short_list(labels(fact, answers), most=2 * _MANY)


def answer_words(fact: Fact, value: Any) -> str:
    """Returns an answer by itself: ``yes``, ``China (CN)``, ``internal repression``, ``none``."""
    if value is None or value is UNKNOWN:
        return "unknown"
    if isinstance(value, MemberSet):
        known, left_open = (
            ", ".join(sorted(members) if isinstance(fact, CodeSet) else labels(fact, members))
            for members in (value.known, value.open)
        )
        return f"{known or 'none'}; open: {left_open}" if left_open else known or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(fact, Country):
        return country_words([value])
    return _plain(fact.labels().get(value, str(value)))


def short_labels(fact: Fact, answers: Iterable[str]) -> list[str]:
    """Returns answers one by one: countries by their codes, others by their labels."""
    if isinstance(fact, Country):
        return sorted(answers)
    return [_plain(fact.labels().get(word, word)) for word in answers]


# codes ------------------------------------------------------------------------------------------

_SECTION_LENGTH = 5
"""A code this long names an entry; a shorter one a category or section."""


def member_words(fact: Fact, members: Sequence[str], *, last: str = "or", truth: bool = True) -> str:
    """Returns members of a set, or patterns of codes, as they read after the fact's words."""
    if isinstance(fact, SetOf):
        return short_list(labels(fact, members), last, 2 * _MANY)
    return pattern_words(members, last=last, truth=truth)


def pattern_words(patterns: Sequence[str], *, last: str = "or", truth: bool = True) -> str:
    """Returns patterns of codes: ``entry 5A001.f``, ``an entry other than 5A001.f``."""
    named = [item for item in patterns if item.count("!") == 0 and _ENTRY.fullmatch(item)]
    derived = [item for item in patterns if item.count("!") == 0 and item.startswith("/")]
    others = [_pattern(item) for item in patterns if item not in named + derived]
    words = (
        [f"{'one of the entries' if len(named) > 1 else 'entry'} {short_list(named)}"] if named else []
    )
    if derived:
        parents = [item[1:] for item in derived]
        them = "one of them" if parents == named and len(named) > 1 else short_list(parents)
        words.append(f"an entry derived from {'it' if parents == named == parents[:1] else them}")
    text = f", {last} ".join(words + others)
    return (
        text if truth else re.sub(r"\ban entry\b", "any entry", text.replace("one of the", "any of the"))
    )


_ENTRY = re.compile(r"\d[A-E]\d{3}[.\da-z]*")


def _pattern(pattern: str) -> str:
    first, *but = pattern.split("!")
    text = _code(first)
    if not but:
        return text
    named = [item for item in but if not item.startswith("/")]
    derived = [item[1:] for item in but if item.startswith("/")]
    words = [
        _place_of(item).replace("an entry", "those") if item.startswith("?") else item for item in named
    ]
    if derived:
        words.append(
            f"what is derived from {'them' if derived == named else short_list(derived, 'and')}"
        )
    return f"{text} other than {short_list(words, 'and', 2 * _MANY)}"


def _code(pattern: str) -> str:
    code, _, parent = pattern.partition("/")
    code, _, year = code.partition("@")
    text = _place_of(code)
    if year:
        text += f" in the wording of {year}"
    if parent:
        above, _, wording = parent.partition("@")
        text += f" derived from {above}" + (f" in the wording of {wording}" if wording else "")
    return text


def _place_of(code: str) -> str:
    if code in ("", "*"):
        return "an entry"
    if code.startswith("?"):
        return f"an entry of section {code[1:]} of any category"
    return f"entry {code}" if len(code) >= _SECTION_LENGTH else f"an entry of {code}"


# doubts, powers, citations ----------------------------------------------------------------------


def reading_words(doubt: str, readings: Iterable[str]) -> str:
    """Returns how a doubtful text is read: ``IC-10 is read as “ban”``."""
    quoted = listing([f"“{reading}”" for reading in readings])
    return f"{doubt} is read as {quoted}"


_USED = re.compile(r"(Has|Have) (the [\w’'-]+) (\w+ed\b.*)\?")


def power_words(words: Lexicon, name: str, truth: bool = True) -> str:
    """Returns whether a power was used, from the question about it."""
    power = words.powers.get(name)
    if power is None:
        return f"the power {name} has {'' if truth else 'not '}been used"
    asked = _USED.fullmatch(power.question)
    if asked is None:
        return f"“{power.question}” – {'yes' if truth else 'no'}"
    verb, subject, rest = asked.groups()
    return f"{subject} {verb.lower()} {'' if truth else 'not '}{rest}"


def cite_words(words: Lexicon, cite: object) -> str:
    """Returns a citation; of the text that the reader has at hand, the place alone."""
    if isinstance(cite, Citation) and cite.instrument == words.home:
        return cite.pinpoint
    return str(cite)
