"""A case of your own, written as a mapping; what is not stated is unknown."""

import regcompare as rc

mine = {
    "id": "probe",
    "date": "2022-03-01",
    "presume": "ordinary",
    "item": {"technology": "telecom_interception", "annex_i_entry": ["5A001.f"]},
    "transaction": {"kind": "export"},
    "exporter": {"country": "DE"},
    "destination": {"country": "AE"},
    "end_user": {"kind": "telecom_operator"},
}
for verdict in rc.compare(mine):
    print(verdict.ruleset.id, verdict.result)
