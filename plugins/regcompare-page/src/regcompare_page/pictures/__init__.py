"""Pictures whose titles state the finding: charts as SVG and PNG, with a text alternative."""

from .contribution import DemandShare, contribution
from .coverage_map import MapCell, coverage_map
from .ladder import ladder
from .picture import Picture
from .safeguards_grid import safeguards_grid
from .tile_map import tile_map
from .timeline_picture import timeline_picture

__all__ = [
    "DemandShare",
    "MapCell",
    "Picture",
    "contribution",
    "coverage_map",
    "ladder",
    "safeguards_grid",
    "tile_map",
    "timeline_picture",
]
