"""What is installed, gathered once for the command that runs."""

from __future__ import annotations

import click

from regcompare.plugins.catalogue import Catalogue

_KEY = "regcompare.catalogue"


def installed() -> Catalogue:
    """Returns what is installed."""
    context = click.get_current_context(silent=True)
    memory = context.meta if context else {}
    catalogue: Catalogue = memory.get(_KEY) or memory.setdefault(_KEY, Catalogue.installed())
    return catalogue
