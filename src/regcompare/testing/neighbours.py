"""What a ruleset must not change: the documented cases, and their results under every other ruleset."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from regcompare.errors import FileError, RegcompareError
from regcompare.plugins.catalogue import LIMIT, Catalogue, scenario_files
from regcompare.plugins.features import is_shipped
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess

from .subject import NotChecked, Subject

SHIPPED = "regcompare"
"""The distribution whose cases and rulesets are compared."""

Answers = Mapping[str, Mapping[str, str]]
"""For each case its result under each ruleset."""


def neighbours(subject: Subject) -> Iterator[str]:
    """With it every documented case can still be read, and every other ruleset answers as before."""
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
            yield f"With {ruleset.id} a documented case can no longer be read: {error.problems[0]}"
    for case in cases:
        for name, answer in before.get(case.id, {}).items():
            if (now := _answer(case, catalogue, name)) != answer:
                result = f"the result of {case.id} under {name} is {now}"
                yield f"With {ruleset.id} installed {result}; without it, {answer}."


def shipped_paths(catalogue: Catalogue) -> list[str]:
    """Returns the paths of the documented cases that ship."""
    return [path for plugin in catalogue.plugins if is_shipped(plugin.name) for path in plugin.paths]


def _answer(case: Scenario, catalogue: Catalogue, name: str) -> str:
    """The result of a case under a ruleset by plain logic, in a few words."""
    try:
        verdict = assess(case, catalogue.ruleset(name), look_ahead=False)
    except RegcompareError as error:
        return f"an error ({error})"
    rules = ", ".join(finding.rule.id for finding in verdict.holding)
    return f"{verdict.result} ({rules or 'no rule holds'})"


# in a process without the ruleset ------------------------------------------------------------------


@cache
def answers_before() -> Answers:
    """Returns the answers of a fresh process that loads only what ships."""
    command = [sys.executable, "-c", f"import {__name__} as module; module.print_answers()"]
    environment = {**os.environ, LIMIT: SHIPPED}
    process = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, text=True, check=False
    )
    if process.returncode:
        raise NotChecked(f"A fresh Python cannot be started to compare: {process.stderr[-200:]}")
    answers: Answers = json.loads(process.stdout)
    return answers


def print_answers() -> None:
    """Prints the results of the documented cases under the rulesets of this process, as JSON."""
    catalogue = Catalogue.installed()
    answers = {
        case.id: {name: _answer(case, catalogue, name) for name in catalogue.rulesets}
        for case in catalogue.read(*shipped_paths(catalogue))
    }
    sys.stdout.write(json.dumps(answers))
