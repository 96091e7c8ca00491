"""The one door to other people's code: what it raises, prints, changes or waits for ends here.

Every call into a plugin passes through ``guard``: its import, its hooks, the building and trying of what
it offers, its features.  What remains out of reach is in ``docs/reference/hooks.md``.
"""

from __future__ import annotations

import builtins
import datetime as dt
import decimal
import gc
import io
import locale
import os
import re
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout, suppress
from functools import partial
from pathlib import Path
from types import (
    BuiltinFunctionType,
    EllipsisType,
    FrameType,
    FunctionType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
)
from typing import Any

import attrs

LIMIT = 15.0
"""The time that the code of a plugin may take in all while a catalogue is built, in seconds."""


class Stopped(KeyboardInterrupt):
    """Ctrl-C, or a signal like it, while the code of a plugin was running; the text says whose."""


class Overdue(BaseException):
    """The code of a plugin has not returned in time."""

    def __str__(self) -> str:
        return f"it took more than {LIMIT:.0f} seconds, and was stopped."


@contextmanager
def guard(
    owner: str,
    blame: Callable[[BaseException], None],
    *,
    seconds: float = 0,
    is_shipped: bool = False,
    is_command: bool = False,
    passes: tuple[type[BaseException], ...] = (),
) -> Iterator[None]:
    """Runs other people's code, and puts back what it changed of the program around it.

    Args:
        owner: Whose code it is.
        blame: Says what the code raised.
        seconds: How long it may take, where the system can tell; 0 for as long as it takes.
        is_shipped: Whether it comes with the library, and changes nothing.
        is_command: Whether it is a command, which writes results to standard output.
        passes: What is raised as it is.

    Raises:
        Stopped: The user pressed Ctrl-C.
    """
    if is_shipped:
        with redirect_stdout(sys.stderr):  # Standard output is reserved for results.
            try:
                yield
            except BaseException as error:
                if isinstance(error, (KeyboardInterrupt, *passes)):
                    raise
                blame(error)
        return
    raised: BaseException | None = None
    with _apart(owner, seconds, is_command) as watch:
        try:
            yield
            watch.check()
        except BaseException as error:
            if isinstance(error, (*watch.passes, *passes)):
                raise
            raised = error
    if raised is not None:
        with _apart(owner, 1):  # The text of an error is its code as well.
            blame(raised)


@contextmanager
def _apart(owner: str, seconds: float, is_command: bool = False) -> Iterator[_Watch]:
    """Keeps what code does from the program around it; Ctrl-C is ``Stopped``."""
    streams: AbstractContextManager[None] = nullcontext() if is_command else _streams_apart()
    process = os.getpid()
    with _put_back(owner), streams, _watched(owner, seconds) as watch:
        try:
            yield watch
        finally:
            if os.getpid() != process:  # A copy of the program has nothing more to do.
                os._exit(0)
    watch.is_overdue = False
    watch.check()


@attrs.define(eq=False)
class _Watch:
    """Remembers what happened while code was running, since some code catches every error.

    Attributes:
        owner: Whose code it is.
        passes: What is an interruption where no signal can tell.
        is_overdue: Whether its time is over.
        is_stopped: Whether the user pressed Ctrl-C.
    """

    owner: str
    passes: tuple[type[BaseException], ...] = ()
    is_overdue: bool = False
    is_stopped: bool = False

    def check(self) -> None:
        """Raises what the code has caught."""
        if self.is_stopped:
            raise Stopped(f"The code of {self.owner} was running.")
        if self.is_overdue:
            raise Overdue

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Handles Ctrl-C, and signals like it."""
        for watch in _WATCHES:
            watch.is_stopped = True
        self.check()

    def expire(self, number: int, frame: FrameType | None) -> None:
        """Handles the alarm."""
        self.is_overdue = True
        self.check()


_WATCHES: list[_Watch] = []
"""The watches of the code that is running, the innermost last."""


@contextmanager
def _watched(owner: str, seconds: float) -> Iterator[_Watch]:
    """Watches the time and Ctrl-C, which only the main thread learns of."""
    watch = _Watch(owner)
    if threading.current_thread() is not threading.main_thread():
        watch.passes = (KeyboardInterrupt,)
        yield watch
        return
    for number in _INTERRUPTIONS:
        handler = signal.getsignal(number)
        if handler is signal.default_int_handler or isinstance(getattr(handler, "__self__", 0), _Watch):
            signal.signal(number, watch.interrupt)
        elif callable(handler) and number == signal.SIGINT:
            watch.passes = (KeyboardInterrupt,)
    _WATCHES.append(watch)
    try:
        with _alarm(watch, seconds) if hasattr(signal, "setitimer") else nullcontext():
            yield watch
    finally:
        _WATCHES.remove(watch)


def _signals(*names: str) -> list[int]:
    """The signals with these names that the system has."""
    return [getattr(signal, f"SIG{name}") for name in names if hasattr(signal, f"SIG{name}")]


_INTERRUPTIONS = _signals("INT", "TERM", "HUP")


@contextmanager
def _alarm(watch: _Watch, seconds: float) -> Iterator[None]:
    """Ends the code after some seconds, and again each second if it catches that."""
    handler, (left, interval) = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)
    start = time.monotonic()
    if seconds:
        signal.signal(signal.SIGALRM, watch.expire)
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if handler is not None:
            signal.signal(signal.SIGALRM, handler)
        if left:
            passed = time.monotonic() - start
            signal.setitimer(signal.ITIMER_REAL, max(left - passed, 0.01), interval)


class _ToErrors(io.TextIOBase):
    """Standard output while other people's code runs: standard error, which it cannot close."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text) if sys.stderr else len(text)

    def flush(self) -> None:
        _flush(sys.stderr)

    @property
    def buffer(self) -> Any:
        return getattr(sys.stderr, "buffer", None)

    def close(self) -> None: ...


@contextmanager
def _streams_apart() -> Iterator[None]:
    """Sends standard output to standard error, also below Python, and gives no input."""
    _flush(sys.stdout, sys.stderr, sys.__stdout__)
    before = [copy_of(number) for number in range(3)]
    null = os.open(os.devnull, os.O_RDONLY)
    with suppress(OSError):
        os.dup2(null, 0)
        os.dup2(2, 1)
    os.close(null)
    streams = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = io.StringIO(), _ToErrors()
    try:
        yield
    finally:
        _flush(sys.__stdout__, sys.stderr)
        sys.stdin, sys.stdout = streams
        for number, copy in enumerate(before):
            if copy is not None:
                os.dup2(copy, number)
                os.close(copy)


def copy_of(number: int) -> int | None:
    """A copy of a descriptor, beyond those that are easily closed; None where there is no such one."""
    with suppress(ImportError, OSError):
        import fcntl

        return fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 200)
    with suppress(OSError):
        return os.dup(number)
    return None


def _flush(*streams: Any) -> None:
    for stream in streams:
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()


def _umask() -> int:
    """The mask of the process, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _set_environment(before: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(before)
    getattr(time, "tzset", lambda: None)()


def _set_timer(which: int, before: tuple[float, float]) -> None:
    signal.setitimer(which, *before)


def _set_handlers(before: dict[int, Any]) -> None:
    for number, handler in before.items():
        if handler is not None and signal.getsignal(number) is not handler:
            signal.signal(number, handler)


_SIGNALS = _signals(
    "INT", "TERM", "HUP", "ALRM", "PIPE", "CHLD", "USR1", "USR2", "QUIT", "VTALRM", "PROF"
)


def _pairs() -> Iterator[tuple[Callable[[], Any], Callable[[Any], Any]]]:
    """Yields what reads each state of the process that is put back, and what sets it."""
    yield partial(locale.setlocale, locale.LC_ALL), partial(locale.setlocale, locale.LC_ALL)
    yield lambda: dict(os.environ), _set_environment
    yield os.getcwd, os.chdir
    yield _umask, os.umask
    yield sys.getrecursionlimit, sys.setrecursionlimit
    yield sys.get_int_max_str_digits, sys.set_int_max_str_digits
    yield sys.gettrace, sys.settrace
    yield sys.getprofile, sys.setprofile
    yield gc.isenabled, lambda was: (gc.enable if was else gc.disable)()
    yield gc.get_threshold, lambda was: gc.set_threshold(*was)
    yield lambda: decimal.getcontext().copy(), decimal.setcontext
    if hasattr(signal, "pthread_sigmask"):
        set_mask = partial(signal.pthread_sigmask, signal.SIG_SETMASK)
        yield partial(signal.pthread_sigmask, signal.SIG_BLOCK, ()), set_mask
        for which in (signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            yield partial(signal.getitimer, which), partial(_set_timer, which)
    if threading.current_thread() is threading.main_thread():
        yield lambda: {number: signal.getsignal(number) for number in _SIGNALS}, _set_handlers
    with suppress(ImportError):
        import resource

        for name in filter(partial(hasattr, resource), _LIMITS):
            number = getattr(resource, name)
            yield partial(resource.getrlimit, number), partial(resource.setrlimit, number)


_LIMITS = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_STACK")
_PAIRS_OF_SYS = (
    *("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__", "path", "meta_path"),
    *("path_hooks", "path_importer_cache", "modules", "argv", "excepthook", "displayhook"),
    *("unraisablehook", "breakpointhook", "dont_write_bytecode"),
)
_LISTS = ("path", "meta_path", "path_hooks", "argv")


@contextmanager
def _put_back(owner: str) -> Iterator[None]:
    """Puts back what code may change for all: the streams, the path, the locale, handlers of signals.

    Modules that were imported stay, and so does what was added to the end of the path.
    """
    if any(watch.owner == owner for watch in _WATCHES):  # It is called from its own.
        yield
        return
    library = _Library()
    states = []
    for read, write in _pairs():
        with suppress(OSError, ValueError, locale.Error):
            states.append((read, write, read()))
    environ, attributes = os.environ, {name: getattr(sys, name) for name in _PAIRS_OF_SYS}
    lists = {name: list(getattr(sys, name)) for name in _LISTS}
    modules, own = dict(sys.modules), dict(vars(builtins))
    try:
        with warnings.catch_warnings():
            yield
    finally:
        vars(builtins).update(own)
        library.put_back()
        os.environ = environ  # noqa: B003 - the object itself
        for name, value in attributes.items():
            setattr(sys, name, value)
        for name, items in lists.items():
            listed = getattr(sys, name)
            added = [item for item in listed if all(item is not other for other in items)]
            listed[:] = [*items, *(item for item in added if name != "meta_path" or _finds(item))]
        sys.modules.update(modules)
        for read, write, before in states:
            now: Any = None
            with suppress(OSError, ValueError, locale.Error):
                now = read()  # There is none of a folder that is gone.
            with suppress(OSError, ValueError, locale.Error):
                if now != before:
                    write(before)
        _reopen()


_FOUNDATIONS = {
    *("regcompare", "attr", "attrs", "click", "pluggy", "yaml", "codecs", "collections", "copy"),
    *("csv", "datetime", "difflib", "functools", "importlib", "inspect", "io", "itertools", "json"),
    *("operator", "os", "pathlib", "posixpath", "re", "textwrap", "time", "traceback", "typing"),
}
"""The packages whose functions and classes are put back: the library, and what it stands on."""


class _Library:
    """The functions, classes and tables of the library, as they were before other people's code."""

    def __init__(self) -> None:
        self.names: list[tuple[Any, dict[str, Any]]] = []
        self.tables: list[tuple[Any, Any]] = []
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in _FOUNDATIONS and hasattr(module, "__dict__"):  # Not None.
                held = dict(vars(module))
                self.names.append((module, held))
                classes, tables = _inside(name, held)
                self.names += [(cls, vars(cls).copy()) for cls in classes]
                self.tables += [(table, table.copy()) for table in tables]

    def put_back(self) -> None:
        """Puts back what is another; what was added stays, unless it hides what was there."""
        for holder, before in self.names:
            now = vars(holder)
            is_class = isinstance(holder, type)
            write, remove = (type.__setattr__, type.__delattr__) if is_class else (setattr, delattr)
            with suppress(Exception):  # Of objects that cannot be compared.
                if now == before:
                    continue
            for name, value in before.items():
                is_definition = name.isupper() or isinstance(value, _DEFINITIONS) or callable(value)
                if now.get(name) is not value and is_definition:  # Not a memory, which may be another.
                    write(holder, name, value)
            behind = [vars(base) for base in holder.__mro__[1:]] if is_class else [vars(builtins)]
            for name in now.keys() - before.keys():
                if any(name in names for names in behind):
                    remove(holder, name)
        for table, before in self.tables:
            if table != before:
                table.clear()
                (table.extend if isinstance(table, list) else table.update)(before)


_DEFINITIONS = (property, classmethod, staticmethod)
_INSIDE: dict[str, tuple[int, list[type], list[Any]]] = {}


def _inside(module: str, held: dict[str, Any]) -> tuple[list[type], list[Any]]:
    """The classes and the public tables of a module, which are looked for once."""
    if module not in _INSIDE or _INSIDE[module][0] != len(held):
        classes = [x for x in held.values() if isinstance(x, type) and x.__module__ == module]
        public = [name for name in held if name[0] != "_"] if module.startswith(_OWN) else ()
        tables = [table for name in public for table in _tables(held[name])]
        _INSIDE[module] = len(held), classes, tables
    return _INSIDE[module][1:]


def _tables(value: Any) -> Iterator[Any]:
    if type(value) in (dict, list, set):
        yield value
    if type(value) is dict:
        for item in value.values():
            yield from _tables(item)


def _finds(finder: Any) -> bool:
    """Says whether a finder of modules leaves those of others to the next."""
    try:
        return finder.find_spec("regcompare_no_such_module", None, None) is None
    except BaseException:  # noqa: BLE001 - other people's code may raise anything
        return False


def _reopen() -> None:
    """Opens the streams again that were closed."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if getattr(stream, "closed", False):
            reopened = open(number, "w", encoding=stream.encoding, closefd=False)  # noqa: SIM115
            setattr(sys, name, reopened)


_OWN = __name__.partition(".")[0]
_PYTHONS = (
    *(str, int, float, bool, bytes, type(None), dt.date, type(Path()), EllipsisType, range),
    *(FunctionType, BuiltinFunctionType, MethodType, partial, re.Pattern),
)
_GROUPS = (tuple, list, set, frozenset)
_MAPPINGS = (dict, MappingProxyType)


def foreign_part(value: object) -> object | None:
    """Returns the first object within a value that is of a class of somebody else's; None for none.

    Such an object may answer otherwise whenever it is asked.
    """
    seen: set[int] = set()
    left = [value]
    while left:
        item = left.pop()
        cls = type(item)
        if cls in _PYTHONS or id(item) in seen:
            continue
        seen.add(id(item))
        if cls in _GROUPS:
            left += item  # type: ignore[arg-type]
        elif cls in _MAPPINGS:
            left += [*item.keys(), *item.values()]  # type: ignore[attr-defined]
        elif not isinstance(item, type):
            if not _is_own(cls):
                return item
            left += _held_by(item)
    return None


def _is_own(cls: type) -> bool:
    """Says whether a class is the library's, and not one that bears its name."""
    if cls.__module__.partition(".")[0] != _OWN:
        return False
    found: Any = sys.modules.get(cls.__module__)
    for name in cls.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is cls


def _held_by(item: object) -> list[Any]:
    """Returns the values that an object holds; nothing is computed."""
    held = list(getattr(item, "__dict__", {}).values())
    for cls in type(item).__mro__:
        for name in cls.__dict__.get("__slots__", ()):
            slot = cls.__dict__.get(name)
            if isinstance(slot, MemberDescriptorType):
                with suppress(AttributeError):
                    held.append(slot.__get__(item))
    return held
