"""Files as this library writes them: whole or not at all, and never over what exists unless asked.

A file is written under a name of its own in the folder where it will be, brought to the disk, and only
then given its name.  Nothing is written through a link: one that has the name is refused, or replaced.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from regcompare.errors import UsageError

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def refuse_existing(path: Path, *, overwrite: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Refuses a name that cannot be written to, before any work is done for it.

    Args:
        path: The file to be written.
        overwrite: Whether an ordinary file, or a link, of this name may be replaced.
        inputs: Files that are read; none is ever replaced.

    Raises:
        UsageError: The folder does not exist, or the name is taken; the text says what to do.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist; make it first.")
    try:
        kind = path.lstat().st_mode
    except OSError:
        return
    if path.exists() and any(path.samefile(item) for item in inputs if item.exists()):
        raise UsageError(f"{path}: is read, and cannot be written as well. Choose another name.")
    if not (stat.S_ISREG(kind) or stat.S_ISLNK(kind)):
        what = "a folder" if stat.S_ISDIR(kind) else "not an ordinary file"
        raise UsageError(f"{path}: is {what}. Expected the name of a file.")
    if not overwrite:
        raise _exists(path)


def _exists(path: Path) -> UsageError:
    return UsageError(
        f"{path}: already exists. Choose another name, or replace it with --overwrite (in Python, "
        "overwrite=True)."
    )


def reason_of(error: BaseException) -> str:
    """Returns in a line what an operating system or an engine says of an error."""
    said = str(getattr(error, "strerror", None) or error)
    return next(iter(said.splitlines()), type(error).__name__).rstrip(".")


def cannot_write(path: Path, error: BaseException) -> UsageError:
    """Returns in a sentence what an operating system or an engine refused."""
    return UsageError(f"{path}: cannot be written ({reason_of(error)}). Nothing was left there.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what an operating system refuses to do for a file into the sentence that says so."""
    try:
        yield
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise cannot_write(path, error) from None


class NewFile:
    """A file that gets its name when it is whole; left without one, it is gone.

    Args:
        path: The name that it will have.
        overwrite: Whether a file of this name may be replaced.

    Raises:
        UsageError: The name is taken, or the folder takes no files.
    """

    file: BinaryIO

    def __init__(self, path: Path, *, overwrite: bool = False) -> None:
        refuse_existing(path, overwrite=overwrite)
        self.path, self._overwrite = path, overwrite
        self._part: Path | None = path.with_name(f".regcompare-{secrets.token_hex(8)}.part")

    def __enter__(self) -> Self:
        assert self._part is not None
        try:
            # The usual permissions, which a temporary file of the standard library would not have.
            self.file = open(os.open(self._part, _NEW, 0o666), "wb")  # noqa: PTH123
        except OSError as error:
            raise cannot_write(self.path, error) from None
        except BaseException:  # Ctrl-C
            self._part.unlink(missing_ok=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Removes the file if it was not given its name."""
        try:
            with suppress(OSError):
                self.file.close()
        finally:
            if self._part is not None:
                self._part.unlink(missing_ok=True)

    def write(self, data: str | bytes) -> None:
        """Adds text, as UTF-8, or bytes."""
        with _told(self.path):
            self.file.write(data.encode(errors="replace") if isinstance(data, str) else data)

    def finish(self) -> None:
        """Brings all of it to the disk, so that naming it takes no more space."""
        if not self.file.closed:
            with _told(self.path):
                self.file.flush()
                os.fsync(self.file.fileno())
                self.file.close()

    def publish(self) -> None:
        """Gives it its name.

        Raises:
            UsageError: Another file took the name in the meantime, and may not be replaced.
        """
        self.finish()
        assert self._part is not None
        with _told(self.path):
            if self._overwrite:
                _keep_permissions(self.path, self._part)
                self._part.replace(self.path)
            else:
                _name_new(self._part, self.path)
        self._part = None


def _keep_permissions(path: Path, part: Path) -> None:
    """Gives a file the permissions of the one that it replaces."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            part.chmod(stat.S_IMODE(mode))


def _name_new(part: Path, path: Path) -> None:
    """Gives a file a name that no other has, at one stroke where the file system can.

    Raises:
        FileExistsError: Another file has the name.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # A file system without links.
        if os.path.lexists(path):
            raise FileExistsError from None
        part.replace(path)
    else:
        part.unlink()


def write_file(
    path: str | Path, data: str | bytes, *, overwrite: bool = False, inputs: Iterable[Path] = ()
) -> None:
    """Writes a file; the arguments are those of ``write_files``."""
    write_files({Path(path): data}, overwrite=overwrite, inputs=inputs)


def write_files(
    files: Mapping[Path, str | bytes], *, overwrite: bool = False, inputs: Iterable[Path] = ()
) -> None:
    """Writes files, of which none gets its name before all are on the disk.

    Args:
        files: The name of each file, and what it holds: text, as UTF-8, or bytes.
        overwrite: Whether files of these names may be replaced.
        inputs: Files that are read; none is ever replaced.

    Raises:
        UsageError: A name is taken, or a file cannot be written.
    """
    read = tuple(inputs)
    for path in files:
        refuse_existing(path, overwrite=overwrite, inputs=read)
    with ExitStack() as stack:
        new = []
        for path, data in files.items():
            file = stack.enter_context(NewFile(path, overwrite=overwrite))
            file.write(data)
            file.finish()
            new.append(file)
        for file in new:
            file.publish()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Lets one process at a time name several files in a folder, so that those of two never mix."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # Some file systems know no locks.
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
