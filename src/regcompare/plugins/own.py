"""The features of the core itself, declared as those of plugins are."""

from __future__ import annotations

from .features import COMMANDS, CORE, FORMS, Feature, Owned

_COMMANDS = (
    Feature(
        "brief",
        "regcompare.cli.cited:brief_command",
        "Write a brief on a comparison, or a fact sheet on one case.",
    ),
    Feature(
        "check", "regcompare.cli.cases:check_command", "Check the results that scenario files expect."
    ),
    Feature(
        "cite",
        "regcompare.cli.cited:cite_command",
        "Cite one result: as a sentence with a footnote, or as BibTeX.",
    ),
    Feature(
        "clinic",
        "regcompare.cli.clinic:clinic_command",
        "Examine a plugin: its faults, and what it changes for others.",
    ),
    Feature("compare", "regcompare.cli.cases:compare_command", "Compare cases under rulesets."),
    Feature(
        "evidence",
        "regcompare.cli.cited:evidence_command",
        "Show what a result is based on, the weakest evidence first.",
    ),
    Feature(
        "explain",
        "regcompare.cli.cases:explain",
        "Explain a verdict on one screen: reasons and open questions.",
    ),
    Feature(
        "export",
        "regcompare.cli.export:export",
        "Write rulesets as JSON that other programs can evaluate.",
    ),
    Feature(
        "facts",
        "regcompare.cli.law:facts_command",
        "List the facts, with their questions and answers.",
    ),
    Feature(
        "mirror",
        "regcompare.cli.cases:mirror_command",
        "Show whether the same use would be allowed at home.",
    ),
    Feature("new", "regcompare.cli.authors:new", "Write the skeleton of a new plugin."),
    Feature(
        "owed",
        "regcompare.cli.cases:owed_command",
        "Show which licences or refusals the law of the day required.",
    ),
    Feature(
        "plugins",
        "regcompare.cli.law:plugins",
        "List the plugins, what they provide, and their faults.",
    ),
    Feature(
        "safeguards",
        "regcompare.cli.cases:safeguards_command",
        "Show duties and safeguards by kind and regime.",
    ),
    Feature(
        "shopping",
        "regcompare.cli.cases:shopping_command",
        "Compare the same sale as made from each state of a regime.",
    ),
    Feature("show", "regcompare.cli.law:show", "List the rulesets, or show one."),
    Feature(
        "timeline",
        "regcompare.cli.cases:timeline_command",
        "List the days on which the law changed an outcome.",
    ),
)

_FORMS = (
    Feature("markdown", "regcompare.views.markdown:markdown_text"),
    Feature("latex", "regcompare.views.latex:latex_text"),
    Feature("article", "regcompare.views.latex:article_text"),
    Feature("html", "regcompare.views.html:fragment_text"),
    Feature("page", "regcompare.views.html:page_text"),
)

OWN: dict[str, dict[str, Owned]] = {
    COMMANDS: {feature.name: (feature, CORE) for feature in _COMMANDS},
    FORMS: {feature.name: (feature, CORE) for feature in _FORMS},
}
"""The commands and the forms of documents of the core."""
