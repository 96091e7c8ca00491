"""Commands over every possible case."""
