"""Every block of the documentation runs: what a page tells the reader to type gives what it shows.

A page is run from top to bottom in a folder of its own.

- ``python`` blocks run one after another in one namespace; a ``text`` block after ``<!-- printed -->``
  holds what the block before it printed.  A block after ``<!-- needs: PROGRAM -->`` is left as it is
  where that program is not installed.
- ``sh`` blocks run line by line; ``regcompare`` is called in this process, anything else by the shell.
  Lines of a block after ``<!-- install -->`` set up an environment; `.ci/run` runs those.
- ``yaml`` and other blocks after ``<!-- file: NAME -->`` are written to that file, and a scenario file
  has to load and meet its expectations.
- A ``text`` or ``json`` block after ``<!-- output: COMMAND -->`` holds what that command prints.

``REGCOMPARE_RECORD=1`` writes what was printed into the pages.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from regcompare.cli import main

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
RECORD = os.environ.get("REGCOMPARE_RECORD") == "1"
BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[a-z]+)(?:: (?P<told>[^\n]*?))? -->\n+)?"
    r"^(?P<fence>`{3,})(?P<kind>[a-z]*)\n(?P<text>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
GENERATED = ("rulesets/", "coverage.md", "not-verified.md", "licence-figures.md", "benchmarks.md")
ELSEWHERE = ("tutorial/your-own-plugin.md",)
"""Its blocks are the files of a plugin and what its tests print; test_author_pages.py runs them."""


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
    namespace: dict[str, Any] = attrs.field(factory=lambda: {"__name__": "page"})
    printed: str = ""
    is_left: bool = False

    def block(self, found: re.Match[str]) -> str:
        """Runs a block and returns the text that belongs into it."""
        mark, told = found["mark"] or "", found["told"] or ""
        kind, text = found["kind"], found["text"]
        self.is_left = (mark == "needs" and not shutil.which(told)) or (
            mark == "printed" and self.is_left
        )
        if self.is_left:
            return text
        if mark == "output":
            return self.command(told)
        if mark == "printed":
            return self.printed
        if mark == "file":
            (self.folder / told).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / told).write_text(text, encoding="utf-8")
        elif kind == "python":
            self.python(text)
        elif kind == "sh" and mark != "install":
            for line in text.replace("\\\n", " ").splitlines():
                self.command(line)
        if kind == "yaml" and (mark == "file" or text.startswith("id:")):
            self.case(told or "case.yaml", text)
        return text

    def python(self, text: str) -> None:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.chdir(self.folder):
            exec(compile(text, "page", "exec"), self.namespace)
        self.printed = out.getvalue()

    def command(self, line: str) -> str:
        """Runs one line and returns what it printed; ``| head -n N`` keeps the first lines."""
        line, _, head = line.partition("  #")[0].strip().partition(" | head -n ")
        if not line:
            return ""
        words = shlex.split(line.replace(".venv/bin/", ""))
        if words[0] == "regcompare" and ">" not in words:
            text = self.regcompare(words[1:])
        else:
            text = self.shell(line.replace(".venv/bin/", ""))
        lines = text.rstrip().splitlines()
        shown = [*lines[: int(head)], "..."] if head and len(lines) > int(head) else lines
        return "".join(f"{item}\n" for item in shown)

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
        done = CliRunner().invoke(main, ["check", str(self.folder / name)], catch_exceptions=False)
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    """What the page shows is what its blocks give."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    run = Run(tmp_path)
    text = page.read_text(encoding="utf-8")

    def shown(found: re.Match[str]) -> str:
        held = run.block(found)
        start, end = found.start("text") - found.start(), found.end("text") - found.start()
        return found[0][:start] + held + found[0][end:]

    wanted = BLOCK.sub(shown, text)
    if RECORD and wanted != text:
        page.write_text(wanted, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize(
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
