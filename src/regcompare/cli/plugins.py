"""The command that lists the plugins that are installed."""

from __future__ import annotations

import click

from regcompare.comparison.data import to_json
from regcompare.plugins.catalogue import Catalogue
from regcompare.views.document import Document, Table
from regcompare.views.render import render

from .options import catalogue_options, format_option
from .streams import echo, show


@click.command("plugins")
@format_option("text", "json")
@catalogue_options
def plugins_command(catalogue: Catalogue, form: str) -> None:
    """List the plugins, what they provide, and their faults."""
    if form == "json":
        echo(to_json([plugin.record() for plugin in catalogue.plugins]))
        return
    rows = []
    for plugin in catalogue.plugins:
        problems = ", ".join(problem.code for problem in (*plugin.problems, *plugin.notes)) or "none"
        rulesets, facts = ", ".join(plugin.rulesets), ", ".join(plugin.sections)
        rows.append((plugin.name, plugin.version, rulesets, facts, problems))
        for note in plugin.notes:
            echo(str(note), err=True)
    header = ("plugin", "version", "rulesets", "facts", "problems")
    show(form, lambda form: render(Document("", [Table("Plugins", header, rows)]), form))
