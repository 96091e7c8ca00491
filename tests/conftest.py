"""What every test shares: which tests run, and how many examples Hypothesis draws."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from tests.shipped import CATALOGUE, only_what_ships

from regcompare.plugins.catalogue import Catalogue

# Every run draws new examples, unless --hypothesis-seed is given; nothing fails because a machine is slow
# or because chance draws much that is left aside.
DRAWING = settings(
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
settings.register_profile("quick", DRAWING, max_examples=20)
settings.register_profile("thorough", DRAWING, max_examples=50)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that runs everything."""
    parser.addoption("--thorough", action="store_true", help="run the tests marked as thorough as well")


def pytest_configure(config: pytest.Config) -> None:
    """Leaves tests marked as thorough out, unless they are asked for or their file is named."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Else Spark takes the first on the path.
    if config.option.thorough:
        settings.load_profile("thorough")
    elif not config.option.markexpr and not any(".py" in name for name in config.args):
        config.option.markexpr = "not thorough"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """What is installed."""
    return CATALOGUE


@pytest.fixture(scope="module")
def alone() -> Iterator[None]:
    """Commands find no plugin of others, so that what they print can be compared with what is committed."""
    with only_what_ships():
        yield
