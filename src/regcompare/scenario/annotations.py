"""Facts that anyone adds to a documented case, in a file of their own, with sources and an owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from regcompare.errors import FileError, Problem, nearest
from regcompare.facts import UNKNOWN, Fact, facts_of, stated_in

from .scenario import Annotation, Scenario, overlay


def by_case(annotations: Iterable[Annotation]) -> dict[str, tuple[Annotation, ...]]:
    """Returns annotations by the id of the case that they are for, each once."""
    found: dict[str, dict[Annotation, None]] = {}
    for item in annotations:
        found.setdefault(item.case, {})[item] = None
    return {name: tuple(items) for name, items in found.items()}


def annotate(case: Scenario, annotations: Iterable[Annotation]) -> Scenario:
    """Returns a case with the facts that annotations add, and with their sources and expectations.

    What the case states as unknown, an annotation may answer.

    Raises:
        FileError: A fact is stated in two places with different answers; both places are named.
    """
    problems: list[Problem] = []
    for item in annotations:
        if item not in case.annotations:
            problems += _contradicting(case, item)
            case = _with(case, item)
    if problems:
        raise FileError(problems)
    return case


def _with(case: Scenario, added: Annotation) -> Scenario:
    return attrs.evolve(
        case.with_facts(*added.sections),
        presumed=_joined(case.presumed, added.presumed),
        sources=tuple(dict.fromkeys((*case.sources, *added.sources))),
        expect=(*case.expect, *added.expect),
        needs={**case.needs, **added.needs},
        unread={**case.unread, **added.unread},
        places={**added.places, **case.places},
        read_as={**case.read_as, **added.read_as},
        annotations=(*case.annotations, added),
    )


def _joined(own: Iterable[Any], added: Iterable[Any]) -> tuple[Any, ...]:
    """Sections with what others of their classes presume besides."""
    joined = {type(section): section for section in own}
    for section in added:
        joined[type(section)] = overlay(joined.get(type(section), type(section)()), section)
    return tuple(joined.values())


def _contradicting(case: Scenario, added: Annotation) -> Iterator[Problem]:
    pairs = (("", case.sections(), added.sections), ("presumed.", case.presumed, added.presumed))
    for within, own, sections in pairs:
        before = {key: answer for section in own for key, answer in stated_in(section).items()}
        for section in sections:
            for name, fact in facts_of(type(section)).items():
                answer, known = getattr(section, name), before.get(fact.key)
                if answer is not None and known not in (None, UNKNOWN, answer):
                    yield _contradiction(within, fact, (known, answer), case, added)


def _contradiction(
    within: str, fact: Fact, answers: tuple[Any, Any], case: Scenario, added: Annotation
) -> Problem:
    key = within + fact.key
    stated = case.places.get(key, f"the case {case.id}")
    file, line, column = added.place_of(key)
    said, other = (fact.write(answer) for answer in answers)
    found = f"{key} of {case.id} is {other} here, and {said} in {stated}."
    expected = "one answer; correct one of the two, or leave it out of the annotation."
    return Problem(file, line, column, "RC231", found, expected)


def merge_annotated(cases: Iterable[Scenario]) -> tuple[Scenario, ...]:
    """Returns cases, each that is there with facts added once, with all that is added to it.

    Raises:
        FileError: As for ``annotate``.
    """
    cases = tuple(cases)
    full: dict[str, Scenario] = {}
    for case in cases:
        if case.annotations:
            full[case.id] = annotate(full.get(case.id, case), case.annotations)
    firsts = {case.id: case for case in reversed(cases)}
    return tuple(
        full.get(case.id, case) for case in cases if case.id not in full or case is firsts[case.id]
    )


def refuse_unknown_cases(annotations: Iterable[Annotation], known: Mapping[str, Any]) -> None:
    """Refuses annotations of cases that do not exist.

    Raises:
        FileError: There are such; each problem names the nearest case.
    """
    problems = [
        Problem(
            *item.place_of(""),
            "RC232",
            f"There is no case {item.case!r} to add facts to.",
            "the id of a case of the same files or of the catalogue.",
            nearest(item.case, known),
        )
        for item in annotations
        if item.case not in known
    ]
    if problems:
        raise FileError(problems)
