"""What the cases and citations of a ruleset do not show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from regcompare.comparison.named_cases import named_cases
from regcompare.errors import RegcompareError, did_you_mean, nearest
from regcompare.law import Citation
from regcompare.logic.conditions import Term, nodes
from regcompare.ruleset.rules import NamedCase, NotEncoded, Rule
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess

_MOST_NAMED = 4
"""How many facts a sentence names."""


def unshown_rules(ruleset: Ruleset, cases: Mapping[str, Scenario]) -> Iterator[tuple[str, Rule, str]]:
    """Yields the rules that no case shows to hold, or that no near miss shows not to.

    Each comes with ``no-case`` or ``no-near-miss``, and with a sentence that says which case was taken
    and how to choose another.

    Args:
        ruleset: The ruleset.
        cases: Its cases by id.
    """
    named = named_cases(ruleset, cases.values())
    for rule in ruleset.rules:
        hit, miss = named[rule.id].fires, named[rule.id].misses
        if fault := _fault(ruleset, rule, hit, cases, should_hold=True):
            cure = f"Let a case expect it (rules: [{rule.id}]), or name one in fires=."
            yield "no-case", rule, f"{rule.id} {fault} {cure}"
        if hit and (fault := _fault(ruleset, rule, miss, cases, should_hold=False)):
            cure = (
                "Add a case that differs in one fact and does not expect it, or name one with misses=."
            )
            yield "no-near-miss", rule, f"{rule.id} {fault} {cure}"


def _fault(
    ruleset: Ruleset, rule: Rule, reference: str, cases: Mapping[str, Scenario], *, should_hold: bool
) -> str:
    """What is wrong with the case in which a rule should hold, or should not; blank if nothing is."""
    parameter = "fires" if should_hold else "misses"
    if not reference:  # What nobody has read never decides, so no case can expect it.
        return "" if ruleset.is_unread(rule) else "has no case of this kind."
    try:
        named = NamedCase.read(reference)
        if not (case := cases.get(named.id)):
            hint = did_you_mean(nearest(named.id, cases))
            return f"names the case {named.id!r} in {parameter}=, which cases= lacks.{hint}"
        readings = {**ruleset.as_if_read(), **named.readings}
        verdict = assess(case, ruleset, as_of=named.as_of, readings=readings, look_ahead=False)
        finding = verdict.finding(rule.id)
    except (RegcompareError, ValueError) as error:
        return f"cannot be judged in the case {reference}: {error}"
    if finding.holds is should_hold:
        return ""
    result = "does not hold for certain" if should_hold else "may hold"
    if reference not in (rule.fires, rule.misses):
        taken = "the first that expects it" if should_hold else "the nearest that does not expect it"
        return f"{result} in {reference}, {taken}."
    keys = finding.trace.open_questions() or finding.trace.deciding_questions()
    return f"{result} in {reference}, which it names. It depends on {_few(keys)} there."


def _few(keys: Iterable[str]) -> str:
    """Returns the first few of some facts, and how many more there are."""
    names = list(dict.fromkeys(keys))
    rest = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return (", ".join(names[:_MOST_NAMED]) or "its scope") + rest


def unlisted_citations(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Yields what cites no text of a ruleset, or none at all: where it is, and a sentence."""
    listed = {text.name for part in ruleset.parts() for text in part.instruments}
    for item in ruleset.provisions:
        text = item.cite.instrument.name
        if text not in listed and not isinstance(item, NotEncoded):  # A whole text may be left out.
            where = getattr(item, "id", item.cite.pinpoint)
            yield where, f"{where} cites {text}, which is not among the texts of {ruleset.id}."
    for node in nodes(own_conditions(ruleset)):
        is_cited = isinstance(node, Term) and isinstance(node.cite, Citation)
        if isinstance(node, Term) and not is_cited and not str(node.cite or "").strip():
            yield node.name, f"The term “{node.name}” has no citation."
