"""Views for people: tables, explanations, regimes read back, each in text and further forms.

A view builds a document or data from typed results, and a form writes it.  It decides nothing and counts
nothing that the result does not hold; pages and pictures are a feature package's.
"""
