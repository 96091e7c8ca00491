"""Reads scenarios from a tree of nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from regcompare.errors import nearest
from regcompare.scenario.established import contradictions
from regcompare.scenario.scenario import CORE_SECTIONS, Annotation, Scenario
from regcompare.vocabulary import FACTS_DATE

from ._answers import read_other, read_section
from ._keys import ANNOTATION, LIKE, SCENARIO, SCENARIO_ID
from ._likeness import CaseFile, CaseFiles, Paths, take_over, text_at
from ._tree import ListNode, MapNode, Node, Problems, Scalar, quoted
from ._values import Key, Reading, ReadingContext, by_name

MAX_SCENARIOS = 1000
_KEYS = by_name((*SCENARIO, *ANNOTATION))


def read_tree(
    root: Node | None, problems: Problems, context: ReadingContext, others: Paths, path: Path | None
) -> tuple[Scenario | Annotation, ...]:
    """Returns the scenarios and annotations of a file.

    Raises:
        FileError: There are mistakes, or there is no scenario, or there are too many.
    """
    nodes = root.items if isinstance(root, ListNode) else [root]
    if root is None or (isinstance(root, Scalar) and root.empty) or not nodes:
        node = root or Scalar(1, 1, "")
        expected = "a mapping with an id and what is known, or a list of such mappings."
        problems.fail(node, "RC110", "The file contains no scenarios.", expected)
    if len(nodes) > MAX_SCENARIOS:
        found = f"The file contains more than {MAX_SCENARIOS} scenarios."
        problems.fail(root, "RC102", found, "a smaller file; split it into several.")
    files = CaseFiles(CaseFile.of(root, problems), context, _read_case, others, path)
    entries = tuple(_entry_of(node, files, problems, context) for node in nodes if node is not None)
    _check_ids(nodes, problems)
    for other in files.problems_elsewhere:
        problems.reported += other.reported
    problems.raise_any()
    return entries


def _entry_of(
    node: Node, files: CaseFiles, problems: Problems, context: ReadingContext
) -> Scenario | Annotation:
    """An annotation if the mapping has the key ``for``, else a scenario."""
    if isinstance(node, MapNode) and "for" in node.entries:
        return _annotation(Reading(node, problems, context))
    reading = files.reading_of(node)
    scenario = _scenario(reading)
    _check_constraints(scenario, reading)
    return scenario


def _check_ids(nodes: Iterable[Node | None], problems: Problems) -> None:
    first_ids: dict[str, Node] = {}
    for node in nodes:
        if not isinstance(node, MapNode) or "for" in node.entries:
            continue
        if SCENARIO_ID.fullmatch(name := text_at(node, "id")):
            place = node.entries["id"][1]
            first = first_ids.setdefault(name, place)
            if first is not place:
                found = f"The id {quoted(name)} appears twice, first in line {first.line}."
                problems.add(place, "RC212", found, "a different id for each scenario.")


# what an entry states -----------------------------------------------------------------------------


def _read_case(reading: Reading, base: Reading | None) -> None:
    """Reads a case on top of the one that it is like."""
    reading.needs = base.needs if base else {}
    _read_keys(reading, "a scenario", "{id: a-case, date: 2015-06-30}", SCENARIO, LIKE)
    node = reading.node
    if isinstance(node, MapNode) and not {"id", "Id", "ID"} & node.entries.keys():
        reading.problems.add(node, "RC205", "The scenario has no id.", "id: a-short-name.")
    take_over(reading, base)
    _check_sources(reading)


def _read_keys(
    reading: Reading, label: str, example: str, keys: Iterable[Key], resolved: Iterable[Key] = ()
) -> None:
    own_keys, sections = by_name(keys), reading.context.sections
    known_keys = (*own_keys, *by_name(resolved), *sections)
    reading.needs = {**reading.needs, **_plugins_needed(reading.node)}
    for key, value in reading.entries(reading.node, label, example):
        name = key.text
        if name in sections:
            read_section(name, value, reading)
        elif name in own_keys:
            content = own_keys[name].value.read(value, name, reading)
            reading.nodes[name] = value
            if isinstance(content, dict):
                reading.values |= {f"{name}.{key}": item for key, item in content.items()}
            else:
                reading.values[name] = content
        elif name not in known_keys:
            read_other(key, value, reading, known_keys)


def _plugins_needed(node: Node) -> dict[str, str]:
    """The plugins that sections need, as far as that is well formed; read first."""
    _, needs = node.entries.get("needs", (None, None)) if isinstance(node, MapNode) else (None, None)
    return {name: text_at(needs, name) for name in needs.entries} if isinstance(needs, MapNode) else {}


def _check_sources(reading: Reading) -> None:
    sources = reading.values.get("sources") or ()
    ids = [source.id for source in sources if source.id]
    for name in {name for name in ids if ids.count(name) > 1}:
        found = f"Two sources have the id {quoted(name)}."
        reading.problems.add(reading.node, "RC212", found, "a different id for each source.")
    own = {name for _, name in reading.sources_named}
    taken_over = (item for value in reading.values.values() for item in _sources_of(value))
    inherited = dict.fromkeys(name for name in taken_over if name not in own)
    for node, name in (*reading.sources_named, *((reading.node, name) for name in inherited)):
        if name not in ids:
            found, suggestion = f"There is no source {quoted(name)}.", nearest(name, ids)
            reading.problems.add(node, "RC225", found, "the id of a source of the case.", suggestion)


def _sources_of(value: Any) -> Iterator[str]:
    """The ids of sources to which a value, or one of several, refers."""
    for item in value if isinstance(value, tuple) else (value,):
        yield from getattr(item, "sources", ())
        yield from filter(None, (getattr(item, "source", ""),))


# scenarios ----------------------------------------------------------------------------------------


def _annotation(reading: Reading) -> Annotation:
    """An annotation; without a case if the file does not name it."""
    node = reading.node
    _read_keys(reading, "an annotation", "{for: a-case, owner: Who}", ANNOTATION)
    _check_sources(reading)
    for name, meaning in (("for", "the id of a case"), ("owner", "who adds these facts"),
                       ("sources", "where they come from")):  # fmt: skip
        if isinstance(node, MapNode) and name not in node.entries:
            found = f"The annotation does not say {meaning}."
            reading.problems.add(node, "RC205", found, f"the key {name}, with {meaning}.")
    owner, case = (reading.values.pop(name, None) or "" for name in ("owner", "for"))
    reading.values["id"] = case
    return Annotation(owner=owner, added=_scenario(reading))


def _scenario(reading: Reading) -> Scenario:
    values: dict[str, Any] = {}
    blocks: dict[str, dict[str, dict[str, Any]]] = {"": {}, "presumed": {}}
    for path, value in reading.values.items():
        half = "presumed" if path.startswith("presumed.") else ""
        name, _, rest = path.removeprefix("presumed.").partition(".")
        if half or name not in _KEYS:
            blocks[half].setdefault(name, {})[rest] = value
        elif rest:
            values.setdefault(name, {})[rest] = value
        elif value is not None:
            values[name] = value
    known = reading.context.sections
    sections, presumed = (
        {name: known[name](**block) for name, block in half.items() if name in known}
        for half in blocks.values()
    )
    unread, unread_presumed = (
        {name: block.get("", block) for name, block in half.items() if name not in known}
        for half in blocks.values()
    )
    places = {
        f"scenario.{path}" if path in _KEYS else path: _place(reading, path) for path in reading.nodes
    }
    core = {name: sections.pop(name) for name in CORE_SECTIONS if name in sections}
    return Scenario(
        **{"id": "", **values, **core},
        more=sections.values(),
        presumed=presumed.values(),
        unread={**unread, **({"presumed": unread_presumed} if unread_presumed else {})},
        places={"": _place(reading, ""), **places},
        read_as={code: entry for codes in reading.read_as.values() for code, entry in codes.items()},
    )


def _place(reading: Reading, path: str) -> str:
    node = reading.nodes.get(path, reading.node)
    return f"{reading.files.get(path, reading.problems.file)}:{node.line}:{node.column}"


# facts that contradict each other -----------------------------------------------------------------


def _check_constraints(scenario: Scenario, reading: Reading) -> None:
    context, node = reading.context, reading.node
    for constraint, keys in contradictions(scenario, context.vocabulary.breakable, directly=True):
        facts = ["date" if key == FACTS_DATE.key else key for key in keys]
        own = [reading.nodes[fact] for fact in facts if fact in reading.nodes.keys() - reading.files]
        last_place = max(own, key=lambda place: (place.line, place.column), default=node)
        *earlier, final = (_with_place(fact, reading) for fact in facts)
        contradiction = f"{', '.join(earlier)} and {final} contradict each other."
        found = contradiction if earlier else f"{final} contradicts itself."
        owners = (context.owners.get(fact.partition(".")[0]) for fact in facts)
        owner = next((f"(the plugin {owner}) " for owner in owners if owner), "")
        expected = (
            f"what agrees: {owner}{constraint.sentence} Change one of these answers, or leave it out."
        )
        reading.problems.add(last_place, "RC301", found, expected)


def _with_place(fact: str, reading: Reading) -> str:
    """A fact with its answer, if that is one word, and its position."""
    node, file = reading.nodes.get(fact), reading.files.get(fact, reading.problems.file)
    if node is None:
        return fact
    answer = f": {node.text}" if isinstance(node, Scalar) else ""
    elsewhere = "" if file == reading.problems.file else f"{file}, "
    return f"{fact}{answer} ({elsewhere}line {node.line}, column {node.column})"
