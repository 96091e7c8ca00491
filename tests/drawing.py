"""How many examples a property draws."""

from __future__ import annotations

from hypothesis import settings


def fewer(times: int) -> settings:
    """So many times fewer examples than other properties, for one whose every example is expensive."""
    return settings(max_examples=max(1, settings().max_examples // times))
