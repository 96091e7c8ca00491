"""Files are written whole or not at all, never over what exists unless that is asked for."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regcompare import UsageError
from regcompare._support.output import NewFile, while_reading, write_file, write_files, write_folder
from regcompare.cli import main

needs_links = pytest.mark.skipif(os.name == "nt", reason="links ask for rights on this system")


def held(folder: Path) -> dict[str, str]:
    """Returns every file below a folder with what it holds."""
    files = (file for file in sorted(folder.rglob("*")) if not file.is_dir())
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


def run(*words: str) -> Result:
    """Runs the command line."""
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    """Until then it has a name that is seen, says whose it is, and that no other run has."""
    with NewFile(tmp_path / "a") as file, NewFile(tmp_path / "a") as other:
        file.write("one")
        file.finish()
        (first, second) = tmp_path.iterdir()
        assert first.name != second.name
        assert first.match("a.????????.part")
        assert not (tmp_path / "a").exists()
        file.publish()
        with pytest.raises(UsageError, match="a: already exists"):
            other.publish()

    assert held(tmp_path) == {"a": "one"}


def test_what_is_not_published_is_gone(tmp_path: Path) -> None:
    """Whatever stops the work, Ctrl-C included, leaves nothing."""

    def stopped() -> None:
        with NewFile(tmp_path / "a") as file:
            file.write("one")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    assert list(tmp_path.iterdir()) == []


def test_what_exists_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    """The message names both ways out."""
    (tmp_path / "a").write_text("old", "utf-8")

    with pytest.raises(
        UsageError, match=r"a: already exists\. Choose another name, or replace it with --overwrite"
    ):
        write_file(tmp_path / "a", "new")
    assert held(tmp_path) == {"a": "old"}
    write_file(tmp_path / "a", "new", overwrite=True)

    assert held(tmp_path) == {"a": "new"}


@needs_links
@pytest.mark.parametrize("target", ["file", "nothing"])
def test_nothing_is_written_through_a_link(tmp_path: Path, target: str) -> None:
    """A link, a dangling one too, counts as what exists; replaced, it leaves its target as it was."""
    (tmp_path / "file").write_text("old", "utf-8")
    (tmp_path / "link").symlink_to(target)

    with pytest.raises(UsageError, match="link: already exists"):
        write_file(tmp_path / "link", "new")
    write_file(tmp_path / "link", "new", overwrite=True)

    assert held(tmp_path) == {"file": "old", "link": "new"}
    assert not (tmp_path / "link").is_symlink()


@needs_links
def test_what_is_read_is_never_replaced(tmp_path: Path) -> None:
    """Not under another name of the same file either, and not with leave to overwrite."""
    (tmp_path / "in").write_text("old", "utf-8")
    (tmp_path / "link").symlink_to("in")

    for name in ("in", "link", "./in"):
        with (
            while_reading(tmp_path / "in"),
            pytest.raises(UsageError, match="is read, and cannot be written as well"),
        ):
            write_file(tmp_path / name, "new", overwrite=True)

    assert (tmp_path / "in").read_text("utf-8") == "old"


@pytest.mark.skipif(os.name == "nt", reason="this system has no such files")
@pytest.mark.parametrize("name", ["/dev/null", "."])
def test_only_an_ordinary_file_is_replaced(name: str) -> None:
    """A device or a folder is never replaced by a file."""
    with pytest.raises(UsageError, match=r"Expected the name of a file\."):
        write_file(name, "new", overwrite=True)


def test_of_several_files_none_is_named_before_all_are_written(tmp_path: Path) -> None:
    """Where one name is taken, nothing of the others is left."""
    (tmp_path / "b").write_text("old", "utf-8")

    with pytest.raises(UsageError, match="b: already exists"):
        write_files({tmp_path / "a": "new", tmp_path / "b": "new"})

    assert held(tmp_path) == {"b": "old"}


def test_a_folder_is_filled_or_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one file cannot be written or named, neither files nor new folders are left."""
    (tmp_path / "there").mkdir()

    with pytest.raises(UsageError, match="cannot be written"):
        write_folder(tmp_path / "there", {"sub/a": "one", "n" * 300: "two"})
    monkeypatch.setattr(os, "fsync", full_after(1))
    with pytest.raises(UsageError, match=r"b: cannot be written \(No space left on device\)"):
        write_folder(tmp_path / "new" / "one", {"sub/a": "one", "b": "two"})

    assert [file.name for file in tmp_path.rglob("*")] == ["there"]


def full_after(files: int) -> Callable[[int], None]:
    """A disk that is full once so many files were flushed to it."""
    flushed = itertools.count()

    def fsync(descriptor: int) -> None:
        if next(flushed) >= files:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return fsync


# commands ------------------------------------------------------------------------------------------

CASE = "id: a-case\nitem: {annex_i_entry: none}\ntransaction: {kind: export}\n"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands run, with a case in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(CASE, "utf-8")
    return tmp_path


@pytest.mark.parametrize("given", ["a.yaml", "."])
@pytest.mark.parametrize("more", [(), ("--overwrite",)])
def test_a_page_does_not_replace_its_case(case: Path, given: str, more: tuple[str, ...]) -> None:
    """`page a.yaml -o a.yaml` is refused, whether the case is named or its folder."""
    done = run("page", given, "-o", "a.yaml", *more)

    assert done.exit_code == 2
    assert "a.yaml: is read, and cannot be written as well." in done.stderr
    assert held(case) == {"a.yaml": CASE}


def test_a_page_replaces_another_only_if_asked(case: Path) -> None:
    """Without --overwrite it ends with status 2 before it does any work."""
    (case / "page.html").write_text("old", "utf-8")

    refused = run("page", "a.yaml", "-o", "page.html")

    assert (refused.exit_code, held(case)["page.html"]) == (2, "old")
    assert "page.html: already exists." in refused.stderr


@pytest.mark.thorough
def test_a_page_may_replace_another(case: Path) -> None:
    """With --overwrite it does, and atoms nothing beside it."""
    (case / "page.html").write_text("old", "utf-8")

    done = run("page", "a.yaml", "-o", "page.html", "-r", "un-2019", "--overwrite")

    assert done.exit_code == 0
    assert "page.html: " in done.stderr
    assert sorted(held(case)) == ["a.yaml", "page.html"]
    assert held(case)["page.html"] != "old"
