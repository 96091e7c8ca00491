"""The offline page, the site and pictures."""

from pathlib import Path

from regcompare.authoring import hookimpl


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of pages."""
    return [Path(__file__).parent / "locale"]
