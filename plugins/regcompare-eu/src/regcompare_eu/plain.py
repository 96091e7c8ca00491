"""The conditions of the dual-use acts in everyday words; rules that ask the same share them."""

from __future__ import annotations

from regcompare.authoring import (
    FACTS_DATE,
    LAW_DATE,
    Destination,
    Item,
    Knowledge,
    Plain,
    Transaction,
)
from regcompare.vocabulary import Concern

from .tables import ANNEX_I, MEMBERSHIP

_NO_EXPORT = {
    MEMBERSHIP.names(Destination.country, FACTS_DATE): "It stays inside the EU.",
    Transaction.kind.is_in("transit"): "It only passes through the EU.",
    Transaction.kind.is_in(
        "brokering"
    ): "It goes from one other country to another; the seller arranges the deal.",
    Transaction.kind.is_in(
        "hosted_service"
    ): "It is a service used from afar; nothing is sent out of the EU.",
    Transaction.kind.is_in("technical_assistance"): "It is help with an item; the seller sends no item.",
    Transaction.kind.is_in("financing"): "It is money for a deal; the seller sends no item.",
}
LISTED = Plain(
    "it is on the EU's list of technology that needs a licence",
    {
        **_NO_EXPORT,
        ~ANNEX_I.lists(
            Item.annex_i_entry, LAW_DATE
        ): "It is not on the EU's list of technology that needs a licence.",
    },
)

# what the authority said, what the seller knows, what it has to suspect
_WEAPONS = "it is meant for weapons of mass destruction"
_USES = "it is meant for weapons, or for military use in a country under an arms embargo"
TOLD_OF_WEAPONS = Plain(
    "the authority has warned the seller that it may be meant for weapons of mass destruction"
)
TOLD_OF_MILITARY_USE = Plain(
    "the authority has warned the seller that it may be meant for military use in a country under an arms embargo"
)
TOLD_OF_PARTS = Plain(
    "the authority has warned the seller that it may become part of weapons that were exported without a licence"
)
TOLD_OF_USES = Plain(
    "the authority has warned the seller that it may be meant for weapons, or for military use in a country under an arms embargo"
)
AWARE_OF_WEAPONS = Plain(f"the seller knows that {_WEAPONS}")
AWARE_OF_USES = Plain(f"the seller knows that {_USES}")
SUSPECTS_WEAPONS = Plain(
    f"the seller has reason to suspect that {_WEAPONS}, which is enough in its own country"
)
SUSPECTS_USES = Plain(
    f"the seller has reason to suspect that {_USES}, which is enough in its own country"
)

# technology for watching people in secret, which no list names
_COVERT = "it was made to watch people in secret"
_HARM = "meant for repression or serious abuses"
_HARMS: tuple[Concern, ...] = ("internal_repression", "human_rights_violation", "ihl_violation")
_NOT_COVERT = {
    **_NO_EXPORT,
    ~Item.covert: "People can notice that it watches them.",
    ~Item.specially_designed: "It was not made specially to watch people in secret.",
    ~Item.targets_natural_persons: "It does not watch people.",
    ~Item.takes_data_from_ict_systems: "It takes no data from computers, phones or networks.",
}
TOLD_OF_REPRESSION = Plain(
    f"{_COVERT}, and the authority has warned the seller that it may be {_HARM}",
    {
        **_NOT_COVERT,
        ~Knowledge.authority_informed.includes_any(
            *_HARMS
        ): "No authority is known to have warned the seller of repression or abuses.",
    },
)
AWARE_OF_REPRESSION = Plain(
    f"{_COVERT}, and the seller knows that it is {_HARM}",
    {
        **_NOT_COVERT,
        ~Knowledge.exporter_aware.includes_any(
            *_HARMS
        ): "The seller is not known to have known of any abuse.",
    },
)
SUSPECTS_REPRESSION = Plain(
    f"{_COVERT}, and the seller has reason to suspect that it is {_HARM}, which is enough in its own country"
)

# transit, measures of states, transfers
TRANSIT_FORBIDDEN = Plain(
    "it passes through the EU, is meant for weapons or military use, and the authority forbids that"
)
TRANSIT_LICENSED = Plain(
    "it passes through the EU, is meant for weapons or military use, and the authority asks for a licence"
)
STATE_LICENSES = Plain("the seller's own country requires a licence for it")
STATE_FORBIDS = Plain("the seller's own country forbids its export")
BORROWED_LIST = Plain(
    "another EU country requires a licence for it, and the seller's own authority has warned the seller"
)
TRANSFER_LISTED = Plain("it is on the short list of what needs a licence even inside the EU")
TRANSFER_ONWARD = Plain(
    "it is known that it will leave the EU again, and the seller's own country then requires a licence"
)

# another state's objection
OBJECTION = Plain(
    "it needs a licence, lies in another EU country than the seller's, and that country objects in time"
)

# standing permits, which the law calls general authorisations
ALLIES = Plain("it goes to one of the EU's close partners and meets the terms for that")
STANDING_PERMIT = Plain("it is one of the items that the EU lets go to this country on standing terms")
NATIONAL_PERMIT = Plain("it is one of the items that the seller's own country lets go on standing terms")


# sanctions on a destination, and the Common Position; the case names the country
NO_SANCTIONS = Plain(
    "no EU sanctions on that country are in the table, which does not mean that there are none"
)
SANCTIONS_SINCE = Plain("EU sanctions on that country forbid it since this project last read them")
SANCTIONS_UNREAD = Plain("EU sanctions on that country that this project has not read forbid it")
INTERCEPTION_LISTED = Plain(
    "it is on the list of equipment for watching people that EU sanctions on that country control"
)
INTERCEPTION_SERVICE = Plain("the seller itself would watch or listen in for the government there")
_REFUSED_FOR_REPRESSION = Plain(
    "EU sanctions on that country control it, and there are reasonable grounds to find that the "
    "government there would use it for repression"
)
INTERCEPTION_REFUSED = {
    "monitoring": Plain(
        "EU sanctions on that country control it, and there are reasonable grounds to find that the "
        "government there would listen in on internet or telephone traffic with it"
    ),
    "internal_repression": _REFUSED_FOR_REPRESSION,
    "repression": _REFUSED_FOR_REPRESSION,
}
REPRESSION_LIST = Plain("EU sanctions on that country list it as equipment usable for repression")
SANCTIONED_GOODS = Plain("EU sanctions on that country list it among the goods that may not go there")
SANCTIONED_SERVICE = Plain("EU sanctions on that country forbid such a service to such a buyer")
SERVICE_WITH_LICENCE = Plain("EU sanctions on that country control every service to such a buyer")
DUAL_USE_BAN = Plain(
    "EU sanctions on that country forbid technology of this kind, and no exception applies"
)
ASSET_FREEZE = Plain("a party to the deal is on an EU list of persons whose assets are frozen")
MILITARY_BAN = Plain("EU sanctions on that country forbid it for the army or for military use")
DUAL_USE_BAN_WHOLE = Plain("EU sanctions on that country forbid technology of this kind")
MILITARY_BAN_MYANMAR = Plain(
    "EU sanctions on that country forbid it for the army, for the border guard police or for military use"
)
LISTED_USER = Plain("a party to the deal is on the EU's list of military users for Russia or Belarus")
TOLD_OF_DIVERSION = Plain(
    "the authority has warned the seller that it may be passed on to Russia or Belarus"
)
PASSES_THROUGH = Plain(
    "it passes through Russia or Belarus on its way, and EU sanctions forbid that for it"
)
FOR_ARMED_FORCES = Plain(
    "the seller knows, or has reasonable grounds to believe, that it is for the armed forces there"
)
MILITARY_BELIEVED = Plain(
    "EU sanctions apply to it, and there are reasonable grounds to believe that the user or the use might be military"
)
CLEAR_RISK_OF_REPRESSION = Plain(
    "armed or security forces get a listed item, and there is a clear risk of repression"
)
CLEAR_RISK_IN_WAR = Plain(
    "armed or security forces get a listed item, and there is a clear risk of serious violations of the law "
    "of war"
)
ARMS_EMBARGO = Plain(
    "armed or security forces get a listed item, and that country is under an arms embargo"
)
OBLIGATIONS = Plain("a licence would break an international obligation, such as one on weapons")
CRITERIA_UNREAD = Plain("the criteria of 2025, which this project has not read, demand it")

# lists of single states
NATIONAL_LIST_SINCE = Plain(
    "the seller's own country has put it on its list since that list was last read"
)
NATIONAL_LIST_UNREAD = Plain(
    "a list or rule of the seller's own country that this project has not read covers it"
)
