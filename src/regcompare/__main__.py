"""The entry point of the ``regcompare`` command and of ``python -m regcompare``."""

import gc

_GC_THRESHOLD = 500_000
"""How many new objects trigger a garbage collection; most objects of a command live until it ends."""


def program() -> None:
    """Runs the command line, and keeps what plugins print at exit out of its results."""
    gc.set_threshold(_GC_THRESHOLD)
    from .cli import main
    from .plugins.isolation import redirect_output_for_good

    try:
        main()
    finally:
        redirect_output_for_good()
        gc.freeze()  # Skips the last collection, which takes a sixth of a command's time.


if __name__ == "__main__":
    program()
