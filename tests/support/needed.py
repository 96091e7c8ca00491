"""Libraries that only the thorough tests need."""

from __future__ import annotations

from typing import Any

import pytest


def needed(module: str, group: str = "thorough") -> Any:
    """Imports a module, or skips the tests that need it and says how to install it."""
    return pytest.importorskip(
        module, reason=f"{module} is not installed: python -m pip install --group {group}"
    )
