"""The entry point of ``python -m tools.registers FOLDER``."""

import sys
from pathlib import Path

from . import write

if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m tools.registers FOLDER")
    write(Path(sys.argv[1]))
