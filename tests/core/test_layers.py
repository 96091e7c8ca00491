"""Layers of presumptions: named, visible in where an answer comes from, and removable."""

from __future__ import annotations

import attrs
import pytest
from tests.support.case_files import case_file

from regcompare import Scenario, UsageError
from regcompare.authoring import CORE, EndUse, Item
from regcompare.facts import MemberSet
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.files import read_text

CAMERA = Scenario(
    id="camera",
    presume=("ordinary", "surveillance"),
    item=Item(technology="video_surveillance"),
)


def test_functions_follow_the_technology() -> None:
    """What is not facial recognition matches no faces, and is under no entry, unless the file says so."""
    known = assumed_facts(CAMERA, CORE)

    assert known.values["item.face_matching"] == "none"
    assert known.values["item.annex_i_entry"] == MemberSet()
    assert known.origins["item.face_matching"] == "surveillance"
    stated = assumed_facts(CAMERA.with_facts(Item(face_matching="one_to_many")), CORE)
    assert stated.values["item.face_matching"] == "one_to_many"


@pytest.mark.parametrize("technology", [None, "facial_recognition"])
def test_nothing_is_assumed_of_what_may_match_faces(technology: str | None) -> None:
    """Neither of facial recognition nor while the technology is not known."""
    case = Scenario(id="x", presume="surveillance", item=Item(technology=technology))  # type: ignore[arg-type]

    assert "item.face_matching" not in assumed_facts(case, CORE).values


def test_remote_uses_are_excluded_and_others_stay_open() -> None:
    """No weapons of mass destruction and no military parts; repression stays open."""
    answer = assumed_facts(CAMERA, CORE).values["end_use.concerns"]

    assert EndUse.concerns.truth(answer, "wmd") is False
    assert EndUse.concerns.truth(answer, "illegally_exported_military_parts") is False
    assert EndUse.concerns.truth(answer, "internal_repression") is None


def test_a_layer_can_be_left_out() -> None:
    """The ordinary layer alone says nothing about functions and uses."""
    values = assumed_facts(attrs.evolve(CAMERA, presume="ordinary"), CORE).values

    assert "item.face_matching" not in values
    assert "end_use.concerns" not in values


def test_layers_are_read_written_and_refused_by_name() -> None:
    """A file names one layer or several; another word is refused with the nearest."""
    assert read_text(case_file(CAMERA), "yaml", CORE) == (CAMERA,)
    with pytest.raises(UsageError, match="Expected ordinary or surveillance"):
        Scenario(id="x", presume="surveilance")
