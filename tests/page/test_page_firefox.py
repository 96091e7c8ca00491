"""The offline page in Firefox: it opens, shows front page and case, and follows its reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.page.firefox import firefox
from tests.page.tabs import file

__all__ = ["file"]  # A fixture, found by name.
pytestmark = pytest.mark.thorough

READY = "document.documentElement.dataset.ready === 'yes'"
WORDS = "[...document.querySelectorAll('.regime .bar b')].map((one) => one.textContent)"


@pytest.mark.parametrize(("width", "height"), [(450, 844), (820, 1180), (1366, 900)])
def test_firefox_shows_what_chromium_shows(file: Path, tmp_path: Path, width: int, height: int) -> None:
    """An envelope opens, all do, a case has its words, an answer changes them, nothing stands out to the side."""
    with firefox(tmp_path / "profile", width, height) as browser:
        if browser is None:
            pytest.skip("No Firefox is installed; the page is tested in it where there is one.")
        browser.command("Navigate", url=file.as_uri())
        browser.wait(READY)
        browser.run("document.querySelector('.tile').click()")
        browser.wait("!document.querySelector('#card').hidden")
        browser.run("document.querySelector('#all').click()")
        browser.wait("!document.querySelector('.tile:not(.open)')")
        front = browser.run("document.documentElement.scrollWidth <= innerWidth")
        browser.run("location.hash = '#morpho-shanghai-2015'")
        browser.wait("document.querySelectorAll('.regime').length === 3")
        before = browser.run(WORDS)
        browser.run(
            "((one) => { one.value = 'none'; one.dispatchEvent(new Event('change')); })"
            "(document.querySelector('[id=\"ask-item.face_matching\"] select'))"
        )
        browser.wait(f"JSON.stringify({WORDS}) !== JSON.stringify({json.dumps(before)})")

        assert before == ["Free", "Free, perhaps report", "No: banned"]
        assert front
        assert browser.run("document.documentElement.scrollWidth <= innerWidth")
        assert browser.run("location.hash").startswith("#morpho-shanghai-2015&item.")
