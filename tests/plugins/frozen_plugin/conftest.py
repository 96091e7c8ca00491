"""The tests of the frozen plugin run where it is installed: see ``test_frozen_plugin.py``."""

collect_ignore_glob = ["*"]
