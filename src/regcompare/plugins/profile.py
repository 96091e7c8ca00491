"""The rulesets, cases and texts that are used where the user names nothing."""

from __future__ import annotations

from pathlib import Path

import attrs


@attrs.frozen
class Profile:
    """The rulesets, cases and texts that are used where the user names nothing.

    Attributes:
        regimes: Ids of the rulesets that are compared, in the order of the columns.
        whole: The id of the law with its sister instruments, which is read on any day.
        explained: The id of the ruleset under which a case is explained and cited.
        first: Ids of the cases that come first.
        source: What names these cases, such as a report.
        teaching: Files and folders of teaching cases.
        ordinary: Files and folders of invented cases of ordinary trade, which a rule may hit.
        frames: Files and folders of cases that leave facts open, for questions over every possible
            case.  They go by their ids, and are never counted.
        puzzles: A file of what three teaching cases each put to a class; None for nothing.
        licences: A file of figures of licences granted and refused, with their sources.
        front: A file of what a front page tells around what is computed; None for no front page.
        game: Ids of the cases of the game, in its order; the decision of each is on record.
    """

    regimes: tuple[str, ...] = ()
    whole: str = ""
    explained: str = ""
    first: tuple[str, ...] = ()
    source: str = ""
    teaching: tuple[Path, ...] = ()
    ordinary: tuple[Path, ...] = ()
    frames: tuple[Path, ...] = ()
    puzzles: Path | None = None
    licences: Path | None = None
    front: Path | None = None
    game: tuple[str, ...] = ()
