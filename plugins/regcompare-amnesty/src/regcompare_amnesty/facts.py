"""The facts that only Amnesty's demands and its readings ask for."""

from __future__ import annotations

from regcompare.authoring import Constraint, Destination, YesNo, section


@section("amnesty", "Amnesty")
class Amnesty:
    """What only the demands, or one of their readings, ask for."""

    live_matching: YesNo = YesNo(
        "Does the item match faces in live video, not only in recordings?",
        changed_by="designer",
        states="the item {matches|does not match} faces in live video",
    )
    complete_system: YesNo = YesNo(
        "Is a complete system being supplied, rather than part of one?",
        changed_by="exporter",
        states="a complete system is supplied",
    )
    exporter_seated_in_union: YesNo = YesNo(
        "Is the exporter established in the Union?",
        changed_by="exporter",
        states="the exporter is established in the Union",
    )
    any_rights_risk: YesNo = YesNo(
        "Is there any risk that the export contributes to human-rights violations, substantial or not?",
        changed_by="nobody",
        states="there is {a|no} risk that the export contributes to human-rights violations",
    )
    high_risk_to_defenders: YesNo = YesNo(
        "Is there a high risk of use against journalists, activists or others who defend human rights?",
        changed_by="nobody",
        states="there is {a|no} high risk of use against those who defend human rights",
    )
    supplier_abusive: YesNo = YesNo(
        "Has the supplier been shown to enable unlawful targeting?",
        changed_by="exporter",
        states="the supplier has been shown to enable unlawful targeting",
    )


AMNESTY_CONSTRAINTS = (
    Constraint(
        "A high risk of use against those who defend human rights is a substantial risk.",
        Amnesty.high_risk_to_defenders,
        Destination.substantial_rights_risk,
    ),
)
