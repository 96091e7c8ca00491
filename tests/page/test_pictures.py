from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from types import SimpleNamespace

import attrs
import pytest

from regcompare import Outcome, UsageError
from regcompare.comparison.comparison import compare
from regcompare.ruleset.rules import Span
from regcompare.views.colours import ACCENTS, PAPER, colour_css
from regcompare_page.pictures import coverage_map, ladder

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'so' ]]> \x00\x1b\ud800 \u202etxet <b>bold</b> 日本 🛰"


@pytest.fixture(scope="module")
def regimes(catalogue):
    """The regimes compared."""
    return [catalogue.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty")]


@pytest.fixture(scope="module")
def cases(catalogue):
    """The documented cases."""
    return catalogue.scenarios()


@pytest.fixture(scope="module")
def shanghai(cases):
    """A case whose result differs under every regime."""
    return next(case for case in cases if case.id == "morpho-shanghai-2015")


def mapped(spans, regimes=("eu", "reform"), down="toy.function", across="toy.user"):
    """A map as the package for proofs gives it: the spans by regime, answer down and answer across."""
    axes = [
        SimpleNamespace(
            fact=SimpleNamespace(key=key),
            answers=[SimpleNamespace(label=label) for label in dict.fromkeys(labels)],
        )
        for key, labels in ((down, (cell[1] for cell in spans)), (across, (cell[2] for cell in spans)))
    ]
    return SimpleNamespace(
        regimes=[
            SimpleNamespace(ruleset=SimpleNamespace(id=name, title=f"{name} law")) for name in regimes
        ],
        down=axes[0],
        across=axes[1],
        of=lambda regime: [
            SimpleNamespace(span=spans.get((regime.ruleset.id, one.label, other.label)))
            for one in axes[0].answers
            for other in axes[1].answers
        ],
    )


MAP = mapped(
    {
        ("eu", "facial recognition", "police"): Span(Outcome.NO_CONTROL, Outcome.NOTIFICATION),
        ("eu", "facial recognition", "university"): Span(Outcome.NO_CONTROL, Outcome.NO_CONTROL),
        ("eu", "interception", "police"): Span(Outcome.AUTHORISATION, Outcome.REFUSAL),
        ("eu", "cameras", "police"): Span(Outcome.NOTIFICATION, Outcome.NOTIFICATION),
        ("reform", "facial recognition", "police"): Span(Outcome.PROHIBITION, Outcome.PROHIBITION),
        ("reform", "facial recognition", "university"): Span(Outcome.NO_CONTROL, Outcome.PROHIBITION),
        ("reform", "interception", "police"): Span(Outcome.REFUSAL, Outcome.REFUSAL),
    }
)
WIDE_MAP = mapped(
    {
        (ruleset, function, f"kind of user number {number}"): None
        if number == 6
        else Span(
            Outcome.NO_CONTROL if function == "cameras" else list(Outcome)[number], Outcome.PROHIBITION
        )
        for ruleset in ("eu", "reform")
        for function in ("cameras", "interception")
        for number in range(7)
    }
)


class Drawn(dict):
    """Pictures by kind, each drawn when it is first asked for."""

    def __init__(self, makers):
        super().__init__()
        self.makers = makers

    def __missing__(self, kind):
        self[kind] = self.makers[kind]()
        return self[kind]


@pytest.fixture(scope="module")
def pictures(cases, regimes):
    """One of each kind."""
    makers = {
        "ladder": lambda: ladder(compare(cases[:5], regimes)),
        "ladder of many": lambda: ladder(compare(cases, regimes)),
        "map": lambda: coverage_map(MAP, down="function", across="user"),
        "map with shapes": lambda: coverage_map(WIDE_MAP),
    }
    return Drawn(makers)


KINDS = (
    "ladder",
    "ladder of many",
    "map",
    "map with shapes",
)
EVERY_KIND = pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.thorough) if "many" in kind else kind for kind in KINDS],
)


# every picture -------------------------------------------------------------------------------------


@EVERY_KIND
def test_svg_is_well_formed_and_contains_its_title_and_figures(kind, pictures):
    """The SVG is XML whose first two parts are its title and its text alternative, and is named by them."""
    picture = pictures[kind]

    root = ET.fromstring(picture.svg())
    title, alt = list(root)[:2]
    assert root.tag == f"{SVG}svg"
    assert (title.tag, title.text) == (f"{SVG}title", picture.title)
    assert (alt.tag, alt.text) == (f"{SVG}desc", picture.alt)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == alt.get("id")


@EVERY_KIND
def test_the_title_is_written_on_the_picture(kind, pictures):
    """Whoever sees the picture alone reads its finding and how to read it, as full sentences."""
    picture = pictures[kind]

    root = ET.fromstring(picture.svg())
    for part in list(root)[:2]:
        root.remove(part)
    seen = re.sub(r"\s+", " ", " ".join(root.itertext()))
    assert picture.title in seen
    assert picture.note in seen
    assert picture.title.endswith(".")


@EVERY_KIND
def test_a_picture_fetches_nothing(kind, pictures):
    """No address is in the SVG except the names of its namespaces; no script, no image, no style link."""
    svg = pictures[kind].svg()

    addresses = set(re.findall(r"https?://[^\s\"'<>]*", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"<(script|image|foreignObject|style|link)\b|@import|javascript:", svg)


@EVERY_KIND
def test_parts_of_a_picture_are_not_announced_one_by_one(kind, pictures):
    """Only the picture as a whole has a role and a name."""
    root = ET.fromstring(pictures[kind].svg())

    told = [part for part in root.iter() if part.get("role") or part.get("aria-label")]
    assert told == [root]


@pytest.mark.thorough
def test_two_pictures_on_one_page_share_no_name(pictures):
    """Every name in an SVG is unique, so that pictures can share a page."""
    names = [name for kind in KINDS for name in re.findall(r'\bid="([^"]+)"', pictures[kind].svg())]

    assert len(names) == len(set(names))


def test_a_picture_is_shown_by_a_notebook_and_has_a_short_repr(pictures):
    """A notebook shows the SVG; elsewhere the finding is printed."""
    picture = pictures["map"]

    assert picture.svg() in picture._repr_html_()
    assert repr(picture) == f"<Picture: {picture.title}>"


def test_a_picture_is_saved_as_svg_and_png(pictures, tmp_path):
    """The ending of the file chooses the form; a PNG has two pixels for each unit of the picture."""
    picture = pictures["map"]
    picture.save(tmp_path / "a.svg")
    picture.save(tmp_path / "a.PNG")

    width = int.from_bytes((tmp_path / "a.PNG").read_bytes()[16:20], "big")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == picture.svg()
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG\r\n")
    assert f'<svg xmlns="http://www.w3.org/2000/svg" width="{width // 2}"' in picture.svg()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.pdf", "a picture is saved as .svg or .png"),
        ("no/such/folder/a.svg", "does not exist; make it first."),
        (5, "5 is not a path. Expected a file or folder, as text or a Path."),
    ],
)
def test_a_picture_that_cannot_be_saved_says_why(name, said, pictures, tmp_path):
    """A wrong suffix or folder, or what is no path, is reported in a sentence."""
    with pytest.raises(UsageError, match=re.escape(said)):
        pictures["map"].save(tmp_path / name if isinstance(name, str) else name)


def test_without_the_extra_the_line_to_type_is_said(pictures, monkeypatch):
    """Without the extra a picture is drawn as SVG, and for PNG an error says what to install."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    with pytest.raises(UsageError, match=re.escape("python -m pip install 'regcompare[plot]'")):
        pictures["map"].png()


# what each says ------------------------------------------------------------------------------------


def test_the_ladder_marks_the_ends_of_a_span(cases, regimes):
    """A certain outcome is one dot in its colour; a span has a bar with a dot at each end."""
    comparison = compare(cases[:6], regimes)
    picture = ladder(comparison)

    spans = [verdict.span for verdict in comparison.verdicts if verdict.span]
    places = sorted({int(x) for x in re.findall(r'<circle cx="(\d+)"', picture.svg())})
    ends = re.findall(r'<circle cx="(\d+)" cy="\d+" r="8.2" fill="([^"]+)"', picture.svg())
    assert sorted((places.index(int(x)), fill) for x, fill in ends) == sorted(
        (end.rank, ACCENTS[end.rank].fill) for span in spans for end in {span.low, span.high}
    )
    bars = re.findall(r'<path d="M(\d+) \d+H(\d+)"', picture.svg())
    assert sorted((places.index(int(left)), places.index(int(right))) for left, right in bars) == sorted(
        (span.low.rank, span.high.rank) for span in spans if not span.is_settled
    )
    assert "not every step in between need be possible" in picture.note


def test_a_few_cases_have_a_row_for_each_regime(cases, regimes):
    """Below the name of each case is each regime, on the one scale of the picture."""
    picture = ladder(compare(cases[:3], regimes))

    assert [heading for heading, _ in picture.data["blocks"]] == [case.title for case in cases[:3]]
    for _, rows in picture.data["blocks"]:
        assert [label for label, _, _ in rows] == [regime.title for regime in regimes]


def test_of_many_cases_a_bar_is_all_of_them(cases, regimes):
    """Each law has a bar for each measure, whose parts are the groups of its count."""
    comparison = compare(cases, regimes)
    drawn = re.findall(r'data-answer="(\w+)" data-count="(\d+)"', ladder(comparison).svg())

    counts = (*comparison.count("licence"), *comparison.count("refuse"))
    assert [(answer, int(number)) for answer, number in drawn] == [
        (answer, number) for count in counts for answer, number in count.sizes.items() if number
    ]


def test_the_map_puts_the_least_left_and_the_greatest_right():
    """A span is two halves, left and right; a settled cell is one whole."""
    picture = coverage_map(
        mapped(
            {
                ("eu", "cameras", "police"): Span(Outcome.NO_CONTROL, Outcome.REFUSAL),
                ("eu", "cameras", "university"): Span(Outcome.SUSPENSION, Outcome.SUSPENSION),
            },
            regimes=("eu",),
        )
    )

    halves = re.findall(
        r'<rect x="(\d+)" y="\d+" width="(\d+)" [^>]*>\s*<text[^>]*>([^<]*)<', picture.svg()
    )
    (no_control, width, _), (refusal, other_width, _), (suspension, whole, _) = halves
    assert [word for _, _, word in halves] == ["no control", "refusal", "suspension"]
    assert int(no_control) + int(width) == int(refusal) < int(suspension)
    assert width == other_width
    assert int(whole) // 2 == int(width)


def test_few_cases_have_a_line_each(cases, regimes, pictures):
    """Where cases are drawn one by one, they are so named, with their results."""
    alt = pictures["ladder"].alt

    for row in compare(cases[:5], regimes).rows:
        assert f"{row[0].scenario.title}: " in alt
    assert "Amnesty's proposal: prohibition" in alt


def test_a_case_out_of_scope_has_no_step(cases, regimes):
    """A regime that does not reach a case gets words in place of steps."""
    outside = [case for case in cases if case.id == "huawei-belgrade-2017"]
    picture = ladder(compare(outside, regimes))

    assert picture.svg().count(">out of scope<") == 3
    assert picture.title == "1 case under 3 regimes."


def test_the_title_of_a_map_counts_no_cells(pictures):
    """Impossible pairs do not matter; it says where a licence is certain, by the titles of rulesets."""
    assert pictures["map"].title == (
        "A licence is certainly needed in part under eu law; certainly needed in part, possibly needed "
        "everywhere under reform law."
    )


def test_cells_of_a_small_map_hold_words(pictures):
    """Colour is never alone: cells hold words where there is room, and shapes where there is not."""
    words = pictures["map"].svg()

    for word in ("no control", "notification", "authorisation", "refusal", "none in scope"):
        assert f">{word}<" in words


def test_cells_of_a_wide_map_hold_shapes_that_a_legend_names(pictures):
    """Where words have no room, each half holds a shape; the legend names each outcome in the map."""
    picture = pictures["map with shapes"]

    looks = picture.data["looks"]
    assert len({(look.shape, look.is_filled) for look in looks}) == len(looks) == len(Outcome)
    assert picture.svg().count("<rect x=") == picture.svg().count("scale(0.85)")
    for look in looks:
        assert f">{look.word}<" in picture.svg()
    assert ">none in scope<" not in picture.svg()
    assert picture.svg().count(">–<") == 4


def test_equal_lines_of_a_map_are_drawn_once_and_listed():
    """Three equal lines or more are counted in one line, and their answers listed below the map."""
    kinds = ("cameras", "tracking", "filtering", "spyware")
    spans = {
        (law, kind, user): Span(Outcome.NO_CONTROL, Outcome[high if kind == "spyware" else "REFUSAL"])
        for law, high in (("old", "REFUSAL"), ("new", "PROHIBITION"))
        for kind in kinds
        for user in ("police", "university", "firm")
    }
    picture = coverage_map(mapped(spans, ("old", "new"), "item.technology", "end_user.kind"))

    told = " ".join(re.findall(r">([^<]+)</text>", picture.svg()))
    assert "The 3 kinds of tool: cameras; tracking; filtering." in told
    assert "The 3 kinds of user: police; university; firm." in told
    assert (picture.data["lines"], picture.data["columns"]) == (
        ["3 kinds of tool", "spyware"],
        ["3 kinds of user"],
    )
    assert "possibly needed everywhere under new law" in picture.title


def test_two_groups_of_as_many_answers_have_labels_of_their_own():
    """What a line counts can be found below the map, also where another line counts as many."""
    spans = {
        ("eu", f"kind {number}", "police"): Span(Outcome.NO_CONTROL, list(Outcome)[number // 3])
        for number in range(6)
    }

    picture = coverage_map(mapped(spans, ("eu",)))
    assert picture.data["lines"] == ["3 answers", "3 other answers"]
    assert "The 3 other answers: kind 3; kind 4; kind 5." in picture.data["lists"]


def test_nothing_to_draw_is_said(regimes):
    """A comparison without cases has no picture."""
    with pytest.raises(UsageError, match="nothing to draw"):
        ladder(compare([], regimes))


# hostile texts -------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_hostile_texts_appear_as_text(shanghai, regimes):
    """Markup, quotes, signs that XML cannot hold and other scripts change nothing but the words."""
    hostile = attrs.evolve(shanghai, title=HOSTILE)
    titled = attrs.evolve(regimes[0], title=HOSTILE)
    comparison = compare([hostile], [titled])
    drawn = [
        ladder(comparison),
        coverage_map(
            mapped(
                {(HOSTILE, HOSTILE, HOSTILE): Span(Outcome.REFUSAL, Outcome.PROHIBITION)}, (HOSTILE,)
            ),
            down=HOSTILE,
            across=HOSTILE,
        ),
    ]

    for picture in drawn:
        root = ET.fromstring(picture.svg())
        names = {part.tag.rpartition("}")[2] for part in root.iter()}
        assert names <= {"svg", "title", "desc", "g", "path", "text", "rect", "circle", "tspan"}
        assert "<script" not in picture.svg()
        assert "alert(1)" in "".join(root.itertext())
        assert picture.png().startswith(b"\x89PNG")


# colours -------------------------------------------------------------------------------------------


def channels(colour):
    """A colour as linear light."""
    values = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def luminance(colour):
    """How bright a colour is, from 0 to 1."""
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_outcome_has_a_look_of_its_own():
    """Outcomes are distinguished by word, by glyph and by shape with fill, not by colour alone."""
    assert [look.outcome for look in ACCENTS] == list(Outcome)
    for told in ("word", "glyph", "fill", "slug"):
        assert len({getattr(look, told) for look in ACCENTS}) == len(Outcome)
    assert len({(look.shape, look.is_filled) for look in ACCENTS}) == len(Outcome)
    assert [look.is_filled for look in ACCENTS] == [
        look.outcome >= Outcome.AUTHORISATION for look in ACCENTS
    ]


def test_colours_have_enough_contrast_in_light_and_dark():
    """Text on each fill, and each accent on its page, has at least the contrast that AA asks for."""
    for look in ACCENTS:
        assert contrast(look.fill, look.on_fill) >= 4.5
        assert contrast(look.light, PAPER) >= 4.5
        assert contrast(look.light, "#fcfbf8") >= 4.5
        assert contrast(look.dark, "#17181c") >= 4.5


def test_fills_keep_their_order_for_every_kind_of_colour_vision():
    """Each fill is darker than the one before, so that their order survives grey and colour blindness."""
    values = [luminance(look.fill) for look in ACCENTS]

    assert values == sorted(values, reverse=True)
    assert min(contrast(a.fill, b.fill) for a, b in pairwise(ACCENTS)) >= 1.15


# Simulations of red, green and blue blindness on linear light (Machado, Oliveira, Fernandes 2009).
BLINDNESS = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def lab(light):
    """A colour of linear light in a space where distance is what the eye sees."""
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    scaled = [
        sum(a * b for a, b in zip(row, light, strict=True)) / w
        for row, w in zip(matrix, white, strict=True)
    ]
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (max(t, 0.0) for t in scaled)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("kind", [None, *BLINDNESS])
def test_no_two_fills_look_alike(kind):
    """Any two fills are well apart for ordinary and for colour-blind eyes."""
    seen = []
    for look in ACCENTS:
        light = channels(look.fill)
        if kind:
            light = [sum(a * b for a, b in zip(row, light, strict=True)) for row in BLINDNESS[kind]]
        seen.append(lab(light))
    apart = [
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for number, one in enumerate(seen)
        for other in seen[:number]
    ]

    assert min(apart) >= 12  # About 2 is the least that the eye tells apart.


def test_the_page_uses_the_same_colours():
    """The custom properties of CSS hold every colour, light and dark."""
    css = colour_css()

    for look in ACCENTS:
        assert f"--outcome-{look.slug}: {look.light};" in css
        assert f"--outcome-{look.slug}: {look.dark};" in css
        assert (
            f"--outcome-{look.slug}-fill: {look.fill}; --outcome-{look.slug}-on-fill: {look.on_fill};"
            in css
        )
