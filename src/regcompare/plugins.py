"""Rulesets, facts and scenarios from plugins: the hooks, and the catalogue of what is installed.

Hooks gather and never compute.  Nothing is discovered when this module is imported: a ``Catalogue`` is
built when it is asked for, never changes, and can be extended with a ruleset of one's own.
"""

from __future__ import annotations

import pluggy

hookspec = pluggy.HookspecMarker("regcompare")
hookimpl = pluggy.HookimplMarker("regcompare")
import attrs
@attrs.frozen
class FactSections:
    sections: tuple[type, ...]
    constraints: tuple = ()
