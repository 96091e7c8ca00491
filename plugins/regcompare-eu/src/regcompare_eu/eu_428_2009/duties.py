"""What exporter, broker, authority, Member State and Commission must or may do besides, article by article.

Kinds of duty on which the act was read and is silent, or which it leaves to national law, are listed at
the end; a kind named nowhere was not checked.
"""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Breach,
    Chapter,
    DutyKind,
    EvidenceLevel,
    Knowledge,
    Stage,
    Strength,
)
from regcompare.ruleset.rules import Silence
from regcompare_eu.facts import COMMISSION, MEMBER_STATE, Eu

from . import authorisations, transfers
from .definitions import ACT, ANNEXES, REGULATION, brokering, export_or_made_available, listed
from .scope import (
    art_3_1,
    art_6_1,
    art_6_3,
    requirement_of_article_4,
    transit_decision,
    unlisted_export,
)

chapter = Chapter()

# Articles 3 and 4 - the exporter classifies, and tells what it knows
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
notifies = chapter.duty(
    REGULATION["Art. 4(4)"],
    "The exporter must notify the authority if it is aware of a use covered by Article 4: weapons of "
    "mass destruction, military end-use under an arms embargo, or parts for illegally exported "
    "military items.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=unlisted_export & ACT.aware,
    breach=Breach.NATIONAL_PENALTY,
    id="art-4-4-duty",
)
shares_catch_all = chapter.duty(
    REGULATION["Art. 4(6)"],
    "A Member State that imposes an authorisation requirement under a catch-all must, where appropriate, "
    "inform the other Member States and the Commission.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=requirement_of_article_4,
)
broker_notifies = chapter.duty(
    REGULATION["Art. 5(1)"],
    "A broker of a listed item that is aware that it is intended for weapons of mass destruction must "
    "notify the authority.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.BROKER,
    strength=Strength.MUST,
    when=brokering & listed & Knowledge.exporter_aware.includes_any("wmd"),
    breach=Breach.NATIONAL_PENALTY,
    id="art-5-1-duty",
)

# Article 6 - what counts when a transit is decided on
weighs_transit = chapter.duty(
    REGULATION["Art. 6(1)"],
    "When deciding whether to prohibit a transit, the authority takes into account the obligations and "
    "commitments under international treaties and non-proliferation regimes.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=transit_decision,
    id="art-6-1-criteria",
)

# Article 8 - national measures are made known
tells_of_measures = chapter.duty(
    REGULATION["Art. 8(2)-(3)"],
    "A Member State must inform the Commission immediately of its national measures, with precise "
    "reasons, and of each change.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    deadline="immediately",
)
publishes_measures = chapter.duty(
    REGULATION["Art. 8(4)"],
    "The Commission must publish national measures in the Official Journal.",
    kind=DutyKind.PUBLICATION,
    addressee=COMMISSION,
    strength=Strength.MUST,
)

# Article 9 - authorisations
first_use = chapter.duty(
    REGULATION["Annex IIa, Part 3, points 1 and 3"],
    "The exporter must notify its first use of EU001, and register where its Member State requires it.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=authorisations.eu001.when,
    deadline="within 30 days of the first export",
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="art-9-1-duty",
)
later_first_use = chapter.duty(
    REGULATION["Annexes IIb to IIf, Part 3"],
    "The exporter must notify its first use of EU002 to EU006, and register where its Member State "
    "requires it.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=authorisations.eu002.when
    | authorisations.eu003.when
    | authorisations.eu004.when
    | authorisations.eu005.when
    | authorisations.eu006.when,
    deadline="within 30 days of the first export, or before it where the authority so requires",
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="art-9-1-duty-later",
)
presupposes_diligence = chapter.duty(
    REGULATION["Annexes IIb, IIe and IIf, Part 3, point 1(2), and Annex IIc, Part 3, point 2(5)"],
    "General authorisations EU002, EU005 and EU006 (on the uses that exclude them) and EU003 "
    "(on a changed end use) refer to an obligation to exercise due diligence.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.PRESUPPOSED,
    when=authorisations.eu002.when
    | authorisations.eu003.when
    | authorisations.eu005.when
    | authorisations.eu006.when,
    breach=Breach.PRIVILEGE_LOST,
    checked=ANNEXES,
    id="annex-iie-part-3-point-1-2",
    note="No article imposes that obligation.",
)
end_use_statement = chapter.duty(
    REGULATION["Art. 9(2)"],
    "The authority may make an authorisation subject to an end-use statement.",
    kind=DutyKind.END_USE_STATEMENT,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MAY,
    when=export_or_made_available,
    stage=Stage.LICENSING,
    note="The applicant must give complete information on end user, destination and end use in any case.",
)

# Articles 12 to 13 - criteria, denials
weighs = chapter.duty(
    REGULATION["Art. 12(1)"],
    "The authority takes all relevant considerations into account, including international "
    "commitments, sanctions, national foreign and security policy with what Common Position "
    "2008/944/CFSP covers, and intended end use with the risk of diversion.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=export_or_made_available | brokering,
    stage=Stage.LICENSING,
    note="Human rights are not named, and none of these considerations requires refusal.",
)
weighs_programme = chapter.duty(
    REGULATION["Art. 12(2)"],
    "When assessing a global authorisation, the authority must consider the exporter's compliance "
    "procedures and resources.",
    kind=DutyKind.COMPLIANCE_PROGRAMME,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=export_or_made_available & Eu.licence_kind.is_in("global"),
    stage=Stage.LICENSING,
)
may_revoke = chapter.duty(
    REGULATION["Art. 13(1)"],
    "The authority may refuse, annul, suspend, modify or revoke an authorisation.",
    kind=DutyKind.REVIEW,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MAY,
    when=export_or_made_available | brokering,
    stage=Stage.LICENSING,
)
shares_denials = chapter.duty(
    REGULATION["Art. 13(1)"],
    "The authority must tell the other Member States and the Commission of each refusal, annulment, "
    "suspension, substantial limit or revocation.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=export_or_made_available | brokering,
    stage=Stage.LICENSING,
    id="art-13-1-denials",
)
reviews_denials = chapter.duty(
    REGULATION["Art. 13(2)"],
    "The authority must review its denials.",
    kind=DutyKind.DENIAL_REVIEW,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=export_or_made_available | brokering,
    stage=Stage.LICENSING,
    deadline="within 3 years",
)
shares_prohibitions = chapter.duty(
    REGULATION["Art. 13(3)"],
    "The authority must tell the other Member States and the Commission that it has prohibited the transit "
    "of a listed item.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=art_6_1.when | (art_6_3.when & listed),
    deadline="without delay",
)
checks_denials = chapter.duty(
    REGULATION["Art. 13(5)"],
    "Before granting an authorisation, the authority must consult any Member State that has denied an "
    "essentially identical transaction; it may still grant it, but must give reasons.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=export_or_made_available | brokering,
    stage=Stage.LICENSING,
)

checks_transit_denials = chapter.duty(
    REGULATION["Art. 13(5)"],
    "Before deciding whether to prohibit a transit, the authority must consult any Member State that has "
    "denied an essentially identical transaction.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=transit_decision,
    id="art-13-5-transit",
)

# Articles 15 to 25 - lists, records, reports
updates_lists = chapter.duty(
    REGULATION["Art. 15(1)"],
    "Annex I must be updated in line with what the Member States have accepted in international "
    "regimes and treaties.",
    kind=DutyKind.LIST_UPDATING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    note="The Union has no power here to add an item of its own.",
)
shares_end_users = chapter.duty(
    REGULATION["Art. 19(2)"],
    "Member States must take all appropriate measures to exchange information, which may include details "
    "of sensitive end users and barred exporters.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
)
exporter_records = chapter.duty(
    REGULATION["Art. 20(1) and (3)"],
    "The exporter must keep records of its exports.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=export_or_made_available,
    deadline="at least 3 years from the end of the calendar year",
    breach=Breach.NATIONAL_PENALTY,
)
broker_records = chapter.duty(
    REGULATION["Art. 20(2)-(3)"],
    "The broker must keep records of its services.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.BROKER,
    strength=Strength.MUST,
    when=brokering,
    deadline="at least 3 years from the end of the calendar year",
    breach=Breach.NATIONAL_PENALTY,
)
transfer_records = chapter.duty(
    REGULATION["Art. 22(8)-(10)"],
    "The commercial documents for a transfer of listed items within the Community must state that the "
    "items are subject to control if exported, and must be kept.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=transfers.transfer & listed,
    deadline="at least 3 years from the end of the calendar year",
)
reports_on_group = chapter.duty(
    REGULATION["Art. 23(3)"],
    "The Commission must report to Parliament each year on the work of the Coordination Group, subject to the "
    "exceptions from public access to documents.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    deadline="yearly",
    note="Licences, refusals, exporters and end users are not named as part of that report.",
)
penalties = chapter.duty(
    REGULATION["Art. 24"],
    "Member States must lay down effective, proportionate and dissuasive penalties.",
    kind=DutyKind.PENALTIES,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    note="Their level is left to national law.",
)

chapter.no_duty(REGULATION["Arts 3-13"], kind=DutyKind.RIGHTS_ASSESSMENT)
chapter.no_duty(REGULATION["Art. 9"], kind=DutyKind.VALIDITY, says=Silence.NATIONAL_LAW)
chapter.no_duty(REGULATION["Arts 1-28"], kind=DutyKind.REMEDY)
