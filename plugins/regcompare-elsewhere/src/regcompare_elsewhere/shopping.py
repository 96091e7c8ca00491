"""The same sale from each state of a regime's home: where results differ, and which row decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, joined, stated
from regcompare.comparison.classes import reaches
from regcompare.comparison.counts import Law, Tally
from regcompare.comparison.data import to_data
from regcompare.comparison.measures import pluralise
from regcompare.comparison.numbers import Answer
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.facts import UNKNOWN, countries, facts_of
from regcompare.law import EvidenceLevel
from regcompare.logic.conditions import Term, nodes, questions
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.scenario.as_if import relocated
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess_all
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.views.document import Bullets, Document, Table
from regcompare.views.render import Form, written
from regcompare.views.sentences import CHECKED_WORDS, NOT_ADVICE, result_words
from regcompare.vocabulary import Exporter, National
from regcompare.vocabulary.dated import DatedTable, RowCitation
from regcompare.words.lexicon import lexicon, listing
from regcompare.words.rows import table_row

NOUNS = ("state or territory", "states and territories")
FROM = "Under {law}, the same sale would need a licence from {count} of {of} {noun}."
_OF_THE_STATE = tuple(fact.key for fact in facts_of(National).values())
"""The facts that say what the law of the exporter's state adds."""


@attrs.frozen
class StateRow:
    """A row of a table on the law of states that carries a result, through a rule.

    Attributes:
        table: What the table lists.
        line: The line of its file.
        period: When the row is in force, in words.
        source: Where the row is taken from.
        checked: How it is known; None where it is not marked.
    """

    rule: Rule
    table: str
    line: int
    period: str
    source: str
    checked: EvidenceLevel | None

    @classmethod
    def of(cls, finding: Finding, term: Term) -> StateRow:
        """Returns the row that a term of a rule represents."""
        row, evidence = table_row(term), finding.known_by(term)
        assert row is not None
        level = evidence.level if evidence else None
        return cls(finding.rule, row.table, int(row.line), str(row.period), row.source, level)


@attrs.frozen(eq=False)
class StateGroup:
    """States from which the sale has the same result, for the same reasons.

    Attributes:
        states: Their codes.
        verdict: The verdict for the first of them.
        rows: The rows of tables on the law of states that carry the result.
    """

    states: tuple[str, ...]
    verdict: Verdict
    rows: tuple[StateRow, ...]

    def __data__(self) -> dict[str, Any]:
        return {
            "states": self.states,
            "verdict": self.verdict,
            "rules": self.rules,
            "rows": self.rows,
            "not_known": self.not_known,
            "also_open": self.also_open,
        }

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that decide the mildest outcome."""
        return tuple(finding.rule.id for finding in self.verdict.deciding)

    @property
    def not_known(self) -> tuple[str, ...]:
        """The facts about the law of the state that could still change the result."""
        return tuple(name for name in self.verdict.open_questions if name in _OF_THE_STATE)

    @property
    def also_open(self) -> tuple[str, ...]:
        """The open questions that have nothing to do with the law of the state."""
        return tuple(name for name in self.verdict.open_questions if name not in self.not_known)


@attrs.frozen(eq=False, repr=False)
class OutcomesByState(Drawn, Tabular[StateGroup]):
    """The outcome of a sale from each state of a home.

    Attributes:
        scenario: The sale as it was made.
        ruleset: The ruleset.
        groups: The states with the same result; those that a table row decides come first.
        tables: The tables with rows on the law of single states, each with the number of these rows.
        presumed: The facts that these rows ask about and the case presumes.
        as_of: The day of the law that was asked for.
    """

    scenario: Scenario
    ruleset: Ruleset
    groups: tuple[StateGroup, ...]
    tables: Mapping[DatedTable, int]
    presumed: tuple[str, ...]
    as_of: AsOf = None
    _ITEMS = "groups"

    def __data__(self) -> dict[str, Any]:
        return {
            "scenario": self.scenario,
            "ruleset": self.ruleset,
            "coverage": [
                {"table": table.name, "rows": count, "verified_through": table.verified_through}
                for table, count in self.tables.items()
            ],
            "presumed": self.presumed,
            "groups": self.groups,
        }

    def __repr__(self) -> str:
        return f"<OutcomesByState: {self.count().sentence()}>"

    def finding(self) -> Claim:
        """Returns the finding: from how many states a licence is needed, and what decides that."""
        command = f"regcompare shopping {self.scenario.id} -r {self.ruleset.id}"
        return joined((stated(self.count()), Claim(self._of_tables, proved_by=command)))

    def count(self) -> Tally:
        """Returns from how many states the sale needs at least a licence."""
        law = Law(self.ruleset, self.as_of)
        answers: dict[str, Answer] = {
            state: _answer(group.verdict) for group in self.groups for state in group.states
        }
        receipt = f'rc.shopping("{self.scenario.id}", {law.python}).count()'
        ordered = dict(sorted(answers.items()))
        return Tally("licence", FROM, law, ordered, NOUNS, receipt, (self.scenario,))

    @property
    def _pictures(self) -> Pictures:
        return {
            "states": lambda: draw("states", str(self.count()), self._tiles()),
            "bars": self.count().plot,
        }

    def text(self, form: Form = "table") -> str:
        """Returns it in a form."""
        data = {"finding": self._of_tables, **to_data(self)}
        rows = (
            {"state": state, **group["verdict"], **dict(list(group.items())[2:])}
            for group in data["groups"]
            for state in group["states"]
        )
        return written(form, self._document, data, rows)

    def _document(self) -> Document:
        scenario, facts = self.scenario, lexicon(self.ruleset).facts
        unknown = dict.fromkeys(name for group in self.groups for name in group.not_known)
        return Document(
            f"From each state: {scenario.title or scenario.id}",
            [
                self._of_tables,
                Table(
                    f"The result of the sale under {self.ruleset.title}",
                    ("from", "result", "through", "not known"),
                    map(_table_row, self.groups),
                ),
                Bullets(f"{name}: {facts[name].question}" for name in unknown),
                *self._notes(),
                NOT_ADVICE,
            ],
        )

    @property
    def _of_tables(self) -> str:
        """A sentence on the states for which the tables decide, and on the others."""
        number = sum(len(group.states) for group in self.groups)
        states, settled = f"{number} states and territories", self.settled_states
        if not settled:
            return (
                f"For none of {states} do the tables contain a row that decides the result of this sale."
            )
        names = listing([countries()[state] for state in settled], "and")
        return (
            f"Of {states}, the tables contain a row that decides the result for {names}, and none "
            "for the others."
        )

    def _notes(self) -> Iterator[str]:
        """The method, the tables with their dates, and what else is open."""
        yield _METHOD
        tables = [
            f"{table.name} ({pluralise(count, 'row')}, verified through {table.verified_through})"
            for table, count in self.tables.items()
        ]
        yield (
            f"On the law of individual states the tables contain: {listing(tables, 'and')}. "
            "A state missing from them may still have such law."
            if tables
            else "No table contains the law of individual states."
        )
        if self.presumed:
            presumed = listing(self.presumed, "and")
            yield f"The rows ask about this as well, which the case presumes: {presumed}."
        if also_open := dict.fromkeys(name for group in self.groups for name in group.also_open):
            yield f"Also open, for some or all states: {listing(also_open, 'and')}."

    def _tiles(self) -> list[tuple[str, Answer, tuple[str, ...]]]:
        """The states by their result, each result with its answer and its words."""
        groups: dict[str, list[StateGroup]] = {}
        for group in self.groups:
            groups.setdefault(result_words(group.verdict), []).append(group)
        return [
            (words, _answer(found[0].verdict), tuple(sorted(chain(*(item.states for item in found)))))
            for words, found in groups.items()
        ]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each state and rule that decides there."""
        return [
            {
                "scenario": self.scenario.id, "law": self.ruleset.id, "state": state,
                "low": group.verdict.low, "high": group.verdict.high, "rule": rule,
                "open_for_its_law": bool(group.not_known),
            }
            for group in self.groups
            for state in group.states
            for rule in group.rules or (None,)
        ]  # fmt: skip

    @property
    def settled_states(self) -> tuple[str, ...]:
        """The states for which a row of a table decides."""
        return tuple(state for group in self.groups if group.rows for state in group.states)


def outcomes_by_state(
    scenario: Scenario, ruleset: Ruleset, *, as_of: AsOf = None, readings: Readings = None
) -> OutcomesByState:
    """Puts a sale under a ruleset as if it were made from each state of the ruleset's home.

    Raises:
        UsageError: The ruleset has no home of several states; else as for ``assess``.
    """
    cases = as_if_from_each(scenario, ruleset)
    verdicts = assess_all(cases.values(), ruleset, as_of=as_of, readings=readings)
    rows = list(_rows_of_states(ruleset))
    tables = Counter({cite.table: 0 for cite, _ in rows})
    tables.update(cite.table for cite in {cite for cite, _ in rows})
    groups = list(_state_groups(zip(cases, verdicts, strict=True), tables))
    presumed_names = {name for verdict in verdicts for name in verdict.presumed}
    presumed_facts = sorted({name for _, term in rows for name in _fact_keys(term)} & presumed_names)
    # Those that a row decides come first, the strictest of them first; then the largest groups.
    groups.sort(key=lambda item: len(item.states), reverse=True)
    groups.sort(key=lambda item: item.verdict.low.rank if item.verdict.low else -1, reverse=True)
    groups.sort(key=lambda item: not item.rows)
    return OutcomesByState(scenario, ruleset, tuple(groups), tables, tuple(presumed_facts), as_of)


def as_if_from_each(scenario: Scenario, ruleset: Ruleset) -> dict[str, Scenario]:
    """Returns a sale as if it were made from each state of a ruleset's home, by the code of the state.

    The states are those on the day of the facts.  What the exporter's own state and its authority did is
    left out, as in ``as_if_from``; what the law of the state adds is unknown, even if the file presumes
    it.  A sale from within the home to another of its states remains a transfer; to the state itself it
    is domestic.

    Raises:
        UsageError: The ruleset has no home, or its home is a single state.
    """
    home = ruleset.home
    states = sorted(home.on(scenario.known_day)) if home else []
    if home is None or len(states) < 2:
        home_in_words = f"one state, {home.name}" if home else "no home"
        raise UsageError(
            f"{ruleset.id} has {home_in_words}, so there are no states to compare. Expected a ruleset "
            "whose home has several states."
        )
    unknown = dict.fromkeys(_OF_THE_STATE, UNKNOWN)
    names = countries()
    return {state: relocated(scenario, home, [state], names[state]).stating(unknown) for state in states}


def _state_groups(
    verdicts: Iterator[tuple[str, Verdict]], tables: Mapping[DatedTable, int]
) -> Iterator[StateGroup]:
    groups: dict[object, StateGroup] = {}
    for state, verdict in verdicts:
        terms = tuple(_decisive_rows(verdict, tables))
        rules = tuple(finding.rule for finding in verdict.deciding)
        key = (verdict.result, rules, tuple(term for _, term in terms), verdict.open_questions)
        rows = tuple(StateRow.of(*pair) for pair in terms)
        group = groups.setdefault(key, StateGroup((), verdict, rows))
        groups[key] = attrs.evolve(group, states=(*group.states, state))
    yield from groups.values()


def _decisive_rows(verdict: Verdict, tables: Mapping[DatedTable, int]) -> Iterator[tuple[Finding, Term]]:
    """The rows in the rules that decide the least outcome, or in those of which one must."""
    if not verdict.low:
        return
    findings = verdict.deciding or [item for item in verdict.open if item.rule.then >= verdict.low]
    for finding in findings:
        for term in dict.fromkeys(finding.rests_on()):
            if isinstance(term.cite, RowCitation) and term.cite.table in tables:
                yield finding, term


def _rows_of_states(ruleset: Ruleset) -> Iterator[tuple[RowCitation, Term]]:
    """The rows that ask about the exporter's state, except those that list the states of the home."""
    home = ruleset.home.states if ruleset.home else None
    for node in nodes(item for part in ruleset.parts() for item in own_conditions(part)):
        cite = node.cite if isinstance(node, Term) else None
        if isinstance(node, Term) and isinstance(cite, RowCitation) and cite.table is not home:
            yield from [(cite, node)] if Exporter.country.key in _fact_keys(node) else []


def _fact_keys(term: Term) -> set[str]:
    return {question.fact for question in questions([term.condition]).values()}


# as a document ------------------------------------------------------------------------------------

_NO_ROW = "nothing in the tables"
_METHOD = (
    "Asked as if the sale were made from each state. What the real state and its authority did is left "
    "out, and whatever the case presumes of national law is open: the mildest outcome is certain, the "
    "strictest is what national law and open facts may add."
)


def _answer(verdict: Verdict) -> Answer:
    if verdict.span is None:
        return "outside"
    reached = reaches(verdict, Outcome.AUTHORISATION)
    return "open" if reached is None else "yes" if reached else "no"


def _table_row(group: StateGroup) -> tuple[str, ...]:
    first = group.states[0]
    states = f"{countries()[first]} ({first})"
    if len(group.states) > 1:
        states = f"{len(group.states)} states and territories: {', '.join(group.states)}"
    rows = [
        f"{row.rule.cite}, by {row.table}, line {row.line}, {row.period}: {row.source} "
        f"[{CHECKED_WORDS[row.checked.value] if row.checked else 'not marked'}]"
        for row in group.rows
    ]
    through = rows or [str(finding.rule.cite) for finding in group.verdict.deciding] or [_NO_ROW]
    not_known = "\n".join(group.not_known) or "nothing of national law"
    return states, result_words(group.verdict), "\n".join(through), not_known
