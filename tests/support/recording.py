"""Whether golden files and generated pages are recorded: ``REGCOMPARE_RECORD=1 python -m pytest``."""

from __future__ import annotations

import os

RECORD = os.environ.get("REGCOMPARE_RECORD") == "1"
