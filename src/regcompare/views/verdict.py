"""One verdict in full, as a document: what follows and why, what is open, assumed and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

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
    Link,
    Note,
    Paragraph,
    Section,
    Table,
    plain,
)
from .render import Form, render
from .sentences import (
    CHECKED_WORDS,
    answers_words,
    cited,
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
Told = set[str]
"""The reasons that were given in full already, and need not be again."""


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
        full: Whether to give every rule with its reasons, duties, assumptions, interpretations and what
            is not encoded; else what fits on a screen.
        links: The language in which the law is to be read, to print the address of each provision; None
            prints, in full, none.
        form: The form.
        more: What is to be said after it.
    """
    document = explain_document(verdict, full=full, lang=links or "en", more=more)
    return render(document, form, links=links is not None or not full)


def explain_document(
    verdict: Verdict, *, full: bool = False, lang: str = "en", more: Iterable[Block] = ()
) -> Document:
    """Returns why a verdict is what it is; the arguments are those of ``explain_text``."""
    data, told = account(verdict, lang), set[str]()
    title = f"{data['title']} ({data['scenario']})" if data["title"] else data["scenario"]
    words = result_words(verdict) if full else result_cell(verdict)
    result = (f"{data['regime']} ({data['ruleset']}): ", verdict_outcomes(verdict, words))
    parts = (block for part in (_FULL if full else _SHORT) for block in part(data, told))
    story = data["story"] if full else None
    return Document(title, [story, result, data["sentence"], *parts, *more])


def in_report(data: Data) -> Iterator[Block]:
    """Yields what a report says of a verdict: all but what it says once for all verdicts on a case."""
    told: Told = set()
    for part in (_decided, _review, _others, _open, _questions, _closest, _hangs, _duties, _readings):
        yield from part(data, told)
    yield Section("Not encoded, but close to what decides here", [Bullets(_left_out_near(data))])
    yield Paragraph([" ".join([*_notice(data), *data["warnings"]])], "note")


def verdict_document(verdict: Verdict) -> Document:
    """Returns what a notebook shows: the finding, the provisions as a table, and what is not known."""
    data = account(verdict)
    told: Told = set()
    parts = (_questions, _closest, _readings, _presumed)
    return Document(
        f"{data['title'] or data['scenario']}, {data['regime']}: {result_words(verdict)}",
        [
            data["sentence"],
            *(reason["text"] for reason in data["scope_reasons"]),
            _provisions(data),
            *(block for part in parts for block in part(data, told)),
            *data["warnings"],
            " ".join(_notice(data)),
        ],
    )


def _provisions(data: Data) -> Block:
    """The rules that hold, and those that may hold and change the outcome, as a table."""
    rules = [rule for rule in data["rules"] if rule["holds"] or rule["moves"]]
    if not rules and data["low"] is not None:
        return Paragraph("No encoded rule holds.")
    rows = [
        (
            [Link(rule["cite"], rule["url"]), rule["sentence"]],
            [outcomes(rule["outcome"], rule["outcome"]), rule["states"] or None],
            _status(rule),
            rule["triggered_by"],
            "\n".join(reason["text"] for reason in rule["reasons"]),
            evidence_words(rule["evidence"]),
        )
        for rule in rules
    ]
    head = ("Provision", "Outcome", "Status", "Triggered by", "Because", "Source")
    return Table("Rules that hold or may hold", head, rows)


def _status(rule: Data) -> str:
    if rule["holds"] is None:
        return "open"
    if rule["lifted_by"]:
        verb = "is" if rule["surely_lifted"] else "may be"
        return f"holds, but {verb} overridden by {short_list(rule['lifted_by'])}"
    return "decides" if rule["decides"] else "holds"


# rules and their reasons --------------------------------------------------------------------------


def _decided(data: Data, told: Told) -> Iterator[Block]:
    deciding = [rule for rule in data["rules"] if rule["decides"]]
    title = "Why it does not apply" if data["in_scope"] is False else "Whether it applies"
    yield Section(title, [Bullets(map(_marked, data["scope_reasons"]))])
    if data["low"] is None:
        return
    if not deciding:
        yield Paragraph(_undecided(data))
    weak = data["checked"] not in {rule["checked"] for rule in deciding}
    weakest = f"Weakest source: {CHECKED_WORDS[data['checked']]}." if deciding and weak else None
    title = "What decides" if data["low"] == data["high"] else "What decides the minimum"
    yield Section(title, [*(_rule(rule, told) for rule in deciding), weakest])


def _undecided(data: Data) -> str:
    if data["low"] != "no_control":
        return (
            "No single rule decides: whichever way the open facts are answered, one of those below does."
        )
    held = {rule["holds"] for rule in data["rules"]}
    if True in held:
        return "No rule that holds requires more."
    return "No encoded rule is certain to hold." if None in held else "No encoded rule holds."


def _rule(rule: Data, told: Told) -> Entry:
    """One rule with its sentence, what triggers it, how it was checked, and its reasons."""
    outcome = rule["outcome"]
    lead = "Suspended " if outcome == "suspension" else "Refusal is for "
    reasons: list[str | tuple[Inline, ...]] = [
        *(_once(reason, told) for reason in rule["reasons"]),
        *map(_row, rule["rests_on"]),
        *map(_statement, rule["statements"]),
    ]
    return Entry(
        (Link(rule["cite"], rule["url"]), f" [{rule['id']}]: ", outcomes(outcome, outcome)),
        [
            rule["sentence"],
            f"{lead}{rule['states']}." if rule["states"] else None,
            f"{rule['history'][0].upper()}{rule['history'][1:]}." if rule["history"] else None,
            f"Triggered by {rule['triggered_by']}. Source: {evidence_words(rule['evidence'])}.",
            *_lifting(rule),
            "It holds because:" if rule["holds"] else "It depends on:",
            "(It holds whichever way these are answered.)" if rule["either_way"] else None,
            Bullets(reasons),
        ],
    )


def _lifting(rule: Data) -> Iterator[str]:
    if rule["lifts"]:
        lead = "It" if rule["holds"] else "Where it holds, it"
        yield f"{lead} overrides {listing(rule['lifts'], 'and')}."
    if rule["lifted_by"]:
        verb = "It is" if rule["holds"] and rule["surely_lifted"] else "It may be"
        yield f"{verb} overridden by {listing(rule['lifted_by'])}."


def _once(reason: Data, told: Told) -> tuple[Inline, ...]:
    """A reason in full the first time; a term that was given above is then only named."""
    line = _marked(reason)
    text = plain(line)
    if reason["about"] and text in told:
        return (f"{reason['about']}, as above",)
    told.add(text)
    return line


def _marked(reason: Data) -> tuple[Inline, ...]:
    """A reason, with the facts in it that are assumed, inferred or disputed."""
    marks = "; ".join(re.sub(" presumed$", " assumed", mark) for mark in reason["marks"])
    return (reason["text"], Note(f" [{marks}]")) if marks else (reason["text"],)


def _statement(item: Data) -> str:
    day = f", {item['date']}" if item["date"] else ""
    address = f" {item['url']}" if item["url"] else ""
    known = CHECKED_WORDS[item["checked"]]
    return f"Based on {item['title']}{day}: {item['said_by']}; {known}.{address}"


def _row(row: Data) -> str:
    """Rows of a table on which a rule is based, with source and mark."""
    known = CHECKED_WORDS.get(row["checked"], "")
    places = short_list(row["rows"], "and")
    return f"this is based on “{row['table']}”, {places}: {row['source']}; {known}"


def _others(data: Data, told: Told) -> Iterator[Block]:
    others = [rule for rule in data["rules"] if rule["holds"] and not rule["decides"]]
    yield Section("Other rules that hold", [_rule(rule, told) for rule in others])


_IN_FULL = 12
"""How many of the rules that may hold are shown in full."""


def _open(data: Data, told: Told) -> Iterator[Block]:
    """The rules that may hold; those that could not move the outcome are only named."""
    open_rules = [rule for rule in data["rules"] if rule["holds"] is None]
    counts = [rule for rule in open_rules if rule["moves"]]
    rest = dict.fromkeys(_in_short(rule) for rule in open_rules if not rule["moves"])
    in_full = [_rule(rule, told) for rule in counts[:_IN_FULL]]
    yield Section("Rules that may hold", [*in_full, Bullets(map(_in_short, counts[_IN_FULL:]))])
    yield Section("Open rules that cannot change the outcome", [Bullets(rest)])


def _in_short(rule: Data) -> str:
    names = dict.fromkeys(name for reason in rule["reasons"] for name in reason["facts"])
    return f"{rule['cite']} ({outcome_words(rule['outcome'])}), on {short_list(list(names), 'and')}"


_SHOWN = 5
"""How many of the points on which stricter rules fail are shown."""


def _closest(data: Data, told: Told) -> Iterator[Block]:
    """The stricter rules that failed on one point, those together that fail on the same facts."""
    points: dict[tuple[str, ...], list[Data]] = {}
    for miss in data["closest"]:
        names = dict.fromkeys(name for reason in miss["missing"] for name in reason["facts"])
        points.setdefault(tuple(names), []).append(miss)
    shown, further = list(points.values())[:_SHOWN], list(points.values())[_SHOWN:]
    items: list[Sequence[Inline]] = []
    for misses in shown:
        because = dict.fromkeys(_marked(reason) for miss in misses for reason in miss["missing"])
        items.append([f"{_cites(misses)}: ", *_joined(because)])
    if rest := [miss for misses in further for miss in misses]:
        items.append([f"on further points: {_cites(rest)}"])
    yield Section("Stricter rules that fail on a single point", [Bullets(map(tuple, items))])


def _joined(lines: Iterable[Iterable[Inline]]) -> Iterator[Inline]:
    """Lines as one, with semicolons between them."""
    for place, line in enumerate(lines):
        yield "; " if place else ""
        yield from line


def _cites(misses: Sequence[Data]) -> str:
    """The citations of rules, with their outcomes."""
    by_outcome: dict[str, list[tuple[str, str]]] = {}
    for miss in misses:
        by_outcome.setdefault(miss["outcome"], []).append((miss["text"], miss["place"]))
    return "; ".join(f"{cited(cites)} ({outcome_words(word)})" for word, cites in by_outcome.items())


# what is open, and what it depends on ---------------------------------------------------------------


def _questions(data: Data, told: Told) -> Iterator[Block]:
    """The open questions, with what each answer alone would lead to."""
    span = data["low"], data["high"]
    entries = []
    for question in filter(_narrows, data["questions"]):
        effects = sorted(question["effects"], key=lambda effect: len(effect["words"]))
        head = f"{question['text'] or question['name']} ({question['name']})"
        entries.append(Entry(head, [Bullets(_effect(effect, span) for effect in effects)]))
    yield Section("Open questions, and what each answer alone would lead to", entries)
    others = [question["name"] for question in data["questions"] if not _narrows(question)]
    if others:
        how = "proved" if data["exact"] else "as far as look-ahead shows; --exact proves it"
        yield Paragraph(
            f"Also unanswered; no single answer would narrow the outcome ({how}): {', '.join(others)}."
        )


def _narrows(question: Data) -> bool:
    return bool(question["narrows"])


def _effect(effect: Data, span: tuple[str, str]) -> tuple[Inline, ...]:
    still = "still " if (effect["low"], effect["high"]) == span else ""
    return (f"{answers_words(effect['words'])}: {still}", outcomes(effect["low"], effect["high"]))


def settling_lines(data: Data) -> list[tuple[Inline, ...]]:
    """Returns the open questions that, each alone, would move the outcome, with what answers lead to."""
    lines, span = [], (data["low"], data["high"])
    for question in filter(_narrows, data["questions"]):
        moving = [
            (f"{answers_words(effect['words'])}: ", plain_outcomes(effect["low"], effect["high"]))
            for effect in question["effects"]
            if (effect["low"], effect["high"]) != span
        ]
        if moving:
            lines.append((f"{question['text'] or question['name']} ", *_joined(moving)))
    return lines


def _hangs(data: Data, told: Told) -> Iterator[Block]:
    """The facts above that were not simply stated, and what is disputed."""
    hangs = data["hangs_on"]
    lines = [
        f"Of the facts above, these {words}: {', '.join(hangs[mark])}."
        for mark, words in (("presumed", "are assumed"), ("inferred", "follow from others"))
        if hangs[mark]
    ]
    for item in data["disputed"]:
        counts = ", and matters above" if item["fact"] in hangs["disputed"] else ""
        lines.append(f"{item['fact']} is disputed{counts}: {item['note']}")
    yield Section("What it depends on", [Bullets(lines)])


def _duties(data: Data, told: Told) -> Iterator[Block]:
    """What else must be done, and by whom."""
    by_addressee: dict[str, list[tuple[Inline, ...]]] = {}
    for duty in data["duties"]:
        parts = [duty["strength"] + ("" if duty["applies"] else ", if it applies (open)")]
        parts += [f"{name}: {duty[name]}" for name in ("deadline", "breach") if duty[name]]
        notes, link = Note(f" [{'; '.join(parts)}]"), Link(duty["cite"], duty["url"])
        line = (duty["sentence"], notes, " (", link, ")")
        by_addressee.setdefault(duty["addressee"], []).append(line)
    entries = (
        Entry(f"{who[0].upper()}{who[1:]}:", [Bullets(duties)]) for who, duties in by_addressee.items()
    )
    yield Section("Duties", entries)


def _presumed(data: Data, told: Told) -> Iterator[Block]:
    """What was assumed, and what followed from other facts."""
    titles = {"presumed": "Assumed, not stated", "inferred": "Inferred from other facts"}
    for kind, title in titles.items():
        facts = (f"{fact['question']} – {fact['answer']} ({fact['fact']})" for fact in data[kind])
        yield Section(title, [Bullets(facts)])


def _glosses(data: Data, told: Told) -> Iterator[Block]:
    said = (
        (f"{gloss['fact']}: ", Link(gloss["cite"], gloss["url"]), f": {gloss['says']}")
        for gloss in data["glosses"]
    )
    yield Section("What the texts add to the questions", [Bullets(said)])


def _readings(data: Data, told: Told) -> Iterator[Block]:
    """The interpretations on which the outcome depends; the others are only named."""
    matter = [doubt for doubt in data["readings"] if doubt["matters"]]
    others = [doubt["id"] for doubt in data["readings"] if not doubt["matters"]]
    lead = "Changing the interpretation of any one of these changes nothing here"
    rest = f"{lead}: {', '.join(others)}." if others and data["low"] is not None else None
    yield Section("How doubtful texts were interpreted", [*map(_doubt, matter), rest])


def _doubt(doubt: Data) -> Entry:
    lead = "Assumed" if doubt["default"] else "Chosen"
    taken = f"{lead}: “{doubt['reading']}”. {doubt['says']} {doubt['reason']}"
    others = []
    for other in doubt["others"]:
        low, _, high = other["result"].partition("..")
        words = span_words(low, high or low)
        others.append(f"interpreted as “{other['reading']}”: {words}. {other['says']}")
    head = f"{doubt['id']}, {doubt['cite']}: {doubt['question']}"
    return Entry(head, [taken if doubt["reading"] else None, Bullets(others)])


def _added(data: Data, told: Told) -> Iterator[Block]:
    """Facts that others added to the case, with who did and from which sources."""
    lines = []
    for item in data["added"]:
        facts = "; ".join(f"{one['question']} {one['answer']} [{one['fact']}]" for one in item["facts"])
        sources = listing(item["sources"], "and")
        lines.append(f"{facts} Added by {item['owner']}, from {sources} ({item['place']}).")
    yield Section("Added to the case by others", [Bullets(lines)])


# limits -------------------------------------------------------------------------------------------


def _limits(data: Data, told: Told) -> Iterator[Block]:
    """Warnings, and what is not encoded."""
    yield Section("Warnings", [Bullets(data["warnings"])])
    near = _left_out_near(data)
    rest = len(data["not_encoded"]) - len(near)
    parts = " and ".join(f"`regcompare show {name}`" for name in (data["ruleset"], data["base"]) if name)
    more = f"{rest} {'more' if near else 'parts'}: see {parts}." if rest else None
    yield Section("Not encoded", [Bullets(near), more])


def _left_out_near(data: Data) -> list[str]:
    return [f"{item['cite']}: {item['what']}" for item in data["not_encoded"] if item["near"]]


def _law(data: Data, told: Told) -> Iterator[Block]:
    """The texts that were read, and on which day."""
    shown = [text for text in data["law"] if text["cited"]] or data["law"]
    rest = len(data["law"]) - len(shown)
    more = f"{rest} more sources: see `regcompare show {data['ruleset']}`." if rest else None
    texts = (
        (Link(text["name"], text["url"]), f": {text['title']} ({text['reference']})") for text in shown
    )
    yield Section("Law", [Bullets(texts), more, " ".join(_notice(data))])


def _notice(data: Data) -> Iterator[str]:
    """As of when, how sure the ends are, and that it is not legal advice."""
    as_of, day = (data[name] or "an unknown date" for name in ("as_of", "date"))
    yield f"Law as of {as_of}; facts of {day}."
    if data["low"] != data["high"]:
        ends = "proved" if data["exact"] else "found by look-ahead, not proved"
        yield f"The two ends of the outcome are {ends}."
    yield data["notice"]


# on one screen --------------------------------------------------------------------------------------

_RULES, _REASONS, _ASKED = 2, 3, 4
"""How many rules, reasons of each and questions fit on a screen."""


def _why(data: Data, told: Told) -> Iterator[Block]:
    """What decides, or may; of each rule its sentence, its first reasons and its source."""
    yield Section("Why it does not apply", [Bullets(map(_marked, data["scope_reasons"]))])
    if data["low"] is None:
        return
    deciding = [rule for rule in data["rules"] if rule["decides"]]
    possible = [rule for rule in data["rules"] if rule["holds"] is None and rule["moves"]]
    shown = [*deciding, *possible][:_RULES]
    further = len(deciding) + len(possible) - len(shown)
    more = f"{further} more {'rule' if further == 1 else 'rules'}: --full." if further > 0 else None
    yield Section("Why", [*map(_short_rule, shown), None if shown else _undecided(data), more])


def _short_rule(rule: Data) -> Entry:
    may = "" if rule["holds"] else "may apply: "
    head = (f"{rule['cite']}, {may}", plain_outcomes(rule["outcome"], rule["outcome"]))
    reasons = Bullets(map(_marked, rule["reasons"][:_REASONS]))
    source: Inline = Link("", rule["url"]) if rule["url"] else ""
    known = f"Triggered by {rule['triggered_by']}. Source: {CHECKED_WORDS[rule['evidence']['level']]}."
    return Entry(head, [rule["sentence"], reasons, (known, source)])


def _review(data: Data, told: Told) -> Iterator[Block]:
    if data["review"]:
        how = Weighing(data["review"])
        yield Section("How the licence is decided", [f"{how.value.capitalize()}. {how.meaning}"])


def _settling(data: Data, told: Told) -> Iterator[Block]:
    """The answers that, each alone, would move the outcome."""
    lines = settling_lines(data)
    more = f"{len(lines) - _ASKED} more questions: --full." if len(lines) > _ASKED else None
    yield Section("What would settle it", [Bullets(lines[:_ASKED]), more])


def _sure(data: Data, told: Told) -> Iterator[Block]:
    """On which assumptions and sources it is based, what is disputed, and where the rest is."""
    named = [
        ("Assumed", short_list(data["hangs_on"]["presumed"], "and")),
        ("Inferred from other facts", short_list(data["hangs_on"]["inferred"], "and")),
        ("Disputed", listing([item["fact"] for item in data["disputed"]], "and")),
    ]
    named += [
        (f"Added by {item['owner']}", listing([one["fact"] for one in item["facts"]], "and"))
        for item in data["added"]
    ]
    named.append(("Weakest source", CHECKED_WORDS.get(data["checked"], "")))
    lines = (f"{lead}: {words}." for lead, words in named if words)
    yield Section("How sure", [Bullets(lines), *data["warnings"]])
    yield Paragraph(
        "--full gives every rule and reason, duties, assumptions, interpretations, and what is not "
        f"encoded. {' '.join(_notice(data))}"
    )


_FULL = (
    *(_decided, _review, _others, _open, _questions, _closest, _hangs, _duties),
    *(_presumed, _glosses, _added, _readings, _limits, _law),
)
_SHORT = (_why, _review, _settling, _sure)
