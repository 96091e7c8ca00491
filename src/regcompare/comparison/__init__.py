"""Many scenarios under many rulesets: differences, gaps, safeguards, timelines."""
