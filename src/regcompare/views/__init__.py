"""What is shown to people: tables, explanations, regimes read back, each in text and further forms."""
