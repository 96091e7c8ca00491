"""Every provision of shipped law leads to its text, in every form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from regcompare.comparison.comparison import compare
from regcompare.comparison.data import record
from regcompare.plugins.catalogue import Catalogue
from regcompare.verdict.assess import assess
from regcompare.views.document import Document, Link
from regcompare.views.render import render
from regcompare.views.tables import comparison_text
from regcompare.views.verdict import explain_text

PATTERN = "https://eur-lex.europa.eu/legal-content/{}/TXT/?uri=CELEX:{}"


@pytest.fixture(name="verdict")
def _verdict(catalogue: Catalogue) -> Any:
    """The Shanghai case under the recast."""
    (case,) = (item for item in catalogue.scenarios() if item.id == "morpho-shanghai-2015")
    return assess(case, catalogue.ruleset("eu-2021-821"))


def test_every_form_links_the_provision(verdict: Any) -> None:
    """JSON, notebook, the short account, Markdown and HTML lead to the same address."""
    url = PATTERN.format("EN", "32021R0821") + "#art_5"
    comparison = compare([verdict.scenario], [verdict.ruleset])

    assert {rule["url"] for rule in record(verdict)["rules"]} == {url}
    assert url.replace("&", "&amp;") in verdict._repr_html_()
    assert url not in explain_text(verdict, full=True)
    assert url in explain_text(verdict)
    assert PATTERN.format("NL", "32021R0821") + "#art_5" in explain_text(verdict, lang="nl")
    act = url.partition("#")[0]  # In a table a cell may name the act as a whole.
    assert f"]({act}" in comparison_text(comparison, "markdown")
    assert f'href="{act}' in comparison_text(comparison, "html")
    assert url not in comparison_text(comparison)


def test_a_terminal_leads_to_the_law_and_a_file_stays_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links of a terminal (OSC 8) only in one that has colours."""
    shown = Document("", [(Link("Art. 5(2)", "https://a.example/52"), " and ", Link("Art. 6", ""))])

    monkeypatch.delenv("NO_COLOR", raising=False)
    linked = render(shown, "terminal", width=80)
    assert re.findall(r"\x1b]8;[^;]*;(https://[^\x1b]+)\x1b\\([^\x1b]+)", linked) == [
        ("https://a.example/52", "Art. 5(2)")
    ]
    monkeypatch.setenv("NO_COLOR", "1")
    assert render(shown, "terminal", width=80) == render(shown) == "Art. 5(2) and Art. 6"


def _provisions(catalogue: Catalogue) -> Iterator[tuple[str, Any]]:
    for ruleset in catalogue.rulesets.values():
        for item in (*ruleset.rules, *ruleset.provisions.duties):
            yield ruleset.id, item


def test_every_provision_of_law_has_an_address(catalogue: Catalogue) -> None:
    """A provision of law in force that leads nowhere is named here."""
    law = {ruleset.id for ruleset in catalogue.rulesets.values() if ruleset.status == "law"}
    lost = {
        str(item.cite) for name, item in _provisions(catalogue) if name in law and not item.cite.url()
    }

    tables = ("Table of Union acts by country", "Table of national lists")
    assert {name for name in lost if not name.startswith(tables)} <= {
        "Union asset freezes ban on making economic resources available"
    }
