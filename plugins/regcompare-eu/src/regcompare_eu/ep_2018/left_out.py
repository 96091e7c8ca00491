"""What the encoding of Parliament's position leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .sources import POSITION, row

chapter = Chapter()

chapter.not_encoded(
    row("E01"),
    "The link of the category to a direct interference with privacy, expression and other rights.",
    "It explains the category; the definition (E02) decides what belongs to it.",
)
chapter.not_encoded(
    row("E02"),
    "Items that incapacitate or damage a system without taking data from it, and the family list of C03.",
    "No fact asks for damage; the family list is thought to be dropped, which was not checked.",
)
chapter.not_encoded(
    row("E03"),
    "An exclusion that attaches to the item rather than to its use (EI-3), or reaches Section B.",
    "No fact tells an item of research from its use; the definition alone carries the exclusion.",
)
chapter.not_encoded(
    row("E04"),
    "A broader Section B, and its speedy extension (EI-4).",
    "The Commission's entries are taken; whether Parliament changed category 10 was not checked.",
)
chapter.not_encoded(
    row("E05"),
    "Adjusted carve-outs.",
    "They were not read; those of the proposal (C06) stand.",
)
chapter.not_encoded(
    row("E05"),
    "What the rules taken over from the act ask of listed items, asked of Section B: national measures "
    "and suspicion that spare them, transit and transfers that reach them, general authorisations.",
    "How the articles name the two sections was not read; for encryption that is let go, and is in "
    "Section B, national measures are left aside.",
)
chapter.not_encoded(
    row("E06"),
    "Whether the end user must still be one whom institutions have identified.",
    "No account says that the limb is dropped, so it stays; CI-7 read as alternative lets it go.",
)
chapter.not_encoded(
    row("E08"),
    "What due diligence consists of, and whether it is a duty of its own (EI-7).",
    "It decides no outcome; awareness does, and no licence is needed without notice.",
)
chapter.not_encoded(
    row("E09"),
    "Whether the listed rights are exhaustive (EI-8).",
    "It decides no outcome; the fact asks about human rights as a whole.",
)
chapter.not_encoded(
    row("E10"),
    "A refusal where the exporter has notified and no licence is required yet.",
    "What becomes of a notification is the authority's decision; refusal speaks of licences.",
)
chapter.not_encoded(
    row("E11"),
    "A longer interval of publication (EI-10).",
    "It decides no outcome.",
)
chapter.not_encoded(
    row("E12"),
    "Similar penalties in all Member States (EI-11).",
    "The amendment was not read.",
)
chapter.not_encoded(
    row("E13"),
    "What the act says of brokering and transit of unlisted items, for encryption that is no longer listed.",
    "The services of the position (E06, E08) follow the item, listed or not; under CI-10 read as separate "
    "this is laxer.",
)
chapter.not_encoded(
    row("E15"),
    "Proportionality as a limit to the catch-all and to refusal (EI-9).",
    "It names no test that a fact could answer; it stands as a duty.",
)
chapter.not_encoded(
    row("E16"),
    "Protection of whistle-blowers.",
    "Nothing on it was read, and nothing is invented.",
)
chapter.not_encoded(
    POSITION["the proposal's other rows"],
    "The rest of the proposal, where Parliament is not known to have changed it.",
    "Rules and duties of the proposal are re-used; C08 to C10, C14 and its definitions are replaced.",
)
chapter.not_encoded(
    POSITION["all other amendments"],
    "Whatever Parliament changed elsewhere.",
    "The amendments were not read.",
)
