"""Pictures whose titles state the finding: drawn as SVG, with a text alternative; PNG with an extra."""

from .coverage_map import MapCell, coverage_map
from .ladder import ladder
from .picture import Picture
from .safeguards_grid import safeguards_grid
from .tile_map import tile_map
from .timeline_picture import timeline_picture

__all__ = [
    "MapCell",
    "Picture",
    "coverage_map",
    "ladder",
    "safeguards_grid",
    "tile_map",
    "timeline_picture",
]
