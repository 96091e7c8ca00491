"""How facts, their answers, doubts, powers and citations read in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import UNKNOWN, CodeSet, Country, Fact, MemberSet, SetOf, YesNo, countries, written
from regcompare.facts.fact import YES_NO_FORMS
from regcompare.law import Citation, Instrument
from regcompare.logic.codes import Pattern, parse_pattern
from regcompare.logic.conditions import Among
from regcompare.logic.questions import PowerQuestion, Question
from regcompare.ruleset.rules import Discretion, Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

_PLACEHOLDER = "…"
_VERB = re.compile(r"\b(is|are|was|were|has|have|can|may|must|will|does|do)\b")
_MANY = 6
"""A list longer than this is cut, and the rest counted."""
_NAMED_COUNTRIES = 3
"""Up to this many countries are named; more are given by their codes."""


@attrs.frozen(eq=False)
class Lexicon:
    """What the keys in a condition refer to.

    Attributes:
        facts: Facts by key.
        doubts: Interpretations by the key of their question.
        powers: Discretions by their ids.
        home: The text that the reader has open, of which a citation gives the place alone.
    """

    facts: Mapping[str, Fact]
    doubts: Mapping[str, Interpretation] = attrs.field(factory=dict)
    powers: Mapping[str, Discretion] = attrs.field(factory=dict)
    home: Instrument | None = None

    def within(self, instrument: Instrument | None) -> Lexicon:
        """Returns the lexicon for a reader who has this text open."""
        return attrs.evolve(self, home=instrument)


def lexicon(source: Vocabulary | Ruleset | Lexicon) -> Lexicon:
    """Returns the lexicon of a vocabulary, or of a ruleset with its doubts and powers."""
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
    """Returns words as a list in a sentence, with semicolons where commas would be ambiguous."""
    *items, end = list(words) or [""]
    if not items:
        return end
    ambiguous = any(mark in item for item in (*items, end) for mark in (",", ":", f" {last} "))
    separator, before_last = ("; ", "; ") if ambiguous else (", ", " ")
    return f"{separator.join(items)}{before_last}{last} {end}"


def short_list(words: Sequence[str], last: str = "or", most: int = _MANY, others: str = "others") -> str:
    """Returns a list in a sentence; of a long one, its first words and the number of the others."""
    if len(words) <= most:
        return listing(words, last)
    shown = most // 2 + 1
    return listing([*words[:shown], f"{len(words) - shown} {others}"], last)


def country_words(codes: Iterable[str]) -> str:
    """Returns countries by name where they are few, else by code."""
    codes = sorted(codes)
    if len(codes) > _NAMED_COUNTRIES:
        return f"one of {short_list(codes)}"
    names = countries()
    return listing([f"{names.get(code, code)} ({code})" for code in codes])


# statements -------------------------------------------------------------------------------------


def statement(fact: Fact, truth: bool = True) -> str:
    """Returns what a yes, or a no, says; for other kinds of fact, the words that an answer completes.

    For a fact that declares no such words its question is quoted.
    """
    if not fact.states:
        return _quoted(fact, truth)
    if YES_NO_FORMS.search(fact.states):
        return YES_NO_FORMS.sub(r"\1" if truth else r"\2", fact.states)
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
    """Returns the clause that a fact and an answer make: ``the end user is a university``."""
    words = statement(fact, truth)
    if _PLACEHOLDER not in words:
        return f"{words} {answer}"
    head, other_than, rest = answer.partition(" other than ")
    return words.replace(_PLACEHOLDER, head) + other_than + rest


def literal_words(words: Lexicon, questions: Sequence[Question], truth: bool, last: str = "or") -> str:
    """Returns what a yes, or a no, to questions about one fact, members of one set or a power says."""
    first = questions[0]
    fact = words.facts.get(first.fact)
    if fact is not None and first.member:
        members = [question.member for question in questions]
        return answer_clause(fact, member_words(fact, members, last=last, truth=truth), truth)
    if fact is not None:
        return statement(fact, truth)
    if isinstance(first, PowerQuestion):
        return power_words(words, first.id, truth)
    return f"{first.key}: {'yes' if truth else 'no'}"


def day_name(fact: Fact) -> str:
    """Returns a day as a noun: ``the day of the facts``."""
    return fact.states.removesuffix(" is") if fact.states else f"the day asked for by “{fact.question}”"


# answers ----------------------------------------------------------------------------------------


def labels(fact: Fact, answers: Iterable[str]) -> list[str]:
    """Returns the labels of answers, in the order in which the fact declares them."""
    answers, declared = set(answers), fact.labels()
    ordered = [answer for answer in declared if answer in answers] + sorted(answers - set(declared))
    return [_plain(declared.get(answer, answer)) for answer in ordered]


def _plain(label: str) -> str:
    """A label without its aside: ``law enforcement (also a police academy)``."""
    return re.sub(r" \(also [^)]*\)$", "", label)


def choice_words(fact: Fact, answers: Iterable[str]) -> str:
    """Returns answers to a choice, or to a country, as they read in a sentence."""
    if isinstance(fact, Country):
        return country_words(answers)
    return short_list(labels(fact, answers), most=2 * _MANY)


def answer_words(fact: Fact, value: Any) -> str:
    """Returns an answer by itself: ``yes``, ``Utopia (UT)``, ``internal repression``, ``none``."""
    if value is None or value is UNKNOWN:
        return "unknown"
    if isinstance(value, MemberSet):
        known, unknown = (
            ", ".join(sorted(members) if isinstance(fact, CodeSet) else labels(fact, members))
            for members in (value.known, value.open)
        )
        return f"{known or 'none'}; open: {unknown}" if unknown else known or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(fact, Country):
        return country_words(value.words if isinstance(value, Among) else [value])
    if isinstance(value, Among):
        return listing(labels(fact, value.words))
    return _plain(fact.labels().get(value, str(written(value))))


def short_labels(fact: Fact, answers: Iterable[str]) -> list[str]:
    """Returns answers one by one: countries by their codes, others by their labels."""
    if isinstance(fact, Country):
        return sorted(answers)
    return [_plain(fact.labels().get(word, word)) for word in answers]


# codes ------------------------------------------------------------------------------------------


def member_words(fact: Fact, members: Sequence[str], *, last: str = "or", truth: bool = True) -> str:
    """Returns members of a set, or patterns of codes, as they read in the fact's clause."""
    if isinstance(fact, SetOf):
        return short_list(labels(fact, members), last, 2 * _MANY)
    return pattern_words(members, last=last, truth=truth)


def pattern_words(patterns: Sequence[str], *, last: str = "or", truth: bool = True) -> str:
    """Returns patterns of codes: ``entry 5A001.f``, ``an entry other than 5A001.f``."""
    entries, parents, others = list[str](), list[str](), list[str]()
    for item in patterns:
        pattern = parse_pattern(item)
        if pattern.is_derived and not pattern.excluded:
            parents.append(_parent(pattern))
        elif _ENTRY.fullmatch(item):
            entries.append(item)
        else:
            others.append(_pattern(pattern))
    words: list[str] = []
    if entries:
        words.append(f"{'one of the entries' if len(entries) > 1 else 'entry'} {short_list(entries)}")
    if parents:
        them = "one of them" if parents == entries and len(entries) > 1 else short_list(parents)
        words.append(f"an entry derived from {'it' if parents == entries == parents[:1] else them}")
    text = f", {last} ".join(words + others)
    return (
        text if truth else re.sub(r"\ban entry\b", "any entry", text.replace("one of the", "any of the"))
    )


_ENTRY = re.compile(r"\d[A-E]\d{3}[.\da-z]*")


def _pattern(pattern: Pattern, noun: str = "an entry") -> str:
    text = f"{_entry(pattern, noun)}{_wording(pattern.year)}"
    if pattern.parent:
        text += f" derived from {_parent(pattern)}"
    if not pattern.excluded:
        return text
    others = [item for item in pattern.excluded if not item.is_derived]
    entries = [item.included for item in others]
    parents = [_parent(item) for item in pattern.excluded if item.is_derived]
    words = [_pattern(item, "those") if item.section else item.included for item in others]
    if parents:
        words.append(
            f"what is derived from {'them' if parents == entries else short_list(parents, 'and')}"
        )
    return f"{text} other than {short_list(words, 'and', 2 * _MANY)}"


def _parent(pattern: Pattern) -> str:
    return f"{pattern.parent}{_wording(pattern.parent_year)}"


def _wording(year: str) -> str:
    return f" in the wording of {year}" if year else ""


def _entry(pattern: Pattern, noun: str) -> str:
    if pattern.section:
        return f"{noun} of section {pattern.section} of any category"
    if pattern.entry:
        return f"entry {pattern.code}"
    return f"{noun} of {pattern.code}" if pattern.code else noun


# doubts, powers, citations ----------------------------------------------------------------------


def reading_words(doubt: str, readings: Iterable[str]) -> str:
    """Returns how a doubtful text is interpreted: ``IC-10 is read as “ban”``."""
    quoted = listing([f"“{reading}”" for reading in readings])
    return f"{doubt} is read as {quoted}"


_USE_QUESTION = re.compile(r"(Has|Have) (the [\w’'-]+) (\w+ed\b.*)\?")


def power_words(words: Lexicon, name: str, truth: bool = True) -> str:
    """Returns whether a power was used, from the question about it."""
    power = words.powers.get(name)
    if power is None:
        return f"the power {name} has {'' if truth else 'not '}been used"
    match = _USE_QUESTION.fullmatch(power.question)
    if match is None:
        return f"“{power.question}” – {'yes' if truth else 'no'}"
    verb, subject, rest = match.groups()
    return f"{subject} {verb.lower()} {'' if truth else 'not '}{rest}"


def cite_words(words: Lexicon, cite: object) -> str:
    """Returns a citation; of the text that the reader has open, the place alone."""
    if isinstance(cite, Citation) and cite.instrument == words.home:
        return cite.pinpoint
    return str(cite)
