"""Reads scenarios from what a file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from regcompare.errors import Place, nearest, quoted
from regcompare.scenario.established import contradictions
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import FACTS_DATE

from ._answers import read_other, read_section
from ._keys import ANNOTATION, LIKE, SCENARIO, SCENARIO_ID
from ._likeness import CaseFiles, Paths, cases_in, take_over, text_at
from ._tree import Data, Fields, Items, Nothing, Problems, Text
from ._values import Key, Reading, ReadingContext, by_name

MAX_SCENARIOS = 1000
_KEYS = by_name((*SCENARIO, *ANNOTATION))


def read_data(
    root: Data | None,
    file: str,
    problems: Problems,
    context: ReadingContext,
    others: Paths,
    path: Path | None,
) -> tuple[Scenario | Annotation, ...]:
    """Returns the scenarios and annotations of a file.

    Raises:
        FileError: There are mistakes, or there is no scenario, or there are too many.
    """
    entries: Sequence[Any] = root if isinstance(root, Items) else [root]
    if root is None or isinstance(root, Nothing) or not entries:
        place = Place(file, 1, 1) if root is None else root.place
        expected = "a mapping with an id and what is known, or a list of such mappings."
        problems.fail(place, "RC110", "The file contains no scenarios.", expected)
    if len(entries) > MAX_SCENARIOS:
        found = f"The file contains more than {MAX_SCENARIOS} scenarios."
        problems.fail(root, "RC102", found, "a smaller file; split it into several.")
    files = CaseFiles(cases_in(root), problems, context, _read_case, others, path)
    read = tuple(_read_entry(entry, files, problems, context) for entry in entries)
    _check_ids(entries, problems)
    problems.raise_any()
    return read


def _read_entry(
    entry: Data, files: CaseFiles, problems: Problems, context: ReadingContext
) -> Scenario | Annotation:
    """An annotation if the mapping has the key ``for``, else a scenario."""
    if isinstance(entry, Fields) and "for" in entry:
        return _annotation(Reading(entry, problems, context))
    reading = files.reading_of(entry)
    scenario = _scenario(reading)
    _check_constraints(scenario, reading)
    return scenario


def _check_ids(entries: Iterable[Data], problems: Problems) -> None:
    first_ids: dict[str, Data] = {}
    for entry in entries:
        if not isinstance(entry, Fields) or "for" in entry:
            continue
        if SCENARIO_ID.fullmatch(name := text_at(entry, "id")):
            first = first_ids.setdefault(name, entry["id"])
            if first is not entry["id"]:
                found = f"The id {quoted(name)} appears twice, first in line {first.place.line}."
                problems.add(entry["id"], "RC212", found, "a different id for each scenario.")


# what an entry states -----------------------------------------------------------------------------


FORMER_KEYS = ("needs",)
"""Keys that older files have and that say nothing any more."""


def _read_case(reading: Reading, base: Reading | None) -> None:
    """Reads a case on top of the one that it is like."""
    _read_keys(reading, "a scenario", "{id: a-case, date: 2015-06-30}", SCENARIO, LIKE)
    entry = reading.entry
    if isinstance(entry, Fields) and not {"id", "Id", "ID"} & entry.keys():
        reading.problems.add(entry, "RC205", "The scenario has no id.", "id: a-short-name.")
    take_over(reading, base)
    _check_sources(reading)


def _read_keys(
    reading: Reading, label: str, example: str, keys: Iterable[Key], resolved: Iterable[Key] = ()
) -> None:
    own_keys, sections = by_name(keys), reading.context.sections
    known_keys = (*own_keys, *by_name(resolved), *sections)
    for key, value in reading.entries(reading.entry, label, example):
        name = str(key)
        if name in sections:
            read_section(name, value, reading)
        elif name in own_keys:
            content = own_keys[name].value.read(value, name, reading)
            reading.stated[name] = value
            if isinstance(content, dict):
                reading.values |= {f"{name}.{key}": item for key, item in content.items()}
            else:
                reading.values[name] = content
        elif name not in (*known_keys, *FORMER_KEYS):
            read_other(key, value, reading, known_keys)


def _check_sources(reading: Reading) -> None:
    sources = reading.values.get("sources") or ()
    ids = [source.id for source in sources if source.id]
    for name in {name for name in ids if ids.count(name) > 1}:
        found = f"Two sources have the id {quoted(name)}."
        reading.problems.add(reading.entry, "RC212", found, "a different id for each source.")
    named = reading.sources_named
    taken_over = (item for value in reading.values.values() for item in _sources_of(value))
    inherited = dict.fromkeys(name for name in taken_over if name not in named)
    for name in (*named, *(Text(name, reading.entry.place) for name in inherited)):
        if name not in ids:
            found, suggestion = f"There is no source {quoted(name)}.", nearest(name, ids)
            reading.problems.add(name, "RC225", found, "the id of a source of the case.", suggestion)


def _sources_of(value: Any) -> Iterator[str]:
    """The ids of sources to which a value, or one of several, refers."""
    for item in value if isinstance(value, tuple) else (value,):
        yield from getattr(item, "sources", ())
        yield from filter(None, (getattr(item, "source", ""),))


# scenarios ----------------------------------------------------------------------------------------


def _annotation(reading: Reading) -> Annotation:
    """An annotation; without a case if the file does not name it."""
    entry = reading.entry
    _read_keys(reading, "an annotation", "{for: a-case, owner: Who}", ANNOTATION)
    _check_sources(reading)
    for name, meaning in (("for", "the id of a case"), ("owner", "who adds these facts"),
                       ("sources", "where they come from")):  # fmt: skip
        if isinstance(entry, Fields) and name not in entry:
            found = f"The annotation does not say {meaning}."
            reading.problems.add(entry, "RC205", found, f"the key {name}, with {meaning}.")
    owner, case = (reading.values.pop(name, None) or "" for name in ("owner", "for"))
    reading.values["id"] = case
    return Annotation(owner=owner, added=_scenario(reading))


def _scenario(reading: Reading) -> Scenario:
    values: dict[str, Any] = {}
    facts: dict[str, dict[str, Any]] = {"": {}, "presumed": {}}
    for path, value in reading.values.items():
        half = "presumed" if path.startswith("presumed.") else ""
        key = path.removeprefix("presumed.")
        name, _, field = key.partition(".")
        if name in reading.context.sections:
            facts[half][key] = value
        elif half or name not in _KEYS:  # Of a plugin that is not loaded, as was reported.
            continue
        elif field:
            values.setdefault(name, {})[field] = value
        elif value is not None:
            values[name] = value
    places = {
        f"scenario.{path}" if path in _KEYS else path: data.place
        for path, data in reading.stated.items()
    }
    return Scenario(
        **{"id": "", **values},
        facts=facts[""],
        presumed=facts["presumed"],
        places={"": reading.entry.place, **places},
    )


# facts that contradict each other -----------------------------------------------------------------


def _check_constraints(scenario: Scenario, reading: Reading) -> None:
    context, entry = reading.context, reading.entry
    for constraint, keys in contradictions(scenario, context.vocabulary.breakable, directly=True):
        facts = ["date" if key == FACTS_DATE.key else key for key in keys]
        places = [reading.stated[fact].place for fact in facts if fact in reading.stated]
        own = [place for place in places if place.file == entry.place.file]
        *earlier, final = (_with_place(fact, reading) for fact in facts)
        contradiction = f"{', '.join(earlier)} and {final} contradict each other."
        found = contradiction if earlier else f"{final} contradicts itself."
        owners = (context.owners.get(fact.partition(".")[0]) for fact in facts)
        owner = next((f"(the plugin {owner}) " for owner in owners if owner), "")
        expected = (
            f"what agrees: {owner}{constraint.sentence} Change one of these answers, or leave it out."
        )
        reading.problems.add(max(own, default=entry.place), "RC301", found, expected)


def _with_place(fact: str, reading: Reading) -> str:
    """A fact with its answer, if that is one word, and its position."""
    data = reading.stated.get(fact)
    if data is None:
        return fact
    answer = f": {data}" if isinstance(data, Text) else ""
    elsewhere = "" if data.place.file == reading.entry.place.file else f"{data.place.file}, "
    return f"{fact}{answer} ({elsewhere}line {data.place.line}, column {data.place.column})"
