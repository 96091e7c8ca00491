"""The page of findings: what the November 2020 rules closed and left open, which demand closes it.

Every finding is worked out; none is written by hand.  Each stands as a quotation above the command that
prints it, so that a reader can check it, and a test does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.analysis.contribution import CaseShares, by_cases
from regcompare.analysis.gaps import PossibleGaps, possible_gaps, reverse
from regcompare.analysis.maps import PossibleMap, possible_map
from regcompare.analysis.ordinary import Smallest, smallest
from regcompare.analysis.proofs import Proof, never_laxer
from regcompare.analysis.regimes import Given, Regime
from regcompare.analysis.witness import told
from regcompare.assess import assess
from regcompare.compare import Comparison, Gap, compare
from regcompare.conditions import Condition, all_of, as_condition
from regcompare.plugins import Catalogue
from regcompare.readings.lexicon import answer_words, listing
from regcompare.rules import Outcome, Rule
from regcompare.rulesets import Ruleset
from regcompare.scenarios import Scenario, established
from regcompare.vocabulary import FACTS_DATE

from .demands import cases_sentence
from .pipes import pipe_table
from .possible import gaps_sentence, reach_sentence
from .sentences import span_words
from .tables import NOT_ADVICE

__all__ = ["findings_markdown"]

BEFORE, AFTER, DEMANDS = "eu-428-2009", "eu-2021-821", "amnesty"
TITLE = "What the November 2020 rules closed, what they left open, which demand closes it"

_OPENING = """\
On 9 November 2020 the negotiators agreed on the rules that became Regulation (EU) 2021/821.
This page compares Regulation (EC) 428/2009 as it stood the day before, Regulation (EU) 2021/821 \
on the day from which it applies, and Amnesty's demands on top of it.

*Stopped* means that the export needs an authorisation or meets something stricter.
An authorisation may be granted: stopped is not refused, and let through is not harmless.
A duty to notify the authority, as in Article 5(2), is not counted as stopped: the authority then \
decides whether an authorisation is needed.

There are two kinds of finding.
Those about documented cases count the cases of the scenario files; some files tell one deal in \
parts, or ask about it at a second date.
Those about every possible case are proved: the solver found a case, or showed that there is none.
They count cells of a map, never exports.

Each finding is quoted as the command below it prints it.
The commands run in a checkout, with the extra `prove` installed."""


@attrs.frozen
class _Sources:
    """What the page is made from."""

    catalogue: Catalogue
    frame: Scenario
    frame_file: str
    documented: tuple[Scenario, ...]

    def ruleset(self, name: str) -> Ruleset:
        return self.catalogue.ruleset(name)

    def gaps(self, base: str, other: str, *, framed: bool) -> PossibleGaps:
        """The gaps between two rulesets over every possible case, or those of the frame."""
        pair = (self.ruleset(base), self.ruleset(other))
        given = self.frame if framed else None
        return possible_gaps(*pair, given=given, like=self.documented)


def findings_markdown(catalogue: Catalogue, frame: Scenario, frame_file: str) -> str:
    """Returns the page of findings as Markdown.

    Args:
        catalogue: The rulesets and the documented cases.
        frame: A case that holds the facts still which are not at issue.
        frame_file: Its file, as the commands name it.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    made = _Sources(catalogue, frame, frame_file, catalogue.scenarios())
    ids = (BEFORE, AFTER, DEMANDS)
    comparison = compare(made.documented, [made.ruleset(name) for name in ids])
    parts = [
        f"# {TITLE}",
        _OPENING,
        *_closed(made, comparison),
        *_loosened(made),
        *_left_open(made),
        *_closing(made),
        *_limits(made),
    ]
    return "\n\n".join(parts) + "\n"


# parts of the page ---------------------------------------------------------------------------------


def _closed(made: _Sources, comparison: Comparison) -> Iterator[str]:
    yield "## What they closed"
    yield "### In the documented cases"
    found = comparison.gaps(BEFORE, AFTER)
    yield _quoted(found.sentence(), f"gaps {BEFORE} {AFTER} --documented")
    yield from _gap_table(found.sure)
    yield from _by_the_list(made, found.sure)
    yield "### Over every possible case"
    gaps = made.gaps(BEFORE, AFTER, framed=False)
    yield _quoted(gaps_sentence(gaps), f"gaps {BEFORE} {AFTER}")
    yield (
        "These provisions do that; no other provision of the new act stops a case that the old one let "
        "through."
    )
    closing = [item.rule for item in gaps.closing(*gaps.found)]
    yield _rules_table(closing)
    yield from _powers(gaps, closing)
    yield from _on_the_last_day(made)
    yield "### For an unlisted surveillance tool"
    yield _frame_words(made)
    framed = made.gaps(BEFORE, AFTER, framed=True)
    yield _quoted(gaps_sentence(framed), f"gaps {BEFORE} {AFTER} --given {made.frame_file}")
    yield from _only_way(made, framed)


def _last_day(made: _Sources) -> dt.date:
    """The last day of the old act's own reign: the day before the new one is read."""
    day = made.ruleset(AFTER).reference_date
    assert isinstance(day, dt.date)
    return day - dt.timedelta(days=1)


def _by_the_list(made: _Sources, gaps: Sequence[Gap]) -> Iterator[str]:
    """Which of the documented gaps the old act had closed itself by its last day."""
    day = _last_day(made)
    closed = [
        gap.scenario.id
        for gap in gaps
        if (span := assess(gap.scenario, made.ruleset(BEFORE), as_of=day).span)
        and span.low >= Outcome.AUTHORISATION
    ]
    if closed:
        names = listing([f"`{name}`" for name in closed], "and")
        yield (
            f"Of these, the old act itself stops {names} when it is read on its last day, {day}: there "
            "an update of its list of items closed the gap, and not the new act."
        )


def _on_the_last_day(made: _Sources) -> Iterator[str]:
    """What the new act closes beyond the updates of the list under the old one."""
    day = _last_day(made)
    pair = (made.ruleset(BEFORE), made.ruleset(AFTER))
    gaps = possible_gaps(*pair, base_as_of=day, like=made.documented)
    rules = [item.rule for item in gaps.closing(*gaps.found)]
    yield (
        "Part of that is the work of the list, which was updated under the old act as well. Measured "
        f"from the old act on its last day, {day}:"
    )
    yield _quoted(gaps_sentence(gaps), f"gaps {BEFORE} {AFTER} --base-as-of {day}")
    places = listing([rule.cite.pinpoint for rule in rules], "and")
    yield f"Then it is {places} that still close something."
    for rule in rules:
        if rule.cite.pinpoint == "Art. 3(1)":
            yield from _past_general_authorisations(gaps, rule, day)


def _past_general_authorisations(gaps: PossibleGaps, rule: Rule, day: dt.date) -> Iterator[str]:
    """Why a rule on the list still closes something though the list is the same."""
    mild, strict = _standing(gaps.base), _standing(gaps.other)
    freeing = [item for item in mild if item.then is Outcome.GENERAL_AUTHORISATION]
    gap = all_of(gaps.gap, strict[rule])
    on_the_day = Given(answers={FACTS_DATE.key: day})
    if gaps.possible.can_be(gap, *(~mild[item] for item in freeing)):
        return
    found = {item: smallest(gaps.possible, all_of(gap, mild[item]), on_the_day) for item in freeing}
    yield (
        f"{rule.cite.pinpoint} is among them, though not because of the list. Proved: every case that "
        "it stops and the old act let through passed there under a general authorisation, and has none "
        f"under the new act. The smallest cases with facts of {day}:"
    )
    rows = [
        (
            str(item.cite),
            " ".join(f"{answer}." for answer in _departing(gaps, case)),
            str(gaps.base.ruleset.mark(item)),
        )
        for item, case in found.items()
        if case
    ]
    yield pipe_table(
        ("general authorisation of the old act", "the smallest case", "checked against"), rows
    )
    if none := [str(item.cite) for item, case in found.items() if case is None]:
        yield f"With {listing(none, 'or')} there is none on that day: proved."


def _departing(gaps: PossibleGaps, found: Smallest) -> Iterator[str]:
    """The answers in which a smallest case departs from an ordinary one, in words."""
    case = told(gaps.possible, found.case, scenario_id="smallest", title="Smallest", summary="")
    answers = established(case, gaps.possible.vocabulary).values
    facts = gaps.possible.solver.facts
    for name in found.departs:
        yield f"{facts[name].question} {answer_words(facts[name], answers[name])}"


def _standing(regime: Regime) -> dict[Rule, Condition]:
    """For each rule the condition that it holds and no other rule lifts it."""
    reached = regime.reached
    return {
        entry.rule: stands for entry, stands in zip(reached.plan.entries, reached.stands, strict=True)
    }


def _same_power(gaps: PossibleGaps, rules: Iterable[Rule]) -> list[Rule]:
    """The rules that close nothing where the laxer regime has used its own powers as well."""
    strict = _standing(gaps.other)
    used = [as_condition(power) for power in gaps.base.ruleset.provisions.discretions]
    return [rule for rule in rules if not gaps.possible.can_be(gaps.gap, strict[rule], *used)]


def _powers(gaps: PossibleGaps, rules: Iterable[Rule]) -> Iterator[str]:
    """Says which provisions differ only in that a power was used under one act and not the other."""
    same = _same_power(gaps, rules)
    if same:
        places = listing([rule.cite.pinpoint for rule in same], "and")
        yield (
            f"{places} rest on a power that an authority may use. {gaps.base.ruleset.id} holds such a "
            "power too, and where it has been used as well nothing is left of the gap: proved. So these "
            "cases show a power that was used under one act and not under the other, and no difference "
            "in the law."
        )


def _only_way(made: _Sources, gaps: PossibleGaps) -> Iterator[str]:
    """Which rules close the gaps of the frame, and what they hang on."""
    closing = gaps.closing(*gaps.found)
    facts = gaps.possible.solver.facts
    named = listing([str(item.rule.cite) for item in closing], "and")
    yield (
        f"There it is {named} alone that stops anything. "
        "The smallest case in which it does departs from an ordinary one in the answers to:"
    )
    needed = gaps.departs(gaps.down.answers[0])
    yield "\n".join(f"- {facts[name].question} (`{name}`)" for name in needed)


def _loosened(made: _Sources) -> Iterator[str]:
    yield "## What they loosened"
    back = reverse(made.gaps(BEFORE, AFTER, framed=False))
    yield _quoted(gaps_sentence(back), f"gaps {AFTER} {BEFORE}")
    yield (
        "So the new act is not stricter everywhere. These provisions of the old one stop cases that the "
        "new one lets through. Where one of them stands in both acts, what it reaches has changed: its "
        "conditions, the list, or the general authorisations that lift it."
    )
    closing = [item.rule for item in back.closing(*back.found)]
    yield _rules_table(closing)
    yield from _powers(back, closing)
    proof = never_laxer(made.ruleset(AFTER), made.ruleset(BEFORE), like=made.documented)
    yield proof.sentence()
    yield _python(AFTER, BEFORE)


def _left_open(made: _Sources) -> Iterator[str]:
    yield "## What they left open"
    yield "### In the documented cases"
    shares = _shares(made, Outcome.AUTHORISATION)
    yield (
        f"Under the new act {len(shares.let_through)} documented cases still pass for certain, and "
        f"{len(shares.may_let_through)} may, depending on facts that no source states. Those that pass "
        "for certain:"
    )
    yield "\n".join(f"- `{name}`" for name in shares.let_through)
    yield _command(f"gaps {AFTER} {DEMANDS} --by-demand --format json")
    yield "### For an unlisted surveillance tool"
    yield (
        "The same sale as above, by what the tool is and whether those watched can perceive it "
        "(`item.covert`)."
    )
    by = ("item.technology", "item.covert")
    rulesets = [made.ruleset(name) for name in (BEFORE, AFTER, DEMANDS)]
    found = possible_map(rulesets, by=by, given=made.frame, like=made.documented)
    sentences = [reach_sentence(found, item.id, Outcome.AUTHORISATION) for item in rulesets]
    options = f"--by {by[0]} --by {by[1]}"
    yield _quoted(sentences, f"map {made.frame_file} {options}")
    yield pipe_table(
        ("ruleset", "technology", "covert", "not covert"),
        [row for item in found.regimes for row in _map_rows(found, item.ruleset.id)],
    )
    if _overt_is_free(found):
        yield (
            "An overt tool, such as a camera that everybody sees, is out of reach of the new act in "
            "this sale, whatever the authority has told the exporter of these uses."
        )


def _overt_is_free(found: PossibleMap) -> bool:
    overt = [cell for cell in found.of(AFTER) if cell.across.name == "no"]
    return all(cell.high is Outcome.NO_CONTROL for cell in overt)


def _map_rows(found: PossibleMap, ruleset: str) -> Iterator[tuple[str, ...]]:
    """Technologies with equal lines together; the greater part as every other."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for answer in found.down.answers:
        own = [cell for cell in found.of(ruleset) if cell.down == answer]
        words = tuple(span_words(c.span.low.word, c.span.high.word) if c.span else "-" for c in own)
        lines.setdefault(words, []).append(answer.label)
    most = max(lines.values(), key=len)
    for words, labels in sorted(lines.items(), key=lambda line: len(line[1])):
        other = "every" if len(lines) == 1 else "every other"
        yield ruleset, other if labels is most else listing(labels, "and"), *words


def _closing(made: _Sources) -> Iterator[str]:
    yield "## Which demand closes it"
    yield "### In the documented cases"
    for at in (Outcome.AUTHORISATION, Outcome.REFUSAL):
        shares = _shares(made, at)
        option = "" if at is Outcome.AUTHORISATION else f" --stops-at {at.word}"
        yield _quoted(cases_sentence(shares), f"gaps {AFTER} {DEMANDS} --by-demand{option}")
        yield _demand_table(shares)
    yield "### Over every possible case"
    proof = never_laxer(made.ruleset(DEMANDS), made.ruleset(AFTER), like=made.documented)
    yield proof.sentence()
    yield _python(DEMANDS, AFTER)
    yield from _exemption(made)
    framed = made.gaps(AFTER, DEMANDS, framed=True)
    yield _quoted(gaps_sentence(framed), f"gaps {AFTER} {DEMANDS} --given {made.frame_file}")
    yield from _rest(framed)


def _exemption(made: _Sources) -> Iterator[str]:
    """What the exemption of security research loosens, proved."""
    amnesty = made.ruleset(DEMANDS)
    names = [rule.id for rule in amnesty.rules if rule.id.startswith("A14")]
    strict = amnesty.without(*names)
    proofs: list[Proof] = [
        never_laxer(amnesty, strict, like=made.documented),
        never_laxer(amnesty, strict, except_=names, like=made.documented),
    ]
    if [proof.holds for proof in proofs] == [False, True]:
        yield (
            "The exemption of security research and encryption (A14) lifts other demands and nothing of "
            "the law below: proved, the demands are laxer than without A14 only where A14 holds."
        )


def _rest(gaps: PossibleGaps) -> Iterator[str]:
    """For which technologies the demands stop every case of the frame, and for which not."""
    partly = [
        answer
        for answer in gaps.down.answers
        if any(cell.down == answer and cell.closed == "sometimes" for cell in gaps.cells)
    ]
    always = {
        item.rule.id
        for answer in gaps.down.answers
        if answer not in partly
        for item in gaps.closing(*(cell for cell in gaps.found if cell.down == answer))
        if item.always and item.rule.id == "A01"
    }
    if always:
        yield "Where it is every one, A01 alone is enough."
    if partly:
        names = listing([answer.label for answer in partly], "and")
        yield f"Where it is some, the technology is {names}."


def _limits(made: _Sources) -> Iterator[str]:
    yield "## What this rests on"
    days = [f"{name} as of {made.ruleset(name).reference_date}" for name in (BEFORE, AFTER, DEMANDS)]
    yield (
        f"Law applied: {listing(days, 'and')}. Doubtful texts are read by their defaults, which "
        "[the list of interpretations](reference/interpretations.md) gives with reasons; `--readings "
        "open` leaves them open. What is not encoded is [listed](reference/not-encoded.md)."
    )
    yield NOT_ADVICE


# pieces -------------------------------------------------------------------------------------------


def _shares(made: _Sources, at: Outcome) -> CaseShares:
    pair = (made.ruleset(AFTER), made.ruleset(DEMANDS))
    return by_cases(made.documented, *pair, stops_at=at)


def _quoted(sentences: str | Sequence[str], command: str) -> str:
    """Findings as quotations, then the command that prints them."""
    sentences = [sentences] if isinstance(sentences, str) else sentences
    lines = "\n>\n".join(f"> {sentence}" for sentence in sentences)
    return f"{lines}\n\n{_command(command)}"


def _command(words: str) -> str:
    return f"```sh\nregcompare {words}\n```"


def _python(a: str, b: str) -> str:
    return (
        "```python\n"
        "from regcompare.analysis.proofs import never_laxer\n"
        "from regcompare.plugins import Catalogue\n\n"
        "catalogue = Catalogue.installed()\n"
        f'a, b = catalogue.ruleset("{a}"), catalogue.ruleset("{b}")\n'
        "print(never_laxer(a, b, like=catalogue.scenarios()).sentence())\n"
        "```"
    )


def _frame_words(made: _Sources) -> str:
    return f"{made.frame.title}: [{made.frame.id}](../{made.frame_file}). " + " ".join(
        made.frame.summary.split()
    )


def _gap_table(gaps: Sequence[Gap]) -> Iterator[str]:
    if gaps:
        rows = [
            (
                f"`{gap.scenario.id}`",
                gap.let_through.result.replace("_", " "),
                gap.stopped.result.replace("_", " "),
                listing([str(item.rule.cite) for item in gap.stopped.deciding], "and"),
            )
            for gap in gaps
        ]
        yield pipe_table(("case, for certain", BEFORE, AFTER, "because of"), rows)


def _rules_table(rules: Iterable[Rule]) -> str:
    return pipe_table(("provision", "what it says"), [(str(rule.cite), rule.sentence) for rule in rules])


def _demand_table(shares: CaseShares) -> str:
    head = ("demand", "asks", "stops by itself", "may stop by itself", "stopped no more without it")
    rows = [
        (
            share.demand.name,
            " ".join(rule.sentence for rule in share.demand.rules),
            str(len(share.stops)),
            str(len(share.may_stop)),
            str(len(share.opens)),
        )
        for share in shares.shares
    ]
    return pipe_table(head, rows)
