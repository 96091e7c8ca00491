"""The core works without the feature packages: its tests pass where these cannot be imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FEATURES = "regcompare_elsewhere regcompare_page regcompare_prove regcompare_registers"
CORE_TESTS = (
    "test_marks.py", "test_named_cases.py", "test_streams.py",
    "test_likeness.py", "test_dated_tables.py", "test_questions.py",
)  # fmt: skip


def test_the_core_is_tested_without_the_feature_packages() -> None:
    """No test of the core needs proofs, registers or the page."""
    limits = {"REGCOMPARE_PLUGINS": "cases,eu,amnesty", "REGCOMPARE_WITHOUT": FEATURES}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    chosen = ["-m", "not thorough", *(str(Path(__file__).with_name(name)) for name in CORE_TESTS)]

    ended = subprocess.run(
        [*command, *chosen], capture_output=True, text=True, env=os.environ | limits, check=False
    )

    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-2000:]
