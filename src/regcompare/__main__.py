"""The command line as a program; ``python -m regcompare`` runs it as well."""

from .cli import main
from .plugins.strangers import results_done


def program() -> None:
    """Runs the command line; what others print once it is done spoils no results."""
    try:
        main()
    finally:
        results_done()


if __name__ == "__main__":
    program()
