"""A finding obliges no authority that may choose."""

from __future__ import annotations

from tests.core.test_powers import toy

from regcompare.authoring import (
    LicensingPolicy,
)
from regcompare_prove.standards import standards


def test_no_finding_obliges_where_the_authority_may() -> None:
    """Over every possible case the strictest that an authority is told is to weigh the case."""
    assert {cell.greatest for cell in standards([toy()]).of("toy")} == {LicensingPolicy.FREE}
    assert {cell.greatest for cell in standards([toy(must=True)]).of("toy")} == {LicensingPolicy.REFUSE}
