"""Hostile plugins: whatever one does, the other rulesets answer as before, and the message names it."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pytest
from click.testing import CliRunner
from tests.support.shipped import only_what_ships
from tests.support.strangers import SECTION, install, ruleset, with_facts

from regcompare.cli import main
from regcompare.errors import CODES, FileError
from regcompare.plugins import plugin as _plugin
from regcompare.plugins.catalogue import LIMIT, Catalogue

NAME = "regcompare-stranger"
ROOT = Path(__file__).parents[2]
CASE_ID = "morpho-shanghai-2015"
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


def scenarios(text: str, name: str = "stranger.yaml") -> str:
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
        "FOLDER = Path(__file__).with_name('stranger-texts')\nFOLDER.mkdir(exist_ok=True)\n"
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


def thread(code: str, times: int = 200) -> str:
    """The source of a thread that does something again and again."""
    return (
        "import sys, threading, time\n"
        f"def again():\n    for _ in range({times}):\n        {code}\n        time.sleep(0.02)\n"
        "threading.Thread(target=again, daemon=True).start()\n"
    )


def special(make: str, name: str) -> str:
    """The source of a module that brings a file which is not an ordinary one."""
    is_text = name.endswith(".po")
    before = (
        "import os\nfrom pathlib import Path\n"
        "FOLDER = Path(__file__).with_name('stranger-special')\nFOLDER.mkdir(exist_ok=True)\n"
        f"FILE = FOLDER / {name!r}\n{make}"
    )
    what, which = ("FOLDER", "catalogues") if is_text else ("FILE", "scenarios")
    return hook(f"return [{what}]", f"regcompare_{which}", before)


def feature(given: str, name: str = "commands") -> str:
    """The source of a module that offers a feature."""
    before = "from regcompare.plugins.catalogue import Feature\n"
    return hook(f"return [Feature({given})]", f"regcompare_{name}", before)


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
    "misspells a fact": Hostile("RC407", ruleset("stranger", when="Transaction.knid.is_in('export')")),
    "misspells an answer": Hostile("RC411", ruleset("stranger", when="Transaction.kind.is_in('exprot')")),
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
    "names a place of another id": Hostile("RC416", at("RulesetAt('stranger-other', 'regcompare_stranger:RULES')")),
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
        ruleset("stranger", facts=SECTION.format(name="hidden"), vocabulary="CORE.with_sections(Facts)"),
    ),
    "adds a section of the core": Hostile("RC411", with_facts("stranger", "item")),
    "asks too deeply": Hostile(
        "RC411",
        ruleset(
            "stranger",
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
            "stranger",
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
    "brings a file of no kind": Hostile("RC417", scenarios("x", "stranger.exe")),
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
    # what it raises
    "closes a generator": Hostile("RC401", "raise GeneratorExit\n"),
    "raises the base of all": Hostile("RC401", "raise BaseException('no')\n"),
    "presses Ctrl-C itself": Hostile("RC401", "raise KeyboardInterrupt\n"),
    "pretends to be stopped": Hostile(
        "RC401", "from regcompare.plugins.guard import Stopped\nraise Stopped('by nobody')\n"
    ),
    "pretends to be late": Hostile("RC418", "from regcompare.plugins.guard import Overdue\nraise Overdue\n"),
    "pretends a fault": Hostile("RC401", "from regcompare.plugins.faults import Fault\nraise Fault(1)\n"),
    "cancels": Hostile("RC401", "import asyncio\nraise asyncio.CancelledError\n"),
    "cancels at a place": Hostile(
        "RC416",
        at("RulesetAt('stranger', 'stranger_late:RULES')")
        + "\nfrom pathlib import Path\nPath(__file__).with_name('stranger_late.py').write_text("
        "'import asyncio\\nraise asyncio.CancelledError')\n",
    ),
    "skips, as a test does": Hostile("RC401", "import pytest\npytest.skip(allow_module_level=True)\n"),
    "fails, as a test does": Hostile("RC401", "import pytest\npytest.fail('no')\n"),
    "stops an iteration": Hostile("RC401", "raise StopIteration\n"),
    "raises several": Hostile("RC401", "raise BaseExceptionGroup('no', [SystemExit(), GeneratorExit()])\n"),
    "cannot say its error": Hostile(
        "RC401", "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E\n"
    ),
    "says its error with another": Hostile(
        "RC401", "class E(BaseException):\n    def __str__(self): raise E\nraise E\n"
    ),
    "says a number": Hostile("RC401", "class E(Exception):\n    def __str__(self): return 1\nraise E\n"),
    "hides the name of its error": Hostile(
        "RC401",
        "class M(type):\n    __name__ = property(lambda cls: 1 / 0)\n"
        "class E(Exception, metaclass=M):\n    pass\nraise E\n",
    ),
    "says it without end": Hostile("RC401", "raise ValueError('x' * 5_000_000)\n"),
    "says it in a definition without end": Hostile("RC411", WORKS.replace('"law"', "'x' * 50_000")),
    "says it in colours": Hostile("RC401", "raise ValueError('\\x1b[31m\\x1b]8;;http://x\\x07')\n"),
    "blames a file that is none": Hostile(
        "RC401", "exec(compile('1 / 0', '/dev/zero', 'exec'))\n"
    ),
    "blames itself in a circle": Hostile(
        "RC401", "a, b = ValueError('a'), ValueError('b')\na.__cause__, b.__cause__ = b, a\nraise a\n"
    ),
    "fails in a decorator": Hostile("RC401", "@lambda f: 1 / 0\ndef f(): pass\n"),
    # what it waits for
    "hangs": Hostile("RC418", "while True: pass\n"),
    "sleeps": Hostile("RC418", "import time\ntime.sleep(1e6)\n"),
    "catches its end": Hostile(
        "RC418",
        "import time\ntry:\n    time.sleep(1e6)\nexcept BaseException:\n    pass\n" + WORKS,
    ),
    "waits for a lock": Hostile("RC418", "import threading\nthreading.Event().wait()\n"),
    "hangs in its error": Hostile(
        "RC401", "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E\n"
    ),
    "hangs in a hook": Hostile("RC418", hook("while True: pass")),
    "opens a FIFO": Hostile(
        "RC418",
        "import os\nplace = __file__ + '.stranger'\nos.mkfifo(place)\nopen(place)\n",
    ),
    "asks the user": Hostile("RC401", "input('Your password? ')\n"),
    "reads the input": Hostile("", "import os, sys\nos.read(0, 9), sys.stdin.read()\n" + WORKS, keeps="stranger"),
    # what it does to the output
    "writes to the descriptor": Hostile("", "import os\nos.write(1, b'{')\n" + WORKS, keeps="stranger"),
    "writes to the first output": Hostile(
        "", "import sys\nsys.__stdout__.write('{')\n" + WORKS, keeps="stranger"
    ),
    "prints to the first output": Hostile(
        "", "import sys\nprint('{', file=sys.__stdout__)\n" + WORKS, keeps="stranger"
    ),
    "writes to the buffer": Hostile("", "import sys\nsys.stdout.buffer.write(b'{')\n" + WORKS, keeps="stranger"),
    "starts what prints": Hostile(
        "", "import subprocess\nsubprocess.run(['echo', '{'])\n" + WORKS, keeps="stranger"
    ),
    "logs to the first output": Hostile(
        "",
        "import logging, sys\nlogging.basicConfig(stream=sys.__stdout__, level=0, force=True)\n"
        "logging.warning('{')\n" + WORKS,
        keeps="stranger",
    ),
    "logs to the output": Hostile(
        "",
        "import logging, sys\nlogging.basicConfig(stream=sys.stdout, level=0, force=True)\n"
        "logging.warning('{')\n" + WORKS,
        keeps="stranger",
    ),
    "closes the output": Hostile("", "import sys\nsys.stdout.close()\n" + WORKS, keeps="stranger"),
    "closes the first output": Hostile("", "import sys\nsys.__stdout__.close()\n" + WORKS, keeps="stranger"),
    "closes the errors": Hostile("", "import sys\nsys.stderr.close()\n" + WORKS, keeps="stranger"),
    "closes the descriptor": Hostile("", "import os\nos.close(1)\n" + WORKS, keeps="stranger"),
    "closes that of errors": Hostile("", "import os\nos.close(2)\n" + WORKS, keeps="stranger"),
    "closes many descriptors": Hostile("", "import os\nos.closerange(0, 100)\n" + WORKS, keeps="stranger"),
    "takes the outputs away": Hostile(
        "", "import sys\nsys.stdout = sys.stderr = sys.__stdout__ = None\n" + WORKS, keeps="stranger"
    ),
    "prints from a thread": Hostile("", thread("print('{')") + WORKS, keeps="stranger"),
    "writes from a thread": Hostile("", thread("sys.stdout.write('{')") + WORKS, keeps="stranger"),
    "writes bytes from a thread": Hostile("", thread("sys.stdout.buffer.write(b'{')") + WORKS, keeps="stranger"),
    "lets a thread run for ever": Hostile(
        "",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1e6,)).start()\n" + WORKS,
        keeps="stranger",
    ),
    "fails in a thread": Hostile("", thread("1 / 0", times=1) + WORKS, keeps="stranger"),
    "forks": Hostile("", "import os\nos.fork()\n" + WORKS, keeps="stranger"),
    "forks and prints": Hostile("", "import os\nos.fork() or os.write(1, b'{')\n" + WORKS, keeps="stranger"),
    "forks and fails": Hostile("", "import os\nif not os.fork(): 1 / 0\n" + WORKS, keeps="stranger"),
    "forks and leaves": Hostile("", "import os, sys\nif not os.fork(): sys.exit(7)\n" + WORKS, keeps="stranger"),
    "forks from a thread": Hostile(
        "",
        "import os, sys, threading\n"
        "def fork():\n    if not os.fork(): os.write(1, b'{'); os._exit(0)\n"
        "threading.Thread(target=fork).start()\n" + WORKS,
        keeps="stranger",
    ),
    "prints when the program ends": Hostile(
        "", "import atexit, os\natexit.register(lambda: (print('{'), os.write(1, b'{')))\n" + WORKS, keeps="stranger"
    ),
    "prints when it is deleted": Hostile(
        "",
        "class D:\n    def __del__(self): print('{')\nD()\n" + WORKS,
        keeps="stranger",
    ),
    # what it changes of the program
    "changes the folder": Hostile("", "import os\nos.chdir('/')\n" + WORKS, keeps="stranger"),
    "works in a folder that goes": Hostile(
        "",
        "import os, tempfile\nplace = tempfile.mkdtemp()\nos.chdir(place)\nos.rmdir(place)\n" + WORKS,
        keeps="stranger",
    ),
    "empties the environment": Hostile("", "import os\nos.environ.clear()\n" + WORKS, keeps="stranger"),
    "replaces the environment": Hostile("", "import os\nos.environ = None\n" + WORKS, keeps="stranger"),
    "changes the locale": Hostile(
        "", "import locale\nlocale.setlocale(locale.LC_ALL, 'C')\n" + WORKS, keeps="stranger"
    ),
    "changes the time zone": Hostile(
        "", "import os, time\nos.environ['TZ'] = 'Etc/GMT+12'\ntime.tzset()\n" + WORKS, keeps="stranger"
    ),
    "counts to one digit": Hostile(
        "", "import decimal\ndecimal.getcontext().prec = 1\n" + WORKS, keeps="stranger"
    ),
    "makes warnings errors": Hostile("", "import warnings\nwarnings.simplefilter('error')\n" + WORKS, keeps="stranger"),
    "breaks warnings": Hostile("", "import warnings\nwarnings.showwarning = None\n" + WORKS, keeps="stranger"),
    "hides new files": Hostile("", "import os\nos.umask(0o777)\n" + WORKS, keeps="stranger"),
    "allows few calls": Hostile("", "import sys\nsys.setrecursionlimit(120)\n" + WORKS),
    "allows few digits": Hostile("", "import sys\nsys.set_int_max_str_digits(640)\n" + WORKS, keeps="stranger"),
    "traces": Hostile("RC401", "import sys\nsys.settrace(lambda *args: 1 / 0)\n" + WORKS),
    "profiles": Hostile("", "import sys\nsys.setprofile(lambda *args: None)\n" + WORKS, keeps="stranger"),
    "never collects": Hostile("", "import gc\ngc.disable()\ngc.set_threshold(1)\n" + WORKS, keeps="stranger"),
    "sets an alarm": Hostile("", "import signal\nsignal.alarm(1)\n" + WORKS, keeps="stranger"),
    "sets a timer": Hostile(
        "", "import signal\nsignal.setitimer(signal.ITIMER_VIRTUAL, 0.5)\n" + WORKS, keeps="stranger"
    ),
    "ignores Ctrl-C": Hostile(
        "", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n" + WORKS, keeps="stranger"
    ),
    "blocks signals": Hostile(
        "", "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n" + WORKS,
        keeps="stranger",
    ),
    "allows few files": Hostile(
        "",
        "import resource as r\nr.setrlimit(r.RLIMIT_NOFILE, (5, r.getrlimit(r.RLIMIT_NOFILE)[1]))\n" + WORKS,
    ),
    "allows no writing": Hostile(
        "",
        "import resource as r\nr.setrlimit(r.RLIMIT_FSIZE, (0, r.getrlimit(r.RLIMIT_FSIZE)[1]))\n" + WORKS,
    ),
    "empties the path": Hostile("", "import sys\nsys.path.clear()\n" + WORKS, keeps="stranger"),
    "replaces the path": Hostile("", "import sys\nsys.path = ['/nowhere']\n" + WORKS, keeps="stranger"),
    "goes first on the path": Hostile(
        "",
        "import sys, tempfile, pathlib\nplace = tempfile.mkdtemp()\n"
        "pathlib.Path(place, 'difflib.py').write_text('1 / 0')\nsys.path.insert(0, place)\n" + WORKS,
        keeps="stranger",
    ),
    "purges the modules": Hostile(
        "RC401",
        WORKS + "\nimport sys\nfor name in list(sys.modules):\n"
        "    if name.startswith('regcompare'): del sys.modules[name]\n",
    ),
    "puts others in their place": Hostile(
        "", WORKS + "\nimport sys\nsys.modules['json'] = sys.modules['regcompare'] = None\n", keeps="stranger"
    ),
    "refuses imports": Hostile(
        "",
        "import sys\nclass No:\n    def find_spec(self, *args): 1 / 0\n"
        + WORKS + "\nsys.meta_path.insert(0, No())\n",
        keeps="stranger",
    ),
    "empties what finds modules": Hostile("", WORKS + "\nimport sys\nsys.meta_path.clear()\n", keeps="stranger"),
    "replaces what Python has": Hostile(
        "RC401",
        WORKS + "\nimport builtins\nbuiltins.len = builtins.print = builtins.open = None\nlen('')\n",
    ),
    "removes what Python has": Hostile("", WORKS + "\nimport builtins\ndel builtins.sorted\n", keeps="stranger"),
    "hooks errors": Hostile("", "import sys\nsys.excepthook = sys.unraisablehook = None\n" + WORKS, keeps="stranger"),
    # what it reaches of the library
    "empties the answers of a fact": Hostile("RC401", WORKS + "\nItem.technology.labels().clear()\n"),
    "empties the members of a fact": Hostile("RC401", WORKS + "\nItem.technology.members.clear()\n"),
    "takes facts from the core": Hostile("RC401", WORKS + "\nCORE.by_key.pop('item.technology')\n"),
    "takes sections from the core": Hostile("RC401", WORKS + "\nCORE.by_name.clear()\n"),
    "takes presumptions from the core": Hostile("RC401", WORKS + "\nCORE.ordinary.clear()\n"),
    "empties the codes of problems": Hostile(
        "", WORKS + "\nfrom regcompare.errors import CODES\nCODES.clear()\n"
    ),
    "empties the hooks": Hostile("", WORKS + "\nfrom regcompare.plugins.hooks import ITEMS\nITEMS.clear()\n"),
    "empties the commands": Hostile(
        "", WORKS + "\nfrom regcompare.plugins.builtin import BUILTIN\nBUILTIN['regcompare_commands'].clear()\n"
    ),
    "replaces functions of the library": Hostile(
        "", WORKS + "\nimport regcompare, json\nregcompare.compare = json.dumps = regcompare.errors.nearest = None\n"
    ),
    "replaces methods of the library": Hostile(
        "", WORKS + "\nRuleset.__init__ = None\nRuleset.on = Outcome.__str__ = None\ndel Ruleset.without\n"
    ),
    "replaces methods that the library calls": Hostile(
        "", WORKS + "\nimport pathlib\npathlib.Path.exists = pathlib.Path.open = lambda self: 1 / 0\n"
    ),
    "puts words into the tables of the library": Hostile(
        "", WORKS + "\nfrom regcompare.vocabulary import sections\nsections.FORMS['stranger'] = 'no'\n"
    ),
    "asks for all that is installed": Hostile("RC401", "import regcompare\nregcompare.regimes()\n" + WORKS),
    "compares in a hook": Hostile("RC402", hook("import regcompare\n    return list(regcompare.compare())")),
    # its hooks
    "answers every name": Hostile("RC401", "def __getattr__(name): raise SystemExit(name)\n"),
    "never ends": Hostile("RC403", hook("import itertools\n    return itertools.count()")),
    "never ends, in a generator": Hostile("RC403", hook("while True: yield RULES", before=WORKS)),
    "returns too many": Hostile("RC403", hook("return [RULES] * 20_000", before=WORKS)),
    "returns itself": Hostile("RC403", hook("own = []\n    own.append(own)\n    return own")),
    "returns later": Hostile("RC403", WORKS.replace("def regcompare", "async def regcompare")),
    "returns a list of its own": Hostile(
        "RC402",
        hook("return Mine()", before="class Mine(list):\n    def __iter__(self): raise GeneratorExit\n"),
    ),
    "returns its own kind": Hostile(
        "RC403",
        WORKS.replace("RULES = Ruleset(", "class Mine(Ruleset): pass\n\nRULES = Mine("),
    ),
    "returns what equals all": Hostile(
        "RC403", hook("return [All()]", before="class All:\n    def __eq__(self, other): return True\n")
    ),
    "returns a path of its own": Hostile(
        "RC402",
        hook(
            "return [Mine('/')]",
            "regcompare_scenarios",
            "from pathlib import PosixPath\nclass Mine(PosixPath):\n    def __str__(self): raise GeneratorExit\n",
        ),
    ),
    "writes with letters of its own": Hostile(
        "RC403",
        WORKS.replace('"Every export needs a licence."', 'S("Every export needs a licence.")').replace(
            "RULES =", "class S(str):\n    def __format__(self, spec): raise SystemExit\n\nRULES ="
        ),
    ),
    "is named with letters of its own": Hostile(
        "RC403",
        WORKS.replace('"stranger",', 'S("stranger"),').replace(
            "RULES =", "class S(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\n\nRULES ="
        ),
    ),
    "asks in letters of its own": Hostile(
        "RC401",
        with_facts("stranger", "stranger").replace('"Is it odd?"', 'S("Is it odd?")').replace(
            "@section", "class S(str):\n    def __str__(self): raise SystemExit\n\n@section"
        ),
    ),
    "asks for no number of an API": Hostile("RC409", "REGCOMPARE_API = True\n" + WORKS),
    "asks for every API": Hostile(
        "RC409",
        "class All:\n    def __eq__(self, other): return True\nREGCOMPARE_API = All()\n" + WORKS,
    ),
    "says its API without end": Hostile("RC409", "REGCOMPARE_API = 'x' * 5_000_000\n" + WORKS),
    "wraps a hook": Hostile("RC404", WORKS.replace("@hookimpl", "@hookimpl(wrapper=True)")),
    "takes a command": Hostile("RC420", feature("'compare', 'regcompare_stranger:x'")),
    "names a feature without end": Hostile("RC411", feature("'x', 'y' * 5_000_000")),
    # its rulesets
    "writes without end": Hostile("", WORKS.replace("Every export", "Every export " + "x" * 600_000), keeps="stranger"),
    "writes in colours": Hostile("", WORKS.replace("Every export", "Every \\x1b[31m\\u202e export"), keeps="stranger"),
    "has a long list": Hostile(
        "",
        WORKS.replace("RULES =", "ROWS = [str(number) for number in range(1_000_000)]\nRULES ="),
        keeps="stranger",
    ),
    # its files
    "brings a FIFO of cases": Hostile("RC417", special("os.mkfifo(FILE)", "case.yaml")),
    "brings a device of cases": Hostile("RC417", special("FILE.symlink_to('/dev/zero')", "case.yaml")),
    "brings a case without end": Hostile("RC417", special("FILE.touch(); os.truncate(FILE, 10**10)", "case.yaml")),
    "brings itself as a folder": Hostile("", special("FILE.symlink_to(FILE.parent)", "circle")),
    "brings a link to nothing": Hostile("RC417", special("FILE.symlink_to('/no/such')", "case.yaml")),
    "brings many laughs": Hostile(
        "RC417", scenarios("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    ),
    "brings deep cases": Hostile("RC417", scenarios("id: x\nitem: " + "[" * 5000)),
    "brings a case of another time": Hostile("RC417", scenarios(CASE.replace("2020-01-01", "0001-01-01"))),
    "brings half a letter": Hostile("RC417", scenarios('{"id": "\\ud800"}', "stranger.json")),
    "brings a FIFO of texts": Hostile("RC423", special("os.mkfifo(FILE)", "nl.po")),
    "brings a device of texts": Hostile("RC423", special("FILE.symlink_to('/dev/zero')", "nl.po")),
    "brings texts without end": Hostile("RC423", special("FILE.touch(); os.truncate(FILE, 10**10)", "nl.po")),
    "brings a folder as texts": Hostile("RC423", special("FILE.mkdir()", "nl.po")),
    "brings no folder of texts": Hostile("RC423", hook("from pathlib import Path\n    return [Path('/no/such')]", "regcompare_catalogues")),
    "counts plurals by code": Hostile("", texts(entry("x").replace(
        b"charset=UTF-8", b"charset=UTF-8\\n\"\n\"Plural-Forms: nplurals=2; plural=__import__('os')._exit(1);"))),
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

SLOW = {what for what, hostile in HOSTILE.items() if hostile.code == "RC418"} | {"hangs in its error"}
"""Those that are stopped when their time is over, which is short for them."""


class Done(NamedTuple):
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


@attrs.frozen
class Crowd:
    """Many hostile plugins that were installed at once, and a comparison among them.

    Attributes:
        names: What each distribution does.
        told: The codes under which each is named.
        done: The command.
    """

    names: dict[str, str]
    told: dict[str, set[str]]
    done: Done


def crowd(folder: Path, whats: Iterable[str], limit: float) -> Crowd:
    """Installs plugins, each with a number in its names, and compares a case in a process of its own."""
    names, kept = {}, []
    for number, what in enumerate(whats):
        own, hostile = f"stranger{number:03}", HOSTILE[what]
        names[f"regcompare-{own}"] = what
        kept += ["-r", own] if hostile.keeps else []
        install(
            folder,
            f"regcompare-{own}",
            _numbered(hostile.source, own),
            points=_numbered(hostile.points, own),
        )
    install(folder, SOUND, with_facts("zoo", "zoo"))
    code = (
        f"import sys; from regcompare.plugins import guard; guard.LIMIT = {limit}\n"
        f"sys.argv = {['regcompare', *COMPARED, CASE_ID, *kept]}\n"
        "from regcompare.__main__ import program; program()"
    )
    others = {name: value for name, value in os.environ.items() if name != LIMIT}
    output, errors = folder / "output.txt", folder / "errors.txt"
    with output.open("wb") as out, errors.open("wb") as err:  # A pipe stays open as long as any copy.
        status = subprocess.run(
            [sys.executable, "-c", code],
            env={**others, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])},
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err, timeout=300, check=False,
        ).returncode  # fmt: skip
    done = Done(status, output.read_text("utf-8"), errors.read_text("utf-8", errors="replace"))
    told: dict[str, set[str]] = {}
    pattern = re.compile(
        r"(?:^|[{/])(regcompare[-_]stranger\d+)(?::| |-1.2.dist-info:)[^\n]*? (RC\d+) ", re.MULTILINE
    )
    for name, found in pattern.findall(done.stderr):
        told.setdefault(name.replace("_", "-"), set()).add(found)
    return Crowd(names, told, done)


def _numbered(text: str | bytes | None, own: str) -> Any:
    if isinstance(text, bytes):
        return text.replace(b"stranger", own.encode())
    return text and text.replace("stranger", own)


@pytest.fixture(scope="module")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crowd, ...]:
    """The patient and the slow ones."""
    return (
        crowd(tmp_path_factory.mktemp("patient"), [what for what in HOSTILE if what not in SLOW], 60),
        crowd(tmp_path_factory.mktemp("slow"), sorted(SLOW), 0.4),
    )


@pytest.mark.thorough
def test_hostile_plugins_harm_themselves_alone(crowds: tuple[Crowd, ...]) -> None:
    """Among all of them the shipped rulesets answer as before, and what is sound of them stays."""
    with only_what_ships():
        expected = CliRunner().invoke(main, [*COMPARED, CASE_ID], catch_exceptions=False).stdout
    before = {item["ruleset"]: item for item in json.loads(expected)["verdicts"]}

    for group in crowds:
        assert group.done.returncode == 0, group.done.stderr[-3000:]
        after = {item["ruleset"]: item for item in json.loads(group.done.stdout)["verdicts"]}
        assert {name: after[name] for name in before} == before
        assert "regcompare/plugins/" not in group.done.stderr
        assert SOUND not in group.done.stderr


@pytest.mark.thorough
def test_each_is_named_with_its_code(crowds: tuple[Crowd, ...]) -> None:
    """Under the code of what is wrong with it; one that only had to do no harm is not named."""
    expected, found = {}, {}
    for group in crowds:
        for name, what in group.names.items():
            expected[what] = {HOSTILE[what].code} - {""}
            found[what] = group.told.get(name, set())

    assert {what: found[what] for what in HOSTILE if found[what] != expected[what]} == {}


@pytest.mark.thorough
def test_messages_are_short(crowds: tuple[Crowd, ...]) -> None:
    """However long the text of an error is."""
    for group in crowds:
        assert max(map(len, group.done.stderr.splitlines())) < 6000


@pytest.mark.thorough
@pytest.mark.parametrize("what", [name for name in HOSTILE if name.startswith("brings texts in")])
def test_the_page_is_written_with_texts_of_any_kind(
    what: str, installed: Callable[[Hostile], str], tmp_path: Path
) -> None:
    """A language in which the law cannot be linked is there, and its links lead to English."""
    installed(HOSTILE[what])
    page = tmp_path / "page.html"

    assert run("page", "-o", str(page)) == 0


def test_every_code_of_plugins_is_tried() -> None:
    """Each code under which a plugin can be named is met by a hostile one here, or by a test below."""
    tried = {hostile.code for hostile in HOSTILE.values()}

    untried = {code for code in CODES if code.startswith("RC4")} - tried
    assert untried == {"RC408", "RC421", "RC422", "RC424"}


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
    monkeypatch.setattr(_plugin, "SLOW", 0.5)
    installed(Hostile("", "import time\ntime.sleep(0.6)\n" + WORKS))

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
    monkeypatch.setattr(_plugin, "SLOW", 0.5)
    installed(
        Hostile(
            "",
            WORKS.replace("    return [RULES]", "    import time; time.sleep(0.6)\n    return [RULES]"),
        )
    )

    (plugin,) = (item for item in Catalogue.installed().plugins if item.name.startswith(NAME))

    assert {note.code for note in plugin.notes} == {"RC418"}
    assert any("regcompare_rulesets() took" in note.found for note in plugin.notes)
    assert "stranger" in plugin.rulesets


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
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # Ignored in the background.

    try:
        with pytest.raises(KeyboardInterrupt):
            Catalogue.installed()
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_broken_standard_error_is_survived(installed: Callable[[Hostile], str]) -> None:
    """What a plugin prints goes to standard error as Python has it at the time."""
    installed(Hostile("", "print('loud')\n" + WORKS))

    with redirect_stderr(io.StringIO()) as errors:
        catalogue = Catalogue.installed()

    assert "loud" in errors.getvalue()
    assert "stranger" in catalogue.rulesets
