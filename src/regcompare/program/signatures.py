"""Signatures: a named reviewer compares a provision, as it is encoded, with a state of its text.

They are lines of CSV files.  Each line carries a hash of the provision that was signed; a provision that
has changed since has lost its signature.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from regcompare.errors import FileError, Problem
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset

from .writer import Writer

COLUMNS = ("ruleset", "provision", "state", "by", "on", "agreed", "remark", "digest")
_YES_NO = {"yes": True, "no": False}
_BLANK = ("remark",)


@attrs.frozen
class Signature:
    """A reviewer's statement about a provision.

    Attributes:
        ruleset: The id of the ruleset.
        provision: The id of the rule.
        state: The state of the text that was read: a CELEX number with a day, or title and date.
        by: The name of the reviewer.
        on: The day of the signature.
        agreed: Whether the provision says what the text says.
        remark: What else the reviewer says.
        digest: The hash of the provision that was signed; see ``digest_of``.
    """

    ruleset: str
    provision: str
    state: str
    by: str
    on: dt.date
    agreed: bool
    remark: str
    digest: str

    @property
    def line(self) -> str:
        """The signature as a line of a file."""
        values = attrs.asdict(self) | {"agreed": "yes" if self.agreed else "no", "on": str(self.on)}
        csv.writer(out := io.StringIO(), lineterminator="").writerow(values[name] for name in COLUMNS)
        return out.getvalue()

    def holds_for(self, rule: Rule) -> bool:
        """Returns whether the provision is still what was signed."""
        return self.digest == digest_of(rule)

    def sentence(self, rule: Rule) -> str:
        """Returns the signature as a sentence."""
        agreement = "agrees" if self.agreed else "does not agree"
        remark = f": {self.remark.rstrip('.')}" if self.remark else ""
        lapse = (
            "" if self.holds_for(rule) else " The provision has changed since, so this no longer counts."
        )
        return f"Signed by {self.by} on {self.on}, who {agreement} (text: {self.state}){remark}.{lapse}"


def digest_of(rule: Rule) -> str:
    """Returns the SHA-256 of the content of a rule: citation, sentence, condition, outcome and reviews.

    Terms and rows of tables count as the condition names them; how the rule is known does not.
    """
    writer = Writer()
    writer.node(rule.condition)
    content = {
        "cite": str(rule.cite),
        "sentence": rule.sentence,
        "outcome": rule.then.word,
        "triggered_by": str(rule.triggered_by),
        "lifts": sorted(item.id for item in rule.lifts),
        "reviews": [item.record() for item in rule.review],
        "condition": [
            {name: value for name, value in node.items() if name not in ("mark", "row")}
            for node in writer.nodes
        ],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def signatures_of(
    ruleset: Ruleset, rule: Rule, signatures: Iterable[Signature]
) -> tuple[Signature, ...]:
    """Returns the signatures of one rule, including those that no longer count."""
    key = (ruleset.id, rule.id)
    return tuple(item for item in signatures if (item.ruleset, item.provision) == key)


def read_signatures(folder: Path) -> tuple[Signature, ...]:
    """Reads the signatures of a folder, file by file; none where the folder does not exist.

    Raises:
        FileError: Lines are wrong; the message names all of them.
    """
    problems: list[Problem] = []
    signatures = [item for file in sorted(folder.glob("*.csv")) for item in _signatures(file, problems)]
    if problems:
        raise FileError(problems)
    return tuple(signatures)


def _signatures(file: Path, problems: list[Problem]) -> Iterator[Signature]:
    try:
        lines = csv.reader(io.StringIO(file.read_text(encoding="utf-8")), strict=True)
        rows = [(lines.line_num, row) for row in lines if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(_problem(file, 0, f"The file cannot be read: {error}.", "CSV in UTF-8."))
        return
    if not rows or tuple(rows[0][1]) != COLUMNS:
        problem = "The first line does not name the columns."
        problems.append(_problem(file, 1, problem, f"{','.join(COLUMNS)}"))
        return
    for line, row in rows[1:]:
        faults = list(_faults(row))
        problems += (_problem(file, line, *fault) for fault in faults)
        if not faults:
            values = dict(zip(COLUMNS, row, strict=True))
            day, agreed = dt.date.fromisoformat(values["on"]), _YES_NO[values["agreed"]]
            yield Signature(**{**values, "on": day, "agreed": agreed})  # type: ignore[arg-type]


def _faults(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The faults of a line, each with what was expected."""
    if len(row) != len(COLUMNS):
        yield f"The line has {len(row)} values.", f"{len(COLUMNS)}: {','.join(COLUMNS)}."
        return
    values = dict(zip(COLUMNS, row, strict=True))
    for name, value in values.items():
        if not value.strip() and name not in _BLANK:
            yield f"{name} is blank.", "a value; write lines with `regcompare sign`."
    if values["agreed"].strip() and values["agreed"] not in _YES_NO:
        yield f"agreed is {values['agreed']!r}.", "yes or no."
    try:
        dt.date.fromisoformat(values["on"])
    except ValueError:
        yield f"on is {values['on']!r}.", "a day such as 2026-11-27."


def _problem(file: Path, line: int, problem: str, expected: str) -> Problem:
    return Problem(str(file), line, 1 if line else 0, "RC233", problem, expected)
