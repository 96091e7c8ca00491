"""The law of three states: what holds of every ruleset, and what is peculiar to each."""

from __future__ import annotations

from regcompare.testing import conformance_suite
from regcompare_world import CH, UK

TestCh = conformance_suite(CH)
TestUk = conformance_suite(UK)
