"""The texts of the front page around what is computed: the acts, what is asked for, and one sale."""

from __future__ import annotations

from regcompare.plugins.profile import FrontLaw, FrontRow, FrontTexts

FRONT = FrontTexts(
    question="Who has to say no?",
    lead=(
        "{deals} sales of surveillance technology. Find one that the EU’s export rules make a "
        "government refuse, to protect people."
    ),
    laws=(
        FrontLaw(
            "eu-law",
            "The rules of the day",
            "all EU law read, on the day of each sale",
            "Then: nobody, as far as is known.",
            day="scenario",
        ),
        FrontLaw(
            "eu-2021-821",
            "EU regulation now",
            "in force since 9 September 2021",
            "To protect people: nobody.",
        ),
        FrontLaw(
            "amnesty", "What Amnesty asks", "demands, not law", "A government, at least {number} times."
        ),
    ),
    claim=(
        "Not on the EU’s list? Then as a rule no licence is needed. On the list? Then one is, but "
        "neither EU export regulation, the old or the new, obliges a government to refuse because of "
        "the harm to people."
    ),
    asked=(
        "The same {deals} sales, stricter rules: a ban on technology that picks one face out of "
        "many, and a no wherever the risk to human rights is substantial."
    ),
    elsewhere=(
        "Elsewhere a no can be required: sanctions and the Common Position on arms exports (of "
        "{deals} certainly {no_then}, at most {perhaps}), another EU country’s binding objection, a "
        "national ban (taken here to be absent)."
    ),
    sale="morpho-shanghai-2015",
    others=("bae-evident-uae-2014-16", "gamma-bahrain-2010-12", "ericsson-belarus-2010"),
    background=(
        "China represses minorities such as Uyghurs and Kazakhs with surveillance technology. "
        "Companies from the Netherlands, France and Sweden sold it to Chinese security services, "
        "reports Amnesty International."
    ),
    licences=(
        "Spyware, which secretly looks into a phone or laptop, and phone-tapping equipment are on the "
        "list. Companies had to ask, also for the Emirates, Bahrain and Belarus, writes Amnesty. Ask a "
        "government yourself."
    ),
    figures=(
        "Each question draws one of {decisions} published decisions of the EU countries that answered, "
        "{from} to {to}; sources differ on the years. About {not_free} per cent of the yeses went to "
        "countries that Freedom House calls not free. Face recognition is not in it: it needed no "
        "licence."
    ),
    agreed=(
        "On 9 November 2020 the EU agreed on new rules, in force since 2021: more openness, hardly "
        "more protection."
    ),
    columns=("until 2021", "since", "Amnesty"),
    changes=(
        FrontRow("Public figures on licences for surveillance", provisions=("art-26-2-report",)),
        FrontRow(
            "A seller that knows of repression must report", provisions=("art-5-2",), has_limit=True
        ),
        FrontRow("A warning by the government: licence needed", provisions=("art-5-1",), has_limit=True),
        FrontRow("Face recognition on the list", listed="morpho-shanghai-2015"),
        FrontRow("A duty to say no, to protect people", duty="mandatory refusal"),
    ),
    limit="only for tools made to watch in secret",
    safeguards={
        "due diligence": "seller checks danger",
        "human-rights assessment": "government checks danger",
        "mandatory refusal": "a no if people are at risk",
        "criteria for decisions": "human rights are weighed",
        "licence review and revocation": "licence can be withdrawn",
        "remedy": "a remedy for victims",
    },
    shows=(
        (
            "{pages} pages describe {records} events from published sources: {deals} sales, "
            "{licences} licences, {refused_or_withdrawn} refusals or withdrawals, {offers} offers "
            "and {uses_found} uses that were found. The picture shows the {deals} sales; in "
            "{outside} of them the seller is outside the EU. They are no sample of all sales."
        ),
        (
            "Disputed facts are left open, ordinary facts assumed where sources are silent. “Then” "
            "is all EU law that was read, on the day of each sale; {older} sales are older than the "
            "oldest regulation that is included. The regulation of 2021 meets every sale as of 9 "
            "September 2021, whatever its year."
        ),
        (
            "Exceptions to “no list, no licence”: weapons and military uses; since 2021, sellers who "
            "are told of repression need a licence and sellers who know must tell, but only for "
            "tools made to watch in secret; lists of individual countries. On the list, sales to "
            "some allies need no application."
        ),
    ),
)

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
