"""Writes cases as scenario files, so that what was drawn or found in a test can be read."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import yaml

from regcompare import Scenario
from regcompare.facts import UNKNOWN, written
from regcompare.ruleset.rules import Span
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.files._keys import SCENARIO
from regcompare.scenario.provenance import Basis


def case_file(cases: Scenario | Iterable[Scenario], kind: str = "yaml") -> str:
    """Returns the text of a file with one case, or with a list of them."""
    block: Any = _case(cases) if isinstance(cases, Scenario) else list(map(_case, cases))
    if kind == "json":
        return json.dumps(block, indent=2, ensure_ascii=False)
    text: str = yaml.safe_dump(block, sort_keys=False, default_flow_style=None)
    return text


def _case(case: Scenario) -> dict[str, Any]:
    keys = {name: getattr(case, name) for name in SCENARIO}
    keys |= {
        "date": written(case.known_day),
        "presumed": _sections(case.presumed),
        "expect": _expectations(case.expect),
    }
    stated = {name: value for name, value in keys.items() if value not in (None, "", (), {})}
    return {name: _plain(value) for name, value in stated.items()} | _sections(case.facts)


def _sections(answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = {}
    for key, answer in answers.items():
        section, _, field = key.partition(".")
        blocks.setdefault(section, {})[field] = written(answer)
    return blocks


def _expectations(expectations: Iterable[Expectation]) -> dict[str, list[dict[str, Any]]]:
    blocks: dict[str, list[dict[str, Any]]] = {}
    for item in expectations:
        keys = attrs.asdict(item, recurse=False)
        low, high, within, ruleset = (keys.pop(name) for name in ("low", "high", "within", "ruleset"))
        ends = {} if low is None else {"within" if within else "outcome": str(Span(low, high))}
        rest = {name: _plain(value) for name, value in keys.items() if value not in (None, ())}
        blocks.setdefault(ruleset, []).append(ends | rest)
    return blocks


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is UNKNOWN:
        return written(value)
    if isinstance(value, Basis) and not value.classified:
        return list(value.sources)
    if attrs.has(type(value)):
        parts = attrs.asdict(value, recurse=False).items()
        return {name: _plain(part) for name, part in parts if part not in (None, "", ())}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return list(map(_plain, value))
    return value.isoformat() if isinstance(value, dt.date) else value
