"""The hooks that a plugin may implement, what each returns, and the number of this interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import attrs
import pluggy

from regcompare._support.fields import each
from regcompare.facts import facts_of
from regcompare.logic.code_lists import CodeList
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import Assumption, Category, Constraint, OwnAnswers

from .features import FEATURE_HOOKS, Feature
from .profile import Profile
from .rulesets import RulesetAt

GROUP = "regcompare"
"""The group of entry points, and the project for pluggy."""

CHANGES = {
    2: "what is not for writing law has left regcompare.authoring, and Chapter.not_encoded() is "
    "left_out(); until the next release a DeprecationWarning says what to write."
}
"""The changes that authors have to make, by the number of the interface that asks for them."""

API = max(CHANGES)
"""The number of the interface; a plugin declares in REGCOMPARE_API the one that it was written for."""

OLDEST = 1
"""The oldest number whose names still work, with warnings."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin as the implementation of the hook with its name."""


@attrs.frozen
class FactSections:
    """Facts that a plugin adds: sections, and what its law makes impossible.

    Attributes:
        sections: Section classes; in a file each appears under its own name.
        constraints: Constraints on answers; each must depend on a fact of these sections.
        code_lists: The codes that exist, for facts that are answered with codes.
        categories: Categories in which figures are published, with the facts that they imply.
        own_answers: Answers to facts of the core, each under the name of one of these sections.
        assumptions: What layers of presumed answers assume for facts of these sections.
    """

    sections: tuple[type, ...] = attrs.field(validator=each(type))
    constraints: tuple[Constraint, ...] = attrs.field(default=(), validator=each(Constraint))
    code_lists: tuple[CodeList, ...] = attrs.field(default=(), validator=each(CodeList))
    categories: tuple[Category, ...] = attrs.field(default=(), validator=each(Category))
    own_answers: tuple[OwnAnswers, ...] = attrs.field(default=(), validator=each(OwnAnswers))
    assumptions: tuple[Assumption, ...] = attrs.field(default=(), validator=each(Assumption))

    def __attrs_post_init__(self) -> None:
        for cls in self.sections:
            facts_of(cls)


class Hooks(Protocol):
    """The hooks that a plugin may implement; each is called once, when a catalogue is built."""

    @hookspec
    def regcompare_facts(self) -> Iterable[FactSections]:
        """Returns the sections of facts that the plugin adds, with their constraints."""

    @hookspec
    def regcompare_rulesets(self) -> Iterable[Ruleset | RulesetAt]:
        """Returns the rulesets that the plugin offers, or where each is defined."""

    @hookspec
    def regcompare_scenarios(self) -> Iterable[Path]:
        """Returns scenario files, or folders of them, in the order in which they are to be shown."""

    @hookspec
    def regcompare_catalogues(self) -> Iterable[Path]:
        """Returns folders of texts in other languages, each with a file LANG.po for a language."""

    @hookspec
    def regcompare_profiles(self) -> Iterable[Profile]:
        """Returns what is compared and shown where the user names nothing; the first profile counts."""

    @hookspec
    def regcompare_commands(self) -> Iterable[Feature]:
        """Returns the commands that the plugin adds, each a click command with one sentence of help."""

    @hookspec
    def regcompare_displays(self) -> Iterable[Feature]:
        """Returns functions that add a section about a result to what commands print of it."""

    @hookspec
    def regcompare_forms(self) -> Iterable[Feature]:
        """Returns functions that write a document in a further form of output, named by --format."""

    @hookspec
    def regcompare_functions(self) -> Iterable[Feature]:
        """Returns functions that the core declares and leaves to a plugin, such as ``prover``."""

    @hookspec
    def regcompare_pictures(self) -> Iterable[Feature]:
        """Returns functions that draw a result."""


ITEMS: Mapping[str, tuple[type, ...]] = {
    "regcompare_facts": (FactSections,),
    "regcompare_rulesets": (Ruleset, RulesetAt),
    "regcompare_scenarios": (Path,),
    "regcompare_catalogues": (Path,),
    "regcompare_profiles": (Profile,),
    **dict.fromkeys(FEATURE_HOOKS, (Feature,)),
}
"""The hooks, each with the types of the items that it returns."""

FACTS, RULESETS, SCENARIOS, CATALOGUES, PROFILES = [*ITEMS][:5]
