"""The number of examples that a property test draws."""

from __future__ import annotations

from hypothesis import settings


def fewer(times: int) -> settings:
    """Settings with this many times fewer examples than usual, for a property with expensive examples."""
    return settings(max_examples=max(1, settings().max_examples // times))
