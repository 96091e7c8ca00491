"""One verdict as a document: what follows and why, what is open, assumed and left out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from regcompare.comparison.classes import classify
from regcompare.ruleset.review import Weighing
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import listing, short_list

from .account import account
from .document import (
    Block,
    Bullets,
    Document,
    Entry,
    Inline,
    LineContent,
    Link,
    Note,
    Paragraph,
    Section,
    Table,
    plain,
)
from .gates import is_formal, why
from .render import Form, render
from .sentences import (
    CHECKED_WORDS,
    answers_words,
    cited,
    comment,
    evidence_words,
    outcome_words,
    outcomes,
    plain_outcomes,
    result_cell,
    result_words,
    span_words,
    verdict_outcomes,
)

Data = Mapping[str, Any]
Seen = set[str]
"""Reasons already given in full, which need not be repeated."""


def explain_text(
    verdict: Verdict,
    *,
    full: bool = False,
    links: str | None = None,
    form: Form = "text",
    more: Iterable[Block] = (),
) -> str:
    """Returns why a verdict is what it is, what would settle it, and how sure it is.

    Args:
        verdict: The verdict.
        full: Whether to give every rule with its reasons, duties, assumptions, interpretations and
            omissions; otherwise only what fits on a screen.
        links: The language of the law texts whose addresses are printed; with None, a full account
            prints no addresses.
        form: The form.
        more: Blocks to append.
    """
    document = explain_document(verdict, full=full, lang=links or "en", more=more)
    width = None if full else _SCREEN_WIDTH
    return render(document, form, width=width, links=links is not None or not full)


def explain_document(
    verdict: Verdict, *, full: bool = False, lang: str = "en", more: Iterable[Block] = ()
) -> Document:
    """Returns why a verdict is what it is; the arguments are those of ``explain_text``."""
    data, seen = account(verdict, lang), set[str]()
    if not full:
        short_parts = (block for part in _SHORT_PARTS for block in part(data))
        return Document(_short_title(data), [_short_result(verdict), *short_parts, *more])
    result = (
        f"{data['regime']} ({data['ruleset']}): ",
        verdict_outcomes(verdict, result_words(verdict)),
        f". {why(verdict).sentence}",
    )
    parts = (block for part in _FULL_PARTS for block in part(data, seen))
    title = f"{data['title']} ({data['scenario']})" if data["title"] else data["scenario"]
    return Document(title, [data["story"], result, data["sentence"], *parts, *more])


def verdict_document(verdict: Verdict) -> Document:
    """Returns the notebook view: the finding, the provisions as a table, and what is not known."""
    data = account(verdict)
    seen: Seen = set()
    parts = (_questions, _closest, _doubts, _assumed)
    return Document(
        f"{data['title'] or data['scenario']}, {data['regime']}: {result_words(verdict)}",
        [
            data["sentence"],
            *(reason["text"] for reason in data["scope_reasons"]),
            _provision_table(data),
            *(block for part in parts for block in part(data, seen)),
            *data["warnings"],
            " ".join(_notice(data)),
        ],
    )


def _provision_table(data: Data) -> Block:
    rules = [rule for rule in data["rules"] if rule["holds"] or rule["moves"]]
    if not rules and data["low"] is not None:
        return Paragraph("No encoded rule holds.")
    rows = [
        (
            [Link(rule["cite"], rule["url"]), rule["sentence"]],
            [outcomes(rule["outcome"], rule["outcome"]), rule["states"] or None],
            _rule_status(rule),
            rule["triggered_by"],
            "\n".join(reason["text"] for reason in rule["reasons"]),
            evidence_words(rule["evidence"]),
        )
        for rule in rules
    ]
    head = ("Provision", "Outcome", "Status", "Triggered by", "Because", "Source")
    return Table("Rules that hold or may hold", head, rows)


def _rule_status(rule: Data) -> str:
    if rule["holds"] is None:
        return "open"
    if rule["lifted_by"]:
        verb = "is" if rule["surely_lifted"] else "may be"
        return f"holds, but {verb} overridden by {short_list(rule['lifted_by'])}"
    return "decides" if rule["decides"] else "holds"


# rules and their reasons --------------------------------------------------------------------------


def _deciding(data: Data, seen: Seen) -> Iterator[Block]:
    deciding = [rule for rule in data["rules"] if rule["decides"]]
    title = "Why it does not apply" if data["in_scope"] is False else "Whether it applies"
    yield Section(title, [Bullets(map(_marked_reason, data["scope_reasons"]))])
    if data["low"] is None:
        return
    if not deciding:
        yield Paragraph(_undecided(data))
    is_weaker = data["checked"] not in {rule["checked"] for rule in deciding}
    weakest = f"Weakest source: {CHECKED_WORDS[data['checked']]}." if deciding and is_weaker else None
    title = "What decides" if data["low"] == data["high"] else "What decides the minimum"
    yield Section(title, [*(_rule(rule, seen) for rule in deciding), weakest])


def _undecided(data: Data) -> str:
    if data["low"] != "no_control":
        return (
            "No single rule decides: whichever way the open facts are answered, one of those below does."
        )
    rule_states = {rule["holds"] for rule in data["rules"]}
    if True in rule_states:
        return "No rule that holds requires more."
    return "No encoded rule is certain to hold." if None in rule_states else "No encoded rule holds."


def _rule(rule: Data, seen: Seen) -> Entry:
    """One rule with its sentence, trigger, source and reasons."""
    outcome = rule["outcome"]
    lead = "Suspended " if outcome == "suspension" else "Refusal is for "
    reasons: list[str | tuple[Inline, ...]] = [
        *(_first_mention(reason, seen) for reason in rule["reasons"]),
        *map(_table_rows, rule["rests_on"]),
        *map(_statement_words, rule["statements"]),
    ]
    return Entry(
        (Link(rule["cite"], rule["url"]), f" [{rule['id']}]: ", outcomes(outcome, outcome)),
        [
            rule["sentence"],
            comment(rule["note"]) if rule["note"] else None,
            f"{lead}{rule['states']}." if rule["states"] else None,
            f"{rule['history'][0].upper()}{rule['history'][1:]}." if rule["history"] else None,
            f"Triggered by {rule['triggered_by']}. Source: {evidence_words(rule['evidence'])}.",
            *_overriding(rule),
            "It holds because:" if rule["holds"] else "It depends on:",
            "(It holds whichever way these are answered.)" if rule["either_way"] else None,
            Bullets(reasons),
        ],
    )


def _overriding(rule: Data) -> Iterator[str]:
    if rule["lifts"]:
        subject = "It" if rule["holds"] else "Where it holds, it"
        yield f"{subject} overrides {listing(rule['lifts'], 'and')}."
    if rule["lifted_by"]:
        verb = "It is" if rule["holds"] and rule["surely_lifted"] else "It may be"
        yield f"{verb} overridden by {listing(rule['lifted_by'])}."


def _first_mention(reason: Data, seen: Seen) -> tuple[Inline, ...]:
    """A reason in full the first time; later mentions of a term only name it."""
    line = _marked_reason(reason)
    text = plain(line)
    if reason["about"] and text in seen:
        return (f"{reason['about']}, as above",)
    seen.add(text)
    return line


def _marked_reason(reason: Data) -> tuple[Inline, ...]:
    """A reason, noting which of its facts are assumed, inferred or disputed."""
    marks = "; ".join(re.sub(" presumed$", " assumed", mark) for mark in reason["marks"])
    return (reason["text"], Note(f" [{marks}]")) if marks else (reason["text"],)


def _statement_words(statement: Data) -> str:
    date = f", {statement['date']}" if statement["date"] else ""
    url = f" {statement['url']}" if statement["url"] else ""
    source = CHECKED_WORDS[statement["checked"]]
    return f"Based on {statement['title']}{date}: {statement['said_by']}; {source}.{url}"


def _table_rows(rows: Data) -> str:
    """The rows of a table on which a rule is based, with their source and source level."""
    source = CHECKED_WORDS.get(rows["checked"], "")
    positions = short_list(rows["rows"], "and")
    return f"this is based on “{rows['table']}”, {positions}: {rows['source']}; {source}"


def _other_rules(data: Data, seen: Seen) -> Iterator[Block]:
    others = [rule for rule in data["rules"] if rule["holds"] and not rule["decides"]]
    yield Section("Other rules that hold", [_rule(rule, seen) for rule in others])


_MAX_IN_FULL = 12
"""The most rules that are shown in full if they may hold."""


def _open_rules(data: Data, seen: Seen) -> Iterator[Block]:
    """The rules that may hold; those that cannot change the outcome are only named."""
    open_rules = [rule for rule in data["rules"] if rule["holds"] is None]
    decisive = [rule for rule in open_rules if rule["moves"]]
    others = dict.fromkeys(_rule_line(rule) for rule in open_rules if not rule["moves"])
    in_full = [_rule(rule, seen) for rule in decisive[:_MAX_IN_FULL]]
    yield Section("Rules that may hold", [*in_full, Bullets(map(_rule_line, decisive[_MAX_IN_FULL:]))])
    yield Section("Open rules that cannot change the outcome", [Bullets(others)])


def _rule_line(rule: Data) -> str:
    names = dict.fromkeys(name for reason in rule["reasons"] for name in reason["facts"])
    return f"{rule['cite']} ({outcome_words(rule['outcome'])}), on {short_list(list(names), 'and')}"


_MAX_MISSES = 5
"""The most points shown on which stricter rules fail."""


def _closest(data: Data, seen: Seen) -> Iterator[Block]:
    """The stricter rules that fail on a single point, grouped by the facts on which they fail."""
    by_facts: dict[tuple[str, ...], list[Data]] = {}
    for miss in data["closest"]:
        names = dict.fromkeys(name for reason in miss["missing"] for name in reason["facts"])
        by_facts.setdefault(tuple(names), []).append(miss)
    shown, further = (list(by_facts.values())[:_MAX_MISSES], list(by_facts.values())[_MAX_MISSES:])
    items: list[Sequence[Inline]] = []
    for misses in shown:
        reasons = dict.fromkeys(_marked_reason(reason) for miss in misses for reason in miss["missing"])
        items.append([f"{_rule_citations(misses)}: ", *_joined_lines(reasons)])
    if remaining := [miss for misses in further for miss in misses]:
        items.append([f"on further points: {_rule_citations(remaining)}"])
    yield Section("Stricter rules that fail on a single point", [Bullets(map(tuple, items))])


def _joined_lines(lines: Iterable[Iterable[Inline]]) -> Iterator[Inline]:
    for index, line in enumerate(lines):
        yield "; " if index else ""
        yield from line


def _rule_citations(misses: Sequence[Data]) -> str:
    by_outcome: dict[str, list[tuple[str, str]]] = {}
    for miss in misses:
        by_outcome.setdefault(miss["outcome"], []).append((miss["text"], miss["place"]))
    return "; ".join(f"{cited(places)} ({outcome_words(word)})" for word, places in by_outcome.items())


# what is open, and what it depends on ---------------------------------------------------------------


def _questions(data: Data, seen: Seen) -> Iterator[Block]:
    """The open questions, with the effect of each answer on its own."""
    span = data["low"], data["high"]
    entries = []
    for question in filter(_narrows, data["questions"]):
        effects = sorted(question["effects"], key=lambda effect: len(effect["words"]))
        head = f"{question['text'] or question['name']} ({question['name']})"
        entries.append(Entry(head, [Bullets(_effect_line(effect, span) for effect in effects)]))
    yield Section("Open questions, and what each answer alone would lead to", entries)
    others = [question["name"] for question in data["questions"] if not _narrows(question)]
    if others:
        certainty = "proved" if data["exact"] else "as far as look-ahead shows; --exact proves it"
        yield Paragraph(
            f"Also unanswered; no single answer would narrow the outcome ({certainty}): "
            f"{', '.join(others)}."
        )


def _narrows(question: Data) -> bool:
    return bool(question["narrows"])


def _effect_line(effect: Data, span: tuple[str, str]) -> tuple[Inline, ...]:
    prefix = "still " if (effect["low"], effect["high"]) == span else ""
    return (f"{answers_words(effect['words'])}: {prefix}", outcomes(effect["low"], effect["high"]))


def settling_lines(data: Data) -> list[tuple[Inline, ...]]:
    """Returns the open questions that would each change the outcome alone, with their effects."""
    lines, span = [], (data["low"], data["high"])
    for question in filter(_narrows, data["questions"]):
        moving = [
            (f"{answers_words(effect['words'])}: ", plain_outcomes(effect["low"], effect["high"]))
            for effect in question["effects"]
            if (effect["low"], effect["high"]) != span
        ]
        if moving:
            lines.append((f"{question['text'] or question['name']} ", *_joined_lines(moving)))
    return lines


def _dependence(data: Data, seen: Seen) -> Iterator[Block]:
    """The decisive facts that were assumed or inferred, and what is disputed."""
    grounds = data["hangs_on"]
    lines = [
        f"Of the facts above, these {words}: {', '.join(grounds[mark])}."
        for mark, words in (("presumed", "are assumed"), ("inferred", "follow from others"))
        if grounds[mark]
    ]
    for dispute in data["disputed"]:
        relevance = ", and matters above" if dispute["fact"] in grounds["disputed"] else ""
        lines.append(f"{dispute['fact']} is disputed{relevance}: {dispute['note']}")
    yield Section("What it depends on", [Bullets(lines)])


def _duties(data: Data, seen: Seen) -> Iterator[Block]:
    """The other things that must be done, by addressee."""
    by_addressee: dict[str, list[tuple[Inline, ...]]] = {}
    for duty in data["duties"]:
        remarks = [duty["strength"] + ("" if duty["applies"] else ", if it applies (open)")]
        remarks += [f"{name}: {duty[name]}" for name in ("deadline", "breach") if duty[name]]
        note, link = Note(f" [{'; '.join(remarks)}]"), Link(duty["cite"], duty["url"])
        own = Note(f" {comment(duty['note'])}" if duty["note"] else "")
        line = (duty["sentence"], note, " (", link, ")", own)
        by_addressee.setdefault(duty["addressee"], []).append(line)
    entries = (
        Entry(f"{addressee[0].upper()}{addressee[1:]}:", [Bullets(duties)])
        for addressee, duties in by_addressee.items()
    )
    yield Section("Duties", entries)


def _assumed(data: Data, seen: Seen) -> Iterator[Block]:
    """The facts that were assumed, and those that follow from others."""
    titles = {"presumed": "Assumed, not stated", "inferred": "Inferred from other facts"}
    for origin, title in titles.items():
        facts = (f"{fact['question']} – {fact['answer']} ({fact['fact']})" for fact in data[origin])
        yield Section(title, [Bullets(facts)])


def _glosses(data: Data, seen: Seen) -> Iterator[Block]:
    lines = (
        (f"{gloss['fact']}: ", Link(gloss["cite"], gloss["url"]), f": {gloss['says']}")
        for gloss in data["glosses"]
    )
    yield Section("What the texts add to the questions", [Bullets(lines)])


def _doubts(data: Data, seen: Seen) -> Iterator[Block]:
    """The interpretations on which the outcome depends; the others are only named."""
    decisive = [doubt for doubt in data["readings"] if doubt["matters"]]
    other_ids = [doubt["id"] for doubt in data["readings"] if not doubt["matters"]]
    lead = "Changing the interpretation of any one of these changes nothing here"
    closing = f"{lead}: {', '.join(other_ids)}." if other_ids and data["low"] is not None else None
    yield Section("How doubtful texts were interpreted", [*map(_doubt, decisive), closing])


def _doubt(doubt: Data) -> Entry:
    origin = "Assumed" if doubt["default"] else "Chosen"
    chosen = f"{origin}: “{doubt['reading']}”. {doubt['says']} {doubt['reason']}"
    others = []
    for other in doubt["others"]:
        low, _, high = other["result"].partition("..")
        outcome = span_words(low, high or low)
        others.append(f"interpreted as “{other['reading']}”: {outcome}. {other['says']}")
    head = f"{doubt['id']}, {doubt['cite']}: {doubt['question']}"
    return Entry(head, [chosen if doubt["reading"] else None, Bullets(others)])


def _annotations(data: Data, seen: Seen) -> Iterator[Block]:
    """Facts that others added to the case, with their owners and sources."""
    lines = []
    for item in data["added"]:
        facts = "; ".join(
            f"{fact['question']} {fact['answer']} [{fact['fact']}]" for fact in item["facts"]
        )
        sources = listing(item["sources"], "and")
        lines.append(f"{facts} Added by {item['owner']}, from {sources} ({item['place']}).")
    yield Section("Added to the case by others", [Bullets(lines)])


# limits -------------------------------------------------------------------------------------------


def _limits(data: Data, seen: Seen) -> Iterator[Block]:
    """Warnings, and what is not encoded."""
    yield Section("Warnings", [Bullets(data["warnings"])])
    near = _nearby_omissions(data)
    hidden = len(data["not_encoded"]) - len(near)
    shows = " and ".join(f"`regcompare show {name}`" for name in (data["ruleset"], data["base"]) if name)
    hint = f"{hidden} {'more' if near else 'parts'}: see {shows}." if hidden else None
    yield Section("Not encoded", [Bullets(near), hint])


def _nearby_omissions(data: Data) -> list[str]:
    return [f"{item['cite']}: {item['what']}" for item in data["not_encoded"] if item["near"]]


def _texts_read(data: Data, seen: Seen) -> Iterator[Block]:
    """The texts that were read, and the days of law and facts."""
    shown = [text for text in data["law"] if text["cited"]] or data["law"]
    hidden = len(data["law"]) - len(shown)
    hint = f"{hidden} more sources: see `regcompare show {data['ruleset']}`." if hidden else None
    texts = (
        (Link(text["name"], text["url"]), f": {text['title']} ({text['reference']})") for text in shown
    )
    yield Section("Law", [Bullets(texts), hint, " ".join(_notice(data))])


def _notice(data: Data) -> Iterator[str]:
    """The days of law and facts, how sure the ends are, and that it is not legal advice."""
    as_of, day = (data[name] or "an unknown date" for name in ("as_of", "date"))
    yield f"Law as of {as_of}; facts of {day}."
    if data["low"] != data["high"]:
        ends = "proved" if data["exact"] else "found by look-ahead, not proved"
        yield f"The two ends of the outcome are {ends}."
    yield data["notice"]


# on one screen --------------------------------------------------------------------------------------

_SCREEN_WIDTH = 80
_LINES = {lines: 74 * lines for lines in (1, 2, 4)}
"""How many letters fit into so many lines of a screen of 80 columns."""


def _cut(text: str, lines: int) -> str:
    return textwrap.shorten(text, _LINES[lines], placeholder=" ...")


def _short_title(data: Data) -> str:
    room = _SCREEN_WIDTH - len(data["scenario"]) - 3
    if not data["title"]:
        return str(data["scenario"])
    return f"{textwrap.shorten(data['title'], room, placeholder=' ...')} ({data['scenario']})"


def _short_result(verdict: Verdict) -> Paragraph:
    """The result, as a cell has it; where too little is known, with the classes of both ends; why."""
    day = f", as of {verdict.as_of}" if verdict.as_of else ""
    lead = f"{verdict.ruleset.title} ({verdict.ruleset.id}){day}: "
    item = classify([verdict])
    words = f" ({item.words()})" if item.slug == "open" else ""
    reason = f"{words}. {_cut(why(verdict).sentence, 4)}"
    return Paragraph((lead, verdict_outcomes(verdict, result_cell(verdict)), reason))


def _short_reasons(data: Data) -> Iterator[Block]:
    """Why it does not apply or may not, and the rules that decide or may, the first with its reason."""
    scope = "; ".join(plain(_marked_reason(reason)) for reason in data["scope_reasons"])
    if scope:
        is_outside = data["in_scope"] is False
        lead = "It does not apply" if is_outside else "Whether it applies is open"
        yield Paragraph(_cut(f"{lead}: {scope}.", 2 if is_outside else 1))
    if data["low"] is None:
        return
    deciding = [rule for rule in data["rules"] if rule["decides"]]
    possible = [rule for rule in data["rules"] if rule["holds"] is None and rule["moves"]]
    first, *others = [*deciding, *possible] or [None]
    if first is None:
        return
    grounds = list(_short_grounds(first))
    if others and data["low"] == data["high"]:
        hidden = f", and {len(others) - 1} more" if len(others) > 1 else ""
        grounds.append(_cut(f"Also {_rule_head(others[0])}{hidden}.", 1))
    if data["review"] and data["low"] == data["high"]:
        grounds.append(_cut(f"How the licence is decided: {Weighing(data['review']).value}.", 1))
    yield Entry(_cut(f"{_rule_head(first)}: {first['sentence']}", 2), grounds)


def _rule_head(rule: Data) -> str:
    qualifier = "" if rule["holds"] else "may apply, "
    return f"{rule['cite']} ({qualifier}{plain_outcomes(rule['outcome'], rule['outcome']).text})"


def _short_grounds(rule: Data) -> Iterator[LineContent]:
    """What a rule holds because of, the item and its use first; its address."""
    reasons = sorted(rule["reasons"], key=lambda reason: all(map(is_formal, reason["facts"])))
    if reasons and rule["holds"]:
        grounds = "; ".join(plain(_marked_reason(reason)) for reason in reasons)
        yield _cut(f"It holds because: {grounds}.", 1)
    addresses = [rule["url"], *(statement["url"] for statement in rule["statements"])]
    if address := next(filter(None, addresses), None):
        yield (Link("", address),)


def _short_settling(data: Data) -> Iterator[Block]:
    """The open questions that would each change the outcome alone."""
    lines = [plain(line) for line in settling_lines(data)]
    if lines:
        hidden = f" ({len(lines) - 2} more: --full)" if len(lines) > 2 else ""
        shown = [_cut(line, 2 - place) for place, line in enumerate(lines[:2])]
        yield Entry(f"What would settle it{hidden}:", [Bullets(shown)])


def _short_confidence(data: Data) -> Iterator[Block]:
    """How the law is known, what is assumed or disputed, and how to see the rest."""
    grounds, level = data["hangs_on"], CHECKED_WORDS.get(data["checked"], "")
    disputed = [item for item in data["disputed"] if item["fact"] in grounds["disputed"]]
    notes = [item["note"].rstrip(".") for item in disputed] or [
        item["fact"] for item in data["disputed"]
    ]
    labelled = [
        ("Disputed", "; ".join(notes)),
        ("Law known from", level),
        ("Assumed", short_list(grounds["presumed"], "and")),
        *((f"Added by {item['owner']}", short_list([fact["fact"] for fact in item["facts"]], "and"))
          for item in data["added"]),
    ]  # fmt: skip
    words = " ".join(f"{label}: {text}." for label, text in labelled if text)
    yield Paragraph(_cut(words, 2) if words else "")
    as_of, day = (data[name] or "an unknown date" for name in ("as_of", "date"))
    yield from map(Paragraph, data["notices"])
    others = [warning for warning in data["warnings"] if warning not in data["notices"]]
    ends = (
        "" if data["low"] == data["high"] else f"Ends {'proved' if data['exact'] else 'by look-ahead'}. "
    )
    law = f"Law as of {as_of}; facts of {day}. {ends}Not legal advice; --full: the rest."
    yield Paragraph(f"{_cut(' '.join(others), 1)} {law}".strip())


def _review(data: Data, seen: Seen) -> Iterator[Block]:
    if data["review"]:
        how = Weighing(data["review"])
        yield Section("How the licence is decided", [f"{how.value.capitalize()}. {how.meaning}"])


_FULL_PARTS = (
    *(_deciding, _review, _other_rules, _open_rules, _questions, _closest, _dependence, _duties),
    *(_assumed, _glosses, _annotations, _doubts, _limits, _texts_read),
)
_SHORT_PARTS = (_short_reasons, _short_settling, _short_confidence)
