"""Pictures whose titles state the finding: drawn as SVG, with a text alternative; PNG with an extra."""

from .coverage_map import coverage_map
from .ladder import ladder
from .picture import Picture

__all__ = [
    "Picture",
    "coverage_map",
    "ladder",
]
