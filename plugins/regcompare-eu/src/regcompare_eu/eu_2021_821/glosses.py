"""What the act adds to the plain questions: the elements of its definitions, and its own words."""

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
        Item.dual_use,
        REGULATION["Art. 2(20)"],
        "The first element of a cyber-surveillance item: that it is a dual-use item.",
    ),
    Gloss(
        Item.specially_designed,
        REGULATION["Art. 2(20)"],
        "The second element of a cyber-surveillance item: that it is specially designed.",
    ),
    Gloss(
        Item.covert,
        REGULATION["Art. 2(20)"],
        "The third element of a cyber-surveillance item: that the surveillance is covert.",
    ),
    Gloss(
        Item.targets_natural_persons,
        REGULATION["Art. 2(20)"],
        "The fourth element of a cyber-surveillance item: that natural persons are watched.",
    ),
    Gloss(
        Item.takes_data_from_ict_systems,
        REGULATION["Art. 2(20)"],
        "The last elements of a cyber-surveillance item: what it does with data, and from which systems.",
    ),
    Gloss(
        Item.public_domain,
        REGULATION["Annex I, General Technology and Software Notes"],
        "The notes on technology and on software take the public domain out of the list.",
    ),
    Gloss(
        Transaction.kind,
        REGULATION["Arts. 2(11) and 11"],
        "Transit is that of non-Union items; the customs union is the Union.",
    ),
    Gloss(
        Transaction.onward_export_known,
        REGULATION["Art. 11(2)"],
        "Known to the operator or to the authority; the customs union is the Union.",
    ),
    Gloss(
        Exporter.country,
        REGULATION["Art. 7(1)"],
        "In transit it is the Member State through which the items pass.",
    ),
    Gloss(
        EndUse.concerns,
        REGULATION["Art. 4(1)(b)"],
        "Military end-use is one of the three uses for military items that the article lists, no other.",
    ),
    Gloss(
        National.other_state_list,
        REGULATION["Art. 10(1)"],
        "The list of another Member State, as the Commission has published it.",
    ),
    Gloss(
        National.extends_to,
        REGULATION["Arts. 6(3), 7(3), 8(4) and 11(2)"],
        "A Member State may extend controls to brokering, transit and assistance for unlisted items, and "
        "to transfers within the Union.",
    ),
)
