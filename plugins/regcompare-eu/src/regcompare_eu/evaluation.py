"""The evaluation of Regulation (EU) 2021/821 between 2026 and 2028: its terms, and what it could change.

Each change is the act with further provisions, made with ``with_``, and cites the provision that it would
amend.
"""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    EndUse,
    Instrument,
    Item,
    Knowledge,
    LicensingPolicy,
    Outcome,
    Review,
    Standard,
    Strength,
    Trigger,
)
from regcompare.ruleset.evaluation import Document, Evaluation, Limb, Passage

from . import plain
from .eu_2021_821 import EU_2021_821 as ACT
from .eu_2021_821.authorisations import covered_by_eu001, listed_export, rights_use
from .eu_2021_821.consultation import needs_licence
from .eu_2021_821.definitions import (
    REGULATION,
    brokering,
    cyber_surveillance_item,
    export_or_made_available,
    listed,
)
from .eu_2021_821.scope import assistance, aware_from_diligence, of_article_5, unlisted_cyber_export
from .eu_common_position import EU_COMMON_POSITION
from .eu_common_position.definitions import clear_risk, clear_risk_ihl

DRAFT = Instrument(
    "Draft",
    "Changes to Regulation (EU) 2021/821, drawn up to show what its evaluation could change",
    "2026",
)
"""Nobody has tabled these words."""

chapter = Chapter()

# Article 5(2) - awareness
tell_in_any_case = chapter.rule(
    DRAFT["Art. 5(2)"],
    "An exporter of an unlisted cyber-surveillance item must notify the authority if the item is intended "
    "for internal repression or serious violations of human rights and international humanitarian law, "
    "whether the exporter knows of that or not.",
    plain=plain.AWARE_OF_REPRESSION,
    when=unlisted_cyber_export & of_article_5(EndUse.concerns),
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="draft-telling",
)

# Article 15(1) - the grounds of a decision
refuse_at_clear_risk = chapter.rule(
    DRAFT["Art. 15(1)"],
    "The authority must refuse a licence if there is a clear risk that the item might be used for internal "
    "repression or for serious violations of international humanitarian law.",
    plain=plain.CLEAR_RISK_OF_REPRESSION,
    when=needs_licence & (clear_risk | clear_risk_ihl),
    then=Outcome.REFUSAL,
    review=Review(LicensingPolicy.REFUSE, Standard.CLEAR_RISK, "internal repression"),
    triggered_by=Trigger.FINDING,
    id="draft-clear-risk",
)

# Articles 6 and 8 - brokering and technical assistance
_watching = listed | cyber_surveillance_item
_informed = of_article_5(Knowledge.authority_informed)
told_broker = chapter.rule(
    DRAFT["Art. 6(1)"],
    "An authorisation is required for brokering a listed item or a cyber-surveillance item if the authority "
    "has informed the broker that it is or may be intended for a use under Article 5.",
    plain=plain.TOLD_OF_REPRESSION,
    when=brokering & _watching & _informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    id="draft-told-broker",
)
aware_broker = chapter.rule(
    DRAFT["Art. 6(2)"],
    "A broker that is aware that a listed item or a cyber-surveillance item is intended for a use under "
    "Article 5 must notify the authority.",
    plain=plain.AWARE_OF_REPRESSION,
    when=brokering & _watching & aware_from_diligence,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="draft-aware-broker",
)
told_provider = chapter.rule(
    DRAFT["Art. 8(1)"],
    "An authorisation is required for technical assistance for a listed item or a cyber-surveillance item "
    "if the authority has informed the provider that it is or may be intended for a use under Article 5.",
    plain=plain.TOLD_OF_REPRESSION,
    when=assistance & _watching & _informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    id="draft-told-provider",
)
aware_provider = chapter.rule(
    DRAFT["Art. 8(2)"],
    "A provider of technical assistance that is aware that a listed item or a cyber-surveillance item is "
    "intended for a use under Article 5 must notify the authority.",
    plain=plain.AWARE_OF_REPRESSION,
    when=assistance & _watching & aware_from_diligence,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="draft-aware-provider",
)

# Annex I - facial recognition
_recognition = export_or_made_available & Item.technology.is_in("facial_recognition")
recognition_listed = chapter.rule(
    DRAFT["Annex I"],
    "An authorisation is required for the export of facial recognition.",
    plain=plain.LISTED,
    when=_recognition,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="draft-recognition",
)
recognition_to_allies = chapter.rule(
    DRAFT["Annex II, Section A"],
    "General authorisation EU001 covers exports of facial recognition to the destinations that it names.",
    plain=plain.ALLIES,
    when=_recognition & covered_by_eu001,
    overrides=recognition_listed,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="draft-recognition-eu001",
)

# Article 12 and Annex II - general authorisations
no_standing_permit = chapter.rule(
    DRAFT["Art. 12"],
    "No general authorisation, of the Union or of a state, covers an export if the exporter has been "
    "informed, or is aware, of a use that breaches human rights, democratic principles or freedom of "
    "expression: an individual authorisation is required.",
    plain=plain.LISTED,
    when=listed_export & rights_use,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="draft-no-general-authorisation",
)

# Article 26(2) - publication
each_decision_published = chapter.duty(
    DRAFT["Art. 26(2)"],
    "The authority must publish each authorisation and each refusal of a cyber-surveillance item, with the "
    "item, the destination, the kind of end user and the reasons.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=export_or_made_available & cyber_surveillance_item,
    id="draft-publication",
)

chapter.read()  # Each reform below takes its own provisions of it.

LIMBS = (
    Limb(
        "awareness",
        REGULATION["Art. 5(2)"],
        "An exporter must tell the authority of a use for repression or serious violations only if it is "
        "aware of that use from its due diligence; the article does not oblige it to look.",
        "It must tell the authority whenever the item is intended for such a use, known to it or not.",
        ACT.with_(tell_in_any_case, id="act-telling", title="the act without awareness"),
        "Nobody can report what they do not know. Without a duty to look, which this change does not bring, a "
        "duty without knowledge punishes bad luck; with one, it changes what exporters must find out, "
        "rather than what they must tell.",
        "tell_gap",
    ),
    Limb(
        "clear-risk",
        REGULATION["Art. 15(1)"],
        "The authority must take all relevant considerations into account; none of them obliges it to refuse.",
        "It must refuse where there is a clear risk of internal repression or of serious violations of "
        "international humanitarian law, the test of the Common Position on arms exports.",
        ACT.with_(
            refuse_at_clear_risk,
            of=EU_COMMON_POSITION,
            id="act-clear-risk",
            title="the act with a clear-risk refusal",
        ),
        "Whether a risk is clear is for the same authority to find, so an authority that wants to grant may "
        "find none. And where the Common Position applies already, states must refuse without this change.",
        "refusal_gap",
    ),
    Limb(
        "services",
        REGULATION["Arts 6(1) and 8(1)"],
        "Brokering and technical assistance need an authorisation only for the uses in Article 4: weapons of "
        "mass destruction, military use under an embargo, parts of military items exported unlawfully.",
        "They need one for the uses in Article 5 too, once the authority has informed the broker or provider; "
        "one that is aware of such a use must tell.",
        ACT.with_(
            told_broker,
            aware_broker,
            told_provider,
            aware_provider,
            id="act-services",
            title="the act with Articles 6 and 8 following 5",
        ),
        "It again begins with what an authority tells, and few services are on record: the number says how "
        "little is documented, and not how much would change.",
        "licence_gap",
    ),
    Limb(
        "recognition",
        REGULATION["Annex I"],
        "None of the entries encoded here is one for facial recognition, and the list follows what the "
        "international regimes agree on (Article 17(1)).",
        "Its export needs a licence, as that of a listed item does; EU001 covers it to the destinations that "
        "it names. What else follows from the list, for brokering, assistance and transit, is left out here.",
        ACT.with_(
            recognition_listed,
            recognition_to_allies,
            id="act-recognition",
            title="the act with facial recognition listed",
        ),
        "The same technology opens phones and gates. An entry without a threshold licenses all of it and "
        "overloads the authorities, and a list of the Union alone moves sales to others. A licence may also "
        "be granted.",
        "licence_gap",
    ),
    Limb(
        "general-authorisations",
        REGULATION["Annex II, Sections A to D and F, and Art. 12(6)"],
        "EU001 to EU004, EU006 and national general authorisations do not ask about human rights; EU005, "
        "EU007 and EU008 cannot be used by an exporter that is informed or aware of a breach.",
        "None of them can be used by an exporter that is informed or aware of a breach of human rights, "
        "democratic principles or freedom of expression.",
        ACT.with_(
            no_standing_permit,
            id="act-general-authorisations",
            title="the act with a condition on rights in every general authorisation",
        ),
        "These authorisations are for allies, repairs, fairs and chemicals, where breaches are rarest; and the "
        "condition again depends on what the exporter knows.",
        "licence_gap",
    ),
    Limb(
        "publication",
        REGULATION["Art. 26(2)"],
        "The Commission publishes yearly numbers, of cyber-surveillance items by item, issuing state and "
        "destination, with the decisions taken; neither reasons nor kinds of end users are asked for.",
        "Each authority publishes each decision on a cyber-surveillance item, with the item, the destination, "
        "the kind of end user and the reasons.",
        ACT.with_(
            each_decision_published,
            id="act-publication",
            title="the act with each decision published",
        ),
        "It stops no export. Single decisions betray customers, prices and investigations, for which Article "
        "26(3) asks for due consideration; authorities may then write reasons that say nothing.",
    ),
)

SAYS = (
    Passage(
        REGULATION["Art. 26(4)"],
        "The Commission must evaluate the whole act between these two days, and report its main findings to "
        "the European Parliament, the Council and the European Economic and Social Committee.",
    ),
    Passage(
        REGULATION["Art. 26(4)"],
        "It must also evaluate Article 5, after 10 September 2024; no last day is set.",
    ),
    Passage(
        REGULATION["Art. 26(4)"],
        "It need not propose a change, and nobody has a right to be heard.",
    ),
    Passage(
        REGULATION["Art. 24(2)"],
        "The coordination group of the states consults exporters, brokers, providers of technical assistance "
        "and others concerned when it considers that necessary.",
    ),
    Passage(
        REGULATION["Art. 26(2)"],
        "The Commission's yearly report is public. For cyber-surveillance items it must have the number of "
        "applications by item, issuing state and destination, and the decisions on them.",
    ),
    Passage(
        REGULATION["Art. 26(3)"],
        "What states supply for it respects personal, commercial and security secrets.",
    ),
)

PUBLISHED = (
    Document(
        "COM(2021) 716",
        dt.date(2021, 11, 23),
        "data of 2019",
        "Known by an account, from which it is unclear what years its number of refusals covers; none is "
        "printed here.",
        "https://www.respectus.space/post/report-on-the-implementation-of-the-recast-dual-use-regulation-eu-2021-821",
    ),
    Document(
        "Report on the act in 2021",
        dt.date(2022, 9, 2),
        "data of 2020",
        "Known by an account; its figures were not read.",
        "https://www.esu.ulg.ac.be/report-on-the-implementation-of-the-new-eu-dual-use-regulation/",
    ),
    Document(
        "Recommendation (EU) 2024/214",
        dt.date(2024, 1, 17),
        "how the data are gathered; a section on cyber-surveillance items",
        "Its opening and its contents were read.",
        "http://data.europa.eu/eli/reco/2024/214/oj",
    ),
    Document(
        "White Paper COM(2024) 25",
        dt.date(2024, 1, 24),
        "a heading on an earlier evaluation of the act",
        "Its contents were read; the day that it proposes was not.",
        "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:52024DC0025",
    ),
    Document(
        "COM(2025) 19, with SWD(2025) 8",
        dt.date(2025, 1, 30),
        "data of 2022; the first report under the act",
        "Its opening was read; its figures were not.",
        "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:52025DC0019",
    ),
    Document("A report with data of 2023", None, "data of 2023", "None was found."),
    Document(
        "SWD(2026) 162",
        dt.date(2026, 6, 25),
        "data of 2024, with licences and refusals of cyber-surveillance items",
        "Known by an account; its figures were not read.",
        "https://atlas.eumatrix.app/news/43a4df4c-2ecf-4294-942e-f2a7120e54aa",
    ),
)

UNKNOWN = (
    (
        "That the evaluation has begun was not read anywhere, nor a call for evidence or a questionnaire; "
        "this does not mean that there is none."
    ),
    "A report on the evaluation of Article 5 was not found.",
    "Nor was a publication of items and destinations under Article 5(6), which all states must agree to.",
    (
        "How often Article 5 has been used is therefore not said here, nor a rate of refusals or a trend: "
        "these series differ in who reports and what is counted."
    ),
)

EVALUATION = Evaluation(
    ACT,
    REGULATION["Art. 26(4)"],
    opens=dt.date(2026, 9, 10),
    closes=dt.date(2028, 9, 10),
    says=SAYS,
    published=PUBLISHED,
    unknown=UNKNOWN,
    limbs=LIMBS,
)
