"""Chapter VIII, Article 22: transfers within the Community."""

from __future__ import annotations

from regcompare.authoring import Chapter, National, Outcome, Term, Transaction, Trigger
from regcompare_eu import common, plain
from regcompare_eu.national_texts import AWV

from .authorisations import generally_authorised
from .definitions import ACT, REGULATION, listed, unlisted

chapter = Chapter()

transfer = Term("transfer within the Community", REGULATION["Art. 22"], common.transfers_within())
in_annex_iv = ACT.in_annex_iv

art_22_1 = chapter.rule(
    REGULATION["Art. 22(1)"],
    "An authorisation is required for the transfer within the Community of an item listed in Annex IV.",
    plain=plain.TRANSFER_LISTED,
    when=transfer & in_annex_iv,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    misses="transfer-of-interception",
    note="Annex IV lists cryptanalysis, and no other surveillance technology.",
)

needs_authorisation_on_export = Term(
    "item whose export would need an authorisation under Article 3, 4 or 8",
    REGULATION["Art. 22(2)"],
    listed
    | (
        unlisted
        & (
            ACT.informed
            | (National.suspicion_rule & common.suspects_weapons())
            | National.measure.is_in("authorisation")
            | common.on_national_list("authorisation", own=True)
        )
    ),
)

onward_transfer = Term(
    "transfer of an item that is known to leave the Community unprocessed, and would need a licence for it",
    REGULATION["Art. 22(2)"],
    transfer
    & Transaction.onward_export_known
    & needs_authorisation_on_export
    & ~(listed & generally_authorised)
    & ~common.GLOBALLY_AUTHORISED,
)

art_22_2 = chapter.rule(
    REGULATION["Art. 22(2)"],
    "Where national law so provides, an authorisation is required for a transfer within the Community "
    "if the operator knows that the item will leave the Community without being processed, and "
    "exporting it directly would require an authorisation that no general authorisation covers.",
    plain=plain.TRANSFER_ONWARD,
    when=onward_transfer & National.extends_to.includes_any("intra_eu_transfer"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    misses="transfer-then-export-no-rule",
)

german_transfer = chapter.rule(
    REGULATION["Art. 22(2), with section 11(2) of the German AWV"],
    "In Germany a transfer within the Union of an item on the national list requires an authorisation if "
    "whoever transfers it knows that its final destination lies outside the Union, and it is not processed "
    "before.",
    plain=plain.TRANSFER_ONWARD,
    when=onward_transfer & common.national_rule("intra_eu_transfer", "authorisation"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    checked=AWV,
    id="awv-11-2",
    note="The article lets a state require it.",
)
