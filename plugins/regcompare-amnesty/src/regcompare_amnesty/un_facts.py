"""The facts that the rapporteur's report asks for, and the moratoria with it."""

from __future__ import annotations

from regcompare.authoring import YesNo, section


@section("un", "United Nations")
class Un:
    """What the report of 2019 to the Human Rights Council asks for, and Amnesty's moratoria after it."""

    framework_in_place: YesNo = YesNo(
        "Is a framework in place that protects human rights from surveillance technology?",
        help="No source says how to measure this; every source says that there is none.",
        changed_by="legislator",
        ordinary=False,
        states="a framework {is|is not} in place that protects human rights from surveillance technology",
    )
    private_developer: YesNo = YesNo(
        "Was the item developed by a private company?",
        changed_by="designer",
        states="a private company developed the item",
    )
    public_oversight: YesNo = YesNo(
        "Does the public in the destination approve, oversee and control purchases of surveillance "
        "tools?",
        changed_by="legislator",
        states=(
            "the public in the destination {approves and oversees|does not oversee} purchases of "
            "surveillance tools"
        ),
    )
    national_review: YesNo = YesNo(
        "Has the exporting state reviewed the effect of the export on human rights?",
        changed_by="authority",
        states="the exporting state has reviewed the effect of the export on human rights",
    )
    company_complies: YesNo = YesNo(
        "Does the company comply with the United Nations Guiding Principles?",
        changed_by="exporter",
        states="the company {complies|does not comply} with the United Nations Guiding Principles",
    )
