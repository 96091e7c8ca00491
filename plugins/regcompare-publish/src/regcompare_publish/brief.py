"""A comparison in brief: of several cases the finding, some of them, whom safeguards protect, method.

Of one case it is a fact sheet on one page, with each regime's result and what would settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from regcompare.comparison.claims import Message
from regcompare.comparison.classes import CaseClass
from regcompare.comparison.comparison import Comparison, currency_sentence
from regcompare.comparison.counts import ClassRow
from regcompare.comparison.explanation import Explanation
from regcompare.comparison.populations import Population, Record
from regcompare.errors import UsageError
from regcompare.facts import Country, countries, facts_of
from regcompare.logic.conditions import ends_of
from regcompare.ruleset.rules import Protects, Strength
from regcompare.ruleset.ruleset import citation_format
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.counts import comparison_blocks, message_blocks
from regcompare.views.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Inline,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
)
from regcompare.views.render import render
from regcompare.views.sentences import (
    CHECKED_WORDS,
    IN_ENGLISH,
    NOT_ADVICE,
    result_cell,
    verdict_outcomes,
)
from regcompare.views.tables import home_sentences, notice_sentences
from regcompare.views.verdict import settling_lines
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import answer_words, listing

from .case_record import record_sections
from .citation import comparison_cited, dispute_words, provisions_cited
from .safeguards import safeguards

BriefForm = Literal["page", "markdown", "article"]
"""A page to print, Markdown, or a whole LaTeX document."""

_MAX_CASES = 10
"""The most cases with a sentence each."""
_MAX_QUESTIONS, _MAX_PROVISIONS, _MAX_SOURCES, _MAX_SENTENCES, _MAX_ASSUMPTIONS = 3, 3, 4, 2, 3
"""The most questions of a regime, provisions of a result, sources, sentences of the summary, and
assumptions on a fact sheet."""

Row = tuple[Verdict, ...]


def brief_text(comparison: Comparison, form: BriefForm = "page", **options: Any) -> str:
    """Returns a comparison in brief, in a form; the options are those of ``brief_document``.

    Raises:
        UsageError: The comparison has no case or no ruleset.
    """
    return render(brief_document(comparison, **options), form)


def brief_document(
    comparison: Comparison,
    *,
    title: str = "",
    first: Sequence[str] = (),
    source: str = "",
    pictures: Iterable[Picture] = (),
    lang: str = "en",
    language: Language = ENGLISH,
    message: Message | None = None,
) -> Document:
    """Returns a comparison in brief, on a few pages; of one case, a fact sheet on one page.

    Args:
        comparison: The comparison.
        title: The title; by default it says what was compared.
        first: Ids of the cases to come first among those with a sentence each.
        source: What names these cases, such as a report.
        pictures: Pictures to show; only HTML has them.
        lang: The language in which links lead to the law.
        language: The language of title, finding, table and headings; the rest is English.
        message: What is said first of the documented cases; None for the finding alone.

    Raises:
        UsageError: The comparison has no case or no ruleset.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to write: the comparison has no case or no ruleset.")
    if len(comparison.rows) == 1:
        return _fact_sheet(comparison, title, lang, language)
    finding, table, *notes = comparison_blocks(comparison, language)
    say, mark = language.say, language.mark
    protected = _safeguard_blocks(comparison, language)
    blocks: list[Block | str | None] = [
        *(message_blocks(message, objections=True) if message else ()),
        finding,
        table,
        Paragraph(say(IN_ENGLISH), "note", mark) if mark else None,
        Section(say("In pictures"), [Figure(picture.svg()) for picture in pictures], "pictures", mark),
        Section(say("Some of the cases"), _case_blocks(comparison, first, source), "some-cases", mark),
        Section(say("Whom safeguards protect"), protected, "protected", mark),
        Section(say("How to read this"), _method_blocks(comparison, notes), "method", mark),
        Section(say("How to cite this"), [comparison_cited(comparison)], "cite", mark),
    ]
    return Document(title or _title(comparison, language), blocks, "brief", mark)


def _title(comparison: Comparison, language: Language) -> str:
    say, number, counted = language.say, len(comparison.rulesets), comparison.population
    regimes = say("{count} regimes", count=number) if number > 1 else say(comparison.rulesets[0].title)
    size = len(counted)
    what = say(counted.noun(size))
    return say("{count} {noun} under {regimes}", count=size, noun=what, regimes=regimes)


# cases ---------------------------------------------------------------------------------------------


def _case_blocks(comparison: Comparison, first: Sequence[str], source: str) -> Iterator[Block | str]:
    """Some of what was compared, each in its class under each law, as it is counted."""
    compared = comparison.compared
    rows = comparison.classes(population=compared)
    records = _select_records(compared, rows, first)
    if len(records) < len(compared):
        criterion = f"first those named in {source}, then " if first else ""
        size = len(compared)
        yield f"Of {size} {compared.noun(size)}, {criterion}those on which the regimes differ most."
    verdicts = {row[0].original.id: row for row in comparison.rows}
    yield Bullets(
        _record_line(record, rows, [item for case in record.parts for item in verdicts[case.id]])
        for record in records
    )


def _select_records(
    compared: Population, rows: Sequence[ClassRow], first: Sequence[str]
) -> list[Record]:
    """Those to come first, then those with the widest spread."""
    named = [item for item in compared if any(case.id in first for case in item.parts)]
    others = [item for item in compared if item not in named]
    spread = sorted(others, key=lambda item: _spread([row.ends[item.id] for row in rows]), reverse=True)
    return [*named, *spread][:_MAX_CASES]


def _spread(ends: Iterable[CaseClass]) -> tuple[int, int]:
    """The steps between the strictest and the laxest result of a record, certainly and at most."""
    spans = [(item.low.rank, item.high.rank) for item in ends if item.low and item.high] or [(0, 0)]
    lows, highs = zip(*spans, strict=True)
    return (max(lows) - min(highs), max(highs) - min(lows))


def _record_line(
    record: Record, rows: Sequence[ClassRow], filed: Iterable[Verdict]
) -> tuple[Inline, ...]:
    """The class of a record under each law, and what leaves it open that the file would decide."""
    scenario = record.first
    first, _ = ends_of(scenario.known_day)
    year = f", {first.year}" if first else ""
    titles_by_clause: dict[str, list[str]] = {}
    for row in rows:
        titles_by_clause.setdefault(row.ends[record.id].words(), []).append(row.law.ruleset.title)
    phrases = [f"{words} under {listing(titles, 'and')}" for words, titles in titles_by_clause.items()]
    disputes = (dispute_words(item, "disputed facts left open") for item in filed)
    disputed = next(filter(None, disputes), "")
    return (Strong(f"{scenario.title or scenario.id}{year}"), f": {'; '.join(phrases)}{disputed}.")


# safeguards and method -----------------------------------------------------------------------------


def _safeguard_blocks(comparison: Comparison, language: Language) -> Iterator[Block | str]:
    say, table = language.say, safeguards(comparison.rulesets)
    yield Paragraph(table.sentence(language), lang=language.mark)
    rows = []
    for protects in Protects:
        if counts := table.group(protects).counts():
            head = say("{protects}\n(kinds: {count})", protects=say(protects), count=len(counts[0]))
            bind = (
                [say(kind) for which in ("yes", "open") for kind in item.groups[which]]
                for item in counts
            )
            lines = (
                f"{count.number(language)}: {', '.join(kinds)}" if kinds else say("none")
                for count, kinds in zip(counts, bind, strict=True)
            )
            rows.append([head, *lines])
    titles = (say(ruleset.title) for ruleset in table.rulesets)
    caption = say("Kinds of safeguard that bind, by whom they protect")
    yield Table(caption, (say("protects"), *titles), rows, lang=language.mark)


_LEVELS_EXPLAINED = (
    "Official text: read in the law itself. Official account, account by others: known from what the "
    "body that made it, or somebody else, says of it. Inferred: drawn from the wording. Unread: nobody "
    "read it."
)


def _method_blocks(comparison: Comparison, notes: Iterable[Block]) -> Iterator[Block | str]:
    dependence = (
        "Some results depend on further assumptions made in the files; `regcompare explain` lists them "
        "for each case."
    )
    yield from notes
    remarks = [
        dependence if comparison.sensitivity().presumed else "",
        _LEVELS_EXPLAINED,
        currency_sentence(comparison),
    ]
    yield Bullets([*notice_sentences(comparison), *home_sentences(comparison), *remarks])
    yield Paragraph(NOT_ADVICE, "notice")


# of one case ---------------------------------------------------------------------------------------


def _fact_sheet(comparison: Comparison, title: str, lang: str, language: Language) -> Document:
    """A comparison of one case on one page; the arguments are those of ``brief_document``."""
    row = comparison.rows[0]
    scenario = row[0].original
    explanations = list(map(Explanation, row))
    say, mark = language.say, language.mark
    story = say(" ".join(scenario.story.split())) if mark else ""
    notices = (
        Paragraph(sentence, lang="en" if mark else "") for sentence in notice_sentences(comparison)
    )
    return Document(
        title or say(scenario.title) or scenario.id,
        [
            Paragraph(_sale_line(scenario, language), "lede"),
            story or Paragraph(summary_start(scenario), lang="en" if mark else ""),
            _result_table(row, lang, language),
            *notices,
            Paragraph(say(IN_ENGLISH), "note") if mark else None,
            Section(say("What would settle it"), _settling_blocks(explanations), "open", mark),
            Section(say("Duties that bind"), [_duty_table(row, lang, language)], "duties", mark),
            Section(say("How sure this is"), [Bullets(_confidence_lines(explanations))], "sure", mark),
            *record_sections(scenario, language),
            Section(say("How to cite this"), [comparison_cited(comparison), NOT_ADVICE], "cite", mark),
        ],
        "fact-sheet",
        mark,
    )


# the sale ------------------------------------------------------------------------------------------

_SALE_FACTS = (
    ("item", "technology", "What"),
    ("exporter", "country", "From"),
    ("end_user", "country", "To"),
    ("destination", "country", "To"),
    ("end_user", "kind", "End user"),
)
"""The facts about the sale, each with its label; the first known fact of a label is shown."""
_NAME_LABELS = {
    "exporter": "Exporter, as named",
    "end_user": "End user, as named",
    "purchaser": "Buyer, as named",
    "intermediaries": "In between, as named",
}

LABELS = ("Day of the facts", *(label for *_, label in _SALE_FACTS), *_NAME_LABELS.values())
"""The labels of the facts about the sale on a fact sheet."""


def _sale_line(scenario: Scenario, language: Language) -> list[Inline]:
    line: list[Inline] = []
    for label, answer in sale_facts(scenario, language).items():
        line += ["; " if line else "", f"{language.say(label)}: ", Strong(answer)]
    return [*line, "."]


def sale_facts(scenario: Scenario, language: Language = ENGLISH) -> dict[str, str]:
    """Returns what was sold, from where, to where and to whom, as far as known."""
    answers = {"Day of the facts": str(scenario.known_day)} if scenario.known_day else {}
    for section, name, label in _SALE_FACTS:
        stated = getattr(scenario, section)
        answer = getattr(stated, name)
        if answer is not None and label not in answers:
            fact = facts_of(type(stated))[name]
            if isinstance(fact, Country) and answer in countries():
                answers[label] = f"{language.say(countries()[answer])} ({answer})"
            else:
                answers[label] = language.say(answer_words(fact, answer))
    return answers | {_NAME_LABELS[party]: name for party, name in scenario.names.items()}


def summary_start(scenario: Scenario) -> str:
    """Returns the first sentences of the summary; the results follow in the table."""
    return " ".join(_SENTENCE_END.split(" ".join(scenario.summary.split()))[:_MAX_SENTENCES])


_SENTENCE_END = re.compile(r"(?<=[a-z\d)]{2}\.) (?=[A-Z])")


# results -------------------------------------------------------------------------------------------


def _result_table(row: Sequence[Verdict], lang: str, language: Language) -> Table:
    rows: list[list[Any]] = []
    say = language.say
    for verdict in row:
        day = say("as of {day}", day=verdict.as_of) if verdict.as_of else say("of an unknown day")
        result = [verdict_outcomes(verdict, result_cell(verdict, language))]
        checked = verdict.checked
        source = say(CHECKED_WORDS[checked.value]) if checked else say("no provision decides")
        provisions = [list(_provisions(verdict, lang, language))]
        rows.append([f"{say(verdict.ruleset.title)}\n{day}", result, provisions, source])
    head = (say("regime"), say("result"), say("provisions"), say("law known from"))
    return Table(say("The result under each regime"), head, rows, language.mark)


def _provisions(verdict: Verdict, lang: str, language: Language) -> Iterator[Inline]:
    cited = [citation for citation in provisions_cited(verdict) if citation[1] != "fails on one point"]
    if not cited:
        yield language.say("none applies")
    for index, (cite, status) in enumerate(cited[:_MAX_PROVISIONS]):
        yield "; " if index else ""
        yield Link(str(cite), cite.url(verdict.as_of, lang))
        yield Note("" if status == "decides" else f" ({language.say(status)})")
    if len(cited) > _MAX_PROVISIONS:
        yield language.say("; {count} more", count=len(cited) - _MAX_PROVISIONS)


# what would settle it, duties, how sure ------------------------------------------------------------


def _settling_blocks(explanations: Iterable[Explanation]) -> Iterator[Block | str]:
    for explanation in explanations:
        verdict = explanation.verdict
        if lines := settling_lines(explanation):
            yield Paragraph(Strong(verdict.ruleset.title))
            remaining = len(lines) - _MAX_QUESTIONS
            command = f"regcompare explain {verdict.scenario.id} -r {verdict.ruleset.id}"
            pointer = [f"{remaining} more: {command}"] if remaining > 0 else []
            yield Bullets([*lines[:_MAX_QUESTIONS], *pointer])


def _duty_table(row: Sequence[Verdict], lang: str, language: Language) -> Table:
    """The kinds of duty that certainly bind under each regime, by whom they protect."""
    say = language.say

    def cells(verdict: Verdict) -> Iterator[Any]:
        yield say(verdict.ruleset.title)
        yield from ([_binding_duties(verdict, protects, lang, language)] for protects in Protects)

    rows = [[*cells(verdict)] for verdict in row if verdict.span]
    caption = say("Duties that bind for certain, by whom they protect")
    heads = say("regime"), *(say(protects) for protects in Protects)
    return Table(caption, heads, rows, language.mark)


def _binding_duties(verdict: Verdict, protects: Protects, lang: str, language: Language) -> list[Inline]:
    """The certain duties that protect a group, by kind, with their provisions."""
    cite = citation_format(verdict.ruleset)
    urls_by_kind: dict[str, dict[str, str]] = {}
    for duty, applies in verdict.duties:
        if applies and duty.strength is Strength.MUST and duty.kind.protects is protects:
            places = urls_by_kind.setdefault(str(duty.kind), {})
            places[cite(duty.cite)] = duty.cite.url(verdict.as_of, lang)
    line: list[Inline] = []
    for kind, cites in urls_by_kind.items():
        links = [piece for place, url in cites.items() for piece in (", ", Link(place, url))]
        line += [f"{'; ' if line else ''}{language.say(kind)} (", *links[1:], ")"]
    return line or [language.say("none")]


def _confidence_lines(explanations: Sequence[Explanation]) -> Iterator[str]:
    titles_by_words: dict[str, list[str]] = {}
    for item in explanations:
        phrases = {fact.fact: f"{fact.question} {fact.answer}" for fact in item.presumed}
        names = [name for name in item.depends_on["presumed"] if name in phrases]
        ellipsis = f"; {len(names) - _MAX_ASSUMPTIONS} more" if len(names) > _MAX_ASSUMPTIONS else ""
        words = "; ".join(phrases[name] for name in names[:_MAX_ASSUMPTIONS]) + ellipsis
        if words:
            titles_by_words.setdefault(words, []).append(item.verdict.ruleset.title)
    for words, titles in titles_by_words.items():
        yield f"Assumed, and counts under {listing(titles, 'and')}: {words}."
