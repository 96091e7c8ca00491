"""The fewest changes as text and as data: what would have to be true, and who could make it true."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.facts import Choice, CodeSet, Country, Fact, MemberSet, YesNo
from regcompare.proofs.changes import Change, Counterfactual, FewestChanges, RequiredAnswer
from regcompare.ruleset.rules import Discretion, Interpretation, Outcome
from regcompare.scenario.files import write_scenarios
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import (
    Lexicon,
    answer_clause,
    answer_words,
    choice_words,
    lexicon,
    member_words,
    power_words,
    reading_words,
    short_list,
    statement,
)

from .document import Bullets, Document, Entry, Section
from .records import read_record, span_record
from .render import Form, render
from .sentences import NOT_ADVICE, outcome_words, result_words, span_words, verdict_outcomes

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
    words = [lexicon(verdict.ruleset) for verdict in found.verdicts]
    return {
        "scenario": found.scenario.id,
        "to": str(found.to) if found.to else None,
        "now": [_result(verdict) for verdict in found.verdicts],
        "least": found.least,
        "proved": True,
        "exhausted": found.exhausted,
        "pinned": list(found.pinned),
        "alternatives": [_way(way, words) for way in found.alternatives],
        "notes": [NOT_A_RECIPE, NOT_ADVICE],
    }


def _result(verdict: Verdict) -> dict[str, Any]:
    return {
        **read_record(verdict.ruleset, verdict.as_of),
        "in_scope": verdict.in_scope,
        **span_record(verdict.span),
    }


def _way(way: Counterfactual, words: Sequence[Lexicon]) -> dict[str, Any]:
    return {
        "changes": [_change(change, words) for change in way.changes],
        "needs": [
            {"name": need.name, "answer": _plain(need.answer), "member": need.member or None}
            | {"says": _need_says(need, words), "others": list(need.others)}
            for need in way.required_answers
        ],
        "hangs_on": list(way.depends_on),
        "results": [_result(verdict) for verdict in way.verdicts],
        "scenario": json.loads(write_scenarios(way.scenario, kind="json")),
    }


def _change(change: Change, words: Sequence[Lexicon]) -> dict[str, Any]:
    write = change.about.write if isinstance(change.about, Fact) else _plain
    return {
        "name": change.name,
        "who": change.who,
        "knowledge": change.is_knowledge,
        "presumed": change.is_presumed,
        "before": write(change.before),
        "after": write(change.after),
        "before_words": _answer(change, change.before),
        "after_words": _answer(change, change.after),
        "says": list(_says(change, words)),
        "others": list(change.others),
    }


def _plain(answer: Any) -> Any:
    return {True: "yes", False: "no"}.get(answer, str(answer)) if answer is not None else None


# text -------------------------------------------------------------------------------------------------


def changes_text(found: FewestChanges, form: Form = "text") -> str:
    """Returns the fewest changes: what would have to be different, grouped by who can change it."""
    words = [lexicon(verdict.ruleset) for verdict in found.verdicts]
    now = (
        (f"{item.ruleset.title} ({item.ruleset.id}), law as of {item.as_of}: ", verdict_outcomes(item))
        for item in found.verdicts
    )
    ways = (
        Section(f"{place}. {_title(way)}", _alternative(words, way))
        for place, way in enumerate(found.alternatives, 1)
    )
    name, case = found.scenario.title, found.scenario.id
    title = f"{name} ({case})" if name else case
    return render(Document(title, [*now, _headline(found), *ways, *_end(found)]), form)


def _headline(found: FewestChanges) -> str:
    aim = _aim(found)
    if found.least is None:
        never = f"Proved: whichever facts change, {aim} cannot be reached while the law stays as it is."
        if found.to is None or found.to.low is not Outcome.REFUSAL:
            return never
        means = "Refusal here means one that the law requires; the authority may still refuse a licence."
        return f"{never} {means}"
    if found.least:
        among = ", among changes that fit a sale of surveillance technology" if found.presume else ""
        return f"For {aim}, at least {_count(found.least)} must differ (proved minimal{among})."
    if not found.alternatives[0].required_answers:
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
    low, high = found.to.low, found.to.high
    words = span_words(low.word, high.word)
    if low is not high and high is max(Outcome):
        words = f"{outcome_words(low.word)} or a stricter outcome"
    elif low is not high and low is min(Outcome):
        words = f"{outcome_words(high.word)} or a weaker outcome"
    return f"{words} under each of them" if len(found.verdicts) > 1 else words


def _count(number: int) -> str:
    words = {1: "one fact", 2: "two facts", 3: "three facts", 4: "four facts", 5: "five facts"}
    return words.get(number, f"{number} facts")


def _alternative(words: Sequence[Lexicon], way: Counterfactual) -> Iterator[Entry | Bullets]:
    if not way.changes and not way.required_answers:
        return
    for lead, changes in _grouped(way):
        note = _KNOWLEDGE_NOTE if lead == _KNOWLEDGE else None
        yield Entry(f"{lead}:", [Bullets(_told(change, words) for change in changes), note])
    if way.required_answers:
        also = "These open questions would also have to be answered as follows:"
        yield Entry(also if way.changes else "This is so if:", [Bullets(_needs(way, words))])
    results = []
    for item in way.verdicts:
        cites = ", ".join(str(finding.rule.cite) for finding in item.deciding)
        by = f", by {cites}" if cites else ""
        results.append(f"Then {item.ruleset.id}: {result_words(item)}{by}.")
    yield Bullets(results)


def _title(way: Counterfactual) -> str:
    if way.changes:
        return f"Changing {_count(len(way.changes))}"
    if way.depends_on:
        return f"Depends on {short_list(way.depends_on, 'and', 3)}"
    return "If every open question has its usual answer"


def _grouped(way: Counterfactual) -> Iterator[tuple[str, list[Change]]]:
    """The changes by who can make them; what someone knows stands apart."""
    for who, changes in way.by_who().items():
        lead = _WHO.get(who, f"If the {who} used its power differently")
        for is_known, words in ((False, lead), (True, _KNOWLEDGE)):
            if alike := [change for change in changes if change.is_knowledge is is_known]:
                yield words, alike


def _told(change: Change, words: Sequence[Lexicon]) -> str:
    text = "; ".join(_says(change, words))
    was = f"{change.name}: {_answer(change, change.before)} → {_answer(change, change.after)}"
    presumed = "; the present answer is assumed" if change.is_presumed else ""
    return f"{text} [{was}{presumed}]{_as_well(change.about, change.others)}"


def _as_well(about: object, others: Sequence[str]) -> str:
    if not others or not isinstance(about, Fact):
        return ""
    return f"; or instead {(member_words if about.is_set else choice_words)(about, others)}"


def _needs(way: Counterfactual, words: Sequence[Lexicon]) -> Iterator[str]:
    """The needs, those first on which the way depends; what a set must not contain is said in one."""
    alike: dict[str | int, list[RequiredAnswer]] = {}
    for place, need in enumerate(sorted(way.required_answers, key=lambda need: need.is_ordinary)):
        is_denied = need.member and not need.answer
        alike.setdefault(need.name if is_denied else place, []).append(need)
    for need, *others in alike.values():
        if others:
            yield f"{_none_of([need, *others])} [{need.name}: none of these]"
        else:
            yield f"{_need_says(need, words)} [{need.name}]{_as_well(need.about, need.others)}"


def _none_of(needs: Sequence[RequiredAnswer]) -> str:
    """That a set holds none of some members; patterns of codes are named by how they begin."""
    fact = needs[0].about
    assert isinstance(fact, Fact)
    members = [need.member for need in needs]
    if not isinstance(fact, CodeSet):
        return answer_clause(fact, member_words(fact, members, truth=False), False)
    begun = dict.fromkeys(re.split("[!@/]", member)[0] for member in members)
    codes = [code for code in begun if code[:1].isdigit()]
    named = f" ({short_list(codes, 'and')})" if codes else ""
    return f"{answer_clause(fact, 'any entry', False)} that matters here{named}"


def _end(found: FewestChanges) -> Iterator[str]:
    if found.alternatives and not found.exhausted:
        yield "There may be other ways; --alternatives shows more."
    elif found.least == 0 and found.alternatives[0].required_answers:
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
    if isinstance(about, Fact) and about.is_set:
        yield from _set_says(about, change.before, change.after)
    else:
        yield _clause(about, change.name, change.after, words)


def _set_says(fact: Fact, before: Any, after: MemberSet) -> Iterator[str]:
    had = before if isinstance(before, MemberSet) else MemberSet()
    added = sorted(after.known - had.known)
    gone = sorted(had.known - after.known)
    if added:
        yield answer_clause(fact, member_words(fact, added, last="and")) + _such(fact)
    if gone:
        yield answer_clause(fact, member_words(fact, gone, truth=False), False)
    if not added and not gone:
        left = sorted(had.open - after.open)
        yield answer_clause(fact, member_words(fact, left, truth=False), False)


def _such(about: object, truth: bool = True) -> str:
    return ", or any entry treated the same" if truth and isinstance(about, CodeSet) else ""


def _need_says(need: RequiredAnswer, words: Sequence[Lexicon]) -> str:
    if need.member and isinstance(need.about, Fact):
        member = member_words(need.about, [need.member], truth=need.answer)
        return answer_clause(need.about, member, need.answer) + _such(need.about, need.answer)
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
        return answer_clause(about, choice_words(about, [answer]))
    return answer_clause(about, f"{answer} or any day treated the same")
