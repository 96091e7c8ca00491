"""What authors rely on is written down, and stays while the number of the interface does."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from tools.interface import FILE, breaks, interface, text

import regcompare as rc
from regcompare import authoring
from regcompare._support.leaving import REFUSED_IN, leaving
from regcompare.authoring import Chapter
from regcompare.errors import DefinitionError
from regcompare.testing import Result

WRITTEN = json.loads(FILE.read_text(encoding="utf-8"))


def test_nothing_goes_or_changes_under_one_number() -> None:
    """A name, argument, field, member, fact, answer, hook or code may be added, and no other change made."""
    now = json.loads(text(interface()))

    assert list(breaks(WRITTEN, now)) == []
    assert now == WRITTEN, "Something is new: run python -m tools.interface."


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("names", "regcompare.authoring.DatedTable"), "is gone"),
        (("names", "regcompare.Ruleset", "takes", "covers"), "is gone"),
        (("names", "regcompare.authoring.Trigger", "members", "ACT"), "is gone"),
        (("names", "regcompare.authoring.Chapter", "has", "rule", "takes", "fires"), "is gone"),
        (("facts", "item.technology"), "is gone"),
        (("hooks", "regcompare_profiles"), "is gone"),
        (("earlier names", "Rule"), "is gone"),
    ],
)
def test_what_goes_is_told(path: tuple[str, ...], told: str) -> None:
    """By its place."""
    now: Any = copy.deepcopy(WRITTEN)
    holder = now
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]

    (line,) = breaks(WRITTEN, now)

    assert line == f"{' / '.join(path)} {told}"


def test_an_argument_that_has_to_be_given_breaks_and_one_that_may_be_does_not() -> None:
    """So do an answer that goes, and a value of a member that is another."""
    now = copy.deepcopy(WRITTEN)
    takes = now["names"]["regcompare.assess"]["takes"]
    takes["mine"] = "by name"
    assert list(breaks(WRITTEN, now)) == []

    takes["mine"] = "by name, needed"
    now["facts"]["item.form"]["answers"].remove("software")
    now["names"]["regcompare.Outcome"]["members"]["REFUSAL"] = "no"

    assert len(list(breaks(WRITTEN, now))) == 3


def test_an_old_name_is_refused_a_release_before_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """This release warns; the next refuses with the same words; the one after it may have none."""
    with pytest.warns(DeprecationWarning, match=r"write .* It is an error from release 0\.4 on"):
        _ = authoring.Rule  # type: ignore[attr-defined]

    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.4.0.dev1")
    with pytest.raises(DefinitionError, match="write `from regcompare"):
        _ = authoring.Rule  # type: ignore[attr-defined]
    with pytest.raises(DefinitionError, match="left_out"):
        Chapter().not_encoded(None, "", "")  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match="Write it so"):
        leaving("Write it so.")


def test_a_name_of_release_0_3_gives_what_has_it_now() -> None:
    """It warns, and names the one that is written today."""
    verdict = rc.assess("morpho-shanghai-2015", "eu-2021-821")
    finding, scope = verdict.findings[0], verdict.program.scope
    result = Result("cases", "", ("None is there.",))

    with pytest.warns(DeprecationWarning, match=r"is now derivation.* release 0\.5 on"):
        assert finding.trace.truth is finding.derivation.truth
    with pytest.warns(DeprecationWarning, match=r"is now derivation\(\)"):
        assert verdict.walk(scope).truth is verdict.derivation(scope).truth
    with pytest.warns(DeprecationWarning, match="is now found"):
        assert result.told == result.found == "None is there."


def test_the_pages_say_when_old_names_are_refused() -> None:
    """The page for authors and the data name the release in which the library refuses them."""
    assert WRITTEN["earlier names are refused by"] == REFUSED_IN
    assert f"release {REFUSED_IN} refuses them" in (FILE.parent / "hooks.md").read_text(encoding="utf-8")


def test_every_hook_is_written_with_promised_names() -> None:
    """What it returns is in ``regcompare.authoring``, or of Python's own."""
    promised = {*authoring.__all__, "Iterable", "Path", "Ruleset"}

    for hook in WRITTEN["hooks"].values():
        names = {
            word for word in hook["returns"].replace("[", " ").replace("]", " ").split() if word != "|"
        }
        assert names <= promised
