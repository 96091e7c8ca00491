"""A rule of your own on top of the act of 2021, and the cases that it changes."""

import regcompare as rc
from regcompare.authoring import Chapter, EndUser, Instrument, Item, Outcome, Trigger

act, draft = rc.regimes()["eu-2021-821"], Instrument("Draft", "An invented amendment", "2026")
ban = Chapter().rule(
    draft["Art. 1"],
    "Nothing that picks faces out of many goes to the police.",
    when=Item.face_matching.is_in("one_to_many") & EndUser.kind.is_in("law_enforcement"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)
reform = act.with_(ban, id="reform")
for verdict in rc.compare(regimes=[act, reform]).differing().where(ruleset="reform"):
    print(verdict.scenario.id, verdict.result)
