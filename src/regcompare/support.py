"""What packages with features use besides what authors do: files, CSV, visible text, kept results."""

from ._support.csv import FORMULA, PLAIN_NUMBER, csv_lines, csv_text, guarded, unguarded
from ._support.derived import derived
from ._support.fields import takes
from ._support.output import (
    NewFile,
    cannot_write,
    reason_of,
    refuse_existing,
    while_reading,
    write_file,
    write_files,
    write_folder,
)
from ._visible import visible

__all__ = [
    "FORMULA", "PLAIN_NUMBER", "NewFile", "cannot_write", "csv_lines", "csv_text", "derived",
    "guarded", "reason_of", "refuse_existing", "takes", "unguarded", "visible",
    "while_reading", "write_file", "write_files", "write_folder",
]  # fmt: skip
