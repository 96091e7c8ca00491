"""The installed catalogue, below all commands and what they have in common."""

from __future__ import annotations

import click

from regcompare.plugins.catalogue import Catalogue

_CATALOGUE = "regcompare.catalogue"


def installed() -> Catalogue:
    """Returns what is installed, gathered once for the command that runs."""
    context = click.get_current_context(silent=True)
    memory = context.meta if context else {}
    catalogue: Catalogue = memory.get(_CATALOGUE) or memory.setdefault(_CATALOGUE, Catalogue.installed())
    return catalogue
