"""The script that makes the American tables stops where an extract says something that it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from american_tables.__main__ import UnknownError, doubtful, main, meaning, moving


def test_a_missing_extract_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without extracts it writes nothing, and says what to name."""
    assert main(str(tmp_path), "--check") == 2
    assert "us-ccl.csv: No such file or directory. Name the folder" in capsys.readouterr().err


def test_a_cell_in_other_words_stops_it() -> None:
    """A value that nobody has looked at is never guessed."""
    line = {"gbs": "perhaps", "place": "us-ccl.csv:7"}

    with pytest.raises(UnknownError, match=r"us-ccl\.csv:7: gbs says 'perhaps'\."):
        meaning(line, "gbs", {})


def test_a_change_that_the_text_contradicts_stops_it() -> None:
    """Who is said to have left a group must be absent from the text."""
    change = {"countries": "KH", "end": "2026-02-03", "place": "changes.csv:6"}

    assert moving(change, {"MM"}, "2026-07-23")["absent"] == "2026-07-23"
    with pytest.raises(UnknownError, match=r"changes\.csv:6: the text of 2026-07-23 disagrees on KH\."):
        moving(change, {"KH", "MM"}, "2026-07-23")


def test_a_day_that_was_not_read_is_open_in_its_year() -> None:
    """The volume of the register says in which year a rule was published."""
    when = {"start": "2024-08-23", "end": ""}

    assert list(doubtful(when, "unread", "89 FR 68548")) == [
        {"start": "2024-01-01", "end": "2025-01-01", "checked": "unread"},
        {"start": "2025-01-01", "end": "", "checked": "inferred"},
    ]
    assert list(doubtful(when, "secondary", "89 FR 68548")) == [{**when, "checked": "secondary"}]
