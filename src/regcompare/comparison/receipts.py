"""Receipts: what somebody else needs to get the same number or result again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata
from typing import Any

import attrs

from regcompare._support.asked import Asked
from regcompare._support.displays import exported
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.program.portable import portable_scenario
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario

SOFTWARE = "regcompare"
"""The name of the library, as in CITATION.cff."""


@attrs.frozen
class Receipt(Asked):
    """The data that somebody else needs to get the same number.

    Attributes:
        python: The line that makes it, after ``import regcompare as rc``.
        gives: What the line gives, as ``repr`` writes it.
        population: What is counted, with its definition.
        facts_sha256: A hash of what the counted cases state and assume; see ``facts_hash``.
        law_sha256: A hash of the rulesets with their tables on their days; see ``law_hash``.
        version: The version of the library.
    """

    python: str
    gives: str
    population: str
    facts_sha256: str
    law_sha256: str
    version: str

    def __getitem__(self, name: str) -> str:
        """Returns one of its parts by name.

        Raises:
            UsageError: It has no such part.
        """
        parts = dict(self.items())
        if name not in parts:
            hint = did_you_mean(nearest(name, parts))
            raise UsageError(f"A receipt has no {name!r}.{hint} Expected {', '.join(parts)}.")
        return parts[name]

    def items(self) -> list[tuple[str, str]]:
        """Returns its parts by name."""
        return list(attrs.asdict(self).items())


def hash_of(hashes: Iterable[str]) -> str:
    """Returns the SHA-256 of several hashes, in whatever order they come."""
    return hashlib.sha256("".join(sorted(hashes)).encode("ascii")).hexdigest()


def facts_hash(scenario: Scenario) -> str:
    """Returns the SHA-256 of what a case states and assumes, the same on every machine.

    It covers ``portable_scenario`` as JSON with sorted keys, without spaces, in ASCII.  Title, sources
    and the record of what happened are left out.
    """
    return _hash_of_json(portable_scenario(scenario))


@lru_cache(maxsize=64)
def law_hash(ruleset: Ruleset, day: dt.date | None) -> str:
    """Returns the SHA-256 of a ruleset with its tables on a day, as ``regcompare export`` has them."""
    return _hash_of_json(exported([ruleset], day))


def _hash_of_json(data: Any) -> str:
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def version() -> str:
    """Returns the version of the library."""
    return metadata.version(SOFTWARE)
