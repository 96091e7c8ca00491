"""The report: one self-contained page to read, print and forward."""

from .whole import report_html, write_report

__all__ = ["report_html", "write_report"]
