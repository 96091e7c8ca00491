"""The words that answer the core facts, each with its label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

FIRST_DAY = dt.date(1995, 7, 1)
"""The earliest possible date of facts; the encoded law goes back no further."""

Technology = Literal[
    "intrusion_platform", "intrusion_software", "mobile_interception", "telecom_interception",
    "ip_network_surveillance", "monitoring_centre", "interception_mediation", "data_retention",
    "digital_forensics", "cryptanalysis", "encryption", "facial_recognition", "emotion_recognition",
    "other_biometrics", "video_surveillance", "video_analytics", "location_tracking",
    "number_plate_recognition", "social_media_monitoring", "predictive_policing",
    "content_filtering", "behaviour_research", "covert_listening", "other_surveillance",
    "not_surveillance",
]  # fmt: skip

TECHNOLOGIES: Mapping[Technology, str] = {
    "intrusion_platform": "platform that delivers or steers intrusion software",
    "intrusion_software": "intrusion software itself (spyware on the target)",
    "mobile_interception": "interception of mobile networks over the air (IMSI catcher)",
    "telecom_interception": "interception in fixed or core telecom networks",
    "ip_network_surveillance": "surveillance of internet traffic (deep packet inspection)",
    "monitoring_centre": "monitoring centre for law enforcement",
    "interception_mediation": "mediation or gateway function for lawful interception",
    "data_retention": "retention of communications data",
    "digital_forensics": "forensic extraction from devices",
    "cryptanalysis": "cryptanalysis",
    "encryption": "encryption",
    "facial_recognition": "facial recognition",
    "emotion_recognition": "emotion recognition",
    "other_biometrics": "other biometrics (voice, gait, iris, DNA)",
    "video_surveillance": "video surveillance",
    "video_analytics": "video analytics",
    "location_tracking": "location tracking",
    "number_plate_recognition": "number-plate recognition",
    "social_media_monitoring": "monitoring of social media and open sources",
    "predictive_policing": "predictive policing",
    "content_filtering": "content filtering",
    "behaviour_research": "behaviour research",
    "covert_listening": "covert listening devices",
    "other_surveillance": "another surveillance technology",
    "not_surveillance": "something other than surveillance",
}

Form = Literal["goods", "software", "technology", "service"]
FORMS: Mapping[Form, str] = {
    "goods": "goods",
    "software": "software",
    "technology": "technology (know-how, technical data)",
    "service": "service",
}

FaceMatching = Literal["none", "one_to_one", "one_to_many"]
FACE_MATCHING: Mapping[FaceMatching, str] = {
    "none": "does not match faces",
    "one_to_one": "verifies one person against one record",
    "one_to_many": "identifies one person among many (identification)",
}

TransactionKind = Literal[
    "export", "electronic_export", "brokering", "technical_assistance", "hosted_service",
    "financing", "transit", "intra_eu_transfer", "import",
]  # fmt: skip
TRANSACTION_KINDS: Mapping[TransactionKind, str] = {
    "export": "export",
    "electronic_export": "export by electronic transmission",
    "brokering": "brokering between two other countries",
    "technical_assistance": "technical assistance",
    "hosted_service": "hosted service used from abroad",
    "financing": "financing",
    "transit": "transit",
    "intra_eu_transfer": "transfer within a customs union",
    "import": "import",
}

Purpose = Literal["supply", "repair_return", "exhibition", "private_demonstration", "intra_group"]
PURPOSES: Mapping[Purpose, str] = {
    "supply": "supply",
    "repair_return": "return after repair, or replacement",
    "exhibition": "exhibition or fair",
    "private_demonstration": "private demonstration",
    "intra_group": "transfer within a group of companies",
}

SurveillanceLaw = Literal["none", "substandard", "adequate"]
SURVEILLANCE_LAWS: Mapping[SurveillanceLaw, str] = {
    "none": "no law governs this use",
    "substandard": "a law governs this use but falls short of human-rights standards",
    "adequate": "a law governs this use and meets human-rights standards",
}

EndUserKind = Literal[
    "law_enforcement", "intelligence", "military", "other_state_body", "telecom_operator",
    "state_linked_research", "university", "private_company", "same_group", "individual",
]  # fmt: skip
END_USER_KINDS: Mapping[EndUserKind, str] = {
    "law_enforcement": "law enforcement (also a police academy)",
    "intelligence": "intelligence service",
    "military": "armed forces (also army intelligence)",
    "other_state_body": "another state body",
    "telecom_operator": "telecommunications operator",
    "state_linked_research": "state-linked research body",
    "university": "university",
    "private_company": "private company",
    "same_group": "company of the exporter's group",
    "individual": "individual",
}

Concern = Literal[
    "internal_repression", "human_rights_violation", "rights_interference", "ihl_violation",
    "state_surveillance", "wmd", "military_end_use", "illegally_exported_military_parts",
    "public_security", "terrorism",
]  # fmt: skip
CONCERNS: Mapping[Concern, str] = {
    "internal_repression": "internal repression",
    "human_rights_violation": "serious violations of human rights",
    "rights_interference": "another breach of a fundamental right, of free expression or of democracy",
    "ihl_violation": "serious violations of international humanitarian law",
    "state_surveillance": "interception, monitoring or other security use by or for a government",
    "wmd": "weapons of mass destruction or their missiles",
    "military_end_use": "military end-use (building, producing or maintaining military items)",
    "illegally_exported_military_parts": "parts for military items exported without a licence",
    "public_security": "a threat to public security",
    "terrorism": "acts of terrorism",
}

NationalMeasure = Literal["none", "authorisation", "prohibition"]
NATIONAL_MEASURES: Mapping[NationalMeasure, str] = {
    "none": "there is no measure",
    "authorisation": "an authorisation is required",
    "prohibition": "the export is prohibited",
}

Extension = Literal["brokering", "transit", "technical_assistance", "intra_eu_transfer"]
EXTENSIONS: Mapping[Extension, str] = {
    "brokering": "brokering",
    "transit": "transit",
    "technical_assistance": "technical assistance",
    "intra_eu_transfer": "transfers within a customs union",
}

LicenceStatus = Literal[
    "none_needed", "not_applied", "applied", "granted", "refused", "suspended", "withdrawn",
    "revoked",
]  # fmt: skip
LICENCE_STATUSES: Mapping[LicenceStatus, str] = {
    "none_needed": "no licence was needed",
    "not_applied": "no application",
    "applied": "application pending",
    "granted": "granted",
    "refused": "refused",
    "suspended": "granted, then suspended",
    "withdrawn": "application withdrawn",
    "revoked": "revoked",
}

ReportedMatter = Literal[
    "repression", "serious_violations", "humanitarian_law", "surveillance_of_critics"
]
REPORTED: Mapping[ReportedMatter, str] = {
    "repression": "internal repression",
    "serious_violations": "serious violations of human rights",
    "humanitarian_law": "serious violations of international humanitarian law",
    "surveillance_of_critics": "surveillance of critics",
}
"""What a report published before the day of the facts may be about."""

ReportLevel = Literal["authority", "user", "kind_of_user", "country", "none"]
REPORT_LEVELS: Mapping[ReportLevel, str] = {
    "authority": "the licensing authority's own finding",
    "user": "one on this user, or on this product in this state's hands",
    "kind_of_user": "one on this kind of body in this country",
    "country": "one on the country only",
    "none": "none, as a source says",
}
"""How close to the end user a report comes, the closest first."""
