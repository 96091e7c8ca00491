"""Views of what holds over all possible cases."""
