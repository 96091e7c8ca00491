"""What a regime consists of: rules, duties, doubts, powers; texts and amendments."""
