"""Pictures that say what they find: charts as SVG and PNG, with a text alternative."""

from .contribution import DemandShare, contribution
from .coverage_map import MapCell, coverage_map
from .ladder import ladder
from .picture import Picture
from .register_spans import CountSpan, register_spans
from .safeguards_grid import safeguards_grid
from .timeline_picture import timeline_picture

__all__ = [
    "CountSpan",
    "DemandShare",
    "MapCell",
    "Picture",
    "contribution",
    "coverage_map",
    "ladder",
    "register_spans",
    "safeguards_grid",
    "timeline_picture",
]
