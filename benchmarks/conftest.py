"""Prints the ratios that benchmarks record, after everything else."""

from __future__ import annotations

import pytest

RATIOS = pytest.StashKey[dict[str, float]]()


@pytest.fixture
def ratios(request: pytest.FixtureRequest) -> dict[str, float]:
    """The ratios that benchmarks record, by name."""
    return request.config.stash.setdefault(RATIOS, {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the ratios."""
    for name, ratio in config.stash.get(RATIOS, {}).items():
        terminalreporter.write_line(f"{name}: {ratio:.2f}")
