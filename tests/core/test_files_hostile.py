"""Files made to hurt end in an error, soon and in little memory, whatever parser reads them."""

import os
import time
import tracemalloc

import pytest
import yaml

from regcompare.errors import FileError
from regcompare.scenario.files import read_scenarios, read_text

SIZE = (1 << 20) - 64
# Each takes less than three on a slow machine, and ten times that without the C library of PyYAML;
# quadratic ones would take minutes.
SECONDS = 10 if yaml.__with_libyaml__ else 60
BYTES = 200 << 20

LAUGHS = "\n".join(
    [
        "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 30)),
    ]
)

YAML = {
    "billion laughs": (LAUGHS, "RC201"),
    "alias to itself": ("id: &a [*a]\n", "RC106"),
    "python object": ("id: !!python/object/apply:os.system [echo]\n", "RC107"),
    "own tag": ("id: !danger {a: b}\n", "RC107"),
    "merge key": ("id: a\n<<: {title: x}\n", "RC201"),
    "many documents": ("---\n" * (SIZE // 4), "RC109"),
    "open square brackets": ("[" * SIZE, "RC105"),
    "closed square brackets": ("[" * (SIZE // 2) + "]" * (SIZE // 2), "RC105"),
    "open curly brackets": ("{" * SIZE, "RC105"),
    "square brackets on lines": ("[\n" * (SIZE // 2), "RC105"),
    "dashes": ("- " * (SIZE // 2), "RC105"),
    "question marks": ("? " * (SIZE // 2), "RC105"),
    "complex keys": ("[" + "? a : b, " * (SIZE // 9), "RC102"),
    "keys in one line": ("a: " * (SIZE // 3), "RC104"),
    "keys in brackets": ("{" + "a: " * (SIZE // 3), "RC104"),
    "colons": ("{" + ":" * SIZE, "RC104"),
    "long list in one line": ("[" + "a," * (SIZE // 2), "RC102"),
    "long list": ("- \n" * (SIZE // 3), "RC102"),
    "long key": ("x" * SIZE + ": a", "RC104"),
    "long text": ("id: " + "x" * SIZE, "RC204"),
    "long text of words": ("title: " + "x " * (SIZE // 2), "RC205"),
    "long text of lines": ("title: " + " x\n" * (SIZE // 3), "RC205"),
    "long comment": ("#" + "x" * SIZE, "RC110"),
    "empty lines": ("\n" * SIZE, "RC110"),
    "spaces": (" " * SIZE + "id: A", "RC204"),
    "tabs": ("\t" * SIZE, "RC104"),
    "quotation marks": ('"' * SIZE, "RC104"),
    "many keys": ("".join(f"k{number}: v\n" for number in range(70_000)), "RC102"),
    "many unknown keys": ("".join(f"kez{number}: v\n" for number in range(30_000)), "RC201"),
    "one key many times": ("id: a\n" * (SIZE // 6), "RC108"),
    "many anchors": ("[" + "&x a, " * (SIZE // 6), "RC106"),
    "many scenarios": ("".join(f"- {{id: a{number}}}\n" for number in range(20_000)), "RC102"),
    "escapes": ('title: "' + "\\n" * (SIZE // 2) + '"', "RC205"),
}

JSON = {
    "open square brackets": ("[" * SIZE, "RC105"),
    "open curly brackets": ('{"a":' * (SIZE // 5), "RC105"),
    "closed square brackets": ("[" * (SIZE // 2) + "]" * (SIZE // 2), "RC105"),
    "quotation marks": ('"' * SIZE, "RC104"),
    "escaped quotation marks": ('"' + '\\"' * (SIZE // 2), "RC104"),
    "long number": ('{"id": ' + "1" * SIZE + "}", "RC204"),
    "long list": ("[" + "1," * (SIZE // 2) + "1]", "RC102"),
    "many keys": ("{" + ",".join(f'"{n}":1' for n in range(90_000)) + "}", "RC102"),
    "one key many times": ('{"id":"a"' + ',"id":"a"' * 35_000 + "}", "RC108"),
    "spaces": (" " * SIZE, "RC110"),
    "commas": ("," * SIZE, "RC104"),
}


def first_code(text, kind):
    """The code of the first problem, or None where the text is read."""
    try:
        read_text(text, kind)
    except FileError as error:
        return error.problems[0].code
    return None


def all_of(kind, cases):
    """The cases with their names, for pytest."""
    return [pytest.param(kind, *case, id=f"{kind}: {name}") for name, case in cases.items()]


@pytest.fixture
def soon():
    """Fails the test if it takes long."""
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(("kind", "text", "code"), [*all_of("yaml", YAML), *all_of("json", JSON)])
@pytest.mark.usefixtures("soon")
def test_a_hostile_file_ends_in_an_error_soon(kind, text, code):
    """Whatever a file holds, it is read or refused in bounded time."""
    assert first_code(text, kind) == code


SLOWEST = ["open square brackets", "long list in one line", "many keys", "long text of lines"]


@pytest.mark.thorough
@pytest.mark.parametrize("name", [*SLOWEST, "billion laughs", "question marks", "complex keys"])
@pytest.mark.usefixtures("soon")
def test_the_parser_written_in_python_is_bounded_too(monkeypatch, name):
    """The same holds where YAML is read without its C library."""
    monkeypatch.setattr("regcompare.scenario.files._tree._LOADER", yaml.SafeLoader)
    text, code = YAML[name]

    assert first_code(text, "yaml") == code


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("yaml", YAML["billion laughs"][0]),
        ("yaml", YAML["long list in one line"][0]),
        ("json", JSON["many keys"][0]),
    ],
)
def test_a_hostile_file_takes_little_memory(kind, text):
    """A file of a megabyte is refused within a bounded amount of memory."""
    tracemalloc.start()
    try:
        first_code(text, kind)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < BYTES


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("yaml", "id: a\nitem: " + "{a: " * 100 + "b" + "}" * 100),
        ("yaml", "".join(f"{'  ' * level}a:\n" for level in range(100))),
        ("json", '{"a": ' * 100 + "1" + "}" * 100),
    ],
)
def test_deep_nesting_is_refused_in_every_kind_of_file(kind, text):
    """A hundred levels are too many, in brackets and in blocks."""
    assert first_code(text, kind) == "RC105"


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"id: a\ntitle: caf\xe9\n", "RC103", 2, 11),
        ("id: a\n".encode("utf-16"), "RC103", 1, 1),
        ("id: a\n".encode("utf-16-le"), "RC103", 1, 2),
        (b"id: a\ntitle: \xc3\xa9\xe2\x82\n", "RC103", 2, 9),
        (b"id: a\x00\n", "RC103", 1, 6),
        (b"\x89PNG\r\n\x1a\n", "RC103", 1, 1),
        (b"id: a\n#" + b"x" * (5 << 20), "RC102", 0, 0),
        (b"", "RC110", 1, 1),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, code, line, column):
    """Other encodings, binary files and large files are told as such."""
    path = tmp_path / "case.yaml"
    path.write_bytes(data)

    with pytest.raises(FileError) as caught:
        read_scenarios(path)

    [problem] = caught.value.problems
    assert (problem.file, problem.code, problem.line, problem.column) == (
        str(path),
        code,
        line,
        column,
    )


def test_what_is_no_scenario_file_is_refused(tmp_path):
    """A missing file, a folder and an unknown suffix are told as such."""
    (tmp_path / "case.txt").write_text("id: a\n")
    (tmp_path / "folder.yaml").mkdir()

    told = {}
    for name in ("missing.yaml", "folder.yaml", "case.txt", "nul\0.yaml"):
        with pytest.raises(FileError) as caught:
            read_scenarios(tmp_path / name)
        told[name] = [problem.code for problem in caught.value.problems]

    assert told == {
        "missing.yaml": ["RC101"],
        "folder.yaml": ["RC101"],
        "case.txt": ["RC111"],
        "nul\0.yaml": ["RC101"],
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="The system has no named pipes.")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    """What is not a file on disk is not opened."""
    os.mkfifo(tmp_path / "pipe.yaml")

    with pytest.raises(FileError, match="RC101 This is not an ordinary file"):
        read_scenarios(tmp_path / "pipe.yaml")


def test_a_message_does_not_repeat_a_long_text():
    """What was found is cut where it is long."""
    with pytest.raises(FileError) as caught:
        read_text("id: a\nitem: {form: " + "x" * 100_000 + "}\n")

    assert len(str(caught.value)) < 300


def test_one_alias_says_it_of_all():
    """A file of aliases is not answered with a hundred times the same sentence."""
    with pytest.raises(FileError) as caught:
        read_text(LAUGHS)

    assert [problem.code for problem in caught.value.problems].count("RC106") == 1
