"""Writes files completely or not at all, and never over an existing one unless asked.

A file is written in its folder under a name that ends in ``.part``, flushed to disk, and only then given
its name.
Nothing is written through a link: an existing link of that name is refused, or replaced.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from regcompare.errors import UsageError

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


_FILES_READ: ContextVar[tuple[Path, ...]] = ContextVar("files_read", default=())


@contextmanager
def while_reading(*files: str | os.PathLike[str]) -> Iterator[None]:
    """Notes files as read, so that no writer replaces one of them in the meantime."""
    token = _FILES_READ.set((*_FILES_READ.get(), *map(Path, files)))
    try:
        yield
    finally:
        _FILES_READ.reset(token)


def path_of(given: str | os.PathLike[str]) -> Path:
    """Returns what was given as a path.

    Raises:
        UsageError: It is something else.
    """
    if not isinstance(given, str | os.PathLike):
        raise UsageError(f"{given!r} is not a path. Expected a file or folder, as text or a Path.")
    return Path(given)


def refuse_existing(path: Path, *, overwrite: bool = False) -> None:
    """Refuses a path that cannot be written, before any work is done.

    Args:
        path: The file to be written.
        overwrite: Whether an ordinary file, or a link, of this name may be replaced; never one that is
            read, see ``while_reading``.

    Raises:
        UsageError: The folder does not exist, or the name is in use; the text says what to do.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist; make it first.")
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if path.exists() and any(path.samefile(item) for item in _FILES_READ.get() if item.exists()):
        raise UsageError(f"{path}: is read, and cannot be written as well. Choose another name.")
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
        raise UsageError(f"{path}: is {what}. Expected the name of a file.")
    if not overwrite:
        raise _exists(path)


def _exists(path: Path) -> UsageError:
    return UsageError(
        f"{path}: already exists. Choose another name, or replace it with --overwrite (in Python, "
        "overwrite=True)."
    )


def reason_of(error: BaseException) -> str:
    """Returns the first line of the reason that an operating system or an engine gives."""
    reason = str(getattr(error, "strerror", None) or error)
    return next(iter(reason.splitlines()), type(error).__name__).rstrip(".")


def cannot_write(path: Path, error: BaseException) -> UsageError:
    """Returns the error that a file cannot be written, with the reason."""
    return UsageError(f"{path}: cannot be written ({reason_of(error)}). Nothing was left there.")


@contextmanager
def _usage_errors(path: Path) -> Iterator[None]:
    """Replaces errors of the operating system by a ``UsageError``."""
    try:
        yield
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise cannot_write(path, error) from None


class NewFile:
    """A file that gets its name when it is complete; as a context manager, it is removed without one.

    Args:
        path: Its final path.
        overwrite: Whether a file of this name may be replaced.

    Raises:
        UsageError: The name is in use, or no file can be created in the folder.
    """

    file: BinaryIO

    def __init__(self, path: Path, *, overwrite: bool = False) -> None:
        refuse_existing(path, overwrite=overwrite)
        self.path, self._overwrite = path, overwrite
        # A name has at most 255 bytes.
        self._part: Path | None = path.with_name(f"{path.name[:50]}.{os.urandom(4).hex()}.part")

    def __enter__(self) -> Self:
        assert self._part is not None
        try:
            # With the usual permissions, unlike a temporary file of the standard library.
            self.file = open(os.open(self._part, _FLAGS, 0o666), "wb")  # noqa: PTH123
        except OSError as error:
            raise cannot_write(self.path, error) from None
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
        with _usage_errors(self.path):
            self.file.write(data.encode(errors="replace") if isinstance(data, str) else data)

    def finish(self) -> None:
        """Flushes the file to disk, so that publishing it needs no more space."""
        if not self.file.closed:
            with _usage_errors(self.path):
                self.file.flush()
                os.fsync(self.file.fileno())
                self.file.close()

    def publish(self) -> None:
        """Gives the file its name.

        Raises:
            UsageError: Another file has got the name in the meantime, and may not be replaced.
        """
        self.finish()
        assert self._part is not None
        with _usage_errors(self.path):
            if os.path.lexists(self.path) and not self._overwrite:
                raise FileExistsError
            self._part.replace(self.path)
        self._part = None


def write_file(path: str | Path, data: str | bytes, *, overwrite: bool = False) -> None:
    """Writes a file; the arguments are those of ``write_files``."""
    write_files({path_of(path): data}, overwrite=overwrite)


def write_files(files: Mapping[Path, str | bytes], *, overwrite: bool = False) -> None:
    """Writes files, none of which gets its name before all are on disk; on an error no new one is left.

    Args:
        files: Path to content: text, written as UTF-8, or bytes.
        overwrite: Whether files of these names may be replaced.

    Raises:
        UsageError: A name is in use, or a file cannot be written.
    """
    for path in files:
        refuse_existing(path, overwrite=overwrite)
    with ExitStack() as stack:
        new = []
        for path, data in files.items():
            file = stack.enter_context(NewFile(path, overwrite=overwrite))
            file.write(data)
            file.finish()
            new.append(file)
        for file in sorted(new, key=lambda file: os.path.lexists(file.path)):
            is_new = not os.path.lexists(file.path)
            file.publish()
            if is_new:
                stack.callback(file.path.unlink, missing_ok=True)
        stack.pop_all()  # All have their names.


def write_folder(folder: Path, files: Mapping[str, str | bytes], *, overwrite: bool = False) -> None:
    """Writes files by their paths below a folder, which is created if need be.

    On an error neither new files nor new folders are left; see ``write_files``.
    """
    paths = {folder / name: data for name, data in files.items()}
    with ExitStack() as stack:
        try:
            for parent in sorted({item for path in paths for item in path.parents}):
                if not parent.is_dir():
                    parent.mkdir()
                    stack.callback(_remove_empty, parent)
        except OSError as error:
            raise cannot_write(folder, error) from None
        write_files(paths, overwrite=overwrite)
        stack.pop_all()


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
