"""What the encoding of Parliament's position leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .sources import POSITION, row

chapter = Chapter()

chapter.left_out(
    row("E01"),
    "The category's link to direct interference with privacy, freedom of expression and other rights.",
    "It explains the category; the definition (E02) decides what belongs to it.",
)
chapter.left_out(
    POSITION["Art. 4, parts of military items (amendment not read)"],
    "Whether a part counts only for military items exported from the exporter's own Member State, as under "
    "Art. 4(3) of Regulation 428/2009, or from any, as under Art. 4(1)(c) of Regulation 2021/821.",
    "Neither the proposal's article nor an amendment to it was read; the limit of the act in force is kept, "
    "so the result may be laxer than the position.",
)
chapter.left_out(
    row("E02"),
    "Items that incapacitate or damage a system without taking data from it, and the family list of C03.",
    "No question covers damage; the list of families is thought to have been dropped, which was not "
    "checked.",
)
chapter.left_out(
    row("E03"),
    "An exclusion that attaches to the item rather than to its use (EI-3), or that extends to Section "
    "B.",
    "No question distinguishes a research item from its use; only the definition contains the "
    "exclusion.",
)
chapter.left_out(
    row("E04"),
    "A broader Section B, and a fast way to extend it (EI-4).",
    "The Commission's entries are used; whether Parliament changed category 10 was not checked.",
)
chapter.left_out(
    row("E05"),
    "Adjusted carve-outs.",
    "They were not read; those of the proposal (C06) apply.",
)
chapter.left_out(
    row("E05"),
    "Applying to Section B what the act's rules say about listed items: national measures and "
    "suspicion rules that exempt them, transit and transfer rules that cover them, and general "
    "authorisations.",
    "How the articles refer to the two sections was not read; for decontrolled encryption that is in "
    "Section B, national measures are ignored.",
)
chapter.left_out(
    row("E06"),
    "Whether the end user must still be one whom institutions have identified.",
    "No account says that the limb is dropped, so it stays; with CI-7 interpreted as alternative, it "
    "goes.",
)
chapter.left_out(
    row("E08"),
    "What due diligence consists of, and whether it is a separate duty (EI-7).",
    "It does not decide an outcome; awareness does, and no licence is needed without notification.",
)
chapter.left_out(
    row("E09"),
    "Whether the listed rights are exhaustive (EI-8).",
    "It does not decide an outcome; the question covers human rights as a whole.",
)
chapter.left_out(
    row("E10"),
    "Refusal where the exporter has notified and no licence is required yet.",
    "What follows a notification is the authority's decision; refusal concerns licences.",
)
chapter.left_out(
    row("E11"),
    "A longer interval between publications (EI-10).",
    "It does not decide an outcome.",
)
chapter.left_out(
    row("E12"),
    "Similar penalties in all Member States (EI-11).",
    "The amendment was not read.",
)
chapter.left_out(
    row("E13"),
    "What the act says about brokering and transit of unlisted items, for encryption that is no longer "
    "listed.",
    "Under Parliament's position (E06, E08) controls on services follow the item, listed or not; with "
    "CI-10 interpreted as separate, this is laxer.",
)
chapter.left_out(
    row("E15"),
    "Proportionality as a limit on the catch-all and on refusal (EI-9).",
    "It states no test that a question could cover; it is encoded as a duty.",
)
chapter.left_out(
    row("E16"),
    "Protection of whistle-blowers.",
    "Nothing about it was read, and nothing is invented.",
)
chapter.left_out(
    POSITION["the proposal's other rows"],
    "The rest of the proposal, so far as Parliament is not known to have changed it.",
    "The proposal's rules and duties are reused; C08 to C10, C14 and its definitions are replaced.",
)
chapter.left_out(
    POSITION["all other amendments"],
    "Anything that Parliament changed elsewhere.",
    "The amendments were not read.",
)
