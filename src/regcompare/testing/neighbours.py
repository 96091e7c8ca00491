"""What a ruleset leaves alone: the documented cases, and what every ruleset that ships makes of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from regcompare.errors import FileError, RegcompareError
from regcompare.plugins.catalogue import LIMIT, Catalogue, scenario_files
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess

from .subject import NotChecked, Subject

SHIPPED = "regcompare"
"""The distribution whose cases and rulesets are looked at."""

Answers = Mapping[str, Mapping[str, str]]
"""For each case, by ruleset, what it comes to."""


def neighbours(subject: Subject) -> Iterator[str]:
    """With it every documented case still reads, and every other ruleset answers as before."""
    ruleset = subject.ruleset
    shipped = (item for item in subject.catalogue.plugins if item.name.startswith(f"{SHIPPED}:"))
    if any(ruleset.id in item.rulesets for item in shipped):
        raise NotChecked(f"{ruleset.id} ships with regcompare; there are no answers without it.")
    before = answers_before()
    try:
        catalogue = subject.catalogue.with_ruleset(ruleset)
    except RegcompareError as error:
        yield str(error)
        return
    cases: list[Scenario] = []
    for file in scenario_files(shipped_paths(catalogue)):
        try:
            cases += catalogue.read_file(file)
        except FileError as error:
            yield f"With {ruleset.id} a documented case no longer reads: {error.problems[0]}"
    for case in cases:
        for name, answer in before.get(case.id, {}).items():
            if (now := _answer(case, catalogue, name)) != answer:
                said = f"With {ruleset.id} installed {name} makes {now} of {case.id}"
                yield f"{said}; without it, {answer}."


def shipped_paths(catalogue: Catalogue) -> list[str]:
    """Returns where the documented cases are, of what ships."""
    from regcompare.shipped_cases import regcompare_scenarios

    known = set(map(str, regcompare_scenarios()))
    return [str(path) for path in catalogue.paths if str(path) in known]


def _answer(case: Scenario, catalogue: Catalogue, name: str) -> str:
    """What a ruleset makes of a case by plain logic, in a few words."""
    try:
        verdict = assess(case, catalogue.ruleset(name), look_ahead=False)
    except RegcompareError as error:
        return f"an error ({error})"
    held = ", ".join(finding.rule.id for finding in verdict.holding)
    return f"{verdict.result} ({held or 'no rule holds'})"


# the same without it -------------------------------------------------------------------------------


@cache
def answers_before() -> Answers:
    """Returns what another process answers in which nothing but what ships is loaded."""
    command = [sys.executable, "-c", f"import {__name__} as told; told.tell_answers()"]
    limited = {**os.environ, LIMIT: SHIPPED}
    done = subprocess.run(command, env=limited, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise NotChecked(f"Python cannot be started anew to compare: {done.stderr[-200:]}")
    answers: Answers = json.loads(done.stdout)
    return answers


def tell_answers() -> None:
    """Prints what the rulesets of this process make of the documented cases, as JSON."""
    catalogue = Catalogue.installed()
    answers = {
        case.id: {name: _answer(case, catalogue, name) for name in catalogue.rulesets}
        for case in catalogue.read(*shipped_paths(catalogue))
    }
    sys.stdout.write(json.dumps(answers))
