"""Writes the hand-out for pupils, for the site and for print: ``python tools/hand_out.py``.

A test compares.  Facts and outcomes come from the shipped cases and the vocabulary; only
headings and questions for pupils stand here.  The answers are on neither page: they are in the lesson.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import attrs

from regcompare import Outcome, Scenario, Span, assess
from regcompare.authoring import Checked, MemberSet
from regcompare.facts import CodeSet, Fact, facts_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.views._colours import accent, colour_css
from regcompare.views.pipes import pipe_table
from regcompare.views.sentences import SPAN_ENDS
from regcompare.views.tables import NOT_ADVICE
from regcompare.words.lexicon import answer_words, member_words, statement, with_answer

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "educators"
REGIMES = {
    "eu-428-2009": "the rules before the change",
    "eu-2021-821": "the rules that apply since September 2021",
    "amnesty": "a stricter regime, as Amnesty International proposes it",
}
RULES = {
    "eu-428-2009": ("art-3-1", "art-4-1", "art-5-1-informed"),
    "eu-2021-821": ("art-3-1", "art-5-1", "art-5-2", "art-6-1"),
    "amnesty": ("A01", "A08-a", "A09"),
}
"""The rules of each regime on which the three cases turn."""
TERMS = (
    "A listed item is one in Annex I, the Union's list of items whose export needs an authorisation. "
    "The two 2021 rules on repression are for an item that is not listed, has civil and military uses, "
    "and was made mainly to watch people who cannot perceive it, using data from information and "
    "telecommunication systems. A use covered by Article 4(1) is one for weapons of mass destruction "
    "or for military ends."
)
EXAMPLE = ("morpho-shanghai-2015", "eu-2021-821")


@attrs.frozen
class Part:
    """A file of teaching cases, facts that its three cases share, and questions for pupils."""

    file: str
    title: str
    shared: tuple[str, ...]
    questions: tuple[str, ...]


PARTS = (
    Part(
        "ignorance-pays",
        "Phone tracking, and what is known about its use",
        (
            "item.technology",
            "item.annex_i_entry",
            "item.dual_use",
            "item.specially_designed",
            "item.covert",
            "item.takes_data_from_ict_systems",
            "exporter.country",
            "destination.country",
            "end_user.kind",
            "end_use.concerns",
            "destination.substantial_rights_risk",
            "diligence.finds_risk",
            "knowledge.exporter_suspects",
            "national.suspicion_rule",
        ),
        (
            "Does the tool differ between the three? Does the danger to the people being watched?",
            "Who could change the answer by keeping silent, or by not asking?",
        ),
    ),
    Part(
        "broker",
        "Spyware, brokered or shipped",
        (
            "item.technology",
            "item.annex_i_entry",
            "exporter.country",
            "destination.country",
            "end_user.kind",
            "end_use.concerns",
            "knowledge.exporter_aware",
            "destination.serious_violations_likely",
        ),
        (
            "What would a person being watched notice of the difference between cases 1 and 3?",
            "Who in the chain could have stopped the sale, and who would have to be asked?",
        ),
    ),
    Part(
        "licence-is-no-brake",
        "Spyware, and how the licence ended",
        (
            "item.technology",
            "item.annex_i_entry",
            "exporter.country",
            "destination.country",
            "end_user.kind",
        ),
        (
            "The first two cases differ only in how they ended. What would you ask the authority?",
            "Should an authority be free to weigh, or bound to refuse? Give one reason for each.",
        ),
    ),
)
SPAN = (
    "The facts of a case are seldom all known. What is not known is unknown, not no.",
    "So a result may be a span, from the mildest outcome to the strictest.",
    "A span is an answer: no more than this can be said with what is known.",
    "A new fact can make a span shorter, but never longer.",
)
CAUTIONS = (
    "An outcome says what an export needs under the rules. It does not say how it ended.",
    "No control does not mean lawful or harmless.",
)
BESIDE = (
    "Neither Regulation itself requires refusal. A Common Position of 2008 also binds the Member "
    "States: a licence must be denied where there is a clear risk of internal repression. It was not "
    "read for this hand-out, and does not count in the results."
)
INVENTED = "The three cases are invented, and say nothing about anyone in the countries named."
CASES = ("A", "B", "C")
MARK = "For each regime and each case, write the outcome that you expect."


# what the shipped data say ------------------------------------------------------------------------


@attrs.frozen
class Sheet:
    """One file of cases as it stands on the hand-out; a row is a question with the cases' answers."""

    title: str
    shared: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    questions: tuple[str, ...]


def sheets(catalogue: Catalogue) -> list[Sheet]:
    """Returns the three files as they stand on the hand-out."""
    return [_sheet(part, catalogue) for part in PARTS]


def _sheet(part: Part, catalogue: Catalogue) -> Sheet:
    cases = catalogue.read(ROOT / "scenarios" / "teaching" / f"{part.file}.yaml")
    stated = [_stated(case) for case in cases]
    facts = {key: fact for answers in stated for key, (fact, _) in answers.items()}
    differ = [key for key in facts if len({_value(answers, key) for answers in stated}) > 1]
    shared = [key for key in part.shared if key not in differ]
    rows = tuple(
        (facts[key].question, *(_answer(facts[key], _value(answers, key)) for answers in stated))
        for key in differ
    )
    clauses = tuple(_clause(facts[key], _value(stated[0], key)) for key in shared)
    return Sheet(part.title, clauses, rows, part.questions)


def _stated(case: Scenario) -> Mapping[str, tuple[Fact, Any]]:
    """What a case states, by key; a record is no fact."""
    return {
        fact.key: (fact, getattr(section, name))
        for section in case.sections()
        for name, fact in facts_of(type(section)).items()
        if getattr(section, name) is not None
    }


def _value(answers: Mapping[str, tuple[Fact, Any]], key: str) -> Any:
    return answers[key][1] if key in answers else None


def _answer(fact: Fact, value: Any) -> str:
    return _capital(answer_words(fact, value))


def _clause(fact: Fact, value: Any) -> str:
    """A fact that is shared, as a clause."""
    if isinstance(value, bool):
        return statement(fact, value)
    if isinstance(value, MemberSet) and isinstance(fact, CodeSet) and not value.known:
        return with_answer(fact, member_words(fact, ["*"], truth=False), False)
    return with_answer(fact, answer_words(fact, value))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def example(catalogue: Catalogue) -> tuple[str, str, Span]:
    """Returns a documented case whose result is a span: its title, the regime and the span."""
    case_id, ruleset_id = EXAMPLE
    case = next(case for case in catalogue.scenarios() if case.id == case_id)
    ruleset = catalogue.ruleset(ruleset_id)
    span = assess(case, ruleset).span
    if span is None or span.is_settled:
        msg = f"{case_id} no longer gives a span under {ruleset_id}; name another example."
        raise ValueError(msg)
    return case.title, ruleset.title, span


def _from_to(span: Span, around: str = "") -> str:
    low, high = accent(span.low).word, accent(span.high).word
    return f"from {around}{low}{around} to {around}{high}{around}"


def rules(catalogue: Catalogue, ruleset: str) -> list[tuple[Outcome, str]]:
    """Returns what the rules of a regime ask for, and when, in the ruleset's own sentences."""
    held = catalogue.ruleset(ruleset)
    found = [held.rule(name) for name in RULES[ruleset]]
    unread = {rule: " [unread]" for rule in found if held.mark(rule) is Checked.UNREAD}
    return [(rule.then, rule.sentence + unread.get(rule, "")) for rule in found]


# as Markdown --------------------------------------------------------------------------------------


def markdown(catalogue: Catalogue) -> str:
    """Returns the hand-out as a page of the documentation."""
    title, regime, span = example(catalogue)
    rows = [(accent(item).glyph, accent(item).word, item.meaning) for item in reversed(Outcome)]
    lines = [
        "# Hand-out",
        "",
        "<!-- generated by tools/hand_out.py -->",
        "",
        "Two pages for pupils.",
        "To print them, open [the print version](hand-out.html) and print it on A4.",
        "The answers are not on it; they are in [the lesson](lesson.md).",
        "",
        "## One export, three regimes",
        "",
        *(
            line
            for name, words in REGIMES.items()
            for line in (
                f"- {catalogue.ruleset(name).title}: {words}.",
                *(f"  - {accent(then).word}: {told}" for then, told in rules(catalogue, name)),
            )
        ),
        "",
        TERMS,
        BESIDE,
        "",
        "### Seven outcomes, the strictest first",
        "",
        pipe_table(("", "outcome", "what it means"), rows),
        "",
        *CAUTIONS,
        "",
        "### How to read a span",
        "",
        *SPAN,
        "",
        f"An example, documented: *{title}*, under {regime}: {_from_to(span, '**')}.",
        "",
        "## Three cases",
        "",
        INVENTED,
        MARK,
        "",
    ]
    for number, sheet in enumerate(sheets(catalogue), 1):
        lines += [*_sheet_lines(number, sheet, catalogue), ""]
    return "\n".join([*lines, NOT_ADVICE, ""])


def _sheet_lines(number: int, sheet: Sheet, catalogue: Catalogue) -> Iterator[str]:
    yield from [f"### {number}. {sheet.title}", "", "What all three share:", ""]
    yield from (f"- {clause}" for clause in sheet.shared)
    guesses = [(f"Your guess: {catalogue.ruleset(name).title}", "", "", "") for name in REGIMES]
    yield from ["", pipe_table(("what differs", *CASES), [*sheet.rows, *guesses]), ""]
    yield from (f"- {question}" for question in sheet.questions)


# for print ----------------------------------------------------------------------------------------

STYLE = """
@page { size: A4; margin: 11mm 14mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #1d1d22; background: #fff;
  font: 9.6pt/1.36 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
section { max-width: 182mm; margin: 0 auto; }
@media screen { body { padding: 6mm; } section + section { margin-top: 14mm; } }
@media print { section + section { break-before: page; } }
h1 { font-size: 18pt; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 5mm 0 1.5mm; }
h3 { font-size: 11pt; margin: 3.5mm 0 1mm; padding-top: 2mm; border-top: .5pt solid #999; }
p, ul { margin: 1mm 0; }
ul { padding-left: 4.5mm; }
.shared { columns: 2; column-gap: 8mm; }
.shared li { break-inside: avoid; }
table { width: 100%; border-collapse: collapse; margin: 1.5mm 0; }
caption { text-align: left; padding-bottom: 1mm; }
th, td { border: .5pt solid #999; padding: 1.1mm 2mm; text-align: left; vertical-align: top; }
thead th { font-weight: 600; }
tbody th { font-weight: 600; white-space: nowrap; }
.cases { table-layout: fixed; }
.rules { font-size: 8.4pt; line-height: 1.22; }
.rules h2 { margin: 2.6mm 0 1mm; }
.rules p, .rules ul, .rules table { margin: .7mm 0; }
.rules th, .rules td { padding: .7mm 2mm; }
.rules .outcome { white-space: nowrap; font-weight: 600; }
.work { font-size: 8.2pt; line-height: 1.2; }
.work h2, .work h3 { margin-top: 2.2mm; padding-top: 1.4mm; font-size: 10pt; }
.work p, .work ul, .work table { margin: .6mm 0; }
.cases th, .cases td { padding: .55mm 1.6mm; }
.cases th:first-child { width: 92mm; white-space: normal; font-weight: 400; }
.cases .guess th:first-child { font-weight: 600; }
.cases .guess td { height: 5.5mm; }
.ladder { display: flex; gap: 1mm; margin: 2mm 0; padding: 0; list-style: none; }
.ladder li { flex: 1; border: .5pt solid #999; padding: 1mm; text-align: center; color: #666; }
.ladder li.end { border: 1.6pt solid #1d1d22; color: #1d1d22; font-weight: 600; }
.ladder li.between { border-style: dashed; }
.foot { color: #555; font-size: 8.4pt; margin-top: 3mm; }
@media screen and (max-width: 45rem) {
  body { padding: 4mm; }
  .shared { columns: 1; }
  tbody th { white-space: normal; }
  .ladder { flex-wrap: wrap; }
  .ladder li { flex: 1 0 26%; }
  .cases { table-layout: auto; overflow-wrap: anywhere; }
  .cases th:first-child { width: 40%; }
}
"""


def html(catalogue: Catalogue) -> str:
    """Returns the hand-out as one file that prints on two pages."""
    body = "\n".join([*_first(catalogue), *_second(catalogue)])
    return (
        '<!doctype html>\n<html lang="en" data-theme="light">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>One export, three regimes: a hand-out</title>\n"
        f"<style>{colour_css()}\n{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _first(catalogue: Catalogue) -> Iterator[str]:
    title, regime, span = example(catalogue)
    yield '<section class="rules">'
    yield "<h1>One export, three regimes</h1>"
    yield "<p>A firm wants to sell a tool that watches people. Which rules stand in its way?</p>"
    for name, words in REGIMES.items():
        yield f"<p><b>{_text(catalogue.ruleset(name).title)}</b>: {_text(words)}.</p>"
        yield _list(
            f'{_text(told)} <span class="outcome">{_glyph(then)} {accent(then).word}</span>'
            for then, told in rules(catalogue, name)
        )
    yield f"<p>{_text(TERMS)}</p>"
    yield f"<p>{_text(BESIDE)}</p>"
    yield "<h2>Seven outcomes</h2>"
    yield "<table><caption>What the rules may ask for, the strictest first.</caption>"
    yield '<thead><tr><th scope="col">outcome</th><th scope="col">what it means</th></tr></thead><tbody>'
    yield from map(_outcome, reversed(Outcome))
    yield "</tbody></table>"
    yield _list(map(_text, CAUTIONS))
    yield "<h2>How to read a span</h2>"
    yield _list(map(_text, SPAN))
    told = f"An example, documented: <i>{_text(title)}</i>, under {_text(regime)}: {_from_to(span)}."
    yield f"<p>{told}</p>"
    yield '<ol class="ladder">' + "".join(_rung(item, span) for item in Outcome) + "</ol>"
    yield f"<p>Framed: {SPAN_ENDS}.</p>"
    yield f'<p class="foot">{_text(NOT_ADVICE)}</p>'
    yield "</section>"


def _outcome(item: Outcome) -> str:
    word = f"{_glyph(item)} {accent(item).word}"
    return f'<tr><th scope="row">{word}</th><td>{_text(item.meaning)}</td></tr>'


def _glyph(item: Outcome) -> str:
    look = accent(item)
    return f'<span style="color:var(--outcome-{look.slug})" aria-hidden="true">{look.glyph}</span>'


def _rung(item: Outcome, span: Span) -> str:
    look = accent(item)
    kind = "end" if item in (span.low, span.high) else "between" if item in span else ""
    framed = f' class="{kind}"' if kind else ""
    return f"<li{framed}>{look.glyph}<br>{look.word}</li>"


def _second(catalogue: Catalogue) -> Iterator[str]:
    yield '<section class="work">'
    yield "<h1>Three cases</h1>"
    yield f"<p>{_text(INVENTED)} {_text(MARK)}</p>"
    for number, sheet in enumerate(sheets(catalogue), 1):
        yield f"<h3>{number}. {_text(sheet.title)}</h3>"
        yield (
            '<ul class="shared">' + "".join(f"<li>{_text(item)}</li>" for item in sheet.shared) + "</ul>"
        )
        yield _cases(sheet, catalogue)
        yield _list(map(_text, sheet.questions))
    yield f'<p class="foot">{_text(NOT_ADVICE)}</p>'
    yield "</section>"


def _cases(sheet: Sheet, catalogue: Catalogue) -> str:
    head = "".join(f'<th scope="col">case {name}</th>' for name in CASES)
    rows = "".join(_row("", *map(_text, row)) for row in sheet.rows)
    rows += "".join(
        _row(' class="guess"', _text(catalogue.ruleset(name).title), "", "", "") for name in REGIMES
    )
    return (
        '<table class="cases"><thead><tr><th scope="col">what differs, and your guess</th>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(kind: str, first: str, *others: str) -> str:
    return f'<tr{kind}><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'


def _list(items: Iterator[str] | Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _text(text: str) -> str:
    return escape(text, quote=False)


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Returns the name of each generated file with its text."""
    return {"hand-out.md": markdown(catalogue), "hand-out.html": html(catalogue)}


if __name__ == "__main__":
    for file, written in pages(Catalogue.installed()).items():
        (FOLDER / file).write_text(written, encoding="utf-8")
