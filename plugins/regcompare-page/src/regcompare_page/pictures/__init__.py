"""Pictures whose titles state the finding: drawn as SVG, with a text alternative; PNG with an extra."""

from .coverage_map import MapCell, coverage_map
from .ladder import ladder
from .picture import Picture

__all__ = [
    "MapCell",
    "Picture",
    "coverage_map",
    "ladder",
]
