"""The catalogue of rulesets, facts and scenarios from plugins.

Hooks gather and never compute.  Nothing is discovered when this module is imported: a ``Catalogue`` is
built on request, never changes, and can be extended with further rulesets.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NoReturn

import attrs

from regcompare.errors import FileError, Problem, UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet
from regcompare.logic.code_lists import CodeList
from regcompare.logic.conditions import questions
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import annotate, by_case, refuse_unknown_cases, repeated_ids
from regcompare.scenario.files import SUFFIXES, Entry, read_entries
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.verdict.assess import assess
from regcompare.vocabulary import (
    CORE,
    FACTS_DATE,
    Assumption,
    Constraint,
    OwnAnswers,
    Vocabulary,
    is_vacuous_without,
)

from .faults import error_sentence, place_in
from .features import FUNCTIONS, PICTURES, Feature, Features, Owned
from .isolation import attempt
from .offers import (
    API,
    FactSections,
    Fault,
    Hooks,
    Offer,
    Plugin,
    PluginEntry,
    collect_offer,
    find_plugin_entries,
    gather,
    hook_manager,
    hookimpl,
    section_name,
)
from .own import OWN
from .profile import Profile
from .rulesets import RulesetAt, Rulesets, as_rulesets

__all__ = [
    "API",
    "LIMIT",
    "Catalogue",
    "FactSections",
    "Feature",
    "Hooks",
    "Plugin",
    "Profile",
    "RulesetAt",
    "Rulesets",
    "hookimpl",
    "scenario_files",
]

LIMIT = "REGCOMPARE_PLUGINS"
"""The environment variable that names, with commas, the only plugins to load; blank loads all."""

MOST_FILES = 10_000
"""How many files of any kind a folder of scenarios may contain; nobody means a whole disk."""

_NOTHING: Mapping[Path, tuple[Entry, ...]] = MappingProxyType({})


@attrs.frozen(repr=False)
class Catalogue:
    """The available rulesets, facts and scenarios; it never changes.

    Attributes:
        rulesets: The rulesets by id; those that ship are built on demand.
        vocabulary: The core facts with those of the plugins.
        paths: Scenario files and folders of plugins.
        locales: Folders of texts in other languages of plugins.
        profile: What is compared and shown where the user names nothing.
        plugins: The plugins found, faulty ones included.
        added: The ids of rulesets that were added to those of plugins, or replaced one of them.
        features: What the core and the plugins add to the program.
        cases: The entries of files that were read when the catalogue was built, by file.
        is_limited: Whether only some of the installed plugins were loaded.
    """

    rulesets: Rulesets = attrs.field(converter=as_rulesets)
    vocabulary: Vocabulary = CORE
    paths: tuple[Path, ...] = ()
    locales: tuple[Path, ...] = ()
    profile: Profile = attrs.field(factory=Profile)
    plugins: tuple[Plugin, ...] = ()
    added: tuple[str, ...] = ()
    features: Features = attrs.field(factory=lambda: Features(OWN))
    cases: Mapping[Path, tuple[Entry, ...]] = _NOTHING
    is_limited: bool = False

    def __repr__(self) -> str:
        return f"<Catalogue: {', '.join(self.rulesets) or 'no rulesets'}>"

    @classmethod
    def installed(cls) -> Catalogue:
        """Gathers what the installed plugins offer.

        Faulty parts of plugins of others are left out and reported in ``problems``; the rest works.
        Plugins that ship come first; of two things with the same name the first is kept.  The
        environment variable ``REGCOMPARE_PLUGINS`` limits loading to the plugins that it names, by
        distribution, by entry point, or by both joined with a colon.

        Raises:
            FileError: Something that ships is faulty; without it every count would be another.
            KeyboardInterrupt: The user pressed Ctrl-C.
        """
        manager = hook_manager()
        entries, missing = _limit_entries(find_plugin_entries(), limit := os.environ.get(LIMIT, ""))
        offers = [collect_offer(manager, entry) for entry in entries]
        catalogue = _catalogue_of([*offers, *missing])
        if faults := [problem for offer in offers if offer.is_shipped for problem in offer.problems]:
            raise FileError(faults)
        return attrs.evolve(catalogue, is_limited=bool(limit.strip()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults of plugins; the faulty parts were left out."""
        return tuple(problem for plugin in self.plugins for problem in plugin.problems)

    def function(self, name: str, package: str) -> Any:
        """Returns a function that the core leaves to a package.

        Raises:
            UsageError: The package is not loaded.
        """
        return self.features.load(FUNCTIONS, name, package)

    def draw(self, of: str, *result: Any, **options: Any) -> Any:
        """Draws a result with the first picture of it that a plugin adds.

        Raises:
            UsageError: The package with pictures is not loaded; or there is nothing to draw.
        """
        title = next(self.features.of(PICTURES, of), f"a picture of {of}")
        return self.features.call(PICTURES, title, "regcompare-page", *result, **options)

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
        """Returns a catalogue with this ruleset, which replaces any with the same id.

        Raises:
            UsageError: A constraint of its vocabulary is about facts of the core only.
        """
        if overreach := _overreach(ruleset.vocabulary):
            raise UsageError(f"{ruleset.id}: RC415 The {overreach} Expected {_OWN_FACTS}")
        sections = [cls for cls in ruleset.vocabulary.sections if cls not in self.vocabulary.sections]
        existing = set(self.vocabulary.constraints)
        constraints = tuple(item for item in ruleset.vocabulary.constraints if item not in existing)
        is_new = self.rulesets.get(ruleset.id) is not ruleset
        return attrs.evolve(
            self,
            added=tuple(dict.fromkeys((*self.added, *([ruleset.id] if is_new else [])))),
            rulesets=self.rulesets.with_ruleset(ruleset),
            vocabulary=self.vocabulary.with_sections(
                *sections,
                constraints=constraints,
                code_lists=ruleset.vocabulary.code_lists,
                own_answers=ruleset.vocabulary.own_answers,
                assumptions=ruleset.vocabulary.assumptions,
            ),
        )

    def with_file(self, path: str | Path) -> Catalogue:
        """Returns a catalogue with the rulesets of a plain Python file, which needs no installation.

        Raises:
            UsageError: The file cannot be run, or defines no ruleset; the text says where.
        """
        extended = self
        for ruleset in _rulesets_of_file(Path(path)):
            extended = extended.with_ruleset(ruleset)
        return extended

    def read(self, *paths: str | Path) -> tuple[Scenario, ...]:
        """Reads scenario files and folders of them.

        Cases include the facts of their annotations, in these files or from plugins.  If the case of an
        annotation is not in these files, it is taken from the catalogue.

        Raises:
            FileError: Files have mistakes, all of which are listed; or an annotation contradicts its
                case, or there is no such case.
        """
        files = scenario_files(paths)
        entries: list[Entry] = []
        problems: list[Problem] = []
        for file in files:
            try:
                entries += self._entries(file, files)
            except FileError as error:
                problems += error.problems
        if problems:
            raise FileError(list(dict.fromkeys(problems)))
        return self._with_annotations(entries)

    def read_file(self, path: Path, beside: Iterable[Path] = ()) -> tuple[Scenario, ...]:
        """Reads one scenario file, with the facts, doubts and powers of this catalogue.

        Args:
            path: The file.
            beside: The files read with it; its cases may be ``like`` theirs or those of the catalogue.

        Raises:
            FileError: As for ``read``.
        """
        return self._with_annotations(self._entries(path, beside))

    def _with_annotations(self, entries: Sequence[Entry]) -> tuple[Scenario, ...]:
        """The cases among entries, and those of annotations, each with its annotations."""
        cases = [item for item in entries if isinstance(item, Scenario)]
        annotations = [item for item in entries if isinstance(item, Annotation)]
        ids = {case.id for case in cases}
        absent_ids = {item.case for item in annotations} - ids
        others = {case.id: case for case in self.scenarios()} if absent_ids else {}
        refuse_unknown_cases(annotations, dict.fromkeys((*ids, *others)))
        by_case_id = by_case((*self.annotations(), *annotations))
        return tuple(
            annotate(case, by_case_id.get(case.id, ()))
            for case in (*cases, *(others[name] for name in others if name in absent_ids))
        )

    def teaching(self) -> tuple[Scenario, ...]:
        """Reads the teaching cases.

        Raises:
            FileError: As for ``read``.
        """
        return self.read(*self.profile.teaching)

    def usual(self) -> tuple[Ruleset, ...]:
        """Returns the rulesets of the profile and those added; without a profile, all."""
        wanted = dict.fromkeys((*self.profile.regimes, *self.added))
        names = [name for name in wanted if name in self.rulesets]
        return tuple(self.rulesets[name] for name in names or self.rulesets)

    def annotations(self) -> tuple[Annotation, ...]:
        """Returns the annotations of plugins that do not ship."""
        entries = (entry for file in self.cases.values() for entry in file)
        return tuple(entry for entry in entries if isinstance(entry, Annotation))

    def _entries(self, path: Path, beside: Iterable[Path] = ()) -> tuple[Entry, ...]:
        """The cases and annotations of a file, not yet combined."""
        absent = {
            name: f"the plugin {plugin.name} to load; regcompare plugins says why it does not."
            for plugin in self.plugins
            if plugin.problems
            for name in plugin.sections
            if name not in self.vocabulary.by_name
        }
        is_whole = not (self.is_limited or self.problems)  # Otherwise a plugin left out may have it.
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
        """Reads the scenarios of the plugins, the documented cases first.

        Annotations of cases that no plugin has are ignored.

        Raises:
            FileError: As for ``read``, or two cases have the same id.
        """
        files = scenario_files(self.paths)
        entries = [
            entry
            for file in files
            for entry in (self.cases[file] if file in self.cases else self._entries(file))
        ]
        cases = [entry for entry in entries if isinstance(entry, Scenario)]
        if problems := list(repeated_ids(cases)):
            raise FileError(problems)
        ids = {case.id for case in cases}
        return self._with_annotations(
            [entry for entry in entries if isinstance(entry, Scenario) or entry.case in ids]
        )


@attrs.frozen(slots=False)
class _Powers(Collection[str]):
    """The ids of all powers; the rulesets are built only if a file names one."""

    rulesets: Rulesets

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        rulesets = self.rulesets.values()
        return tuple(item.id for ruleset in rulesets for item in ruleset.provisions.discretions)

    def __contains__(self, name: object) -> bool:
        return name in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def scenario_files(paths: Iterable[str | Path]) -> list[Path]:
    """Returns the files among paths, and the scenario files in the folders among them, each once.

    Raises:
        UsageError: A folder contains too many files, or cannot be listed.
    """
    files: dict[str, Path] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            files.setdefault(_location(path), path)
            continue
        items = list(itertools.islice(_below(path), MOST_FILES + 1))
        if len(items) > MOST_FILES:
            msg = f"{path}: contains more than {MOST_FILES:,} files. Expected a folder of scenarios."
            raise UsageError(msg)
        for item in sorted(item for item in items if item.suffix.lower() in SUFFIXES):
            files.setdefault(_location(item), item)
    return list(files.values())


def _location(path: Path) -> str:
    """Where a file is, by whatever way it was named."""
    with suppress(OSError, ValueError):
        return os.path.realpath(path)
    return str(path)


def _below(folder: Path) -> Iterator[Path]:
    """The files in a folder and those below it; a folder that cannot be listed is an error."""

    def fail(error: OSError) -> NoReturn:
        msg = (
            f"{error.filename}: cannot be listed: {error.strerror}. Expected a folder that can be read."
        )
        raise UsageError(msg)

    for place, _, names in os.walk(folder, onerror=fail):
        yield from (Path(place, name) for name in names)


# building a catalogue ------------------------------------------------------------------------------


def _limit_entries(entries: list[PluginEntry], limit: str) -> tuple[list[PluginEntry], list[Offer]]:
    """Returns the plugins that the limit names, and a faulty offer for each unknown name."""
    names = list(dict.fromkeys(filter(None, map(str.strip, limit.split(",")))))
    if not names:
        return entries, []
    entries_with_names = [(entry, {*entry.place, entry.name}) for entry in entries]
    known_names = {name for _, group in entries_with_names for name in group}
    missing = [Offer(name) for name in names if name not in known_names]
    for offer in missing:
        found = f"{LIMIT} names {offer.name!r}, which no installed plugin is called."
        expected = (
            f"distributions or entry points from {', '.join(item.name for item in entries) or 'none'}."
        )
        offer.refuse("RC408", found, expected, nearest(offer.name, known_names))
    return [entry for entry, group in entries_with_names if group & set(names)], missing


def _catalogue_of(offers: list[Offer]) -> Catalogue:
    """Combines the offers of plugins; of two things with the same name the first is kept."""
    usable = [offer for offer in offers if not offer.is_out]
    vocabulary = _vocabulary_of(usable)
    rulesets = _rulesets_of(usable, vocabulary)
    paths = tuple(path for offer in usable for path in offer.paths)
    cases = _cases_of(usable, Catalogue(rulesets, vocabulary, paths))
    return Catalogue(
        rulesets,
        vocabulary,
        paths=tuple(path for offer in usable for path in offer.paths),
        locales=tuple(path for offer in usable for path in offer.locales),
        profile=next((item for offer in usable for item in offer.profiles), Profile()),
        features=_features_of(usable),
        plugins=tuple(offer.as_plugin() for offer in offers),
        cases=cases,
    )


def _features_of(offers: list[Offer]) -> Features:
    """The features of the core, then of plugins; one whose title is taken is left out."""
    by_hook: dict[str, dict[str, Owned]] = {hook: dict(features) for hook, features in OWN.items()}
    for offer in offers:
        for hook, features in offer.features.items():
            taken = by_hook.setdefault(hook, {})
            for feature in list(features):
                if feature.title in taken:
                    found = f"{hook}() names {feature.title!r}, which exists already, from"
                    offer.report("RC420", f"{found} {taken[feature.title][1]}.", "a different name.")
                    features.remove(feature)
                else:
                    taken[feature.title] = (feature, offer.name)
    return Features(by_hook)


def _vocabulary_of(offers: list[Offer]) -> Vocabulary:
    """The core with the sections of plugins; a section may be offered twice."""
    vocabulary = CORE
    owners = {section_name(cls): "the core" for cls in CORE.sections}
    for offer in offers:
        groups, offer.facts = offer.facts, []
        for group in groups:
            sections = _new_sections(group, offer, owners, vocabulary)
            vocabulary = vocabulary.with_sections(*sections)
            parts = _accepted_parts(group, sections, offer, owners, vocabulary)
            offer.facts.append(parts)
            vocabulary = vocabulary.with_sections(
                own_answers=parts.own_answers,
                constraints=parts.constraints,
                code_lists=parts.code_lists,
                categories=parts.categories,
                assumptions=parts.assumptions,
            )
    return vocabulary


def _new_sections(
    group: FactSections, offer: Offer, owners: dict[str, str], vocabulary: Vocabulary
) -> tuple[type, ...]:
    """The sections of a group that are new; their names are added to ``owners``."""
    sections: list[type] = []
    for cls in group.sections:
        name = section_name(cls)
        if cls in vocabulary.sections or cls in sections:
            continue
        if name in owners:
            found = f"The section of facts {name!r} exists already, from {owners[name]}."
            offer.report("RC406", found, "a different name for each section; this one is left out.")
        else:
            owners[name] = offer.name
            sections.append(cls)
    return tuple(sections)


def _accepted_parts(
    group: FactSections,
    sections: tuple[type, ...],
    offer: Offer,
    owners: Mapping[str, str],
    vocabulary: Vocabulary,
) -> FactSections:
    """The parts of a group that are about its plugin's own facts; others would affect everyone."""
    own_names = {name for name, owner in owners.items() if owner == offer.name}

    def constraint(item: Constraint) -> Fault | None:
        asked = questions([item.when, item.then]).values()
        facts = {question.subject for question in asked if not question.power}
        unknown = sorted(facts - {*vocabulary.by_key, FACTS_DATE.key})
        if unknown:
            found = f"The constraint {item.sentence!r} asks about {unknown[0]}, which is not offered."
            return "RC407", found, "facts of the core or of a section that is offered."
        if _reaches_beyond(item, own_names):
            return "RC415", f"The constraint {item.sentence!r} {_BEYOND}", _OWN_FACTS
        return None

    def code_list(item: CodeList) -> Fault | None:
        """The fault of a code list; another plugin's fact may have one if it has none yet."""
        if not isinstance(vocabulary.by_key.get(item.fact), CodeSet):
            found = f"The list of codes {item.name!r} is of {item.fact}, which takes no codes."
            return "RC407", found, "a fact that is answered with codes."
        has_list = any(item.fact == code_list.fact for code_list in vocabulary.code_lists)
        if has_list and item.fact.partition(".")[0] not in own_names:
            found = f"The list of codes {item.name!r} {_BEYOND}"
            return "RC415", found, f"a fact of its own; {item.fact} has a list already."
        return None

    def answers(item: OwnAnswers) -> Fault | None:
        foreign = [word.key for word in item.words if word.owner not in own_names]
        if not foreign:
            return None
        found = f"The answer {foreign[0]!r} does not stand under the name of a section of its own."
        known = ", ".join(sorted(own_names)) or "a section that the plugin declares"
        return "RC419", found, f"a name under {known}."

    return FactSections(
        sections,
        tuple(item for item in group.constraints if offer.accepts(constraint(item))),
        tuple(item for item in group.code_lists if offer.accepts(code_list(item))),
        group.categories,
        tuple(item for item in group.own_answers if offer.accepts(answers(item))),
        tuple(item for item in group.assumptions if offer.accepts(_assumption_fault(item, own_names))),
    )


def _assumption_fault(item: Assumption, own_names: Collection[str]) -> Fault | None:
    if item.fact.partition(".")[0] in own_names:
        return None
    return "RC415", f"The assumption about {item.fact} {_BEYOND}", "a fact in its own section."


def _reaches_beyond(constraint: Constraint, sections: Collection[str]) -> bool:
    """Whether a constraint could make a case impossible that states no fact of these sections."""
    return constraint.taken_as is None and not is_vacuous_without(constraint, sections)


def _overreach(vocabulary: Vocabulary) -> str:
    """The first constraint that a ruleset adds and that reaches beyond its sections; blank for none."""
    own_sections = [name for name, cls in vocabulary.by_name.items() if cls not in CORE.sections]
    core = set(CORE.constraints)
    added_constraints = (item for item in vocabulary.constraints if item not in core)
    overreaching = (item for item in added_constraints if _reaches_beyond(item, own_sections))
    return next((f"constraint {item.sentence!r} {_BEYOND}" for item in overreaching), "")


_BEYOND = "affects facts other than its plugin's own."
_OWN_FACTS = "a condition on a fact in its own section, without which nothing follows."


def _rulesets_of(offers: list[Offer], vocabulary: Vocabulary) -> Rulesets:
    """The rulesets of plugins by id, without those that collide or cannot be applied."""
    rulesets: dict[str, Ruleset | RulesetAt] = {}
    owners: dict[str, str] = {}
    for offer in offers:
        offered, offer.rulesets = offer.rulesets, []
        for ruleset in offered:
            if attempt(lambda ruleset=ruleset: _is_registered(ruleset, rulesets)).result:  # type: ignore[misc]
                continue
            if offer.accepts(_fault_of(ruleset, offer, owners, vocabulary)):
                offer.rulesets.append(ruleset)
                rulesets[ruleset.id] = ruleset
                owners[ruleset.id] = offer.name
    return Rulesets(rulesets)


def _is_registered(ruleset: Ruleset | RulesetAt, rulesets: Mapping[str, Ruleset | RulesetAt]) -> bool:
    registered = rulesets.get(ruleset.id)
    return registered is not None and _build(ruleset) is _build(registered)


def _build(ruleset: Ruleset | RulesetAt) -> Ruleset:
    return ruleset.built() if isinstance(ruleset, RulesetAt) else ruleset


def _fault_of(
    ruleset: Ruleset | RulesetAt, offer: Offer, owners: Mapping[str, str], vocabulary: Vocabulary
) -> Fault | None:
    """Why a ruleset cannot be used.

    Rulesets that do not ship are tried out: one that fails in use would break every command.
    """
    collision = attempt(lambda: _collision(ruleset, owners, vocabulary))
    trial = attempt(lambda: offer.is_shipped or _trial_run(_build(ruleset)))
    if error := collision.error or trial.error:
        return "RC416", f"{_UNFIT}: {error_sentence(error)}", _FIT
    return collision.result


_UNFIT = "A ruleset cannot be applied to any case"
_FIT = "a ruleset made by Ruleset(...), with conditions that are not too deeply nested."


def _trial_run(ruleset: Ruleset) -> list[bool | None]:
    """Applies a ruleset to a case without facts, and explains each rule."""
    verdict = assess(Scenario(id="nothing-known"), ruleset, look_ahead=False)
    return [finding.trace.truth for finding in verdict.findings]


def _collision(
    ruleset: Ruleset | RulesetAt, owners: Mapping[str, str], vocabulary: Vocabulary
) -> Fault | None:
    """How a ruleset collides with another or with the vocabulary; those that ship are tested."""
    if ruleset.id in owners:
        found = f"The ruleset id {ruleset.id!r} exists already, from {owners[ruleset.id]}."
        return "RC405", found, "a different id for each ruleset; this one is left out."
    if isinstance(ruleset, RulesetAt):
        return None
    if found := _overreach(ruleset.vocabulary):
        return "RC415", f"{ruleset.id}: the {found}", _OWN_FACTS
    collect_offer = {word for item in vocabulary.own_answers for word in item.words}
    for word in (word for item in ruleset.vocabulary.own_answers for word in item.words):
        if word not in collect_offer:
            found = f"{ruleset.id} knows the answer {word.key!r}, which is not offered."
            return "RC407", found, "regcompare_facts() to return every answer that a ruleset adds."
    known_sections = vocabulary.by_name
    for name, cls in ruleset.vocabulary.by_name.items():
        if name not in known_sections:
            found = f"{ruleset.id} asks about the section {name!r}, which is not offered."
            expected = "regcompare_facts() to return every section that a ruleset asks about."
            return "RC407", found, expected
        if known_sections[name] is not cls:
            found = f"{ruleset.id} asks about a section {name!r} that is not the one of that name."
            return "RC406", found, "a different name for each section; the ruleset is left out as well."
    return None


def _cases_of(offers: list[Offer], catalogue: Catalogue) -> dict[Path, tuple[Entry, ...]]:
    """Reads the cases of plugins that do not ship, and leaves out files that cannot be read.

    Files that ship are tested to be readable, and are read only if others might repeat their ids.
    """
    if all(offer.is_shipped for offer in offers if offer.paths):
        return {}
    entries_by_file: dict[Path, tuple[Entry, ...]] = {}
    cases: dict[str, Scenario] = {}
    owners: dict[str, str] = {}
    for offer in offers:
        listing = attempt(lambda offer=offer: scenario_files(offer.paths))  # type: ignore[misc]
        offer.paths = []
        for file in listing.result or ():
            reading = attempt(lambda file=file: catalogue._entries(file))  # type: ignore[misc]
            entries = reading.result or ()
            own_cases = {entry.id: entry for entry in entries if isinstance(entry, Scenario)}
            if fault := _reading_fault(file, reading.error) or _repeated_id(file, own_cases, owners):
                offer.report("RC417", f"{_LEFT_OUT} {fault}", _READABLE)
            else:
                offer.paths.append(file)
                entries_by_file[file] = entries
                cases |= own_cases
                owners |= dict.fromkeys(own_cases, offer.name)
        if listing.error:
            offer.report("RC417", f"{_LEFT_OUT} {error_sentence(listing.error)}", _READABLE)
    for offer in offers:
        for file in offer.paths:
            entries_by_file[file] = tuple(
                entry for entry in entries_by_file[file] if _accepts_annotation(entry, offer, cases)
            )
    return entries_by_file


_LEFT_OUT = "One of its case files cannot be used:"
_READABLE = "files that regcompare check reads."


def _reading_fault(file: Path, error: BaseException | None) -> str:
    if isinstance(error, FileError):
        first, *more = error.problems
        return f"{first}{f' And {len(more)} more.' if more else ''}"
    return f"{file}: {error_sentence(error)}" if error else ""


def _repeated_id(file: Path, ids: Iterable[str], owners: Mapping[str, str]) -> str:
    messages = (
        f"{file}: The id {name!r} exists already, from {owners[name]}." for name in ids if name in owners
    )
    return next(messages, "")


def _accepts_annotation(entry: Entry, offer: Offer, cases: dict[str, Scenario]) -> bool:
    """Whether an annotation agrees with its case, to which its facts are then added."""
    if isinstance(entry, Annotation) and entry.case in cases:
        try:
            cases[entry.case] = annotate(cases[entry.case], [entry])
        except FileError as error:
            offer.report("RC417", f"{_LEFT_OUT} {error.problems[0]}", _READABLE)
            return False
    return True


# a plain file --------------------------------------------------------------------------------------


def _rulesets_of_file(path: Path) -> list[Ruleset]:
    module = _run(path)
    defined = [value for value in vars(module).values() if isinstance(value, Ruleset)]
    offer = Offer(str(path))
    gather(hook_manager(), module, offer)
    if any(offer.features.values()):
        offer.report("RC403", "A plain file adds no commands or other features.", "an installed plugin.")
    if offer.problems:
        raise UsageError("\n".join(map(str, offer.problems)))
    rulesets = list(dict.fromkeys((*map(_build, offer.rulesets), *defined)))
    if not rulesets:
        raise UsageError(f"{path}: defines no ruleset. Expected MINE = Ruleset('my-rules', ...).")
    for ruleset in rulesets:
        if error := attempt(lambda ruleset=ruleset: _trial_run(ruleset)).error:  # type: ignore[misc]
            raise UsageError(f"{path}: {ruleset.id}: {_UNFIT}: {error_sentence(error)} Expected {_FIT}")
    return rulesets


def _run(path: Path) -> ModuleType:
    name = f"regcompare_loaded_{path.stem}"
    specification = importlib.util.spec_from_file_location(name, path)
    if path.suffix != ".py" or specification is None or specification.loader is None:
        raise UsageError(f"{path}: is not a Python file. Expected a file such as my_rules.py.")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    running = attempt(lambda: specification.loader.exec_module(module))  # type: ignore[union-attr]
    if isinstance(running.error, FileNotFoundError) and not path.exists():
        raise UsageError(f"{path}: there is no such file.")
    if running.error:
        line = place_in(running.error, path).rpartition(":")[2]
        raise UsageError(f"{path}{line and f':{line}'}: {error_sentence(running.error)}")
    return module
