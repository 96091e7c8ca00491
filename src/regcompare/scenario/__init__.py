"""One case: what is known of a transaction; its files and their JSON Schema."""
