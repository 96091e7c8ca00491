"""The catalogue of rulesets, facts and scenarios from plugins.

Hooks gather and never compute.  Nothing is discovered when this module is imported: a ``Catalogue`` is
built on request, never changes, and can be extended with further rulesets.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial, reduce
from inspect import isfunction
from operator import methodcaller
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from regcompare._support.asked import asked
from regcompare.errors import FileError, Problem, UsageError, did_you_mean, nearest
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import annotate, by_case, refuse_unknown_cases, repeated_ids
from regcompare.scenario.files import Entry, read_entries
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import CORE, Vocabulary

from .builtin import BUILTIN
from .faults import Fault
from .features import FUNCTIONS, PICTURES, Feature, Features, is_shipped
from .hooks import API, CATALOGUES, PROFILES, SCENARIOS, FactSections, Hooks, hookimpl
from .loading import entry_points, loaded
from .plugin import Plugin, find_plugins
from .profile import Profile
from .registration import Registration, check_reach, scenario_files
from .rulesets import RulesetAt, Rulesets

__all__ = [
    "API", "LIMIT", "Catalogue", "FactSections", "Feature", "Hooks", "Plugin", "Profile",
    "RulesetAt", "Rulesets", "hookimpl", "scenario_files",
]  # fmt: skip

LIMIT = "REGCOMPARE_PLUGINS"
"""The environment variable that names, with commas, the only plugins to load; blank loads all."""


_IS_LOADING: ContextVar[bool] = ContextVar("is_loading", default=False)
_READ: dict[tuple[object, ...], tuple[Scenario, ...]] = {}
"""The shipped cases as they were read last, by what was read and under which plugins."""


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
        taken: What has a name, with the plugin that offers it, by hook and name.
    """

    rulesets: Rulesets = attrs.field(converter=Rulesets)
    vocabulary: Vocabulary = CORE
    paths: tuple[Path, ...] = ()
    locales: tuple[Path, ...] = ()
    profile: Profile = attrs.field(factory=Profile)
    plugins: tuple[Plugin, ...] = ()
    added: tuple[str, ...] = ()
    features: Features = BUILTIN
    cases: Mapping[Path, tuple[Entry, ...]] = attrs.field(factory=dict)
    is_limited: bool = False
    taken: Mapping[tuple[str, str], tuple[Any, str]] = attrs.field(factory=dict)

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
            UsageError: The code of a plugin asks for it while plugins are loaded.
            KeyboardInterrupt: The user pressed Ctrl-C.
        """
        if _IS_LOADING.get():
            raise UsageError(
                "The plugins are being loaded, and this code is part of one. Import the law that it "
                "needs, such as regcompare_eu, and ask for nothing that is installed."
            )
        token = _IS_LOADING.set(True)
        try:
            plugins = _limited(find_plugins(), limit := os.environ.get(LIMIT, ""))
            for plugin in plugins:
                plugin.load()
            catalogue = cls(Rulesets({}), is_limited=bool(limit.strip()))._with_plugins(plugins)
        finally:
            _IS_LOADING.reset(token)
        if faults := [item for plugin in plugins if plugin.is_shipped for item in plugin.problems]:
            raise FileError(faults)
        return catalogue

    def _with_plugins(self, plugins: Sequence[Plugin]) -> Catalogue:
        """A catalogue with what further plugins offer; what is faulty of it is left out and reported."""
        sound = [plugin for plugin in plugins if not plugin.problems]
        registration = Registration(sound, self.vocabulary)
        registration.taken.update(self.taken)
        registration.register_facts()
        rulesets = self.rulesets | registration.rulesets()
        registration.register_texts()
        features = registration.features(self.features)
        every = (*self.plugins, *plugins)
        vocabulary, paths = registration.vocabulary, registration.offered(SCENARIOS)
        bare = attrs.evolve(
            self, rulesets=rulesets, vocabulary=vocabulary, paths=(*self.paths, *paths), plugins=every
        )
        registration.register_cases(bare._entries)
        return attrs.evolve(
            bare,
            paths=(*self.paths, *registration.offered(SCENARIOS)),
            locales=(*self.locales, *registration.offered(CATALOGUES)),
            profile=next(
                (item for item in (self.profile, *registration.offered(PROFILES)) if item != Profile()),
                Profile(),
            ),
            features=MappingProxyType({name: MappingProxyType(features[name]) for name in features}),
            cases=MappingProxyType({**self.cases, **registration.cases}),
            taken=MappingProxyType(registration.taken),
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults of plugins; the faulty parts were left out."""
        return tuple(problem for plugin in self.plugins for problem in plugin.problems)

    def function(self, name: str, package: str) -> Any:
        """Returns a function that the core leaves to a package; a ``UsageError`` names that one."""
        feature = self._feature(FUNCTIONS, name, package)
        function = feature.load()
        if callable(function) and not is_shipped(feature.owner):
            return partial(feature.run, function)
        return asked(function, name) if isfunction(function) else function

    def draw(self, of: str, *result: Any, **options: Any) -> Any:
        """Draws a result with the first picture of it that a plugin adds; refuses what has none."""
        titles = (item.title for item in self.features[PICTURES].values() if item.of == of)
        title = next(titles, f"a picture of {of}")
        feature = self._feature(PICTURES, title, "regcompare-page")
        drawn = feature.call(*result, **options)
        return drawn if is_shipped(feature.owner) else _Picture(drawn, feature)

    def _feature(self, hook: str, title: str, package: str) -> Feature:
        """The feature with this title, which a package brings."""
        if feature := self.features[hook].get(title):
            return feature
        raise UsageError(
            f"{title!r} comes with the package {package}, which is not loaded. `regcompare plugins` "
            f"lists the plugins that are, and their faults; {LIMIT} may leave one out."
        )

    def ruleset(self, ruleset_id: str) -> Ruleset:
        """Returns the ruleset with this id; of ``ID@DAY``, read on that day by default.

        Without one, a ``UsageError`` names the nearest.
        """
        ruleset_id, at, day = ruleset_id.partition("@")
        if at:
            return self.ruleset(ruleset_id).on(day)
        if ruleset_id in self.rulesets:
            return self.rulesets[ruleset_id]
        hint = did_you_mean(nearest(ruleset_id, self.rulesets))
        ids = ", ".join(self.rulesets) or "none"
        raise UsageError(
            f"There is no ruleset {ruleset_id!r}. Expected one of those installed: {ids}; others come "
            f"with a plugin.{hint}"
        )

    def with_ruleset(self, ruleset: Ruleset) -> Catalogue:
        """Returns a catalogue with this ruleset, which replaces any with the same id.

        A constraint of its vocabulary about facts of the core only is a ``UsageError``.
        """
        try:
            check_reach(ruleset)
        except Fault as fault:
            raise UsageError(f"{ruleset.id}: {fault}") from None
        is_new = self.rulesets.get(ruleset.id) is not ruleset
        return attrs.evolve(
            self,
            added=tuple(dict.fromkeys((*self.added, *([ruleset.id] if is_new else [])))),
            rulesets=self.rulesets | {ruleset.id: ruleset},
            vocabulary=self.vocabulary.joined(ruleset.vocabulary),
        )

    def with_loaded(self, path: str | Path) -> Catalogue:
        """Returns a catalogue with what a file or folder offers, which needs no installation.

        A file is Python, with rulesets or with hooks; a folder has such files, or is a package or a
        project.  Of a project that is installed nothing is added.

        Raises:
            FileError: Something in it is faulty, or it offers nothing; the text says where.
            UsageError: There is no such file or folder.
        """
        if {plugin.name for plugin in self.plugins} & entry_points(Path(path)).keys():
            return self
        plugins, rulesets = loaded(Path(path))
        catalogue = self._with_plugins(plugins)
        if faults := [item for plugin in plugins for item in plugin.problems]:
            raise FileError(faults)
        offered = tuple(name for plugin in plugins for name in plugin.rulesets)
        catalogue = attrs.evolve(catalogue, added=tuple(dict.fromkeys((*self.added, *offered))))
        return reduce(Catalogue.with_ruleset, rulesets, catalogue)

    def read(self, *paths: str | Path, beside: Iterable[Path] = ()) -> tuple[Scenario, ...]:
        """Reads scenario files and folders of them.

        Cases include the facts of their annotations, in these files or from plugins.  If the case of an
        annotation is not in these files, it is taken from the catalogue.

        Args:
            paths: The files and folders.
            beside: Further files, whose cases those of these files may be ``like``.

        Raises:
            FileError: Files have mistakes, all of which are listed; or an annotation contradicts its
                case, or there is no such case.
        """
        files = scenario_files(paths)
        entries, problems = list[Entry](), list[Problem]()
        for file in files:
            try:
                entries += self._entries(file, (*beside, *files))
            except FileError as error:
                problems += error.problems
        if problems:
            raise FileError(list(dict.fromkeys(problems)))
        return self._with_annotations(entries)

    def _with_annotations(self, entries: Sequence[Entry]) -> tuple[Scenario, ...]:
        """The cases among entries, and those of annotations, each with its annotations."""
        cases = [item for item in entries if isinstance(item, Scenario)]
        annotations = [item for item in entries if isinstance(item, Annotation)]
        ids = {case.id for case in cases}
        absent_ids = {item.case for item in annotations} - ids
        others = {case.id: case for case in self.scenarios()} if absent_ids else {}
        refuse_unknown_cases(annotations, dict.fromkeys((*ids, *others)))
        cases += (others[name] for name in others if name in absent_ids)
        of_plugins = (entry for file in self.cases.values() for entry in file)
        added = by_case(item for item in (*of_plugins, *annotations) if isinstance(item, Annotation))
        return tuple(annotate(case, added.get(case.id, ())) for case in cases)

    def teaching(self) -> tuple[Scenario, ...]:
        """Reads the teaching cases; raises what ``read`` raises."""
        return _shipped(self.read(*self.profile.teaching))

    def ordinary(self) -> tuple[Scenario, ...]:
        """Reads the invented cases of ordinary trade; raises what ``read`` raises."""
        return _shipped(self.read(*self.profile.ordinary))

    def frames(self) -> tuple[Scenario, ...]:
        """Reads the cases that leave facts open; raises what ``read`` raises."""
        return _shipped(self.read(*self.profile.frames))

    def usual(self) -> tuple[Ruleset, ...]:
        """Returns the rulesets of the profile and those added; without a profile, all."""
        wanted = dict.fromkeys((*self.profile.regimes, *self.added))
        names = [name for name in wanted if name in self.rulesets]
        return tuple(self.rulesets[name] for name in names or self.rulesets)

    def _entries(
        self, path: Path, beside: Iterable[Path] = (), *, is_proved: bool = False
    ) -> tuple[Entry, ...]:
        """The cases and annotations of a file, not yet combined."""
        faulty = " or ".join(plugin.name for plugin in self.plugins if plugin.problems)
        loading = f"the plugin {faulty} to load; regcompare plugins says why it does not."
        is_whole = not (self.is_limited or self.problems)  # Otherwise a plugin left out may have it.
        laws = self.rulesets.values  # Every ruleset is built for its powers.
        return read_entries(
            path,
            self.vocabulary,
            rulesets=self.rulesets if is_whole else None,
            discretions=lambda: [item.id for law in laws() for item in law.provisions.discretions],
            absent={"": loading} if faulty else {},
            owners={name: item.name for item in self.plugins for name in item.sections},
            others=lambda: (*beside, *scenario_files(self.paths)),
            is_proved=is_proved,
        )

    def scenarios(self) -> tuple[Scenario, ...]:
        """Reads the scenarios of the plugins, the documented cases first; raises what ``read`` raises.

        Annotations of cases that no plugin has are ignored.  Files of what ships are read again only
        after one of them changed.
        """
        files = scenario_files(self.paths)
        try:
            states = [(file, file.stat()) for file in files] if self._is_as_shipped else []
        except OSError:  # Reading says which file is not there.
            states = []
        if not states:
            return self._scenarios(files)
        names = (self.is_limited, *(plugin.name for plugin in self.plugins), *self.rulesets)
        key = (*names, *((file, state.st_mtime_ns, state.st_size) for file, state in states))
        if key not in _READ:
            read = self._scenarios(files)
            _READ.clear()
            _READ[key] = read
        return _READ[key]

    def scenario(self, name: str) -> Scenario | None:
        """Reads the case with an id from the files of what ships that name it; None if none has it.

        What is written about a case names it, so that the other files need not be read for it.
        """
        if not name or not self._is_as_shipped:
            return None
        try:
            naming = [file for file in scenario_files(self.paths) if name.encode() in file.read_bytes()]
        except OSError:  # Reading says which file is not there.
            return None
        return next((case for case in self._scenarios(naming) if case.id == name), None)

    @property
    def _is_as_shipped(self) -> bool:
        """True if it offers what ships, and nothing else."""
        return not self.cases and all(plugin.is_shipped for plugin in self.plugins)

    def _scenarios(self, files: Iterable[Path]) -> tuple[Scenario, ...]:
        entries = list[Entry]()
        for file in files:
            entries += self.cases[file] if file in self.cases else self._entries(file, is_proved=True)
        cases = [entry for entry in entries if isinstance(entry, Scenario)]
        if problems := list(repeated_ids(cases)):
            raise FileError(problems)
        ids = {case.id for case in cases}
        kept = [entry for entry in entries if isinstance(entry, Scenario) or entry.case in ids]
        return _shipped(self._with_annotations(kept))


@attrs.frozen
class _Picture:
    """A picture of a plugin that does not ship."""

    drawn: Any
    feature: Feature

    def svg(self) -> str:
        """Returns it as SVG."""
        return str(self.feature.run(methodcaller("svg"), self.drawn, returns=(str,)))

    def png(self) -> bytes:
        """Returns it as PNG."""
        return bytes(self.feature.run(methodcaller("png"), self.drawn, returns=(bytes,)))


def _shipped(cases: Iterable[Scenario]) -> tuple[Scenario, ...]:
    return tuple(attrs.evolve(case, is_shipped=True) for case in cases)


def _limited(plugins: list[Plugin], limit: str) -> list[Plugin]:
    """Returns the plugins that the limit names, and a faulty one for each unknown name."""
    names = list(dict.fromkeys(filter(None, map(str.strip, limit.split(",")))))
    if not names:
        return plugins
    named = [plugin for plugin in plugins if plugin.names & set(names)]
    installed = {name for plugin in plugins for name in plugin.names}
    missing = [Plugin(name) for name in names if name not in installed]
    for plugin in missing:
        found = f"{LIMIT} names {plugin.name!r}, which no installed plugin is called."
        hint = did_you_mean(nearest(plugin.name, installed))
        every = ", ".join(item.name for item in plugins) or "none"
        plugin.report("RC408", found, f"distributions or entry points from {every}.{hint}")
    return [*named, *missing]
