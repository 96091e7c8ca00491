"""The citation of one result: a sentence to quote, a footnote and BibTeX."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any, Literal, get_args

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.data import to_data
from regcompare.comparison.layers import undisputed
from regcompare.comparison.measures import pluralise
from regcompare.comparison.receipts import SOFTWARE, facts_hash, hash_of, law_hash, version
from regcompare.law import Citation
from regcompare.scenario.files import SUFFIXES
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import plain
from regcompare.views.escapes import latex, safe_address
from regcompare.views.sentences import (
    NOT_ADVICE,
    known_from,
    may_move,
    result_words,
    verdict_sentence,
)
from regcompare.words.lexicon import listing

from .case_record import dispute_lines, record_sentence, reply_lines

AUTHORS = "The regcompare authors"
"""The name of the authors, as in CITATION.cff."""

CiteForm = Literal["text", "bibtex", "json"]
CITE_FORMS: tuple[CiteForm, ...] = get_args(CiteForm)


@attrs.frozen
class CitedResult:
    """A result with everything that somebody else needs to find and check it.

    Attributes:
        sentence: The result as a sentence to quote.
        footnote: The basis of the sentence, in one paragraph.
        bibtex: An entry for the result and one for each text of law.
        version: The version of the library.
        scenario: The id of the case.
        ruleset: The id of the regime.
        result: The outcome or span, as files write it.
        as_of: The day whose law was applied; None if it is not known.
        mark: The evidence level of the law behind the result; None if no provision decides.
        scenario_sha256: A hash of what the case states and assumes; see ``facts_hash``.
        ruleset_sha256: A hash of the ruleset with its tables on that day; see ``law_hash``.
        command: What prints the result again.
        links: The provisions, each with its effect on the result and the address of its official text,
            blank if none is known.
        sources: The sources of the case, each with its address, blank if none is known.
        record: What is on record, and what happened on the day of the case.
        disputes: What is disputed, by whom, in a sentence each.
        replies: What those who are named say, or where an answer was looked for.
    """

    sentence: str
    footnote: str
    bibtex: str
    version: str
    scenario: str
    ruleset: str
    result: str
    as_of: str | None
    mark: str | None
    scenario_sha256: str
    ruleset_sha256: str
    command: str
    links: list[dict[str, str]]
    sources: list[dict[str, str]]
    record: str
    disputes: list[str]
    replies: list[str]

    def to_dict(self) -> dict[str, Any]:
        """Returns the citation as plain data, as ``cite --format json`` prints it."""
        return attrs.asdict(self)

    def __str__(self) -> str:
        links = [
            f"{link['cite']} ({link['status']}): {link['url'] or 'no address known'}"
            for link in self.links
        ]
        links += [f"{item['title']}: {item['url'] or 'no address known'}" for item in self.sources]
        said = [self.record, *(f"Disputed: {item}" for item in self.disputes)]
        said += [f"Reply: {item}" for item in self.replies]
        return "\n".join(
            [self.sentence, "", self.footnote, "", *said, "", self.reproduced_by, "", *links]
        )

    @property
    def reproduced_by(self) -> str:
        """The command that gives the result again, the version, and the hashes to compare."""
        return (
            f"To reproduce: {self.command}, with {SOFTWARE} {self.version}; "
            f"facts {self.scenario_sha256}, law with its tables {self.ruleset_sha256} (SHA-256)."
        )


def cited_result(verdict: Verdict, lang: str = "en") -> CitedResult:
    """Returns the citation of a verdict, with links to the law in a language.

    Raises:
        UsageError: The law cannot be linked in this language.
    """
    return CitedResult(
        sentence=quotable_sentence(verdict),
        footnote=_footnote(verdict),
        bibtex="\n\n".join(_bibtex(verdict, lang)),
        version=version(),
        scenario=verdict.scenario.id,
        ruleset=verdict.ruleset.id,
        result=verdict.result,
        as_of=to_data(verdict.as_of),
        mark=str(verdict.checked) if verdict.checked else None,
        scenario_sha256=facts_hash(verdict.scenario),
        ruleset_sha256=law_hash(verdict.ruleset, verdict.as_of),
        command=_command(verdict),
        links=[
            {"cite": str(cite), "status": status, "url": _address(verdict, cite, lang)}
            for cite, status in provisions_cited(verdict)
        ],
        sources=[{"title": item.title, "url": item.address} for item in verdict.scenario.sources],
        record=record_sentence(verdict.scenario),
        disputes=list(map(plain, dispute_lines(verdict.scenario))),
        replies=list(map(plain, reply_lines(verdict.scenario))),
    )


def comparison_cited(comparison: Comparison) -> str:
    """Returns the citation of a comparison: version, cases, regimes with days, a hash of the facts."""
    first, *others = (row[0].scenario for row in comparison.rows)
    cases_text, case_argument, digest = f"case {first.id}", case_words(first), facts_hash(first)
    if others:
        cases_text, case_argument = f"{len(comparison.rows)} cases", "CASE"
        digest = hash_of(map(facts_hash, (first, *others)))
    regimes = []
    for column, ruleset in enumerate(comparison.rulesets):
        days = {row[column].as_of for row in comparison.rows}
        regimes.append(f"{ruleset.id} as of {days.pop() if len(days) == 1 else 'the facts'}")
    return (
        f"{AUTHORS}, {SOFTWARE} {version()}: {cases_text} under {listing(regimes, 'and')}. "
        f"Facts: SHA-256 {digest}. "
        f"One result, with footnote and BibTeX: regcompare cite {case_argument} -r REGIME."
    )


def cite_text(cited: CitedResult, form: CiteForm = "text") -> str:
    """Returns a cited result in a form."""
    if form == "json":
        return json.dumps(attrs.asdict(cited), ensure_ascii=False, indent=2)
    return cited.bibtex if form == "bibtex" else str(cited)


def _address(verdict: Verdict, cite: Citation, lang: str) -> str:
    """The address of a provision, or of what a demand without a text of its own is based on."""
    statements = (
        statement.address
        for finding in verdict.findings
        if finding.rule.cite == cite
        for statement in finding.rule.rests_on
    )
    return cite.url(verdict.as_of, lang) or next(filter(None, statements), "")


def _command(verdict: Verdict) -> str:
    """The command that prints the result again, with each interpretation that is not the default."""
    day = f" --as-of {verdict.as_of}" if verdict.as_of else ""
    home = " --as-if-from home" if verdict.scenario.as_if else ""
    chosen = "".join(
        f" --reading {doubt.id}={reading or 'open'}"
        for doubt, reading in verdict.assumed
        if reading != doubt.default
    )
    return f"regcompare cite {case_words(verdict.original)} -r {verdict.ruleset.id}{day}{home}{chosen}"


def case_words(case: Scenario) -> str:
    """Returns how a command names a case: its id if it ships, and its file with the id if not."""
    file = case.place[0]
    if case.is_shipped or not file.lower().endswith(tuple(SUFFIXES)):
        return case.id
    return f"{shlex.quote(file)} --scenario {case.id}"


def _footnote(verdict: Verdict) -> str:
    law = f"law as of {verdict.as_of}" if verdict.as_of else "law of an unknown day"
    base = f" on top of {verdict.base.id}" if verdict.base else ""
    basis = "No provision decides for certain."
    if verdict.checked:
        basis = f"Law known from: {known_from(verdict)}."
    provisions = (_address(verdict, cite, "en") for cite, _ in provisions_cited(verdict))
    groups = {"Provisions": provisions, "Sources": (item.address for item in verdict.scenario.sources)}
    found = {name: [*dict.fromkeys(filter(None, urls))] for name, urls in groups.items()}
    addresses = "".join(f"{name}: {' '.join(urls)} . " for name, urls in found.items() if urls)
    return (
        f"{SOFTWARE} {version()}, case {verdict.scenario.id} under {verdict.ruleset.id}{base}, {law}: "
        f"{result_words(verdict)}. {basis} {_assumption_words(verdict)}"
        f"{''.join(f'{notice} ' for notice in verdict.notices)}"
        f"Facts: SHA-256 {facts_hash(verdict.scenario)}. "
        f"Law: SHA-256 {law_hash(verdict.ruleset, verdict.as_of)}. {addresses}{NOT_ADVICE}"
    )


def _assumption_words(verdict: Verdict) -> str:
    """The assumptions made: presumed facts, and readings of doubtful texts."""
    defaults = [doubt for doubt, reading in verdict.assumed if reading == doubt.default]
    assumed = []
    if verdict.presumed:
        assumed.append(f"{pluralise(len(verdict.presumed), 'fact')} that the sources do not state")
    if defaults:
        reading = "its default" if len(defaults) == 1 else "their defaults"
        assumed.append(f"{pluralise(len(defaults), 'doubtful text')} read by {reading}")
    assumed += [
        f"{doubt.id} read as “{chosen}”"
        for doubt, chosen in verdict.assumed
        if chosen and doubt not in defaults
    ]
    return f"Assumed: {'; '.join(assumed)}. " if assumed else ""


def _bibtex(verdict: Verdict, lang: str) -> Iterator[str]:
    """The result, then the legal texts that it cites or, if it cites none, the first one encoded."""
    day = f"-{verdict.as_of}" if verdict.as_of else ""
    name = verdict.scenario.title or verdict.scenario.id
    yield _entry(
        f"{SOFTWARE}-{verdict.scenario.id}-{verdict.ruleset.id}{day}",
        author=f"{{{latex(AUTHORS)}}}",
        title=f"{{{latex(f'{name} under {verdict.ruleset.title}')}}}",
        version=latex(version()),
        howpublished=latex(f"Result of {SOFTWARE} {version()}"),
        note=latex(_footnote(verdict)),
    )
    cited = [cite.instrument for cite, _ in provisions_cited(verdict)] or verdict.ruleset.instruments[:1]
    for text in dict.fromkeys(cited):
        state = text.state_on(verdict.as_of)
        yield _entry(
            text.celex or re.sub(r"[^a-z0-9]+", "-", text.name.lower()).strip("-"),
            title=f"{{{latex(text.title)}}}",
            howpublished=latex(text.reference),
            url=safe_address(text.url(verdict.as_of, lang)),
            note=latex(f"Consolidated state {state}" if state != text.celex else ""),
        )


def _entry(key: str, **fields: str) -> str:
    """An entry without unknown fields; the braces in them keep names and capitals as they are."""
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


# sentences and provisions ---------------------------------------------------------------------------


def quotable_sentence(verdict: Verdict) -> str:
    """Returns a verdict as one sentence that names the case, the law, its date, and who disputes it."""
    said = verdict_sentence(verdict, verdict.scenario.title or verdict.scenario.id)
    disputed = dispute_words(verdict)
    if disputed:
        other = undisputed(verdict)
        same = other.result == verdict.result
        disputed += f"; with those left open it is {'the same' if same else result_words(other)}"
    return f"{said[:-1]}{disputed}."


def dispute_words(verdict: Verdict, lead: str = "this rests on disputed facts") -> str:
    """Returns what is said against the facts that decide a result, to end a sentence; blank for none."""
    notes = [item.note.rstrip(".") for item in verdict.disputes]
    notes = [f"{note[0].lower()}{note[1:]}" if note.startswith("The ") else note for note in notes]
    return f"; {lead}: {'; '.join(notes)}" if notes else ""


def provisions_cited(verdict: Verdict) -> list[tuple[Citation, str]]:
    """Returns the provisions that decide a result or may, otherwise those that fail on one point.

    Each comes with its status in words.
    """
    statuses = [(finding, "decides") for finding in verdict.deciding]
    statuses += [(finding, "may apply") for finding in (*verdict.alternatives, *may_move(verdict))]
    statuses = statuses or [(finding, "fails on one point") for finding in verdict.near_misses]
    by_citation: dict[str, tuple[Citation, str]] = {}
    for finding, status in statuses:
        by_citation.setdefault(str(finding.rule.cite), (finding.rule.cite, status))
    return list(by_citation.values())
