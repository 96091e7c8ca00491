"""The mirror: what may be done with an item at home, and what its export needs, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, joined, stated
from regcompare.comparison.comparison import Comparison, compare
from regcompare.comparison.counts import Count
from regcompare.comparison.data import to_data
from regcompare.comparison.layers import Layer
from regcompare.comparison.tidy import Tabular, outcome_columns, outcomes_of
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.counts import title_and_day
from regcompare.views.document import Document, Inline, Note, Table
from regcompare.views.gates import gate_of
from regcompare.views.render import Form, written
from regcompare.views.sentences import (
    NOT_ADVICE,
    may_move,
    provisions_named,
    texts_cited,
    verdict_outcomes,
)
from regcompare.words.lexicon import short_list

LEGEND = (
    "Here: the same use by an authority or company at home, whoever sold the item. There: the export. "
    "“No rule here” says only that no rule encoded forbids the use or asks for permission. A question "
    "mark: possible on the known facts, not certain."
)
_MAX_CITES, _MAX_QUESTIONS = 3, 2


@attrs.frozen(repr=False)
class Mirror(Drawn, Tabular[Verdict]):
    """Uses at home beside exports, record by record: cases under laws on use and regimes for exports.

    A record in several parts counts if one of its parts does.  The greater number is an upper bound: it
    ignores that one open fact may change both results.
    """

    comparison: Comparison
    _OUTCOMES = outcome_columns("home", "export")
    _ITEMS = "comparison"

    def __repr__(self) -> str:
        return f"<Mirror: {len(self.comparison.compared)} records>"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each law on use with each regime for exports, by their ids."""
        rulesets = self.comparison.rulesets
        return [
            (here.id, there.id)
            for here in rulesets if here.asks == "use"
            for there in rulesets if there.asks == "export"
        ]  # fmt: skip

    def counts(self, *, facts: Layer = "undisputed") -> list[tuple[Count, ...]]:
        """Returns for each pair of laws who is judged by a double standard, in each sense."""
        asked = ("double_standard", "unlicensed_abroad", "refused_abroad")
        return [
            tuple(self.comparison.between(item, *pair, facts=facts) for item in asked)
            for pair in self.pairs
        ]

    def finding(self, *, facts: Layer = "undisputed") -> Claim:
        """Returns the finding: a sentence for each pair of laws, with their days."""
        return joined(stated(counts[0]) for counts in self.counts(facts=facts))

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", [counts[:1] for counts in self.counts()])}

    def text(self, form: Form = "table", lang: str = "en") -> str:
        """Returns it in a form, with links to the law in a language."""
        data = {
            "findings": [str(count) for counts in self._shown for count in counts],
            "counts": [count.row() for counts in self.counts() for count in counts],
            "cases": [
                {
                    "scenario": row[0].scenario,
                    "title": row[0].scenario.title,
                    "sale": row[0].scenario.counted_as,
                    "here": [_result(row[column], lang) for column in self._columns("use")],
                    "there": [_result(row[column], lang) for column in self._columns("export")],
                }
                for row in self.comparison.rows
            ],
        }
        links = None if form in ("table", "text", "terminal") else lang
        return written(form, lambda: self.document(links), data, lang=lang)

    def document(self, lang: str | None = "en") -> Document:
        """Returns what is free abroad first, then the cases; links in a language, none for None."""
        comparison = self.comparison
        here, there = self._columns("use"), self._columns("export")
        return Document(
            "",
            [
                *(str(unlicensed) for _, unlicensed, _ in self.counts()),
                self._counts_table(),
                _table(comparison, here, there),
                LEGEND,
                *(comparison.rulesets[column].summary for column in here),
                texts_cited(comparison.verdicts, lang),
                NOT_ADVICE,
            ],
        )

    def _columns(self, asks: str) -> list[int]:
        laws = enumerate(self.comparison.rulesets)
        return [column for column, ruleset in laws if ruleset.asks == asks]

    @property
    def _shown(self) -> list[tuple[Count, ...]]:
        """The counts of each pair, the first of which is made once more of the facts as filed."""
        pairs = zip(self.counts(), self.counts(facts="filed"), strict=True)
        return [(counts[0], filed, *counts[1:]) for counts, (filed, *_) in pairs]

    def _counts_table(self) -> Table:
        rows = [
            [
                count.head,
                count.laws[1].heading(),
                "as filed" if count.facts == "filed" else "disputed facts left open",
                *map(str, (count.certain, count.at_most, count.of, count.sizes["outside"])),
            ]
            for counts in self._shown
            for count in counts
        ]
        head = ["records", "export under", "facts", "certain", "at most", "of", "outside"]
        return Table("How many are judged by a double standard", head, rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each record and pair of laws, with both results and the answer."""
        return [
            {
                **{name: row[name] for name in ("record", "title", "group", "parts", "date")},
                "home": count.laws[0].ruleset.id, "home_as_of": count.laws[0].fixed_day,
                "export": count.laws[1].ruleset.id, "export_as_of": count.laws[1].fixed_day,
                **outcomes_of("home", (part[0] for part in count.parts[row["record"]])),
                **outcomes_of("export", (part[1] for part in count.parts[row["record"]])),
                "answer": row["answer"], "because": row["because"],
                "disputed": any(part[0].original.disputed for part in count.parts[row["record"]]),
            }
            for count, *_ in self.counts()
            for row in count.to_dicts()
        ]  # fmt: skip


def mirror(
    scenarios: Sequence[Scenario], rulesets: Sequence[Ruleset], catalogue: Catalogue, **law: Any
) -> Mirror:
    """Compares uses at home with exports, as ``compare`` does.

    Where no law on use is named, all installed ones are taken; where no regime for exports is, the
    usual.

    Raises:
        UsageError: No law on use is installed; or as for ``compare``.
    """
    on_use = [item for item in rulesets if item.asks == "use"] or catalogue.rulesets.of_use()
    on_export = [item for item in rulesets if item.asks == "export"] or catalogue.usual()
    if not on_use:
        raise UsageError("No ruleset on use at home is installed; load one with --load.")
    both = (*on_use, *(item for item in on_export if item.asks == "export"))
    return Mirror(compare(scenarios, both, **law))


def _result(verdict: Verdict, lang: str) -> dict[str, Any]:
    """A verdict in short, with its gate, the provisions that decide it or may, and what is open."""
    rules = [*verdict.deciding, *may_move(verdict)]
    more = {"gate": gate_of(verdict).word, "rules": rules, "open_questions": verdict.open_questions}
    return {**to_data(verdict), **to_data(more, lang)}


def _table(comparison: Comparison, here: Sequence[int], there: Sequence[int]) -> Table:
    """The cases, one row each: here, there, and what would settle the use at home."""
    titles = [f"here: {title_and_day(comparison.laws[column])}" for column in here]
    titles += [f"there: {title_and_day(comparison.laws[column])}" for column in there]
    rows: list[list[Any]] = [
        [
            row[0].scenario.title or row[0].scenario.id,
            *(_cell(row[column]) for column in (*here, *there)),
            "\n".join(
                "\n".join(question.text for question in row[column].questions[:_MAX_QUESTIONS])
                if (span := row[column].span) is not None and not span.is_settled
                else ""
                for column in here
            ),
        ]
        for row in comparison.rows
    ]
    head = ["case", *titles, "what would settle it here"]
    return Table("The same use at home, and the export", head, rows, folds=True)


def _cell(verdict: Verdict) -> list[list[Inline]]:
    """The gate of a verdict, with the provisions that decide it or may."""
    result: list[Inline] = [verdict_outcomes(verdict, gate_of(verdict).word)]
    places = provisions_named(verdict)
    return [result, [Note(short_list(places, "and", most=_MAX_CITES))]] if places else [result]
