"""What results depend on, in sentences below a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from regcompare.comparison.comparison import counted
from regcompare.comparison.sensitivity import Beside, ChangedSince, Sensitivity
from regcompare.verdict.verdict import Verdict

__all__ = ["beside_sentences", "changed_sentences", "presumed_sentences"]

_FEW = 12
"""So many cases are named one by one."""

_ORDINARY = (
    "Where a file says `presume: ordinary`, the answers of an ordinary transaction are presumed for "
    "what it does not state; `explain` lists them."
)


def presumed_sentences(found: Sensitivity) -> list[str]:
    """Returns on which presumed answers results rest; that ordinary ones are presumed takes a line."""
    ordinary = any("ordinary" in verdict.scenario.presume for verdict in found.verdicts)
    return [*_case_by_case(found), *([_ORDINARY] if ordinary else [])]


def _case_by_case(found: Sensitivity) -> Iterator[str]:
    """Names the cases and the answers; of many cases, how many rest on each answer."""
    presumed = found.presumed
    if len(presumed) > _FEW:
        cases = len({verdict.scenario.id for verdict in found.verdicts})
        numbers = Counter(fact for facts in presumed.values() for fact in facts)
        told = ", ".join(f"{fact} in {number}" for fact, number in numbers.most_common())
        yield (
            f"Results of {len(presumed)} of the {cases} cases rest on answers that their files presume, "
            f"beside the ordinary ones: {told}. `explain` tells for each case."
        )
    elif presumed:
        told = "; ".join(f"{name} ({', '.join(facts)})" for name, facts in presumed.items())
        yield f"Rests on answers that the case's file presumes, beside the ordinary ones: {told}."


def changed_sentences(found: Sensitivity) -> list[str]:
    """Returns a sentence for each law that gives something else on the later day of the facts."""
    return list(map(_changed, found.changed_since))


def _changed(law: ChangedSince) -> str:
    return (
        f"{law.ruleset.title} changed after the day at which it is read here. As it stood on the "
        f"day of the facts it gives something else for {counted(len(law.verdicts), 'case')}: "
        f"{_named(law.verdicts)}. --as-of scenario reads it so."
    )


def beside_sentences(found: Sensitivity) -> list[str]:
    """Returns a sentence for each law that applies beside a compared one and is not compared itself."""
    return list(map(_beside, found.beside))


def _beside(law: Beside) -> str:
    sure = ""
    if law.reached:
        sure = f"reaches {counted(len(law.reached), 'case')} for certain: {_named(law.reached)}"
    may = (
        f"may reach {len(law.open)} {'more ' if sure else ''}{'case' if len(law.open) == 1 else 'cases'}"
    )
    reach = ", and ".join(filter(None, [sure, may if law.open else ""]))
    return (
        f"Together with {' and '.join(law.parallel_to)}, {law.ruleset.title} ({law.ruleset.id}) {reach}."
    )


def _named(verdicts: Iterable[Verdict]) -> str:
    return "; ".join(f"{verdict.scenario.id} ({verdict.result})" for verdict in verdicts)
