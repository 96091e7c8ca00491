"""What a regime consists of: rules, duties, interpretations and discretions; chapters; amendments."""
