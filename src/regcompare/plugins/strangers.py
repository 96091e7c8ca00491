"""Runs code of others so that whatever it raises, prints or closes stays with it."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import Any, Generic, TypeVar

import attrs

Made = TypeVar("Made")


@attrs.frozen
class Attempt(Generic[Made]):
    """What became of running someone else's code.

    Attributes:
        made: What it returned, or None where it raised something.
        error: What it raised.
        seconds: How long it took.
    """

    made: Made | None
    error: BaseException | None
    seconds: float


def attempt(action: Callable[[], Made]) -> Attempt[Made]:
    """Runs an action that ends in someone else's code.

    Whatever it raises is returned.  Standard output belongs to results: what it prints, or writes to
    file descriptor 1, goes to standard error.

    Raises:
        KeyboardInterrupt: The user pressed Ctrl-C meanwhile, whether or not the code swallowed it.  One
            that the code raises by itself is returned like any other error.
    """
    made: Made | None = None
    failure: BaseException | None = None
    with _ctrl_c_noted() as pressed, _results_kept_apart():
        begun = time.perf_counter()
        try:
            made = action()
        except BaseException as error:  # noqa: BLE001 - a stranger's code may raise anything
            failure = error
        seconds = time.perf_counter() - begun
    if pressed:
        raise KeyboardInterrupt
    return Attempt(made, failure, seconds)


@contextmanager
def _ctrl_c_noted() -> Iterator[list[int]]:
    """Notes when the user presses Ctrl-C; a signal is what tells it from an exception of that name."""
    pressed: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield pressed
        return

    def noted(number: int, frame: Any) -> None:
        pressed.append(number)
        before(number, frame)

    signal.signal(signal.SIGINT, noted)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


class _ToErrors(io.TextIOBase):
    """Standard output while a stranger's code runs: standard error, which it cannot close."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text) if sys.stderr else len(text)

    @property
    def buffer(self) -> Any:
        return getattr(sys.stderr, "buffer", None)

    def close(self) -> None:
        """Closes nothing."""


@contextmanager
def _results_kept_apart() -> Iterator[None]:
    """Turns standard output to standard error, for Python and below it."""
    output = sys.stdout
    with _descriptor_turned(output), redirect_stdout(_ToErrors()):
        yield
    if output is not None and output.closed:
        sys.stdout = open(1, "w", encoding=output.encoding, closefd=False)  # noqa: SIM115 - for good


@contextmanager
def _descriptor_turned(output: Any) -> Iterator[None]:
    """Turns descriptor 1 to where descriptor 2 leads; where there is none, there is nothing to spoil."""
    _flush(output, sys.__stdout__)
    try:
        kept = os.dup(1)
    except OSError:
        yield
        return
    with suppress(OSError):
        os.dup2(2, 1)
    try:
        yield
    finally:
        _flush(output, sys.__stdout__)  # What the code left in a buffer is not a result either.
        os.dup2(kept, 1)
        os.close(kept)


def _flush(*outputs: Any) -> None:
    for output in outputs:
        with suppress(OSError, ValueError, AttributeError):
            output.flush()


def results_done() -> None:
    """Turns standard output to standard error for good, once the program has written its results."""
    _flush(sys.stdout)
    sys.stdout = sys.stderr
    with suppress(OSError):
        os.dup2(2, 1)
