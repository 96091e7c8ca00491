"""The pages for authors hold what the code holds; ``REGCOMPARE_RECORD=1`` records files and output anew."""

from __future__ import annotations

import importlib
import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.needed import needed
from tests.support.page_blocks import BLOCK, filled
from tests.support.recording import RECORD
from tools.reference import PUBLIC

from regcompare.plugins.catalogue import API, Hooks

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TOYLAND = ROOT / "plugins" / "regcompare-toyland"
EXAMPLES = DOCS / "how-to" / "from-statute-to-rule.md"
PACKAGE = TOYLAND / "src" / "regcompare_toyland"


def held_together(page: Path, wanted: Callable[[re.Match[str]], str | None]) -> list[str]:
    """Compares blocks of a page with what they should hold, or records it; returns what they held.

    ``wanted`` says what a block should hold, or that nothing is known of it.
    """
    text = page.read_text(encoding="utf-8")
    held: list[str] = []

    def kept(found: re.Match[str]) -> str:
        known = wanted(found)
        if known is None:
            return found[0]
        held.append(found["file"] or found["argument"] or found["text"])
        return filled(found, known)

    should = BLOCK.sub(kept, text)
    if RECORD:
        page.write_text(should, encoding="utf-8")
        text = should

    assert text == should
    return held


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the plugin of Toyland is installed, without a network."""
    target = tmp_path_factory.mktemp("toyland")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-build-isolation", "--disable-pip-version-check", "--target", target, TOYLAND),
        ],
        check=True,
        capture_output=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("PIP_")},
    )
    return target


def run(installed: Path, *command: str) -> str:
    """What a command prints with the plugin installed, in its folder; it must succeed."""
    path = os.pathsep.join([str(installed), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=TOYLAND,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# the tutorial ------------------------------------------------------------------------------------


def test_a_page_shows_parts_of_the_plugin() -> None:
    """What the page takes from a file is in that file, word for word."""
    parts = [
        found
        for found in BLOCK.finditer(EXAMPLES.read_text(encoding="utf-8"))
        if found["mark"] == "from"
    ]

    assert len({found["argument"] for found in parts}) == 5
    for found in parts:
        assert found["text"] in (PACKAGE / found["argument"]).read_text(encoding="utf-8")


@pytest.mark.thorough
def test_the_plugin_passes_its_own_tests(installed: Path, tmp_path: Path) -> None:
    """The tests of the plugin pass, its registration among them; nothing is skipped."""
    shutil.copytree(TOYLAND / "tests", tmp_path / "tests")

    told = run(installed, "pytest", "-q", "-p", "no:cacheprovider", "-rs", str(tmp_path))

    assert "passed" in told
    assert "skipped" not in told


def test_a_misspelt_fact_fails_at_import(tmp_path: Path) -> None:
    """What the page says about a misspelt fact is what the author sees."""
    module = tmp_path / "regcompare_toyland"
    shutil.copytree(PACKAGE, module)
    article = module / "article_1.py"
    article.write_text(
        article.read_text(encoding="utf-8").replace("Toy.hears", "Toy.haers"), encoding="utf-8"
    )

    done = subprocess.run(
        [sys.executable, "-c", "import regcompare_toyland"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    message = "AttributeError: Toy has no fact 'haers'. Did you mean 'Toy.hears'?"

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == message
    assert message in EXAMPLES.read_text(encoding="utf-8")


@pytest.mark.thorough
def test_the_plugin_is_typed_strictly(tmp_path: Path) -> None:
    """``mypy --strict`` accepts the plugin, and refuses a misspelt fact and a misspelt answer in it."""
    needed("mypy", "lint")
    shutil.copytree(TOYLAND / "src", tmp_path, dirs_exist_ok=True)
    slips = tmp_path / "regcompare_toyland" / "slips.py"
    slips.write_text(
        "from regcompare.authoring import Item\n\nfrom .facts import Toy\n\n"
        'first = Toy.haers\nsecond = Item.technology.is_in("facial")\nthird = Toy(hears="perhaps")\n',
        encoding="utf-8",
    )

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--no-incremental",
            "--config-file=",
            "-p",
            "regcompare_toyland",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")])},
    )
    told = re.findall(r"(\w+\.py):(\d+): error: .*\[([a-z-]+)\]", done.stdout)

    assert told == [
        ("slips.py", "5", "attr-defined"),
        ("slips.py", "6", "arg-type"),
        ("slips.py", "7", "arg-type"),
    ], done.stdout + done.stderr


# what may be relied on ---------------------------------------------------------------------------


def relied_on() -> list[str]:
    """The modules that the page on Python lists."""
    return [name for modules in PUBLIC.values() for name in modules]


def test_what_may_be_relied_on_exists() -> None:
    """Every module listed has a sorted list of names, each of which is there."""
    for name in relied_on():
        module = importlib.import_module(name)

        assert module.__all__, name
        assert [word for word in module.__all__ if not hasattr(module, word)] == []


def test_the_page_names_the_number() -> None:
    """The API number on the page is the library's."""
    page = (DOCS / "reference" / "hooks.md").read_text(encoding="utf-8")

    assert f"at present {API}." in page
    assert f"REGCOMPARE_API = {API}" in (PACKAGE / "__init__.py").read_text(encoding="utf-8")


# hooks -------------------------------------------------------------------------------------------


def signature(name: str) -> str:
    """A hook as its implementation is written, with the sentence that says what it returns."""
    hook = getattr(Hooks, name)
    arguments = [item for item in inspect.signature(hook).parameters if item != "self"]
    returned = inspect.signature(hook).return_annotation
    return f"{name}({', '.join(arguments)}) -> {returned}\n{inspect.getdoc(hook)}\n"


def test_every_hook_is_documented_with_its_exact_signature() -> None:
    """One section for each hook, with its signature and what it returns."""
    page = DOCS / "reference" / "hooks.md"
    shown = held_together(
        page, lambda found: signature(found["argument"]) if found["mark"] == "hook" else None
    )
    sections = re.findall(r"^## (regcompare_\w+)$", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert shown == sections == [name for name in vars(Hooks) if name.startswith("regcompare_")]


def test_the_examples_of_hooks_run() -> None:
    """The Python of the page on hooks runs, block by block, and each hook returns what it should."""
    page = (DOCS / "reference" / "hooks.md").read_text(encoding="utf-8")
    namespace: dict[str, object] = {}

    for source in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(source, "hooks.md", "exec"), namespace)

    for name in (name for name in vars(Hooks) if name.startswith("regcompare_")):
        hook = namespace[name]
        assert callable(hook)
        assert len(hook()) == 1
