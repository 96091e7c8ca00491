"""Output of the commands, and an orderly end: code pages, full disks, Ctrl-C."""

from __future__ import annotations

import codecs
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from regcompare._support.output import reason_of
from regcompare._visible import visible
from regcompare.errors import UsageError
from regcompare.plugins.guard import Stopped, copy_of

if TYPE_CHECKING:
    from regcompare.views.document import Picture


def echo(text: str, *, err: bool = False) -> None:
    """Prints a text, with control characters shown by their numbers.

    Args:
        text: The text.
        err: Whether it goes to standard error.
    """
    click.echo(visible(text), err=err)


def progress(step: str) -> None:
    """Prints a step of a long command to standard error, if that is a terminal."""
    if sys.stderr.isatty():
        echo(f"{step} …", err=True)


def show(
    form: str | Callable[..., str],
    write: Callable[[Any], str],
    *,
    data: Callable[[], Any] | None = None,
    picture: Callable[[], Picture] | None = None,
) -> None:
    """Prints output in a form; on a terminal, text has its width, colours and links.

    Args:
        form: The form that was asked for.
        write: Writes the output in a form.
        data: Returns what is printed as JSON, where ``write`` does not write it.
        picture: Draws the picture.

    Raises:
        UsageError: A PNG would go to a terminal, or the extra ``plot`` is not installed.
    """
    if form == "json" and data:
        from regcompare.comparison.data import to_json

        echo(to_json(data()))
    elif form in PICTURES and picture:
        _draw(str(form), picture())
    # A terminal that says it is dumb shows plain text alone.
    elif form in ("table", "text") and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        click.echo(write("terminal"))
    else:
        echo(write(form))


PICTURES = ("svg", "png")
"""The forms of a picture; PNG needs the extra ``plot``."""


def _draw(form: str, picture: Picture) -> None:
    if form == "svg":
        echo(picture.svg())
        return
    if sys.stdout.isatty():
        raise UsageError("A PNG cannot be shown on a terminal. Send it to a file: > picture.png")
    click.echo(picture.png(), nl=False)


@contextmanager
def orderly() -> Iterator[None]:
    """Ends an interruption by the system or the user with a sentence and a status, not a traceback."""
    _reserve_descriptors()
    _escape_unencodable()
    try:
        yield
    except (KeyboardInterrupt, click.Abort) as error:
        cause = error.__cause__ or error  # Click makes another of it.
        whose = str(cause) if isinstance(cause, Stopped) else ""
        _end(128 + signal.SIGINT, f"Stopped. {whose}".rstrip())  # The status that shells give it.
    except OSError as error:
        where = error.filename or "Standard output"
        _end(2, f"{where}: cannot be read or written ({reason_of(error)}).")


def _reserve_descriptors() -> None:
    """Opens a null device for each closed standard stream, so that no other file gets its number.

    Writing to standard output then fails, as it does on a full disk.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for good


class _Results(io.TextIOWrapper):
    """Standard output, on a copy of its descriptor; other threads and processes write to errors."""

    _process = os.getpid()

    def _is_elsewhere(self) -> bool:
        is_main = threading.current_thread() is threading.main_thread()
        return not is_main or os.getpid() != self._process

    def write(self, text: str) -> int:
        return sys.stderr.write(text) if self._is_elsewhere() else super().write(text)

    @property
    def buffer(self) -> Any:
        return sys.stderr.buffer if self._is_elsewhere() else super().buffer


@contextmanager
def results_apart() -> Iterator[None]:
    """Keeps standard output for what the program writes to ``sys.stdout`` in its main thread.

    What else is written to the descriptor, by threads, by libraries below Python or by other programs,
    goes to standard error, and so does what is printed when the program ends.
    """
    _reserve_descriptors()
    output = sys.stdout
    file = open(copy_of(1) or os.dup(1), "wb")  # noqa: SIM115, PTH123 - closed at the end
    sys.stdout = results = _Results(
        file, encoding=output.encoding, errors=output.errors, line_buffering=output.isatty()
    )
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout = sys.stderr
        with suppress(OSError):
            results.close()


def _end(status: int, sentence: str) -> NoReturn:
    with suppress(OSError):
        echo(sentence, err=True)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # What the stream still holds is discarded.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    raise SystemExit(status)


def _escape_unencodable() -> None:
    """Makes streams write a character that their code page lacks as an escape, as JSON does."""
    codecs.register_error("regcompare.escape", _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="regcompare.escape")


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
