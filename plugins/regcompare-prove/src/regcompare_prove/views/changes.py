"""The fewest changes as text and data: what would have to be different, and who could change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regcompare.comparison.data import to_data, to_json
from regcompare.facts import Fact, MemberSet, SetOf
from regcompare.ruleset.rules import Interpretation, Outcome
from regcompare.views.document import Bullets, Document, Entry, Section
from regcompare.views.render import Form, render
from regcompare.views.sentences import (
    NOT_ADVICE,
    outcome_words,
    result_words,
    span_words,
    verdict_outcomes,
)
from regcompare.words.lexicon import answer_words, listing, member_words
from regcompare_prove.changes import Change, Counterfactual, FewestChanges

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


def changes_data(fewest: FewestChanges) -> dict[str, Any]:
    """Returns the fewest changes as plain data, ready for JSON."""
    return {**to_data(fewest), "notes": [NOT_A_RECIPE, NOT_ADVICE]}


def changes_text(fewest: FewestChanges, form: Form = "text") -> str:
    """Returns the fewest changes: what would have to be different, grouped by who can change it."""
    if form == "json":
        return to_json(changes_data(fewest))
    verdict, case = fewest.verdict, fewest.verdict.scenario
    law = f"{verdict.ruleset.title} ({verdict.ruleset.id}), law as of {verdict.as_of}: "
    sections = []
    for number, alternative in enumerate(fewest.alternatives, 1):
        changed = len(alternative.changes)
        heading = f"Changing {_facts(changed)}" if changed else "Answers to open questions"
        sections.append(Section(f"{number}. {heading}", _blocks(alternative)))
    title = f"{case.title} ({case.id})" if case.title else case.id
    result = (law, verdict_outcomes(verdict))
    return render(
        Document(title, [result, changes_sentence(fewest), *sections, *_closing(fewest)]), form
    )


def changes_sentence(fewest: FewestChanges) -> str:
    """Returns how many facts must change at the least, as a sentence."""
    low, high = fewest.to.low, fewest.to.high
    aim, held = span_words(fewest.to), listing(fewest.holding, "and")
    if low is not high and high is max(Outcome):
        aim = f"{outcome_words(low)} or a stricter outcome"
    elif low is not high and low is min(Outcome):
        aim = f"{outcome_words(high)} or a weaker outcome"
    if fewest.least is None:
        facts = f"facts other than {held}" if held else "facts"
        never = (
            f"Proved: whichever {facts} change, {aim} cannot be reached while the law stays as it is."
        )
        if low is not Outcome.REFUSAL:
            return never
        return (
            f"{never} Refusal here means one that the law requires; the authority may still refuse a "
            "licence."
        )
    if fewest.least:
        frame = ", among changes that fit a sale of surveillance technology" if fewest.presume else ""
        kept = f", with {held} as in the case" if held else ""
        return f"For {aim}, at least {_facts(fewest.least)} must differ (proved minimal{frame}{kept})."
    if not fewest.alternatives[0].required_answers:
        return f"The case already results in {aim}."
    return f"Proved: the stated facts already allow {aim}, if the following is true."


def _facts(number: int) -> str:
    return "one fact" if number == 1 else f"{number} facts"


def _blocks(alternative: Counterfactual) -> Iterator[Entry | Bullets]:
    by_who: dict[str, list[Change]] = {}
    for change in alternative.changes:
        by_who.setdefault(change.who, []).append(change)
    for who, changes in by_who.items():
        lead = _LEADS.get(who, f"If the {who} used its power differently")
        yield Entry(f"{lead}:", [Bullets(map(_line, changes))])
    if alternative.required_answers:
        lead = "These open questions would also have to be answered as follows"
        yield Entry(
            f"{lead if alternative.changes else 'This is so if'}:",
            [Bullets(map(_line, alternative.required_answers))],
        )
    if alternative.changes or alternative.required_answers:
        verdict = alternative.verdict
        cites = ", ".join(str(finding.rule.cite) for finding in verdict.deciding)
        by = f", by {cites}" if cites else ""
        yield Bullets([f"Then {verdict.ruleset.id}: {result_words(verdict)}{by}."])


def _line(change: Change) -> str:
    """The question with the answer that would have to be true, and the present one."""
    assumed = ", assumed" if change.is_presumed else ""
    now = "" if change.before is None else f"; now: {_answer(change, change.before)}{assumed}"
    return f"{change.about.question} {_answer(change, change.after)} [{change.name}{now}]"


def _answer(change: Change, value: Any) -> str:
    about = change.about
    if isinstance(about, SetOf) and isinstance(value, MemberSet) and value.open and not value.known:
        return f"not {member_words(about, sorted(about.members.keys() - value.open))}"
    if isinstance(value, MemberSet):  # What it leaves open does not matter.
        value = MemberSet(value.known)
    if isinstance(about, Fact):
        return answer_words(about, value)
    if isinstance(about, Interpretation):
        return f"“{value}”"
    return {True: "yes", False: "no"}.get(value, "unknown")


def _closing(fewest: FewestChanges) -> Iterator[str]:
    if fewest.alternatives and not fewest.exhausted:
        yield "There may be other ways; --alternatives shows more."
    elif fewest.least == 0 and fewest.alternatives[0].required_answers:
        yield "Other answers to the open questions may lead there as well."
    yield (
        "The date of the facts is held fixed, and the law is read as of one day; `regcompare timeline` "
        "shows the effect of changes in the law."
    )
    yield NOT_A_RECIPE
    yield NOT_ADVICE
