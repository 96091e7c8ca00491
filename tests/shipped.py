"""What ships, gathered once for every test; nothing here is changed by a test."""

from __future__ import annotations

from regcompare.plugins.catalogue import Catalogue

CATALOGUE = Catalogue.installed()
CASES = CATALOGUE.scenarios()
"""The documented cases."""
