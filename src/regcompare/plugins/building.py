"""Combines what plugins offer: of two things with the same name, the first is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from regcompare.errors import did_you_mean, nearest
from regcompare.facts import CodeSet
from regcompare.logic.code_lists import CodeList
from regcompare.logic.conditions import questions
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.annotations import annotate
from regcompare.scenario.files import Entry
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
from regcompare.words.translations import read as read_texts

from .features import CORE as THE_CORE
from .features import Features
from .hooks import CATALOGUES, FACTS, RULESETS, SCENARIOS, FactSections
from .own import OWN
from .plugin import Fault, Plugin, section_name
from .rulesets import RulesetAt, Rulesets

AnyRuleset = Ruleset | RulesetAt


def features_of(plugins: Iterable[Plugin]) -> Features:
    """Returns the features of the core, then of plugins; one whose title is taken is left out."""
    by_hook = {hook: dict(own) for hook, own in OWN.items()}
    for plugin in plugins:
        for hook, taken in by_hook.items():
            offered, plugin.items[hook] = plugin.items[hook], []
            for item in offered:
                if first := taken.get(item.title):
                    found = f"{hook}() names {item.title!r}, which exists already, from {first.owner}."
                    plugin.report("RC420", found, "a different name.")
                else:
                    taken[item.title] = attrs.evolve(item, owner=plugin.name)
                    plugin.items[hook].append(item)
    return by_hook


# facts ---------------------------------------------------------------------------------------------

_BEYOND = "affects facts other than its plugin's own."
OWN_FACTS = "a condition on a fact in its own section, without which nothing follows."


def vocabulary_of(plugins: Iterable[Plugin]) -> Vocabulary:
    """Returns the core with the sections of plugins; a section may be offered twice.

    Of each plugin only the parts that are about its own facts count; others would affect everyone.
    """
    vocabulary = CORE
    owners = dict.fromkeys(CORE.by_name, THE_CORE)
    for plugin in plugins:
        groups, plugin.items[FACTS] = plugin.items[FACTS], []
        for group in groups:
            sections = tuple(_new_sections(group, plugin, owners, vocabulary))
            vocabulary = vocabulary.with_sections(*sections)
            own = {name for name, owner in owners.items() if owner == plugin.name}
            parts: dict[str, tuple[Any, ...]] = {
                field: tuple(
                    item
                    for item in getattr(group, field)
                    if plugin.accepts(_part_fault(item, own, vocabulary))
                )
                for field in ("constraints", "code_lists", "categories", "own_answers", "assumptions")
            }
            vocabulary = vocabulary.with_sections(**parts)
            plugin.items[FACTS].append(FactSections(sections, **parts))
    return vocabulary


def _new_sections(
    group: FactSections, plugin: Plugin, owners: dict[str, str], vocabulary: Vocabulary
) -> Iterator[type]:
    """Yields the sections of a group that are new; their names are added to ``owners``."""
    for cls in dict.fromkeys(group.sections):
        name = section_name(cls)
        if cls in vocabulary.sections:
            continue
        if name in owners:
            found = f"The section of facts {name!r} exists already, from {owners[name]}."
            plugin.report("RC406", found, "a different name for each section; this one is left out.")
        else:
            owners[name] = plugin.name
            yield cls


def _part_fault(item: object, own: Collection[str], vocabulary: Vocabulary) -> Fault | None:
    """What is wrong with a part of a group of facts, given the names of its plugin's sections."""
    match item:
        case Constraint():
            what = f"The constraint {item.sentence!r}"
            asked = questions([item.when, item.then]).values()
            facts = {question.subject for question in asked if not question.power}
            if unknown := sorted(facts - {*vocabulary.by_key, FACTS_DATE.key}):
                found = f"{what} asks about {unknown[0]}, which is not offered."
                return "RC407", found, "facts of the core or of a section that is offered."
            if _reaches_beyond(item, own):
                return "RC415", f"{what} {_BEYOND}", OWN_FACTS
        case CodeList():
            what = f"The list of codes {item.name!r}"
            if not isinstance(vocabulary.by_key.get(item.fact), CodeSet):
                found = f"{what} is of {item.fact}, which takes no codes."
                return "RC407", found, "a fact that is answered with codes."
            has_list = any(item.fact == other.fact for other in vocabulary.code_lists)
            if has_list and item.fact.partition(".")[0] not in own:
                cure = f"a fact of its own; {item.fact} has a list already."
                return "RC415", f"{what} {_BEYOND}", cure
        case OwnAnswers():
            for word in (word for word in item.words if word.owner not in own):
                known = ", ".join(sorted(own)) or "a section that the plugin declares"
                found = f"The answer {word.key!r} does not stand under the name of a section of its own."
                return "RC419", found, f"a name under {known}."
        case Assumption() if item.fact.partition(".")[0] not in own:
            found = f"The assumption about {item.fact} {_BEYOND}"
            return "RC415", found, "a fact in its own section."
    return None


def _reaches_beyond(constraint: Constraint, sections: Collection[str]) -> bool:
    """Whether a constraint could make a case impossible that states no fact of these sections."""
    return constraint.taken_as is None and not is_vacuous_without(constraint, sections)


def overreach(vocabulary: Vocabulary) -> str:
    """The first constraint that a ruleset adds and that reaches beyond its sections; blank for none."""
    own_sections = [name for name, cls in vocabulary.by_name.items() if cls not in CORE.sections]
    core = set(CORE.constraints)
    added_constraints = (item for item in vocabulary.constraints if item not in core)
    overreaching = (item for item in added_constraints if _reaches_beyond(item, own_sections))
    return next((f"constraint {item.sentence!r} {_BEYOND}" for item in overreaching), "")


# rulesets ------------------------------------------------------------------------------------------

UNFIT = "A ruleset cannot be applied to any case"
FIT = "a ruleset made by Ruleset(...), with conditions that are not too deeply nested."


def rulesets_of(plugins: Collection[Plugin], vocabulary: Vocabulary) -> Rulesets:
    """Returns the rulesets of plugins by id, without those that collide or cannot be applied.

    Rulesets that do not ship are tried out: one that fails in use would break every command.
    """
    rulesets: dict[str, AnyRuleset] = {}
    owners: dict[str, str] = {}
    for plugin in plugins:
        offered, plugin.items[RULESETS] = plugin.items[RULESETS], []
        for ruleset in offered:
            with plugin.guard("A ruleset", ("RC416", UNFIT.removeprefix("A ruleset "), FIT)):
                registered = rulesets.get(ruleset.id)
                if registered and ruleset in (registered, _built(registered)):
                    continue
                fault = _collision(ruleset, owners, vocabulary)
                if not fault and not plugin.is_shipped:
                    try_out(ruleset)
                if plugin.accepts(fault):
                    plugin.items[RULESETS].append(ruleset)
                    rulesets[ruleset.id] = ruleset
                    owners[ruleset.id] = plugin.name
    for plugin in (plugin for plugin in plugins if not plugin.is_shipped):
        for ruleset in plugin.items[RULESETS]:
            _note_unknown_parallels(ruleset, plugin, rulesets)
    return Rulesets(rulesets)


def _built(ruleset: AnyRuleset) -> Ruleset:
    return ruleset.built() if isinstance(ruleset, RulesetAt) else ruleset


def _note_unknown_parallels(ruleset: Ruleset, plugin: Plugin, known: Collection[str]) -> None:
    """Notes what a ruleset names in ``parallel_to`` and nobody offers: it would never be told."""
    for name in ruleset.parallel_to:
        if name not in known:
            found = f"{ruleset.id} says that it is parallel to {name!r}, which is no ruleset."
            expected = f"ids of rulesets that are installed.{did_you_mean(nearest(name, known))}"
            plugin.note("RC422", found, expected)


def try_out(ruleset: Ruleset) -> None:
    """Applies a ruleset to a case without facts, and explains each rule; raises what is raised."""
    verdict = assess(Scenario(id="nothing-known"), ruleset, look_ahead=False)
    for finding in verdict.findings:
        _ = finding.trace.truth


def _collision(ruleset: AnyRuleset, owners: Mapping[str, str], vocabulary: Vocabulary) -> Fault | None:
    """How a ruleset collides with another or with the vocabulary; those that ship are tested."""
    if ruleset.id in owners:
        found = f"The ruleset id {ruleset.id!r} exists already, from {owners[ruleset.id]}."
        return "RC405", found, "a different id for each ruleset; this one is left out."
    if isinstance(ruleset, RulesetAt):
        return None
    if found := overreach(ruleset.vocabulary):
        return "RC415", f"{ruleset.id}: the {found}", OWN_FACTS
    offered = {word for item in vocabulary.own_answers for word in item.words}
    for word in (word for item in ruleset.vocabulary.own_answers for word in item.words):
        if word not in offered:
            found = f"{ruleset.id} knows the answer {word.key!r}, which is not offered."
            return "RC407", found, "regcompare_facts() to return every answer that a ruleset adds."
    for name, cls in ruleset.vocabulary.by_name.items():
        if name not in vocabulary.by_name:
            found = f"{ruleset.id} asks about the section {name!r}, which is not offered."
            expected = "regcompare_facts() to return every section that a ruleset asks about."
            return "RC407", found, expected
        if vocabulary.by_name[name] is not cls:
            found = f"{ruleset.id} asks about a section {name!r} that is not the one of that name."
            return "RC406", found, "a different name for each section; the ruleset is left out as well."
    return None


# texts in other languages --------------------------------------------------------------------------

_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]+)*")
_TEXTS = "gettext files such as nl.po."


def texts_of(plugins: Iterable[Plugin]) -> None:
    """Leaves out the files of texts that cannot be used; of what ships, tests read all."""
    for plugin in (plugin for plugin in plugins if not plugin.is_shipped):
        places, plugin.items[CATALOGUES] = plugin.items[CATALOGUES], []
        for place in places:
            files = sorted(place.glob("*.po")) if place.is_dir() else [place]
            if not files or files[0].suffix != ".po":
                plugin.report("RC423", f"{place} has no texts that are read.", _TEXTS)
                continue
            for file in files:
                with plugin.guard(str(file), ("RC423", "cannot be used", _TEXTS)):
                    read_texts(file)
                    if not _LANGUAGE.fullmatch(file.stem):
                        raise ValueError("it is not named after a language")
                    plugin.items[CATALOGUES].append(file)


# cases ---------------------------------------------------------------------------------------------

Entries = dict[Path, tuple[Entry, ...]]


def cases_of(
    plugins: Collection[Plugin],
    files_of: Callable[[Iterable[Path]], list[Path]],
    read: Callable[[Path], tuple[Entry, ...]],
) -> Entries:
    """Reads the cases of plugins that do not ship, and leaves out files that cannot be read.

    Files that ship are tested to be readable, and are read only if others might repeat their ids.

    Args:
        plugins: The plugins.
        files_of: Returns the files in folders.
        read: Reads a file.
    """
    if all(plugin.is_shipped for plugin in plugins if plugin.items[SCENARIOS]):
        return {}
    fault = "RC417", "cannot be used", "files that regcompare check reads."
    entries: Entries = {}
    cases: dict[str, tuple[Scenario, str]] = {}
    for plugin in plugins:
        files: list[Path] = []
        with plugin.guard("A folder of cases", fault):
            files = files_of(plugin.items[SCENARIOS])
        plugin.items[SCENARIOS] = []
        for file in files:
            with plugin.guard(f"Its case file {file}", fault):
                found = read(file)
                own = {item.id: (item, plugin.name) for item in found if isinstance(item, Scenario)}
                for name in own.keys() & cases.keys():
                    raise ValueError(f"the id {name!r} exists already, from {cases[name][1]}")
                plugin.items[SCENARIOS].append(file)
                entries[file] = found
                cases |= own
    for plugin in plugins:
        for file in plugin.items[SCENARIOS]:
            kept = []
            for entry in entries[file]:
                with plugin.guard(f"Its case file {file}", fault):
                    if isinstance(entry, Annotation) and entry.case in cases:
                        case, owner = cases[entry.case]
                        cases[entry.case] = annotate(case, [entry]), owner
                    kept.append(entry)
            entries[file] = tuple(kept)
    return entries
