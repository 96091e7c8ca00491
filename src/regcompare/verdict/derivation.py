"""How verdicts are derived: cases under one program, evaluated together.

Every case is a row of the same planes.  What a reader is shown of one row, such as its answers and
reasons, is worked out on request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs

from regcompare._support.derived import derived
from regcompare.errors import UsageError
from regcompare.facts import UNKNOWN, facts_of
from regcompare.law import Checked
from regcompare.logic.conditions import Among, Condition, Seen, Trace, walk
from regcompare.logic.planes import Pair, Rows, plane_of, stride
from regcompare.logic.questions import UnreadRowQuestion
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.lookahead import LawAnswers, PartialVerdict, Truths, evaluate
from regcompare.program.program import Program, program_for
from regcompare.ruleset.rules import Interpretation, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import (
    EstablishedFacts,
    answers_to,
    contradictions,
    established_facts,
)
from regcompare.scenario.scenario import Scenario, reading_notes
from regcompare.vocabulary import FACTS_DATE, LAW_DATE

from .disputes import decisive_facts
from .marks import marks_of
from .readings import AsOf, ChosenReadings, denies, readings_applied
from .steps import Steps
from .warnings import warnings_of

if TYPE_CHECKING:
    from .verdict import Prover


@attrs.define(eq=False, slots=False)
class Derivation:
    """How the verdict on a scenario under a ruleset is derived.

    Attributes:
        scenario: The scenario.
        ruleset: The ruleset.
        as_of: The day whose law is asked for.
        readings: The reading of each doubtful text.
        prover: What proves the ends of the span; None where they are those of look-ahead.
        known: The facts of the scenario, presumptions included.
        applied_readings: The readings, with ``stated`` where the case denies what reports may show.
        law: Which law applies.
        program: The ruleset under that law, as conditions.
        batch: The cases that were evaluated together with this one.
        place: Its place among them.
        seen: Steps of terms already walked under these answers.
    """

    scenario: Scenario
    ruleset: Ruleset
    as_of: AsOf
    readings: ChosenReadings
    prover: Prover | None
    known: EstablishedFacts = attrs.field(init=False)
    applied_readings: ChosenReadings = attrs.field(init=False)
    law: LawState = attrs.field(init=False)
    program: Program = attrs.field(init=False)
    batch: Batch = attrs.field(init=False)
    place: int = attrs.field(init=False)
    seen: Seen = attrs.field(init=False, factory=dict)
    _traces: dict[Condition, Trace] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        scenario, ruleset = self.scenario, self.ruleset
        self.known = established_facts(scenario, ruleset.vocabulary)
        self.applied_readings = readings_applied(self.readings, self.known, ruleset)
        self.law = law_state(ruleset, self.as_of, scenario.date, self._applied_on)
        self.program = program_for(ruleset, self.law.companions, self.law.open_law)

    @property
    def _applied_on(self) -> Any:
        answer = self.known.values.get(APPLIED_ON.key)
        return None if answer is UNKNOWN else answer

    # the result -----------------------------------------------------------------------------------

    @cached_property
    def looked_ahead(self) -> PartialVerdict:
        """The truths of the rules, and the span, as look-ahead gives them."""
        return self.batch.truths.partial_verdict(self.place)

    @cached_property
    def partial_verdict(self) -> PartialVerdict:
        """The truths of the rules, and the span, narrowed by the prover if there is one."""
        partial, law = self.looked_ahead, self.law
        if not self.prover or law.in_force is False or not partial.span:
            return partial
        readings = tuple(self.applied_readings.items())
        return self.prover.prove(partial, self.program, law.day, readings, self.scenario)

    @property
    def is_domestic(self) -> bool:
        """Whether it would be no export if made from the ruleset's home, and is set aside."""
        return self.scenario.as_if is not None and self.scenario.as_if.is_domestic

    @property
    def span(self) -> Span | None:
        """The mildest and the strictest outcome; None where it is set aside or does not apply."""
        set_aside = self.is_domestic or self.law.in_force is False
        return None if set_aside else self.partial_verdict.span

    def result(self, partial: PartialVerdict) -> str:
        """Returns the result in a few words, which are a span or say why there is no outcome."""
        in_force = partial.in_force if self.law.in_force is None else self.law.in_force
        if in_force is False:
            return "not in force"
        if self.is_domestic:
            return "domestic sale"
        return "out of scope" if partial.in_scope is False else str(partial.span)

    # answers and reasons --------------------------------------------------------------------------

    @cached_property
    def row(self) -> Rows:
        """The answers of this case alone, as planes, with those implied."""
        return self.batch.rows.part(self.place, 1)

    @cached_property
    def _stated(self) -> Mapping[str, Any]:
        program = self.program
        answers = answers_to(program.leaves.questions, self.scenario, self.known, program.facts)
        return answers | {LAW_DATE.key: self.law.day} | _reading_answers(self.applied_readings)

    @cached_property
    def implied(self) -> Mapping[str, Any]:
        """The answers that follow from others by the constraints, by key."""
        keys, stated = enumerate(self.program.keys), self._stated
        open_keys = [(place, key) for place, key in keys if stated.get(key) is None]
        decided = ((key, _implied(self.program, self.row, place)) for place, key in open_keys)
        return {key: answer for key, answer in decided if answer is not None}

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """All answers by key, those implied and those that only duties ask for included."""
        return {**self._stated, **self.implied}

    def walk(self, condition: Condition) -> Trace:
        """Returns the steps of a condition under these answers, which are walked once."""
        if condition not in self._traces:
            self._traces[condition] = walk(condition, self.answers, self.seen)
        return self._traces[condition]

    def truths(self, planes: Pair) -> list[bool | None]:
        """Returns the truths of this case in planes of its batch."""
        pairs = zip(*planes, strict=True)
        bits = [(sure >> self.place & 1, may >> self.place & 1) for sure, may in pairs]
        return [True if sure else None if may else False for sure, may in bits]

    def presumed(self) -> Iterator[str]:
        """Yields the presumed facts that are asked about, or on which the applicable law depends."""
        for name in self.known.presumed:
            is_asked = name in self.program.questions.about
            if is_asked or (name == APPLIED_ON.key and self._law_depends_on_application()):
                yield name

    def _law_depends_on_application(self) -> bool:
        """Whether another law would apply if the date of the application were unknown."""
        return self.law != law_state(self.ruleset, self.as_of, self.scenario.date, None)

    def inferred(self) -> Iterator[str]:
        """Yields the facts that constraints settled, at least in part."""
        questions = self.program.questions
        names = dict.fromkeys(questions[key].fact for key in self.implied)
        return (name for name in names if name in self.program.facts)

    def _denied_findings(self) -> Iterator[str]:
        """Where the case states the opposite of what the reports that it lists would show."""
        position, program = self.program.position, self.program
        for item, reading in self.readings.items():
            if item.finding is None or item.key not in position:
                continue
            if reading != self.applied_readings[item]:
                conditions = zip(program.core_conditions, program.asked_by_core, strict=True)
                asked = [node for node, keys in conditions if keys >> position[item.key] & 1]
                as_chosen = {**self.answers, item.key: reading}
                if any(walk(node, as_chosen).truth != self.walk(node).truth for node in asked):
                    yield (
                        f"{item.finding.fact} is stated as no, and that counts; the reports listed "
                        f"would show it (interpretation {item.id}, {reading or 'open'})."
                    )

    def notices(self) -> Iterator[str]:
        """Yields what the case says and was read as something else, or not at all."""
        yield from reading_notes(self.scenario)
        yield from self._denied_findings()
        yield from self.known.notices

    def warnings(self) -> Iterator[str]:
        """Yields what a reader might be surprised by."""
        scenario = self.scenario
        if scenario.as_if:
            yield scenario.as_if.sentence
        yield from self.notices()
        yield from warnings_of(self.known, self.ruleset, self.law, scenario.date, self._applied_on)


def _implied(program: Program, row: Rows, question: int) -> Any:
    """The answer that the leaves of a question determine; None where they do not."""
    leaves, certain = program.leaves.by_question[question], row.certain
    if any(certain[leaf] != row.possible[leaf] for leaf in leaves):
        return None
    true_leaves, literals = tuple(leaf for leaf in leaves if certain[leaf]), program.leaves.literals
    answers = (cell.answer for cell in program.cells[question])
    return next((item for item in answers if literals(question, item)[0] == true_leaves), None)


# together ------------------------------------------------------------------------------------------


@attrs.frozen(eq=False, slots=False)
class Batch:
    """Cases under one program and the same chosen readings, evaluated together.

    What results depend on is worked out for all of them once any of them is asked.

    Attributes:
        cases: The cases.
        rows: Their answers, with those implied, one row for each case.
        law_answers: The answers that no fact changes, with the cases under them.
        look_ahead: Whether each open question was tried alone.
        truths: The truths of the program's conditions.
        contradictory: The cases whose answers contradict each other, a bit each.
    """

    cases: Sequence[Derivation]
    rows: Rows
    law_answers: LawAnswers
    look_ahead: bool
    truths: Truths
    contradictory: int

    @classmethod
    def of(cls, program: Program, cases: Sequence[Derivation], look_ahead: bool) -> Batch:
        """Evaluates cases together."""
        rows = _rows_of(program, cases)
        law_answers = list(_answer_law(rows, program, cases))
        truths, contradictory = evaluate(program, rows, law_answers, look_ahead=look_ahead)
        return cls(cases, rows, law_answers, look_ahead, truths, contradictory)

    @cached_property
    def _steps(self) -> Steps:
        program, truths = self.truths.program, self.truths
        if any(case.prover for case in self.cases):
            truths = Truths.joined(program, [case.partial_verdict for case in self.cases])
        return Steps(program, self.rows, truths, self._cases_by_day)

    @cached_property
    def marks(self) -> Sequence[Checked | None]:
        """The mark of each result; see ``marks_of``."""
        return marks_of(self._steps)

    @cached_property
    def decisive_disputes(self) -> Mapping[str, int]:
        """For each disputed fact, the cases in which it decides; see ``decisive_facts``."""
        facts = {item.fact for case in self.cases for item in case.scenario.disputed}
        spanned = [case.place for case in self.cases if case.span]
        return decisive_facts(self._steps, plane_of(spanned) if spanned else 0, facts)

    def _cases_by_day(self, date: str) -> Mapping[dt.date | None, int]:
        days = {LAW_DATE.key: lambda case: case.law.day, FACTS_DATE.key: lambda case: case.scenario.date}
        day_of = days.get(date, lambda case: case.answers.get(date))
        return {day: plane_of(places) for day, places in _places(map(day_of, self.cases)).items()}

    @cached_property
    def consequences(self) -> Pair:
        """When each duty arises, then how a licence is decided, as planes."""
        certain, possible = self.truths.program.consequences.evaluate(self.rows)
        return list(certain), list(possible)

    @cached_property
    def results_by_reading(self) -> Mapping[tuple[Interpretation, str], Sequence[str]]:
        """The result of each case if a single doubtful text that it asks about were read differently.

        Whether a row is in the text is left to the open questions, as it is open on some days only.
        """
        program, wide = self.truths.program, stride(self.rows.size)
        others = [
            (doubt, reading)
            for doubt, chosen in self.cases[0].readings.items()
            if doubt.key in program.questions and not isinstance(doubt.asked, UnreadRowQuestion)
            for reading in doubt.readings
            if reading != chosen
        ]
        if not others:
            return {}
        rows, law_answers = self.rows.tiled(len(others)), list[tuple[tuple[Any, ...], int]]()
        for shift, (doubt, reading) in zip(range(0, rows.size, wide), others, strict=True):
            question = program.position[doubt.key]
            denied = [case.place for case in self.cases if denies(case.known, doubt, case.ruleset)]
            read = self.rows.mask & ~(plane_of(denied) if denied else 0)  # A case's own answer counts.
            rows.reopen(question, read << shift)
            rows.answer(question, reading, read << shift)
            place = program.law_questions.index(question)
            for answers, bits in self.law_answers:
                law_answers.append((answers, (bits & ~read) << shift))
                changed = (*answers[:place], reading, *answers[place + 1 :])
                law_answers.append((changed, (bits & read) << shift))
        truths, _ = evaluate(program, rows, law_answers, look_ahead=self.look_ahead)
        return {
            other: [case.result(truths.partial_verdict(shift + case.place)) for case in self.cases]
            for shift, other in zip(range(0, rows.size, wide), others, strict=True)
        }

    @cached_property
    def decisive_presumptions(self) -> Sequence[tuple[str, ...]]:
        """For each case, the facts that its file presumes and without which the result differs.

        These are all of them where only all together make a difference.
        """
        presumed: dict[Derivation, tuple[str, ...]] = {}
        for case in self.cases:
            own = [name for name in case.presumed() if case.known.origins[name] == "presumed"]
            presumed |= {case: tuple(own)} if own else {}
        together = dict(zip(presumed, _without_presumptions(presumed.items()), strict=True))
        trials = [
            (case, (name,))
            for case, other in together.items()
            # To know less cannot give the same result with fewer facts and another with more.
            if _differs(case, other) or not other.known.values.items() <= case.known.values.items()
            for name in presumed[case]
        ]
        alone: dict[Derivation, tuple[str, ...]] = {}
        for (case, names), other in zip(trials, _without_presumptions(trials), strict=True):
            if _differs(case, other):
                alone[case] = (*alone.get(case, ()), *names)
        joint = {case: presumed[case] for case, other in together.items() if _differs(case, other)}
        return [alone.get(case) or joint.get(case, ()) for case in self.cases]


def _differs(case: Derivation, other: Derivation) -> bool:
    """Whether the results differ; a prover is asked only where those of look-ahead do."""
    own = case.result(case.partial_verdict), case.partial_verdict.in_scope
    return (other.result(other.looked_ahead), other.looked_ahead.in_scope) != own and (
        not other.prover or (other.result(other.partial_verdict), other.partial_verdict.in_scope) != own
    )


def _without_presumptions(trials: Iterable[tuple[Derivation, tuple[str, ...]]]) -> list[Derivation]:
    cases = list(trials)
    if not cases:
        return []
    first, _ = cases[0]
    days: Iterator[AsOf] = (case.law.day or "scenario" for case, _ in cases)
    scenarios = (_not_presuming(case.scenario, names) for case, names in cases)
    return derive(zip(scenarios, days, strict=True), first.ruleset, first.readings, prover=first.prover)


@derived
def _not_presuming(case: Scenario, names: tuple[str, ...]) -> Scenario:
    presumed = [
        attrs.evolve(
            section,
            **{name: None for name, fact in facts_of(type(section)).items() if fact.key in names},
        )
        for section in case.presumed
    ]
    return attrs.evolve(case, presumed=tuple(presumed))


def _rows_of(program: Program, cases: Sequence[Derivation]) -> Rows:
    """What is known of cases as planes; each answer to a fact is read once for all that give it."""
    columns: dict[str, dict[Any, list[int]]] = {name: {} for name in program.by_subject}
    for place, case in enumerate(cases):
        discretion = case.scenario.discretion.items()
        used = [(f"discretion:{power}", answer) for power, answer in discretion]
        for name, answer in chain(case.known.values.items(), used):
            if answer is not UNKNOWN and (column := columns.get(name)) is not None:
                column.setdefault(answer, []).append(place)
    rows = Rows.blank(program.leaves, len(cases))
    columns[FACTS_DATE.key] = _places(case.scenario.date for case in cases)
    for name, column in columns.items():
        for answer, places in column.items():
            rows.decide(*program.literals(name, answer), bits := plane_of(places))
            if isinstance(answer, Among):
                rows.among.setdefault(program.position[name], {})[answer] = bits
    return rows


def _places(answers: Iterable[Any]) -> dict[Any, list[int]]:
    places: dict[Any, list[int]] = {}
    for place, answer in enumerate(answers):
        places.setdefault(answer, []).append(place)
    return places


def _answer_law(
    rows: Rows, program: Program, cases: Sequence[Derivation]
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Adds the days of the law, and the readings, to rows; yields them with their cases."""
    keys = program.keys
    groups = _places((case.law.day, id(case.applied_readings)) for case in cases)
    for (day, _), places in groups.items():
        readings = _reading_answers(cases[places[0]].applied_readings)
        answers, bits = {LAW_DATE.key: day, **readings}, plane_of(places)
        for name, answer in answers.items():
            rows.decide(*program.literals(name, answer), bits)
        yield tuple([answers.get(keys[place]) for place in program.law_questions]), bits


def _reading_answers(readings: ChosenReadings) -> dict[str, str | None]:
    return {doubt.key: reading for doubt, reading in readings.items()}


def derive(
    cases: Iterable[tuple[Scenario, AsOf]],
    ruleset: Ruleset,
    readings: ChosenReadings,
    *,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> list[Derivation]:
    """Evaluates cases under a ruleset, those under the same program together.

    Args:
        cases: The scenarios, each with the day whose law is applied.
        ruleset: The ruleset.
        readings: The reading of each doubtful text.
        look_ahead: As for ``assess``.
        prover: As for ``assess``.

    Raises:
        UsageError: Facts contradict each other.
    """
    derivations = [Derivation(case, ruleset, day, readings, prover) for case, day in cases]
    by_program: dict[Program, list[Derivation]] = {}
    for case in derivations:
        by_program.setdefault(case.program, []).append(case)
    for program, group in by_program.items():
        batch = Batch.of(program, group, look_ahead)
        for place, case in enumerate(group):
            case.batch, case.place = batch, place
    for case in derivations:
        if case.batch.contradictory >> case.place & 1:
            raise _contradiction(case.scenario, ruleset)
    return derivations


def _contradiction(scenario: Scenario, ruleset: Ruleset) -> UsageError:
    violations = contradictions(scenario, ruleset.vocabulary)
    sentences = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in violations)
    msg = f"The facts of {scenario.id} contradict each other under {ruleset.id}. {sentences}"
    return UsageError(msg.rstrip())
