"""What exporter, broker, authority, Member State and Commission must or may do besides, article by article.

Kinds of duty on which the act was read and is silent, or which it leaves to national law, are listed at
the end; a kind named nowhere was not checked.
"""

from __future__ import annotations

from regcompare.authoring import Addressee, Breach, Chapter, DutyKind, EvidenceLevel, Stage, Strength
from regcompare_eu.facts import COMMISSION, MEMBER_STATE, PROVIDER, Eu

from . import authorisations, transfers
from .definitions import (
    ACT,
    ANNEXES,
    REGULATION,
    brokering,
    export_or_made_available,
    listed,
    technical_assistance,
)
from .scope import (
    art_3_1,
    art_5_2,
    art_6_2,
    art_7_1,
    art_7_3,
    art_8_2,
    requirement_of_article_4,
    requirement_of_article_5,
    transit_decision,
    unlisted_cyber_export,
    unlisted_export,
)

chapter = Chapter()

# Articles 3 to 5 - the exporter classifies, and tells what it knows
classifies = chapter.duty(
    REGULATION["Art. 3(1)"],
    "An exporter has to find out whether its item meets an entry of Annex I.",
    kind=DutyKind.CLASSIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.PRESUPPOSED,
    when=art_3_1.when,
    checked=EvidenceLevel.INFERRED,
    id="art-3-1-duty",
    note="The article requires an authorisation for a listed item; that the exporter classifies it follows.",
)
notifies_article_4 = chapter.duty(
    REGULATION["Art. 4(2)"],
    "An exporter that is aware of a use covered by Article 4(1) (weapons of mass destruction, military "
    "end-use under an arms embargo, or parts for illegally exported military items) must notify the "
    "authority.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=unlisted_export & ACT.aware,
    breach=Breach.NATIONAL_PENALTY,
    id="art-4-2-duty",
)
shares_catch_all = chapter.duty(
    REGULATION["Art. 4(4)"],
    "A Member State that requires an authorisation for an unlisted item under Article 4 must inform its "
    "customs authorities, the other Member States and the Commission, unless the transaction is too "
    "sensitive.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=requirement_of_article_4,
    deadline="immediately",
)
notifies_article_5 = chapter.duty(
    REGULATION["Art. 5(2)"],
    "An exporter that is aware, from its due diligence, that a cyber-surveillance item is intended for "
    "internal repression or for serious violations of human rights and humanitarian law must notify the "
    "authority.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=art_5_2.when,
    breach=Breach.NATIONAL_PENALTY,
    id="art-5-2-duty",
)
presupposes_diligence = chapter.duty(
    REGULATION["Art. 5(2)"],
    "An exporter becomes aware of such a use from the findings of its due diligence.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.PRESUPPOSED,
    when=unlisted_cyber_export,
    breach=Breach.NONE,
    checked=EvidenceLevel.INFERRED,
    id="art-5-2-diligence",
    note="The article imposes no duty to carry out due diligence, no standard and no sanction; a compliance "
    "programme, which global authorisations and EU007 require, includes it by definition.",
)
shares_requirements = chapter.duty(
    REGULATION["Art. 5(4)"],
    "A Member State that requires an authorisation for an unlisted cyber-surveillance item must inform "
    "its customs authorities, the other Member States and the Commission, unless the transaction is "
    "too sensitive.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=requirement_of_article_5,
    deadline="immediately",
)
reviews_requirements = chapter.duty(
    REGULATION["Art. 5(5)"],
    "The other Member States must consider and review an authorisation requirement imposed on an "
    "unlisted cyber-surveillance item.",
    kind=DutyKind.CONSULTATION,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=requirement_of_article_5,
    deadline="30 working days, at most 30 more",
)
publishes_requirements = chapter.duty(
    REGULATION["Art. 5(6)"],
    "If all Member States notify that an authorisation should be required, the Commission must "
    "publish the cyber-surveillance items concerned and, where appropriate, the destinations.",
    kind=DutyKind.LIST_UPDATING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    when=requirement_of_article_5,
)

# Articles 6 and 8 - brokers and providers
broker_notifies = chapter.duty(
    REGULATION["Art. 6(2)"],
    "The broker of a listed item that is aware of a use covered by Article 4(1) (weapons of mass "
    "destruction, military end-use under an arms embargo, or parts for illegally exported military "
    "items) must notify the authority.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.BROKER,
    strength=Strength.MUST,
    when=art_6_2.when,
    breach=Breach.NATIONAL_PENALTY,
    id="art-6-2-duty",
)
provider_notifies = chapter.duty(
    REGULATION["Art. 8(2)"],
    "A provider of technical assistance for a listed item that is aware of a use covered by Article "
    "4(1) (weapons of mass destruction, military end-use under an arms embargo, or parts for illegally "
    "exported military items) must notify the authority.",
    kind=DutyKind.NOTIFICATION,
    addressee=PROVIDER,
    strength=Strength.MUST,
    when=art_8_2.when,
    breach=Breach.NATIONAL_PENALTY,
    id="art-8-2-duty",
)

# Articles 9 and 10 - national lists
tells_of_measures = chapter.duty(
    REGULATION["Art. 9(2)-(3)"],
    "A Member State must inform the Commission and the other Member States of its national measures, "
    "with reasons.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    deadline="without delay",
)
publishes_measures = chapter.duty(
    REGULATION["Art. 9(4)"],
    "The Commission must publish national measures, and a compilation of national control lists in all "
    "official languages.",
    kind=DutyKind.PUBLICATION,
    addressee=COMMISSION,
    strength=Strength.MUST,
)

# Article 12 - authorisations
validity = chapter.duty(
    REGULATION["Art. 12(3)"],
    "Individual and global authorisations are valid for a limited period unless the authority decides "
    "otherwise.",
    kind=DutyKind.VALIDITY,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=export_or_made_available,
    stage=Stage.LICENSING,
    deadline="up to 2 years; large projects up to 4",
)
end_use_statement = chapter.duty(
    REGULATION["Art. 12(4)"],
    "An individual authorisation requires an end-use statement, unless the authority grants an "
    "exemption; for a global authorisation the authority may ask for one.",
    kind=DutyKind.END_USE_STATEMENT,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=export_or_made_available,
    stage=Stage.LICENSING,
    id="art-12-4-statement",
)
compliance_programme = chapter.duty(
    REGULATION["Art. 12(4)"],
    "An exporter that uses a global authorisation must have an internal compliance programme, unless "
    "the authority considers it unnecessary.",
    kind=DutyKind.COMPLIANCE_PROGRAMME,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=export_or_made_available & Eu.licence_kind.is_in("global"),
    stage=Stage.LICENSING,
    breach=Breach.PRIVILEGE_LOST,
    id="art-12-4-programme",
)
programme_diligence = chapter.duty(
    REGULATION["Art. 12(4), third subparagraph, with Art. 2(21)"],
    "The compliance programme that users of a global authorisation must have includes due diligence on the "
    "risks of end users and end uses, unless the authority considers the programme unnecessary.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=export_or_made_available & Eu.licence_kind.is_in("global"),
    stage=Stage.LICENSING,
    breach=Breach.PRIVILEGE_LOST,
    id="art-12-4-diligence",
    note="A duty of some exporters, on no stated standard; human rights are not named.",
)
group_diligence = chapter.duty(
    REGULATION["Annex II, Section G, Part 3, point 3, with Art. 2(21)"],
    "The compliance programme that users of EU007 must have includes due diligence on the risks of end users "
    "and end uses.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=authorisations.eu007.when,
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="annex-ii-eu007-diligence",
)
group_programme = chapter.duty(
    REGULATION["Annex II, Section G, Part 3, point 3"],
    "An exporter that uses EU007 must have an internal compliance programme.",
    kind=DutyKind.COMPLIANCE_PROGRAMME,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=authorisations.eu007.when,
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="annex-ii-section-g",
)
first_use = chapter.duty(
    REGULATION["Annex II, Sections A to F, Part 3"],
    "The exporter must notify its first use of a general authorisation EU001 to EU006, register where "
    "its Member State requires it, and cite the authorisation in the customs declaration.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=authorisations.eu001.when
    | authorisations.eu002.when
    | authorisations.eu003.when
    | authorisations.eu004.when
    | authorisations.eu005.when
    | authorisations.eu006.when,
    deadline="within 30 days of the first export, or before it where the authority so requires",
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="annex-ii",
)
group_use = chapter.duty(
    REGULATION["Annex II, Section G, Part 3, points 5 to 7"],
    "An exporter that uses EU007 must register, give notice before first use, and report on its use: "
    "items, quantities, values and the companies involved.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=authorisations.eu007.when,
    deadline=(
        "registration before use; notice 30 days before the first export; a report at least once a year"
    ),
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="annex-ii-eu007",
)
encryption_use = chapter.duty(
    REGULATION["Annex II, Section H, Part 3, points 3 to 7"],
    "An exporter that uses EU008 must register and give notice before first use; on request it must "
    "submit technical data and report on its use.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=authorisations.eu008.when,
    deadline="registration before use; notice 10 days before the first export; report yearly, on request",
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="annex-ii-eu008",
)
bars_encryption = chapter.duty(
    REGULATION["Annex II, Section H, Part 3, point 6"],
    "For reasons of national security the authority may bar an exporter from using EU008 for an item, "
    "and must then inform the other Member States and the Commission.",
    kind=DutyKind.VALIDITY,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MAY,
    when=authorisations.eu008.when,
    checked=ANNEXES,
    id="annex-ii-eu008-bar",
)

# Articles 15 to 16 - criteria, denials
weighs = chapter.duty(
    REGULATION["Art. 15(1)"],
    "The authority takes all relevant considerations into account, including international "
    "commitments, sanctions, national foreign and security policy with what Common Position "
    "2008/944/CFSP covers, and intended end use with the risk of diversion.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    stage=Stage.LICENSING,
    note=(
        "The article does not name human rights, and none of these considerations requires refusal. "
        "According to the second recital, authorities should consider in particular, for "
        "cyber-surveillance items, the risk of internal repression or serious violations."
    ),
)
weighs_transit = chapter.duty(
    REGULATION["Art. 15(1)"],
    "When deciding whether to prohibit a transit, the authority takes all relevant "
    "considerations into account, including international commitments, sanctions, national "
    "foreign and security policy, and intended end use.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=transit_decision,
    id="art-15-1-transit",
)
weighs_programme = chapter.duty(
    REGULATION["Art. 15(2)"],
    "When assessing a global authorisation, the authority must consider how the exporter carries out its "
    "internal compliance programme.",
    kind=DutyKind.COMPLIANCE_PROGRAMME,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=export_or_made_available & Eu.licence_kind.is_in("global"),
    stage=Stage.LICENSING,
)
may_revoke = chapter.duty(
    REGULATION["Art. 16(1)"],
    "The authority may refuse, annul, suspend, modify or revoke an authorisation.",
    kind=DutyKind.REVIEW,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MAY,
    stage=Stage.LICENSING,
)
shares_denials = chapter.duty(
    REGULATION["Art. 16(1)"],
    "The authority must tell the other Member States and the Commission of each refusal, annulment, "
    "suspension, substantial limit or revocation.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    id="art-16-1-denials",
)
reviews_denials = chapter.duty(
    REGULATION["Art. 16(2)"],
    "The authority must review its denials, and give reasons if it upholds one at the third review.",
    kind=DutyKind.DENIAL_REVIEW,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    deadline="every 3 years",
)
shares_prohibitions = chapter.duty(
    REGULATION["Art. 16(3)"],
    "The authority must tell the other Member States and the Commission that it has prohibited a transit.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=art_7_1.when | art_7_3.when,
    deadline="without delay",
)
checks_denials = chapter.duty(
    REGULATION["Art. 16(5)"],
    "Before granting an authorisation, the authority must consult any Member State that has denied an "
    "essentially identical transaction; it may still grant it, but must explain why.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    deadline="10 working days, at most 30 more",
)
checks_transit_denials = chapter.duty(
    REGULATION["Art. 16(5)"],
    "Before deciding whether to prohibit a transit, the authority must consult any Member State that "
    "has denied an essentially identical transaction.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=transit_decision,
    deadline="10 working days, at most 30 more",
    id="art-16-5-transit",
)

# Articles 17 to 28 - lists, reports, records
updates_lists = chapter.duty(
    REGULATION["Art. 17(1)(a)"],
    "Annex I must be updated in line with what the Member States and, where applicable, the "
    "Union have accepted in international regimes and treaties.",
    kind=DutyKind.LIST_UPDATING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    note="The Union has no list of its own.",
)
shares_licences = chapter.duty(
    REGULATION["Art. 23(2)-(3)"],
    "Member States exchange licensing data, and may exchange criteria, analysis and information on "
    "sensitive end users.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    deadline="licensing data at least once a year",
)
penalties = chapter.duty(
    REGULATION["Art. 25(1)"],
    "Member States must lay down effective, proportionate and dissuasive penalties.",
    kind=DutyKind.PENALTIES,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    note="Their level is left to national law.",
)
annual_report = chapter.duty(
    REGULATION["Art. 26(2)"],
    "The Commission must publish an annual report, with the number and value of authorisations by type "
    "of item and by destination, denials and prohibitions; for cyber-surveillance it must also give the "
    "number of applications by item, the issuing Member State, the destinations and the decisions.",
    kind=DutyKind.PUBLICATION,
    addressee=COMMISSION,
    strength=Strength.MUST,
    deadline="yearly",
    id="art-26-2-report",
    note="What Member States supply for it respects personal, commercially sensitive and protected security "
    "information (Art. 26(3)); the exporter, the end user, the reasons and any human-rights assessment are "
    "not named as part of it.",
)
records = chapter.duty(
    REGULATION["Art. 27(1) and (3)"],
    "The exporter must keep records of its exports.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=export_or_made_available,
    deadline="at least 5 years from the end of the calendar year",
    breach=Breach.NATIONAL_PENALTY,
    id="art-27-exports",
)
broker_records = chapter.duty(
    REGULATION["Art. 27(2) and (3)"],
    "The broker must keep records of its services.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.BROKER,
    strength=Strength.MUST,
    when=brokering,
    deadline="at least 5 years from the end of the calendar year",
    breach=Breach.NATIONAL_PENALTY,
    id="art-27-brokering",
)
provider_records = chapter.duty(
    REGULATION["Art. 27(2) and (3)"],
    "The provider of technical assistance must keep records of it.",
    kind=DutyKind.RECORDS,
    addressee=PROVIDER,
    strength=Strength.MUST,
    when=technical_assistance,
    deadline="at least 5 years from the end of the calendar year",
    breach=Breach.NATIONAL_PENALTY,
    id="art-27-assistance",
)
transfer_records = chapter.duty(
    REGULATION["Art. 11(9) and Art. 27(4)"],
    "The commercial documents for a transfer of listed items within the Union must state that the "
    "items are subject to control if exported, and must be kept.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=transfers.transfer & listed,
    deadline="at least 3 years from the end of the calendar year",
    id="art-11-9-and-art-27",
)

chapter.no_duty(REGULATION["Arts 3-16"], kind=DutyKind.RIGHTS_ASSESSMENT)
chapter.no_duty(REGULATION["Arts 1-32"], kind=DutyKind.REMEDY)
