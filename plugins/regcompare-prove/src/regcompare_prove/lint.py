"""Lint: unreachable, redundant, contradictory, unused or unfinished provisions, over every case and day.

Every finding is either fixed, or accepted with a reason in the ruleset itself (``Ruleset.accepted``); an
accepted finding that no longer occurs is itself a finding.  Rules with different outcomes that hold
together are none: the strictest decides, and a general authorisation overrides what it covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.comparison.named_cases import unshown_rules
from regcompare.errors import FileError
from regcompare.logic.conditions import FALSE, Term, all_of, any_of, nodes, questions
from regcompare.plugins.catalogue import scenario_files
from regcompare.ruleset.accepted import Accepted
from regcompare.ruleset.provisions import line_of
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.scenario.files import read_scenarios
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import CORE, Vocabulary
from regcompare.words.rows import table_row

from ._states import States, states_of
from .lint_texts import CHECKS, LintFinding

KINDS = {
    "never-holds": "The rule never holds where its ruleset applies and is in force.",
    "always-lifted": "The rule is overridden wherever it holds.",
    "implied": "Another rule, equally strict or stricter, holds wherever this one does.",
    "never-decisive": "The outcome is the same in every case without the rule.",
    "never-applies": "The duty never applies where its ruleset does.",
    "term-never-met": "The term, or the row of a dated table, is never met.",
    "unasked": "No condition uses the interpretation or the power.",
    "no-citation": "A provision or term has no citation, or the text that it cites is not listed.",
    "case-file": "A file of cases cannot be read.",
    "no-case": "No case shows that the rule holds, or the case taken for it does not.",
    "no-near-miss": "No similar case shows that the rule does not hold, or it holds in the one taken.",
    "other-standard": "The review names one standard of harm, and the rule asks a fact about another.",
    "may-binds": "The sentence says that somebody may, and the rule binds without a power being used.",
    "gap": "On some days between two versions of a provision none of them is in the text.",
    "overlap": "On some days two versions of a provision are both in the text.",
    "old-version": "A condition repeats what another provision asked before it was amended.",
    "late-row": "A row of a table begins after the day on which the table was last read.",
    "unlisted-code": "A condition asks about a code that no row of the ruleset's table has.",
    "left-out-chapter": "A chapter is declared beside the ruleset's own, and no ruleset takes it.",
    "same-sentence": "Two provisions have the same sentence, so that one of them says the wrong thing.",
    "same-citation": "Two rules with one citation, trigger and outcome have different conditions.",
    "copied-citation": "A provision has the citation of another, and an id that belongs to neither.",
    "brackets": "The brackets or quotation marks of a citation are not closed.",
    "no-address": "A text has no address at which a reader could open it.",
    "todo": "A text of the ruleset, a row of a table or a case still says TODO.",
    "unused-fact": "No condition in any ruleset uses the fact.",
    "stale-acceptance": "A finding has been accepted that does not occur.",
}
"""Every check with the meaning of its findings."""


def lint(ruleset: Ruleset) -> list[LintFinding]:
    """Returns the findings about a ruleset's own text, over all days, readings and possible cases.

    The law that it is based on counts as it is in force, but its rules are not examined.  A ruleset that
    only combines others has no text of its own.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    findings = [found for check in CHECKS for found in check(ruleset)]
    if ruleset.cases and not ruleset.made_from:  # The cases of a reform are those of what it reforms.
        findings += _shown(ruleset)
    if ruleset.rules or ruleset.provisions.duties:
        findings += _proved(states_of(ruleset))
    accepted = [entry for entry in ruleset.accepted if entry.kind != _FACT]
    lines = {getattr(item, "id", ""): line_of(item) for item in reversed(list(ruleset.provisions))}
    found = [
        attrs.evolve(item, place=item.place or lines.get(item.where, ""))
        for item in dict.fromkeys(findings)
    ]
    return list(_with_reasons(found, accepted))


def unused_facts(rulesets: Iterable[Ruleset], vocabulary: Vocabulary) -> list[LintFinding]:
    """Returns the facts of plugin sections that no condition of any installed ruleset asks about.

    Any of the rulesets may accept one, with its reason.
    """
    rulesets = list(rulesets)
    facts_asked = questions(part for item in rulesets for part in own_conditions(item)).about
    findings = [
        LintFinding(_FACT, fact.key, f"No condition of any ruleset asks about {fact.key}.")
        for fact in vocabulary.facts()
        if vocabulary.by_name[fact.section] not in CORE.sections and fact.key not in facts_asked
    ]
    accepted = [entry for item in rulesets for entry in item.accepted if entry.kind == _FACT]
    return list(_with_reasons(findings, accepted))


_FACT = "unused-fact"


def _with_reasons(
    findings: Sequence[LintFinding], accepted: Sequence[Accepted]
) -> Iterator[LintFinding]:
    reasons = {(entry.kind, entry.where): entry.reason for entry in reversed(accepted)}
    for item in findings:
        yield attrs.evolve(item, accepted=reasons.get((item.kind, item.where), ""))
    occurring = {(item.kind, item.where) for item in findings}
    for entry in accepted:
        if (entry.kind, entry.where) not in occurring:
            hint = "" if entry.kind in KINDS else f" There is no kind {entry.kind!r}."
            sentence = f"{entry.kind} at {entry.where} is accepted, but does not occur.{hint}"
            yield LintFinding("stale-acceptance", f"{entry.kind} {entry.where}", sentence)


def _proved(states: States) -> Iterator[LintFinding]:
    for rule in states.ruleset.rules:
        yield from _rule_finding(states, rule)
    window = any_of(*(item.window for item in states.states))
    terms = [node for node in nodes(own_conditions(states.ruleset)) if isinstance(node, Term)]
    # A row may be of the past.
    met_by = {term: term if table_row(term) else all_of(window, term) for term in terms}
    never_met = states.never_met([*met_by.values()])
    for term in terms:
        if met_by[term] in never_met:
            sentence = f"“{term.name}” ({term.cite}) is never met. Correct its condition."
            yield LintFinding("term-never-met", term.name, sentence)
    duties = [(item, *pair) for item in states.states for pair in item.regime.program.duties]
    components = (part for item in states.states for part in item.regime.components())
    asked = questions([*components, *(condition for *_, condition in duties)])
    provisions = states.ruleset.provisions
    for duty in provisions.duties:
        if states.never([item.within(when) for item, other, _, when in duties if other is duty]):
            sentence = f"{duty.id} can never apply. Correct its when=, or its stage= or period=."
            yield LintFinding("never-applies", duty.id, sentence)
    declared = {item.id: item.matters_to.key for item in provisions.interpretations}
    declared |= {item.id: item.key for item in provisions.discretions}
    for name, key in declared.items():
        if key not in asked:
            sentence = f"No condition asks about {name}. Use it in the condition that it is about."
            yield LintFinding("unasked", name, sentence)


def _rule_finding(states: States, rule: Rule) -> Iterator[LintFinding]:
    name, law, every = rule.id, states.ruleset.id, states.states
    if states.never([item.within(item.holding(rule)) for item in every]):
        where = "" if states.never([rule.condition]) else f" where {law} applies and is in force"
        days = f" It is in the text {rule.period}." if rule.period else ""
        cure = "Correct its condition" + (", or its period or that of the act." if rule.period else ".")
        cure = cure.replace(".", ", or covers= or scope=.") if where else cure
        yield LintFinding("never-holds", name, f"{name} can never hold{where}.{days} {cure}")
    elif states.never([item.within(item.standing(rule)) for item in every]):
        overriders = (
            item.regime.program.entries[index].rule.id
            for item in every
            for index in item.entry(rule).overriders
        )
        names = ", ".join(dict.fromkeys(overriders))
        sentence = (
            f"Wherever {name} holds, it is overridden, by {names}. Narrow one of them, or drop {name}."
        )
        yield LintFinding("always-lifted", name, sentence)
    elif not rule.may_refuse and states.never([item.differs(rule, condition=FALSE) for item in every]):
        other = None if rule.then is Outcome.NO_CONTROL else _implying(states, rule)
        if other is None:
            sentence = f"The outcome is the same without {name} in every possible case."
            if rule.then <= Outcome.GENERAL_AUTHORISATION and not rule.overrides:
                sentence += " If it is an exception, name the rules that it overrides by overrides=."
            else:
                sentence += " Correct its condition or outcome, or accept it with a reason."
            yield LintFinding("never-decisive", name, sentence)
        else:
            sentence = f"Wherever {name} ({rule.then}) holds, {other.id} ({other.then}) holds too."
            sentence += " Correct one of the conditions, or accept it with a reason."
            yield LintFinding("implied", name, sentence)


def _implying(states: States, rule: Rule) -> Rule | None:
    """The first rule, as strict or stricter, that holds wherever one does, the ruleset's own first."""
    others = [entry.rule for item in states.states for entry in item.regime.program.entries]
    for other in dict.fromkeys([*states.ruleset.rules, *others]):
        is_as_strict = other is not rule and other.then >= rule.then and rule not in other.overrides
        if (
            is_as_strict
            and all(other in item.regime.indices for item in states.states)
            and states.never(
                [item.within(item.holding(rule), ~item.holding(other)) for item in states.states]
            )
        ):
            return other
    return None


def _shown(ruleset: Ruleset) -> Iterator[LintFinding]:
    """Files that cannot be read, and rules that no case shows to hold, or not to."""
    powers = [power.id for part in ruleset.parts() for power in part.provisions.discretions]
    files, cases = scenario_files(ruleset.cases), dict[str, Scenario]()
    for file in files:
        try:
            read = read_scenarios(
                file, ruleset.vocabulary, discretions=lambda: powers, others=lambda: files
            )
            cases |= {case.id: case for case in read}
        except FileError as error:
            yield LintFinding("case-file", file.name, str(error.problems[0]))
            return  # Which rules have a case shows once the files can be read.
    for kind, rule, sentence in unshown_rules(ruleset, cases):
        yield LintFinding(kind, rule.id, sentence)
