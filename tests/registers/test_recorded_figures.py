"""The figures of published registers are those of the laws that are encoded, and of nobody's typing."""

from __future__ import annotations

import pytest
from tests.support.needed import needed

needed("pandas")

from tools.registers import END_USE, PAGES, PUBLISHED, digests, recorded, rendered  # noqa: E402

AGAIN = (
    "Fetch the registers that tools/registers/sources.yaml names into a folder and type: "
    "python -m tools.registers FOLDER"
)


@pytest.mark.parametrize("name", [PUBLISHED, END_USE])
def test_a_page_is_its_template_with_the_recorded_figures(name: str) -> None:
    """Neither can be changed without the other."""
    assert (PAGES / name).read_text(encoding="utf-8") == rendered(name, recorded())


def test_the_figures_are_of_the_laws_as_encoded() -> None:
    """A rule, table or day that changes in one of these laws may change them: they are counted anew."""
    figures = recorded()

    assert figures["laws"] == digests(), f"Figures of {figures['laws'].keys()} may be stale. {AGAIN}"


def test_the_recorded_rows_add_up() -> None:
    """Read is written, set aside and bad; what decisions say is of rows to which the law applied."""
    for found in recorded()["registers"].values():
        assert found["read"] == found["written"] + found["aside"] + found["bad"]
        assert found["bad"] == sum(found["causes"].values())
        assert found["written"] == sum(found["surveillance"].values())
        decided = found["agrees"] + found["settles"] + found["contradicts"]
        assert decided <= found["written"] - found["outside"][0]
