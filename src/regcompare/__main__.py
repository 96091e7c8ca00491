"""The command line as a program; ``python -m regcompare`` runs it as well."""

import gc

_NEW_OBJECTS = 500_000
"""So many new objects before Python looks for unreachable ones: most of a command's live to its end."""


def program() -> None:
    """Runs the command line; what others print once it is done spoils no results."""
    gc.set_threshold(_NEW_OBJECTS)
    from .cli import main
    from .plugins.isolation import redirect_output_for_good

    try:
        main()
    finally:
        redirect_output_for_good()
        gc.freeze()  # All ends here: to look for unreachable objects once more is a sixth of a command.


if __name__ == "__main__":
    program()
