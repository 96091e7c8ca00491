"""One verdict in full, as text that can be quoted, and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import listing, shortened

from ._lines import Page
from .account import account
from .sentences import (
    CHECKED_WORDS,
    answers_words,
    cited,
    evidence_words,
    outcome_words,
    result_words,
    span_words,
)

__all__ = ["explain_data", "explain_text"]

Data = Mapping[str, Any]


def explain_data(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns a verdict with its reasons as plain data, ready for JSON.

    It holds what ``explain_text`` says and the keys of ``regcompare compare --format json``.

    Args:
        verdict: The verdict.
        lang: The language in which the links lead to the law.
    """
    return account(verdict, lang)


def explain_text(
    verdict: Verdict, *, brief: bool = False, width: int = 96, links: str | None = None
) -> str:
    """Returns a verdict in full: what follows and why, what is open, presumed and left out.

    Args:
        verdict: The verdict.
        brief: Whether to leave out what is beside the point at first reading: duties, presumptions,
            readings, what is not encoded.
        width: How many characters a line may have.
        links: The language in which the law is to be read, to print the address of each provision;
            None prints none.
    """
    data = account(verdict, links or "en")
    page = Page(width, links=links is not None)
    name = data["title"] or data["scenario"]
    page.line(f"{name} ({data['scenario']})" if data["title"] else name)
    page.line(f"{data['regime']} ({data['ruleset']}): {result_words(verdict)}")
    page.paragraph(data["sentence"])
    for section in _BRIEF if brief else _SECTIONS:
        section(page, data)
    return page.text()


def _once(page: Page, reason: Data) -> str:
    """A reason in full the first time; a term that was told above is then only named."""
    text = _marked(reason)
    if reason["about"] and text in page.told:
        return f"{reason['about']}, as above"
    page.told.add(text)
    return text


# sections -------------------------------------------------------------------------------------


def _decided(page: Page, data: Data) -> None:
    """The rules that decide, each with its reasons."""
    deciding = [rule for rule in data["rules"] if rule["decides"]]
    if data["scope_reasons"]:
        page.heading("Why it does not apply" if data["in_scope"] is False else "Whether it applies")
        page.bullets(_marked(reason) for reason in data["scope_reasons"])
    if data["low"] is None:
        return
    if deciding:
        page.heading("What decides" if data["low"] == data["high"] else "What decides at the least")
    else:
        page.paragraph(_undecided(data))
    for rule in deciding:
        _rule(page, rule)
    if deciding and data["checked"] not in {rule["checked"] for rule in deciding}:
        page.line(f"Weakest source: {CHECKED_WORDS[data['checked']]}.")


def _undecided(data: Data) -> str:
    if data["low"] != "no_control":
        return "No single rule decides: whichever way the open facts fall, one of those below does."
    holding = [rule for rule in data["rules"] if rule["holds"]]
    if holding:
        return "No rule that holds asks for more."
    open_rules = [rule for rule in data["rules"] if rule["holds"] is None]
    return "No encoded rule is certain to hold." if open_rules else "No encoded rule holds."


def _rule(page: Page, rule: Data) -> None:
    """One rule with its sentence, who sets it off, how it was checked, and its reasons."""
    page.line(f"{rule['cite']} [{rule['id']}]: {outcome_words(rule['outcome'])}", 0, 2)
    page.line(rule["sentence"], 2)
    if rule["states"]:
        lead = "Suspended " if rule["outcome"] == "suspension" else "Refusal is for "
        page.line(f"{lead}{rule['states']}.", 2, 2)
    page.line(f"Set off by {rule['triggered_by']}. Source: {evidence_words(rule['evidence'])}.", 2)
    page.link(rule["url"], 2)
    if rule["lifts"]:
        lead = "It" if rule["holds"] else "Where it holds, it"
        page.line(f"{lead} lifts {listing(rule['lifts'], 'and')}.", 2)
    if rule["lifted_by"]:
        verb = "It is" if rule["holds"] and rule["surely_lifted"] else "It may be"
        page.line(f"{verb} lifted by {listing(rule['lifted_by'])}.", 2)
    page.line(_REASONS[rule["holds"]], 2)
    if rule["either_way"]:
        page.line("(It follows whichever way these are answered.)", 2)
    page.bullets((_once(page, reason) for reason in rule["reasons"]), 2)
    page.bullets((_row(row) for row in rule["rests_on"]), 2)
    page.bullets((_statement(item) for item in rule["statements"]), 2)


_REASONS = {True: "It holds because:", None: "It hangs on:"}


def _statement(item: Data) -> str:
    day = f", {item['date']}" if item["date"] else ""
    address = f" {item['url']}" if item["url"] else ""
    return (
        f"Rests on {item['title']}{day}: {item['said_by']}; {CHECKED_WORDS[item['checked']]}.{address}"
    )


def _row(row: Data) -> str:
    """Rows of a table on which a rule rests, with source and mark."""
    checked = CHECKED_WORDS.get(row["checked"], "")
    places = shortened(row["rows"], "and")
    return f"this rests on “{row['table']}”, {places}: {row['source']}; {checked}"


def _marked(reason: Data) -> str:
    """A reason, with the facts in it that are presumed, inferred or disputed."""
    return f"{reason['text']} [{'; '.join(reason['marks'])}]" if reason["marks"] else reason["text"]


def _others(page: Page, data: Data) -> None:
    """The other rules that hold."""
    others = [rule for rule in data["rules"] if rule["holds"] and not rule["decides"]]
    if others:
        page.heading("Other rules that hold")
    for rule in others:
        _rule(page, rule)


def _open(page: Page, data: Data) -> None:
    """The rules that may hold; those that could not move the outcome are only named."""
    open_rules = [rule for rule in data["rules"] if rule["holds"] is None]
    counts = [rule for rule in open_rules if rule["moves"]]
    if counts:
        page.heading("Rules that may hold")
    for rule in counts[:_IN_FULL]:
        _rule(page, rule)
    page.bullets(_in_short(rule) for rule in counts[_IN_FULL:])
    rest = [rule for rule in open_rules if not rule["moves"]]
    if rest:
        page.heading("Open rules that cannot change the outcome")
        page.bullets(dict.fromkeys(map(_in_short, rest)))


_IN_FULL = 12
"""Of the rules that may hold, so many are shown in full."""


def _in_short(rule: Data) -> str:
    return f"{rule['cite']} ({outcome_words(rule['outcome'])}), on {_facts(rule)}"


def _facts(rule: Data) -> str:
    """What an open rule hangs on, by name."""
    return shortened(
        list(dict.fromkeys(name for reason in rule["reasons"] for name in reason["facts"])), "and"
    )


def _questions(page: Page, data: Data) -> None:
    """The open questions, with what each answer alone would lead to."""
    span = (data["low"], data["high"])
    narrowing = [question for question in data["questions"] if question["narrows"]]
    if narrowing:
        page.heading("Open questions, and what each answer alone would lead to")
    for question in narrowing:
        page.line(f"{question['text'] or question['name']} ({question['name']})", 0, 2)
        effects = sorted(question["effects"], key=lambda effect: len(effect["words"]))
        page.bullets((_effect(effect, span) for effect in effects), 2)
    others = [question["name"] for question in data["questions"] if not question["narrows"]]
    if others:
        how = "proved" if data["exact"] else "as far as look-ahead tells; --exact proves it"
        page.paragraph(
            f"Open too, but no answer alone narrows the outcome ({how}): {', '.join(others)}."
        )


def _effect(effect: Data, span: tuple[str, str]) -> str:
    answers = answers_words(effect["words"])
    if (effect["low"], effect["high"]) == span:
        return f"{answers}: still {span_words(*span)}"
    return f"{answers}: {span_words(effect['low'], effect['high'])}"


SHOWN = 5
"""Of the points on which stricter rules fail, so many are shown."""


def _closest(page: Page, data: Data) -> None:
    """The stricter rules that failed on one point, those together that fail on the same facts."""
    points: dict[tuple[str, ...], list[Data]] = {}
    for miss in data["closest"]:
        names = {name: None for reason in miss["missing"] for name in reason["facts"]}
        points.setdefault(tuple(names), []).append(miss)
    if points:
        page.heading("Stricter rules that fail on one point alone")
    page.bullets(_point(misses) for misses in list(points.values())[:SHOWN])
    rest = [miss for misses in list(points.values())[SHOWN:] for miss in misses]
    if rest:
        page.bullets([f"on further points: {_cites(rest)}"])


def _point(misses: Sequence[Data]) -> str:
    because = dict.fromkeys(_marked(reason) for miss in misses for reason in miss["missing"])
    return f"{_cites(misses)}: {'; '.join(because)}"


def _cites(misses: Sequence[Data]) -> str:
    """The citations of rules, with their outcomes."""
    by_outcome: dict[str, list[tuple[str, str]]] = {}
    for miss in misses:
        by_outcome.setdefault(miss["outcome"], []).append((miss["text"], miss["place"]))
    parts = [f"{cited(cites)} ({outcome_words(word)})" for word, cites in by_outcome.items()]
    return "; ".join(parts)


def _hangs(page: Page, data: Data) -> None:
    """The facts above that were not simply stated, and what is disputed."""
    presumed, inferred = data["hangs_on"]["presumed"], data["hangs_on"]["inferred"]
    if not (presumed or inferred or data["disputed"]):
        return
    page.heading("What it hangs on")
    if presumed:
        page.line(f"Of the facts above, these are presumed: {', '.join(presumed)}.")
    if inferred:
        page.line(f"Of the facts above, these follow from others: {', '.join(inferred)}.")
    for item in data["disputed"]:
        counts = item["fact"] in data["hangs_on"]["disputed"]
        where = "disputed, and counts above" if counts else "disputed"
        page.bullets([f"{item['fact']} is {where}: {item['note']}"])


def _duties(page: Page, data: Data) -> None:
    """What must be done besides, by whom."""
    if data["duties"]:
        page.heading("Duties")
    for addressee in dict.fromkeys(duty["addressee"] for duty in data["duties"]):
        page.line(f"{addressee[0].upper()}{addressee[1:]}:")
        page.bullets((_duty(duty) for duty in data["duties"] if duty["addressee"] == addressee), 2)


def _duty(duty: Data) -> str:
    parts = [duty["strength"] + ("" if duty["applies"] else ", if it applies (open)")]
    parts += [f"deadline: {duty['deadline']}"] if duty["deadline"] else []
    parts += [f"breach: {duty['breach']}"] if duty["breach"] else []
    return f"{duty['sentence']} [{'; '.join(parts)}] ({duty['cite']})"


def _presumed(page: Page, data: Data) -> None:
    """What was presumed, and what followed from other facts."""
    if data["presumed"]:
        page.heading("Presumed, not stated")
        page.bullets(_answered(fact) for fact in data["presumed"])
    if data["inferred"]:
        page.heading("Inferred from other facts")
        page.bullets(_answered(fact) for fact in data["inferred"])


def _answered(fact: Data) -> str:
    return f"{fact['question']} – {fact['answer']} ({fact['fact']})"


def _readings(page: Page, data: Data) -> None:
    """The readings on which the outcome hangs; the others are only named."""
    matter = [doubt for doubt in data["readings"] if doubt["matters"]]
    others = [doubt["id"] for doubt in data["readings"] if not doubt["matters"]]
    if not matter and (not others or data["low"] is None):
        return
    page.heading("How doubtful texts were read")
    for doubt in matter:
        page.line(f"{doubt['id']}, {doubt['cite']}: {doubt['question']}", 0, 2)
        if doubt["reading"]:
            lead = "Assumed" if doubt["default"] else "Chosen"
            page.line(f"{lead}: “{doubt['reading']}”. {doubt['says']} {doubt['reason']}", 2, 2)
        page.bullets((_otherwise(other) for other in doubt["others"]), 2)
    if others and data["low"] is not None:
        lead = "Each of these, read otherwise alone, changes nothing here"
        page.line(f"{lead}: {', '.join(others)}.")


def _otherwise(other: Data) -> str:
    low, _, high = other["result"].partition("..")
    return f"read as “{other['reading']}”: {span_words(low, high or low)}. {other['says']}"


def _limits(page: Page, data: Data) -> None:
    """Warnings, what is not encoded, and the law."""
    if data["warnings"]:
        page.heading("Warnings")
        page.bullets(data["warnings"])
    if data["not_encoded"]:
        page.heading("Not encoded")
    near = [item for item in data["not_encoded"] if item["near"]]
    page.bullets(f"{item['cite']}: {item['what']}" for item in near)
    rest = len(data["not_encoded"]) - len(near)
    if rest:
        parts = " and ".join(f"`regcompare show {name}`" for name in _parts(data))
        page.line(f"{rest} {'more' if near else 'parts'}: see {parts}.")


def _parts(data: Data) -> list[str]:
    return [name for name in (data["ruleset"], data["base"]) if name]


def _law(page: Page, data: Data) -> None:
    page.heading("Law")
    _texts(page, data)
    _notice(page, data)


def _texts(page: Page, data: Data) -> None:
    shown = [text for text in data["law"] if text["cited"]] or data["law"]
    for text in shown:
        page.bullets([f"{text['name']}: {text['title']} ({text['reference']})"])
        page.link(text["url"], 2)
    rest = len(data["law"]) - len(shown)
    if rest:
        page.line(f"{rest} more sources: see `regcompare show {data['ruleset']}`.")


def _notice(page: Page, data: Data) -> None:
    """As of when, how sure the ends are, and that it is no advice."""
    days = (data["as_of"] or "an unknown day", data["date"] or "an unknown day")
    page.line(f"Law as of {days[0]}; facts of {days[1]}.")
    if data["low"] != data["high"]:
        ends = "proved" if data["exact"] else "found by look-ahead, not proved"
        page.line(f"The two ends of the outcome are {ends}.")
    page.line(data["notice"])


def _in_brief(page: Page, data: Data) -> None:
    page.paragraph(
        "In brief: what is presumed, duties, readings of doubtful texts and what is not encoded stand "
        "in the full text, without --brief."
    )
    _notice(page, data)


_SECTIONS = (
    _decided,
    _others,
    _open,
    _questions,
    _closest,
    _hangs,
    _duties,
    _presumed,
    _readings,
    _limits,
    _law,
)
_BRIEF = (*_SECTIONS[: _SECTIONS.index(_duties)], _in_brief)
