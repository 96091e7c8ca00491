"""The core names no regime, country, case or company; what it needs of them comes from plugins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.shipped import CASES, CATALOGUE

import regcompare
from regcompare.facts import countries

CODE = Path(regcompare.__file__).parent
ALLOWED = re.compile(r">>>|\bXI\b|Northern\b|\"Ireland\), or unknown")
"""Examples at the front door, which run as tests, and the code of a country that no standard has."""


def _names() -> Iterator[str]:
    yield from (*CATALOGUE.rulesets, *countries().values(), "Amnesty")
    for case in CASES:
        parties = (case.exporter.name, case.end_user.name)
        yield from (case.id, *(name for name in parties if isinstance(name, str)))


NAME = re.compile(rf"\b({'|'.join(map(re.escape, _names()))})\b")


@pytest.mark.parametrize("path", sorted(CODE.rglob("*.py")), ids=lambda path: path.name)
def test_a_module_of_the_core_names_nobody(path: Path) -> None:
    """No ruleset, country, case, exporter or user that ships is named, in code or documentation."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {match[0] for line in lines if not ALLOWED.search(line) for match in NAME.finditer(line)}

    assert found == set()
