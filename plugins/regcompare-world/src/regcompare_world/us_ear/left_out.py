"""What the encoding of American law leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .texts import PART_738, PART_740, PART_742, PART_744

chapter = Chapter()

chapter.not_encoded(
    PART_744["§ 744.22(e) (review of applications)"],
    "How an application for military intelligence is reviewed.",
    "The paragraph was not read.",
)
chapter.not_encoded(
    PART_742["§ 742.15 and encryption entries"],
    "Controls on encryption, cryptanalysis and forensic tools of Category 5 Part 2, and licence "
    "exception ENC.",
    "They were not read; the question on the country chart stands in for them.",
)
chapter.not_encoded(
    PART_738["Supplement No. 1 (anti-terrorism columns)"],
    "Items that only the anti-terrorism columns of the chart control.",
    "They concern embargoed states, for which a licence is needed anyway.",
)
chapter.not_encoded(
    PART_740["other license exceptions"],
    "Temporary exports, servicing, strategic trade authorization and other exceptions.",
    "They were not read. Section 740.2(a) bars them for surreptitious interception and, outside close "
    "partners, for crime control.",
)
chapter.not_encoded(
    PART_740["§ 740.22(c)(1), exceptions"],
    "Digital evidence for police or courts in Cyprus, Israel and Taiwan, favoured end users, vulnerability "
    "disclosure and incident response.",
    "The wording was not read, so these exports need a licence here although an exception may cover them.",
)
chapter.not_encoded(
    PART_744["Supplement No. 4, other rows, and owners of half a company"],
    "Parties other than surveillance firms, and affiliates under the rule of 29 September 2025.",
    "The list has thousands of rows; only those that name surveillance firms or bodies are held.",
)
chapter.not_encoded(
    PART_744["§§ 744.2 to 744.21"],
    "Weapons, military end uses, and what the authority tells an exporter.",
    "These sections were not read.",
)
chapter.not_encoded(
    PART_738["reexports, transfers within a country and releases to foreign persons"],
    "What happens to American items outside the United States.",
    "No kind of transaction stands for a reexport, and an exporter elsewhere is outside the scope.",
)
