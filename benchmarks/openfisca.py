"""OpenFisca-Core on the rules of ``openfisca_rules``, in this environment or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.invented import ROUNDS, facts_for_openfisca

__all__ = ["measured_openfisca"]

PYTHON = "OPENFISCA_PYTHON"
"""The variable that may name a Python which has OpenFisca-Core."""


def measured_openfisca(rows: int, folder: Path) -> dict[str, Any] | str:
    """Returns what ``openfisca_rules`` tells, or why it could not be measured."""
    python = os.environ.get(PYTHON, sys.executable)
    probe = "import openfisca_core"
    if subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode:
        return f"OpenFisca-Core is not installed; name a Python that has it in {PYTHON}."
    file = folder / "facts.npz"
    facts_for_openfisca(str(file), rows)
    script = Path(__file__).with_name("openfisca_rules.py")
    done = subprocess.run(
        [python, str(script), str(file), str(ROUNDS)], capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
