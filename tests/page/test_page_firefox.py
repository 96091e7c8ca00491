"""The offline page in Firefox: it opens, says what Python says, and follows its reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.firefox import firefox
from tests.tabs import file

__all__ = ["file"]  # A fixture, found by name.
pytestmark = pytest.mark.thorough

READY = "document.documentElement.dataset.ready === 'yes'"
LEVERS_READY = "document.querySelector('#view-story').dataset.levers === 'ready'"
BANDS = (
    "[...document.querySelectorAll('#view-story .gate-card .gate .word')]"
    ".filter((one) => !one.closest('details')).map((one) => one.textContent)"
)


@pytest.mark.parametrize(("width", "height"), [(450, 844), (820, 1180), (1366, 900)])
def test_firefox_tells_the_story(file: Path, tmp_path: Path, width: int, height: int) -> None:
    """The story opens with its gates, a lever moves them, a term opens, and nothing stands out to the side."""
    with firefox(tmp_path / "profile", width, height) as browser:
        if browser is None:
            pytest.skip("No Firefox is installed; the page is tested in it where there is one.")
        browser.command("Navigate", url=f"{file.as_uri()}#morpho-shanghai-2015")
        browser.wait(READY)
        browser.wait(LEVERS_READY)
        before = browser.run(BANDS)
        browser.run("document.querySelector('#lever-tool input:not(:checked)').click()")
        browser.wait(f"JSON.stringify({BANDS}) !== JSON.stringify({json.dumps(before)})")
        browser.wait(LEVERS_READY)
        browser.run("document.querySelector('.term').click()")

        assert before == ["Free", "Free, perhaps report", "No: banned"]
        assert browser.run("document.querySelectorAll('.meaning:popover-open').length") == 1
        assert browser.run("document.documentElement.scrollWidth <= innerWidth")
        assert browser.run("location.hash").startswith("#morpho-shanghai-2015&item.")
