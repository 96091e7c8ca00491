"""The features of the core itself, declared as those of plugins are."""

from __future__ import annotations

from .features import COMMANDS, FEATURE_HOOKS, FORMS, Feature

_COMMANDS = {
    "compare": ("cases:compare_command", "Compare cases under rulesets."),
    "count": (
        "counts:count_command",
        "Count in how many records something is so under a law: certainly, and at most.",
    ),
    "explain": ("cases:explain", "Explain one result in 25 lines: why, what would settle it, how sure."),
    "licences": (
        "counts:licences_command",
        "List published figures of licences granted and refused, each with its source.",
    ),
    "message": (
        "counts:message_command",
        "Print what is said first of the documented cases, as rows or as a picture.",
    ),
    "plugins": ("plugins:plugins_command", "List the plugins, what they provide, and their faults."),
    "populations": (
        "counts:populations_command",
        "List what is counted: each population with its definition and its size.",
    ),
}
_FORMS = {
    "markdown": "markup:markdown_text",
    "latex": "markup:latex_text",
    "article": "markup:article_text",
    "html": "html:fragment_text",
    "page": "html:page_text",
}

BUILTIN: dict[str, dict[str, Feature]] = {
    **{hook: {} for hook in FEATURE_HOOKS},
    COMMANDS: {
        name: Feature(name, f"regcompare.cli.{place}", sentence)
        for name, (place, sentence) in _COMMANDS.items()
    },
    FORMS: {name: Feature(name, f"regcompare.views.{place}") for name, place in _FORMS.items()},
}
"""The commands and the forms of documents of the core."""
