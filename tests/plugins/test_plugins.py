"""Plugins as strangers install them: distributions, sound and faulty, beside the bundled ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.support.strangers import OFFER_FACTS, SECTION, install, ruleset, with_facts

from regcompare import UsageError
from regcompare.errors import FileError
from regcompare.plugins.catalogue import LIMIT, Catalogue, Hooks
from regcompare.plugins.hooks import ITEMS
from regcompare_testing.expectations import check

# distribution -> (entry point, source of its module)
STRANGERS: dict[str, tuple[str, str]] = {
    "regcompare-sound": ("rules", with_facts("sound", "sound")),
    "regcompare-samepoint": ("rules", ruleset("same-point")),
    "regcompare-unimportable": ("rules", "import no_such_module_anywhere\n"),
    "regcompare-exits": ("rules", "raise SystemExit('leaving')\n"),
    "regcompare-raises": (
        "rules",
        "from regcompare.authoring import hookimpl\n"
        "@hookimpl\ndef regcompare_rulesets():\n    raise RuntimeError('out of order')\n",
    ),
    "regcompare-wrongthing": (
        "rules",
        "from regcompare.authoring import hookimpl\n@hookimpl\ndef regcompare_rulesets():\n    return ['rules']\n",
    ),
    "regcompare-half": (
        "rules",
        "from regcompare.plugins.catalogue import RulesetAt\n"
        + ruleset("half").replace(
            "return [RULES]",
            "return [RulesetAt(name, 'regcompare_half:' + place) for name, place in "
            "(('broken', 'ABSENT'), ('half', 'RULES'))]",
        ),
    ),
    "regcompare-misspelt": (
        "rules",
        "from regcompare.authoring import hookimpl\n@hookimpl\ndef regcompare_ruleset():\n    return []\n",
    ),
    "regcompare-twinone": ("rules", ruleset("twin")),
    "regcompare-twintwo": ("rules", ruleset("twin")),
    "regcompare-takesitem": (
        "rules",
        ruleset("takes-item", facts=SECTION.format(name="item")) + OFFER_FACTS,
    ),
    "regcompare-hidesfacts": (
        "rules",
        ruleset(
            "hides",
            facts=SECTION.format(name="hidden"),
            when="Facts.odd",
            vocabulary="CORE.with_sections(Facts)",
        ),
    ),
    "regcompare-nofact": ("rules", ruleset("no-fact", when="Transaction.knid.is_in('export')")),
    "regcompare-nocitation": ("rules", ruleset("no-citation").replace('ACT["Art. 1"]', '"Art. 1"')),
    "regcompare-citedinhook": (
        "rules",
        "from regcompare.ruleset.rules import NotEncoded\n"
        "from regcompare.authoring import hookimpl\n"
        "@hookimpl\ndef regcompare_rulesets():\n    return [NotEncoded('Art. 1', 'It.', 'So.')]\n",
    ),
    "regcompare-nopower": (
        "rules",
        "from regcompare.logic.conditions import Holds\n"
        "from regcompare.logic.questions import PowerQuestion\n"
        + ruleset("no-power", when='Holds(PowerQuestion("art-9"))'),
    ),
    "regcompare-nostop": ("rules", ruleset("no-stop").replace("needs a licence.", "needs a licence")),
    "regcompare-returnsone": ("rules", ruleset("one").replace("return [RULES]", "return RULES")),
    "regcompare-returnsnone": ("rules", ruleset("none").replace("return [RULES]", "return None")),
    "regcompare-unmarked": ("rules", ruleset("unmarked").replace("@hookimpl\n", "")),
    "regcompare-takesargument": (
        "rules",
        ruleset("argument").replace("def regcompare_rulesets()", "def regcompare_rulesets(catalogue)"),
    ),
    "regcompare-nohook": ("rules", "x = 1\n"),
    "regcompare-newapi": ("rules", "REGCOMPARE_API = 99\n" + ruleset("new-api")),
    "regcompare-wordapi": ("rules", "REGCOMPARE_API = 'one'\n" + ruleset("word-api")),
    "regcompare-prints": ("loud", "REGCOMPARE_API = 1\nprint('[')\n" + ruleset("loud")),
}

EXPECTED_CODES = {
    "regcompare-unimportable:rules": "RC401",
    "regcompare-exits:rules": "RC401",
    "regcompare-raises:rules": "RC402",
    "regcompare-wrongthing:rules": "RC403",
    "regcompare-misspelt:rules": "RC404",
    "regcompare-twintwo:rules": "RC405",
    "regcompare-takesitem:rules": "RC406",
    "regcompare-hidesfacts:rules": "RC407",
    "regcompare-nofact:rules": "RC407",
    "regcompare-nocitation:rules": "RC410",
    "regcompare-citedinhook:rules": "RC410",
    "regcompare-nopower:rules": "RC407",
    "regcompare-nostop:rules": "RC411",
    "regcompare-returnsone:rules": "RC403",
    "regcompare-returnsnone:rules": "RC403",
    "regcompare-unmarked:rules": "RC404",
    "regcompare-takesargument:rules": "RC404",
    "regcompare-half:rules": "RC416",
    "regcompare-nohook:rules": "RC412",
    "regcompare-newapi:rules": "RC409",
    "regcompare-wordapi:rules": "RC409",
}


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the invented distributions are installed."""
    root = tmp_path_factory.mktemp("strangers")
    for name, (point, source) in STRANGERS.items():
        install(root, name, source, points=f"[regcompare]\n{point} = {name.replace('-', '_')}\n")
    return root


def command(strangers: Path, *arguments: str, limit: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the command line with the strangers on the path."""
    path = os.pathsep.join([str(strangers), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "regcompare", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, LIMIT: limit},
        check=False,
    )


@pytest.fixture(scope="session")
def listing(strangers: Path) -> subprocess.CompletedProcess[str]:
    """What becomes of ``plugins --format json``."""
    return command(strangers, "plugins", "--format", "json")


@pytest.fixture(scope="session")
def listed(listing: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    """What it lists, by name."""
    return {entry["name"]: entry for entry in json.loads(listing.stdout)}


def test_every_fault_is_named_with_its_code(listed: dict[str, dict[str, Any]]) -> None:
    """Each faulty plugin is named, with version and stable code; the sound ones have no problem."""
    found = {name: entry["problems"][0]["code"] for name, entry in listed.items() if entry["problems"]}

    assert found == EXPECTED_CODES
    assert all(entry["version"] for entry in listed.values())


def test_faulty_plugins_leave_the_others_working(listed: dict[str, dict[str, Any]]) -> None:
    """The bundled rulesets and the sound strangers are there, same entry-point names included."""
    assert listed["regcompare-sound:rules"]["rulesets"] == ["sound"]
    assert listed["regcompare-sound:rules"]["sections"] == ["sound"]
    assert listed["regcompare-samepoint:rules"]["rulesets"] == ["same-point"]
    assert listed["regcompare:eu"]["rulesets"][:2] == ["eu-428-2009", "eu-2021-821"]
    assert listed["regcompare:amnesty"]["rulesets"][0] == "amnesty"


def test_a_ruleset_that_cannot_be_built_is_left_out_alone(listed: dict[str, dict[str, Any]]) -> None:
    """The other rulesets of its plugin work, and the fault is named."""
    assert listed["regcompare-half:rules"]["rulesets"] == ["half"]
    assert "regcompare_half:ABSENT" in str(listed["regcompare-half:rules"]["problems"][0])


def test_problems_carry_the_cure(listing: subprocess.CompletedProcess[str]) -> None:
    """Problems go to standard error with what was found, what was expected and the nearest name."""
    told = listing.stderr

    assert "regcompare-misspelt:rules 1.2: RC404" in told
    assert "Did you mean 'regcompare_rulesets'?" in told
    assert "Transaction has no fact 'knid'. Did you mean 'Transaction.kind'?" in told
    assert "needs a citation first" in told
    assert "regcompare_rulesets() is not marked as a hook. Expected @hookimpl above it." in told
    assert "It was written for interface 99; this is 2." in told
    assert "Traceback" not in told
    assert listing.returncode == 0


LAND = {
    "__init__.py": "from . import articles, fields\nfrom .fields import Land\n",
    "articles.py": "from regcompare.authoring import Item, Outcome\nfrom .fields import Land\n\n{fault}\n",
    "fields.py": "from regcompare.authoring import YesNo, section\n\n"
    '@section("{name}", "Land")\nclass Land:\n    odd: YesNo = YesNo("Is it odd?")\n',
}
"""A plugin of several files, in the second of which a fault can be put in line 4."""


def land(root: Path, fault: str, name: str = "land") -> Path:
    """A folder in which that plugin is installed, with a fault."""
    package, metadata = root / f"regcompare_{name}", root / f"regcompare_{name}-1.dist-info"
    package.mkdir()
    metadata.mkdir()
    for file, text in LAND.items():
        written = text.replace("{fault}", fault).replace("{name}", name)
        (package / file).write_text(written, encoding="utf-8")
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: regcompare-{name}\nVersion: 1\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text(
        f"[regcompare]\n{name} = regcompare_{name}\n", encoding="utf-8"
    )
    return root


FAULTS = {
    "unparsed": ("x = = 1", "RC401 {plugin} cannot be used: {place}: invalid syntax"),
    "divided": ("1 / 0", "RC401 {plugin} cannot be used: {place}: ZeroDivisionError"),
    "undefined": (
        "Item.technology.is_in('cameras')",
        "RC411 {plugin} cannot be used: {place}: In a",
    ),
    "factless": (
        "Land.ood",
        "RC407 {plugin} cannot be used: {place}: AttributeError: Land has no",
    ),
    "memberless": (
        "Outcome.REFUSED",
        "RC411 {plugin} cannot be used: {place}: AttributeError: Outcome has no member "
        "'REFUSED', only NO_CONTROL, GENERAL_AUTHORISATION, NOTIFICATION, AUTHORISATION, "
        "SUSPENSION, REFUSAL, PROHIBITION. Did you mean 'Outcome.REFUSAL'? Expected a definition",
    ),
}


def test_a_fault_is_placed_in_the_file_of_its_author(tmp_path: Path) -> None:
    """The place is the last line of the plugin that was running, not one of the library below it."""
    for name, (fault, _) in FAULTS.items():
        land(tmp_path, fault, name)

    told = command(tmp_path, "plugins", limit=",".join(FAULTS)).stderr

    expected = [
        message.format(plugin=f"regcompare_{name}", place=f"regcompare_{name}/articles.py:4")
        for name, (_, message) in FAULTS.items()
    ]
    assert [message for message in expected if message not in told] == []


def test_a_section_of_a_faulty_plugin_is_no_unknown_key(tmp_path: Path) -> None:
    """A file that states facts of a plugin that was left out is told that, not that its key is unknown."""
    case = tmp_path / "case.yaml"
    case.write_text(
        "id: odd\ntransaction: {kind: export}\nland: {odd: yes}\nexpect: {land: authorisation}\n",
        encoding="utf-8",
    )

    done = command(land(tmp_path, "1 / 0"), "check", str(case), limit="land,regcompare:testing")

    assert "case.yaml:3:1: RC214 The section 'land' belongs to a plugin" in done.stderr
    assert "the plugin regcompare-land:land to load; regcompare plugins says why" in done.stderr
    assert "RC201" not in done.stderr


def test_an_expectation_of_an_unknown_ruleset_has_its_code(tmp_path: Path) -> None:
    """Every command that reads such a file says at which place there is no such ruleset."""
    case = tmp_path / "case.yaml"
    case.write_text("id: odd\nexpect: {eu-2021-812: no_control}\n", encoding="utf-8")

    with pytest.raises(FileError) as caught:
        Catalogue.installed().read(case)

    assert str(caught.value).startswith(f"{case}:2:10: RC213 'eu-2021-812' is not a ruleset. Expected")
    assert str(caught.value).endswith("Did you mean 'eu-2021-821'?")


def test_where_not_every_plugin_is_loaded_an_expectation_may_be_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a limit on plugins the ruleset may be one of those left out; check says that it is not there."""
    case = tmp_path / "case.yaml"
    case.write_text("id: odd\nexpect: {amnesty: no_control}\n", encoding="utf-8")
    monkeypatch.setenv("REGCOMPARE_PLUGINS", "eu")

    catalogue = Catalogue.installed()
    [scenario] = catalogue.read(case)

    assert [entry.problem for entry in check(scenario, catalogue.rulesets)] == [
        "RC213 'amnesty' is not a ruleset."
    ]


def test_a_stranger_is_compared_like_any_other(strangers: Path, tmp_path: Path) -> None:
    """A stranger's ruleset, with facts of its own in the file, is used by the command line."""
    case = tmp_path / "case.yaml"
    case.write_text(
        "id: odd\ntransaction: {kind: export}\nsound: {odd: yes}\nexpect: {sound: authorisation}\n",
        encoding="utf-8",
    )

    done = command(strangers, "check", str(case), "--format", "json")

    assert [entry["ok"] for entry in json.loads(done.stdout)] == [True]


def test_strict_makes_a_fault_an_error(strangers: Path) -> None:
    """With --strict a faulty plugin ends the command with status 2."""
    assert command(strangers, "plugins", "--strict").returncode == 2


def test_what_a_plugin_prints_is_kept_out_of_the_results(listed: dict[str, dict[str, Any]]) -> None:
    """A plugin that prints when it is imported works, and spoils no JSON."""
    assert listed["regcompare-prints:loud"]["rulesets"] == ["loud"]
    assert listed["regcompare-prints:loud"]["api"] == 1


@pytest.mark.parametrize(
    ("limit", "loaded"),
    [
        ("regcompare-sound", {"regcompare-sound:rules"}),
        ("loud, eu", {"regcompare-prints:loud", "regcompare:eu"}),
        ("regcompare:cases,regcompare-sound:rules", {"regcompare:cases", "regcompare-sound:rules"}),
    ],
)
def test_the_environment_limits_what_is_loaded(strangers: Path, limit: str, loaded: set[str]) -> None:
    """REGCOMPARE_PLUGINS names distributions, entry points or both; the faulty ones are not touched."""
    done = command(strangers, "plugins", "--format", "json", limit=limit)

    assert {entry["name"] for entry in json.loads(done.stdout)} == loaded
    assert "RC4" not in done.stderr


def test_a_limit_that_matches_nothing_is_reported(strangers: Path) -> None:
    """A name that no plugin has is a problem of its own, with the nearest name; --strict fails."""
    done = command(strangers, "plugins", "--format", "json", limit="eu,regcompare-sond")
    strict = command(strangers, "plugins", "--strict", limit="eu,regcompare-sond")

    assert {
        entry["name"]: [problem["code"] for problem in entry["problems"]]
        for entry in json.loads(done.stdout)
    } == {
        "regcompare:eu": [],
        "regcompare-sond": ["RC408"],
    }
    assert "which no installed plugin is called" in done.stderr
    assert "Did you mean 'regcompare-sound'?" in done.stderr
    assert (done.returncode, strict.returncode) == (0, 2)


def test_the_bundled_plugins_are_sound() -> None:
    """What ships has no problems, and is found through the same entry points."""
    catalogue = Catalogue.installed()

    assert catalogue.problems == ()
    assert {"eu-428-2009", "eu-2021-821", "amnesty"} <= set(catalogue.rulesets)


def test_what_ships_is_built_when_it_is_asked_for() -> None:
    """A catalogue, and one act from it, build no proposal; a case is read without any ruleset."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from regcompare.plugins.catalogue import Catalogue; catalogue = Catalogue.installed(); "
            "catalogue.read('scenarios/morpho-shanghai-2015.yaml'); "
            "print(any('regcompare_eu.eu_' in name for name in sys.modules)); "
            "catalogue.ruleset('eu-2021-821'); "
            "print(sorted(name for name in sys.modules if name.startswith('regcompare_eu.e') "
            "and name.count('.') == 1))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False\n['regcompare_eu.eu_2021_821']\n"


def test_where_a_ruleset_is_named_says_what_it_is() -> None:
    """Of each ruleset that ships, the id is that of its place, and so is whether it is parallel."""
    rulesets = Catalogue.installed().rulesets

    assert {name: held.id for name, held in rulesets.items()} == {name: name for name in rulesets}
    beside = [held.id for held in rulesets.values() if held.parallel_to]
    for named in (Catalogue.installed().rulesets, rulesets):  # Before and after they are built.
        assert [held.id for held in named.parallel()] == beside


def test_a_catalogue_never_changes() -> None:
    """Adding a ruleset gives another catalogue and leaves the first as it was."""
    catalogue = Catalogue.installed()
    reform = catalogue.ruleset("eu-2021-821").without("art-5-2", id="no-art-5-2")

    extended = catalogue.with_ruleset(reform)

    assert "no-art-5-2" in extended.rulesets
    assert "no-art-5-2" not in catalogue.rulesets


def test_a_catalogue_says_what_was_added_to_it() -> None:
    """A new ruleset counts, and one that takes the place of another; the same one again does not."""
    catalogue = Catalogue.installed()
    act = catalogue.ruleset("eu-2021-821")
    other = attrs.evolve(act.without("art-5-2"), id="eu-2021-821")

    assert catalogue.added == catalogue.with_ruleset(act).added == ()
    assert catalogue.with_ruleset(other).with_ruleset(other).added == ("eu-2021-821",)


def test_an_unknown_ruleset_is_answered_with_the_nearest() -> None:
    """A misspelt id is answered with the id that is like it."""
    with pytest.raises(UsageError, match="Did you mean 'amnesty'"):
        Catalogue.installed().ruleset("amnesti")


def test_rules_from_a_plain_file(tmp_path: Path) -> None:
    """A file that defines a ruleset is loaded without installation."""
    file = tmp_path / "my_rules.py"
    file.write_text(ruleset("from-file"), encoding="utf-8")

    assert "from-file" in Catalogue.installed().with_loaded(file).rulesets


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = = 1\n", r":1: invalid syntax"),
        ("import no_such_module\n", r":1: ModuleNotFoundError"),
        ("x = 1\n", r"defines no ruleset"),
        (
            "from regcompare.authoring import Item\n\nItem.tecnology\n",
            r":3: AttributeError: Item has no fact 'tecnology'. Did you mean 'Item.technology'",
        ),
        (
            "from regcompare.authoring import Trigger\nTrigger.FINDINGS\n",
            r":2: AttributeError: Trigger has no member .* Did you mean 'Trigger.FINDING'",
        ),
    ],
)
def test_a_faulty_plain_file_is_reported_by_line(tmp_path: Path, source: str, message: str) -> None:
    """What is wrong with a file of rules is said with its line."""
    file = tmp_path / "my_rules.py"
    file.write_text(source, encoding="utf-8")

    with pytest.raises(FileError, match=message):
        Catalogue(rulesets={}).with_loaded(file)


def test_every_hook_has_a_docstring() -> None:
    """Each hook says what it returns."""
    hooks = [value for name, value in vars(Hooks).items() if name.startswith("regcompare_")]

    assert all(hook.__doc__ for hook in hooks)
    assert len(hooks) == len(ITEMS)
