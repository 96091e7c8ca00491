"""Which tests run, how many examples Hypothesis draws, and fixtures for all tests."""

from __future__ import annotations

import gc
import os
import random
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory

if os.environ.get("REGCOMPARE_PURE_YAML"):  # Reads YAML as where its C library is not installed.
    sys.modules["yaml._yaml"] = None  # type: ignore[assignment]

import pytest
from hypothesis import HealthCheck, settings

from regcompare.plugins import plugin
from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.features import SHIPPED
from regcompare.plugins.hooks import GROUP

plugin.SLOW = 60.0  # Not the fault of a plugin where other tests keep the machine busy.

LONGEST = (
    "test_mutants.py",
    "test_page_agreement.py",
    "test_documentation_site.py",
    "test_oracle_of_law.py",
)

# Every run draws new examples, unless --hypothesis-seed is given; no test fails because a machine is slow
# or because many examples are rejected.
PROFILE = settings(
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
settings.register_profile("quick", PROFILE, max_examples=12)
settings.register_profile("thorough", PROFILE, max_examples=50)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option --thorough."""
    parser.addoption("--thorough", action="store_true", help="run the tests marked as thorough as well")


def pytest_configure(config: pytest.Config) -> None:
    """Leaves out tests marked as thorough, unless --thorough is given or their file is named."""
    refuse_stale_installation(config.rootpath)
    compile_once(config)
    os.environ.setdefault(
        "PYSPARK_PYTHON", sys.executable
    )  # Otherwise Spark uses the first on the path.
    if config.option.thorough:
        settings.load_profile("thorough")
    elif not config.option.markexpr and not any(".py" in name for name in config.args):
        config.option.markexpr = "not thorough"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Has the longest files begin first: one that begins last keeps one core busy and the others waiting."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_collection_finish() -> None:
    """Keeps the collector from visiting, again and again, what stays until the end: modules, rulesets and tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def compile_once(config: pytest.Config) -> None:
    """Has commands that tests start compile the library once a run, where no bytecode may lie beside sources."""
    if sys.dont_write_bytecode and not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="bytecode-")
        config.add_cleanup(folder.cleanup)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder.name


def refuse_stale_installation(root: Path) -> None:
    """Ends the run where the library was installed before a package joined or left it."""
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    ours = pyproject["project"]["entry-points"][GROUP]
    found = [item for item in entry_points(group=GROUP) if item.dist and item.dist.name == SHIPPED]
    if found and {item.name: item.value for item in found} != ours:
        pytest.exit("Packages have joined or left. Type: python -m pip install -e '.[all]'", 4)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of the run, or a new one."""
    given = request.config.getoption("--hypothesis-seed")
    return random.SystemRandom().getrandbits(32) if given is None else int(given)


@pytest.fixture(autouse=True)
def no_made_module_stays(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Forgets the modules that a test imported from a temporary folder: another test's may have their names."""
    before = set(sys.modules)
    yield
    made = str(tmp_path_factory.getbasetemp())
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(made):
            del sys.modules[name]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue of what ships."""
    from tests.support.shipped import CATALOGUE

    return CATALOGUE


@pytest.fixture(scope="module")
def alone() -> Iterator[None]:
    """Hides the plugins of others, so that output can be compared with committed files."""
    from tests.support.shipped import only_what_ships

    with only_what_ships():
        yield
