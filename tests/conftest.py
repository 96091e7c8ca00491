"""What every test shares: how Hypothesis draws its examples."""

import os

from hypothesis import settings

# By default every run draws new examples; nothing fails because a machine is slow.
settings.register_profile("default", deadline=None)
# The checks draw the same examples each time, so that a change alone decides whether they pass.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
