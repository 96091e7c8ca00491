"""What the new act closed, in the documented cases and over every possible case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from regcompare.comparison.comparison import Comparison, compare
from regcompare.comparison.sensitivity import Sensitivity
from regcompare.inputs import joint_prover
from regcompare.logic.conditions import Condition, all_of, as_condition
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.scenario.assumed import assumed_facts
from regcompare.views.markup import pipe_table
from regcompare.views.tables import presumed_sentences
from regcompare.vocabulary import FACTS_DATE
from regcompare.words.lexicon import answer_words, listing
from regcompare_prove.encoding import KnownAnswers
from regcompare_prove.gaps import PossibleGaps, possible_gaps
from regcompare_prove.minimal import MinimalCase, minimal_case
from regcompare_prove.regimes import Regime
from regcompare_prove.spans import PROVER
from regcompare_prove.views.possible import excluded_sentences, gaps_sentence
from regcompare_prove.witness import witness_of

from .pieces import AFTER, BEFORE, Sources, frame_words, gap_table, quoted, rules_table


def what_was_closed(sources: Sources, comparison: Comparison) -> Iterator[str]:
    """Yields the part on what the new act closed."""
    yield "## What they closed"
    yield "### In the documented cases"
    documented = comparison.gaps(BEFORE, AFTER)
    yield quoted(documented.sentence(), f"gaps {BEFORE} {AFTER} --documented --exact")
    yield from gap_table(documented.sure)
    verdicts = tuple(item for gap in documented.sure for item in (gap.let_through, gap.stopped))
    yield from presumed_sentences(Sensitivity((), verdicts))
    yield from _by_the_list(sources)
    yield "### Over every possible case"
    gaps = sources.gaps(BEFORE, AFTER, framed=False)
    yield quoted(
        [gaps_sentence(gaps), *excluded_sentences(gaps)], f"gaps {BEFORE} {AFTER} --presume none"
    )
    yield (
        "Cases that only one of the two covers are *set aside*. The other gives no outcome for them, "
        "so they do not count as gaps, although it does not control them: they include everything that "
        "the new act is the first to cover. Within what both cover, these provisions close the gaps; "
        "no other provision of the new act controls a case that the old one covered but did not "
        "control."
    )
    closing = [item.rule for item in gaps.closing_rules()]
    yield rules_table(closing)
    yield from powers(gaps, closing)
    yield from _on_the_last_day(sources)
    yield "### For an unlisted surveillance tool"
    yield frame_words(sources)
    framed = sources.gaps(BEFORE, AFTER, framed=True)
    yield quoted(gaps_sentence(framed), f"gaps {BEFORE} {AFTER} --given {sources.frame_file}")
    yield from _only_way(sources, framed)


def _last_day(sources: Sources) -> dt.date:
    """The last day of the old act: the day before the reference date of the new one."""
    day = sources.ruleset(AFTER).reference_date
    assert isinstance(day, dt.date)
    return day - dt.timedelta(days=1)


def _by_the_list(sources: Sources) -> Iterator[str]:
    """The documented gaps that remain where the old act is read on its last day."""
    day = _last_day(sources)
    pair = (sources.ruleset(BEFORE).on(day), sources.ruleset(AFTER))
    joint = joint_prover(sources.catalogue)
    gaps = compare(sources.documented, pair, prover=PROVER, joint=joint).gaps(BEFORE, AFTER)
    yield f"Measured from the old act on its last day, {day}:"
    yield quoted(gaps.sentence(), f"gaps {BEFORE} {AFTER} --documented --exact --base-as-of {day}")
    if not gaps.found:
        yield (
            "As of that day, the new act controls no additional documented case, neither certainly nor "
            "possibly. In these cases it was the list of items, updated under the old act, that closed "
            "the gaps, not the new act."
        )


def _on_the_last_day(sources: Sources) -> Iterator[str]:
    """What the new act closes beyond the updates of the list under the old one."""
    day = _last_day(sources)
    pair = (sources.ruleset(BEFORE), sources.ruleset(AFTER))
    gaps = possible_gaps(*pair, base_as_of=day)
    rules = [item.rule for item in gaps.closing_rules()]
    yield (
        "Part of that is the work of the list, which was updated under the old act as well. Measured "
        f"from the old act on its last day, {day}:"
    )
    yield quoted(gaps_sentence(gaps), f"gaps {BEFORE} {AFTER} --base-as-of {day} --presume none")
    places = listing([rule.cite.pinpoint for rule in rules], "and")
    yield f"What still closes something then is {places}."
    for rule in rules:
        if rule.cite.pinpoint == "Art. 3(1)":
            yield from _past_general_authorisations(gaps, rule, day)


def _past_general_authorisations(gaps: PossibleGaps, rule: Rule, day: dt.date) -> Iterator[str]:
    """Why a rule on the list still closes something though the list is the same."""
    mild, strict = _standing(gaps.base), _standing(gaps.other)
    freeing = [item for item in mild if item.then is Outcome.GENERAL_AUTHORISATION]
    gap = all_of(gaps.gap, strict[rule])
    on_the_day = gaps.frame.answering(KnownAnswers(answers={FACTS_DATE.key: day}))
    if gaps.frame.can_be(gap, *(~mild[item] for item in freeing)):
        return
    cases = {item: minimal_case(on_the_day, all_of(gap, mild[item])) for item in freeing}
    yield (
        f"{rule.cite.pinpoint} is among them, though not because of the list. Proved: every case that "
        "needs a licence under it but needed none under the old act was covered there by a general "
        f"authorisation, and has none under the new act. The smallest cases with facts of {day}:"
    )
    rows = [
        (
            str(item.cite),
            " ".join(f"{answer}." for answer in _departing(gaps, case)),
            str(gaps.base.ruleset.mark(item)),
        )
        for item, case in cases.items()
        if case
    ]
    yield pipe_table(
        ("general authorisation of the old act", "the smallest case", "checked against"), rows
    )
    if without := [str(item.cite) for item, case in cases.items() if case is None]:
        yield f"With {listing(without, 'or')} there is none on that day (proved)."


def smallest_words(gaps: PossibleGaps, rule: Rule) -> str:
    """The smallest case of a gap that a rule closes, by how it differs from an ordinary one."""
    gap = all_of(gaps.gap, _standing(gaps.other)[rule])
    minimal = minimal_case(gaps.frame, gap)
    assert minimal, "a rule that closes a gap controls some case"
    return " ".join(f"{answer}." for answer in _departing(gaps, minimal))


def _departing(gaps: PossibleGaps, minimal: MinimalCase) -> Iterator[str]:
    """The answers in which a smallest case differs from an ordinary one, in words."""
    case = witness_of(gaps.frame, minimal.case, "Smallest").scenario
    answers = assumed_facts(case, gaps.frame.vocabulary).values
    facts = gaps.frame.solver.facts
    powers = {
        f"discretion.{item.id}": item
        for regime in (gaps.base, gaps.other)
        for part in regime.ruleset.parts()
        for item in part.provisions.discretions
    }
    for name in minimal.departs:
        if name in powers:
            yield f"{powers[name].question} {'yes' if case.discretion[powers[name].id] else 'no'}"
        elif name in answers:  # A fact that copies an open one has no answer.
            yield f"{facts[name].question} {answer_words(facts[name], answers[name])}"


def _standing(regime: Regime) -> dict[Rule, Condition]:
    """For each rule the condition that it holds and no other rule overrides it."""
    return {
        entry.rule: stands for entry, stands in zip(regime.program.entries, regime.stands, strict=True)
    }


def powers(gaps: PossibleGaps, rules: Iterable[Rule]) -> Iterator[str]:
    """Says which provisions differ only in that a power was used under one act and not the other."""
    strict = _standing(gaps.other)
    used = [as_condition(power) for power in gaps.base.ruleset.provisions.discretions]
    same = [rule for rule in rules if not gaps.frame.can_be(gaps.gap, strict[rule], *used)]
    if same:
        places = listing([rule.cite.pinpoint for rule in same], "and")
        yield (
            f"{places} are based on a power that an authority may use. {gaps.base.ruleset.id} has such "
            "a power too; where that has also been used, nothing is left of the gap (proved). So these "
            "cases show a power that was used under one act and not under the other, not a difference "
            "in the law."
        )


def _only_way(sources: Sources, gaps: PossibleGaps) -> Iterator[str]:
    """Which rules close the gaps of the frame, and what they depend on."""
    closing = gaps.closing_rules()
    facts = gaps.frame.solver.facts
    named = listing([str(item.rule.cite) for item in closing], "and")
    yield (
        f"There, only {named} requires a licence. "
        "The smallest case in which it does differs from an ordinary one in the answers to:"
    )
    needed = gaps.departs(gaps.down.answers[0])
    yield "\n".join(f"- {facts[name].question} (`{name}`)" for name in needed)
