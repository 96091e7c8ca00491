"""The page of findings: ``page.md``, filled with what commands print and what the solver shows.

A finding is quoted from the command that is printed below it.  What no command prints is made here:
tables of provisions with the smallest cases, and pictures.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
from click.testing import CliRunner

from regcompare import compare
from regcompare.cli import main
from regcompare.comparison.counts import Law
from regcompare.comparison.sensitivity import Sensitivity
from regcompare.inputs import counting_in, message_of, populations_of
from regcompare.law import EvidenceLevel
from regcompare.logic.conditions import Condition, all_of, as_condition
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.leaning import leaning_sentence
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.views.counts import message_blocks
from regcompare.views.document import Document
from regcompare.views.markup import pipe_table
from regcompare.views.render import render
from regcompare.views.sentences import NOT_ADVICE
from regcompare.views.tables import presumed_sentences
from regcompare.vocabulary import FACTS_DATE
from regcompare.words.lexicon import answer_words, listing
from regcompare_page.pictures import Picture, coverage_map
from regcompare_prove.contribution import by_demand
from regcompare_prove.encoding import KnownAnswers
from regcompare_prove.gaps import PossibleGaps, possible_gaps, reverse
from regcompare_prove.maps import possible_map
from regcompare_prove.minimal import MinimalCase, minimal_case
from regcompare_prove.proofs import never_laxer
from regcompare_prove.regimes import Regime
from regcompare_prove.standards import standards
from regcompare_prove.views.standards import LEGEND, standards_table
from regcompare_prove.witness import witness_of

__all__ = ["findings"]

BEFORE, AFTER, DEMANDS = "eu-428-2009", "eu-2021-821", "amnesty"
_PAGE = Path(__file__).with_name("page.md")
_STILL_PASSING = """\
import regcompare as rc

free = rc.count("licence", "records", "eu-2021-821").those("no")
picture = rc.compare(free.cases, ["eu-428-2009", "eu-2021-821", "amnesty"]).plot()
"""


def findings(catalogue: Catalogue, frame: Scenario, frame_file: str) -> tuple[str, dict[str, Picture]]:
    """Returns the page of findings as Markdown, and its pictures by name.

    Args:
        catalogue: The rulesets and the documented cases.
        frame: A case that fixes the facts that are not at issue.
        frame_file: Its file, as the commands name it.

    Raises:
        UsageError: The extra ``prove`` or ``plot`` is not installed.
    """
    pictures: dict[str, Picture] = {}

    def shown(name: str, picture: Picture) -> str:
        pictures[name] = picture
        return f"![{picture.title}](pictures/{name}.svg)"

    def drawn(name: str, code: str) -> str:
        namespace: dict[str, Any] = {}
        exec(compile(code, f"{name}.py", "exec"), namespace)  # noqa: S102  The page prints what it runs.
        return f'{shown(name, namespace["picture"])}\n\n```python\n{code}picture.save("{name}.svg")\n```'

    environment = jinja2.Environment(  # noqa: S701 - Markdown, of which nothing is HTML
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )
    environment.filters["listing"] = lambda items: listing(list(map(str, items)), "and")
    before, after, demands = map(catalogue.ruleset, (BEFORE, AFTER, DEMANDS))
    text = environment.from_string(_PAGE.read_text(encoding="utf-8")).render(
        **_documented(catalogue, before, after, demands),
        **_closed(before, after, frame),
        **_left_open(before, after, demands, frame),
        quoted=_quoted, proved=_proved(catalogue), only_by_a_power=_only_by_a_power, shown=shown,
        drawn=drawn, still_passing=_STILL_PASSING, frame=frame, frame_file=frame_file,
        standards_table=_markdown(standards_table(standards([before, after, demands]))),
        parallel=[law.title for law in catalogue.rulesets.parallel()], home=catalogue.ruleset("eu-home"),
        legend=LEGEND, not_advice=NOT_ADVICE,
        applied=[f"{item.id} as of {item.reference_date}" for item in (before, after, demands)],
    )  # fmt: skip
    return text, pictures


def _markdown(*blocks: Any) -> str:
    return render(Document("", list(blocks)), "markdown").strip()


def _quoted(command: str, *patterns: str) -> str:
    """The lines that a command prints and that match, or its first, above the command."""
    words = [*shlex.split(command), "--format", "markdown"]
    printed = CliRunner().invoke(main, words, catch_exceptions=False).stdout.replace("**", "")
    said = [line for item in patterns or (r"\A.*",) for line in re.findall(item, printed, re.MULTILINE)]
    assert said, f"regcompare {command} no longer prints what the page quotes"
    lines = "\n>\n".join(f"> {sentence}" for sentence in said)
    return f"{lines}\n\n```sh\nregcompare {command}\n```"


def _proved(catalogue: Catalogue) -> Any:
    """Returns a function that states a proof about two rulesets, above the code that makes it."""

    def proved(ruleset: str, other: str) -> str:
        sentence = never_laxer(catalogue.ruleset(ruleset), catalogue.ruleset(other)).sentence()
        code = f'print(rc.prove("{ruleset}", never_laxer_than="{other}").sentence())'
        return f"{sentence}\n\n```python\nimport regcompare as rc\n\n{code}\n```"

    return proved


def _documented(
    catalogue: Catalogue, before: Ruleset, after: Ruleset, demands: Ruleset
) -> dict[str, Any]:
    """The documented cases: what is said first of them, gaps of the acts, and shares of the demands."""
    cases = cases_of_kinds(catalogue.scenarios())
    message = message_of(catalogue, cases)
    assert message is not None, "the shipped profile says what is said first"
    last_day = _last_day(after)
    comparison = compare(cases, [before, after], exact=True)
    documented = comparison.gaps(BEFORE, AFTER)
    counting, records = counting_in(catalogue), populations_of(catalogue)["records"]
    count = counting.count("licence", records, Law(after))
    free = count.those("no")
    shares = [
        by_demand(counting, records, after, demands, stops_at=at)
        for at in (Outcome.AUTHORISATION, Outcome.REFUSAL)
    ]
    return {
        "said_first": _markdown(*message_blocks(message, objections=True)),
        "leaning": leaning_sentence(case for case in cases if case.record_group == "deals"),
        "last_day": last_day,
        "documented_then": compare(cases, [before.on(last_day), after], exact=True).gaps(BEFORE, AFTER),
        "gap_table": pipe_table(
            ("case, for certain", BEFORE, AFTER, "because of"),
            (
                (
                    f"`{gap.scenario.id}`",
                    *(item.result.replace("_", " ") for item in (gap.let_through, gap.stopped)),
                    listing([str(item.rule.cite) for item in gap.stopped.deciding], "and"),
                )
                for gap in documented.sure
            ),
        ),
        "presumed": presumed_sentences(
            Sensitivity(
                (), tuple(item for gap in documented.sure for item in (gap.let_through, gap.stopped))
            )
        ),
        "free": free,
        "notified": counting.count("tell", free, *count.laws),
        "demand_table": _demand_table(demands, *shares),
    }


def _last_day(after: Ruleset) -> dt.date:
    """The last day of the old act: the day before the reference date of the new one."""
    assert isinstance(after.reference_date, dt.date)
    return after.reference_date - dt.timedelta(days=1)


def _demand_table(demands: Ruleset, *shares: Any) -> str:
    """The contribution of each demand, to a licence and to a refusal."""
    header = (
        *("demand", "checked", "asks", "needs a licence: by itself", "without it"),
        *("refused or banned: by itself", "without it"),
    )
    licence, refusal = (item.shares for item in shares)
    return pipe_table(
        header,
        (
            (
                share.demand.name,
                str(_weakest([demands.mark(rule) for rule in share.demand.rules])),
                " ".join(rule.sentence for rule in share.demand.rules),
                *(ends.number() for item in (share, other) for ends in (item.alone, item.kept)),
            )
            for share, other in zip(licence, refusal, strict=True)
        ),
    )


def _weakest(levels: list[EvidenceLevel]) -> EvidenceLevel:
    """The weakest evidence level of the rules that can decide; one that nobody read cannot."""
    read = [level for level in levels if level is not EvidenceLevel.UNREAD]
    return min(read or levels, key=lambda level: level.rank)


# over every possible case --------------------------------------------------------------------------


def _closed(before: Ruleset, after: Ruleset, frame: Scenario) -> dict[str, Any]:
    """The gaps between the acts, over every possible case."""
    closed = possible_gaps(before, after)
    closed_then = possible_gaps(before, after, base_as_of=_last_day(after))
    loosened = reverse(closed)
    return {
        "closed": closed,
        "closing_table": pipe_table(("provision", "what it says"), _closing(closed)),
        "closed_then": closed_then,
        "freed_table": _freed_table(closed_then, _last_day(after)),
        "framed": possible_gaps(before, after, given=frame),
        "loosened": loosened,
        "loosened_table": pipe_table(
            ("provision", "what it says", "the smallest case that it controls and the new act does not"),
            (
                (*row, _words(loosened, minimal_case(loosened.frame, _gap_of(loosened, item.rule))))
                for row, item in zip(_closing(loosened), loosened.closing_rules(), strict=True)
            ),
        ),
    }


def _closing(gaps: PossibleGaps) -> Iterator[tuple[str, str]]:
    """The provisions that close a gap, each with what it says."""
    for item in gaps.closing_rules():
        yield str(item.rule.cite), item.rule.sentence


def _freed_table(gaps: PossibleGaps, day: dt.date) -> str:
    """The general authorisations by which the old act freed what Article 3(1) of the new one controls.

    It is blank where these do not explain the whole gap: then the list still closes something.
    """
    mild = _standing(gaps.base)
    freeing = [item for item in mild if item.then is Outcome.GENERAL_AUTHORISATION]
    (rule,) = (item.rule for item in gaps.closing_rules() if item.rule.cite.pinpoint == "Art. 3(1)")
    gap = _gap_of(gaps, rule)
    if gaps.frame.can_be(gap, *(~mild[item] for item in freeing)):
        return ""
    on_the_day = gaps.frame.answering(KnownAnswers(answers={FACTS_DATE.key: day}))
    return pipe_table(
        ("general authorisation of the old act", "the smallest case", "checked against"),
        (
            (
                str(item.cite),
                _words(gaps, minimal_case(on_the_day, all_of(gap, mild[item]))),
                str(gaps.base.ruleset.mark(item)),
            )
            for item in freeing
        ),
    )


def _standing(regime: Regime) -> dict[Rule, Condition]:
    """The condition, for each rule, that it holds and no other rule overrides it."""
    return {
        entry.rule: stands for entry, stands in zip(regime.program.entries, regime.stands, strict=True)
    }


def _gap_of(gaps: PossibleGaps, rule: Rule) -> Condition:
    """The condition that a rule closes the gap."""
    return all_of(gaps.gap, _standing(gaps.other)[rule])


def _words(gaps: PossibleGaps, minimal: MinimalCase | None) -> str:
    """The answers in which a smallest case differs from an ordinary one, in words."""
    if minimal is None:
        return "none on that day (proved)"
    case = witness_of(gaps.frame, minimal.case, "Smallest").scenario
    answers = assumed_facts(case, gaps.frame.vocabulary).values
    facts = gaps.frame.solver.facts
    powers = {
        f"discretion.{item.id}": item
        for regime in (gaps.base, gaps.other)
        for part in regime.ruleset.parts()
        for item in part.provisions.discretions
    }

    def words() -> Iterator[str]:
        for name in minimal.departs:
            if name in powers:
                yield f"{powers[name].question} {'yes' if case.discretion[powers[name].id] else 'no'}."
            elif name in answers:  # A fact that copies an open one has no answer.
                yield f"{facts[name].question} {answer_words(facts[name], answers[name])}."

    return " ".join(words())


def _only_by_a_power(gaps: PossibleGaps) -> list[str]:
    """The provisions that close a gap only where a power was used under one act and not the other."""
    used = [as_condition(power) for power in gaps.base.ruleset.provisions.discretions]
    return [
        item.rule.cite.pinpoint
        for item in gaps.closing_rules()
        if not gaps.frame.can_be(_gap_of(gaps, item.rule), *used)
    ]


def _left_open(before: Ruleset, after: Ruleset, demands: Ruleset, frame: Scenario) -> dict[str, Any]:
    """The reach of acts and demands within the frame, and what the demands add and loosen."""
    by = ("item.technology", "item.covert")
    possible = possible_map([before, after, demands], by=by, given=frame)
    overt = [cell for cell in possible.of(AFTER) if cell.across.name == "no"]
    exemption = [rule.id for rule in demands.rules if rule.id.startswith("A14")]
    strict = demands.without(*exemption)
    gaps = possible_gaps(after, demands, given=frame)
    sometimes = [cell.down for cell in gaps.cells if cell.closure == "sometimes"]
    always = (item for item in gaps.down.answers if item not in sometimes)
    return {
        "coverage": coverage_map(possible, down="what the tool is", across="covert"),
        "overt_is_free": all(cell.high is Outcome.NO_CONTROL for cell in overt),
        "laxer_only_by_exemption": not never_laxer(demands, strict).holds
        and never_laxer(demands, strict, except_=exemption).holds,
        "partly": [item for item in gaps.down.answers if item in sometimes],
        "a01_is_enough": any(
            item.always and item.rule.id == "A01"
            for answer in always
            for item in gaps.closing_rules(answer)
        ),
    }
