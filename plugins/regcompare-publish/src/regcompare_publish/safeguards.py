"""Duties and safeguards side by side: kinds down, regimes across."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, joined
from regcompare.comparison.counts import Law, Tally
from regcompare.comparison.data import named, provision_data, to_data
from regcompare.comparison.numbers import Answer
from regcompare.comparison.tidy import Tabular
from regcompare.facts import OwnWord
from regcompare.law import EvidenceLevel
from regcompare.program.force import not_in_force
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.rules import Duty, DutyKind, Outcome, Protects, Rule, Strength, Trigger
from regcompare.ruleset.ruleset import Ruleset, citation_format
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, assess
from regcompare.views.document import Bullets, Document, Paragraph, Section, Table
from regcompare.views.render import Form, written
from regcompare.views.sentences import NOT_ADVICE
from regcompare.words.catalogues import ENGLISH, Language

NOT_CHECKED, NOT_APPLICABLE = "not checked", "does not apply"
BINDING, BINDING_ON = "binding duties", "binding duties that apply to {case}"
COVERED = "Under {law}, binding duties cover {count} of {of} {noun}."
NOUNS = ("kind of safeguard", "kinds of safeguard")
EMPTY_CELLS = (
    "An empty cell says whether the text was read and is silent, leaves the matter to national law, "
    "or was not checked."
)


@attrs.frozen
class Safeguard:
    """One duty, or a refusal that a rule orders, in a cell of the table.

    Attributes:
        provision: The duty or rule.
        ruleset: The ruleset that it belongs to.
        applies: True; or None where a scenario leaves that open.
        cite: How the cell cites it: with its act where the column holds several.
    """

    provision: Duty | Rule
    ruleset: Ruleset
    applies: bool | None
    cite: str

    def __data__(self) -> dict[str, Any]:
        own = named("ruleset", "addressee", "strength", "applies", "checked")(self)
        return {**provision_data(self.provision), **own}

    @property
    def strength(self) -> str:
        """How strongly it binds; ``may`` also of a refusal that needs a power to be used."""
        provision = self.provision
        if isinstance(provision, Duty):
            return str(provision.strength)
        return str(Strength.MAY if provision.may_refuse else Strength.MUST)

    @property
    def addressee(self) -> str:
        """Whom it binds."""
        return str(self.provision.addressee) if isinstance(self.provision, Duty) else "authority"

    @property
    def checked(self) -> EvidenceLevel:
        """How it is known."""
        return self.ruleset.mark(self.provision)

    @property
    def without_finding(self) -> bool:
        """Whether it is a refusal that no finding of the authority triggers, such as an objection."""
        return self._trigger not in (None, Trigger.FINDING)

    @property
    def _trigger(self) -> Trigger | OwnWord | None:
        return self.provision.triggered_by if isinstance(self.provision, Rule) else None

    @property
    def binds(self) -> bool:
        """Whether it is a duty that serves what its kind does: a refusal only upon a finding."""
        return self.strength == Strength.MUST and not self.without_finding

    def in_short(self, language: Language = ENGLISH) -> str:
        """Returns whom it binds, how strongly and upon what, without where, in a language."""
        say = language.say
        trigger = (
            f", {say('on {trigger}', trigger=say(str(self._trigger)))}" if self.without_finding else ""
        )
        return f"{say(self.addressee)} {say(self.strength)}{trigger}"

    def words(self, language: Language = ENGLISH) -> str:
        """Returns whom it binds, how strongly, upon what, and where, in a language."""
        open_mark = "" if self.applies else f" ({language.say('if its condition is met')})"
        return f"{self.in_short(language)}: {self.cite}{open_mark}"


@attrs.frozen
class Cell:
    """The safeguards of one kind in one ruleset.

    Attributes:
        kind: The kind.
        ruleset: The ruleset.
        held: The safeguards.
        empty: Why there are none: silent, left to national law, not checked; blank if there are any.
    """

    kind: DutyKind
    ruleset: Ruleset
    held: tuple[Safeguard, ...]
    empty: str

    def __data__(self) -> dict[str, Any]:
        own = named("ruleset", "empty", "held")(self)
        return {"kind": self.kind, **named("protects", "why")(self.kind), **own}

    def words(self, language: Language = ENGLISH) -> str:
        """Returns its safeguards, one a line, or why there are none, in a language."""
        lines = dict.fromkeys(item.words(language) for item in self.held)
        return "\n".join(lines) or language.say(self.empty)

    __str__ = words

    @property
    def binds(self) -> Answer:
        """Whether a duty binds; open too where nobody has checked whether the text has one."""
        truths = [item.applies for item in self.held if item.binds]
        if True in truths:
            return "yes"
        return "open" if truths or self.empty == NOT_CHECKED else "no"

    @property
    def in_short(self) -> str:
        """Who is bound how strongly, and on what; or why nobody is."""
        return "; ".join(dict.fromkeys(item.in_short() for item in self.held)) or self.empty


@attrs.frozen(repr=False)
class Safeguards(Drawn, Tabular[Cell]):
    """The table of safeguards.

    Attributes:
        rulesets: The rulesets, in the order of the columns.
        rows: For each kind the cells, in the order of the rulesets; kinds are grouped by whom they
            protect, people affected first.
        scenario: The scenario to which the table is restricted, or None.
        as_of: The day of the law that was asked for.
        part: What takes this part of the whole table in Python; blank for the whole.
    """

    _ITEMS = "cells"
    rulesets: tuple[Ruleset, ...]
    rows: tuple[tuple[DutyKind, tuple[Cell, ...]], ...]
    scenario: Scenario | None = None
    as_of: AsOf = None
    part: str = ""

    def __repr__(self) -> str:
        return f"<Safeguards: {len(self.rows)} kinds under {len(self.rulesets)} rulesets>"

    @property
    def laws(self) -> tuple[Law, ...]:
        """The rulesets with the day as of which each is read."""
        return tuple(Law(ruleset, self.as_of) for ruleset in self.rulesets)

    def finding(self) -> Claim:
        """Returns the finding: how many kinds of safeguard bind under each law, by whom they protect."""
        groups = (part for protects in Protects if (part := self.group(protects)).rows)
        return joined(map(_group_claim, groups))

    @property
    def _pictures(self) -> Pictures:
        return {
            "grid": lambda: draw("grid", *_grid(self)),
            "bars": lambda: draw("counts", [(count,) for count in self.counts()]),
        }

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each duty, or one that says why a kind has none."""
        return [_row(cell, item) for cell in self.cells for item in cell.held or (None,)]

    def group(self, protects: Protects | str) -> Safeguards:
        """Returns the part of the table with the kinds that protect somebody."""
        rows = tuple(row for row in self.rows if row[0].protects == protects)
        return attrs.evolve(self, rows=rows, part=f'.group("{protects}")')

    def counts(self) -> tuple[Tally, ...]:
        """Returns for each law in how many kinds a duty binds: certainly, possibly, not."""
        return tuple(self._count(place) for place in range(len(self.rulesets)))

    def _count(self, place: int) -> Tally:
        return Tally(
            *(BINDING, COVERED),
            self.laws[place],
            {str(kind): cells[place].binds for kind, cells in self.rows},
            NOUNS,
            f"{self.python}.counts()[{place}]",
            (self.scenario,) if self.scenario else (),
        )

    @property
    def python(self) -> str:
        """The line that makes it in Python."""
        case = f'"{self.scenario.id}"' if self.scenario else None
        laws = ", ".join(law.python for law in self.laws)
        return f"rc.safeguards({case}, [{laws}]){self.part}"

    def sentence(self, language: Language = ENGLISH) -> str:
        """Returns the finding in words."""
        return self.finding().sentence(language)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells, kind by kind."""
        return tuple(cell for _, cells in self.rows for cell in cells)

    # as a document ----------------------------------------------------------------------------

    def text(self, form: Form = "table") -> str:
        """Returns the table in a form of text, or its cells as JSON, or its rows as CSV."""
        cells = to_data(self.cells)
        rows = ({**cell, **item} for cell in cells for item in cell.pop("held") or [{}])
        return written(form, self.document, self.cells, rows)

    def document(self, language: Language = ENGLISH) -> Document:
        """Returns the table with its finding, and how to read them; the finding in a language."""
        groups = (group for protects in Protects if (group := self.group(protects)).rows)
        found = [Paragraph(group.sentence(language), lang=language.mark) for group in groups]
        reasons = [f"{kind} ({kind.protects}): {kind.why}" for kind, _ in self.rows]
        why = Section("Why each kind is counted where it is", [Bullets(reasons)])
        verified = verified_sentence(self.rulesets)
        return Document("", [*found, *self.tables(language), EMPTY_CELLS, why, verified, NOT_ADVICE])

    def tables(self, language: Language = ENGLISH) -> list[Table]:
        """Returns the safeguards, one row a kind, in one table for each group that they protect."""
        say = language.say

        def row(kind: DutyKind, cells: Iterable[Cell]) -> list[list[Paragraph]]:
            texts = (say(str(kind)), *(cell.words(language) for cell in cells))
            return [
                [Paragraph(line, lang=language.mark) for line in text.splitlines()] for text in texts
            ]

        return [
            Table(
                say(
                    "Safeguards, {protects}: who is bound, how strongly, and where",
                    protects=say(str(protects)),
                ),
                (say("safeguard"), *(say(ruleset.title) for ruleset in self.rulesets)),
                [row(*pair) for pair in self.group(protects).rows],
                language.mark,
            )
            for protects in Protects
        ]


def _row(cell: Cell, item: Safeguard | None) -> dict[str, Any]:
    return {
        "kind": str(cell.kind), "protects": str(cell.kind.protects), "law": cell.ruleset.id,
        "addressee": item and item.addressee, "strength": item and item.strength,
        "binds": bool(item and item.binds), "applies": item and item.applies,
        "cite": item and item.cite, "of": item and item.ruleset.id,
        "checked": item and str(item.checked), "empty": cell.empty or None,
    }  # fmt: skip


SENTENCES: Mapping[Protects, tuple[str, str]] = {
    Protects.PEOPLE: (
        "Of {count} kind of safeguard that protects the people affected, {duties} cover {covered}.",
        "Of {count} kinds of safeguard that protect the people affected, {duties} cover {covered}.",
    ),
    Protects.PUBLIC: (
        "Of {count} kind of safeguard that informs the public, {duties} cover {covered}.",
        "Of {count} kinds of safeguard that inform the public, {duties} cover {covered}.",
    ),
    Protects.APPLICANTS: (
        "Of {count} kind of safeguard that serves applicants, {duties} cover {covered}.",
        "Of {count} kinds of safeguard that serve applicants, {duties} cover {covered}.",
    ),
    Protects.ADMINISTRATION: (
        (
            "Of {count} kind of safeguard that serves the administration of the control, {duties} cover "
            "{covered}."
        ),
        (
            "Of {count} kinds of safeguard that serve the administration of the control, {duties} "
            "cover {covered}."
        ),
    ),
}
"""The finding about the kinds that protect or serve somebody: for one kind, and for several."""


def _group_claim(part: Safeguards) -> Claim:
    one, several = SENTENCES[part.rows[0][0].protects]
    covered = tuple(
        Claim("{count} under {law}", {"count": count, "law": count.law}) for count in part.counts()
    )
    duties = BINDING_ON if part.scenario else BINDING
    case = {"case": part.scenario.id} if part.scenario else {}
    return Claim(
        one if len(part.rows) == 1 else several,
        {"count": len(part.rows), "duties": Claim(duties, case), "covered": covered or "none"},
        part.counts(),
    )


def _grid(table: Safeguards) -> tuple[str, str, list[str], list[tuple[str, list[tuple[Answer, str]]]]]:
    """The title of the picture, what its fills mean, its columns, and its lines."""
    lines = [(str(kind), [(cell.binds, cell.in_short) for cell in cells]) for kind, cells in table.rows]
    about = f" for {table.scenario.title or table.scenario.id}" if table.scenario else ""
    return (
        f"Which safeguards are duties{about}, kind by kind.",
        "Dark: a duty. Striped: perhaps. Pale: less than a duty, or one that no finding triggers.",
        [law.heading() for law in table.laws],
        lines,
    )


def safeguards(
    rulesets: Iterable[Ruleset], scenario: Scenario | None = None, *, as_of: AsOf = None
) -> Safeguards:
    """Lists what each ruleset requires of whom, by kind.

    Args:
        rulesets: The regimes and proposals.
        scenario: If given, only what applies to it, or may.
        as_of: The day whose law is applied, which chooses the base of a proposal.

    Raises:
        UsageError: A regime is not in force on its day, so that it requires nothing then.
    """
    columns = []
    for ruleset in rulesets:
        day = _law_day(ruleset, scenario, as_of)
        if scenario is None and day and ruleset.in_force(day) is False:
            raise not_in_force(ruleset, day)
        layers = tuple(_layers(ruleset, day))
        items = _applying(ruleset, scenario, as_of) if scenario else _declared(ruleset, layers)
        columns.append((ruleset, list(items), layers))
    kinds = sorted(DutyKind, key=lambda kind: list(Protects).index(kind.protects))
    rows = tuple((kind, tuple(_cell(kind, *column) for column in columns)) for kind in kinds)
    return Safeguards(tuple(ruleset for ruleset, *_ in columns), rows, scenario, as_of)


def _cell(kind: DutyKind, ruleset: Ruleset, items: list[Safeguard], layers: tuple[Ruleset, ...]) -> Cell:
    held = tuple(item for item in items if _kind(item.provision) is kind)
    silences = (item for part in layers for item in part.provisions.no_duties)
    empty = next((str(item.says) for item in silences if item.kind is kind), NOT_CHECKED)
    if any(_kind(item) is kind for part in layers for item in _provisions(part)):
        empty = NOT_APPLICABLE
    return Cell(kind, ruleset, held, "" if held else empty)


def _provisions(part: Ruleset) -> tuple[Duty | Rule, ...]:
    """The duties of a text, and the refusals that its rules order or permit."""
    refusals = (rule for rule in part.rules if rule.ends_in is Outcome.REFUSAL)
    return (*part.provisions.duties, *refusals)


def _kind(provision: Duty | Rule) -> DutyKind:
    return provision.kind if isinstance(provision, Duty) else provision.counts_as


def _layers(ruleset: Ruleset, day: dt.date | None) -> Iterator[Ruleset]:
    """The ruleset, the law on which it is primarily based, and the law combined with it on the day."""
    yield ruleset
    for part in (*ruleset.base[:1], *ruleset.beside):
        if day is None or part in ruleset.base or part.in_force(day) is not False:
            yield from _layers(part, day)


def _law_day(ruleset: Ruleset, scenario: Scenario | None, as_of: AsOf) -> dt.date | None:
    """The day whose law is applied; None where that is the day of a scenario which is not given."""
    day = as_of or ruleset.reference_date
    if isinstance(day, dt.date):
        return day
    return scenario.date if scenario else None


def _declared(ruleset: Ruleset, layers: Iterable[Ruleset]) -> Iterator[Safeguard]:
    """The safeguards of every text; what nobody has read may not be one."""
    cite = citation_format(ruleset)
    for part in layers:
        for provision in _provisions(part):
            applies = None if part.is_unread(provision) else True
            yield Safeguard(provision, part, applies, cite(provision.cite))


def _applying(ruleset: Ruleset, scenario: Scenario, as_of: AsOf) -> Iterator[Safeguard]:
    """The safeguards that apply to a case, or may."""
    cite, verdict = citation_format(ruleset), assess(scenario, ruleset, as_of=as_of)
    owners = {duty: part for part in ruleset.parts() for duty in part.provisions.duties}
    for duty, applies in verdict.duties:
        yield Safeguard(duty, owners[duty], applies, cite(duty.cite))
    for finding in verdict.findings:
        rule = finding.rule
        if rule.ends_in is Outcome.REFUSAL and finding.holds is not False and not finding.is_overridden:
            applies = None if finding.overridden_by else finding.holds
            yield Safeguard(rule, finding.ruleset, applies, cite(rule.cite))
