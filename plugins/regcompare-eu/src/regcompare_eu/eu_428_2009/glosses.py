"""What the act adds to the plain questions: what its own words for them are."""

from __future__ import annotations

from regcompare.authoring import EndUse, Exporter, Gloss, Item, National, Transaction

from .definitions import REGULATION

GLOSSES = (
    Gloss(
        Item.annex_i_entry,
        REGULATION["Annex I"],
        "The control list is Annex I; the year of a wording is the one in which it began there.",
    ),
    Gloss(
        Item.public_domain,
        REGULATION["Annex I, General Technology and Software Notes"],
        "The notes on technology and on software take the public domain out of the list.",
    ),
    Gloss(
        Transaction.kind,
        REGULATION["Arts. 2(7) and 22"],
        "Transit is that of non-Community items; the customs union is the Community.",
    ),
    Gloss(
        Transaction.onward_export_known,
        REGULATION["Art. 22(2)"],
        "Known to the operator; what only the authority knows does not count. The customs union is the Community.",
    ),
    Gloss(
        Exporter.country,
        REGULATION["Art. 6(1)"],
        "In transit it is the Member State through which the items pass.",
    ),
    Gloss(
        EndUse.concerns,
        REGULATION["Art. 4(2)"],
        "Military end-use is one of the three uses for military items that the article lists, no other.",
    ),
    Gloss(
        National.extends_to,
        REGULATION["Arts. 5(2), 6(3) and 22(2)"],
        "A Member State may extend controls on brokering and transit to unlisted items and to military "
        "end-use, and may control transfers within the Community.",
    ),
)
