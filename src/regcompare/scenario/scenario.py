"""One actual or invented transaction, with its facts, their sources and its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeVar, get_args

import attrs

from regcompare._support.derived import DerivedValues
from regcompare._visible import visible
from regcompare.errors import Place, UsageError
from regcompare.facts import facts_of, section_answers
from regcompare.vocabulary import (
    CORE,
    LAYERS,
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
    Reported,
    Transaction,
    Vocabulary,
)
from regcompare.vocabulary.words import LicenceStatus

from .expectation import Expectation, grouped_by_ruleset
from .provenance import Basis, Disputed, RecordGroup, RecordKind, Report, Source, record_group

Section = TypeVar("Section")

Decision = LicenceStatus | Literal["unknown"]
"""What became of the licence: a word of ``licence.status``, or ``unknown``."""


Kind = Literal["documented", "replay", "variant", "teaching"]
"""A kind of case: a sale on record; its facts at another place or day; one fact altered; invented."""
KINDS: tuple[Kind, ...] = get_args(Kind)


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
class AsIf:
    """How a sale was changed to be treated as if it were made from elsewhere.

    Attributes:
        home: The place, as it reads after "from".
        changed: The facts whose answers were changed.
        left_out: The stated facts that were left out, since they are about another state.
        is_domestic: Whether its destination is there as well, so that it is not an export.
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
        left_out = f"; left out: {', '.join(self.left_out)}" if self.left_out else ""
        domestic = " It is then a domestic sale, and is set aside." if self.is_domestic else ""
        return f"Asked as if from {self.home}. Changed: {', '.join(self.changed)}{left_out}.{domestic}"


def _sections(value: Iterable[object]) -> tuple[Any, ...]:
    """Sections in order of name, without those that state nothing."""
    ordered = sorted(value, key=_section_name)
    return tuple(section for section in ordered if section_answers(section, names=True))


def _layers(value: str | Iterable[str] | None) -> tuple[str, ...]:
    layers = (value,) if isinstance(value, str) else tuple(value or ())
    for layer in layers:
        if layer not in LAYERS:
            raise UsageError(f"{layer!r} is not a layer. Expected {' or '.join(LAYERS)}.")
    return tuple(layer for layer in LAYERS if layer in layers)


def _discretion(value: Mapping[str, bool]) -> dict[str, bool]:
    return dict(value)


def _tuple(value: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(value)


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def _section_name(value: object) -> str:
    facts_of(type(value))
    name: str = type(value).__section__  # type: ignore[attr-defined]
    return name


PARTIES: Mapping[str, str] = {
    "exporter": "exporter",
    "end_user": "end user",
    "purchaser": "buyer",
    "intermediaries": "in between",
}
"""Those whom a case can name, in words."""


@attrs.frozen(kw_only=True, repr=False)
class Scenario:
    """One actual or invented transaction; two items, users or destinations are two scenarios.

    Attributes:
        id: A short name in lower case with hyphens.
        title: What it is about, in a line.
        kind: The kind of case; None where the file does not say.
        record_kind: What is on record about it; None where the file does not say.
        sale: The deal of which it is a part; blank if it is a separate deal.
        date: When the facts happened.
        summary: The case in plain words, with the choices of whoever encoded it.
        story: The case in two or three sentences for anyone, with no result in them: one paragraph,
            with single spaces.
        sources: Where the facts are taken from.
        known_from: What each fact, or section of facts, rests on; the more specific key wins.
        presume: Layers of presumptions for facts that are not stated: ``ordinary``, or that and
            ``surveillance``.
        presumed: Sections of further answers that are presumed.
        more: Sections of facts of plugins.
        discretion: Whether an authority or a state used a power that it may use, by the power's id.
        reports: What had been published about the end user, its kind or its country.
        record: What became of it; no rule uses it.
        disputed: Stated facts that someone disputes.
        expect: The results expected of rulesets.
        as_if: How it was changed to be treated as if from elsewhere; None for the sale as it was made.
        needs: Sections of plugins, each with the plugin that it needs.
        unread: The blocks of those sections whose plugin is not loaded, as they are in the file.
        annotations: What was added to it from other files.
        places: Where each fact is stated, as file, line and column, if the case was read from a file.
        read_as: Codes of other numbering schemes, each with the entry as which it was read.
        notes: Further notes on how it was read, as sentences.
        is_shipped: Whether it comes with a plugin, so that commands know it by its id.
    """

    id: str
    title: str = ""
    kind: Kind | None = None
    record_kind: RecordKind | None = None
    sale: str = ""
    date: dt.date | None = None
    summary: str = ""
    story: str = attrs.field(default="", converter=_paragraph)
    sources: tuple[Source, ...] = attrs.field(default=(), converter=_tuple)
    known_from: Mapping[str, Basis] = attrs.field(factory=dict)
    presume: tuple[str, ...] = attrs.field(default=(), converter=_layers)
    item: Item = attrs.field(default=Item())
    transaction: Transaction = attrs.field(default=Transaction())
    exporter: Exporter = attrs.field(default=Exporter())
    destination: Destination = attrs.field(default=Destination())
    end_user: EndUser = attrs.field(default=EndUser())
    parties: Parties = attrs.field(default=Parties())
    end_use: EndUse = attrs.field(default=EndUse())
    reported: Reported = attrs.field(default=Reported())
    knowledge: Knowledge = attrs.field(default=Knowledge())
    diligence: Diligence = attrs.field(default=Diligence())
    national: National = attrs.field(default=National())
    licence: Licence = attrs.field(default=Licence())
    more: tuple[Any, ...] = attrs.field(default=(), converter=_sections)
    presumed: tuple[Any, ...] = attrs.field(default=(), converter=_sections)
    discretion: Mapping[str, bool] = attrs.field(factory=dict, converter=_discretion)
    reports: tuple[Report, ...] = attrs.field(default=(), converter=_tuple)
    record: Record | None = None
    disputed: tuple[Disputed, ...] = attrs.field(default=(), converter=_tuple)
    expect: tuple[Expectation, ...] = attrs.field(default=(), converter=grouped_by_ruleset)
    as_if: AsIf | None = None
    needs: Mapping[str, str] = attrs.field(factory=dict)
    unread: Mapping[str, Any] = attrs.field(factory=dict)
    annotations: tuple[Annotation, ...] = attrs.field(default=(), eq=False)
    places: Mapping[str, Place] = attrs.field(factory=dict, eq=False)
    read_as: Mapping[str, str] = attrs.field(factory=dict, eq=False)
    notes: tuple[str, ...] = attrs.field(default=(), eq=False)
    is_shipped: bool = attrs.field(default=False, eq=False)
    _derived: DerivedValues = attrs.field(factory=DerivedValues, init=False, eq=False)

    @property
    def place(self) -> Place:
        """Its file, line and column; its id if it was not read from a file."""
        return self.place_of("")

    def place_of(self, key: str) -> Place:
        """Returns the file, line and column of a fact; a blank key means the case itself."""
        return self.places.get(key) or self.places.get("") or Place(f"the case {self.id}")

    @property
    def is_documented(self) -> bool:
        """Whether it is a sale on record, as it is unless its file says that it is something else."""
        return self.kind in (None, "documented")

    @property
    def counted_as(self) -> str:
        """The name under which it is counted: parts of one documented sale count once."""
        return self.sale if self.sale and self.is_documented else self.id

    @property
    def record_group(self) -> RecordGroup | None:
        """The group in which it is counted; None for an invention, or where its file does not say."""
        return record_group(self.record_kind) if self.is_documented else None

    @property
    def names(self) -> dict[str, str]:
        """Who took part, as far as its sources name them, by ``PARTIES``."""
        intermediaries = self.parties.intermediaries
        stated = {
            "exporter": self.exporter.name,
            "end_user": self.end_user.name,
            "purchaser": self.destination.purchaser_name,
            "intermediaries": ", ".join(intermediaries) if isinstance(intermediaries, tuple) else None,
        }
        return {party: name for party, name in stated.items() if isinstance(name, str) and name}

    def __repr__(self) -> str:
        return visible(f"<Scenario {self.id}: {self.title or 'no title'}>")

    def __hash__(self) -> int:
        return hash((self.id, self.date))

    def sections(self) -> Iterator[Any]:
        """Yields every section of stated facts, the core's first."""
        for name in CORE_SECTIONS:
            yield getattr(self, name)
        yield from self.more

    def basis(self, key: str) -> Basis | None:
        """Returns what a stated fact rests on; None where the file does not say."""
        return self.known_from.get(key) or self.known_from.get(key.partition(".")[0])

    def sources_of(self, key: str) -> tuple[Source, ...]:
        """Returns the sources of a stated fact; all of the case where the file does not say which."""
        basis = self.basis(key)
        section, _, matter = key.partition(".")
        if section == "reported" and basis is None:
            ids = {report.source for report in self.reports if matter in report.of}
        elif basis is None:
            return self.sources
        else:
            ids = set(basis.sources)
        return tuple(source for source in self.sources if source.id and source.id in ids)

    def section(self, cls: type[Section]) -> Section:
        """Returns the section of this class; an empty one if it states nothing."""
        section: Section = (
            next((item for item in self.sections() if isinstance(item, cls)), None) or cls()
        )
        return section

    def with_facts(self, *sections: object) -> Scenario:
        """Returns the scenario with its answers replaced by those that these sections state."""
        core: dict[str, Any] = {}
        more = self.more
        for section in sections:
            name = _section_name(section)
            merged = overlay(self.section(type(section)), section)
            if name in CORE_SECTIONS:
                core[name] = merged
            else:
                more = (*(item for item in more if type(item) is not type(section)), merged)
        return attrs.evolve(self, more=more, **core)


@attrs.frozen(kw_only=True)
class Annotation:
    """Facts that somebody adds to a case, in a file of their own.

    Attributes:
        owner: Who adds them and is responsible for them.
        added: The facts with their sources and expectations, under the id of the case; a fact rests on
            all sources where ``known_from`` does not name it or its section.
    """

    owner: str
    added: Scenario

    @property
    def case(self) -> str:
        """The id of the case."""
        return self.added.id

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the facts come from."""
        return self.added.sources

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it states."""
        return tuple(key for section in self.added.sections() for key in section_answers(section))

    def place_of(self, key: str) -> Place:
        """Returns the file, line and column of a fact; a blank key means the annotation itself."""
        places = self.added.places
        return places.get(key) or places.get("") or Place(f"the annotation of {self.owner}")


def reading_notes(scenario: Scenario) -> Iterator[str]:
    """Yields notes on how a case was read, as sentences.

    They name the plugins of sections that were not read, and the entries as which codes were read.
    """
    yield from scenario.notes
    for section in dict.fromkeys((*scenario.unread, *scenario.unread.get("presumed", ()))):
        if section in scenario.needs:
            found = f"The section {section} was not read: it needs the plugin {scenario.needs[section]}"
            yield f"{found}, which is not loaded."
    for code, entry in scenario.read_as.items():
        yield f"{code} was read as {entry}, which names the same according to the concordance."


def cases_of_kinds(
    scenarios: Iterable[Scenario], include: str | Iterable[str] = ()
) -> tuple[Scenario, ...]:
    """Returns the documented cases, and those of the other kinds to be included.

    Args:
        scenarios: The cases.
        include: ``variants``, ``replays`` and ``teaching``, as a list or separated by commas.

    Raises:
        UsageError: A word is not a kind of case.
    """
    words = include.split(",") if isinstance(include, str) else include
    kinds = {word.strip().removesuffix("s") for word in words if word.strip()}
    for word in kinds.difference(KINDS):
        raise UsageError(f"{word!r} is not a kind of case. Expected variants, replays or teaching.")
    return tuple(item for item in scenarios if item.is_documented or item.kind in kinds)


CORE_SECTIONS = tuple(CORE.by_name)


def overlay(section: Any, other: Any) -> Any:
    """Returns a section with its answers replaced by those that another of its class states."""
    return attrs.evolve(
        section, **{name: value for name, value in vars(other).items() if value is not None}
    )


def stated_answers(scenario: Scenario) -> dict[str, Any]:
    """Returns the answers that a scenario states, by fact, with its date and its use of powers."""
    answers: dict[str, Any] = {"scenario.date": scenario.date} if scenario.date else {}
    for section in scenario.sections():
        answers |= section_answers(section)
    return answers | {f"discretion.{name}": used for name, used in scenario.discretion.items()}


def sections_stating(answers: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[Any, ...]:
    """Returns the sections that state these answers by fact; keys that are not facts are ignored."""
    fields: dict[Any, dict[str, Any]] = {}
    for cls in vocabulary.sections:
        for name, fact in facts_of(cls).items():
            if fact.key in answers:
                fields.setdefault(cls, {})[name] = answers[fact.key]
    return tuple(cls(**answers) for cls, answers in fields.items())
