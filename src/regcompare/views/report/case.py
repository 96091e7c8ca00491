"""One case of the report: what is known, and what each regime makes of it and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from regcompare.comparison.timeline import Change, timeline
from regcompare.facts import Fact
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, established
from regcompare.verdict.verdict import Verdict
from regcompare.views.account import account
from regcompare.views.pictures import Picture, timeline_picture
from regcompare.views.sentences import (
    CHECKED_WORDS,
    answers_words,
    cited,
    evidence_words,
    result_words,
    span_words,
)
from regcompare.views.verdict import SHOWN
from regcompare.vocabulary.words import LICENCE_STATUSES
from regcompare.words.lexicon import answer_words, listing

from .parts import (
    Html,
    bullets,
    joined_html,
    lines,
    link,
    outcome_chip,
    paragraphs,
    results,
    span_chips,
    table,
    tag,
)

__all__ = ["case_name", "case_section"]

Data = Mapping[str, Any]
Draw = Callable[[Callable[[], Picture]], Html]


def case_name(scenario: Scenario) -> str:
    """Returns what a case is called."""
    return scenario.title or scenario.id


def case_section(
    row: Sequence[Verdict],
    number: int,
    *,
    until: dt.date | None,
    draw: Draw | None,
    lang: str = "en",
) -> Html:
    """Returns the section of one case.

    Args:
        row: Its verdicts.
        number: Its place in the report, from 1.
        until: The last day of its timeline; None for no timeline.
        draw: Draws a picture; None where the timeline is told as a table alone.
        lang: The language in which links lead to the law.
    """
    scenario = row[0].scenario
    parts = [
        tag("h3", case_name(scenario), id=f"case-{number}-name"),
        tag("p", _day(scenario), class_="soft"),
        joined_html(tag("p", part) for part in scenario.summary.split("\n\n")),
        _sources(scenario),
        _facts(scenario, [verdict.ruleset for verdict in row]),
        _record(scenario),
        *(_verdict(verdict, f"case-{number}-{place}", lang) for place, verdict in enumerate(row, 1)),
    ]
    if until:
        parts.append(_timeline(scenario, [verdict.ruleset for verdict in row], until, draw))
    return tag(
        "section", *parts, class_="case", id=f"case-{number}", aria_labelledby=f"case-{number}-name"
    )


def _day(scenario: Scenario) -> str:
    day = f"facts of {scenario.date}" if scenario.date else "the day of the facts is not known"
    return f"{scenario.id}; {day}"


def _sources(scenario: Scenario) -> Html:
    if not scenario.sources:
        return Html("")
    items = []
    for source in scenario.sources:
        lost = "no address known" if source.url == "none" else ""
        told = ", ".join(part for part in (source.publisher, source.date, lost) if part)
        items.append(joined_html([link(source.address, source.title), f", {told}" if told else ""]))
    return joined_html([tag("h4", "Sources"), bullets(items, class_="sources")])


# facts -----------------------------------------------------------------------------------------

_ORIGINS = {"stated": "stated", "presumed": "presumed by the file", "ordinary": "presumed"}


def _facts(scenario: Scenario, rulesets: Iterable[Ruleset]) -> Html:
    """Every answer with where it comes from; what is not listed is unknown."""
    known: dict[str, tuple[Fact, Any, str]] = {}
    for ruleset in rulesets:
        found = established(scenario, ruleset.vocabulary)
        for fact in ruleset.vocabulary.facts():
            if fact.key in found.values:
                known.setdefault(fact.key, (fact, found.values[fact.key], found.origins[fact.key]))
    ordered = sorted(known.values(), key=lambda item: list(_ORIGINS).index(item[2]))
    disputed = {item.fact: item.note for item in scenario.disputed}
    rows = [
        (
            fact.question,
            _answer(answer_words(fact, value), disputed.get(fact.key)),
            tag("span", _ORIGINS[origin], class_="marks"),
        )
        for fact, value, origin in ordered
        if origin != "ordinary"
    ]
    ordinary = [
        joined_html([f"{fact.question} ", tag("b", answer_words(fact, value))])
        for fact, value, origin in ordered
        if origin == "ordinary"
    ]
    caption = f"Facts of {case_name(scenario)}; what is neither stated nor presumed is unknown"
    stated = table(caption, ("Question", "Answer", "Origin"), rows) if rows else ""
    parts = [tag("h4", "Facts"), stated or tag("p", "No fact is stated.")]
    if ordinary:
        lead = "Presumed, not stated, because the file presumes an ordinary transaction:"
        parts += [tag("p", lead), bullets(ordinary, class_="ordinary")]
    return joined_html(parts)


def _answer(words: str, note: str | None) -> Html:
    return joined_html([words, tag("p", f"Disputed: {note}", class_="marks") if note else ""])


_DECISIONS: Mapping[str, str] = dict(LICENCE_STATUSES) | {"unknown": "what was decided is not known"}


def _record(scenario: Scenario) -> Html:
    record = scenario.record
    if record is None:
        return Html("")
    decided = _DECISIONS[record.decision]
    day = f" ({record.date})" if record.date else ""
    texts = [f"{decided[0].upper()}{decided[1:]}{day}.", record.note]
    return joined_html([tag("h4", "What became of it"), paragraphs(texts)])


# one verdict -----------------------------------------------------------------------------------


def _verdict(verdict: Verdict, name: str, lang: str) -> Html:
    data = account(verdict, lang)
    parts = [
        tag("h4", f"{data['regime']} ", results(verdict), id=name),
        tag("p", data["sentence"]),
        _reasons("Scope", data["scope_reasons"]),
        *_rules(data),
        _questions(data),
        _closest(data),
        _duties(data),
        _readings(data),
        *_notes(data),
    ]
    return tag("div", *parts, class_="verdict")


def _reasons(heading: str, reasons: Iterable[Data]) -> Html:
    items = bullets(_marked(reason) for reason in reasons)
    return joined_html([tag("h5", heading), items]) if items else Html("")


def _marked(reason: Data) -> Html:
    marks = f" [{'; '.join(reason['marks'])}]" if reason["marks"] else ""
    return joined_html([reason["text"], tag("span", marks, class_="marks") if marks else ""])


def _rules(data: Data) -> Iterator[Html]:
    """What decides, what else holds, and what may hold and would change the outcome."""
    groups = (
        ("What decides", [rule for rule in data["rules"] if rule["decides"]]),
        ("Other rules that hold", [r for r in data["rules"] if r["holds"] and not r["decides"]]),
        ("Rules that may hold", [r for r in data["rules"] if r["holds"] is None and r["moves"]]),
    )
    for heading, rules in groups:
        if rules:
            yield tag("h5", heading)
            yield joined_html(map(_rule, rules))
    if data["low"] is not None and not data["rules"]:
        yield tag("p", "No encoded rule holds.")


def _rule(rule: Data) -> Html:
    lead = "Suspended " if rule["outcome"] == "suspension" else "Refusal is for "
    lifted = f"Lifted by {listing(rule['lifted_by'])}." if rule["lifted_by"] else ""
    if lifted and not (rule["holds"] and rule["surely_lifted"]):
        lifted = f"It may be l{lifted[1:]}"
    rests = (
        f"{row['table']}, {listing(row['rows'], 'and')}: {row['source']}; "
        f"{CHECKED_WORDS.get(row['checked'], '')}"
        for row in rule["rests_on"]
    )
    because = "It holds because:" if rule["holds"] else "It hangs on:"
    cite = tag("span", link(rule["url"], rule["cite"]), class_="cite")
    parts = [
        tag("p", cite, " ", outcome_chip(rule["outcome"])),
        tag("p", rule["sentence"]),
        tag("p", f"{lead}{rule['states']}.") if rule["states"] else "",
        tag("p", lifted) if lifted else "",
        tag("p", because) if rule["reasons"] else "",
        bullets([*map(_marked, rule["reasons"]), *rests]),
        tag(
            "p", f"Set off by {rule['triggered_by']}. Source: {evidence_words(rule['evidence'])}.",
            class_="marks",
        ),
    ]  # fmt: skip
    return tag("div", *parts, class_="rule")


def _questions(data: Data) -> Html:
    rows = [
        (question["text"] or question["name"], bullets(map(_effect, question["effects"])))
        for question in data["questions"]
        if question["narrows"]
    ]
    if not rows:
        return Html("")
    head = ("Question", "What each answer alone would lead to")
    caption = f"Open questions under {data['regime']}"
    return joined_html([tag("h5", "What is open and worth asking"), table(caption, head, rows)])


def _effect(effect: Data) -> Html:
    return joined_html(
        [f"{answers_words(effect['words'])}: ", span_chips(effect["low"], effect["high"])]
    )


def _closest(data: Data) -> Html:
    items = [
        joined_html(
            [
                tag("span", miss["cite"], class_="cite"), " ", outcome_chip(miss["outcome"]), ": ",
                joined_html(map(_marked, miss["missing"]), "; "),
            ]
        )
        for miss in data["closest"][:SHOWN]
    ]  # fmt: skip
    if not items:
        return Html("")
    rest = cited((miss["text"], miss["place"]) for miss in data["closest"][SHOWN:])
    items += [Html("")] if not rest else [tag("span", f"Likewise {rest}.", class_="soft")]
    return joined_html([tag("h5", "Stricter rules that fail on one point alone"), bullets(items)])


def _duties(data: Data) -> Html:
    items = []
    for duty in data["duties"]:
        marks = [f"{duty['addressee']} {duty['strength']}"]
        marks += [] if duty["applies"] else ["open whether it applies"]
        marks += [f"deadline: {duty['deadline']}"] if duty["deadline"] else []
        marks += [f"breach: {duty['breach']}"] if duty["breach"] else []
        told = tag("span", f" [{'; '.join(marks)}; {duty['cite']}]", class_="marks")
        items.append(joined_html([duty["sentence"], told]))
    return joined_html([tag("h5", "Duties"), bullets(items)]) if items else Html("")


def _readings(data: Data) -> Html:
    """The doubts on which the outcome hangs."""
    items = []
    for doubt in data["readings"]:
        if not doubt["matters"]:
            continue
        taken = f"Read as “{doubt['reading']}”: {doubt['says']}" if doubt["reading"] else "Left open."
        others = (
            f" Read as “{other['reading']}”: {span_words(*_ends(other['result']))}."
            for other in doubt["others"]
        )
        items.append(f"{doubt['cite']}: {doubt['question']} {taken}{''.join(others)}")
    if not items:
        return Html("")
    return joined_html([tag("h5", "Readings on which this hangs"), bullets(items)])


def _ends(result: str) -> tuple[str, str]:
    low, _, high = result.partition("..")
    return low, high or low


def _notes(data: Data) -> Iterator[Html]:
    near = [f"{item['cite']}: {item['what']}" for item in data["not_encoded"] if item["near"]]
    if near:
        yield joined_html([tag("h5", "Not encoded, and near what counts here"), bullets(near)])
    hangs = data["hangs_on"]
    for mark in ("presumed", "inferred"):
        if hangs[mark]:
            yield tag(
                "p", f"Of the facts above, these are {mark}: {', '.join(hangs[mark])}.", class_="marks"
            )
    ends = ""
    if data["low"] != data["high"]:
        ends = (
            " Both ends are proved."
            if data["exact"]
            else " Its ends are found by look-ahead, not proved."
        )
    day = data["as_of"] or "an unknown day"
    yield tag("p", f"Law as of {day}.{ends} {' '.join(data['warnings'])}", class_="marks")


# over time -------------------------------------------------------------------------------------


def _timeline(
    scenario: Scenario, rulesets: Iterable[Ruleset], until: dt.date, draw: Draw | None
) -> Html:
    told = [(ruleset, timeline(scenario, ruleset, until=until)) for ruleset in rulesets]
    picture = draw(lambda: timeline_picture(scenario, told, until=until)) if draw else None
    rows = [
        (ruleset.title, str(change.day), _result(change), lines("\n".join(change.provisions)))
        for ruleset, changes in told
        for change in changes
    ]
    head = ("Regime", "From", "Result", "What changed it")
    caption = "The result if the same transaction were made on that day, under its law"
    return joined_html([tag("h4", "Over time"), picture, table(caption, head, rows)])


def _result(change: Change) -> Html:
    return results(change.verdict) if change.verdict.span else Html(result_words(change.verdict))
