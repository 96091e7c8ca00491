"""Combines what plugins offer: of two things with the same name, the first is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from regcompare.errors import FileError, did_you_mean, nearest
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

from .faults import attempt, error_sentence
from .features import CORE as THE_CORE
from .features import FEATURE_HOOKS, Features, Owned
from .offers import CATALOGUES, FACTS, RULESETS, SCENARIOS, FactSections, Fault, Offer, section_name
from .own import OWN
from .rulesets import RulesetAt, Rulesets

AnyRuleset = Ruleset | RulesetAt


def features_of(offers: Iterable[Offer]) -> Features:
    """Returns the features of the core, then of plugins; one whose title is taken is left out."""
    by_hook: dict[str, dict[str, Owned]] = {hook: dict(OWN.get(hook, {})) for hook in FEATURE_HOOKS}
    for offer in offers:
        for hook, taken in by_hook.items():
            for feature in list(offer.items[hook]):
                if feature.title in taken:
                    found = f"{hook}() names {feature.title!r}, which exists already, from"
                    offer.report("RC420", f"{found} {taken[feature.title][1]}.", "a different name.")
                    offer.items[hook].remove(feature)
                else:
                    taken[feature.title] = (feature, offer.name)
    return Features(by_hook)


# facts ---------------------------------------------------------------------------------------------

_BEYOND = "affects facts other than its plugin's own."
OWN_FACTS = "a condition on a fact in its own section, without which nothing follows."


def vocabulary_of(offers: Iterable[Offer]) -> Vocabulary:
    """Returns the core with the sections of plugins; a section may be offered twice.

    Of each plugin only the parts that are about its own facts count; others would affect everyone.
    """
    vocabulary = CORE
    owners = dict.fromkeys(CORE.by_name, THE_CORE)
    for offer in offers:
        for place, group in enumerate(offer.items[FACTS]):
            sections = tuple(_new_sections(group, offer, owners, vocabulary))
            vocabulary = vocabulary.with_sections(*sections)
            own = {name for name, owner in owners.items() if owner == offer.name}
            parts: dict[str, tuple[Any, ...]] = {"categories": group.categories}
            for field, fault in _FAULTS.items():
                items = getattr(group, field)
                parts[field] = tuple(x for x in items if offer.accepts(fault(x, own, vocabulary)))
            vocabulary = vocabulary.with_sections(**parts)
            offer.items[FACTS][place] = FactSections(sections, **parts)
    return vocabulary


def _new_sections(
    group: FactSections, offer: Offer, owners: dict[str, str], vocabulary: Vocabulary
) -> Iterator[type]:
    """Yields the sections of a group that are new; their names are added to ``owners``."""
    for cls in dict.fromkeys(group.sections):
        name = section_name(cls)
        if cls in vocabulary.sections:
            continue
        if name in owners:
            found = f"The section of facts {name!r} exists already, from {owners[name]}."
            offer.report("RC406", found, "a different name for each section; this one is left out.")
        else:
            owners[name] = offer.name
            yield cls


def _constraint_fault(item: Constraint, own: Collection[str], vocabulary: Vocabulary) -> Fault | None:
    asked = questions([item.when, item.then]).values()
    facts = {question.subject for question in asked if not question.power}
    if unknown := sorted(facts - {*vocabulary.by_key, FACTS_DATE.key}):
        found = f"The constraint {item.sentence!r} asks about {unknown[0]}, which is not offered."
        return "RC407", found, "facts of the core or of a section that is offered."
    if _reaches_beyond(item, own):
        return "RC415", f"The constraint {item.sentence!r} {_BEYOND}", OWN_FACTS
    return None


def _code_list_fault(item: CodeList, own: Collection[str], vocabulary: Vocabulary) -> Fault | None:
    """The fault of a code list; another plugin's fact may have one if it has none yet."""
    if not isinstance(vocabulary.by_key.get(item.fact), CodeSet):
        found = f"The list of codes {item.name!r} is of {item.fact}, which takes no codes."
        return "RC407", found, "a fact that is answered with codes."
    has_list = any(item.fact == code_list.fact for code_list in vocabulary.code_lists)
    if has_list and item.fact.partition(".")[0] not in own:
        found = f"The list of codes {item.name!r} {_BEYOND}"
        return "RC415", found, f"a fact of its own; {item.fact} has a list already."
    return None


def _answers_fault(item: OwnAnswers, own: Collection[str], vocabulary: Vocabulary) -> Fault | None:
    foreign = [word.key for word in item.words if word.owner not in own]
    if not foreign:
        return None
    found = f"The answer {foreign[0]!r} does not stand under the name of a section of its own."
    known = ", ".join(sorted(own)) or "a section that the plugin declares"
    return "RC419", found, f"a name under {known}."


def _assumption_fault(item: Assumption, own: Collection[str], vocabulary: Vocabulary) -> Fault | None:
    if item.fact.partition(".")[0] in own:
        return None
    return "RC415", f"The assumption about {item.fact} {_BEYOND}", "a fact in its own section."


_FAULTS: Mapping[str, Callable[[Any, Collection[str], Vocabulary], Fault | None]] = {
    "constraints": _constraint_fault,
    "code_lists": _code_list_fault,
    "own_answers": _answers_fault,
    "assumptions": _assumption_fault,
}
"""What is wrong with each part of a group of facts, given the sections of its plugin."""


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


def rulesets_of(offers: Collection[Offer], vocabulary: Vocabulary) -> Rulesets:
    """Returns the rulesets of plugins by id, without those that collide or cannot be applied.

    Rulesets that do not ship are tried out: one that fails in use would break every command.
    """
    rulesets: dict[str, AnyRuleset] = {}
    owners: dict[str, str] = {}
    for offer in offers:
        offered, offer.items[RULESETS] = offer.items[RULESETS], []
        for ruleset in offered:
            if attempt(_is_registered, ruleset, rulesets).result:
                continue
            checking = attempt(_collision, ruleset, owners, vocabulary)
            error = checking.error or (not offer.is_shipped and trial_error(build(ruleset)))
            if offer.accepts(
                ("RC416", f"{UNFIT}: {error_sentence(error)}", FIT) if error else checking.result
            ):
                offer.items[RULESETS].append(ruleset)
                rulesets[ruleset.id] = ruleset
                owners[ruleset.id] = offer.name
    for offer in (offer for offer in offers if not offer.is_shipped):
        _note_unknown_parallels(offer, rulesets)
    return Rulesets(rulesets)


def _note_unknown_parallels(offer: Offer, known: Collection[str]) -> None:
    """Notes what a ruleset names in ``parallel_to`` and nobody offers: it would never be told."""
    for ruleset in map(build, offer.items[RULESETS]):
        for name in ruleset.parallel_to:
            if name not in known:
                found = f"{ruleset.id} says that it is parallel to {name!r}, which is no ruleset."
                expected = f"ids of rulesets that are installed.{did_you_mean(nearest(name, known))}"
                offer.note("RC422", found, expected)


def _is_registered(ruleset: AnyRuleset, rulesets: Mapping[str, AnyRuleset]) -> bool:
    registered = rulesets.get(ruleset.id)
    return registered is not None and build(ruleset) is build(registered)


def build(ruleset: AnyRuleset) -> Ruleset:
    """Returns a ruleset, built if it is given by its place."""
    return ruleset.built() if isinstance(ruleset, RulesetAt) else ruleset


def trial_error(ruleset: Ruleset) -> BaseException | None:
    """Applies a ruleset to a case without facts, and explains each rule; returns what is raised."""

    def trial() -> list[bool | None]:
        verdict = assess(Scenario(id="nothing-known"), ruleset, look_ahead=False)
        return [finding.trace.truth for finding in verdict.findings]

    return attempt(trial).error


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


def texts_of(offers: Iterable[Offer]) -> None:
    """Leaves out the files of texts that cannot be used; of what ships, tests read all."""
    for offer in (offer for offer in offers if not offer.is_shipped):
        places, offer.items[CATALOGUES] = offer.items[CATALOGUES], []
        for place in places:
            files = sorted(place.glob("*.po")) if place.is_dir() else [place]
            if not files or files[0].suffix != ".po":
                offer.report("RC423", f"{place} has no texts that are read.", _TEXTS)
            else:
                offer.items[CATALOGUES] += [file for file in files if offer.accepts(_texts_fault(file))]


def _texts_fault(file: Path) -> Fault | None:
    if not _LANGUAGE.fullmatch(file.stem):
        return "RC423", f"{file} is not named after a language.", _TEXTS
    error = attempt(read_texts, file).error
    return ("RC423", error_sentence(error), "") if error else None


# cases ---------------------------------------------------------------------------------------------

_LEFT_OUT = "One of its case files cannot be used:"
_READABLE = "files that regcompare check reads."
Entries = dict[Path, tuple[Entry, ...]]


def cases_of(
    offers: Collection[Offer],
    files_of: Callable[[Iterable[Path]], list[Path]],
    read: Callable[[Path], tuple[Entry, ...]],
) -> Entries:
    """Reads the cases of plugins that do not ship, and leaves out files that cannot be read.

    Files that ship are tested to be readable, and are read only if others might repeat their ids.

    Args:
        offers: What plugins offer.
        files_of: Returns the files in folders.
        read: Reads a file.
    """
    if all(offer.is_shipped for offer in offers if offer.items[SCENARIOS]):
        return {}
    entries: Entries = {}
    cases: dict[str, Scenario] = {}
    owners: dict[str, str] = {}
    for offer in offers:
        listing = attempt(files_of, offer.items[SCENARIOS])
        offer.items[SCENARIOS] = []
        if listing.error:
            offer.report("RC417", f"{_LEFT_OUT} {error_sentence(listing.error)}", _READABLE)
        for file in listing.result or ():
            reading = attempt(read, file)
            own = {item.id: item for item in reading.result or () if isinstance(item, Scenario)}
            taken = next((name for name in own if name in owners), None)
            if reading.error:
                offer.report("RC417", f"{_LEFT_OUT} {_reading_fault(file, reading.error)}", _READABLE)
            elif taken:
                found = f"{_LEFT_OUT} {file}: The id {taken!r} exists already, from {owners[taken]}."
                offer.report("RC417", found, _READABLE)
            else:
                offer.items[SCENARIOS].append(file)
                entries[file] = reading.result or ()
                cases |= own
                owners |= dict.fromkeys(own, offer.name)
    for offer in offers:
        for file in offer.items[SCENARIOS]:
            kept = (item for item in entries[file] if _accepts_annotation(item, offer, cases))
            entries[file] = tuple(kept)
    return entries


def _reading_fault(file: Path, error: BaseException) -> str:
    if isinstance(error, FileError):
        first, *more = error.problems
        return f"{first}{f' And {len(more)} more.' if more else ''}"
    return f"{file}: {error_sentence(error)}"


def _accepts_annotation(entry: Entry, offer: Offer, cases: dict[str, Scenario]) -> bool:
    """Whether an annotation agrees with its case, to which its facts are then added."""
    if isinstance(entry, Annotation) and entry.case in cases:
        try:
            cases[entry.case] = annotate(cases[entry.case], [entry])
        except FileError as error:
            offer.report("RC417", f"{_LEFT_OUT} {error.problems[0]}", _READABLE)
            return False
    return True
