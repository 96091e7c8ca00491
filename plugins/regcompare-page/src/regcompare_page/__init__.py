"""The offline page, the site and pictures."""
