"""Levers: groups of answers that a reader of a story changes together.

What a tool does determines a dozen facts at once; who gets it determines two.  A lever names the
subject, and each of its settings states every fact that goes with it, so that no change is left half
done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from regcompare.authoring import Destination, Diligence, EndUse, EndUser, Item, Knowledge, Transaction


@attrs.frozen
class Lever:
    """A subject about which a reader may ask what would follow if it were different.

    Attributes:
        id: Its name in addresses and tests.
        subject: What it is about, as a noun phrase.
        facts: The facts by which its settings differ; a case is described by the first that is known.
        settings: By each setting in a few plain words, the answers that it states; None removes one.
    """

    id: str
    subject: str
    facts: tuple[Any, ...]
    settings: Mapping[str, Mapping[Any, Any]]


_WATCHES_UNSEEN: Mapping[Any, Any] = {
    Item.dual_use: True,
    Item.specially_designed: True,
    Item.covert: True,
    Item.targets_natural_persons: True,
    Item.takes_data_from_ict_systems: True,
    Item.designed_to_monitor_people: True,
    Item.face_matching: "none",
    Item.infers_ethnicity: False,
}
_IN_VIEW: Mapping[Any, Any] = {
    Item.annex_i_entry: [],
    Item.dual_use: None,
    Item.specially_designed: None,
    Item.covert: None,
    Item.takes_data_from_ict_systems: None,
    Item.targets_natural_persons: True,
}
_HARMLESS: Mapping[Any, Any] = {
    Item.annex_i_entry: [],
    Item.dual_use: None,
    Item.specially_designed: False,
    Item.covert: False,
    Item.takes_data_from_ict_systems: False,
    Item.infers_ethnicity: False,
}
_RIGHTS = ["internal_repression", "human_rights_violation"]


def _country(code: str) -> Mapping[Any, Any]:
    return dict.fromkeys((Destination.country, Destination.purchaser_country, EndUser.country), code)


LEVERS = (
    Lever(
        "tool",
        "what the tool does",
        (Item.technology, Item.face_matching),
        {
            "picks one face out of many": {
                Item.technology: "facial_recognition",
                **_IN_VIEW,
                Item.face_matching: "one_to_many",
                Item.designed_to_monitor_people: True,
            },
            "unlocks a phone with its owner's face": {
                Item.technology: "facial_recognition",
                **_HARMLESS,
                Item.targets_natural_persons: True,
                Item.face_matching: "one_to_one",
                Item.designed_to_monitor_people: False,
            },
            "counts people in a crowd": {
                Item.technology: "video_analytics",
                **_HARMLESS,
                Item.targets_natural_persons: True,
                Item.face_matching: "none",
                Item.designed_to_monitor_people: True,
            },
            "breaks into phones unseen": {
                Item.technology: "intrusion_platform",
                Item.annex_i_entry: ["4D004"],
                **_WATCHES_UNSEEN,
            },
            "listens in on mobile phones nearby": {
                Item.technology: "mobile_interception",
                Item.annex_i_entry: ["5A001.f"],
                **_WATCHES_UNSEEN,
            },
            "searches the internet traffic of a country": {
                Item.technology: "ip_network_surveillance",
                Item.annex_i_entry: ["5A001.j"],
                **_WATCHES_UNSEEN,
            },
            "watches nobody": {
                Item.technology: "not_surveillance",
                **_HARMLESS,
                Item.targets_natural_persons: False,
                Item.face_matching: "none",
                Item.designed_to_monitor_people: False,
            },
        },
    ),
    Lever(
        "user",
        "who gets it",
        (EndUser.kind,),
        {
            "a police force": {EndUser.kind: "law_enforcement", EndUser.acts_for_state: True},
            "a secret service": {EndUser.kind: "intelligence", EndUser.acts_for_state: True},
            "an army": {EndUser.kind: "military", EndUser.acts_for_state: True},
            "a private company": {EndUser.kind: "private_company", EndUser.acts_for_state: False},
        },
    ),
    Lever(
        "country",
        "where it goes",
        (Destination.country,),
        {
            "Switzerland": _country("CH"),
            "United States": _country("US"),
            "United Arab Emirates": _country("AE"),
            "China": _country("CN"),
            "Iran": _country("IR"),
            "Russia": _country("RU"),
        },
    ),
    Lever(
        "seller",
        "what the seller knew",
        (Knowledge.exporter_aware, Knowledge.exporter_suspects),
        {
            "that it is meant for repression": {
                Knowledge.exporter_aware: _RIGHTS,
                Knowledge.exporter_suspects: _RIGHTS,
                EndUse.concerns: _RIGHTS,
            },
            "nothing for certain, but it had reason to suspect repression": {
                Knowledge.exporter_aware: [],
                Knowledge.exporter_suspects: _RIGHTS,
            },
            "of nothing wrong": {Knowledge.exporter_aware: [], Knowledge.exporter_suspects: []},
        },
    ),
    Lever(
        "authority",
        "what the authority told the seller",
        (Knowledge.authority_informed,),
        {
            "that it may be meant for repression": {Knowledge.authority_informed: _RIGHTS},
            "nothing": {Knowledge.authority_informed: []},
        },
    ),
    Lever(
        "harm",
        "what is likely to happen to people there",
        (Destination.serious_violations_likely, Destination.substantial_rights_risk),
        {
            "serious abuses are likely": {
                Destination.serious_violations_likely: True,
                Destination.substantial_rights_risk: True,
            },
            "there is a real risk of abuse": {
                Destination.serious_violations_likely: False,
                Destination.substantial_rights_risk: True,
            },
            "there is no real risk of abuse": {
                Destination.serious_violations_likely: False,
                Destination.substantial_rights_risk: False,
            },
        },
    ),
    Lever(
        "way",
        "how it gets there",
        (Transaction.kind,),
        {
            "it is sent from the seller's country": {Transaction.kind: "export"},
            "the seller arranges a sale between two other countries": {Transaction.kind: "brokering"},
            "the seller only trains the people who use it": {
                Transaction.kind: "technical_assistance",
                Item.form: "service",
            },
            "it runs at the seller's, and the buyer uses it from afar": {
                Transaction.kind: "hosted_service",
                Item.form: "service",
            },
        },
    ),
    Lever(
        "checks",
        "whether the seller checked the risk to people first",
        (Diligence.completed, Diligence.finds_risk),
        {
            "it checked, and found a risk": {Diligence.completed: True, Diligence.finds_risk: True},
            "it checked, and found none": {Diligence.completed: True, Diligence.finds_risk: False},
            "it did not check": {Diligence.completed: False, Diligence.finds_risk: None},
        },
    ),
)
"""The levers over the core facts, in the order in which readers ask about them."""
