"""What is published: briefs, citations, the data package of cases, exported programs, translations.

It uses the core as any plugin may.  It knows no ruleset and no other feature package; pages, which carry
exported programs and offer the data package, may use it.
"""

from pathlib import Path

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature

_COMMANDS = "regcompare_publish.commands"


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of what is published."""
    return [Path(__file__).parent / "locale"]


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the commands that publish."""
    return [
        Feature(
            "brief",
            f"{_COMMANDS}:brief_command",
            "Write a brief on a comparison, or a fact sheet on one case.",
        ),
        Feature(
            "cases",
            f"{_COMMANDS}:cases_command",
            "List the documented cases, or write all that is on record of them as a data package.",
        ),
        Feature(
            "catalogues",
            "regcompare_publish.translations:catalogues_command",
            "Bring the texts of a plugin out for translation, and back.",
        ),
        Feature(
            "cite",
            f"{_COMMANDS}:cite_command",
            "Cite one result: as a sentence with a footnote, or as BibTeX.",
        ),
        Feature(
            "evidence",
            f"{_COMMANDS}:evidence_command",
            "Show what a result is based on, the weakest evidence first.",
        ),
        Feature(
            "export",
            f"{_COMMANDS}:export_command",
            "Write rulesets as JSON that other programs can evaluate.",
        ),
    ]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns the functions that the front door and receipts ask for."""
    return [
        Feature("brief", "regcompare_publish.brief:brief_text"),
        Feature("cite", "regcompare_publish.citation:cited_result"),
        Feature("export", "regcompare_publish.writer:rulesets_as_data"),
        Feature("missing_texts", "regcompare_publish.translations:missing_texts"),
    ]
