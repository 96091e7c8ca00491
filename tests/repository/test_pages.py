"""Every block of the documentation runs: what a page tells the reader to type gives what it shows.

A page is run from top to bottom in a folder of its own.

- ``python`` blocks run one after another in one namespace.
- ``sh`` blocks run line by line; ``regcompare`` is called in this process, anything else by the shell.
- What stands after ``<!-- printed -->`` is what the block before it printed.
- A block under the name of a file is written to that file, and a scenario file has to load and meet its
  expectations.

`page_blocks` tells of the other marks.
``REGCOMPARE_RECORD=1`` writes what was printed into the pages.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from tests.support.offenders import of_each
from tests.support.page_blocks import BLOCK, filled, first_lines, hidden
from tests.support.recording import RECORD

from regcompare.cli import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INSTALL = DOCS / "how-to" / "install.md"
GENERATED = ("rulesets/", "benchmarks.md")
ELSEWHERE = ("findings.md",)
"""Run by test_findings.py."""


def pages() -> list[Path]:
    """Every page written by hand, the README first."""
    found = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
    kept = (
        path for path in found if not str(path.relative_to(DOCS)).startswith((*GENERATED, *ELSEWHERE))
    )
    return [ROOT / "README.md", *kept]


@attrs.define
class Run:
    """One page as it is run."""

    folder: Path
    page: str = ""
    namespace: dict[str, Any] = attrs.field(factory=lambda: {"__name__": "page"})
    printed: str | None = None
    is_left: bool = False

    def block(self, found: re.Match[str]) -> str:
        """Runs a block and returns the text that belongs into it."""
        mark, told = found["mark"] or "", found["argument"] or ""
        kind, text, file = found["kind"], found["text"], found["file"] or ""
        self.is_left = (mark == "needs" and not shutil.which(told)) or (
            mark == "printed" and self.is_left
        )
        if self.is_left:
            return text
        if mark == "run":
            test = (ROOT / told).read_text(encoding="utf-8")
            if kind == "python":  # The test runs what it finds on the page.
                assert f'"{self.page}"' in test
                return text
            assert all(f'["{shlex.split(line)[1]}"' in test for line in text.splitlines())
            return text
        if mark == "printed":
            assert self.printed is not None, f"Nothing was run right before {text.splitlines()[0]!r}."
            return first_lines(self.printed, told)
        self.printed = None
        if file:
            (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / file).write_text(text, encoding="utf-8")
        elif kind == "python" and mark != "from":
            self.printed = self.python(text)
        elif kind == "sh" and mark != "install":
            lines = text.replace("\\\n", " ").splitlines()
            self.printed = "".join(self.command(line) for line in lines)
        if kind == "yaml" and (file or text.startswith("id:")):
            self.case(file or "case.yaml", text)
        return text

    def python(self, text: str) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.chdir(self.folder):
            exec(compile(text, "page", "exec"), self.namespace)
        return out.getvalue()

    def command(self, line: str) -> str:
        """Runs one line and returns what it printed."""
        words = shlex.split(line, comments=True)
        if words and words[0] == "regcompare" and ">" not in words:
            return self.regcompare(words[1:])
        return self.shell(line)

    def regcompare(self, words: list[str]) -> str:
        with contextlib.chdir(self.folder):
            done = CliRunner().invoke(main, words, catch_exceptions=False)
        assert done.exit_code in (0, 1), f"{words}: {done.output}"
        return done.stdout

    def shell(self, line: str) -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-ec", line],
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        return done.stdout

    def case(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        own = [word for file in sorted(self.folder.glob("*.py")) for word in ("--load", str(file))]
        words = ["check", str(self.folder / name), *own]
        done = CliRunner().invoke(main, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.thorough
@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    """What the page shows is what its blocks give."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    run = Run(tmp_path, page.name)
    text = page.read_text(encoding="utf-8")

    wanted = BLOCK.sub(lambda found: filled(found, run.block(found)), text)
    if RECORD and wanted != text:
        page.write_text(wanted, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == wanted
    for drawn in (path for path in tmp_path.glob("*.svg") if f"pictures/{path.name})" in text):
        kept = DOCS / "pictures" / drawn.name
        if RECORD:
            shutil.copy(drawn, kept)
        assert kept.read_bytes() == drawn.read_bytes(), kept


def test_the_first_page_of_each_path_has_a_picture() -> None:
    """A reader sees what the tool makes before the first command."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    first = re.findall(r"^1\. \[[^\]]*\]\((.*?)\)", index, re.MULTILINE)

    assert len(first) == index.count("\n### You ")
    assert [
        page for page in ("index.md", *first) if "![" not in (DOCS / page).read_text(encoding="utf-8")
    ] == []


@of_each(
    "page",
    [*pages(), *(DOCS / name for name in ELSEWHERE)],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_what_a_reader_types_is_in_view(page: Path) -> None:
    """No comment of a page holds a command or a name of a file, which neither GitHub nor the site shows.

    The command stands in a block of ``sh`` right before what it prints, under ``<!-- printed -->``; the name
    of a file stands in bold code before what it holds.
    """
    assert hidden(page.read_text(encoding="utf-8")) == []


@of_each("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_with_commands_says_where_they_work(page: Path) -> None:
    """A page that has something to type says that the environment has to be active, and leads to how."""
    text = page.read_text(encoding="utf-8")

    assert "```sh\n" not in text or "install.md" in text or page == INSTALL


@pytest.mark.thorough
def test_what_runs_in_a_browser_needs_no_compiled_module() -> None:
    """The Python of the page for the browser returns its answer with the Python sources of all dependencies alone."""
    page = (DOCS / "how-to" / "publish-the-site.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"runPython\(`\n(.*?)`\)", page, re.DOTALL)
    refusing = """
from importlib.machinery import ExtensionFileLoader

created = ExtensionFileLoader.create_module

def refuse(loader, spec):
    if "site-packages" in loader.path:
        raise ImportError(loader.path)
    return created(loader, spec)

ExtensionFileLoader.create_module = refuse
"""
    asked = 'said = run("explain morpho-shanghai-2015 -r eu-2021-821"); print("returned:", "must report?" in said)'

    done = subprocess.run(
        [sys.executable, "-c", f"{refusing}{shown}\n{asked}"], capture_output=True, text=True, check=True
    )

    assert done.stdout == "returned: True\n"


def test_entries_are_listed_from_the_day_of_the_table() -> None:
    """The page on the control lists gives each entry of Annex I the day of its row, and each of a national list."""
    page = (DOCS / "reference" / "control-lists.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`\d[A-E].*?) \|(?:[^|]*\|){2} ?([\d-]*) \| \w+ \|$", page, re.MULTILINE)
    told = {code: day for codes, day in rows for code in re.findall(r"`(\w[\w.]+)`", codes)}
    listed = {row["pattern"]: row["start"] for row in table_rows("annex_i.csv")}
    national = {
        code: row["start"] for row in table_rows("national_lists.csv") for code in row["entries"].split()
    }

    assert len(told) >= 15
    assert told == {code: (listed | national).get(code, listed["*"]) for code in told}


def table_rows(name: str) -> list[dict[str, str]]:
    """The rows of a dated table of European law."""
    text = (resources.files("regcompare_eu.tables") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@of_each(
    "page",
    [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    """No page links to a file that is not there; whether the rest of the world is, nobody asks here."""
    prose = BLOCK.sub("", page.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose)
    local = [link for link in links if not link.startswith(("http:", "https:", "mailto:"))]

    assert [link for link in local if not (page.parent / link).exists()] == []
