"""The fewest changes as text and as data: what would have to be true, and who could make it true."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.facts import Choice, CodeSet, Country, Fact, MemberSet, YesNo
from regcompare.proofs.changes import Alternative, Change, FewestChanges, Need
from regcompare.ruleset.rules import Discretion, Interpretation, Outcome, Span
from regcompare.scenario.files import write_scenarios
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import (
    Lexicon,
    answer_words,
    choice_words,
    lexicon,
    member_words,
    power_words,
    reading_words,
    shortened,
    statement,
    with_answer,
)

from .document import Bullets, Document, Entry, Inline, Section
from .render import Form, render
from .sentences import outcome_words, result_words, span_words, verdict_outcomes
from .tables import NOT_ADVICE

__all__ = ["changes_data", "changes_document", "changes_text"]

NOT_A_RECIPE = (
    "This says what would have to be true, not what to write down or leave out: not asking "
    "about a fact, not recording it or denying it does not change it."
)

_WHO = {
    "designer": "If the item were designed differently",
    "exporter": "If the exporter chose differently",
    "authority": "If the authority decided differently",
    "legislator": "If a legislator ruled differently",
    "nobody": "Nobody can choose this; it would have to be true that",
}
_KNOWLEDGE = "Nobody can choose what is known; it would have to be true that"
_KNOWLEDGE_NOTE = "Not asking, not telling and not writing it down do not change what is known."


# data -------------------------------------------------------------------------------------------------


def changes_data(found: FewestChanges) -> dict[str, Any]:
    """Returns the fewest changes as plain data, ready for JSON."""
    words = [lexicon(verdict.ruleset) for verdict in found.now]
    return {
        "scenario": found.scenario.id,
        "to": str(found.to) if found.to else None,
        "now": [_result(verdict) for verdict in found.now],
        "least": found.least,
        "proved": True,
        "exhausted": found.exhausted,
        "pinned": list(found.pinned),
        "alternatives": [_way(way, words) for way in found.alternatives],
        "notes": [NOT_A_RECIPE, NOT_ADVICE],
    }


def _result(verdict: Verdict) -> dict[str, Any]:
    return {
        "ruleset": verdict.ruleset.id,
        "as_of": verdict.as_of.isoformat() if verdict.as_of else None,
        "in_scope": verdict.in_scope,
        "low": verdict.low.word if verdict.low is not None else None,
        "high": verdict.high.word if verdict.high is not None else None,
    }


def _way(way: Alternative, words: Sequence[Lexicon]) -> dict[str, Any]:
    return {
        "changes": [_change(change, words) for change in way.changes],
        "needs": [
            {"name": need.name, "answer": _plain(need.answer), "member": need.member or None}
            | {"says": _need_says(need, words), "others": list(need.others)}
            for need in way.needs
        ],
        "hangs_on": list(way.hangs_on),
        "results": [_result(verdict) for verdict in way.verdicts],
        "scenario": json.loads(write_scenarios(way.scenario, kind="json")),
    }


def _change(change: Change, words: Sequence[Lexicon]) -> dict[str, Any]:
    about = change.about
    fact = about if isinstance(about, Fact) else None
    return {
        "name": change.name,
        "who": change.who,
        "knowledge": change.is_knowledge,
        "presumed": change.is_presumed,
        "before": fact.write(change.before) if fact is not None else _plain(change.before),
        "after": fact.write(change.after) if fact is not None else _plain(change.after),
        "before_words": _answer(change, change.before),
        "after_words": _answer(change, change.after),
        "says": list(_says(change, words)),
        "others": list(change.others),
    }


def _plain(answer: Any) -> Any:
    return {True: "yes", False: "no"}.get(answer, str(answer)) if answer is not None else None


# text -------------------------------------------------------------------------------------------------


def changes_text(found: FewestChanges, form: Form = "text") -> str:
    """Returns the fewest changes in a form."""
    return render(changes_document(found), form)


def changes_document(found: FewestChanges) -> Document:
    """Returns the fewest changes: what would have to be different, grouped by who can change it."""
    words = [lexicon(verdict.ruleset) for verdict in found.now]
    name = found.scenario.title
    ways = enumerate(found.alternatives, 1)
    return Document(
        f"{name} ({found.scenario.id})" if name else found.scenario.id,
        [
            *map(_now, found.now),
            _headline(found),
            *(Section(f"{place}. {_title(way)}", _alternative(words, way)) for place, way in ways),
            *_end(found),
        ],
    )


def _now(verdict: Verdict) -> tuple[Inline, ...]:
    name = f"{verdict.ruleset.title} ({verdict.ruleset.id}), law as of {verdict.as_of}: "
    return (name, verdict_outcomes(verdict, result_words(verdict)))


def _headline(found: FewestChanges) -> str:
    aim = _aim(found)
    if found.least is None:
        ordered = (
            " Refusal here means one that the law requires; the authority may still refuse a licence."
            if found.to is not None and found.to.low is Outcome.REFUSAL
            else ""
        )
        return (
            f"Proved: whichever facts change, {aim} cannot be reached while the law stays as it is."
            + ordered
        )
    if found.least:
        among = ", among changes that fit a sale of surveillance technology" if found.presume else ""
        return f"For {aim}, at least {_count(found.least)} must differ (proved minimal{among})."
    if not found.alternatives[0].needs:
        return f"The case already comes to {aim}."
    if len(found.alternatives) == 1:
        return f"Proved: the stated facts already allow {aim}, if the following is true."
    return (
        f"Proved: the stated facts already allow {aim}, in each of these ways; those that depend on "
        "what documented cases report come first."
    )


def _aim(found: FewestChanges) -> str:
    if found.to is None:
        return "the same outcome under each of them"
    return f"{_span(found.to)}{' under each of them' if len(found.now) > 1 else ''}"


def _span(span: Span) -> str:
    if span.low is not span.high and span.high is max(Outcome):
        return f"{outcome_words(span.low.word)} or a stricter outcome"
    if span.low is not span.high and span.low is min(Outcome):
        return f"{outcome_words(span.high.word)} or a weaker outcome"
    return span_words(span.low.word, span.high.word)


def _count(number: int) -> str:
    words = {1: "one fact", 2: "two facts", 3: "three facts", 4: "four facts", 5: "five facts"}
    return words.get(number, f"{number} facts")


def _alternative(words: Sequence[Lexicon], way: Alternative) -> Iterator[Entry | Bullets]:
    if not way.changes and not way.needs:
        return
    for lead, changes in _grouped(way):
        note = _KNOWLEDGE_NOTE if lead == _KNOWLEDGE else None
        yield Entry(f"{lead}:", [Bullets(_told(change, words) for change in changes), note])
    if way.needs:
        lead = (
            "These open questions would also have to be answered as follows:"
            if way.changes
            else "This is so if:"
        )
        yield Entry(lead, [Bullets(_needs(way, words))])
    yield Bullets(f"Then {item.ruleset.id}: {_then(item)}." for item in way.verdicts)


def _title(way: Alternative) -> str:
    if way.changes:
        return f"Changing {_count(len(way.changes))}"
    return (
        f"Depends on {shortened(way.hangs_on, 'and', 3)}"
        if way.hangs_on
        else "If every open question has its usual answer"
    )


def _then(verdict: Verdict) -> str:
    cites = ", ".join(str(finding.rule.cite) for finding in verdict.deciding)
    return f"{result_words(verdict)}{f', by {cites}' if cites else ''}"


def _grouped(way: Alternative) -> Iterator[tuple[str, list[Change]]]:
    """The changes by who can make them; what someone knows stands apart."""
    for who, changes in way.by_who().items():
        known = [change for change in changes if change.is_knowledge]
        others = [change for change in changes if not change.is_knowledge]
        lead = _WHO.get(who, f"If the {who} used its power differently")
        if others:
            yield lead, others
        if known:
            yield _KNOWLEDGE, known


def _told(change: Change, words: Sequence[Lexicon]) -> str:
    text = "; ".join(_says(change, words))
    was = f"{change.name}: {_answer(change, change.before)} → {_answer(change, change.after)}"
    presumed = "; the present answer is assumed" if change.is_presumed else ""
    return f"{text} [{was}{presumed}]{_as_well(change.about, change.others)}"


def _as_well(about: object, others: Sequence[str]) -> str:
    if not others or not isinstance(about, Fact):
        return ""
    if about.is_set:
        return f"; or instead {member_words(about, others)}"
    return f"; or instead {choice_words(about, others)}"


def _needs(way: Alternative, words: Sequence[Lexicon]) -> Iterator[str]:
    """The needs, those first on which the way depends; what a set must not contain is said in one."""
    hangs = sorted(way.needs, key=lambda need: need.is_ordinary)
    denied: dict[str, list[Need]] = {}
    for need in hangs:
        if need.member and not need.answer:
            denied.setdefault(need.name, []).append(need)
    told: set[str] = set()
    for need in hangs:
        several = denied.get(need.name, []) if need.member and not need.answer else []
        if len(several) < 2:
            yield f"{_need_says(need, words)} [{need.name}]{_as_well(need.about, need.others)}"
        elif need.name not in told:
            told.add(need.name)
            yield f"{_none_of(several)} [{need.name}: none of these]"


def _none_of(needs: Sequence[Need]) -> str:
    """That a set holds none of some members; patterns of codes are named by how they begin."""
    fact = needs[0].about
    assert isinstance(fact, Fact)
    members = [need.member for need in needs]
    if not isinstance(fact, CodeSet):
        return with_answer(fact, member_words(fact, members, truth=False), False)
    begun = dict.fromkeys(re.split("[!@/]", member)[0] for member in members)
    codes = [code for code in begun if code[:1].isdigit()]
    named = f" ({shortened(codes, 'and')})" if codes else ""
    return f"{with_answer(fact, 'any entry', False)} that matters here{named}"


def _end(found: FewestChanges) -> Iterator[str]:
    if found.alternatives and not found.exhausted:
        yield "There may be other ways; --alternatives shows more."
    elif found.least == 0 and found.alternatives[0].needs:
        yield "Other answers to the open questions may lead there as well."
    if found.pinned:
        yield f"Held fixed: {', '.join(found.pinned)}."
    yield "The law is read as of one day; `regcompare timeline` shows the effect of changes in the law."
    yield NOT_A_RECIPE
    yield NOT_ADVICE


# answers in words -------------------------------------------------------------------------------------


def _answer(change: Change, value: Any) -> str:
    if isinstance(change.about, Fact):
        return answer_words(change.about, value)
    return {True: "used", False: "not used"}.get(value, "unknown")


def _says(change: Change, words: Sequence[Lexicon]) -> Iterator[str]:
    """What would be true, as clauses."""
    about = change.about
    if isinstance(about, CodeSet) or (isinstance(about, Fact) and about.is_set):
        yield from _set_says(about, change.before, change.after)
    else:
        yield _clause(about, change.name, change.after, words)


def _set_says(fact: Fact, before: Any, after: MemberSet) -> Iterator[str]:
    had = before if isinstance(before, MemberSet) else MemberSet()
    added = sorted(after.known - had.known)
    gone = sorted(had.known - after.known)
    if added:
        yield with_answer(fact, member_words(fact, added, last="and")) + _such(fact)
    if gone:
        yield with_answer(fact, member_words(fact, gone, truth=False), False)
    if not added and not gone:
        left = sorted(had.open - after.open)
        yield with_answer(fact, member_words(fact, left, truth=False), False)


def _such(about: object, truth: bool = True) -> str:
    return ", or any entry treated the same" if truth and isinstance(about, CodeSet) else ""


def _need_says(need: Need, words: Sequence[Lexicon]) -> str:
    if need.member and isinstance(need.about, Fact):
        member = member_words(need.about, [need.member], truth=need.answer)
        return with_answer(need.about, member, need.answer) + _such(need.about, need.answer)
    return _clause(need.about, need.name, need.answer, words)


def _clause(about: object, name: str, answer: Any, words: Sequence[Lexicon]) -> str:
    if isinstance(about, Discretion):
        own = next(item for item in words if about.id in item.powers)
        return power_words(own, about.id, answer)
    if isinstance(about, Interpretation):
        return reading_words(about.id, [answer])
    assert isinstance(about, Fact), name
    if isinstance(about, YesNo):
        return statement(about, answer)
    if isinstance(about, Choice | Country):
        return with_answer(about, choice_words(about, [answer]))
    return with_answer(about, f"{answer} or any day treated the same")
