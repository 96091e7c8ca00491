"""Words for facts, their answers, doubts, powers and citations, in a language.

A language without its own words for a fact quotes the question; names that a law gives, such as those of
terms, readings and tables, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import UNKNOWN, CodeSet, Country, Fact, MemberSet, SetOf, YesNo, countries, written
from regcompare.law import Citation, Instrument
from regcompare.logic.codes import Pattern, parse_pattern
from regcompare.logic.conditions import Among
from regcompare.logic.questions import PowerQuestion, Question
from regcompare.ruleset.rules import Discretion, Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

from .catalogues import ENGLISH, Language

_PLACEHOLDER = "…"
_FORMS = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*))?\}")
"""The wording in ``states`` of a yes and of a no, and in a translation that which follows "whether"."""
_VERB = re.compile(r"\b(is|are|was|were|has|have|can|may|must|will|does|do)\b")
_MANY = 6
"""A list longer than this is cut, and the rest counted."""
_NAMED_COUNTRIES = 3
"""Up to this many countries are named; more are given by their codes."""


@attrs.frozen(eq=False)
class Lexicon:
    """The declarations to which the keys in a condition refer.

    Attributes:
        facts: Facts by key.
        doubts: Interpretations by the key of their question.
        powers: Discretions by their ids.
        home: The text that the reader has open, of which a citation gives the place alone.
        language: The language in which they are said.
    """

    facts: Mapping[str, Fact]
    doubts: Mapping[str, Interpretation] = attrs.field(factory=dict)
    powers: Mapping[str, Discretion] = attrs.field(factory=dict)
    home: Instrument | None = None
    language: Language = ENGLISH

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


def short_list(
    words: Sequence[str], last: str = "or", most: int = _MANY, language: Language = ENGLISH
) -> str:
    """Returns a list in a sentence; of a long one, its first words and the number of the others."""
    say = language.say
    if len(words) <= most:
        return listing(words, say(last))
    shown = most // 2 + 1
    return listing([*words[:shown], say("{number} others", number=len(words) - shown)], say(last))


def country_words(codes: Iterable[str], language: Language = ENGLISH) -> str:
    """Returns countries by name where they are few, else by code."""
    codes, say = sorted(codes), language.say
    if len(codes) > _NAMED_COUNTRIES:
        return say("one of {codes}", codes=short_list(codes, language=language))
    names = countries()
    return listing([f"{say(names.get(code, code))} ({code})" for code in codes], say("or"))


# statements -------------------------------------------------------------------------------------


def statement(fact: Fact, truth: bool | None = True, language: Language = ENGLISH) -> str:
    """Returns what a yes, or a no, says; for other kinds of fact, the words that an answer completes.

    For a fact that declares no such words, or none in this language, its question is quoted.

    Args:
        fact: The fact.
        truth: Yes or no; None for a clause that follows "whether".
        language: The language.
    """
    words = language.say(fact.states)
    if not words or language.left_in(fact.states):
        return _quoted(fact, truth is not False, language)
    if _FORMS.search(words):
        return _FORMS.sub(lambda forms: _form(forms, truth), words)
    if truth is False:
        return _quoted(fact, False, language) if language.mark else negated(words)
    return words


def _form(forms: re.Match[str], truth: bool | None) -> str:
    if truth is None and forms[3] is not None:
        return forms[3]
    return forms[2] if truth is False else forms[1]


def _quoted(fact: Fact, truth: bool, language: Language) -> str:
    say = language.say
    if isinstance(fact, YesNo):
        return say("“{question}” – yes" if truth else "“{question}” – no", question=say(fact.question))
    return f"“{say(fact.question)}” –" + ("" if truth else f" {say('not')}")


def negated(clause: str) -> str:
    """Returns the negation of a clause in English, with "not" after its first verb."""
    verb = _VERB.search(clause)
    if verb is None:
        return f"it is not the case that {clause}"
    start, end = verb.span()
    return clause[:start] + ("cannot" if verb[0] == "can" else f"{verb[0]} not") + clause[end:]


def answer_clause(
    fact: Fact, answer: str, truth: bool | None = True, language: Language = ENGLISH
) -> str:
    """Returns the clause that a fact and an answer make: ``the end user is a university``."""
    words = statement(fact, truth, language)
    if _PLACEHOLDER not in words:
        return f"{words} {answer}"
    head, other_than, rest = answer.partition(" other than ")
    return words.replace(_PLACEHOLDER, head) + other_than + rest


def literal_words(
    words: Lexicon, questions: Sequence[Question], truth: bool | None, last: str = "or"
) -> str:
    """Returns what a yes, or a no, to questions about one fact, members of one set or a power says."""
    first, language = questions[0], words.language
    fact = words.facts.get(first.fact)
    if fact is not None and first.member:
        members = [question.member for question in questions]
        asked = member_words(fact, members, last=last, truth=truth is not False, language=language)
        return answer_clause(fact, asked, truth, language)
    if fact is not None:
        return statement(fact, truth, language)
    if isinstance(first, PowerQuestion):
        return power_words(words, first.id, truth is not False)
    return f"{first.key}: {language.say('no' if truth is False else 'yes')}"


def day_name(fact: Fact, language: Language = ENGLISH) -> str:
    """Returns a day as a noun: ``the day of the facts``."""
    if fact.states:
        return language.say(fact.states.removesuffix(" is"))
    return language.say("the day asked for by “{question}”", question=language.say(fact.question))


# answers ----------------------------------------------------------------------------------------


def labels(fact: Fact, answers: Iterable[str], language: Language = ENGLISH) -> list[str]:
    """Returns the labels of answers, in the order in which the fact declares them."""
    answers, declared = set(answers), fact.labels()
    ordered = [answer for answer in declared if answer in answers] + sorted(answers - set(declared))
    return [language.say(_plain(declared.get(answer, answer))) for answer in ordered]


def _plain(label: str) -> str:
    """A label without its aside: ``law enforcement (also a police academy)``."""
    return re.sub(r" \(also [^)]*\)$", "", label)


def choice_words(fact: Fact, answers: Iterable[str], language: Language = ENGLISH) -> str:
    """Returns answers to a choice, or to a country, as they read in a sentence."""
    if isinstance(fact, Country):
        return country_words(answers, language)
    return short_list(labels(fact, answers, language), most=2 * _MANY, language=language)


def answer_words(fact: Fact, value: Any, language: Language = ENGLISH) -> str:
    """Returns an answer by itself: ``yes``, ``Utopia (UT)``, ``internal repression``, ``none``."""
    say = language.say
    if value is None or value is UNKNOWN:
        return say("unknown")
    if isinstance(value, MemberSet):
        known, unknown = (
            ", ".join(sorted(members) if isinstance(fact, CodeSet) else labels(fact, members, language))
            for members in (value.known, value.open)
        )
        known = known or say("none")
        return say("{known}; open: {open}", known=known, open=unknown) if unknown else known
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if isinstance(fact, Country):
        return country_words(value.words if isinstance(value, Among) else [value], language)
    if isinstance(value, Among):
        return listing(labels(fact, value.words, language), say("or"))
    return say(_plain(fact.labels()[value]) if value in fact.labels() else written(value))


def short_labels(fact: Fact, answers: Iterable[str]) -> list[str]:
    """Returns answers one by one: countries by their codes, others by their labels."""
    if isinstance(fact, Country):
        return sorted(answers)
    return [_plain(fact.labels().get(word, word)) for word in answers]


# codes ------------------------------------------------------------------------------------------


def member_words(
    fact: Fact,
    members: Sequence[str],
    *,
    last: str = "or",
    truth: bool = True,
    language: Language = ENGLISH,
) -> str:
    """Returns members of a set, or patterns of codes, as they read in the fact's clause."""
    if isinstance(fact, SetOf):
        return short_list(labels(fact, members, language), last, 2 * _MANY, language)
    return pattern_words(members, last=last, truth=truth, language=language)


def pattern_words(
    patterns: Sequence[str], *, last: str = "or", truth: bool = True, language: Language = ENGLISH
) -> str:
    """Returns patterns of codes: ``entry 5A001.f``, ``an entry other than 5A001.f``."""
    entries, parents, others = list[str](), list[str](), list[str]()
    for item in patterns:
        pattern = parse_pattern(item)
        if pattern.is_derived and not pattern.excluded:
            parents.append(_parent(pattern, language))
        elif _ENTRY.fullmatch(item):
            entries.append(item)
        else:
            others.append(_pattern(pattern, language))
    words, say = list[str](), language.say
    if entries:
        codes = short_list(entries, language=language)
        several = len(entries) > 1
        words.append(say("one of the entries {codes}" if several else "entry {codes}", codes=codes))
    if parents and parents == entries:
        words.append(
            say("an entry derived from it" if len(parents) == 1 else "an entry derived from one of them")
        )
    elif parents:
        words.append(say("an entry derived from {codes}", codes=short_list(parents, language=language)))
    text = f", {say(last)} ".join(words + others)
    if truth or language.mark:
        return text
    return re.sub(r"\ban entry\b", "any entry", text.replace("one of the", "any of the"))


_ENTRY = re.compile(r"\d[A-E]\d{3}[.\da-z]*")


def _pattern(pattern: Pattern, language: Language) -> str:
    say = language.say
    text = f"{_entry(pattern, language)}{_wording(pattern.year, language)}"
    if pattern.parent:
        text = say("{entry} derived from {parent}", entry=text, parent=_parent(pattern, language))
    if not pattern.excluded:
        return text
    others = [item for item in pattern.excluded if not item.is_derived]
    entries = [item.included for item in others]
    parents = [_parent(item, language) for item in pattern.excluded if item.is_derived]
    words = [
        say("those of section {code} of any category", code=item.section)
        if item.section
        else item.included
        for item in others
    ]
    if parents == entries and parents:
        words.append(say("what is derived from them"))
    elif parents:
        words.append(
            say("what is derived from {codes}", codes=short_list(parents, "and", language=language))
        )
    without = short_list(words, "and", 2 * _MANY, language)
    return say("{entry} other than {others}", entry=text, others=without)


def _parent(pattern: Pattern, language: Language) -> str:
    return f"{pattern.parent}{_wording(pattern.parent_year, language)}"


def _wording(year: str, language: Language) -> str:
    return language.say(" in the wording of {year}", year=year) if year else ""


def _entry(pattern: Pattern, language: Language) -> str:
    say = language.say
    if pattern.section:
        return say("an entry of section {code} of any category", code=pattern.section)
    if pattern.entry:
        return say("entry {codes}", codes=pattern.code)
    return say("an entry of {code}", code=pattern.code) if pattern.code else say("an entry")


# doubts, powers, citations ----------------------------------------------------------------------


def reading_words(doubt: str, readings: Iterable[str], language: Language = ENGLISH) -> str:
    """Returns how a doubtful text is interpreted: ``IC-10 is read as “ban”``."""
    say = language.say
    quoted = listing([say("“{reading}”", reading=reading) for reading in readings], say("or"))
    return say("{doubt} is read as {readings}", doubt=doubt, readings=quoted)


_USE_QUESTION = re.compile(r"(Has|Have) (the [\w’'-]+) (\w+ed\b.*)\?")


def power_words(words: Lexicon, name: str, truth: bool = True) -> str:
    """Returns whether a power was used, from the question about it."""
    power, say = words.powers.get(name), words.language.say
    if power is None:
        return say(
            "the power {name} has been used" if truth else "the power {name} has not been used",
            name=name,
        )
    match = _USE_QUESTION.fullmatch(power.question)
    if match is None or words.language.mark:
        return say("“{question}” – yes" if truth else "“{question}” – no", question=say(power.question))
    verb, subject, rest = match.groups()
    return f"{subject} {verb.lower()} {'' if truth else 'not '}{rest}"


def cite_words(words: Lexicon, cite: object) -> str:
    """Returns a citation; of the text that the reader has open, the place alone."""
    if isinstance(cite, Citation) and cite.instrument == words.home:
        return cite.pinpoint
    return str(cite)
