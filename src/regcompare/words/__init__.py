"""Conditions, reasons and table rows in words, and their translations."""
