"""One actual or invented transaction: what is known about it, with sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, Literal, TypeVar, get_args

import attrs

from regcompare._visible import visible
from regcompare.errors import DefinitionError, UsageError
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, Same, facts_of, stated_answers
from regcompare.logic.conditions import walk
from regcompare.logic.planes import Rows
from regcompare.logic.questions import Question, Questions
from regcompare.ruleset.rules import Outcome
from regcompare.vocabulary import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    LAYERS,
    Constraint,
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    National,
    Parties,
    Transaction,
    Vocabulary,
)
from regcompare.vocabulary.propagation import Propagation, propagation_of
from regcompare.vocabulary.words import LicenceStatus

Section = TypeVar("Section")

Origin = Literal["stated", "presumed", "ordinary", "surveillance"]
"""Where an answer comes from: the file itself, its ``presumed`` block, or a layer of presumptions."""

Decision = LicenceStatus | Literal["unknown"]
"""What became of the licence: the same words as in ``licence.status``, or ``unknown``."""


Kind = Literal["documented", "replay", "variant", "teaching"]
"""What a case is: a sale on record; its facts at another place or day; one fact altered; invented."""
KINDS: tuple[Kind, ...] = get_args(Kind)


@attrs.frozen(kw_only=True)
class Source:
    """A published source of a case.

    Attributes:
        title: Author and title.
        date: When it was published, as precisely as known: a day, a month or a year.
        url: Where it is found; ``none`` says that no address is known.
        publisher: Who published it.
    """

    title: str
    date: str = ""
    url: str = ""
    publisher: str = ""

    @property
    def address(self) -> str:
        """Its address; blank where none is given, or none is known."""
        return "" if self.url == "none" else self.url


@attrs.frozen(kw_only=True)
class Record:
    """What became of the export; no rule uses it.

    Attributes:
        decision: What became of the licence.
        note: What happened, in words.
        date: When it was decided, as precisely as known.
    """

    decision: Decision = "unknown"
    note: str = ""
    date: str = ""


@attrs.frozen(kw_only=True)
class Disputed:
    """A stated fact that someone disputes, and what they say."""

    fact: str
    note: str


@attrs.frozen(kw_only=True)
class Expectation:
    """What a ruleset is expected to give for a scenario.

    Attributes:
        ruleset: The ruleset's id.
        low: The least outcome expected, or None where none is expected or asked for.
        high: The strictest outcome expected.
        within: Whether the result may be a narrower span inside ``low..high``.
        rules: Ids of rules that must hold; the id of an article also names its paragraphs.
        as_of: The day whose law is applied; None for the ruleset's reference date.
        as_if_from: ``home`` where the sale is asked about as if from the ruleset's home, else None.
        in_scope: Whether the ruleset must apply; ``UNKNOWN`` where that must stay open, None where
            nothing is expected.
        in_force: Whether it must be in force; likewise.
    """

    ruleset: str
    low: Outcome | None = None
    high: Outcome | None = None
    within: bool = False
    rules: tuple[str, ...] = ()
    as_of: dt.date | Literal["scenario"] | None = None
    as_if_from: Literal["home"] | None = None
    in_scope: Any = None
    in_force: Any = None

    def __attrs_post_init__(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        excluded = self.in_scope is False or self.in_force is False
        no_span = len(ends) == 1 or ends != sorted(ends)
        if no_span or (excluded and ends) or (self.within and not ends):
            raise DefinitionError(
                f"The expectation for {self.ruleset} needs both ends of a span, the weaker first, "
                "or neither where the ruleset is out of scope or not in force."
            )
        if not ends and not self.rules and self.in_scope is None and self.in_force is None:
            raise DefinitionError(f"The expectation for {self.ruleset} says nothing to verify.")


@attrs.frozen(kw_only=True)
class AsIf:
    """How a sale was changed to be asked about as if it were made from elsewhere.

    Attributes:
        home: From where, as it reads after "from".
        changed: The facts whose answers were changed.
        left_out: The stated facts that were left out, since they are about another state.
        is_domestic: Whether its destination lies there as well, so that it is no export from there.
        original: The sale as it was made.
    """

    home: str
    changed: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    is_domestic: bool = False
    original: Scenario

    @property
    def sentence(self) -> str:
        """What was changed, as a sentence."""
        left = f"; left out: {', '.join(self.left_out)}" if self.left_out else ""
        domestic = " It is then a domestic sale, and is set aside." if self.is_domestic else ""
        return f"Asked as if from {self.home}. Changed: {', '.join(self.changed)}{left}.{domestic}"


def _grouped(value: Iterable[Expectation]) -> tuple[Expectation, ...]:
    """Expectations ruleset by ruleset, as a file holds them."""
    groups: dict[str, list[Expectation]] = {}
    for expectation in value:
        groups.setdefault(expectation.ruleset, []).append(expectation)
    return tuple(expectation for group in groups.values() for expectation in group)


def _sections(value: Iterable[object]) -> tuple[Any, ...]:
    """Sections in order of name, without those that state nothing."""
    return tuple(item for item in sorted(value, key=_section_name) if stated_answers(item))


def _layers(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Layers of presumptions, in the order in which they are applied."""
    given = (value,) if isinstance(value, str) else tuple(value or ())
    for layer in given:
        if layer not in LAYERS:
            raise UsageError(f"{layer!r} is not a layer. Expected {' or '.join(LAYERS)}.")
    return tuple(layer for layer in LAYERS if layer in given)


def _discretion(value: Mapping[str, bool]) -> dict[str, bool]:
    return dict(value)


def _sources(value: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(value)


def _disputed(value: Iterable[Disputed]) -> tuple[Disputed, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Annotation:
    """Facts that somebody adds to a case, in a file of their own.

    Attributes:
        case: The id of the case.
        owner: Who adds them and answers for them.
        sources: Where they come from.
        sections: The facts.
        presumed: Answers that are presumed, not stated.
        expect: What rulesets are expected to give for the case with these facts.
        needs: Sections of plugins, each with the plugin that it needs.
        unread: The blocks of such sections whose plugin is not loaded, as they are in the file.
        places: Where each fact is stated, as file, line and column; of the whole, below a blank key.
        read_as: Codes of other numbering schemes, each with the entry as which it was read.
    """

    case: str
    owner: str
    sources: tuple[Source, ...] = attrs.field(converter=_sources)
    sections: tuple[Any, ...] = attrs.field(default=(), converter=_sections)
    presumed: tuple[Any, ...] = attrs.field(default=(), converter=_sections)
    expect: tuple[Expectation, ...] = attrs.field(default=(), converter=_grouped)
    needs: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    unread: Mapping[str, Any] = attrs.field(factory=dict, hash=False)
    places: Mapping[str, str] = attrs.field(factory=dict, eq=False, repr=False)
    read_as: Mapping[str, str] = attrs.field(factory=dict, eq=False, repr=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it states."""
        return tuple(key for section in self.sections for key in stated_answers(section))

    def place_of(self, key: str) -> tuple[str, int, int]:
        """Returns file, line and column of a fact; blank is the annotation itself."""
        return _place(self.places.get(key) or self.places.get(""), f"the annotation of {self.owner}")


def _place(written: str | None, otherwise: str) -> tuple[str, int, int]:
    """File, line and column; of what was not read from a file, a name for it."""
    file, line, column = written.rsplit(":", 2) if written else (otherwise, "0", "0")
    return file, int(line), int(column)


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def _section_name(value: object) -> str:
    facts_of(type(value))
    name: str = type(value).__section__  # type: ignore[attr-defined]
    return name


class DerivedValues(dict[Any, Any]):
    """What was worked out from a scenario, by what it was worked out for; never pickled along."""

    def keep(self, what: Any, found: Any) -> None:
        """Keeps one more; of too many, none before it."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[what] = found

    def __reduce__(self) -> tuple[type[DerivedValues], tuple[()]]:
        return DerivedValues, ()


_MOST_KEPT = 32


@attrs.frozen(kw_only=True, repr=False)
class Scenario:
    """One actual or invented transaction; two items, users or destinations are two scenarios.

    Attributes:
        id: A short name in lower case with hyphens.
        title: What it is about, in a line.
        kind: What the case is; None where the file does not say.
        sale: The deal of which it is a part; blank where it is a deal of its own.
        date: When the facts happened.
        summary: The case in plain words, with the choices of whoever encoded it.
        story: The case in two or three sentences for anyone, with no result in them: one paragraph,
            with single spaces.
        sources: Where the facts are taken from.
        presume: Layers of answers that are presumed of facts that are not stated: ``ordinary``, or that
            and ``surveillance``.
        presumed: Sections of further answers that are presumed.
        more: Sections of facts that come with plugins.
        discretion: How an authority or a state used a power that it may use, by the power's id.
        record: What became of it; no rule reads it.
        disputed: Stated facts that someone disputes.
        expect: What rulesets are expected to give.
        as_if: How it was changed to be asked about as if from elsewhere; None as it was made.
        needs: Sections of plugins, each with the plugin that it needs.
        unread: The blocks of such sections whose plugin is not loaded, as they are in the file.
        annotations: What was added to it from other files.
        places: Where each fact is stated, as file, line and column, of a case that was read.
        read_as: Codes of other numbering schemes, each with the entry as which it was read.
    """

    id: str
    title: str = ""
    kind: Kind | None = None
    sale: str = ""
    date: dt.date | None = None
    summary: str = ""
    story: str = attrs.field(default="", converter=_paragraph)
    sources: tuple[Source, ...] = attrs.field(default=(), converter=_sources)
    presume: tuple[str, ...] = attrs.field(default=(), converter=_layers)
    item: Item = attrs.field(default=Item())
    transaction: Transaction = attrs.field(default=Transaction())
    exporter: Exporter = attrs.field(default=Exporter())
    destination: Destination = attrs.field(default=Destination())
    end_user: EndUser = attrs.field(default=EndUser())
    parties: Parties = attrs.field(default=Parties())
    end_use: EndUse = attrs.field(default=EndUse())
    knowledge: Knowledge = attrs.field(default=Knowledge())
    diligence: Diligence = attrs.field(default=Diligence())
    national: National = attrs.field(default=National())
    licence: Licence = attrs.field(default=Licence())
    more: tuple[Any, ...] = attrs.field(default=(), converter=_sections)
    presumed: tuple[Any, ...] = attrs.field(default=(), converter=_sections)
    discretion: Mapping[str, bool] = attrs.field(factory=dict, converter=_discretion)
    record: Record | None = None
    disputed: tuple[Disputed, ...] = attrs.field(default=(), converter=_disputed)
    expect: tuple[Expectation, ...] = attrs.field(default=(), converter=_grouped)
    as_if: AsIf | None = None
    needs: Mapping[str, str] = attrs.field(factory=dict)
    unread: Mapping[str, Any] = attrs.field(factory=dict)
    annotations: tuple[Annotation, ...] = attrs.field(default=(), eq=False)
    places: Mapping[str, str] = attrs.field(factory=dict, eq=False)
    read_as: Mapping[str, str] = attrs.field(factory=dict, eq=False)
    _kept: DerivedValues = attrs.field(factory=DerivedValues, init=False, eq=False)

    @property
    def place(self) -> tuple[str, int, int]:
        """The file, line and column where it is; of one that was not read, its id."""
        return _place(self.places.get(""), f"the case {self.id}")

    @property
    def is_documented(self) -> bool:
        """Whether it is a sale on record, which a case is where its file does not say otherwise."""
        return self.kind in (None, "documented")

    @property
    def counted_as(self) -> str:
        """The name under which it is counted: parts of one documented sale count once."""
        return self.sale if self.sale and self.is_documented else self.id

    def __repr__(self) -> str:
        return visible(f"<Scenario {self.id}: {self.title or 'no title'}>")

    def __hash__(self) -> int:
        return hash((self.id, self.date))

    def sections(self) -> Iterator[Any]:
        """Yields every section of stated facts, the core's first."""
        for name in CORE_SECTIONS:
            yield getattr(self, name)
        yield from self.more

    def section(self, cls: type[Section]) -> Section:
        """Returns the section of this class; an empty one where nothing of it is stated."""
        found: Section = next((item for item in self.sections() if isinstance(item, cls)), None) or cls()
        return found

    def with_facts(self, *sections: object) -> Scenario:
        """Returns the scenario with the answers that these sections state in place of its own."""
        changed: dict[str, Any] = {}
        more = self.more
        for given in sections:
            name = _section_name(given)
            merged = with_stated(self.section(type(given)), given)
            if name in CORE_SECTIONS:
                changed[name] = merged
            else:
                more = (*(item for item in more if type(item) is not type(given)), merged)
        return attrs.evolve(self, more=more, **changed)


def reading_notes(scenario: Scenario) -> Iterator[str]:
    """Yields what to know of how a case was read, each as a sentence.

    That is which plugin a section needs that was kept and not read, and how codes were read.
    """
    for name in dict.fromkeys((*scenario.unread, *scenario.unread.get("presumed", ()))):
        if name in scenario.needs:
            plugin = scenario.needs[name]
            yield f"The section {name} was not read: it needs the plugin {plugin}, which is not loaded."
    for code, entry in scenario.read_as.items():
        yield f"{code} was read as {entry}, which names the same according to the concordance."


def of_kinds(scenarios: Iterable[Scenario], include: str | Iterable[str] = ()) -> tuple[Scenario, ...]:
    """Returns the documented cases, and those of the further kinds that are to be included.

    Args:
        scenarios: The cases.
        include: ``variants``, ``replays`` and ``teaching``, as a list or with commas between them.

    Raises:
        UsageError: A word names no kind.
    """
    words = include.split(",") if isinstance(include, str) else include
    wanted = {word.strip().removesuffix("s") for word in words if word.strip()}
    for word in wanted.difference(KINDS):
        raise UsageError(f"{word!r} is not a kind of case. Expected variants, replays or teaching.")
    return tuple(item for item in scenarios if item.is_documented or item.kind in wanted)


CORE_SECTIONS = tuple(CORE.by_name)

_UNSTATED: Mapping[type, object] = {
    type(field.default): field.default for field in attrs.fields(Scenario) if field.name in CORE_SECTIONS
}
"""The sections that stand for those of which nothing is stated."""


def with_stated(own: Any, given: Any) -> Any:
    """Returns a section with the answers that another of its class states in place of its own."""
    return attrs.evolve(own, **{name: value for name, value in vars(given).items() if value is not None})


def stated(scenario: Scenario) -> dict[str, Any]:
    """Returns what a scenario states: fact to answer, with its date and the powers that were used."""
    found: dict[str, Any] = {"scenario.date": scenario.date} if scenario.date else {}
    for section in scenario.sections():
        found |= stated_answers(section)
    return found | {f"discretion.{name}": used for name, used in scenario.discretion.items()}


def stating(answers: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[Any, ...]:
    """Returns the sections that state these answers, by fact; what is not a fact is passed over."""
    stated: dict[Any, dict[str, Any]] = {}
    for cls in vocabulary.sections:
        for name, fact in facts_of(cls).items():
            if fact.key in answers:
                stated.setdefault(cls, {})[name] = answers[fact.key]
    return tuple(cls(**given) for cls, given in stated.items())


@attrs.frozen
class EstablishedFacts:
    """What counts as known about a scenario once presumptions are added.

    Attributes:
        values: Fact key to answer; unknown facts are missing or ``UNKNOWN``.
        origins: Fact key to where its answer comes from.
        withdrawn: The facts whose presumed answer was withdrawn, each with the sentence that it would
            contradict; blank where several would only together.
        notices: What was taken to mean something else, each as the sentence of the constraint broken.
    """

    values: Mapping[str, Any]
    origins: Mapping[str, Origin]
    withdrawn: Mapping[str, str] = attrs.field(factory=dict)
    notices: tuple[str, ...] = ()

    @property
    def presumed(self) -> tuple[str, ...]:
        """The facts that are presumed, not stated."""
        return tuple(key for key, origin in self.origins.items() if origin != "stated")


def established(scenario: Scenario, vocabulary: Vocabulary) -> EstablishedFacts:
    """Adds presumptions to what is stated: stated, then ``presumed``, then ordinary.

    A stated ``unknown`` is stated: no presumption replaces it.  Where the answers break a constraint of
    the vocabulary, what is presumed about the facts that it asks about is withdrawn.  Where only what
    follows from them does, so is all that is presumed about facts of which constraints ask.

    Raises:
        DefinitionError: The scenario states a section that the vocabulary lacks.
        UsageError: It states a code that does not exist.
    """
    found: EstablishedFacts | None = scenario._kept.get(vocabulary)
    if found is None:
        found = _established(scenario, vocabulary)
        scenario._kept.keep(vocabulary, found)
    return found


def _established(scenario: Scenario, vocabulary: Vocabulary) -> EstablishedFacts:
    withdrawn: dict[str, str] = {}
    while True:
        known = _presuming(scenario, vocabulary, withdrawn)
        more = _contradicting(scenario, known, propagation_of(vocabulary))
        if not more:
            return attrs.evolve(known, withdrawn=withdrawn) if withdrawn else known
        withdrawn |= more


def _presuming(
    scenario: Scenario, vocabulary: Vocabulary, without: Container[str] = ()
) -> EstablishedFacts:
    """Adds presumptions to what is stated, but for those about some facts."""
    values: dict[str, Any] = {}
    for section in scenario.sections():
        if section is not _UNSTATED.get(type(section)):
            values |= stated_answers(section)
    origins: dict[str, Origin] = dict.fromkeys(values, "stated")
    presumed = (pair for section in scenario.presumed for pair in stated_answers(section).items())
    further: Iterable[tuple[str, Any, Origin]] = ((key, answer, "presumed") for key, answer in presumed)
    layered = _layered(scenario.presume, values, vocabulary, without)
    for key, answer, origin in chain(further, layered):
        if answer is not None and key not in values and key not in without:
            values[key], origins[key] = answer, origin
    for key in {item.fact for item in vocabulary.code_lists}:
        _check_codes(scenario, vocabulary.fact(key), values.get(key))
    return _restated(EstablishedFacts(values, origins), scenario, vocabulary)


def _layered(
    layers: Container[str], values: Mapping[str, Any], vocabulary: Vocabulary, without: Container[str]
) -> Iterator[tuple[str, Any, Origin]]:
    """Yields what these layers of presumptions answer; ``values`` may grow meanwhile."""
    facts = vocabulary.by_key
    if "ordinary" in layers:
        for key in vocabulary.ordinary:
            if key not in values:
                yield key, _ordinary(key, values, vocabulary, without), "ordinary"
    for item in vocabulary.assumptions:
        if item.layer in layers and item.applies(values):
            yield item.fact, item.answer_to(facts[item.fact]), "surveillance"


def _restated(known: EstablishedFacts, scenario: Scenario, vocabulary: Vocabulary) -> EstablishedFacts:
    """Takes what breaks a constraint to mean what the constraint says instead.

    Such a constraint asks about choices, countries and the day of the facts.
    """
    if not vocabulary.excusing:
        return known
    stated = {key: value for key, value in known.values.items() if value is not UNKNOWN}
    answers = {**stated, FACTS_DATE.key: scenario.date}
    broken = [item for item in vocabulary.excusing if item.is_broken(answers)]
    values = {**known.values, **dict(item.taken_as for item in broken if item.taken_as)}
    return EstablishedFacts(values, known.origins, notices=tuple(item.sentence for item in broken))


def _check_codes(scenario: Scenario, fact: Fact, value: Any) -> None:
    """Refuses codes that do not exist; a file with one is refused when it is read."""
    for code in sorted(value.known | value.open) if isinstance(value, MemberSet) else ():
        try:
            fact.read(code)
        except AnswerError as error:
            raise UsageError(f"{fact.key} of {scenario.id}: {error}") from None


def _ordinary(
    key: str, values: Mapping[str, Any], vocabulary: Vocabulary, without: Container[str]
) -> Any:
    """The ordinary answer; one that copies another fact copies no unknown."""
    ordinary = None if key in without else vocabulary.ordinary.get(key)
    if not isinstance(ordinary, Same):
        return ordinary
    other = ordinary.fact
    copied = values[other] if other in values else _ordinary(other, values, vocabulary, without)
    return None if copied is UNKNOWN or other not in vocabulary.by_key else copied


def _contradicting(scenario: Scenario, known: EstablishedFacts, under: Propagation) -> dict[str, str]:
    """Returns the presumed facts that have to go, each with the sentence that they contradict."""
    presumed = set(known.presumed)
    if not presumed or all(presumed.isdisjoint(asked) for asked in under.asked):
        return {}
    rows = _rows(under, answers_to(under.leaves.questions, scenario, known, under.vocabulary.by_key))
    direct = {
        fact: under.vocabulary.constraints[place].sentence
        for place in under.violated(rows)
        for fact in sorted(under.asked[place] & presumed)
    }
    if direct or not under.violated_by_consequences(rows):
        return direct
    return dict.fromkeys(sorted(presumed & frozenset().union(*under.asked)), "")


def _rows(under: Propagation, answers: Mapping[str, Any]) -> Rows:
    return Rows.of(under.leaves, [[answers.get(key) for key in under.leaves.keys]])


def answers_to(
    asked: Questions, scenario: Scenario, known: EstablishedFacts, facts: Mapping[str, Fact]
) -> dict[str, Any]:
    """Returns the answer to each question that what is established answers, by key.

    Raises:
        DefinitionError: A question is about no fact; the ruleset should have been refused before.
    """
    answers: dict[str, Any] = dict.fromkeys(asked)
    values = known.values
    for name, about in asked.about.items():
        fact, value = facts.get(name), values.get(name)
        if fact is not None and value is not None:
            if fact.is_set:
                answers |= _truths(fact, value, about)
            else:
                answers[name] = fact.truth(value, "")
        elif name == FACTS_DATE.key:
            answers[name] = scenario.date
        elif not name:
            used = scenario.discretion
            answers |= {item.key: used.get(item.power) for item in about if item.power}
        elif fact is None and name != LAW_DATE.key:
            raise DefinitionError(f"{about[0]!r} is not a fact in the vocabulary.")
    return answers


@lru_cache(maxsize=1 << 14)
def _truths(fact: Fact, value: Any, asked: tuple[Question, ...]) -> Mapping[str, Any]:
    """What an answer to a fact says about each question, which many cases have in common."""
    return {question.key: fact.truth(value, question.member) for question in asked}


def contradictions(
    scenario: Scenario, vocabulary: Vocabulary, *, directly: bool = False
) -> list[tuple[Constraint, tuple[str, ...]]]:
    """Returns each constraint that what is stated breaks, with the facts that break it.

    Facts that are unknown break nothing, and what is presumed is not looked at: a presumption that
    contradicts what is stated is withdrawn.  ``directly`` looks only at what is stated, and not at what
    follows from it.
    """
    under = propagation_of(vocabulary)
    stated = _presuming(attrs.evolve(scenario, presume=(), presumed=()), vocabulary)
    answers = answers_to(under.leaves.questions, scenario, stated, vocabulary.by_key)
    rows, constraints = _rows(under, answers), vocabulary.constraints
    direct = [constraints[place] for place in under.violated(rows)]
    if direct or directly:
        return [(constraint, _deciding(constraint, answers)) for constraint in direct]
    return [
        (constraints[place], tuple(name for name in stated.values if name in under.connected(place)))
        for place in under.violated_by_consequences(rows)
    ]


def _deciding(constraint: Constraint, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts whose answers decide both halves of a constraint."""
    traces = (walk(half, answers) for half in (constraint.when, constraint.then))
    asked = (leaf.condition.question for trace in traces for leaf in trace.deciding())
    return tuple(dict.fromkeys(question.subject for question in asked if question.key))
