"""Facts added to a documented case in a separate file, with sources and an owner."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from regcompare.errors import FileError, Problem, nearest
from regcompare.facts import UNKNOWN, section_of, written

from .provenance import Basis
from .scenario import Annotation, Scenario, stated_answers


def by_case(annotations: Iterable[Annotation]) -> dict[str, tuple[Annotation, ...]]:
    """Returns annotations by the id of their case, without duplicates."""
    groups: dict[str, dict[Annotation, None]] = {}
    for item in annotations:
        groups.setdefault(item.case, {})[item] = None
    return {name: tuple(items) for name, items in groups.items()}


def annotate(case: Scenario, annotations: Iterable[Annotation]) -> Scenario:
    """Returns a case with the facts that annotations add, and with their sources and expectations.

    An annotation may answer what the case states as unknown; two different answers are a ``FileError``.
    """
    problems: list[Problem] = []
    for item in annotations:
        if item not in case.annotations:
            problems += _contradicting(case, item)
            case = _with_annotation(case, item)
    if problems:
        raise FileError(problems)
    return case


def _with_annotation(case: Scenario, annotation: Annotation) -> Scenario:
    """The case with what an annotation adds; a fact rests on what that names, or on all its sources."""
    added = annotation.added
    every = Basis(sources=[source.id for source in added.sources if source.id])
    bases = {key: added.known_from.get(section_of(key), every) for key in annotation.facts}
    return attrs.evolve(
        case.stating(added.facts),
        presumed={**case.presumed, **added.presumed},
        sources=tuple(dict.fromkeys((*case.sources, *added.sources))),
        known_from={**bases, **added.known_from, **case.known_from},
        expect=(*case.expect, *added.expect),
        places={**added.places, **case.places},
        annotations=(*case.annotations, annotation),
    )


def _contradicting(case: Scenario, annotation: Annotation) -> Iterator[Problem]:
    added = annotation.added
    both = ("", case.facts, added.facts), ("presumed.", case.presumed, added.presumed)
    for prefix, answers, others in both:
        for fact, answer in others.items():
            if answers.get(fact) not in (None, UNKNOWN, answer):
                key = prefix + fact
                place = case.places.get(key, f"the case {case.id}")
                found = f"{key} of {case.id} is {written(answer)} here, and {written(answers[fact])} in "
                expected = "one answer; correct one of the two, or leave it out of the annotation."
                yield Problem(*added.place_of(key), "RC231", f"{found}{place}.", expected)


def merge_annotated(cases: Iterable[Scenario]) -> tuple[Scenario, ...]:
    """Returns cases with all that is added to them; raises as ``annotate``, and for two of one id."""
    cases = tuple(cases)
    if problems := list(repeated_ids(cases)):
        raise FileError(problems)
    merged: dict[str, Scenario] = {}
    for case in cases:
        merged[case.id] = annotate(merged.get(case.id, case), case.annotations)
    return tuple(merged.values())


def repeated_ids(cases: Iterable[Scenario]) -> Iterator[Problem]:
    """Yields a problem for each case whose id another has; a case given twice is one case."""
    first_cases: dict[str, Scenario] = {}
    for case in cases:
        first = first_cases.setdefault(case.id, case)
        if first is not case and not _is_same(first, case):
            found = f"The id {case.id!r} exists already, in {first.place_of('scenario.id')}."
            expected = "a different id for each case."
            yield Problem(*case.place_of("scenario.id"), "RC212", found, expected)


def _is_same(case: Scenario, other: Scenario) -> bool:
    """Says whether two are one: read from one position, and equal once annotations are added."""
    if not case.places:
        return case == other
    (file, *place), (other_file, *other_place) = case.place, other.place
    if place != other_place or os.path.realpath(file) != os.path.realpath(other_file):
        return False
    both = annotate(case, other.annotations), annotate(other, case.annotations)
    first, second = ((stated_answers(item), item.presume, item.presumed, item.as_if) for item in both)
    return first == second


def refuse_unknown_cases(annotations: Iterable[Annotation], cases: Mapping[str, Any]) -> None:
    """Raises a ``FileError`` for annotations of cases that do not exist, with the nearest of each."""
    expected = "the id of a case of the same files or of the catalogue."
    problems = []
    for item in annotations:
        if item.case not in cases:
            found, near = f"There is no case {item.case!r} to add facts to.", nearest(item.case, cases)
            problems.append(Problem(*item.added.place, "RC232", found, expected, near))
    if problems:
        raise FileError(problems)
