"""The commands ``update`` and ``check``."""

from __future__ import annotations

import sys

from regcompare.plugins.catalogue import Catalogue

from . import check, existing, update


def main(command: str = "", *langs: str) -> int:
    """Runs one command; returns the exit status."""
    if command not in ("update", "check"):
        print("Usage: python -m tools.catalogues update|check [LANG ...]", file=sys.stderr)
        return 2
    catalogue = Catalogue.installed()
    run = update if command == "update" else check
    lines = [line for lang in langs or existing(catalogue) for line in run(lang, catalogue)]
    print(*lines or ["Nothing to do."], sep="\n")
    return 1 if command == "check" and lines else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
