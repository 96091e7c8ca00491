"""One scenario under one ruleset."""
