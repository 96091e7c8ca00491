"""The entry point of the ``regcompare`` command and of ``python -m regcompare``."""

import gc
import os
import signal
import sys
import threading

_GC_THRESHOLD = 500_000
"""The number of new objects that triggers a garbage collection; most live until a command ends."""


def program() -> None:
    """Runs the command line."""
    gc.set_threshold(_GC_THRESHOLD)
    for name in ("SIGTERM", "SIGHUP"):  # As Ctrl-C, so that unfinished files are removed.
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    status: object = 1
    try:
        from .cli import main
        from .cli.streams import results_apart

        with results_apart():
            main()
    except SystemExit as end:
        status = end.code
    except KeyboardInterrupt:  # While it starts or ends: what is between says more.
        sys.stderr.write("Stopped.\n")
        status = 128 + signal.SIGINT
    except BaseException:  # noqa: BLE001 - said before threads are waited for
        sys.excepthook(*sys.exc_info())
    gc.freeze()  # Skips the last collection, which takes a sixth of a command's time.
    _leave_threads(status)
    sys.exit(status)  # type: ignore[arg-type]


_PATIENCE = 1.0
"""The time that threads may take to end, in seconds."""


def _leave_threads(status: object) -> None:
    """Ends the program although a thread of a plugin does not."""
    others = [item for item in threading.enumerate() if not item.daemon]
    others.remove(threading.main_thread())
    for thread in others:
        thread.join(_PATIENCE / len(others))
    if any(thread.is_alive() for thread in others):
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else bool(status))


if __name__ == "__main__":
    program()
