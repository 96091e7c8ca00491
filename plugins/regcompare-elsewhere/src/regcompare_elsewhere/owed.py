"""The requirements of the law of the day in a documented sale: a licence, a refusal, a ban.

Provisions are applied to the facts as reported, and the record of the case says what was done.  The two
are set side by side, and nothing is concluded about anyone.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, joined
from regcompare.comparison.classes import classify
from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.measures import pluralise
from regcompare.comparison.populations import Population, populations_of
from regcompare.comparison.tidy import Tabular
from regcompare.logic.conditions import ends_of
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import Decision, Scenario
from regcompare.verdict.assess import Readings, assess
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.views.document import (
    Block,
    Bullets,
    Document,
    Inline,
    Link,
    Note,
    Paragraph,
    Strong,
    Table,
)
from regcompare.views.gates import word_of
from regcompare.views.render import Form, written
from regcompare.views.sentences import (
    DECISION_WORDS,
    IN_ENGLISH,
    NOT_ADVICE,
    mark_words,
    record_lines,
    source_line,
)
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import lexicon, listing
from regcompare.words.reasons import reasons

CAVEAT = (
    "What a provision required is what it says of the facts as the sources report them, by this "
    "project's reading. It is not a finding by a court or an authority, nor a statement about the "
    "conduct or the knowledge of a person or a company. An authority may have had other facts before "
    "it. What could be known is judged by the day on which the sources of the case were published, and "
    "by no other."
)

_BY = {
    Outcome.NOTIFICATION: "the exporter",
    Outcome.AUTHORISATION: "the exporter",
    Outcome.SUSPENSION: "the exporter and the authority",
    Outcome.REFUSAL: "the authority",
    Outcome.PROHIBITION: "the exporter",
}
"""The person or body bound by each outcome, if the provision names nobody."""

_LEAST = Outcome.NOTIFICATION
"""The mildest outcome that asks something of anyone."""


@attrs.frozen(eq=False)
class Requirement:
    """A provision in force that day that requires something, or may, depending on open facts.

    Attributes:
        verdict: The case under the law of the day.
        finding: The provision and whether it holds.
        is_certain: Whether it requires this on the known facts.
    """

    verdict: Verdict
    finding: Finding
    is_certain: bool

    def __data__(self) -> dict[str, Any]:
        return {
            "finding": self.finding,
            "as_of": self.as_of,
            "by": self.by,
            "states": self.finding.rule.states,
            "is_certain": self.is_certain,
            "depends_on": self.depends_on,
        }

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law was applied."""
        return self.verdict.as_of

    @property
    def by(self) -> str:
        """The person or body that had to act."""
        rule = self.finding.rule
        return rule.review[0].found_by if rule.review else _BY[self.outcome]

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The open reasons, in words, where it is not certain."""
        if self.is_certain:
            return ()
        ruleset, answers = self.verdict.ruleset, self.verdict.answers
        known = {**self.verdict.known.values, **answers}
        words = lexicon(ruleset)
        scope = self.verdict.derivation(self.verdict.program.scope)
        if self.finding.holds and scope.truth is None:  # The provision is met; its law may not apply.
            return tuple(item.text for item in reasons(scope, words, answers=known))
        words = words.within(self.finding.rule.cite.instrument)
        return tuple(item.text for item in reasons(self.finding.derivation, words, answers=known))

    @property
    def outcome(self) -> Outcome:
        """The outcome that it requires."""
        return self.finding.rule.then


@attrs.frozen
class KnownSources:
    """The sources of a case, by whether they were published before the decision.

    Attributes:
        before: Published before it, for certain.
        unclear: Published about then, or on a day that is not known.
        after: Published after it, for certain.
    """

    before: tuple[Source, ...]
    unclear: tuple[Source, ...]
    after: tuple[Source, ...]


@attrs.frozen(eq=False)
class DutyRecord:
    """One documented sale: what the law of the day required, what was known by then, what was done.

    Attributes:
        scenario: The case.
        verdicts: The case under each law in force that day that covers it, or may.
        requirements: What they require, or may.
        known: What had been published by then.
        not_yet: Laws that follow no other encoded one and were not in force yet.
    """

    scenario: Scenario
    verdicts: tuple[Verdict, ...]
    requirements: tuple[Requirement, ...]
    known: KnownSources
    not_yet: tuple[Ruleset, ...] = ()

    def __data__(self) -> dict[str, Any]:
        return {
            "scenario": self.scenario,
            "title": self.scenario.title,
            "date": self.scenario.date,
            "verdicts": self.verdicts,
            "requirements": self.requirements,
            "decision": self.decision,
            "disputed": self.scenario.disputed,
            "known": self.known,
        }

    @property
    def decision(self) -> Decision:
        """The decision on the licence."""
        return self.scenario.record.decision if self.scenario.record else "unknown"


@attrs.frozen(repr=False)
class Owed(Drawn, Tabular[DutyRecord]):
    """The requirements of the law of the day for records whose decision is known, and what was done.

    Attributes:
        records: The cases, each with the provisions of the law of its day.
        licence: In how many records a licence was required.
        refusal: In how many a refusal or a ban was.
    """

    records: tuple[DutyRecord, ...]
    licence: Count
    refusal: Count
    _ITEMS = "records"

    def __repr__(self) -> str:
        return f"<Owed: {len(self.records)} cases, {len(self.licence)} records>"

    def __getitem__(self, place: int) -> DutyRecord:
        return self.records[place]

    def finding(self) -> Claim:
        """Returns the finding: what was required, and what was done of that of which it is certain."""
        return joined(self._claims())

    def text(self, form: Form = "table", lang: str = "en") -> str:
        """Returns it in a form, with links to the law in a language."""
        data = {
            "findings": list(map(str, self._claims())),
            "counts": [self.licence.row(), self.refusal.row()],
            "caveat": CAVEAT,
            "sales": self.records,
        }
        return written(form, lambda: self.document(lang), data, lang=lang)

    def document(self, lang: str = "en", language: Language = ENGLISH) -> Document:
        """Returns the finding, the caveat, and each sale with what the law of its day required."""
        say, mark = language.say, language.mark
        heads = (
            *("case", "what the law of the day required", "published by then"),
            "what was done, as reported",
        )
        rows = [_table_row(sale, lang) for sale in self.records]
        claims = [claim.sentence(language) for claim in self._claims()]
        said = [*claims, say(CAVEAT), *([say(IN_ENGLISH)] if mark else [])]
        table = Table("What was required, what was known and what was done", heads, rows, folds=True)
        notice = Paragraph(say(NOT_ADVICE), lang=mark)
        return Document("", [*(Paragraph(text, lang=mark) for text in said), table, notice])

    def _claims(self) -> Iterator[Claim]:
        """Claims on how many needed what, and on what was done where that is certain."""
        licence, refusal = self.licence, self.refusal
        if not len(licence):
            yield Claim("No case with a recorded decision.")
            return
        law, counted = licence.laws[0], licence.population
        if outside := licence.outside.total():
            yield Claim(
                "{law} covers {covered} of {all} {noun} on the day of each.",
                {"covered": licence.of, "all": len(counted), "noun": counted.noun(len(counted)),
                 "law": law.ruleset.title},
                (licence,),
            )  # fmt: skip
            if not licence.of:
                return
        yield Claim(
            "Of the {of} it required a licence for {licence}." if outside
            else "Of {of} {noun}, {law} on the day of each required a licence for {licence}.",
            {"of": licence.of, "noun": counted.noun(licence.of), "law": law.ruleset.title,
             "licence": licence},
        )  # fmt: skip
        if done := tuple(_done(licence.those("yes"))):
            yield Claim(
                "In the {certain} of which that is certain, the licence was: {done}.",
                {"certain": licence.certain, "done": done},
            )
        yield Claim("It required a refusal or a ban for {refusal}.", {"refusal": refusal})
        if still_open := len(licence.groups["open"]):
            yield Claim(
                "For the {open} that are open as to the licence, what was done says nothing of what was "
                "required.",
                {"open": still_open},
            )

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", [(self.licence, self.refusal)])}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each case and requirement of a law, or one without any."""
        return [
            row
            for item in self.records
            for row in map(partial(_row, item), item.requirements or (None,))
        ]


def _row(item: DutyRecord, requirement: Requirement | None) -> dict[str, Any]:
    case, rule = item.scenario, requirement and requirement.finding.rule
    return {
        "record": case.counted_as, "scenario": case.id, "title": case.title,
        "record_kind": case.record_kind, "date": case.date, "decision": item.decision,
        "decision_disputed": is_contested(case),
        "law": requirement and requirement.verdict.ruleset.id,
        "as_of": requirement and requirement.as_of,
        "cite": rule and str(rule.cite), "requires": requirement and requirement.outcome.word,
        "by": requirement and requirement.by, "certain": requirement and requirement.is_certain,
        "checked": requirement and str(requirement.finding.checked),
        "published_before": len(item.known.before), "published_after": len(item.known.after),
    }  # fmt: skip


def is_contested(case: Scenario) -> bool:
    """Returns whether what was done rests on what somebody disputes or a court has still to decide."""
    return any(item.fact == "record" for item in case.disputed)


def owed(
    scenarios: Iterable[Scenario],
    rulesets: Sequence[Ruleset],
    whole: Ruleset | None = None,
    readings: Readings = None,
) -> Owed:
    """Returns for each sale whose decision is on record what the law of the day required.

    Each law is read on the day of the facts, and counts where it is in force and covers the sale, or
    may; ``whole`` is a ruleset that combines them, if there is one.
    """
    scenarios = list(scenarios)
    decided = [case for case in scenarios if case.record and case.record.decision != "unknown"]
    records = tuple(_duty_record(case, rulesets, readings) for case in decided)
    population = populations_of(scenarios)["decided"]
    law = Law(_together(rulesets, whole), "scenario")
    counting = Counting(lambda: None, readings)  # No question is about two laws.
    counts = (counting.count(asked, population, law) for asked in ("licence", "refuse"))
    return Owed(records, *counts)


def _together(rulesets: Sequence[Ruleset], whole: Ruleset | None) -> Ruleset:
    """The laws as one: that which combines them, or a combination made for this."""
    if len(rulesets) == 1:
        return rulesets[0]
    if whole and {item.id for item in rulesets} <= {part.id for part in whole.parts()}:
        return whole
    return rulesets[0].combined_with(*rulesets[1:], id="laws-of-the-day", title="the law")


def _duty_record(case: Scenario, rulesets: Sequence[Ruleset], readings: Readings) -> DutyRecord:
    verdicts = [assess(case, item, as_of="scenario", readings=readings) for item in rulesets]
    applied = tuple(
        item for item in verdicts if item.in_force is not False and item.in_scope is not False
    )
    requirements = (item for verdict in applied for item in _requirements(verdict))
    not_yet = (item.ruleset for item in verdicts if _is_before_any_act(item))
    return DutyRecord(case, applied, tuple(requirements), _known_sources(case), tuple(not_yet))


def _is_before_any_act(verdict: Verdict) -> bool:
    """Returns whether the sale is older than a law that follows no other encoded one."""
    period, (_, last) = verdict.ruleset.period, ends_of(verdict.scenario.known_day)
    is_first = not verdict.ruleset.succeeds
    return bool(is_first and last and period and period.start and last < period.start)


def _requirements(verdict: Verdict) -> Iterator[Requirement]:
    """The provisions that require something and that no other provision surely overrides."""
    for finding in (*verdict.holding, *verdict.open):
        if finding.rule.then >= _LEAST and not finding.is_overridden:
            is_certain = bool(finding.holds and not finding.overridden_by and verdict.in_scope)
            yield Requirement(verdict, finding, is_certain)


# what was known -----------------------------------------------------------------------------------


def _known_sources(case: Scenario) -> KnownSources:
    first, last = ends_of(case.known_day)
    decided = case.record.date if case.record else ""
    decision = _day_range(decided) or ((first, last) if first and last else None)
    groups: dict[str, list[Source]] = {"before": [], "unclear": [], "after": []}
    for source in case.sources:
        publication = _day_range(source.date)
        if decision is None or publication is None:
            groups["unclear"].append(source)
        elif publication[1] < decision[0]:
            groups["before"].append(source)
        else:
            groups["after" if publication[0] > decision[1] else "unclear"].append(source)
    return KnownSources(**{name: tuple(items) for name, items in groups.items()})


def _day_range(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a day, a month or a year; None for anything else."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    last = month or 12
    return (dt.date(year, month or 1, day or 1), dt.date(year, last, day or monthrange(year, last)[1]))


# as a document ------------------------------------------------------------------------------------

_REQUIRED = {
    Outcome.NOTIFICATION: "the exporter had to notify the authority",
    Outcome.AUTHORISATION: "the exporter had to apply for a licence",
    Outcome.SUSPENSION: "the export had to wait",
    Outcome.REFUSAL: "a licence had to be refused",
    Outcome.PROHIBITION: "the export was banned",
}
"""Clauses on what each outcome required."""


def _done(records: Population) -> Iterator[Claim]:
    """Clauses on what was done: each decision with its number and, without one, with its kinds."""
    for decision, text in DECISIONS.items():
        found = [record for record in records if record.decision == decision]
        kinds = Counter(record.group for record in found)
        by_kind = tuple(Claim(KINDS[group], {"number": kinds[group]}) for group in KINDS if kinds[group])
        clause = Claim(text, {"number": len(found), "kinds": by_kind})
        if contested := sum(any(map(is_contested, record.parts)) for record in found):
            clause = Claim("{clause} ({contested} disputed)", {"clause": clause, "contested": contested})
        if found:
            yield clause


DECISIONS = {
    "granted": "granted in {number}",
    "revoked": "granted and later revoked in {number}",
    "refused": "refused in {number}",
    "suspended": "suspended in {number}",
    "withdrawn": "the application withdrawn in {number}",
    "applied": "applied for in {number}, with no decision known",
    "none_needed": "held not to be needed in {number}",
    "not_applied": "no application on record in {kinds}",
}
"""Clauses on what was done; that no application is on record is not that something was sold."""
KINDS = {
    "deals": "{number} of a delivery or contract",
    "uses_found": "{number} of a use found",
    "licences": "{number} of a licence",
    "refused_or_withdrawn": "{number} of an application",
    "offers": "{number} of an offer",
}
"""Clauses on what is on record."""


# one sale -----------------------------------------------------------------------------------------


def _table_row(sale: DutyRecord, lang: str) -> tuple[Any, ...]:
    case, is_known = sale.scenario, sale.requirements or not sale.not_yet
    in_short = word_of(classify(sale.verdicts)).lower() if is_known else "not known"
    required = [
        block for requirement in sale.requirements for block in _requirement_blocks(requirement, lang)
    ]
    return (
        [
            Strong(case.title or case.id),
            Note(f"{case.id}, {case.known_day or 'day not known'}"),
            f"Law of the day: {in_short}. On record: {DECISION_WORDS[sale.decision]}.",
        ],
        required or [_no_requirement(sale, lang)],
        list(_publication_blocks(sale)),
        [*record_lines(case), *(Note(f"Disputed: {dispute.note}") for dispute in case.disputed)],
    )


def _no_requirement(sale: DutyRecord, lang: str) -> tuple[Inline, ...] | str:
    if sale.not_yet:
        titles = listing([ruleset.title for ruleset in sale.not_yet], "and")
        earlier = " ".join(dict.fromkeys(item.earlier for item in sale.not_yet if item.earlier))
        return f"Not known: it was before {titles}. {earlier or 'What applied then is not encoded.'}"
    if not sale.verdicts:
        return "None of the laws applied covered such a sale on that day."
    texts = (
        Link(f"{verdict.ruleset.title} as of {sale.scenario.known_day}", text.url(verdict.as_of, lang))
        for verdict in sale.verdicts
        for text in verdict.ruleset.instruments[:1]
    )
    laws = [piece for link in texts for piece in (link, "; ")]
    return ("Nothing, by what is encoded here of ", *laws[:-1], ".")


def _requirement_blocks(requirement: Requirement, lang: str) -> Iterator[Block | tuple[Inline, ...]]:
    """The requirement of a provision, with its citation, the finding it takes, and what is open."""
    rule, day = requirement.finding.rule, requirement.verdict.as_of
    span = day or requirement.verdict.scenario.known_day
    duty = _REQUIRED[requirement.outcome]
    finding = f", on the finding of {rule.states}" if rule.states else ""
    yield (
        "" if requirement.is_certain else "Not certain: ",
        Link(str(rule.cite), rule.cite.url(day, lang)),
        f"{mark_words(requirement.finding.checked)}, as of {span}: {duty}{finding}.",
    )
    if not requirement.is_certain:
        yield Bullets(requirement.depends_on)


def _publication_blocks(sale: DutyRecord) -> Iterator[Any]:
    yield Bullets(map(source_line, sale.known.before)) or "No source of the case is known to be older."
    others = {"of about then or undated": sale.known.unclear, "later": sale.known.after}
    counts = [f"{pluralise(len(group), 'source')} {words}" for words, group in others.items() if group]
    if counts:
        yield Note(f"{listing(counts, 'and')}.")
