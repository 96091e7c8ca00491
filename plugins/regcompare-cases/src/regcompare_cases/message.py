"""The message on the documented cases: which counts, under which laws, in which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from regcompare.comparison.claims import Claim, Message
from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.populations import Populations
from regcompare.law import EvidenceLevel
from regcompare.ruleset.ruleset import Ruleset
from regcompare.words.catalogues import ENGLISH, Language

BEFORE, AFTER, WHOLE, ASKED = "eu-428-2009", "eu-2021-821", "eu-law", "amnesty"
"""An act, the one that replaced it, the law with its sister instruments, and what is asked for."""
NEEDED = (BEFORE, AFTER, WHOLE, ASKED)


def message(
    counting: Counting,
    populations: Populations,
    rulesets: Mapping[str, Ruleset],
    language: Language = ENGLISH,
) -> Message | None:
    """Returns what is said first; None without deals, or without a ruleset that it needs."""
    deals = populations["deals"]
    if not len(deals) or any(name not in rulesets for name in NEEDED):
        return None
    before, after = rulesets[BEFORE], rulesets[AFTER]
    laws = (Law(rulesets[WHOLE], "scenario"), Law(before), Law(after), Law(rulesets[ASKED]))
    rows = [tuple(counting.count(asked, deals, law) for asked in ("licence", "refuse")) for law in laws]
    own, (old, _), (new, _), asked = rows
    same_list = counting.count("licence", deals, Law(after.with_list(_day(old))))
    claims = (
        _own_day(*own),
        _on_demand(*asked),
        _list_or_act(old, new, same_list),
        _notified(counting, new),
    )
    return Message(tuple(_lead(before, after)), rows, claims, tuple(_notes(after)), language)


def _day(count: Count) -> dt.date:
    """The day of the law of a count."""
    day = count.laws[-1].fixed_day
    assert day
    return day


def _lead(before: Ruleset, after: Ruleset) -> Iterator[Claim]:
    yield Claim(
        "Under EU export law a surveillance tool that is not on the Union's list as a rule needs no "
        "licence; one that is on the list does.",
        proved_by="regcompare map unlisted-tool-for-police --by item.technology --by item.covert",
    )
    yield Claim(
        "But neither {before} nor {after} obliges an authority to refuse it because of the harm it may "
        "do to people.",
        {"before": before.title, "after": after.title},
        objection="Governments do refuse licences. They may, and some did; this says what harm obliges "
        "them to do.",
        proved_by="regcompare standards",
    )
    yield Claim(
        "What can oblige it stands elsewhere: in sanctions, and in the Common Position on arms exports "
        "where that reaches such tools.",
        proved_by=f"regcompare standards -r {WHOLE}",
    )


def _own_day(licence: Count, refusal: Count) -> Claim:
    """The requirements of the law of the day, and the decisions, for one population."""
    decisions = [record.decision for record in licence.those("yes")]
    done = tuple(
        Claim(words, {"number": decisions.count(item)})
        for item, words in DECIDED.items()
        if item in decisions
    )
    return Claim(
        "By the law of their days {licence} deals certainly needed a licence ({done}) and {refusal} "
        "certainly had to be refused; {older} are older than any act encoded here, {scope} outside "
        "that law."
        if done
        else "By the law of their days {licence} deals certainly needed a licence and {refusal} "
        "certainly had to be refused; {older} are older than any act encoded here, {scope} outside "
        "that law.",
        {
            "licence": licence.certain or "none", "refusal": refusal.certain or "none", "done": done,
            "older": licence.outside["older"] or "none", "scope": licence.outside["scope"] or "none",
        },
        (licence, refusal),
        objection="Refusals are seldom published. This counts what became public, and nothing else.",
    )  # fmt: skip


DECIDED = {
    "granted": "{number} granted",
    "revoked": "{number} revoked",
    "refused": "{number} refused",
    "suspended": "{number} suspended",
    "withdrawn": "{number} withdrawn",
    "applied": "{number} applied for",
    "not_applied": "{number} never applied for",
    "none_needed": "{number} held to need none",
    "unknown": "{number} not known",
}
"""Clauses on what became of licences, for counts."""


def _list_or_act(old: Count, new: Count, same_list: Count) -> Claim:
    """A comparison of act and list: whether the same deals, not only as many, need a licence."""
    return Claim(
        "With the list of {day} {after} would require a licence for the same deals as {before}: the "
        "list makes the difference, not the act."
        if _needing(same_list) == _needing(old) != _needing(new)
        else "With the list of {day} {after} would require a licence for {same_list}; {before} as "
        "of that day for {old}.",
        {
            "day": _day(old), "before": old.laws[0].ruleset.title,
            "after": new.laws[0].ruleset.title, "same_list": same_list, "old": old,
        },
        (new,),
        objection="No exporter met both acts. The same facts are put under each; the first row has the "
        "law of each deal's own day.",
    )  # fmt: skip


def _needing(count: Count) -> tuple[tuple[str, ...], ...]:
    """The deals of which it is so, and of which it may be; of the others it does not matter why not."""
    return count.groups["yes"], count.groups["open"]


def _notified(counting: Counting, licence: Count) -> Claim:
    """The duty to tell, of the deals that certainly need no licence."""
    free = licence.those("no")
    notified = counting.count("tell", free, *licence.laws)
    return Claim(
        "New is a duty to tell the authority of repression: of {free} that need no licence {told}.",
        {"free": len(free), "told": notified},
        (licence,),
    )


def _on_demand(licence: Count, refusal: Count) -> Claim:
    """The evidence level of the certain results of a proposal."""
    return Claim(
        "Of the {licence} and {refusal} certain on {asked}, {less} and {fewer} rest on less than a "
        "text of law.",
        {
            "licence": licence.certain or "none", "refusal": refusal.certain or "none",
            "asked": licence.laws[0].ruleset.title, "less": _less_than_text(licence),
            "fewer": _less_than_text(refusal),
        },
        (licence, refusal),
    )  # fmt: skip


def _less_than_text(count: Count) -> int | str:
    return (count.marks.total() - count.marks[EvidenceLevel.TEXT]) or "none"


def _notes(after: Ruleset) -> Iterator[Claim]:
    yield Claim(
        "Certain: with disputed facts left open. Exceptions above: weapons, military uses, states' "
        "lists and bans, general authorisations, binding objections; since {after}, sellers aware or "
        "told of repression.",
        {"after": after.title},
        proved_by="regcompare safeguards",
    )
