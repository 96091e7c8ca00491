"""Rulesets, facts and scenarios from plugins: the hooks, and the catalogue of what is installed.

Hooks gather and never compute.  Nothing is discovered when this module is imported: a ``Catalogue`` is
built when it is asked for, never changes, and can be extended with a ruleset of one's own.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, ModuleType

import attrs

from regcompare.errors import FileError, Problem, UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet
from regcompare.logic.code_lists import CodeList
from regcompare.logic.conditions import questions
from regcompare.program.loaded import loaded
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import annotated, by_case, without_case
from regcompare.scenario.files import Entry, read_entries
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.verdict.assess import assess
from regcompare.vocabulary import CORE, FACTS_DATE, Constraint, OwnAnswers, Vocabulary, rests_on

from .built import RulesetAt, Rulesets, as_rulesets
from .faults import place_in, sentence
from .offers import (
    API,
    FactSections,
    Fault,
    Hooks,
    Offer,
    Plugin,
    Point,
    gather,
    hookimpl,
    manager_of_hooks,
    offered,
    points_found,
    section_name,
)
from .strangers import attempt

__all__ = [
    "API",
    "LIMIT",
    "Catalogue",
    "FactSections",
    "Hooks",
    "Plugin",
    "RulesetAt",
    "Rulesets",
    "hookimpl",
    "scenario_files",
]

LIMIT = "REGCOMPARE_PLUGINS"
"""The environment variable that names, with commas, the only plugins to load; blank loads all."""

MOST_FILES = 10_000
"""How many files a folder of scenarios may hold, others included: nobody means a whole disk."""

_NOTHING: Mapping[Path, tuple[Entry, ...]] = MappingProxyType({})


@attrs.frozen(repr=False)
class Catalogue:
    """The rulesets, facts and scenarios at hand; it never changes.

    Attributes:
        rulesets: The rulesets by id; what ships is built when it is asked for.
        vocabulary: The core facts with those of the plugins.
        paths: Scenario files and folders that plugins bring.
        locales: Folders of texts in other languages that plugins bring.
        plugins: The plugins found, faulty ones included.
        added: The ids of rulesets that were added to what plugins bring, or took the place of one.
        cases: The entries of files that were read when the catalogue was built, by file.
        is_limited: Whether plugins that are installed were not asked for.
    """

    rulesets: Rulesets = attrs.field(converter=as_rulesets)
    vocabulary: Vocabulary = CORE
    paths: tuple[Path, ...] = ()
    locales: tuple[Path, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    added: tuple[str, ...] = ()
    cases: Mapping[Path, tuple[Entry, ...]] = _NOTHING
    is_limited: bool = False

    def __repr__(self) -> str:
        return f"<Catalogue: {', '.join(self.rulesets) or 'no rulesets'}>"

    @classmethod
    def installed(cls) -> Catalogue:
        """Gathers what the installed plugins offer.

        What is faulty is left out and named in ``problems``; the rest works.  What ships comes first,
        then distribution by distribution in the order of their names, so that of two things with one
        name the first stays.  The environment variable ``REGCOMPARE_PLUGINS`` limits what is loaded to
        the plugins that it names, by distribution, by entry point, or by both joined with a colon.

        Raises:
            KeyboardInterrupt: The user pressed Ctrl-C.
        """
        manager = manager_of_hooks()
        wanted, unknown = _limited(points_found(), limit := os.environ.get(LIMIT, ""))
        built = _built([*(offered(manager, point) for point in wanted), *unknown])
        return attrs.evolve(built, is_limited=bool(limit.strip()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with plugins, and was left out."""
        return tuple(problem for plugin in self.plugins for problem in plugin.problems)

    def ruleset(self, ruleset_id: str) -> Ruleset:
        """Returns the ruleset with this id.

        Raises:
            UsageError: There is none; the text names the nearest.
        """
        if ruleset_id in self.rulesets:
            return self.rulesets[ruleset_id]
        hint = did_you_mean(nearest(ruleset_id, self.rulesets))
        known = ", ".join(self.rulesets) or "none"
        raise UsageError(
            f"There is no ruleset {ruleset_id!r}. Expected one of those installed: {known}; others come "
            f"with a plugin.{hint}"
        )

    def with_ruleset(self, ruleset: Ruleset) -> Catalogue:
        """Returns a catalogue that holds this ruleset as well, in place of one with its id.

        Raises:
            UsageError: A constraint of its vocabulary speaks of the core's facts alone.
        """
        if said := _overreach(ruleset.vocabulary):
            raise UsageError(f"{ruleset.id}: RC415 The {said} Expected {_OWN_FACTS}")
        sections = [cls for cls in ruleset.vocabulary.sections if cls not in self.vocabulary.sections]
        known = set(self.vocabulary.constraints)
        new = tuple(item for item in ruleset.vocabulary.constraints if item not in known)
        is_new = self.rulesets.get(ruleset.id) is not ruleset
        return attrs.evolve(
            self,
            added=tuple(dict.fromkeys((*self.added, *([ruleset.id] if is_new else [])))),
            rulesets=self.rulesets.with_ruleset(ruleset),
            vocabulary=self.vocabulary.with_sections(
                *sections,
                constraints=new,
                code_lists=ruleset.vocabulary.code_lists,
                own_answers=ruleset.vocabulary.own_answers,
            ),
        )

    def with_file(self, path: str | Path) -> Catalogue:
        """Returns a catalogue with the rulesets of a plain Python file, which needs no installation.

        Of a file that ends in ``.json`` the published rulesets are read, and no code is run.

        Raises:
            UsageError: The file cannot be run or read, or defines no ruleset; the text says where.
        """
        extended, path = self, Path(path)
        is_data = path.suffix == ".json"
        for ruleset in loaded(path, self.vocabulary) if is_data else _rulesets_of_file(path):
            extended = extended.with_ruleset(ruleset)
        return extended

    def read(self, *paths: str | Path) -> tuple[Scenario, ...]:
        """Reads scenario files and folders of them.

        Cases have the facts that annotations add to them, in these files or from plugins.  An annotation
        of a case that is not in these files brings it along from the catalogue.

        Raises:
            FileError: Files have mistakes; all of a file's are named.  Or an annotation contradicts its
                case, or there is no such case.
        """
        files = scenario_files(paths)
        return self._joined([entry for file in files for entry in self._entries(file, files)])

    def read_file(self, path: Path, beside: Iterable[Path] = ()) -> tuple[Scenario, ...]:
        """Reads one scenario file, with the facts, doubts and powers of this catalogue.

        Args:
            path: The file.
            beside: The files read with it, whose cases its own may be ``like``; so may those of the
                catalogue.

        Raises:
            FileError: As for ``read``.
        """
        return self._joined(self._entries(path, beside))

    def _joined(self, entries: Sequence[Entry]) -> tuple[Scenario, ...]:
        """The cases among entries, each with what is added to it, and those that are only added to."""
        cases = [item for item in entries if isinstance(item, Scenario)]
        given = [item for item in entries if isinstance(item, Annotation)]
        ids = {case.id for case in cases}
        missing = {item.case for item in given} - ids
        known = {case.id: case for case in self.scenarios()} if missing else {}
        without_case(given, dict.fromkeys((*ids, *known)))
        added = by_case((*self.annotations(), *given))
        return tuple(
            annotated(case, added.get(case.id, ()))
            for case in (*cases, *(known[name] for name in known if name in missing))
        )

    def annotations(self) -> tuple[Annotation, ...]:
        """Returns what plugins that do not ship add to cases."""
        entries = (entry for file in self.cases.values() for entry in file)
        return tuple(entry for entry in entries if isinstance(entry, Annotation))

    def _entries(self, path: Path, beside: Iterable[Path] = ()) -> tuple[Entry, ...]:
        """The cases and annotations of a file, as they are in it."""
        absent = {
            name: f"the plugin {plugin.name} to load; regcompare plugins says why it does not."
            for plugin in self.plugins
            if plugin.problems
            for name in plugin.sections
            if name not in self.vocabulary.by_name
        }
        is_whole = not (self.is_limited or self.problems)  # Else a ruleset may be of what is left out.
        return read_entries(
            path,
            self.vocabulary,
            rulesets=self.rulesets if is_whole else None,
            discretions=_Powers(self.rulesets),
            absent_sections=absent,
            section_owners={name: item.name for item in self.plugins for name in item.sections},
            others=lambda: (*beside, *scenario_files(self.paths)),
        )

    def scenarios(self) -> tuple[Scenario, ...]:
        """Reads the scenarios that the plugins bring, the documented cases first.

        Raises:
            FileError: As for ``read``, and where two cases have one id; an annotation of a case that no
                plugin brings is passed over.
        """
        files = scenario_files(self.paths)
        entries = [entry for file in files for entry in self.cases.get(file) or self._entries(file)]
        _refuse_doubles(entry for entry in entries if isinstance(entry, Scenario))
        ids = {entry.id for entry in entries if isinstance(entry, Scenario)}
        return self._joined(
            [entry for entry in entries if isinstance(entry, Scenario) or entry.case in ids]
        )


def _refuse_doubles(cases: Iterable[Scenario]) -> None:
    """Refuses two cases with one id: what plugins bring is found by it."""
    first: dict[str, Scenario] = {}
    problems = []
    for case in cases:
        other = first.setdefault(case.id, case)
        if other is not case:
            file, line, column = case.place
            found = f"The id {case.id!r} exists already, in {':'.join(map(str, other.place))}."
            problems.append(Problem(file, line, column, "RC212", found, "a different id for each."))
    if problems:
        raise FileError(problems)


@attrs.frozen(slots=False)
class _Powers(Collection[str]):
    """The ids of all powers; only a file that speaks of one builds the rulesets."""

    rulesets: Rulesets

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        held = self.rulesets.values()
        return tuple(item.id for ruleset in held for item in ruleset.provisions.discretions)

    def __contains__(self, name: object) -> bool:
        return name in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def scenario_files(paths: Iterable[str | Path]) -> list[Path]:
    """Returns the scenario files among paths: files as they are, of folders those with known endings.

    Raises:
        UsageError: A folder holds more files than anyone can mean.
    """
    files: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            files[path] = None
            continue
        items = list(itertools.islice(path.rglob("*"), MOST_FILES + 1))
        if len(items) > MOST_FILES:
            msg = f"{path}: contains more than {MOST_FILES:,} files. Expected a folder of scenarios."
            raise UsageError(msg)
        known = (item for item in items if item.suffix in (".yaml", ".yml", ".json"))
        files |= dict.fromkeys(sorted(item for item in known if item.is_file()))
    return list(files)


# how a catalogue is built --------------------------------------------------------------------------


def _limited(points: list[Point], limit: str) -> tuple[list[Point], list[Offer]]:
    """Returns the plugins that the limit names, and a faulty offer for each name without a plugin."""
    names = list(dict.fromkeys(filter(None, map(str.strip, limit.split(",")))))
    if not names:
        return points, []
    named = [(point, {*point.place, point.name}) for point in points]
    known = {name for _, group in named for name in group}
    unknown = [Offer(name) for name in names if name not in known]
    for offer in unknown:
        said = f"{LIMIT} names {offer.name!r}, which no installed plugin is called."
        cure = f"distributions or entry points from {', '.join(item.name for item in points) or 'none'}."
        offer.refuse("RC408", said, cure, nearest(offer.name, known))
    return [point for point, group in named if group & set(names)], unknown


def _built(offers: list[Offer]) -> Catalogue:
    """Joins what plugins offer; of two things with one name the first stays."""
    sound = [offer for offer in offers if not offer.is_out]
    vocabulary = _vocabulary_of(sound)
    rulesets = _rulesets_of(sound, vocabulary)
    paths = tuple(path for offer in sound for path in offer.paths)
    read = _cases_of(sound, Catalogue(rulesets, vocabulary, paths))
    return Catalogue(
        rulesets,
        vocabulary,
        paths=tuple(path for offer in sound for path in offer.paths),
        locales=tuple(path for offer in sound for path in offer.locales),
        plugins=tuple(offer.frozen() for offer in offers),
        cases=read,
    )


def _vocabulary_of(offers: list[Offer]) -> Vocabulary:
    """The core with the sections of plugins; one that is offered twice is one."""
    vocabulary = CORE
    owners = {section_name(cls): "the core" for cls in CORE.sections}
    for offer in offers:
        groups, offer.facts = offer.facts, []
        for group in groups:
            own = _own_sections(group, offer, owners, vocabulary)
            vocabulary = vocabulary.with_sections(*own)
            kept = _own_parts(group, own, offer, owners, vocabulary)
            offer.facts.append(kept)
            vocabulary = vocabulary.with_sections(
                own_answers=kept.own_answers,
                constraints=kept.constraints,
                code_lists=kept.code_lists,
                categories=kept.categories,
            )
    return vocabulary


def _own_sections(
    group: FactSections, offer: Offer, owners: dict[str, str], vocabulary: Vocabulary
) -> tuple[type, ...]:
    """The sections of a group that are new, whose names are then taken."""
    own: list[type] = []
    for cls in group.sections:
        name = section_name(cls)
        if cls in vocabulary.sections or cls in own:
            continue
        if name in owners:
            said = f"The section of facts {name!r} exists already, from {owners[name]}."
            offer.report("RC406", said, "a different name for each section; this one is left out.")
        else:
            owners[name] = offer.name
            own.append(cls)
    return tuple(own)


def _own_parts(
    group: FactSections,
    own: tuple[type, ...],
    offer: Offer,
    owners: Mapping[str, str],
    vocabulary: Vocabulary,
) -> FactSections:
    """What of a group is kept: what speaks of its plugin's own facts; else it would hold for all."""
    names = {name for name, owner in owners.items() if owner == offer.name}

    def constraint(item: Constraint) -> Fault | None:
        asked = questions([item.when, item.then]).values()
        facts = {question.subject for question in asked if not question.power}
        unknown = sorted(facts - {*vocabulary.by_key, FACTS_DATE.key})
        if unknown:
            said = f"The constraint {item.sentence!r} asks about {unknown[0]}, which is not offered."
            return "RC407", said, "facts of the core or of a section that is offered."
        if _reaches_beyond(item, names):
            return "RC415", f"The constraint {item.sentence!r} {_BEYOND}", _OWN_FACTS
        return None

    def code_list(item: CodeList) -> Fault | None:
        """Of a fact of someone else only where no list of its codes is held."""
        if not isinstance(vocabulary.by_key.get(item.fact), CodeSet):
            said = f"The list of codes {item.name!r} is of {item.fact}, which takes no codes."
            return "RC407", said, "a fact that is answered with codes."
        is_held = any(item.fact == held.fact for held in vocabulary.code_lists)
        if is_held and item.fact.partition(".")[0] not in names:
            said = f"The list of codes {item.name!r} {_BEYOND}"
            return "RC415", said, f"a fact of its own; {item.fact} has a list already."
        return None

    def answers(item: OwnAnswers) -> Fault | None:
        foreign = [word.key for word in item.words if word.owner not in names]
        if not foreign:
            return None
        said = f"The answer {foreign[0]!r} does not stand under the name of a section of its own."
        known = ", ".join(sorted(names)) or "a section that the plugin declares"
        return "RC419", said, f"a name under {known}."

    return FactSections(
        own,
        tuple(item for item in group.constraints if offer.keeps(constraint(item))),
        tuple(item for item in group.code_lists if offer.keeps(code_list(item))),
        group.categories,
        tuple(item for item in group.own_answers if offer.keeps(answers(item))),
    )


def _reaches_beyond(constraint: Constraint, sections: Collection[str]) -> bool:
    """Whether a constraint could make a case impossible that states no fact of these sections."""
    return constraint.taken_as is None and not rests_on(constraint, sections)


def _overreach(vocabulary: Vocabulary) -> str:
    """Which constraint that a ruleset adds to the core's reaches beyond its sections; blank for none."""
    own = [name for name, cls in vocabulary.by_name.items() if cls not in CORE.sections]
    core = set(CORE.constraints)
    added = (item for item in vocabulary.constraints if item not in core)
    beyond = (item for item in added if _reaches_beyond(item, own))
    return next((f"constraint {item.sentence!r} {_BEYOND}" for item in beyond), "")


_BEYOND = "affects facts other than its plugin's own."
_OWN_FACTS = "a condition on a fact in its own section, without which nothing follows."


def _rulesets_of(offers: list[Offer], vocabulary: Vocabulary) -> Rulesets:
    """The rulesets of plugins by id; leaves out those that collide or cannot be applied."""
    rulesets: dict[str, Ruleset | RulesetAt] = {}
    owners: dict[str, str] = {}
    for offer in offers:
        given, offer.rulesets = offer.rulesets, []
        for ruleset in given:
            if attempt(lambda ruleset=ruleset: _is_held(ruleset, rulesets)).made:  # type: ignore[misc]
                continue
            if offer.keeps(_fault_of(ruleset, offer, owners, vocabulary)):
                offer.rulesets.append(ruleset)
                rulesets[ruleset.id] = ruleset
                owners[ruleset.id] = offer.name
    return Rulesets(rulesets)


def _is_held(ruleset: Ruleset | RulesetAt, rulesets: Mapping[str, Ruleset | RulesetAt]) -> bool:
    known = rulesets.get(ruleset.id)
    return known is not None and _built_of(ruleset) is _built_of(known)


def _built_of(ruleset: Ruleset | RulesetAt) -> Ruleset:
    return ruleset.built() if isinstance(ruleset, RulesetAt) else ruleset


def _fault_of(
    ruleset: Ruleset | RulesetAt, offer: Offer, owners: Mapping[str, str], vocabulary: Vocabulary
) -> Fault | None:
    """Why a ruleset cannot be used.

    One that does not ship is put to the test: a ruleset that fails in use would stop every command.
    """
    collision = attempt(lambda: _collision(ruleset, owners, vocabulary))
    trial = attempt(lambda: offer.is_shipped or _explained(_built_of(ruleset)))
    if error := collision.error or trial.error:
        return "RC416", f"{_UNFIT}: {sentence(error)}", _FIT
    return collision.made


_UNFIT = "A ruleset cannot be applied to any case"
_FIT = "a ruleset made by Ruleset(...), with conditions that are not too deeply nested."


def _explained(ruleset: Ruleset) -> list[bool | None]:
    """Applies a ruleset to a case of which nothing is known, and asks why each rule holds or not."""
    verdict = assess(Scenario(id="nothing-known"), ruleset, look_ahead=False)
    return [finding.trace.truth for finding in verdict.findings]


def _collision(
    ruleset: Ruleset | RulesetAt, owners: Mapping[str, str], vocabulary: Vocabulary
) -> Fault | None:
    """What a ruleset has in common with another, or lacks in the vocabulary; what ships is tested."""
    if ruleset.id in owners:
        said = f"The ruleset id {ruleset.id!r} exists already, from {owners[ruleset.id]}."
        return "RC405", said, "a different id for each ruleset; this one is left out."
    if isinstance(ruleset, RulesetAt):
        return None
    if said := _overreach(ruleset.vocabulary):
        return "RC415", f"{ruleset.id}: the {said}", _OWN_FACTS
    offered = {word for item in vocabulary.own_answers for word in item.words}
    for word in (word for item in ruleset.vocabulary.own_answers for word in item.words):
        if word not in offered:
            said = f"{ruleset.id} knows the answer {word.key!r}, which is not offered."
            return "RC407", said, "regcompare_facts() to return every answer that a ruleset adds."
    known = vocabulary.by_name
    for name, cls in ruleset.vocabulary.by_name.items():
        if name not in known:
            said = f"{ruleset.id} asks about the section {name!r}, which is not offered."
            return "RC407", said, "regcompare_facts() to return every section that a ruleset asks about."
        if known[name] is not cls:
            said = f"{ruleset.id} asks about a section {name!r} that is not the one of that name."
            return "RC406", said, "a different name for each section; the ruleset is left out as well."
    return None


def _cases_of(offers: list[Offer], catalogue: Catalogue) -> dict[Path, tuple[Entry, ...]]:
    """Reads the cases of plugins that do not ship, and leaves out files that nobody could read.

    What ships is tested to be readable, and is read only where others might repeat its ids.
    """
    if all(offer.is_shipped for offer in offers if offer.paths):
        return {}
    read: dict[Path, tuple[Entry, ...]] = {}
    cases: dict[str, Scenario] = {}
    owners: dict[str, str] = {}
    for offer in offers:
        listed = attempt(lambda offer=offer: scenario_files(offer.paths))  # type: ignore[misc]
        offer.paths = []
        for file in listed.made or ():
            reading = attempt(lambda file=file: catalogue._entries(file))  # type: ignore[misc]
            entries = reading.made or ()
            own = {entry.id: entry for entry in entries if isinstance(entry, Scenario)}
            if fault := _unread(file, reading.error) or _repeated(file, own, owners):
                offer.report("RC417", f"{_LEFT_OUT} {fault}", _READABLE)
            else:
                offer.paths.append(file)
                read[file] = entries
                cases |= own
                owners |= dict.fromkeys(own, offer.name)
        if listed.error:
            offer.report("RC417", f"{_LEFT_OUT} {sentence(listed.error)}", _READABLE)
    for offer in offers:
        for file in offer.paths:
            read[file] = tuple(entry for entry in read[file] if _agrees(entry, offer, cases))
    return read


_LEFT_OUT = "One of its case files is left out:"
_READABLE = "files that regcompare check reads."


def _unread(file: Path, error: BaseException | None) -> str:
    if isinstance(error, FileError):
        first, *more = error.problems
        return f"{first}{f' And {len(more)} more.' if more else ''}"
    return f"{file}: {sentence(error)}" if error else ""


def _repeated(file: Path, ids: Iterable[str], owners: Mapping[str, str]) -> str:
    said = (
        f"{file}: The id {name!r} exists already, from {owners[name]}." for name in ids if name in owners
    )
    return next(said, "")


def _agrees(entry: Entry, offer: Offer, cases: dict[str, Scenario]) -> bool:
    """Whether an annotation does not contradict its case, which then holds what it adds."""
    if isinstance(entry, Annotation) and entry.case in cases:
        try:
            cases[entry.case] = annotated(cases[entry.case], [entry])
        except FileError as error:
            offer.report("RC417", f"{_LEFT_OUT} {error.problems[0]}", _READABLE)
            return False
    return True


# a plain file --------------------------------------------------------------------------------------


def _rulesets_of_file(path: Path) -> list[Ruleset]:
    module = _run(path)
    found = [value for value in vars(module).values() if isinstance(value, Ruleset)]
    offer = Offer(str(path))
    gather(manager_of_hooks(), module, offer)
    if offer.problems:
        raise UsageError("\n".join(map(str, offer.problems)))
    rulesets = list(dict.fromkeys((*map(_built_of, offer.rulesets), *found)))
    if not rulesets:
        raise UsageError(f"{path}: defines no ruleset. Expected MINE = Ruleset('my-rules', ...).")
    for ruleset in rulesets:
        if error := attempt(lambda ruleset=ruleset: _explained(ruleset)).error:  # type: ignore[misc]
            raise UsageError(f"{path}: {ruleset.id}: {_UNFIT}: {sentence(error)} Expected {_FIT}")
    return rulesets


def _run(path: Path) -> ModuleType:
    name = f"regcompare_loaded_{path.stem}"
    specification = importlib.util.spec_from_file_location(name, path)
    if path.suffix != ".py" or specification is None or specification.loader is None:
        raise UsageError(
            f"{path}: is not a Python file. Expected a file such as my_rules.py, or .json from export."
        )
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    running = attempt(lambda: specification.loader.exec_module(module))  # type: ignore[union-attr]
    if isinstance(running.error, FileNotFoundError) and not path.exists():
        raise UsageError(f"{path}: there is no such file.")
    if running.error:
        line = place_in(running.error, path).rpartition(":")[2]
        raise UsageError(f"{path}{line and f':{line}'}: {sentence(running.error)}")
    return module
