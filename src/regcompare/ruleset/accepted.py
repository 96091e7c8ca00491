"""Findings of ``regcompare lint`` that an author intends."""

from __future__ import annotations

import attrs

from regcompare._support.fields import full_sentence, takes


@attrs.frozen
class Accepted:
    """A finding of ``regcompare lint`` that is intended.

    Attributes:
        kind: The kind of finding, such as ``never-decisive``.
        where: Where it was found, such as the id of a rule or the name of a term.
        reason: Why it is intended.
    """

    kind: str = attrs.field(validator=takes(str))
    where: str = attrs.field(validator=takes(str))
    reason: str = attrs.field(validator=full_sentence)
