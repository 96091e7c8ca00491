"""A register in Spark: the mildest and the strictest outcome of every row, where the rows are."""

from pyspark.sql import SparkSession

import regcompare as rc
from regcompare_registers.bulk import assess_frame

session = SparkSession.builder.master("local[2]").getOrCreate()
register = session.createDataFrame(
    [
        ("L-1", "export", "telecom_interception", "5A001.f", "DE", "AE"),
        ("L-2", "export", "facial_recognition", "none", "FR", "CN"),
    ],
    "licence string, `transaction.kind` string, `item.technology` string, "
    "`item.annex_i_entry` string, `exporter.country` string, `destination.country` string",
)
screened = assess_frame(register, rc.regimes()["eu-428-2009"], presume="ordinary")
for row in screened.collect():
    print(row["licence"], row["eu-428-2009.low"], row["eu-428-2009.high"])
session.stop()
