"""The entry point of the ``regcompare`` command and of ``python -m regcompare``."""

import gc
import signal

_GC_THRESHOLD = 500_000
"""How many new objects trigger a garbage collection; most objects of a command live until it ends."""


def program() -> None:
    """Runs the command line."""
    gc.set_threshold(_GC_THRESHOLD)
    for name in ("SIGTERM", "SIGHUP"):  # As Ctrl-C, so that unfinished files are removed.
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    from .cli import main

    try:
        main()
    finally:
        gc.freeze()  # Skips the last collection, which takes a sixth of a command's time.


if __name__ == "__main__":
    program()
