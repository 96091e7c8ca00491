"""The documented cases that ship, and the profile: what is compared and shown by default.

It holds files and ids.  It imports no ruleset; what the cases expect of one is in the files.
"""

from __future__ import annotations

from pathlib import Path

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature, Profile
from regcompare.plugins.profile import Puzzle

FIRST = ("morpho-shanghai-2015", "axis-guilin-2012-19", "noldus-china-2012-18")
"""The three cases of Amnesty's report of 2020, which come first."""

PUZZLES = {
    "ignorance-pays": Puzzle(
        "Does it pay not to know?",
        "Yes, under the EU rules since 2021: a seller that knows must report it, one that only "
        "suspects need not, unless its country has a law that says so. Amnesty asks how great the "
        "danger is, not what the seller knows.",
    ),
    "silent-authority": Puzzle(
        "What if the authority says nothing?",
        "Then nobody has to ask, however great the danger: without a seller that knows, the rules "
        "since 2021 start when the authority warns, and nothing in that rule makes it speak. "
        "Amnesty's ban on exporting face recognition waits for nobody's word.",
    ),
    "broker": Puzzle(
        "Does it matter who ships it?",
        "Yes, to the EU rules: spyware on the list needs a licence when it is shipped from the EU. "
        "A broker who has it sent between two other countries needs one only for weapons of mass "
        "destruction and military ends. To the people who are spied on it is the same.",
    ),
    "trainer": Puzzle(
        "Software, or a course in using it?",
        "The software needs a licence. The course does not, as long as it is not about weapons of "
        "mass destruction or military ends. Amnesty asks for a licence for both.",
    ),
    "licence-is-no-brake": Puzzle(
        "Does a licence prevent harm?",
        "Not by itself: under the two regulations the authority weighs the case and may say yes, "
        "even if serious abuses are likely. Another EU act, the Common Position, does make it say "
        "no for listed items where there is a clear risk of repression. Amnesty wants a no wherever "
        "the risk is substantial.",
    ),
    "the-swiss-refused-it": Puzzle(
        "The Swiss refused it: who else would?",
        "Swiss law orders a no where there is reason to believe that it serves repression. Across "
        "the border, in Austria, the two EU regulations let the authority choose. Amnesty would "
        "have it refused too.",
    ),
    "allys-door": Puzzle(
        "Is a friendly country different?",
        "Yes, to the EU rules: for a few favoured countries, such as the United States and "
        "Switzerland, a standing permit covers listed items, even if the seller knows that rights "
        "are at risk. Amnesty looks at the buyer, wherever it is.",
    ),
    "fair-and-repair": Puzzle(
        "Sold, shown or sent back?",
        "Sold, it needs a licence of its own. Shown at a trade fair, or sent back after repair, it "
        "goes under a standing permit that asks nothing about human rights. Amnesty asks for a "
        "licence in all three.",
    ),
    "same-box-next-country": Puzzle(
        "The same box, from the country next door?",
        "Then it may be free: Germany has a list of its own, which binds sellers in Germany. Since "
        "2021 such a list can bind sellers elsewhere in the EU as well, but only once their own "
        "authority warns them.",
    ),
    "listing-that-loosens": Puzzle(
        "Can a stricter list make the rules softer?",
        "Yes. In 2013 sanctions on Iran made the authority say no. In 2016 the system was on the "
        "EU's general list, so those sanctions no longer covered it: the authority weighed the case "
        "and could say yes.",
    ),
    "two-refusal-tests": Puzzle(
        "Three countries: who must be refused?",
        "The system for Iran, since the state itself listens in. For Venezuela only where there are "
        "reasonable grounds to find that it serves repression, and for Colombia no sanction asks "
        "anything. Amnesty asks the same of all three, and would have all refused.",
    ),
}
"""The questions that each file of three teaching cases puts to a class, in the order of a menu."""

GAME = (
    "noldus-china-2012-18",
    "bae-evident-saudi-arabia-2016",
    "swiss-bangladesh-2015",
    "uk-honduras-2016-17",
    "axis-guilin-2012-19",
    "datong-refused-2009",
    "area-egypt-2016",
    "exfo-mexico-2014",
)
"""The cases of the game: licences granted, refused, revoked later, and sales where nobody asked."""


def _data_folder(name: str, checkout: str) -> Path:
    """The folder inside the installed package, or that at the root of a checkout."""
    package = Path(__file__).parent
    installed = package / name
    return installed if installed.is_dir() else package.parents[3] / checkout


def folder() -> Path:
    """Returns the folder of the cases."""
    return _data_folder("scenarios", "scenarios")


@hookimpl
def regcompare_scenarios() -> list[Path]:
    """Returns the scenario files: those in ``FIRST``, then the others by name."""
    first = [folder() / f"{name}.yaml" for name in FIRST]
    rest = sorted(file for file in folder().glob("*.yaml") if file not in first)
    return first + rest


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of the cases' titles and stories."""
    return [folder() / "locale"]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns what makes the first screen of the cases, and what reads the published figures."""
    return [
        Feature("licences", "regcompare_cases.figures:read_figures"),
        Feature("message", "regcompare_cases.message:message"),
    ]


@hookimpl
def regcompare_profiles() -> list[Profile]:
    """Returns what is compared and shown by default."""
    return [
        Profile(
            regimes=("eu-428-2009", "eu-2021-821", "amnesty"),
            whole="eu-law",
            explained="eu-2021-821",
            first=FIRST,
            source="Amnesty International's report of 2020",
            teaching=(folder() / "teaching",),
            ordinary=(folder() / "ordinary",),
            frames=(folder() / "findings",),
            puzzles=PUZZLES,
            licences=Path(__file__).with_name("licence_decisions.csv"),
            front=Path(__file__).with_name("front.yaml"),
            game=GAME,
        )
    ]
