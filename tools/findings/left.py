"""What the new act loosened and left open, which demand closes it, and what the law at home says."""

from __future__ import annotations

from collections.abc import Iterator

from regcompare import compare
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.assess import Readings
from regcompare.views.document import Document
from regcompare.views.markup import pipe_table
from regcompare.views.render import render
from regcompare.views.sentences import NOT_ADVICE
from regcompare.words.lexicon import listing
from regcompare_elsewhere.mirror import Mirror
from regcompare_page.pictures import coverage_map
from regcompare_prove.gaps import PossibleGaps, possible_gaps, reverse
from regcompare_prove.maps import possible_map
from regcompare_prove.proofs import Proof, never_laxer
from regcompare_prove.standards import standards
from regcompare_prove.views.possible import gaps_sentence, reach_sentence
from regcompare_prove.views.standards import LEGEND, brake_sentences, standards_table

from .closed import powers, smallest_words
from .pieces import (
    AFTER,
    BEFORE,
    DEMANDS,
    Sources,
    demand_table,
    drawn,
    python_block,
    quoted,
    shares_of,
    shown,
    unread,
)

_WHOLE = "eu-law-2021"
_HOME = "eu-home"
_WORD = "recitals, articles and annexes"
_MIRROR = f"mirror -r {_HOME} -r {AFTER} -r {DEMANDS}"
_PASSING = """\
import regcompare as rc

free = rc.count("licence", "records", "eu-2021-821").those("no")
picture = rc.compare(free.cases, ["eu-428-2009", "eu-2021-821", "amnesty"]).plot()
"""


def what_was_loosened(sources: Sources) -> Iterator[str]:
    """Yields the part on what it loosened."""
    yield "## What they loosened"
    back = reverse(sources.gaps(BEFORE, AFTER, framed=False))
    yield quoted(gaps_sentence(back), f"gaps {AFTER} {BEFORE} --presume none")
    yield (
        "So the new act is not stricter everywhere. These provisions of the old one control cases that "
        "the new one does not. Where one of them is in both acts, what it covers has changed: its "
        "conditions, the list, or the general authorisations that override it."
    )
    closing = [item.rule for item in back.closing_rules()]
    yield pipe_table(
        ("provision", "what it says", "the smallest case that it controls and the new act does not"),
        [(str(rule.cite), rule.sentence, smallest_words(back, rule)) for rule in closing],
    )
    yield from powers(back, closing)
    proof = never_laxer(sources.ruleset(AFTER), sources.ruleset(BEFORE))
    yield proof.sentence()
    yield python_block(AFTER, BEFORE)
    yield (
        "*Ordinary* means what the vocabulary declares, else no or none, else the first answer that it "
        "lists. With a different notion of ordinary, a different case would be the smallest."
    )


def what_was_left_open(sources: Sources) -> Iterator[str]:
    """Yields the part on what it left open."""
    yield "## What they left open"
    yield "### In the documented cases"
    count = sources.count("licence", AFTER)
    free = count.those("no")
    yield quoted(count.sentence(), f"count licence records -r {AFTER}")
    yield "Those that certainly need none:"
    yield "\n".join(f"- `{record.id}`: {record.first.title}" for record in free)
    told = sources.counting.count("tell", free, *count.laws)
    if told.at_most:
        yield (
            f"Of these {len(free)}, {told.number()} would have to be told to the authority, which may "
            "then require a licence."
        )
    yield "The same cases under the regimes compared:"
    yield from drawn(sources, "still-passing", _PASSING)
    yield "### For an unlisted surveillance tool"
    yield (
        "The same sale as above, by what the tool is and whether the people monitored can perceive it "
        "(`item.covert`)."
    )
    by = ("item.technology", "item.covert")
    rulesets = [sources.ruleset(name) for name in (BEFORE, AFTER, DEMANDS)]
    possible = possible_map(rulesets, by=by, given=sources.frame)
    sentences = [reach_sentence(possible, item.id, Outcome.AUTHORISATION) for item in rulesets]
    options = f"--by {by[0]} --by {by[1]}"
    yield quoted(sentences, f"map {sources.frame_file} {options}")
    picture = coverage_map(possible, down="what the tool is", across="covert")
    yield shown(sources, "unlisted-tool", picture)
    overt = [cell for cell in possible.of(AFTER) if cell.across.name == "no"]
    if all(cell.high is Outcome.NO_CONTROL for cell in overt):
        yield (
            "An overt tool, such as a camera that everybody sees, is out of reach of the new act in "
            "this sale, whatever the authority has informed the exporter of."
        )


def which_demand_closes_it(sources: Sources) -> Iterator[str]:
    """Yields the part on the demands that close what is left open."""
    yield "## Which demand closes it"
    yield "### In the documented cases"
    both = [shares_of(sources, at) for at in (Outcome.AUTHORISATION, Outcome.REFUSAL)]
    for shares, option in zip(both, ("", f" --stops-at {Outcome.REFUSAL.word}"), strict=True):
        yield quoted(shares.finding().sentence(), f"gaps {AFTER} {DEMANDS} --by-demand{option}")
        yield from unread(sources, shares)
    yield demand_table(sources, *both)
    yield "### Over every possible case"
    proof = never_laxer(sources.ruleset(DEMANDS), sources.ruleset(AFTER))
    yield proof.sentence()
    yield python_block(DEMANDS, AFTER)
    yield (
        "That is so by construction: the demands are encoded in addition to the act, and none removes "
        "what the act requires. The proof shows that the encoding does this."
    )
    yield from _exemption(sources)
    framed = sources.gaps(AFTER, DEMANDS, framed=True)
    yield quoted(gaps_sentence(framed), f"gaps {AFTER} {DEMANDS} --given {sources.frame_file}")
    yield from _rest(framed)


def which_has_a_brake(sources: Sources) -> Iterator[str]:
    """Yields the part on what obliges an authority to refuse a licence."""
    yield "## Which regime has a brake"
    yield "Once a licence is needed, does anything that the authority finds oblige it to refuse?"
    regimes = [sources.ruleset(name) for name in (BEFORE, AFTER, DEMANDS)]
    by_regime = standards(regimes)
    yield quoted(brake_sentences(by_regime), "standards")
    yield render(Document("", [standards_table(by_regime)]), "markdown").strip()
    whole = sources.ruleset(_WHOLE)
    titles = listing([law.title for law in sources.catalogue.rulesets.parallel()], "and")
    yield f"{titles} apply alongside both acts. All of it together:"
    yield quoted(brake_sentences(standards([whole])), f"standards -r {_WHOLE}")
    yield LEGEND


def _exemption(sources: Sources) -> Iterator[str]:
    """What the exemption of security research loosens, proved."""
    amnesty = sources.ruleset(DEMANDS)
    names = [rule.id for rule in amnesty.rules if rule.id.startswith("A14")]
    strict = amnesty.without(*names)
    proofs: list[Proof] = [never_laxer(amnesty, strict), never_laxer(amnesty, strict, except_=names)]
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
        for item in gaps.closing_rules(answer)
        if item.always and item.rule.id == "A01"
    }
    if always:
        yield "Where it is every case, A01 alone is enough."
    if partly:
        names = listing([answer.label for answer in partly], "and")
        yield f"Where it is some, the technology is {names}."


def what_is_forbidden_at_home(sources: Sources) -> Iterator[str]:
    """Yields the part on the same use at home: both standards, and what the AI Act says of exports."""
    home = sources.ruleset(_HOME)
    yield "## Would the same use be allowed at home?"
    yield (
        f"{home.title} holds what the Union forbids or restricts inside it, read as of "
        f"{home.reference_date}. It is asked about the use that each export serves, as if an authority "
        "at home made it. Interception and searches are governed by national law, so that most results "
        "depend on whether a law authorises the use. Exceptions that somebody would have to claim, such "
        "as an investigation of a serious crime, are assumed not to apply."
    )
    yield from _mirrored(sources)
    yield (
        "Some of these results depend on a doubtful text, above all on whether a ban on inferring race "
        "from biometric data covers ethnic origin. With every doubt left open:"
    )
    yield from _mirrored(sources, "open")
    gaps = possible_gaps(
        home, sources.ruleset(DEMANDS), stops_at=Outcome.REFUSAL, presume=("ordinary", "surveillance")
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


def _mirrored(sources: Sources, readings: Readings = None) -> Iterator[str]:
    """Yields what is forbidden at home alone, and what of it needs no licence, each with its command."""
    rulesets = [sources.ruleset(name) for name in (_HOME, AFTER, DEMANDS)]
    mirrored = Mirror(compare(sources.documented, rulesets, readings=readings))
    option = f" --readings {readings}" if readings else ""
    for (here, there), (alone, *_) in zip(mirrored.pairs, mirrored.counts(), strict=True):
        yield quoted(str(alone), f"count double_standard records -r {here} -r {there}{option}")
    yield quoted([str(unlicensed) for _, unlicensed, _ in mirrored.counts()], f"{_MIRROR}{option}")


def what_it_rests_on(sources: Sources) -> Iterator[str]:
    """Yields the part on the law applied and how it is interpreted."""
    yield "## What this depends on"
    days = [f"{name} as of {sources.ruleset(name).reference_date}" for name in (BEFORE, AFTER, DEMANDS)]
    yield (
        f"Law applied: {listing(days, 'and')}. Doubtful texts have their default interpretations, which "
        "[the list of interpretations](reference/interpretations.md) gives with reasons; `--readings "
        "open` leaves them open. What is not encoded is [listed](reference/not-encoded.md)."
    )
    yield NOT_ADVICE
