"""The catalogue of rulesets, facts and scenarios from plugins.

Hooks gather and never compute.  Nothing is discovered when this module is imported: a ``Catalogue`` is
built on request, never changes, and can be extended with further rulesets.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NoReturn

import attrs

from regcompare.errors import FileError, Problem, UsageError, did_you_mean, nearest
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import annotate, by_case, refuse_unknown_cases, repeated_ids
from regcompare.scenario.files import SUFFIXES, Entry, read_entries
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import CORE, Vocabulary

from .building import (
    FIT,
    OWN_FACTS,
    UNFIT,
    cases_of,
    features_of,
    overreach,
    rulesets_of,
    texts_of,
    try_out,
    vocabulary_of,
)
from .faults import error_sentence, place_in
from .features import FUNCTIONS, PICTURES, Feature, Features
from .hooks import API, CATALOGUES, PROFILES, SCENARIOS, FactSections, Hooks, hookimpl
from .own import OWN
from .plugin import Plugin, find_plugins
from .profile import Profile
from .rulesets import RulesetAt, Rulesets, as_rulesets

__all__ = [
    "API", "LIMIT", "Catalogue", "FactSections", "Feature", "Hooks", "Plugin", "Profile",
    "RulesetAt", "Rulesets", "hookimpl", "scenario_files",
]  # fmt: skip

LIMIT = "REGCOMPARE_PLUGINS"
"""The environment variable that names, with commas, the only plugins to load; blank loads all."""

MOST_FILES = 10_000
"""How many files of any kind a folder of scenarios may contain; nobody means a whole disk."""

_NOTHING: Mapping[Path, tuple[Entry, ...]] = MappingProxyType({})


@attrs.frozen(eq=False, repr=False)
class Catalogue:
    """The available rulesets, facts and scenarios; it never changes.

    Attributes:
        rulesets: The rulesets by id; those that ship are built on demand.
        vocabulary: The core facts with those of the plugins.
        paths: Scenario files and folders of plugins.
        locales: Folders and files of texts in other languages of plugins.
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
    features: Features = attrs.field(factory=lambda: OWN)
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
        plugins = _limited(find_plugins(), limit := os.environ.get(LIMIT, ""))
        modules: dict[int, str] = {}
        for plugin in plugins:
            plugin.load(modules)
        usable = [plugin for plugin in plugins if not plugin.is_out]
        vocabulary = vocabulary_of(usable)
        rulesets = rulesets_of(usable, vocabulary)
        texts_of(usable)

        def gathered(hook: str) -> tuple[Any, ...]:
            return tuple(item for plugin in usable for item in plugin.items[hook])

        bare = cls(rulesets, vocabulary, gathered(SCENARIOS))
        cases = cases_of(usable, scenario_files, bare._entries)
        catalogue = cls(
            rulesets,
            vocabulary,
            paths=gathered(SCENARIOS),
            locales=gathered(CATALOGUES),
            profile=next(iter(gathered(PROFILES)), Profile()),
            features=features_of(usable),
            plugins=tuple(plugins),
            cases=cases,
            is_limited=bool(limit.strip()),
        )
        if faults := [item for plugin in plugins if plugin.is_shipped for item in plugin.problems]:
            raise FileError(faults)
        return catalogue

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults of plugins; the faulty parts were left out."""
        return tuple(problem for plugin in self.plugins for problem in plugin.problems)

    def function(self, name: str, package: str) -> Any:
        """Returns a function that the core leaves to a package.

        Raises:
            UsageError: The package is not loaded.
        """
        return self._feature(FUNCTIONS, name, package).load()

    def draw(self, of: str, *result: Any, **options: Any) -> Any:
        """Draws a result with the first picture of it that a plugin adds.

        Raises:
            UsageError: The package with pictures is not loaded; or there is nothing to draw.
        """
        titles = (item.title for item in self.features[PICTURES].values() if item.of == of)
        title = next(titles, f"a picture of {of}")
        return self._feature(PICTURES, title, "regcompare-page").call(*result, **options)

    def _feature(self, hook: str, title: str, package: str) -> Feature:
        """The feature with this title, which a package brings."""
        if feature := self.features[hook].get(title):
            return feature
        raise UsageError(
            f"{title!r} comes with the package {package}, which is not loaded. `regcompare plugins` "
            f"lists the plugins that are, and their faults; {LIMIT} may leave one out."
        )

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
        if found := overreach(ruleset.vocabulary):
            raise UsageError(f"{ruleset.id}: RC415 The {found} Expected {OWN_FACTS}")
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
        return _shipped(self.read(*self.profile.teaching))

    def frames(self) -> tuple[Scenario, ...]:
        """Reads the cases that leave facts open.

        Raises:
            FileError: As for ``read``.
        """
        return _shipped(self.read(*self.profile.frames))

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
        faulty = [plugin for plugin in self.plugins if plugin.problems]
        loading = "the plugin {} to load; regcompare plugins says why it does not."
        absent = {
            name: loading.format(plugin.name)
            for plugin in faulty
            for name in plugin.sections
            if name not in self.vocabulary.by_name
        }
        if failed := [plugin.name for plugin in faulty if not plugin.sections]:
            absent[""] = loading.format(" or ".join(failed))  # They may have sections all the same.
        is_whole = not (self.is_limited or self.problems)  # Otherwise a plugin left out may have it.
        return read_entries(
            path,
            self.vocabulary,
            rulesets=self.rulesets if is_whole else None,
            discretions=self.powers,
            absent=absent,
            owners={name: item.name for item in self.plugins for name in item.sections},
            others=lambda: (*beside, *scenario_files(self.paths)),
        )

    def powers(self) -> tuple[str, ...]:
        """Returns the ids of all powers, for which every ruleset is built."""
        rulesets = self.rulesets.values()
        return tuple(item.id for ruleset in rulesets for item in ruleset.provisions.discretions)

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
        return _shipped(
            self._with_annotations(
                [entry for entry in entries if isinstance(entry, Scenario) or entry.case in ids]
            )
        )


def _shipped(cases: Iterable[Scenario]) -> tuple[Scenario, ...]:
    return tuple(attrs.evolve(case, is_shipped=True) for case in cases)


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


def _limited(plugins: list[Plugin], limit: str) -> list[Plugin]:
    """Returns the plugins that the limit names, and a faulty one for each unknown name."""
    names = list(dict.fromkeys(filter(None, map(str.strip, limit.split(",")))))
    if not names:
        return plugins
    named = [plugin for plugin in plugins if plugin.names & set(names)]
    known = {name for plugin in plugins for name in plugin.names}
    missing = [Plugin(name) for name in names if name not in known]
    for plugin in missing:
        found = f"{LIMIT} names {plugin.name!r}, which no installed plugin is called."
        hint = did_you_mean(nearest(plugin.name, known))
        every = ", ".join(item.name for item in plugins) or "none"
        plugin.refuse("RC408", found, f"distributions or entry points from {every}.{hint}")
    return [*named, *missing]


# a plain file --------------------------------------------------------------------------------------


def _rulesets_of_file(path: Path) -> list[Ruleset]:
    rulesets = {value: None for value in vars(_run(path)).values() if isinstance(value, Ruleset)}
    if not rulesets:
        raise UsageError(f"{path}: defines no ruleset. Expected MINE = Ruleset('my-rules', ...).")
    for ruleset in rulesets:
        try:
            try_out(ruleset)
        except Exception as error:  # noqa: BLE001 - a ruleset may be anything
            message = f"{path}: {ruleset.id}: {UNFIT}: {error_sentence(error)} Expected {FIT}"
            raise UsageError(message) from None
    return list(rulesets)


def _run(path: Path) -> ModuleType:
    name = f"regcompare_loaded_{path.stem}"
    specification = importlib.util.spec_from_file_location(name, path)
    if path.suffix != ".py" or specification is None or specification.loader is None:
        raise UsageError(f"{path}: is not a Python file. Expected a file such as my_rules.py.")
    if not path.exists():
        raise UsageError(f"{path}: there is no such file.")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        with redirect_stdout(sys.stderr):  # Standard output is reserved for results.
            specification.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a file may raise anything
        line = place_in(error, path).rpartition(":")[2]
        message = f"{path}{line and f':{line}'}: {error_sentence(error)}"
        raise UsageError(message) from None
    return module
