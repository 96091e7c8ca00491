"""Runs other people's code so that what it raises, prints or closes affects nothing else."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import Any, Generic, TypeVar

import attrs

T = TypeVar("T")


@attrs.frozen
class Attempt(Generic[T]):
    """The result of running other people's code.

    Attributes:
        result: What it returned; None if it raised.
        error: What it raised; None if it returned.
        seconds: How long it took.
    """

    result: T | None
    error: BaseException | None
    seconds: float


def attempt(action: Callable[[], T]) -> Attempt[T]:
    """Runs an action that calls other people's code.

    Whatever it raises is returned.  Standard output is reserved for results: what the code prints, or
    writes to file descriptor 1, goes to standard error.

    Raises:
        KeyboardInterrupt: The user pressed Ctrl-C meanwhile.
    """
    result: T | None = None
    raised: BaseException | None = None
    with _output_redirected():
        start = time.perf_counter()
        try:
            result = action()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - other people's code may raise anything
            raised = error
        seconds = time.perf_counter() - start
    return Attempt(result, raised, seconds)


class _ToErrors(io.TextIOBase):
    """Standard output while other people's code runs: standard error, which it cannot close."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text) if sys.stderr else len(text)

    @property
    def buffer(self) -> Any:
        return getattr(sys.stderr, "buffer", None)

    def close(self) -> None:
        """Closes nothing."""


@contextmanager
def _output_redirected() -> Iterator[None]:
    """Redirects standard output to standard error, in Python and at the level of file descriptors."""
    output = sys.stdout
    with _descriptor_redirected(output), redirect_stdout(_ToErrors()):
        yield
    if output is not None and output.closed:
        sys.stdout = open(1, "w", encoding=output.encoding, closefd=False)  # noqa: SIM115 - for good


@contextmanager
def _descriptor_redirected(output: Any) -> Iterator[None]:
    """Redirects descriptor 1 to descriptor 2, unless there is no descriptor 1."""
    _flush(output, sys.__stdout__)
    try:
        saved = os.dup(1)
    except OSError:
        yield
        return
    with suppress(OSError):
        os.dup2(2, 1)
    try:
        yield
    finally:
        _flush(output, sys.__stdout__)  # Buffered output of the code is not a result.
        os.dup2(saved, 1)
        os.close(saved)


def _flush(*outputs: Any) -> None:
    for output in outputs:
        with suppress(OSError, ValueError, AttributeError):
            output.flush()


def redirect_output_for_good() -> None:
    """Redirects standard output to standard error for good, once all results are written."""
    _flush(sys.stdout)
    sys.stdout = sys.stderr
    with suppress(OSError):
        os.dup2(2, 1)
