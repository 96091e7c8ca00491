"""The offline page: one file in which a class changes facts and sees the results change."""
