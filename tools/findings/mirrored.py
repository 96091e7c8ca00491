"""What the law at home says of the uses that the exports serve."""

from __future__ import annotations

from collections.abc import Iterator

from regcompare import compare
from regcompare.comparison.mirror import Mirror
from regcompare.proofs.gaps import possible_gaps, reverse
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.assess import Readings
from regcompare.views.mirror import mirror_sentences
from regcompare.views.possible import gaps_sentence

from .pieces import AFTER, DEMANDS, Sources, quoted

__all__ = ["what_is_forbidden_at_home"]

_HOME = "eu-home"
_WORD = "recitals, articles and annexes"
_COMMAND = f"mirror -r {_HOME} -r {AFTER} -r {DEMANDS}"


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
    yield quoted(mirror_sentences(_mirror(made)), _COMMAND)
    yield (
        "Some of these results depend on a doubtful text, above all on whether a ban on inferring race "
        "from biometric data covers ethnic origin. With every doubt left open:"
    )
    yield quoted(mirror_sentences(_mirror(made, "open")), f"{_COMMAND} --readings open")
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
