"""The evaluation of an act: for each limb that could change, what the change would change.

What is documented is counted; what is possible is proved, with the extra ``prove``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, joined
from regcompare.comparison.counts import Count, Law
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.inputs import counting_in, populations_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.features import FUNCTIONS
from regcompare.proof import Proof
from regcompare.ruleset.evaluation import Document as Published
from regcompare.ruleset.evaluation import Evaluation, Limb
from regcompare.ruleset.rules import CELL_WORDS
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import (
    Block,
    Bullets,
    Document,
    Inline,
    LineContent,
    Link,
    Note,
    Paragraph,
    Section,
    Table,
)
from regcompare.views.render import Form, written
from regcompare.views.sentences import CHECKED_WORDS, NOT_ADVICE
from regcompare.words.catalogues import ENGLISH, Language

POPULATION = "records"
WOULD = {
    "tell_gap": "Of {of} documented {noun}, {number} that need not be told to the authority now would "
    "have to be.",
    "licence_gap": "Of {of} documented {noun}, {number} that need no licence now would need one.",
    "refusal_gap": "Of {of} documented {noun}, {number} that need not be refused now would have to be "
    "refused or be banned.",
}
"""Sentences on documented records, by the measure of a limb."""


@attrs.frozen(eq=False)
class LimbChange:
    """The effect of changing one limb.

    Attributes:
        limb: The limb, with the act as reformed.
        act: The act as it is.
        count: In how many documented records it would; None for a duty.
        changes: Whether the act is never laxer: refuted by the smallest case that changes; None without
            the extra ``prove``.
        alone: Whether both come to the same outcome wherever no added rule holds; None likewise.
        cells: The safeguards of the kinds that it adds duties of, before and after.
    """

    limb: Limb
    act: Ruleset
    count: Count | None
    changes: Proof | None
    alone: Proof | None
    cells: tuple[tuple[Any, Any], ...]

    def claims(self) -> Iterator[Claim]:
        """Yields what it would change: of the documented records, then over every possible case."""
        if self.count is not None:
            values = {"of": self.count.of, "noun": self.count.population.noun(self.count.of)}
            yield Claim(WOULD[self.count.measure.id], {**values, "number": self.count})
        if self.changes is not None and self.alone is not None:
            yield from _proved(self.changes, self.alone)

    def row(self) -> dict[str, Any]:
        """Returns it as a row."""
        count, changes, alone = self.count, self.changes, self.alone
        smallest = () if changes is None else changes.verdicts
        before, after = (item.low for item in smallest) if smallest else (None, None)
        return {
            "limb": self.limb.id, "cite": str(self.limb.cite), "reform": self.limb.reform.id,
            "base": self.act.id, "as_of": count and count.laws[0].fixed_day,
            "measure": count and count.measure.id, "population": count and count.population.id,
            "records": count and len(count), "certain": count and count.certain,
            "at_most": count and count.at_most, "of": count and count.of,
            "smallest_before": before, "smallest_after": after,
            "departs": None if changes is None else list(changes.departs),
            "changes_nothing_else": None if alone is None else alone.holds,
            "safeguard_before": _lines(one for one, _ in self.cells),
            "safeguard_after": _lines(other for _, other in self.cells),
            "objection": self.limb.objection,
        }  # fmt: skip


def _lines(cells: Iterable[Any]) -> list[str]:
    """The safeguards of cells in words, each by itself, or why there are none."""
    return [line for cell in cells for line in cell.words().splitlines()]


def _proved(changes: Proof, alone: Proof) -> Iterator[Claim]:
    """Says what the solver showed."""
    by = "regcompare evaluation"
    if changes.verdicts:
        before, after = (CELL_WORDS[item.span.low] for item in changes.verdicts if item.span)
        yield Claim(
            "In the smallest possible case that changes, “{before}” becomes “{after}”; it departs from "
            "an ordinary case in {facts}.",
            {"before": before, "after": after, "facts": tuple(changes.departs)},
            proved_by=by,
        )
    if not alone.holds:
        yield Claim("{sentence}", {"sentence": alone.sentence()}, proved_by=by)
    elif changes.verdicts:
        yield Claim("It changes nothing else (proved over every possible case).", proved_by=by)
    else:
        yield Claim(
            "It changes no outcome in any possible case (proved): it is a duty, and changes a "
            "safeguard.",
            proved_by=by,
        )


@attrs.frozen(repr=False)
class EvaluationResult(Drawn, Tabular[LimbChange]):
    """The changes that an evaluation could bring, limb by limb."""

    evaluation: Evaluation
    changes: tuple[LimbChange, ...]
    _ITEMS = "changes"

    def __repr__(self) -> str:
        return f"<EvaluationResult: {len(self)} limbs of {self.evaluation.act.id}>"

    def __getitem__(self, name: str) -> LimbChange:
        """Returns the change of a limb, by its name."""
        known = {item.limb.id: item for item in self.changes}
        if name not in known:
            hint = did_you_mean(nearest(name, known))
            raise UsageError(f"There is no limb {name!r}.{hint} Expected {', '.join(known)}.")
        return known[name]

    @property
    def counts(self) -> tuple[Count, ...]:
        """The count of each limb that has one."""
        return tuple(item.count for item in self.changes if item.count is not None)

    def finding(self) -> Claim:
        """Returns the finding: the window, and what each limb would change in documented records."""
        return joined(self.answers())

    def answers(self) -> tuple[Claim, ...]:
        """Returns what the finding says, claim by claim."""
        evaluated = self.evaluation
        window = Claim(
            "{act} must be evaluated between {opens} and {closes}.",
            {"act": evaluated.act.title, "opens": evaluated.opens, "closes": evaluated.closes},
        )
        counted = (item for item in self if item.count is not None)
        limbs = ({"title": item.limb.reform.title, "claim": next(item.claims())} for item in counted)
        return (window, *(Claim("Under {title}: {claim}", values) for values in limbs))

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", [(count,) for count in self.counts])}

    def text(self, form: Form = "table", language: Language = ENGLISH) -> str:
        """Returns it in a form."""
        rows = self.to_dicts()
        data = {"finding": self.finding().sentence(), "limbs": rows}
        return written(form, lambda: self.document(language), data, rows)

    def document(self, language: Language = ENGLISH) -> Document:
        """Returns what the act says of it, what is published, and what each limb would change."""
        say, mark, evaluated = language.say, language.mark, self.evaluation
        limbs = [Section(*_limb(change, language), lang=mark) for change in self]
        how = say(
            "The law is that of {day}, with each change alone. Certain: with disputed facts left open; "
            "at most: all that is open at its strictest. These are changes drawn up here, and no "
            "forecast. In Python, {example} is the act with a change, for every function of regcompare.",
            day=evaluated.opens,
            example=f'rc.evaluation()["{evaluated.limbs[0].id}"].limb.reform',
        )
        has_proofs = all(change.alone is not None for change in self)
        needed = (
            "" if has_proofs else say("What is proved over every possible case needs the extra 'prove'.")
        )
        published: list[Block | str] = [
            _published(evaluated, language),
            Bullets(map(say, evaluated.unknown)),
        ]
        changes: list[Block | str] = [
            _summary(self, language),
            Paragraph(how, "note", mark),
            needed,
            *limbs,
        ]
        return Document(
            say("What the evaluation of the act could change"),
            [
                *(Paragraph(claim.sentence(language), lang=mark) for claim in self.answers()),
                Section(say("What the act says"), [Bullets(_said(evaluated, language))], lang=mark),
                Section(say("What is published"), published, lang=mark),
                Section(say("What could change, and what that would change"), changes, lang=mark),
                Paragraph(say(NOT_ADVICE), "note", mark),
            ],
            lang=mark,
        )

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each limb."""
        return [item.row() for item in self.changes]


def evaluation(catalogue: Catalogue) -> EvaluationResult:
    """Returns what the evaluation of an act could change, limb by limb; a plugin says which.

    Raises:
        UsageError: None does.
    """
    evaluated: Evaluation = catalogue.function("act_in_evaluation", "regcompare-eu")
    population, counting = populations_of(catalogue)[POPULATION], counting_in(catalogue)
    day, act = evaluated.opens, evaluated.act

    def changed(limb: Limb) -> LimbChange:
        laws = Law(act, day), Law(limb.reform, day)
        count = counting.count(limb.asks, population, *laws) if limb.asks else None
        return LimbChange(
            limb, act, count, *_proofs(catalogue, evaluated, limb), _cells(catalogue, act, limb)
        )

    return EvaluationResult(evaluated, tuple(map(changed, evaluated.limbs)))


def _proofs(catalogue: Catalogue, item: Evaluation, limb: Limb) -> tuple[Proof | None, Proof | None]:
    """Proofs that the act is never laxer, and that nothing else changes; None without a solver."""
    if "never_laxer" not in catalogue.features[FUNCTIONS] or not find_spec("pysat"):
        return None, None
    added = [rule.id for rule in limb.reform.rules if rule not in item.act.rules]
    laws = (item.act, limb.reform)
    return (
        catalogue.function("never_laxer", "regcompare-prove")(*laws, as_of=item.opens),
        catalogue.function("equivalent", "regcompare-prove")(*laws, except_=added, as_of=item.opens),
    )


def _cells(catalogue: Catalogue, act: Ruleset, limb: Limb) -> tuple[tuple[Any, Any], ...]:
    """The safeguards before and after, of the kinds of which a reform adds duties."""
    duties = set(limb.reform.provisions.duties) - set(act.provisions.duties)
    kinds = {duty.kind for duty in duties}
    table = catalogue.function("safeguards", "regcompare-publish")([act, limb.reform])
    return tuple((one, other) for kind, (one, other) in table.rows if kind in kinds)


# in words ------------------------------------------------------------------------------------------


def _said(item: Evaluation, language: Language) -> Iterator[tuple[Inline, ...]]:
    """Each passage with its place and how it is known."""
    for passage in item.says:
        level = (passage.cite.evidence or item.act.checked).level
        known = f" [{language.say(CHECKED_WORDS[level.value])}]"
        link = Link(str(passage.cite), passage.cite.url(item.opens))
        yield language.say(passage.text), " (", link, ")", Note(known)


def _published(item: Evaluation, language: Language) -> Table:
    say = language.say

    def row(document: Published) -> tuple[Any, ...]:
        title = say(document.title)
        head = Link(title, document.url) if document.url else title
        return head, str(document.day or say("not known")), say(document.has), say(document.known)

    heads = say("document"), say("day"), say("contents"), say("how far it was read")
    return Table(say("Published documents"), heads, map(row, item.published), language.mark)


def _summary(item: EvaluationResult, language: Language) -> Table:
    say = language.say
    heads = (
        say("change"),
        say("what is counted"),
        say("certain"),
        say("at most"),
        say("not"),
        say("outside"),
    )
    rows = [
        (
            say(change.limb.reform.title),
            say(change.count.measure.head),
            *(str(end) for end in change.count.range),
            str(change.count.sizes["no"]),
            str(change.count.sizes["outside"]),
        )
        for change in item
        if change.count is not None
    ]
    number, noun = item.counts[0].counted
    caption = say("{number} documented {noun}", number=number, noun=say(noun))
    return Table(caption, heads, rows, language.mark)


def _limb(change: LimbChange, language: Language) -> tuple[str, list[Block]]:
    """The heading of a limb, and what is said of it."""
    say, limb, mark = language.say, change.limb, language.mark
    cells = [
        (say(str(one.kind)), *("\n".join(_duties(cell, language)) for cell in (one, other)))
        for one, other in change.cells
    ]
    heads = say("safeguard"), say("now"), say("with the change")
    title = f"{limb.cite.pinpoint}: {say(limb.reform.title)}"
    said: list[LineContent] = [
        (f"{say('Now:')} ", say(limb.today), " (", Link(str(limb.cite), limb.cite.url()), ")"),
        (f"{say('Instead:')} ", say(limb.change)),
        *(claim.sentence(language) for claim in change.claims()),
        (f"{say('The strongest objection:')} ", say(limb.objection)),
    ]
    table = [Table(say("Safeguards"), heads, cells, mark)] if cells else []
    return title, [Bullets(said), *table]


def _duties(cell: Any, language: Language) -> Iterator[str]:
    """The duties of a safeguard, each once: who must do it, by which provision."""
    lines = (
        f"{language.say(item.addressee)} {language.say(item.strength)}: {item.cite}"
        for item in cell.held
    )
    yield from dict.fromkeys(lines)
