"""The fewest changes as text and data: what would have to be different, and who could change it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.facts import Choice, CodeSet, Country, Fact, MemberSet, YesNo
from regcompare.ruleset.rules import Discretion, Interpretation, Outcome
from regcompare.scenario.files import write_scenarios
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Bullets, Document, Entry, Section
from regcompare.views.records import read_record, span_record
from regcompare.views.render import Form, render
from regcompare.views.sentences import (
    NOT_ADVICE,
    outcome_words,
    result_words,
    span_words,
    verdict_outcomes,
)
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
from regcompare_prove.changes import Change, Counterfactual, FewestChanges, RequiredAnswer

NOT_A_RECIPE = (
    "This says what would have to be true, not what to write down or leave out: not asking "
    "about a fact, not recording it or denying it does not change it."
)

_LEADS = {
    "designer": "If the item were designed differently",
    "exporter": "If the exporter chose differently",
    "authority": "If the authority decided differently",
    "legislator": "If a legislator ruled differently",
    "nobody": "Nobody can choose this; it would have to be true that",
}
_KNOWLEDGE_LEAD = "Nobody can choose what is known; it would have to be true that"
_KNOWLEDGE_NOTE = "Not asking, not telling and not writing it down do not change what is known."


# data -------------------------------------------------------------------------------------------------


def changes_data(fewest: FewestChanges) -> dict[str, Any]:
    """Returns the fewest changes as plain data, ready for JSON."""
    words = [lexicon(verdict.ruleset) for verdict in fewest.verdicts]
    return {
        "scenario": fewest.scenario.id,
        "to": str(fewest.to) if fewest.to else None,
        "now": [_result_record(verdict) for verdict in fewest.verdicts],
        "least": fewest.least,
        "proved": True,
        "exhausted": fewest.exhausted,
        "pinned": list(fewest.pinned),
        "alternatives": [_alternative_record(alternative, words) for alternative in fewest.alternatives],
        "notes": [NOT_A_RECIPE, NOT_ADVICE],
    }


def _result_record(verdict: Verdict) -> dict[str, Any]:
    return {
        **read_record(verdict.ruleset, verdict.as_of),
        "in_scope": verdict.in_scope,
        **span_record(verdict.span),
    }


def _alternative_record(alternative: Counterfactual, words: Sequence[Lexicon]) -> dict[str, Any]:
    return {
        "changes": [_change_record(change, words) for change in alternative.changes],
        "needs": [
            {"name": need.name, "answer": _plain_answer(need.answer), "member": need.member or None}
            | {"says": _requirement_clause(need, words)}
            for need in alternative.required_answers
        ],
        "hangs_on": list(alternative.depends_on),
        "results": [_result_record(verdict) for verdict in alternative.verdicts],
        "scenario": json.loads(write_scenarios(alternative.scenario, kind="json")),
    }


def _change_record(change: Change, words: Sequence[Lexicon]) -> dict[str, Any]:
    write = change.about.write if isinstance(change.about, Fact) else _plain_answer
    return {
        "name": change.name,
        "who": change.who,
        "knowledge": change.is_knowledge,
        "presumed": change.is_presumed,
        "before": write(change.before),
        "after": write(change.after),
        "before_words": _answer_text(change, change.before),
        "after_words": _answer_text(change, change.after),
        "says": list(_change_clauses(change, words)),
    }


def _plain_answer(answer: Any) -> Any:
    return {True: "yes", False: "no"}.get(answer, str(answer)) if answer is not None else None


# text -------------------------------------------------------------------------------------------------


def changes_text(fewest: FewestChanges, form: Form = "text") -> str:
    """Returns the fewest changes: what would have to be different, grouped by who can change it."""
    words = [lexicon(verdict.ruleset) for verdict in fewest.verdicts]
    now = (
        (
            f"{verdict.ruleset.title} ({verdict.ruleset.id}), law as of {verdict.as_of}: ",
            verdict_outcomes(verdict),
        )
        for verdict in fewest.verdicts
    )
    sections = (
        Section(f"{number}. {_alternative_title(alternative)}", _alternative_blocks(words, alternative))
        for number, alternative in enumerate(fewest.alternatives, 1)
    )
    case_title, case_id = fewest.scenario.title, fewest.scenario.id
    title = f"{case_title} ({case_id})" if case_title else case_id
    return render(
        Document(title, [*now, _headline(fewest), *sections, *_closing_sentences(fewest)]), form
    )


def _headline(fewest: FewestChanges) -> str:
    aim = _aim(fewest)
    if fewest.least is None:
        never = f"Proved: whichever facts change, {aim} cannot be reached while the law stays as it is."
        if fewest.to is None or fewest.to.low is not Outcome.REFUSAL:
            return never
        meaning = (
            "Refusal here means one that the law requires; the authority may still refuse a licence."
        )
        return f"{never} {meaning}"
    if fewest.least:
        frame = ", among changes that fit a sale of surveillance technology" if fewest.presume else ""
        return f"For {aim}, at least {_fact_count(fewest.least)} must differ (proved minimal{frame})."
    if not fewest.alternatives[0].required_answers:
        return f"The case already results in {aim}."
    return f"Proved: the stated facts already allow {aim}, if the following is true."


def _aim(fewest: FewestChanges) -> str:
    if fewest.to is None:
        return "the same outcome under each of them"
    low, high = fewest.to.low, fewest.to.high
    words = span_words(low.word, high.word)
    if low is not high and high is max(Outcome):
        words = f"{outcome_words(low.word)} or a stricter outcome"
    elif low is not high and low is min(Outcome):
        words = f"{outcome_words(high.word)} or a weaker outcome"
    return f"{words} under each of them" if len(fewest.verdicts) > 1 else words


def _fact_count(number: int) -> str:
    words = {1: "one fact", 2: "two facts", 3: "three facts", 4: "four facts", 5: "five facts"}
    return words.get(number, f"{number} facts")


def _alternative_blocks(
    words: Sequence[Lexicon], alternative: Counterfactual
) -> Iterator[Entry | Bullets]:
    if not alternative.changes and not alternative.required_answers:
        return
    for lead, changes in _changes_by_agent(alternative):
        note = _KNOWLEDGE_NOTE if lead == _KNOWLEDGE_LEAD else None
        yield Entry(f"{lead}:", [Bullets(_change_line(change, words) for change in changes), note])
    if alternative.required_answers:
        intro = "These open questions would also have to be answered as follows:"
        yield Entry(
            intro if alternative.changes else "This is so if:",
            [Bullets(_required_answers(alternative, words))],
        )
    results = []
    for verdict in alternative.verdicts:
        cites = ", ".join(str(finding.rule.cite) for finding in verdict.deciding)
        provisions = f", by {cites}" if cites else ""
        results.append(f"Then {verdict.ruleset.id}: {result_words(verdict)}{provisions}.")
    yield Bullets(results)


def _alternative_title(alternative: Counterfactual) -> str:
    if alternative.changes:
        return f"Changing {_fact_count(len(alternative.changes))}"
    if alternative.depends_on:
        return f"Depends on {short_list(alternative.depends_on, 'and', 3)}"
    return "If every open question has its usual answer"


def _changes_by_agent(alternative: Counterfactual) -> Iterator[tuple[str, list[Change]]]:
    """The changes grouped by who can make them, with knowledge apart."""
    for who, changes in alternative.by_who().items():
        power_lead = f"If the {who} used its power differently"
        leads = {False: _LEADS.get(who, power_lead), True: _KNOWLEDGE_LEAD}
        for is_knowledge, lead in leads.items():
            if group := [change for change in changes if change.is_knowledge is is_knowledge]:
                yield lead, group


def _change_line(change: Change, words: Sequence[Lexicon]) -> str:
    text = "; ".join(_change_clauses(change, words))
    transition = (
        f"{change.name}: {_answer_text(change, change.before)} → {_answer_text(change, change.after)}"
    )
    assumption = "; the present answer is assumed" if change.is_presumed else ""
    return f"{text} [{transition}{assumption}]"


def _required_answers(alternative: Counterfactual, words: Sequence[Lexicon]) -> Iterator[str]:
    """The required answers, decisive ones first; members that a set must lack are merged into one."""
    groups: dict[str | int, list[RequiredAnswer]] = {}
    for index, need in enumerate(
        sorted(alternative.required_answers, key=lambda need: need.is_ordinary)
    ):
        is_denied = need.member and not need.answer
        groups.setdefault(need.name if is_denied else index, []).append(need)
    for need, *others in groups.values():
        if others:
            yield f"{_none_of([need, *others])} [{need.name}: none of these]"
        else:
            yield f"{_requirement_clause(need, words)} [{need.name}]"


def _none_of(needs: Sequence[RequiredAnswer]) -> str:
    """A clause that a set contains none of some members; code patterns are named by their prefixes."""
    fact = needs[0].about
    assert isinstance(fact, Fact)
    members = [need.member for need in needs]
    if not isinstance(fact, CodeSet):
        return answer_clause(fact, member_words(fact, members, truth=False), False)
    prefixes = dict.fromkeys(re.split("[!@/]", member)[0] for member in members)
    codes = [code for code in prefixes if code[:1].isdigit()]
    examples = f" ({short_list(codes, 'and')})" if codes else ""
    return f"{answer_clause(fact, 'any entry', False)} that matters here{examples}"


def _closing_sentences(fewest: FewestChanges) -> Iterator[str]:
    if fewest.alternatives and not fewest.exhausted:
        yield "There may be other ways; --alternatives shows more."
    elif fewest.least == 0 and fewest.alternatives[0].required_answers:
        yield "Other answers to the open questions may lead there as well."
    if fewest.pinned:
        yield f"Held fixed: {', '.join(fewest.pinned)}."
    yield "The law is read as of one day; `regcompare timeline` shows the effect of changes in the law."
    yield NOT_A_RECIPE
    yield NOT_ADVICE


# answers in words -------------------------------------------------------------------------------------


def _answer_text(change: Change, value: Any) -> str:
    if isinstance(change.about, Fact):
        return answer_words(change.about, value)
    return {True: "used", False: "not used"}.get(value, "unknown")


def _change_clauses(change: Change, words: Sequence[Lexicon]) -> Iterator[str]:
    """What a change would make true, as clauses."""
    about = change.about
    if isinstance(about, Fact) and about.is_set:
        yield from _set_clauses(about, change.before, change.after)
    else:
        yield _clause(about, change.name, change.after, words)


def _set_clauses(fact: Fact, before: Any, after: MemberSet) -> Iterator[str]:
    previous = before if isinstance(before, MemberSet) else MemberSet()
    added = sorted(after.known - previous.known)
    removed = sorted(previous.known - after.known)
    if added:
        yield answer_clause(fact, member_words(fact, added, last="and")) + _alike_note(fact)
    if removed:
        yield answer_clause(fact, member_words(fact, removed, truth=False), False)
    if not added and not removed:
        closed = sorted(previous.open - after.open)
        yield answer_clause(fact, member_words(fact, closed, truth=False), False)


def _alike_note(about: object, truth: bool = True) -> str:
    return ", or any entry treated the same" if truth and isinstance(about, CodeSet) else ""


def _requirement_clause(need: RequiredAnswer, words: Sequence[Lexicon]) -> str:
    if need.member and isinstance(need.about, Fact):
        member = member_words(need.about, [need.member], truth=need.answer)
        return answer_clause(need.about, member, need.answer) + _alike_note(need.about, need.answer)
    return _clause(need.about, need.name, need.answer, words)


def _clause(about: object, name: str, answer: Any, words: Sequence[Lexicon]) -> str:
    if isinstance(about, Discretion):
        owner = next(law_words for law_words in words if about.id in law_words.powers)
        return power_words(owner, about.id, answer)
    if isinstance(about, Interpretation):
        return reading_words(about.id, [answer])
    assert isinstance(about, Fact), name
    if isinstance(about, YesNo):
        return statement(about, answer)
    if isinstance(about, Choice | Country):
        return answer_clause(about, choice_words(about, [answer]))
    return answer_clause(about, f"{answer} or any day treated the same")
