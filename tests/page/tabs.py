"""The offline page in a tab of the system's chromium, for the tests that drive it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs
import pytest
from click.testing import CliRunner
from tests.support.needed import needed

from regcompare.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

sync_playwright = needed("playwright.sync_api").sync_playwright
Axe = needed("axe_playwright_python.sync_playwright").Axe

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

SCHEMES: Mapping[Literal["light", "dark"], dict[str, Any]] = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
}
"""What axe looks for in each scheme."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as the command writes it."""
    path = tmp_path_factory.getbasetemp() / "page.html"
    if not path.exists():  # Once for all modules that this process runs.
        result = CliRunner().invoke(main, ["page", "-o", str(path)])
        assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's chromium, without a window and without a network."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("No chromium is installed; the page is tested where there is one.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@attrs.frozen(eq=False)
class Opened:
    """The page in a tab of its own, with the complaints of the browser."""

    file: Path
    context: BrowserContext
    page: Page
    complaints: list[str]

    def go(self, address: str = "#morpho-shanghai-2015") -> Page:
        """Opens a case, or the front page."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}{address}")
        self.page.wait_for_selector("html[data-ready]", timeout=15_000)
        return self.page


def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Opened]:
    """Opens the page in a new tab, and asserts at the end that the browser had no complaints."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda request: _local(request.url, complaints))
    yield Opened(file, context, page, complaints)
    context.close()
    assert complaints == []


def _local(url: str, complaints: list[str]) -> None:
    """Records a request to anything but the file itself as a complaint."""
    if not url.startswith(("file:", "about:")):
        complaints.append(url)


@pytest.fixture
def tab(browser: Browser, file: Path) -> Iterator[Opened]:
    """The page in a tab of its own."""
    yield from opened(browser, file)


def violations(page: Page) -> list[tuple[str, Any]]:
    """The violations of accessibility rules that axe finds on a page, light and dark, with every part open.

    In the dark only contrast is looked at: the scheme is a matter of the style sheet, which changes colours alone.
    """
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.wait_for_timeout(100)  # The parts are filled on their toggle event.
    found: list[tuple[str, Any]] = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
        response = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response
        found += [
            (item["id"], node["target"]) for item in response["violations"] for node in item["nodes"]
        ]
    return found
