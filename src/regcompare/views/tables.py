"""Comparisons and gaps as documents, in any form, with what results depend on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal, get_args

from regcompare.comparison.comparison import Comparison, comparison_sentence, currency_sentence, is_later
from regcompare.comparison.data import to_data, to_json
from regcompare.comparison.gaps import Gaps
from regcompare.comparison.measures import pluralise, verb_phrase
from regcompare.comparison.sensitivity import ParallelLaw, Sensitivity
from regcompare.law import EvidenceLevel
from regcompare.ruleset.currency import LATER_MARK
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.verdict.warnings import later_ruleset
from regcompare.words.lexicon import listing

from .counts import comparison_blocks, title_and_day
from .document import Document, Inline, Note, Table
from .render import Form, render
from .sentences import NOT_ADVICE, provisions_named, result_cell, texts_cited, verdict_outcomes

Format = Literal["table", "markdown", "latex", "html", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

LEGEND = (
    "Each cell: the outcome, then the provisions that decide it. A question mark: possible on the known "
    "facts, not certain. In brackets, where the outcome rests on less than the official text: own text "
    "(of a proposal), official account, secondary account, inferred, unread; and where somebody "
    "disputes a fact that decides it."
)


# comparison -----------------------------------------------------------------------------------------


def comparison_text(
    comparison: Comparison,
    form: Format | Form = "table",
    warnings: Iterable[str] = (),
    lang: str = "en",
    *,
    why: bool = True,
) -> str:
    """Returns the comparison in one of the forms.

    Args:
        comparison: The comparison.
        form: The form.
        warnings: Sentences to print after the table.
        lang: The language of the law texts to which links lead.
        why: Whether to work out which other laws apply and which assumptions decide; data have both.
    """
    if form == "json":
        return to_json(comparison_data(comparison, lang))
    if form == "csv":
        return comparison.to_csv() or ""
    has_links = form not in ("table", "text", "terminal")
    document = comparison_document(comparison, warnings, lang if has_links else None, why=why)
    return render(document, form)


def comparison_data(comparison: Comparison, lang: str = "en") -> dict[str, Any]:
    """Returns counts, classes, findings, notes and verdicts as data, with links in a language."""
    sensitivity, finding = comparison.sensitivity(), comparison.finding()
    domestic = comparison.domestic()
    homes = [
        {"ruleset": item, "home": item.home and item.home.name, "domestic": domestic[item.id]}
        for item in comparison.rulesets
    ]
    notes = {
        "beside": sensitivity.beside,
        "changed_since": sensitivity.changed_since,
        "rests_on": [
            {"scenario": item.scenario, "ruleset": item.ruleset, **to_data(item.rests_on)}
            for item in sensitivity.carried
        ],
        "verified_through": [
            {"day": day, "tables": names} for day, names in sensitivity.verified_through.items()
        ],
        "as_if_from": comparison.as_if_from and {"from": comparison.as_if_from, "regimes": homes},
    }
    return {
        "counts": to_data(
            [count.row() for name in ("tell", "licence", "refuse") for count in comparison.count(name)]
        ),
        "classes": to_data([row.row() for row in comparison.classes()]),
        "findings": [{"sentence": finding.sentence()}] if finding else [],
        "notes": to_data(notes, lang),
        "verdicts": comparison.records(lang),
    }


def comparison_document(
    comparison: Comparison, warnings: Iterable[str] = (), lang: str | None = None, *, why: bool = True
) -> Document:
    """Returns a comparison with its findings; the arguments are those of ``comparison_text``.

    Without a language the texts cited are not listed.
    """
    sensitivity = comparison.sensitivity()
    return Document(
        "",
        [
            *comparison_blocks(comparison),
            comparison_sentence(comparison),
            *home_sentences(comparison),
            comparison_table(comparison),
            LEGEND,
            *notice_sentences(comparison),
            *changed_sentences(sensitivity),
            *(beside_sentences(sensitivity) if why else [_LEFT_OUT]),
            *warnings,
            *(presumed_sentences(sensitivity) if why else []),
            currency_sentence(comparison),
            texts_cited(comparison.verdicts, lang),
            NOT_ADVICE,
        ],
    )


def comparison_table(comparison: Comparison) -> Table:
    """Returns the outcomes, one row a case."""
    return Table(
        "Outcome of each case under each regime",
        ["case", *map(title_and_day, comparison.laws)],
        [[_case_label(row[0].scenario), *map(_cell, row)] for row in comparison.rows],
    )


def _case_label(scenario: Scenario) -> list[list[Inline] | str] | str:
    """The title of a case, with its kind unless it is documented; exporter and end user, if named."""
    name = scenario.title or scenario.id
    if not scenario.is_documented and scenario.kind:
        name = f"{name} ({scenario.kind})"
    parties = [scenario.names[party] for party in ("exporter", "end_user") if party in scenario.names]
    return [name, [Note(" → ".join(parties))]] if parties else name


_MAX_CITES = 3
"""The most provisions named in a cell."""


def _cell(verdict: Verdict) -> list[list[Inline]]:
    """The result of a verdict, the provisions that decide it or are open, and its evidence level."""
    if verdict.span is None:
        return [[verdict.result]]
    provisions, level = provisions_named(verdict), verdict.checked
    shown = provisions[:_MAX_CITES] + (["..."] if len(provisions) > _MAX_CITES else [])
    notes = [str(level)] if level and level is not EvidenceLevel.TEXT else []
    notes += ["disputed"] if verdict.disputes else []
    level_note = f" [{', '.join(notes)}]" if notes else ""
    scope = " (scope open)" if verdict.in_scope is None else ""
    later = f" {LATER_MARK}" if is_later(verdict) else ""
    result = [_verdict_outcome(verdict), scope, later, Note(level_note)]
    return [result, [Note("; ".join(shown))]] if shown else [result]


def gaps_document(gaps: Gaps) -> Document:
    """Returns the gaps between two rulesets: the finding, then the cases."""
    return Document("", [gaps.sentence(), gaps_table(gaps)])


def gaps_table(gaps: Gaps) -> Table:
    """Returns the cases that one ruleset controls and the other does not."""
    return Table(
        f"Cases that {verb_phrase(gaps.stops_at, 2)} under {gaps.other} but not under {gaps.base}",
        ("case", gaps.base, gaps.other, "certain"),
        [
            (
                _case_label(gap.scenario),
                [[_verdict_outcome(gap.let_through)]],
                [[_verdict_outcome(gap.stopped)]],
                "yes" if gap.is_sure else "open",
            )
            for gap in gaps.found
        ],
    )


def _verdict_outcome(verdict: Verdict) -> Inline:
    return verdict_outcomes(verdict, result_cell(verdict))


# what results depend on -----------------------------------------------------------------------------

_LEFT_OUT = (
    "Not in this table: other law that applies to the same sales, such as sanctions, arms embargoes "
    "and national lists, and the assumptions on which results depend. `--why` says both; `explain` "
    "says them of one case."
)

_MAX_NAMED_CASES = 12
"""The most cases named individually."""

_SHOWN = "what earlier reports are assumed to show (`--reading stated` assumes nothing of them)"
_ORDINARY = (
    "Where a file says `presume: ordinary`, standard assumptions apply to what it does not state; "
    "`explain` lists them."
)


def presumed_sentences(sensitivity: Sensitivity) -> list[str]:
    """Returns sentences on the assumptions behind results; the standard ones take a single line."""
    cases, sentences = len({verdict.scenario.id for verdict in sensitivity.verdicts}), list[str]()
    for facts_by_case, several, one in (
        (
            sensitivity.presumed,
            "assumptions made in the case files as well as the standard ones",
            "assumptions made in the case file as well as the standard ones",
        ),
        (sensitivity.reported, _SHOWN, _SHOWN),
    ):
        if len(facts_by_case) > _MAX_NAMED_CASES:
            counter = Counter(fact for facts in facts_by_case.values() for fact in facts)
            counts = ", ".join(f"{fact} in {number}" for fact, number in counter.most_common())
            sentences.append(
                f"The results of {len(facts_by_case)} of the {cases} cases depend on {several}: "
                f"{counts}. `explain` lists them for each case."
            )
        elif facts_by_case:
            listed = "; ".join(f"{name} ({', '.join(facts)})" for name, facts in facts_by_case.items())
            sentences.append(f"Depends on {one}: {listed}.")
    if any("ordinary" in verdict.scenario.presume for verdict in sensitivity.verdicts):
        sentences.append(_ORDINARY)
    return sentences


def notice_sentences(comparison: Comparison) -> list[str]:
    """Returns what cases say and was read as something else, each with the cases."""
    cases: dict[str, dict[str, None]] = {}
    for verdict in comparison.verdicts:
        for notice in verdict.notices:
            cases.setdefault(notice, {})[verdict.scenario.id] = None
    return [f"{', '.join(ids)}: {notice}" for notice, ids in cases.items()]


def changed_sentences(sensitivity: Sensitivity) -> list[str]:
    """Returns a sentence for each law with another result later, or with a ruleset for the later day."""
    later = (
        sentence
        for verdict in sensitivity.verdicts
        for sentence in later_ruleset(verdict.ruleset, verdict.as_of)
    )
    changed = [
        f"{law.ruleset.title} has changed since the date as of which it is applied here. As it stood on "
        f"the date of the facts, the result differs for {pluralise(len(law.verdicts), 'case')}: "
        f"{_case_results(law.verdicts)}. --as-of scenario applies that version."
        for law in sensitivity.changed_since
    ]
    return [*dict.fromkeys(later), *changed]


def beside_sentences(sensitivity: Sensitivity) -> list[str]:
    """Returns a sentence for each law that applies together with a compared one but is not compared."""
    return [
        f"{law.ruleset.title} ({law.ruleset.id}), which applies together with "
        f"{' and '.join(law.parallel_to)}, {', and '.join(_parallel_effects(law))}."
        for law in sensitivity.beside
    ]


def _parallel_effects(law: ParallelLaw) -> Iterator[str]:
    if law.reached:
        yield f"certainly applies to {pluralise(len(law.reached), 'case')}: {_case_results(law.reached)}"
    if law.open:
        yield f"may apply to {pluralise(len(law.open), 'more case' if law.reached else 'case')}"


def _case_results(verdicts: Iterable[Verdict]) -> str:
    return "; ".join(f"{verdict.scenario.id} ({verdict.result})" for verdict in verdicts)


def home_sentences(comparison: Comparison) -> Iterator[str]:
    """Yields how sales were changed to ask about them as if from each regime's home, if they were."""
    if comparison.as_if_from is None:
        return
    homes: dict[str, list[str]] = {}
    for ruleset in comparison.rulesets:
        homes.setdefault(ruleset.home.name if ruleset.home else "", []).append(ruleset.title)
    without_home = homes.pop("", [])
    phrases = (f"{listing(titles, 'and')} as if from {home}" for home, titles in homes.items())
    yield (
        "Each regime is asked about the same sale as if it were made from its own home: "
        f"{'; '.join(phrases)}. The exporter's country is changed, so that a transfer within "
        "one home is an export from elsewhere; what the authorities of the real one did is left out."
    )
    if without_home:
        names = listing(without_home, "and")
        yield f"No home is recorded for {names}; sales are asked about as they were made."
    regimes_by_cases: dict[tuple[Scenario, ...], list[str]] = {}
    domestic = comparison.domestic()
    for ruleset in comparison.rulesets:
        regimes_by_cases.setdefault(domestic[ruleset.id], []).append(ruleset.title)
    for cases, regimes in regimes_by_cases.items():
        if cases:
            yield (
                f"Set aside as domestic under {listing(regimes, 'and')}: "
                f"{pluralise(len(cases), 'case')} ({', '.join(case.id for case in cases)})."
            )
