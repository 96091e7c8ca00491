"""What is said first of the documented cases: the gap, and three sentences with their counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from regcompare.law import Checked
from regcompare.ruleset.reports import ALL_TESTS, READINGS
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import Readings, assess_all
from regcompare.verdict.verdict import Verdict
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .classes import ClassSlug
from .headline import Headline, count_in_words, headline, noun


@attrs.frozen
class MessageTexts:
    """What is said first of the documented cases, beside what is counted.

    Attributes:
        gap: What the rules leave open, in lines.
        exceptions: Where that does not hold; never shown without it.
        before: The id of an act.
        after: The id of the act that replaced it.
        whole: The id of the law with its sister instruments, read on the day of each case.
        asked: The id of what is asked for instead.
        unassumed: Why less is certain with nothing assumed.
        objections: The strongest objection to each sentence, with its answer.
    """

    gap: tuple[str, ...]
    exceptions: str
    before: str
    after: str
    whole: str
    asked: str
    unassumed: str = ""
    objections: tuple[str, ...] = ()

    def all_texts(self) -> tuple[str, ...]:
        """Returns every text, for translators."""
        return (*self.gap, self.exceptions, self.unassumed, *self.objections)


@attrs.frozen(slots=False)
class Message:
    """What is said first of the documented cases.

    Attributes:
        texts: What is said beside what is counted.
        cases: The cases.
        rulesets: The rulesets by id.
        readings: Readings of doubtful texts.
        language: The language of the sentences.
    """

    texts: MessageTexts
    cases: tuple[Scenario, ...] = attrs.field(repr=False)
    rulesets: Mapping[str, Ruleset] = attrs.field(repr=False)
    readings: Readings = None
    language: Language = ENGLISH

    # the counts -------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> tuple[Headline, ...]:
        """The counts behind the sentences, one row for each law and day.

        The earlier act on its reference day and its last day, the later act on its first day, the law
        with its sister instruments on the day of each case, and what is asked for instead.
        """
        texts = self.texts
        before, after = (self.rulesets[name] for name in (texts.before, texts.after))
        last = before.period.last_day if before.period else None
        first = after.period.start if after.period else None
        whole, asked = (self.rulesets[name] for name in (texts.whole, texts.asked))
        days = ((before, None), (before, last), (after, first), (whole, None), (asked, None))
        return tuple(headline(ruleset, self._assess(ruleset, day)) for ruleset, day in days)

    @cached_property
    def decided(self) -> Counter[str]:
        """What became of what certainly needed a licence on its day; mere offers are left out."""
        whole = self.rulesets[self.texts.whole]
        made = (
            item for item in self._assess(whole) if item.original.record_group not in (None, "offers")
        )
        row = Headline(whole, tuple(made))
        parts = row.deals("undisputed")
        return Counter(_decision(item.scenario for item in parts[name]) for name in _licensed(row))

    def _assess(self, ruleset: Ruleset, day: dt.date | None = None) -> Sequence[Verdict]:
        known = {doubt.id for part in ruleset.parts() for doubt in part.doubts} | {ALL_TESTS}
        chosen = self.readings
        if isinstance(chosen, Mapping):
            chosen = {name: value for name, value in chosen.items() if name in known}
        return assess_all(self.cases, ruleset, as_of=day, readings=chosen)

    # the sentences ----------------------------------------------------------------------------

    @property
    def gap(self) -> list[str]:
        """What the rules leave open, in lines."""
        return list(map(self.language.say, self.texts.gap))

    @property
    def exceptions(self) -> str:
        """Where that does not hold; never shown without it."""
        return self.language.say(self.texts.exceptions)

    @property
    def claims(self) -> list[tuple[str, str]]:
        """What a licence was needed for, what had to be refused, what was decided: sentences to quote.

        Each comes with the strongest objection to it and its answer; blank for none.
        """
        sentences = (self._licence_claim(), self._refusal_claim(), self._decision_claim())
        objections = map(self.language.say, (*self.texts.objections, "", "", ""))
        return list(zip(sentences, objections, strict=False))

    def _counted(self, row: Headline, slug: ClassSlug) -> str:
        return count_in_words(row.reaching(slug), self.language)

    def _licence_claim(self) -> str:
        say, (early, row, first, *_) = self.language.say, self.rows
        lead = say(
            "Of {count} {noun}, {before} required a licence for {last} on its last day ({last_day}), "
            "and {after} for {first} on its first ({first_day}).",
            count=row.count,
            noun=say(noun(row.group, row.count)),
            before=say(row.ruleset.title),
            after=say(first.ruleset.title),
            last=self._counted(row, "licence"),
            first=self._counted(first, "licence"),
            last_day=row.as_of,
            first_day=first.as_of,
        )
        change = say(
            "The list changed that, not the act: under the list of {day}, {before} required one for "
            "{early}."
            if _licensed(row) == _licensed(first) != _licensed(early)
            else "Under the list of {day}, {before} required one for {early}.",
            day=early.as_of,
            before=say(row.ruleset.title),
            early=self._counted(early, "licence"),
        )
        told = [item.ends for item in first.classes("undisputed").values()]
        new = say(
            "New is a duty to tell the authority: certain for {certain} of the others, possible for "
            "{open}.",
            certain=sum(ends == ("tell", "tell") for ends in told) or say("none"),
            open=sum(ends == ("free", "tell") for ends in told) or say("none"),
        )
        return f"{lead} {change} {new}"

    def _refusal_claim(self) -> str:
        say, (early, *acts, law, asked) = self.language.say, self.rows
        titles = listing([say(row.ruleset.title) for row in acts], say("and"))
        none = all(row.reaching("refuse").at_most == 0 for row in (*acts, early))
        alone = say(
            "Alone, {titles} oblige no authority to refuse any of them because of the harm, even at "
            "most; a state's own ban apart."
            if none
            else "Alone, {titles} require refusal or a ban for {numbers}.",
            titles=titles,
            numbers=listing([self._counted(row, "refuse") for row in acts], say("and")),
        )
        whole = say(
            "With the sanctions and the Common Position of the day of each deal, {law} requires refusal "
            "or a ban for {whole}; {asked} would require it for {refused}.",
            law=say(law.ruleset.title),
            whole=self._counted(law, "refuse"),
            asked=say(asked.ruleset.title),
            refused=self._counted(asked, "refuse"),
        )
        return f"{alone} {whole}"

    def _decision_claim(self) -> str:
        say, decided = self.language.say, self.decided
        parts = [say(words, number=decided[key]) for key, words in DECIDED.items() if decided[key]]
        return say(
            "Of {count} deals, licences, applications and uses on record that certainly needed a "
            "licence on their day, {decisions}.",
            count=decided.total(),
            decisions=listing(parts, say("and")),
        )

    # how it is known --------------------------------------------------------------------------

    @property
    def reading_sentence(self) -> str:
        """Which reports count, as a sentence; blank where no text asks about reports."""
        levels = {
            reading
            for row in self.rows
            for verdict in row.verdicts[:1]
            for doubt, reading in verdict.assumed
            if reading and set(doubt.readings) <= set(READINGS)
        }
        if not levels:
            return ""
        names = listing(
            [f"“{level}”" for level in READINGS if level in levels], self.language.say("and")
        )
        return self.language.say(
            "Earlier reports count as near as {levels} (--reading reports=LEVEL).", levels=names
        )

    @property
    def known_sentence(self) -> str:
        """How the law behind the certain counts is known, as a sentence."""
        marks: Counter[Checked] = Counter()
        for row in self.rows:
            marks.update(row.marks)
        return self.language.say(
            "Of {count} results counted as certain, {official} rest on official texts and {less} on "
            "less: `regcompare evidence` shows on what.",
            count=marks.total(),
            official=marks[Checked.TEXT],
            less=marks.total() - marks[Checked.TEXT],
        )


def message_of(
    texts: MessageTexts | None,
    cases: Iterable[Scenario],
    rulesets: Mapping[str, Ruleset],
    readings: Readings = None,
    language: Language = ENGLISH,
) -> Message | None:
    """Returns what is said first of cases; None without deals, or without a ruleset that it names."""
    cases = tuple(cases)
    if texts is None or not any(case.record_group == "deals" for case in cases):
        return None
    needed = (texts.before, texts.after, texts.whole, texts.asked)
    if any(name not in rulesets for name in needed):
        return None
    return Message(texts, cases, rulesets, readings, language)


DECIDED: Mapping[str, str] = {
    "granted": "{number} were granted one",
    "revoked": "{number} were granted one that was later revoked",
    "refused": "{number} were refused",
    "never": "{number} never asked",
    "pending": "{number} were withdrawn, suspended or not decided",
    "unknown": "for {number} the decision is not known",
}
"""What became of exports, for counts."""
_DECISION_AS: Mapping[str, str] = {
    "none_needed": "never", "not_applied": "never", "applied": "pending", "suspended": "pending",
    "withdrawn": "pending",
}  # fmt: skip


def _decision(parts: Iterable[Scenario]) -> str:
    """What became of an export; of several parts the first whose decision is known counts."""
    decisions = (case.record.decision for case in parts if case.record)
    decision: str = next((item for item in decisions if item != "unknown"), "unknown")
    return _DECISION_AS.get(decision, decision)


def _licensed(row: Headline) -> list[str]:
    """The deals that certainly need a licence."""
    return [name for name, item in row.classes("undisputed").items() if item.is_at_least("licence")]
