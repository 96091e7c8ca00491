"""What every module may use: text of tables, markup, whole files or none."""
