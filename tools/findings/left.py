"""What the new act loosened and left open, which demand closes it, and what the law at home says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regcompare import assess, compare
from regcompare.comparison.mirror import Mirror
from regcompare.proofs.gaps import PossibleGaps, possible_gaps, reverse
from regcompare.proofs.maps import PossibleMap, possible_map
from regcompare.proofs.proofs import Proof, never_laxer
from regcompare.proofs.standards import standards
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import Readings
from regcompare.views.demands import cases_sentence
from regcompare.views.document import Document
from regcompare.views.mirror import mirror_sentences
from regcompare.views.pipes import pipe_table
from regcompare.views.possible import gaps_sentence, reach_sentence
from regcompare.views.render import render
from regcompare.views.sentences import span_words
from regcompare.views.standards import LEGEND, brake_sentences, standards_table
from regcompare.views.tables import NOT_ADVICE
from regcompare.words.lexicon import listing

from .closed import powers, smallest_words
from .pieces import (
    AFTER,
    BEFORE,
    DEMANDS,
    Sources,
    command_block,
    demand_table,
    drawn,
    python_block,
    quoted,
    shares_of,
    unread,
)

_BESIDE = "eu-common-position"
_HOME = "eu-home"
_WORD = "recitals, articles and annexes"
_MIRROR = f"mirror -r {_HOME} -r {AFTER} -r {DEMANDS}"
_START = """\
cases = rc.cases()
before, after, demands = rc.regimes(["eu-428-2009", "eu-2021-821", "amnesty"])
"""
_PASSING = f"""\
import regcompare as rc
from regcompare.proofs.contribution import by_cases
from regcompare.views.pictures import ladder

{_START}
passing = by_cases(cases, after, demands).let_through
shown = [case for case in cases if case.id in passing]
picture = ladder(rc.compare(shown, [before, after, demands], exact=True))
"""
_MAP = f"""\
import regcompare as rc
from regcompare.proofs.maps import possible_map
from regcompare.views.pictures import coverage_map

{_START}
(sale,) = rc.read("{{file}}")
by = ("item.technology", "item.covert")
found = possible_map([before, after, demands], by=by, given=sale, like=cases)
cells = [
    (item.ruleset.id, cell.down.label, cell.across.label, span and span.low, span and span.high)
    for item in found.regimes
    for cell in found.of(item.ruleset.id)
    for span in [cell.span]
]
titles = {{{{item.ruleset.id: item.ruleset.title for item in found.regimes}}}}
many = ("kinds of tool", "answers")
picture = coverage_map(cells, down="what the tool is", across="covert", many=many, titles=titles)
"""
_DEMANDS = f"""\
import regcompare as rc
from regcompare.proofs.contribution import by_cases
from regcompare.views.pictures import contribution

{_START}
found = by_cases(cases, after, demands, stops_at=rc.Outcome.REFUSAL)
rows = [
    (
        share.demand.name,
        len({{*share.stops}} & {{*found.stopped}}),
        len(share.opens),
        len(found.stopped),
        share.demand.rules[0].cite.heading,
    )
    for share in found.shares
]
picture = contribution(rows, counted="documented cases that the demands refuse", reform="the demands")
"""


def what_was_loosened(made: Sources) -> Iterator[str]:
    """Yields the part on what it loosened."""
    yield "## What they loosened"
    back = reverse(made.gaps(BEFORE, AFTER, framed=False))
    yield quoted(gaps_sentence(back), f"gaps {AFTER} {BEFORE} --presume none")
    yield (
        "So the new act is not stricter everywhere. These provisions of the old one control cases that "
        "the new one does not. Where one of them is in both acts, what it covers has changed: its "
        "conditions, the list, or the general authorisations that override it."
    )
    closing = [item.rule for item in back.closing_rules(*back.gap_cells)]
    yield pipe_table(
        ("provision", "what it says", "the smallest case that it controls and the new act does not"),
        [(str(rule.cite), rule.sentence, smallest_words(back, rule)) for rule in closing],
    )
    yield from powers(back, closing)
    proof = never_laxer(made.ruleset(AFTER), made.ruleset(BEFORE), like=made.documented)
    yield proof.sentence()
    yield python_block(AFTER, BEFORE)
    yield (
        "For a technology, a user or a country, *ordinary* means what most of the documented cases "
        "state (`like=`). With a different notion of ordinary, a different case would be the smallest."
    )


def what_was_left_open(made: Sources) -> Iterator[str]:
    """Yields the part on what it left open."""
    yield "## What they left open"
    yield "### In the documented cases"
    shares = shares_of(made, Outcome.AUTHORISATION)
    passing = [case for case in made.documented if case.id in shares.let_through]
    yield (
        f"Under the new act {len(passing)} documented cases certainly still need no licence, "
        f"and {len(shares.may_let_through)} may, depending on facts that no source states."
        f"{_notified(made, passing)} Those that certainly need none:"
    )
    yield "\n".join(f"- `{case.id}`: {case.title}" for case in passing)
    yield command_block(f"gaps {AFTER} {DEMANDS} --by-demand --format json")
    yield "The same cases under the three regimes:"
    yield from drawn(made, "still-passing", _PASSING)
    yield "### For an unlisted surveillance tool"
    yield (
        "The same sale as above, by what the tool is and whether the people monitored can perceive it "
        "(`item.covert`)."
    )
    by = ("item.technology", "item.covert")
    rulesets = [made.ruleset(name) for name in (BEFORE, AFTER, DEMANDS)]
    found = possible_map(rulesets, by=by, given=made.frame, like=made.documented)
    sentences = [reach_sentence(found, item.id, Outcome.AUTHORISATION) for item in rulesets]
    options = f"--by {by[0]} --by {by[1]}"
    yield quoted(sentences, f"map {made.frame_file} {options}")
    yield pipe_table(
        ("ruleset", "technology", "covert", "not covert"),
        [row for item in found.regimes for row in _map_rows(found, item.ruleset.id)],
    )
    yield from drawn(made, "unlisted-tool", _MAP.format(file=made.frame_file))
    overt = [cell for cell in found.of(AFTER) if cell.across.name == "no"]
    if all(cell.high is Outcome.NO_CONTROL for cell in overt):
        yield (
            "An overt tool, such as a camera that everybody sees, is out of reach of the new act in "
            "this sale, whatever the authority has informed the exporter of."
        )


def _notified(made: Sources, cases: Sequence[Scenario]) -> str:
    """How many of the cases that pass may have to be notified first."""
    spans = [assess(case, made.ruleset(AFTER), exact=True).span for case in cases]
    number = sum(span is not None and span.high is Outcome.NOTIFICATION for span in spans)
    if not number:
        return ""
    return (
        f" {number} of the {len(cases)} may have to be notified, after which the authority may "
        "require a licence."
    )


def _map_rows(found: PossibleMap, ruleset: str) -> Iterator[tuple[str, ...]]:
    """Technologies with equal lines together; the greater part as every other."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for answer in found.down.answers:
        own = [cell for cell in found.of(ruleset) if cell.down == answer]
        words = tuple(span_words(c.span.low.word, c.span.high.word) if c.span else "-" for c in own)
        lines.setdefault(words, []).append(answer.label)
    most = max(lines.values(), key=len)
    for words, labels in sorted(lines.items(), key=lambda line: len(line[1])):
        other = "every" if len(lines) == 1 else "every other"
        yield ruleset, other if labels is most else listing(labels, "and"), *words


def which_demand_closes_it(made: Sources) -> Iterator[str]:
    """Yields the part on the demands that close what is left open."""
    yield "## Which demand closes it"
    yield "### In the documented cases"
    for at in (Outcome.AUTHORISATION, Outcome.REFUSAL):
        shares = shares_of(made, at)
        option = "" if at is Outcome.AUTHORISATION else f" --stops-at {at.word}"
        yield quoted(cases_sentence(shares), f"gaps {AFTER} {DEMANDS} --by-demand{option}")
        yield from unread(made, shares)
        yield demand_table(made, shares)
    yield "The same for refusal, in a picture:"
    yield from drawn(made, "demands", _DEMANDS)
    yield "### Over every possible case"
    proof = never_laxer(made.ruleset(DEMANDS), made.ruleset(AFTER), like=made.documented)
    yield proof.sentence()
    yield python_block(DEMANDS, AFTER)
    yield (
        "That is so by construction: the demands are encoded in addition to the act, and none removes "
        "what the act requires. The proof shows that the encoding does this."
    )
    yield from _exemption(made)
    framed = made.gaps(AFTER, DEMANDS, framed=True)
    yield quoted(gaps_sentence(framed), f"gaps {AFTER} {DEMANDS} --given {made.frame_file}")
    yield from _rest(framed)


def which_has_a_brake(made: Sources) -> Iterator[str]:
    """Yields the part on what obliges an authority to refuse a licence."""
    yield "## Which regime has a brake"
    yield "Once a licence is needed, does anything that the authority finds oblige it to refuse?"
    regimes = [made.ruleset(name) for name in (BEFORE, AFTER, DEMANDS)]
    found = standards(regimes, like=made.documented)
    yield quoted(brake_sentences(found), "standards")
    yield render(Document("", [standards_table(found)]), "markdown").strip()
    (beside,) = (item for item in made.catalogue.rulesets.parallel() if item.id == _BESIDE)
    day = regimes[1].reference_date
    yield f"{beside.title} applies beside both acts, to listed items for armed and security forces:"
    yield quoted(
        brake_sentences(standards([beside], as_of=day, like=made.documented)),
        f"standards -r {_BESIDE} --as-of {day}",
    )
    yield LEGEND


def _exemption(made: Sources) -> Iterator[str]:
    """What the exemption of security research loosens, proved."""
    amnesty = made.ruleset(DEMANDS)
    names = [rule.id for rule in amnesty.rules if rule.id.startswith("A14")]
    strict = amnesty.without(*names)
    proofs: list[Proof] = [
        never_laxer(amnesty, strict, like=made.documented),
        never_laxer(amnesty, strict, except_=names, like=made.documented),
    ]
    if [proof.holds for proof in proofs] == [False, True]:
        yield (
            "The exemption for security research and encryption (A14) overrides other demands but "
            "nothing in the underlying law: it is proved that the demands are laxer than without A14 "
            "only where A14 holds."
        )


def _rest(gaps: PossibleGaps) -> Iterator[str]:
    """For which technologies the demands cover every case of the frame, and for which not."""
    partly = [
        answer
        for answer in gaps.down.answers
        if any(cell.down == answer and cell.closure == "sometimes" for cell in gaps.cells)
    ]
    always = {
        item.rule.id
        for answer in gaps.down.answers
        if answer not in partly
        for item in gaps.closing_rules(*(cell for cell in gaps.gap_cells if cell.down == answer))
        if item.always and item.rule.id == "A01"
    }
    if always:
        yield "Where it is every case, A01 alone is enough."
    if partly:
        names = listing([answer.label for answer in partly], "and")
        yield f"Where it is some, the technology is {names}."


def what_is_forbidden_at_home(made: Sources) -> Iterator[str]:
    """Yields the part on the same use at home: both standards, and what the AI Act says of exports."""
    home = made.ruleset(_HOME)
    yield "## Would the same use be allowed at home?"
    yield (
        f"{home.title} holds what the Union forbids or restricts inside it, read as of "
        f"{home.reference_date}. It is asked about the use that each export serves, as if an authority "
        "at home made it. Interception and searches are governed by national law, so that most results "
        "depend on whether a law authorises the use. Exceptions that somebody would have to claim, such "
        "as an investigation of a serious crime, are assumed not to apply."
    )
    yield quoted(mirror_sentences(_mirror(made)), _MIRROR)
    yield (
        "Some of these results depend on a doubtful text, above all on whether a ban on inferring race "
        "from biometric data covers ethnic origin. With every doubt left open:"
    )
    yield quoted(mirror_sentences(_mirror(made, "open")), f"{_MIRROR} --readings open")
    gaps = possible_gaps(
        home,
        made.ruleset(DEMANDS),
        stops_at=Outcome.REFUSAL,
        presume=("ordinary", "surveillance"),
        like=made.documented,
    )
    yield (
        "Over every possible case neither contains the other. The law at home bans identifying faces in "
        "real time by the police, while the demands ban the export of what identifies faces (A02), "
        "whatever its use; it bans reading emotions only at work and in education, while the demands "
        "refuse a licence at a risk of harm (A08):"
    )
    yield quoted(
        [gaps_sentence(gaps), gaps_sentence(reverse(gaps))],
        f"gaps {_HOME} {DEMANDS} --stops-at {Outcome.REFUSAL}",
    )
    (word,) = (item for item in home.provisions.not_encoded if item.cite.pinpoint == _WORD)
    yield "The AI Act restricts use inside the Union, and says nothing of what is sent out of it:"
    yield quoted(f"{word.what} {word.why}", f"show {_HOME}")


def _mirror(made: Sources, readings: Readings = None) -> Mirror:
    rulesets = [made.ruleset(name) for name in (_HOME, AFTER, DEMANDS)]
    return Mirror(compare(made.documented, rulesets, readings=readings))


def what_it_rests_on(made: Sources) -> Iterator[str]:
    """Yields the part on the law applied and how it is interpreted."""
    yield "## What this depends on"
    days = [f"{name} as of {made.ruleset(name).reference_date}" for name in (BEFORE, AFTER, DEMANDS)]
    yield (
        f"Law applied: {listing(days, 'and')}. Doubtful texts have their default interpretations, which "
        "[the list of interpretations](reference/interpretations.md) gives with reasons; `--readings "
        "open` leaves them open. What is not encoded is [listed](reference/not-encoded.md)."
    )
    yield NOT_ADVICE
