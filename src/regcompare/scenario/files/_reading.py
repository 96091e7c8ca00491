"""Reads scenario files in YAML and JSON; every mistake in a file is reported at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from regcompare.errors import Place, UsageError, nearest, quoted
from regcompare.facts import section_of, written
from regcompare.logic.conditions import Between
from regcompare.scenario.annotations import annotate, by_case
from regcompare.scenario.assumed import contradictions
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import FACTS_DATE

from ._answers import read_other, read_section
from ._keys import ANNOTATION, LIKE, SCENARIO, SCENARIO_ID
from ._likeness import CaseFiles, cases_in, take_over, text_at
from ._tree import PARSERS, Data, Fields, Format, Items, Nothing, Problems, Text, data_of, data_of_file
from ._values import Keys, Reading, ReadingContext

MAX_SCENARIOS = 1000
Entry = Scenario | Annotation
"""An entry of a file: a case, or facts added to a case."""


def read_entries(path: str | os.PathLike[str], *args: Any, **context: Any) -> tuple[Entry, ...]:
    """Reads the scenarios and the annotations of a file, which is one mapping or a list of mappings.

    Args:
        path: The file; its suffix (.yaml, .yml, .json) determines its format.
        args: What it is checked against, as for ``ReadingContext``: the vocabulary, ids of rulesets ...
        context: The same by name.

    Raises:
        FileError: There are mistakes in the file; the error lists all of them, in order of line.
    """
    problems, file = Problems(), Path(path)
    root = data_of_file(file, problems)
    return _entries(root, os.fspath(path), file, problems, ReadingContext(*args, **context))


def read_scenarios(path: str | os.PathLike[str], *args: Any, **context: Any) -> tuple[Scenario, ...]:
    """Reads the scenarios of a file as ``read_entries`` does, each with its annotations in the file."""
    return _cases(read_entries(path, *args, **context))


def read_text(
    text: str, kind: Format = "yaml", *args: Any, name: str = "<text>", **context: Any
) -> tuple[Scenario, ...]:
    r"""Reads scenarios from text in memory, as ``read_entries`` does; messages call it ``name``.

    Example:
        >>> read_text("id: a-case\nitem: {form: goods}")[0].item.form
        'goods'

    Raises:
        FileError: There are mistakes in the text.
        UsageError: The kind is neither yaml nor json.
    """
    if kind not in PARSERS:
        raise UsageError(f"Scenarios are kept as yaml or json; {kind!r} was asked for.")
    problems = Problems()
    root = data_of(text, kind, name, problems)
    return _cases(_entries(root, name, None, problems, ReadingContext(*args, **context)))


def _cases(entries: tuple[Entry, ...]) -> tuple[Scenario, ...]:
    """The cases of a file, with the annotations in the same file."""
    added = by_case(item for item in entries if isinstance(item, Annotation))
    cases = (item for item in entries if isinstance(item, Scenario))
    return tuple(annotate(case, added.get(case.id, ())) for case in cases)


def _entries(
    root: Data | None, name: str, path: Path | None, problems: Problems, context: ReadingContext
) -> tuple[Entry, ...]:
    entries: Sequence[Any] = root if isinstance(root, Items) else [root]
    if root is None or isinstance(root, Nothing) or not entries:
        place = Place(name, 1, 1) if root is None else root.place
        expected = "a mapping with an id and what is known, or a list of such mappings."
        problems.fail(place, "RC110", "The file contains no scenarios.", expected)
    if len(entries) > MAX_SCENARIOS:
        found = f"The file contains more than {MAX_SCENARIOS} scenarios."
        problems.fail(root, "RC102", found, "a smaller file; split it into several.")
    files = CaseFiles(cases_in(root), path, problems, context, _read_case)
    read = tuple(_read_entry(entry, files) for entry in entries)
    _check_ids(entries, problems)
    problems.raise_any()
    return read


def _read_entry(entry: Data, files: CaseFiles) -> Entry:
    """An annotation if the mapping has the key ``for``, else a scenario."""
    reading = Reading(entry, files.problems, files.context)
    if isinstance(entry, Fields) and "for" in entry:
        return _annotation(reading)
    case = files.case_of(entry)
    if not files.context.is_proved:
        _check_constraints(case, reading)
    return case


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


def _read_case(reading: Reading, base: Scenario | None) -> Scenario:
    """Reads a case on top of the one that it is like."""
    _read_keys(reading, "a scenario", "{id: a-case, date: 2015-06-30}", SCENARIO, LIKE)
    entry = reading.entry
    if isinstance(entry, Fields) and not {"id", "Id", "ID"} & entry.keys():
        reading.problems.add(entry, "RC205", "The scenario has no id.", "id: a-short-name.")
    case = take_over(_scenario(reading), base, reading)
    _check_sources(case, reading)
    said = {*case.facts, *case.presumed}
    for fact in reading.disputed:
        if "." in fact and fact not in said and fact in reading.context.vocabulary.by_key:
            found = f"{fact} is disputed, and the case does not state it."
            expected = "a fact that the case states, if only as unknown; or state it."
            reading.problems.add(fact, "RC204", found, expected)
    return case


def _annotation(reading: Reading) -> Annotation:
    """An annotation; without a case if the file does not name it."""
    entry = reading.entry
    _read_keys(reading, "an annotation", "{for: a-case, owner: Who}", ANNOTATION)
    for name, meaning in (("for", "the id of a case"), ("owner", "who adds these facts"),
                       ("sources", "where they come from")):  # fmt: skip
        if isinstance(entry, Fields) and name not in entry:
            found = f"The annotation does not say {meaning}."
            reading.problems.add(entry, "RC205", found, f"the key {name}, with {meaning}.")
    owner, reading.values["id"] = (reading.values.pop(name, "") for name in ("owner", "for"))
    added = _scenario(reading)
    _check_sources(added, reading)
    return Annotation(owner=owner, added=added)


def _read_keys(
    reading: Reading, label: str, example: str, keys: Keys, resolved: Iterable[str] = ()
) -> None:
    sections = reading.context.vocabulary.by_name
    every = (*keys, *resolved, *sections)
    for key, data in reading.entries(reading.entry, label, example):
        name = str(key)
        if name in sections:
            read_section(name, data, reading)
        elif name in keys:
            value = keys[name].read(data, name, reading)
            reading.places[f"scenario.{name}"] = data.place
            if value is not None:
                reading.values[name] = value
        elif name not in (*every, "needs"):  # As older files have, and says nothing any more.
            read_other(key, data, reading, every)


def _scenario(reading: Reading) -> Scenario:
    places = {"": reading.entry.place, **reading.places}
    if isinstance(between := reading.values.get("date"), Between):
        reading.values |= {"date": None, "between": between}
    return Scenario(**{"id": "", **reading.values}, facts=reading.facts, places=places)


def _check_sources(case: Scenario, reading: Reading) -> None:
    ids = [source.id for source in case.sources if source.id]
    for name in {name for name in ids if ids.count(name) > 1}:
        found = f"Two sources have the id {quoted(name)}."
        reading.problems.add(reading.entry, "RC212", found, "a different id for each source.")
    named = reading.sources_named
    inherited = [name for name in case.sources_named if name not in named]
    given = reading.entry.get("sources") if isinstance(reading.entry, Fields) else None
    ids += [text_at(item, "id") for item in given or () if isinstance(item, Fields)]
    for name in (*named, *(Text(name, reading.entry.place) for name in inherited)):
        if name not in ids:
            found, suggestion = f"There is no source {quoted(name)}.", nearest(name, ids)
            reading.problems.add(name, "RC225", found, "the id of a source of the case.", suggestion)


def _check_constraints(case: Scenario, reading: Reading) -> None:
    entry, context = reading.entry, reading.context
    for constraint, facts in contradictions(case, context.vocabulary.breakable, directly=True):
        places = [case.places[fact] for fact in facts if fact in case.places]
        own = [place for place in places if place.file == entry.place.file]
        *earlier, final = (_with_place(fact, case) for fact in facts)
        contradiction = f"{', '.join(earlier)} and {final} contradict each other."
        found = contradiction if earlier else f"{final} contradicts itself."
        owners = (context.owners.get(section_of(fact)) for fact in facts)
        owner = next((f"(the plugin {owner}) " for owner in owners if owner), "")
        expected = (
            f"what agrees: {owner}{constraint.sentence} Change one of these answers, or leave it out."
        )
        if owner:
            expected += (
                " If the case is right, look whether the constraint is the wrong way round: whenever "
                "its first condition holds, so must its second."
            )
        reading.problems.add(max(own, default=entry.place), "RC301", found, expected)


def _with_place(fact: str, case: Scenario) -> str:
    """A fact with its answer, if that is one word, and its position."""
    name, place = "date" if fact == FACTS_DATE.key else fact, case.places.get(fact)
    if place is None:
        return name
    answer = written(case.known_day if name == "date" else case.facts[fact])
    said = f": {answer}" if isinstance(answer, str) else ""
    elsewhere = "" if place.file == case.place.file else f"{place.file}, "
    return f"{name}{said} ({elsewhere}line {place.line}, column {place.column})"
