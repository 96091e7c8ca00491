"""How many documented cases need a licence for certain, by the exporter's country and by regime."""

import polars as pl

import regcompare as rc

rows = rc.compare().to_polars().filter(pl.col("low") >= "authorisation")
table = rows.pivot("ruleset", index="exporter_country", values="scenario", aggregate_function="len")
print(table.fill_null(0).fill_null("unknown").sort("exporter_country").write_csv().strip())
