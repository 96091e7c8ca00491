"""Chapter II, Article 11: transfers within the Union."""

from __future__ import annotations

from regcompare.authoring import Chapter, Knowledge, National, Outcome, Term, Transaction, Trigger
from regcompare_eu import common, plain
from regcompare_eu.national_texts import AWV

from .authorisations import generally_authorised
from .definitions import ACT, REGULATION, cyber_surveillance_item, listed, unlisted
from .scope import of_article_5, on_borrowed_list, told_of_security_or_rights

chapter = Chapter()

transfer = Term("transfer within the Union", REGULATION["Art. 11"], common.transfers_within())
in_annex_iv = ACT.in_annex_iv

art_11_1 = chapter.rule(
    REGULATION["Art. 11(1)"],
    "An authorisation is required for the transfer within the Union of an item listed in Annex IV.",
    plain=plain.TRANSFER_LISTED,
    when=transfer & in_annex_iv,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    misses="transfer-of-interception",
    note="Annex IV lists cryptanalysis, and no other surveillance technology.",
)

needs_authorisation_on_export = Term(
    "item whose export would need an authorisation under Article 3, 4, 5, 9 or 10",
    REGULATION["Art. 11(2)"],
    listed
    | (
        unlisted
        & (
            ACT.informed
            | (National.suspicion_rule & ACT.suspects)
            | National.measure.is_in("authorisation")
            | common.on_national_list("authorisation", own=True)
            | (on_borrowed_list & told_of_security_or_rights)
        )
    )
    | (
        ~listed
        & cyber_surveillance_item
        & (
            of_article_5(Knowledge.authority_informed)
            | (National.suspicion_rule & common.suspects(of_article_5))
        )
    ),
)

onward_transfer = Term(
    "transfer of an item that is known to leave the Union unprocessed, and would need a licence for it",
    REGULATION["Art. 11(2)"],
    transfer
    & Transaction.onward_export_known
    & needs_authorisation_on_export
    & ~(listed & generally_authorised)
    & ~common.GLOBALLY_AUTHORISED,
)

art_11_2 = chapter.rule(
    REGULATION["Art. 11(2)"],
    "Where national law so provides, an authorisation is required for a transfer within the Union if "
    "the operator or the authority knows that the item will leave the Union without being processed, "
    "and exporting it directly would require an authorisation that no general authorisation covers.",
    plain=plain.TRANSFER_ONWARD,
    when=onward_transfer & National.extends_to.includes_any("intra_eu_transfer"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    misses="transfer-then-export-no-rule",
)

german_transfer = chapter.rule(
    REGULATION["Art. 11(2), with section 11(2) of the German AWV"],
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
