"""Lint: unreachable, redundant, contradictory, unused or omitted provisions, over every case and day.

Every finding is either fixed, or accepted with a reason in the ruleset itself (``Ruleset.accepted``); an
accepted finding that no longer occurs is itself a finding.

A contradiction is a rule whose condition can never be met (``never-holds``), or only where its ruleset
does not apply (``contradicts-scope``) or is not in force (``never-in-force``), or two rules that hold in
exactly the same cases with two outcomes (``two-outcomes``).  Rules with different outcomes that hold
together are not: the strictest decides, and a general authorisation overrides what it covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.logic.conditions import questions
from regcompare.ruleset.rules import Accepted
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.vocabulary import CORE, Vocabulary

from ._lint_proofs import LintFinding, proved_findings
from ._lint_text import text_findings
from ._states import states_of

__all__ = ["KINDS", "LintFinding", "lint", "unused_facts"]

KINDS = {
    "never-holds": "The rule can never hold.",
    "never-in-force": "The rule does not hold on any day on which its ruleset is in force.",
    "contradicts-scope": "The rule can hold only where its ruleset does not apply.",
    "two-outcomes": "Two rules hold in exactly the same cases, with different outcomes.",
    "always-lifted": "The rule is overridden wherever it holds.",
    "implied": "Another rule, equally strict or stricter, holds wherever this one does.",
    "never-decisive": "The outcome is the same in every case without the rule.",
    "term-never-met": "The term is never met.",
    "term-always-met": "The term is always met.",
    "row-never-met": "The row of a dated table can never be met.",
    "unused-chapter": "No ruleset uses the chapter.",
    "unused-term": "No condition uses the term.",
    "unasked-reading": "No condition uses the interpretation.",
    "unasked-power": "No condition uses the power.",
    "no-citation": "A provision or term has no citation, or the text that it cites is not listed.",
    "unencoded-article": "An article is neither encoded nor declared as not encoded.",
    "todo": "A text of the ruleset, a row of a table or a case still says TODO.",
    "unused-fact": "No condition in any ruleset uses the fact.",
    "stale-acceptance": "A finding has been accepted that does not occur.",
}
"""Every kind of finding with its meaning."""


def lint(ruleset: Ruleset) -> list[LintFinding]:
    """Returns the findings about a ruleset's own text, over all days, readings and possible cases.

    The law that it is based on counts as it is in force, but its rules are not examined.  A ruleset that
    only combines others has no text of its own.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    findings = list(text_findings(ruleset))
    if ruleset.rules or ruleset.provisions.duties:
        findings += proved_findings(states_of(ruleset))
    accepted = [entry for entry in ruleset.accepted if entry.kind != _FACT]
    return list(_with_reasons(list(dict.fromkeys(findings)), accepted))


def unused_facts(rulesets: Iterable[Ruleset], vocabulary: Vocabulary) -> list[LintFinding]:
    """Returns the facts of plugin sections that no condition of any ruleset asks about.

    Any of the rulesets may accept one, with its reason.

    Args:
        rulesets: All installed rulesets.
        vocabulary: The facts of all of them.
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
