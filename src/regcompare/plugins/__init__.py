"""The hooks, the catalogue of what is installed, and the errors of a stranger's code."""
