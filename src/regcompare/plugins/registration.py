"""Registers what plugins offer, hook by hook: of two things with the same name, the first is kept."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import facts_of
from regcompare.logic.conditions import questions
from regcompare.logic.questions import PowerQuestion
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import annotate
from regcompare.scenario.files import SUFFIXES, Entry
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.verdict.assess import assess
from regcompare.vocabulary import CORE, FACTS_DATE, Constraint, Vocabulary, is_vacuous_without
from regcompare.words.catalogues import read as read_texts

from .builtin import BUILTIN
from .faults import Fault
from .features import CORE as THE_CORE
from .features import FEATURE_HOOKS, Feature, Features
from .guard import foreign_part
from .hooks import CATALOGUES, FACTS, RULESETS, SCENARIOS, FactSections
from .plugin import Plugin
from .rulesets import RulesetAt, Rulesets

AnyRuleset = Ruleset | RulesetAt

OFFERS = {
    FACTS: ("section of facts", "RC406", "RC411", "a definition as the message says."),
    RULESETS: (
        *("ruleset", "RC405", "RC416"),
        "a ruleset made by Ruleset(...), with conditions that are not too deeply nested.",
    ),
    SCENARIOS: ("case", "RC417", "RC417", "files that regcompare check reads."),
    CATALOGUES: ("text", "RC423", "RC423", "gettext files such as nl.po, each named after a language."),
    **{
        hook: (hook.removeprefix("regcompare_")[:-1], "RC420", "RC411", "a definition of a Feature.")
        for hook in FEATURE_HOOKS
    },
}
"""The offers of each hook: the noun, the code where a name is taken, the code and cure of all else."""


@attrs.define
class Registration:
    """The offers of plugins; what is faulty, or has a name that is taken, is left out and reported.

    Attributes:
        plugins: The plugins, in order; what is left out is removed from their items.
        vocabulary: The core with the sections of plugins.
        cases: The entries of the files that were read.
        taken: What has a name, and the plugin that offers it, by hook and name.
    """

    plugins: Collection[Plugin]
    vocabulary: Vocabulary = CORE
    cases: dict[Path, tuple[Entry, ...]] = attrs.field(factory=dict)
    taken: dict[tuple[str, str], tuple[Any, str]] = attrs.field()

    @taken.default
    def _of_the_core(self) -> dict[tuple[str, str], tuple[Any, str]]:
        own = {**BUILTIN, FACTS: CORE.by_name}
        return {(hook, name): (own[hook][name], THE_CORE) for hook in own for name in own[hook]}

    def offered(self, hook: str) -> tuple[Any, ...]:
        """Returns what the plugins offer under a hook."""
        return tuple(item for plugin in self.plugins for item in plugin.items[hook])

    def _register(self, hook: str, register: Callable[[Plugin, Any], Iterable[Any]]) -> None:
        for plugin in self.plugins:
            items = plugin.items[hook]
            plugin.items[hook] = [*self._registered(hook, plugin, items, partial(register, plugin))]

    def _registered(
        self, hook: str, plugin: Plugin, items: Iterable[Any], register: Callable[[Any], Iterable[Any]]
    ) -> Iterator[Any]:
        """Yields what a function makes of each item; reports what it raises about others."""
        noun, _, *fault = OFFERS[hook]
        for item in items:
            if plugin.is_overdue:  # As is said once, of the item that took too long.
                return
            kept: Iterable[Any] = ()
            with plugin.guard(f"A {noun}", *fault):
                kept = register(item)
            yield from kept

    def _named(self, hook: str, name: str, item: Any, plugin: Plugin) -> list[Any]:
        """Returns a thing under its name, nothing if it has it; another of the name is a ``Fault``."""
        if (hook, name) not in self.taken:
            self.taken[hook, name] = item, plugin.name
            return [item]
        first, owner = self.taken[hook, name]
        if first == item or _built(first) is _built(item):
            return []
        noun, code, *_ = OFFERS[hook]
        found = f"The {noun} {name!r} exists already, from {owner}."
        raise Fault(code, found, "a name of its own; this one is left out.")

    def features(self, before: Features = BUILTIN) -> Features:
        """Returns the features of the core, or others that were there before, and of the plugins."""

        def register(plugin: Plugin, item: Feature) -> list[Feature]:
            new = self._named(hook, item.title, item, plugin)
            return [attrs.evolve(item, owner=plugin.name) for item in new]

        features = {}
        for hook, own in before.items():
            self._register(hook, register)
            features[hook] = {**own, **{item.title: item for item in self.offered(hook)}}
        return features

    def register_facts(self) -> None:
        """Adds the sections of plugins to the vocabulary, with what is about them."""
        self._register(FACTS, self._facts)

    def _facts(self, plugin: Plugin, group: FactSections) -> Iterable[type]:
        def sound(constraint: Constraint) -> list[Constraint]:
            asked = questions([constraint.when, constraint.then]).values()
            facts = {question.subject for question in asked if not isinstance(question, PowerQuestion)}
            for fact in facts - {*vocabulary.by_key, FACTS_DATE.key}:
                said = f"The constraint {constraint.sentence!r} asks about {fact}"
                cure = "facts of the core or of a section that is offered."
                raise Fault("RC407", f"{said}, which is not offered.", cure)
            _check_constraint(constraint, own)
            return [constraint]

        def new(cls: Any) -> list[Any]:
            _check_parts(f"The section {cls.__section__!r}", facts_of(cls), plugin)
            return self._named(FACTS, cls.__section__, cls, plugin)

        sections = list(self._registered(FACTS, plugin, group.sections, new))
        vocabulary = self.vocabulary.with_sections(*sections)
        own = {name for name in vocabulary.by_name if self.taken[FACTS, name][1] == plugin.name}
        names = ("code_lists", "categories", "own_answers", "assumptions")
        others = {name: getattr(group, name) for name in names}
        added = [item for item in group.constraints if item not in vocabulary.constraints]
        constraints = tuple(self._registered(FACTS, plugin, added, sound))
        self.vocabulary = vocabulary.with_sections(**others, constraints=constraints)
        return sections

    def rulesets(self) -> Rulesets:
        """Returns the rulesets; those that do not ship are built and tried out.

        One that fails in use would break every command.
        """
        self._register(RULESETS, self._ruleset)
        rulesets = {item.id: item for item in self.offered(RULESETS)}
        for plugin in (plugin for plugin in self.plugins if not plugin.is_shipped):
            named = ((law, name) for law in plugin.items[RULESETS] for name in law.parallel_to)
            for ruleset, name in named:
                if (RULESETS, name) not in self.taken:
                    found = f"{ruleset.id} says that it is parallel to {name!r}, which is no ruleset."
                    hint = did_you_mean(nearest(name, rulesets))
                    plugin.note("RC422", found, f"ids of rulesets that are installed.{hint}")
        return Rulesets(rulesets)

    def _ruleset(self, plugin: Plugin, item: AnyRuleset) -> Iterable[AnyRuleset]:
        new = self._named(RULESETS, item.id, item, plugin)
        if plugin.is_shipped or not new:
            return new
        ruleset = _built(item)
        _check_parts(f"The ruleset {ruleset.id!r}", ruleset, plugin)
        check_reach(ruleset)
        own, offered = ruleset.vocabulary, self.vocabulary
        words = {word for item in offered.own_answers for word in item.words}
        for name in (
            *(name for name, cls in own.by_name.items() if offered.by_name.get(name) is not cls),
            *(word.key for item in own.own_answers for word in item.words if word not in words),
        ):
            found = f"{ruleset.id} asks about {name!r}, which is not offered."
            expected = "regcompare_facts() to return every section and answer that a ruleset asks about."
            raise Fault("RC407", found, expected)
        try_out(ruleset)
        return [ruleset]

    def register_texts(self) -> None:
        """Leaves out the files of texts that cannot be used; of what ships, tests read all."""
        self._register(CATALOGUES, _text_files)
        self._register(CATALOGUES, _readable_texts)

    def register_cases(self, read: Callable[[Path], tuple[Entry, ...]]) -> None:
        """Reads the cases of plugins, and leaves out files that cannot be read.

        Files that ship are tested to be readable, and are read only if others might repeat their ids.
        """
        if all(plugin.is_shipped for plugin in self.plugins if plugin.items[SCENARIOS]):
            return

        def register(plugin: Plugin, file: Path) -> list[Path]:
            entries = read(file)
            for case in entries:
                if isinstance(case, Scenario):
                    self._named(SCENARIOS, case.id, case, plugin)
            self.cases[file] = entries
            return [file]

        def annotated(entry: Entry) -> list[Entry]:
            if isinstance(entry, Annotation) and entry.case in cases:
                cases[entry.case] = annotate(cases[entry.case], [entry])
            return [entry]

        self._register(SCENARIOS, lambda _, path: scenario_files([path]))
        self._register(SCENARIOS, register)
        entries = (entry for file in self.cases.values() for entry in file)
        cases = {entry.id: entry for entry in entries if isinstance(entry, Scenario)}
        for plugin in self.plugins:
            for file in plugin.items[SCENARIOS]:
                sound = self._registered(SCENARIOS, plugin, self.cases[file], annotated)
                self.cases[file] = tuple(sound)


def _built(item: Any) -> Any:
    return item.built() if isinstance(item, RulesetAt) else item


def _check_parts(what: str, value: object, plugin: Plugin) -> None:
    """Refuses what contains objects of a plugin's own classes, which may answer otherwise each time."""
    if not plugin.is_shipped and (part := foreign_part(value)) is not None:
        found = f"{what} contains {type(part).__name__}."
        raise Fault("RC403", found, "objects of the library's and Python's own classes.")


def _check_constraint(constraint: Constraint, sections: Collection[str]) -> None:
    """Refuses a constraint that could make a case impossible which states no fact of these sections."""
    if constraint.taken_as is None and not is_vacuous_without(constraint, sections):
        found = f"The constraint {constraint.sentence!r} affects facts other than its plugin's own."
        cure = "a condition on a fact in its own section, without which nothing follows."
        raise Fault("RC415", found, cure)


def check_reach(ruleset: Ruleset) -> None:
    """Refuses, as a ``Fault``, a ruleset whose vocabulary constrains facts of the core alone."""
    vocabulary = ruleset.vocabulary
    sections = [name for name, cls in vocabulary.by_name.items() if cls not in CORE.sections]
    for constraint in vocabulary.constraints:
        if constraint not in CORE.constraints:
            _check_constraint(constraint, sections)


def try_out(ruleset: Ruleset) -> None:
    """Applies a ruleset to a case without facts, and explains each rule; raises what is raised."""
    verdict = assess(Scenario(id="nothing-known"), ruleset, look_ahead=False)
    for finding in verdict.findings:
        _ = finding.derivation.truth


def _text_files(plugin: Plugin, folder: Path) -> list[Path]:
    if plugin.is_shipped:
        return [folder]
    files = sorted(folder.glob("*.po"))
    if files or {item.name for item in folder.iterdir()} <= {"README.md"}:  # It may have no texts yet.
        return files
    raise ValueError(f"{folder} is no folder with texts")


def _readable_texts(plugin: Plugin, file: Path) -> list[Path]:
    if not plugin.is_shipped:
        read_texts(file)
        if not re.fullmatch(r"[a-z]{2,3}(_[A-Za-z]+)*", file.stem):
            raise ValueError(f"{file} is not named after a language")
    return [file]


def scenario_files(paths: Iterable[str | Path]) -> list[Path]:
    """Returns the files among paths, and the scenario files in the folders among them, each once."""
    files: dict[str, Path] = {}
    for path in map(Path, paths):
        below = (item for item in _below(path) if item.suffix.lower() in SUFFIXES)
        for item in sorted(below) if path.is_dir() else [path]:
            location = str(item)
            with suppress(OSError, ValueError):
                location = os.path.realpath(item)
            files.setdefault(location, item)
    return list(files.values())


def _below(folder: Path) -> Iterator[Path]:
    """The files in a folder and those below it; a folder that cannot be listed is an error."""

    def fail(error: OSError) -> NoReturn:
        raise UsageError(
            f"{error.filename}: cannot be listed: {error.strerror}. Expected a folder that can be read."
        )

    for within, _, names in os.walk(folder, onerror=fail):
        yield from (Path(within, name) for name in names)
