"""What stands between the commands and the terminal: code pages, closed pipes, full disks, Ctrl-C."""

from __future__ import annotations

import _thread
import codecs
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from regcompare._support.output import reason_of
from regcompare._visible import visible
from regcompare.errors import UsageError

if TYPE_CHECKING:
    from regcompare.views.pictures import Picture

STOPPED, CLOSED = 130, 141
"""The status after Ctrl-C and after a closed pipe, as shells give it: 128 and the signal's number."""

_REFUSED = 2


class _ClosedPipeError(Exception):
    """Nobody reads what is written any more; click would end with the status of a finding."""


def echo(text: str, *, err: bool = False) -> None:
    """Prints a text; what a terminal would obey in it is shown by its number.

    Args:
        text: The text.
        err: Whether it goes to standard error.
    """
    click.echo(visible(text), err=err)


def show(
    form: str,
    write: Callable[[Any], str],
    *,
    data: Callable[[], Any] | None = None,
    picture: Callable[[], Picture] | None = None,
) -> None:
    """Prints what is written in a form; on a terminal, text has its width, colours and links.

    Args:
        form: The form that was asked for.
        write: Writes in a form.
        data: Gives what is printed as JSON, where ``write`` does not write it.
        picture: Draws it.

    Raises:
        UsageError: A PNG would go to a terminal, or the extra ``plot`` is not installed.
    """
    if form == "json" and data:
        from regcompare.views.tables import to_json

        echo(to_json(data()))
    elif form in PICTURES and picture:
        _draw(form, picture())
    elif form in ("table", "text") and _is_terminal():
        click.echo(write("terminal"))
    else:
        echo(write(form))


PICTURES = ("svg", "png")
"""The forms of a picture; both need the extra ``plot``."""


def _draw(form: str, picture: Picture) -> None:
    if form == "svg":
        echo(picture.svg())
        return
    if sys.stdout.isatty():
        raise UsageError("A PNG is not for a terminal. Send it to a file: > picture.png")
    click.echo(picture.png(), nl=False)


def _is_terminal() -> bool:
    """Whether standard output is a terminal that obeys more than plain text."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


@contextmanager
def own_pipes() -> Iterator[None]:
    """Keeps a closed pipe from click, for ``orderly``."""
    try:
        yield
    except BrokenPipeError:
        raise _ClosedPipeError from None


@contextmanager
def orderly() -> Iterator[None]:
    """Ends in a sentence and a status, never in a traceback, what the system or the user cuts short."""
    _show_every_letter()
    with _noted() as stops:
        try:
            yield
        except _ClosedPipeError:
            _end(CLOSED)
        except BaseException as error:
            if stops or isinstance(error, KeyboardInterrupt | click.Abort):
                _end(STOPPED, "Stopped.")
            if isinstance(error, OSError):
                where = error.filename or "Standard output"
                _end(_REFUSED, f"{where}: cannot be read or written ({reason_of(error)}).")
            raise
        if stops:
            _end(STOPPED, "Stopped.")


@contextmanager
def _noted() -> Iterator[list[int]]:
    """Notes each Ctrl-C, since foreign code may turn it into an error of its own, or swallow it."""
    stops: list[int] = []
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    ):
        yield stops
        return

    def stop(number: int, frame: FrameType | None) -> None:
        stops.append(number)
        # A library that heeds Ctrl-C itself has raised this already; cleaning up is not cut short.
        if not isinstance(sys.exception(), KeyboardInterrupt):
            signal.default_int_handler(number, frame)

    def swallowed(unraisable: sys.UnraisableHookArgs) -> None:
        if not stops:
            before(unraisable)
        elif "KeyboardInterrupt" in repr(unraisable.exc_value):
            _thread.interrupt_main()

    before, sys.unraisablehook = sys.unraisablehook, swallowed
    signal.signal(signal.SIGINT, stop)
    try:
        yield stops
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if not stops:  # Else what the end of the program interrupts is not worth a word.
            sys.unraisablehook = before


def _end(status: int, sentence: str = "") -> NoReturn:
    with suppress(OSError):
        if sentence:
            echo(sentence, err=True)
    for stream in (sys.stdout, sys.stderr):
        _give_up_on(stream)
    raise SystemExit(status)


def _give_up_on(stream: object) -> None:
    """Sends what a stream still holds to nowhere, if it cannot be written where it should go."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    try:
        stream.flush()
    except OSError:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _show_every_letter() -> None:
    """Writes a letter that the code page of a stream does not have by its number, as JSON does."""
    codecs.register_error("regcompare.numbered", _numbered)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="regcompare.numbered")


def _numbered(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[place : place + 2].hex() for place in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs), error.end
