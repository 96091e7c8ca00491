"""The law of three states: what holds of every ruleset, and what is peculiar to each."""

from __future__ import annotations

import pytest

from regcompare.testing import conformance_suite
from regcompare_world import CH, UK, US_EAR, US_EAR_2024_PROPOSAL

pytestmark = pytest.mark.thorough

TestCh = conformance_suite(CH)
TestUk = conformance_suite(UK)
TestUsEar = conformance_suite(US_EAR)
TestUsEar2024 = conformance_suite(US_EAR_2024_PROPOSAL, beside=(US_EAR,))
