"""The American tables of `regcompare-world`, made from extracts of the regulations."""
