"""Publications: law for review, safeguards, briefs, citations, data and schema of cases, programs.

It uses the core as any plugin may.  It knows no ruleset and no other feature package; pages, which carry
exported programs and offer the data package, may use it.
"""

from pathlib import Path

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature

_COMMANDS = {
    "commands": {
        "brief": "Write a brief on a comparison, or a fact sheet on one case.",
        "cases": "List the documented cases, or write all that is on record of them as a data package.",
        "cite": "Cite one result: as a sentence with a footnote, or as BibTeX.",
        "evidence": "Show what a result is based on, the weakest evidence first.",
        "export": "Write rulesets as JSON that other programs can evaluate.",
    },
    "shown": {
        "facts": "List the facts, with their questions and answers.",
        "safeguards": "Show whom each regime protects: duties and safeguards by kind.",
        "show": "List the rulesets, or show one.",
    },
    "translations": {"catalogues": "Bring the texts of a plugin out for translation, and back."},
}
"""The commands by the module that has them."""


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of what is published."""
    return [Path(__file__).parent / "locale"]


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the commands that publish."""
    return [
        Feature(name, f"regcompare_publish.{module}:{name}_command", says)
        for module, commands in _COMMANDS.items()
        for name, says in commands.items()
    ]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns the functions that the front door and receipts ask for."""
    return [
        Feature("brief", "regcompare_publish.brief:brief_text"),
        Feature("cite", "regcompare_publish.citation:cited_result"),
        Feature("evidence", "regcompare_publish.evidence_trail:evidence_trail"),
        Feature("export", "regcompare_publish.writer:rulesets_as_data"),
        Feature("missing_texts", "regcompare_publish.translations:missing_texts"),
        Feature("safeguards", "regcompare_publish.safeguards:safeguards"),
        Feature("show", "regcompare_publish.law_text:law_text"),
    ]
