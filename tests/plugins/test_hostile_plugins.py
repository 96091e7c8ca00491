"""Hostile plugins: whatever one does, the other rulesets answer as before, and the message names it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from tests.strangers import SECTION, install, ruleset, with_facts

from regcompare.cli import main
from regcompare.errors import CODES, FileError
from regcompare.plugins import plugin as _plugin
from regcompare.plugins.catalogue import LIMIT, Catalogue

NAME = "regcompare-stranger"
SOUND = "regcompare-zoo"
"""A sound plugin that comes after the hostile one."""

HOOK = "from regcompare.plugins.catalogue import hookimpl, FactSections\nfrom regcompare.authoring import *\n"
CASE = """
id: stranger-case
date: 2020-01-01
item: {technology: facial_recognition, form: goods}
transaction: {kind: export}
"""


def hook(body: str, name: str = "regcompare_rulesets", before: str = "") -> str:
    """The source of a module with one hook."""
    return f"{HOOK}{before}\n@hookimpl\ndef {name}():\n    {body}\n"


def scenarios(text: str, name: str = "case.yaml") -> str:
    """The source of a module that brings a file of cases."""
    before = (
        "from pathlib import Path\n"
        f"FILE = Path(__file__).with_name({name!r})\nFILE.write_bytes({text.encode()!r})"
    )
    return hook("return [FILE]", "regcompare_scenarios", before)


def texts(content: bytes, name: str = "ja.po") -> str:
    """The source of a module that brings a file of texts."""
    before = (
        "from pathlib import Path\n"
        "FOLDER = Path(__file__).with_name('texts')\nFOLDER.mkdir(exist_ok=True)\n"
        f"(FOLDER / {name!r}).write_bytes({content!r})"
    )
    return hook("return [FOLDER]", "regcompare_catalogues", before)


def entry(text: str, charset: str = "UTF-8", encoding: str = "utf-8") -> bytes:
    """A file of texts with one entry."""
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={charset}\\n"\n'
    return f'{head}\nmsgid "licence"\nmsgstr "{text}"\n'.encode(encoding)


def facts(body: str, returned: str, name: str = "stranger") -> str:
    """The source of a module that offers facts, with a section of that name in reach."""
    return hook(f"return {returned}", "regcompare_facts", SECTION.format(name=name) + body)


@attrs.frozen
class Hostile:
    """A plugin that means no good, or is careless.

    Attributes:
        code: Under which it is named; blank where it only has to do no harm.
        source: Its module.
        points: Its entry points.
        keeps: A ruleset of its own that has to stay.
    """

    code: str
    source: str | bytes
    points: str | bytes | None = None
    keeps: str = ""


WORKS = ruleset("stranger")


def constraint(
    then: str, when: str = "Transaction.kind.is_in('export')", *, before: str = "", code: str = "RC415"
) -> Hostile:
    """A plugin that says what cannot be otherwise."""
    returned = f"[FactSections((Facts,), (Constraint('So it is.', {when}, {then}),))]"
    return Hostile(
        code, before + "from regcompare.logic.conditions import FALSE\n" + facts("", returned)
    )


def copying(original: str) -> str:
    """The source of a module with a fact whose ordinary answer copies another."""
    section = SECTION.format(name="stranger").replace(
        'YesNo = YesNo("Is it odd?")', f"Country = Country('Where?', ordinary=Same({original}))"
    )
    before = "from regcompare.authoring import Country\nfrom regcompare.facts import Same\n"
    return hook("return [FactSections((Facts,))]", "regcompare_facts", before + section)


def at(place: str) -> str:
    """The source of a module that names where its ruleset is defined."""
    return "from regcompare.plugins.catalogue import RulesetAt\n" + WORKS.replace(
        "[RULES]", f"[{place}]"
    )


HOSTILE: dict[str, Hostile] = {
    # when it is imported
    "lacks a library": Hostile("RC401", "import no_such_module_anywhere\n"),
    "has a syntax error": Hostile("RC401", "x = = 1\n"),
    "is not UTF-8": Hostile("RC401", b"x = '\xff\xfe'\n"),
    "holds a null": Hostile("RC401", b"x = 1\x00\n"),
    "leaves": Hostile("RC401", "raise SystemExit(0)\n"),
    "recurses": Hostile("RC401", "def f(): f()\nf()\n"),
    "runs out of memory": Hostile("RC401", "raise MemoryError\n"),
    "asserts": Hostile("RC401", "assert False\n"),
    "misspells a fact": Hostile("RC407", ruleset("s", when="Transaction.knid.is_in('export')")),
    "misspells an answer": Hostile("RC411", ruleset("s", when="Transaction.kind.is_in('exprot')")),
    "has no citation": Hostile("RC410", WORKS.replace('ACT["Art. 1"]', '"Art. 1"')),
    # what it does to the output
    "prints": Hostile("", "print('{')\n" + WORKS, keeps="stranger"),
    "replaces the output": Hostile(
        "", "import io, sys\nsys.stdout = io.StringIO()\n" + WORKS, keeps="stranger"
    ),
    "prints in a hook": Hostile("RC403", hook("print('{')")),
    # its entry point
    "names no module": Hostile("RC413", WORKS, "[regcompare]\nrules = not a module!\n"),
    "names nothing": Hostile("RC413", WORKS, "[regcompare]\nrules =\n"),
    "has no equals sign": Hostile("RC413", WORKS, "[regcompare]\nregcompare_stranger\n"),
    "has points in no encoding": Hostile("RC413", WORKS, b"[regcompare]\nrules = \xff\xfe\n"),
    "names what is absent": Hostile("RC401", WORKS, "[regcompare]\nrules = regcompare_stranger:absent\n"),
    "names a number": Hostile("RC412", "x = 1\n", "[regcompare]\nrules = regcompare_stranger:x\n"),
    "names one module twice": Hostile(
        "", WORKS, "[regcompare]\na = regcompare_stranger\nb = regcompare_stranger\n", "stranger"
    ),
    "takes a module that ships": Hostile("", "", "[regcompare]\nrules = regcompare_eu\n"),
    # its hooks
    "has none": Hostile("RC412", "x = 1\n"),
    "misspells one": Hostile("RC404", hook("return []", "regcompare_ruleset")),
    "marks none": Hostile("RC404", WORKS.replace("@hookimpl\n", "")),
    "asks for an argument": Hostile("RC404", WORKS.replace("rulesets()", "rulesets(catalogue)")),
    "asks for another API": Hostile("RC409", "REGCOMPARE_API = 99\n" + WORKS),
    "fails in one": Hostile("RC402", hook("1 / 0")),
    "leaves in one": Hostile("RC402", hook("raise SystemExit")),
    "fails half way": Hostile("RC402", hook("yield 1\n    raise RuntimeError")),
    "returns nothing": Hostile("RC403", hook("pass")),
    "returns text": Hostile("RC403", hook("return 'rules'")),
    "returns a mapping": Hostile("RC403", hook("return {'rules': 1}")),
    "returns words": Hostile("RC403", hook("return ['rules']")),
    "returns one alone": Hostile("RC403", WORKS.replace("[RULES]", "RULES")),
    "names its place": Hostile("", at("RulesetAt('stranger', 'regcompare_stranger:RULES')"), keeps="stranger"),
    "names another place": Hostile("RC416", at("RulesetAt('stranger', 'regcompare_stranger:ACT')")),
    "names a place that is absent": Hostile("RC416", at("RulesetAt('stranger', 'no_such_module:RULES')")),
    "names a place of another id": Hostile("RC416", at("RulesetAt('s', 'regcompare_stranger:RULES')")),
    "names no place": Hostile("RC411", at("RulesetAt('stranger', 1)")),
    # its rulesets
    "takes the id of an act": Hostile("RC405", ruleset("eu-2021-821")),
    "takes an id and brings another": Hostile(
        "RC405",
        ruleset("amnesty").replace(
            "[RULES]", "[RULES, attrs.evolve(RULES, id='stranger')]"
        ) + "\nimport attrs\n",
        keeps="stranger",
    ),
    "takes its own id": Hostile(
        "RC405",
        WORKS.replace("[RULES]", "[RULES, attrs.evolve(RULES)]") + "\nimport attrs\n",
        keeps="stranger",
    ),
    "offers an act again": Hostile("", hook("import regcompare_eu\n    return regcompare_eu.regcompare_rulesets()")),
    "hides its facts": Hostile(
        "RC407",
        ruleset("s", facts=SECTION.format(name="hidden"), vocabulary="CORE.with_sections(Facts)"),
    ),
    "adds a section of the core": Hostile("RC411", with_facts("s", "item")),
    "asks too deeply": Hostile(
        "RC416",
        ruleset(
            "s",
            facts="DEEP = Transaction.kind.is_in('export')\n"
            "for number in range(3000):\n"
            "    DEEP = ~(DEEP & ~Transaction.kind.is_in('transit'))\n",
            when="DEEP",
        ),
    ),
    "breaks its ruleset": Hostile("RC416", WORKS + "\nobject.__setattr__(RULES, 'id', ['a'])\n"),
    "empties its ruleset": Hostile("RC416", WORKS + "\nobject.__setattr__(RULES, 'covers', None)\n"),
    # its facts
    "takes a section of the core": Hostile("RC406", facts("", "[FactSections((Facts,))]", "item")),
    "takes a section of an act": Hostile("RC406", facts("", "[FactSections((Facts,))]", "eu")),
    "adds an answer under the name of nobody": Hostile(
        "RC419",
        facts(
            "from regcompare.authoring import OwnAnswers, OwnWord\n",
            "[FactSections((Facts,), own_answers=(OwnAnswers((Transaction.kind,), "
            "(OwnWord('nobody:barter', 'barter'),)),))]",
        ),
    ),
    "takes its own section": Hostile(
        "RC406", facts("Other = Facts" + SECTION.format(name="stranger"), "[FactSections((Other, Facts))]")
    ),
    "offers a section of an act": Hostile(
        "", hook("import regcompare_eu.facts as f\n    return [FactSections((f.Eu,))]", "regcompare_facts")
    ),
    "offers one section twice": Hostile("", facts("", "[FactSections((Facts, Facts)), FactSections((Facts,))]")),
    "offers no section": Hostile("RC411", hook("return [FactSections((int,))]", "regcompare_facts")),
    "says what all exports are": constraint("~Transaction.kind.is_in('export')"),
    "says that nothing can be": constraint("FALSE", code="RC415"),
    "says it of one of two": constraint("Item.form.is_in('software') & Facts.odd"),
    "says it unless of its own": constraint(
        "Item.form.is_in('software')", "Facts.odd | Transaction.kind.is_in('export')"
    ),
    "says it of an act": constraint("Eu.free_zone", before="from regcompare_eu.facts import Eu\n"),
    "says it in two steps": Hostile(
        "",
        facts(
            "",
            "[FactSections((Facts,), ("
            "Constraint('Exports are odd.', Transaction.kind.is_in('export'), Facts.odd), "
            "Constraint('What is odd is software.', Facts.odd, Item.form.is_in('software'))))]",
        ),
    ),
    "presumes against the facts": Hostile(
        "",
        facts(
            "",
            "[FactSections((Facts,), (Constraint('No.', Facts.odd, Item.form.is_in('software')),))]",
        ).replace('Is it odd?")', 'Is it odd?", ordinary=True)'),
    ),
    "reads exports otherwise": Hostile(
        "",
        facts(
            "",
            "[FactSections((Facts,), (Constraint('No.', Transaction.kind.is_in('export'), "
            "~Transaction.kind.is_in('export'), instead=Transaction.kind.is_in('transit')),))]",
        ),
    ),
    "says it in its ruleset": Hostile(
        "RC415",
        ruleset(
            "s",
            facts="from regcompare.authoring import Constraint\nfrom regcompare.logic.conditions import FALSE",
            vocabulary="CORE.with_sections(constraints=("
            "Constraint('Nothing goes.', Transaction.kind.is_in('export'), FALSE),))",
        ),
    ),
    "asks about what nobody offers": Hostile(
        "RC407",
        hook(
            "return [FactSections((Facts,), (Constraint('No.', Facts.odd, Hidden.odd),))]",
            "regcompare_facts",
            SECTION.format(name="hidden") + "Hidden = Facts\n" + SECTION.format(name="stranger"),
        ),
    ),
    "asks about the law": constraint(
        "Facts.odd", "LAW_DATE.on_or_after(dt.date(2020, 1, 1))", before="import datetime as dt\n", code="RC411"
    ),
    # its names
    "takes a key of files": Hostile("RC411", facts("", "[FactSections((Facts,))]", "expect")),
    "takes another key of files": Hostile("RC411", facts("", "[FactSections((Facts,))]", "like")),
    "names a section badly": Hostile("RC411", facts("", "[FactSections((Facts,))]", "Not A Name")),
    "copies a misspelt fact": Hostile("RC407", copying("Destination.contry")),
    "copies a word": Hostile("RC411", copying("'destination.country'")),
    "copies another kind": Hostile("RC411", copying("EndUser.kind")),
    # its cases
    "names no file": Hostile("RC417", hook("from pathlib import Path\n    return [Path('/no/such')]", "regcompare_scenarios")),
    "names a file by text": Hostile("RC403", hook("return ['case.yaml']", "regcompare_scenarios")),
    "brings no YAML": Hostile("RC417", scenarios("id: [a\n")),
    "brings unknown keys": Hostile("RC417", scenarios(CASE + "itme: {form: goods}\n")),
    "brings a contradiction": Hostile(
        "RC417", scenarios(CASE + "end_user: {kind: military, acts_for_state: no}\n")
    ),
    "brings an id that ships": Hostile(
        "RC417", scenarios(CASE.replace("stranger-case", "morpho-shanghai-2015"))
    ),
    "contradicts a case that ships": Hostile(
        "RC417",
        scenarios(
            "for: morpho-shanghai-2015\nowner: A stranger\nsources: [None]\nitem: {face_matching: none}\n"
        ),
    ),
    "brings a file of no kind": Hostile("RC417", scenarios("x", "case.exe")),
    # its texts
    "brings texts in Japanese": Hostile("", texts(entry("許可"))),
    "brings texts in a language of its own": Hostile("", texts(entry("gholqu"), "tlh.po")),
    "brings an old encoding": Hostile("RC423", texts(entry("café", "ISO-8859-1", "latin-1"))),
    "brings another encoding": Hostile("RC423", texts(entry("café", "UTF-8", "latin-1"))),
    "names no encoding": Hostile("", texts(entry("licence", "no-such-encoding"))),
    "brings no catalogue": Hostile("RC423", texts(b"No catalogue at all.\n")),
    "brings words that break off": Hostile("RC423", texts(b'msgid "licence\nmsgstr ]\x00')),
    "brings compiled texts": Hostile("RC423", texts(b"\xde\x12\x04\x95", "ja.mo")),
    "brings words in no language": Hostile("RC423", texts(entry("x"), "messages.pot.po")),
    "brings no texts": Hostile("RC423", texts(b"", "README")),
}  # fmt: skip


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Hostile], str]]:
    """Installs a hostile plugin and a sound one; forgets their modules afterwards."""

    def put(hostile: Hostile) -> str:
        install(tmp_path, NAME, hostile.source, points=hostile.points)
        install(tmp_path, SOUND, with_facts("zoo", "zoo"))
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delenv(LIMIT, raising=False)
        return NAME

    yield put
    for name in [
        name for name in sys.modules if name.startswith(("regcompare_stranger", "regcompare_zoo"))
    ]:
        del sys.modules[name]


def run(*arguments: str) -> int:
    """Runs the command line in this process; returns its status."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


COMPARED = ("compare", "-r", "eu-2021-821", "-r", "amnesty", "--format", "json")


@pytest.fixture(scope="module")
def documentation() -> str:
    """The file of a documented case."""
    return str(next(path for path in Catalogue.installed().paths if "morpho" in path.name))


@pytest.fixture(scope="module")
def before(documentation: str) -> str:
    """What is compared when no stranger is installed."""
    return CliRunner().invoke(main, [*COMPARED, documentation], catch_exceptions=False).stdout


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_plugin_harms_itself_alone(
    what: str,
    installed: Callable[[Hostile], str],
    before: str,
    documentation: str,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """The other rulesets answer as before, results stay clean, and the message names plugin and code."""
    hostile = HOSTILE[what]
    installed(hostile)

    status = run(*COMPARED, documentation)
    done = capfd.readouterr()

    assert (status, done.out) == (0, before)
    assert json.loads(done.out)
    assert "Traceback" not in done.err
    told = [line for line in done.err.splitlines() if line.startswith((NAME, str(tmp_path)))]
    assert bool(told) is bool(hostile.code)
    assert all(f" {hostile.code} " in line for line in told)
    assert SOUND not in done.err


@pytest.mark.thorough
@pytest.mark.parametrize("what", [name for name in HOSTILE if name.startswith("brings texts")])
def test_the_page_is_written_with_texts_of_any_kind(
    what: str, installed: Callable[[Hostile], str], tmp_path: Path
) -> None:
    """A language in which the law cannot be linked is there, and its links lead to English."""
    installed(HOSTILE[what])
    page = tmp_path / "page.html"

    assert run("page", "-o", str(page)) == 0


@pytest.mark.parametrize("what", [name for name, hostile in HOSTILE.items() if hostile.keeps])
def test_what_is_sound_of_it_stays(what: str, installed: Callable[[Hostile], str]) -> None:
    """Of a plugin only what is faulty is left out."""
    installed(HOSTILE[what])

    catalogue = Catalogue.installed()

    assert {HOSTILE[what].keeps, "zoo", "eu-2021-821"} <= set(catalogue.rulesets)


def test_every_code_of_plugins_is_tried() -> None:
    """Each code under which a plugin can be named is met by a hostile one here, or by a test below."""
    tried = {hostile.code for hostile in HOSTILE.values()}

    untried = {code for code in CODES if code.startswith("RC4")} - tried
    with_features = {"RC420", "RC421"}
    by_name = {"RC424"}
    assert untried == {"RC408", "RC418", "RC422", *with_features, *by_name}


def test_a_parallel_that_nobody_offers_is_noted(
    installed: Callable[[Hostile], str], capfd: pytest.CaptureFixture[str]
) -> None:
    """A misspelt id would never be told in a comparison; the nearest is named."""
    beside = 'reference_date=dt.date(2020, 1, 1),\n    parallel_to=("eu-2021-281", "eu-428-2009"),'
    source = WORKS.replace("reference_date=dt.date(2020, 1, 1),", beside)
    installed(Hostile("RC422", source))

    run("plugins", "--format", "json")
    listed = {item["name"]: item for item in json.loads(capfd.readouterr().out)}

    (note,) = listed[f"{NAME}:rules"]["notes"]
    assert note["code"] == "RC422"
    assert "'eu-2021-281'" in note["found"]
    assert "Did you mean 'eu-2021-821'?" in note["expected"]


def test_a_slow_import_is_a_note(
    installed: Callable[[Hostile], str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A plugin that takes long to import works, and ``plugins`` says how long it took."""
    monkeypatch.setattr(_plugin, "SLOW", 0.05)
    installed(Hostile("", "import time\ntime.sleep(0.06)\n" + WORKS))

    status = run("plugins", "--format", "json", "--strict")
    listed = {entry["name"]: entry for entry in json.loads(capfd.readouterr().out)}

    assert status == 0
    assert [note["code"] for note in listed[f"{NAME}:rules"]["notes"]] == ["RC418"]
    assert listed[f"{NAME}:rules"]["rulesets"] == ["stranger"]
    assert listed[f"{SOUND}:rules"]["notes"] == []


def test_a_slow_hook_is_a_note(
    installed: Callable[[Hostile], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook gathers and never computes; the plugin works all the same."""
    monkeypatch.setattr(_plugin, "SLOW", 0.05)
    installed(
        Hostile(
            "",
            WORKS.replace("    return [RULES]", "    import time; time.sleep(0.06)\n    return [RULES]"),
        )
    )

    (plugin,) = (item for item in Catalogue.installed().plugins if item.name.startswith(NAME))

    assert [note.code for note in plugin.notes] == ["RC418"]
    assert "regcompare_rulesets() took 0." in plugin.notes[0].found


@pytest.mark.parametrize("metadata", [b"", b"Version: 1\n", b"\xff\xfe\x00"], ids=repr)
def test_corrupt_metadata_is_named_by_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metadata: bytes
) -> None:
    """A distribution without a name is left out, and no other is."""
    module = install(tmp_path, NAME, WORKS, metadata=metadata)
    monkeypatch.syspath_prepend(tmp_path)

    catalogue = Catalogue.installed()

    (problem,) = catalogue.problems
    assert problem.file == str(tmp_path / f"{module}-1.2.dist-info")
    assert problem.code == "RC413"
    assert "eu-2021-821" in catalogue.rulesets


@pytest.mark.parametrize("early", [True, False])
def test_a_section_that_never_came_is_told_once(
    installed: Callable[[Hostile], str], tmp_path: Path, early: bool
) -> None:
    """Whether its plugin failed before or after it declared the section; a slip of the pen stays one."""
    source = with_facts("stranger", "stranger")
    broken = "import no_such_module\n" + source if early else source + "\nimport no_such_module\n"
    installed(Hostile("RC401", broken))
    case = tmp_path / "case.yaml"
    case.write_text(CASE + "stranger: {odd: yes}\nitme: {form: goods}\nexpect: {stranger: refusal}\n")

    with pytest.raises(FileError) as told:
        Catalogue.installed().read(case)

    assert [problem.code for problem in told.value.problems] == ["RC214", "RC201"]
    assert NAME in told.value.problems[0].expected
    assert told.value.problems[1].suggestion == "item"


def test_ctrl_c_while_plugins_load_ends_the_program(installed: Callable[[Hostile], str]) -> None:
    """It is not taken for a fault of the plugin."""
    installed(Hostile("", "import signal\nsignal.raise_signal(signal.SIGINT)\n" + WORKS))

    with pytest.raises(KeyboardInterrupt):
        Catalogue.installed()


def test_a_broken_standard_error_is_survived(installed: Callable[[Hostile], str]) -> None:
    """What a plugin prints goes to standard error as Python has it at the time."""
    installed(Hostile("", "print('loud')\n" + WORKS))

    with redirect_stderr(io.StringIO()) as errors:
        catalogue = Catalogue.installed()

    assert "loud" in errors.getvalue()
    assert "stranger" in catalogue.rulesets
