"""The report: one self-contained page that can be read, printed and sent on."""

from .whole import report_html, write_report

__all__ = ["report_html", "write_report"]
