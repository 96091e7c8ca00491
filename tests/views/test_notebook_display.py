from __future__ import annotations

import datetime as dt

import attrs
import pytest
from markupsafe import escape

from regcompare.comparison.comparison import compare
from regcompare_elsewhere.timeline import timeline
from regcompare_publish.safeguards import safeguards

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'so'"


@pytest.fixture(scope="module")
def regimes(catalogue):
    """The regimes compared."""
    return [catalogue.ruleset(name) for name in ("eu-2021-821", "amnesty")]


def test_gaps_are_shown_as_a_table_after_their_finding(catalogue, regimes):
    """A notebook shows each gap with both results, after a sentence with the counts."""
    gaps = compare(catalogue.scenarios(), regimes).gaps("eu-2021-821", "amnesty")

    html = gaps._repr_html_()
    assert f"<p>{escape(gaps.sentence())}</p>" in html.partition("<table")[0]
    assert html.count('<th scope="row"') == len(gaps.found)
    assert "Facial recognition for the Shanghai Public Security Bureau" in html
    assert repr(gaps) == f"<Gaps: {gaps.count.sentence()}>"


def test_a_change_has_a_short_repr(catalogue, regimes):
    """A timeline, which is a list, prints as days with results."""
    changes = timeline(
        catalogue.scenarios()[0], catalogue.ruleset("eu-428-2009"), until=dt.date(2025, 1, 1)
    )

    assert repr(changes) == (
        "[<Change 2009-08-27: no_control under eu-428-2009>, "
        "<Change 2021-09-09: not in force under eu-428-2009>]"
    )


def test_hostile_texts_are_escaped_in_a_notebook(catalogue, regimes):
    """Texts of a case or a ruleset appear as text in every object that a notebook shows."""
    case = attrs.evolve(catalogue.scenarios()[0], title=HOSTILE, id="a-case")
    titled = [attrs.evolve(regime, title=HOSTILE) for regime in regimes]
    comparison = compare(case, titled)
    shown = [
        comparison._repr_html_(),
        comparison.verdicts[0]._repr_html_(),
        comparison.gaps("eu-2021-821", "amnesty")._repr_html_(),
        safeguards(titled, case)._repr_html_(),
    ]

    for html in shown:
        assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in comparison._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in comparison.verdicts[0]._repr_html_()
