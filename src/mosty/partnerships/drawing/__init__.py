"""
Pictures of a map as SVG, drawn on the server: the grid and the network.

They know no Django and no database: values and words in, text out. The same map makes
the same picture. What they show stands in the page's tables as well.
"""

from mosty.partnerships.drawing.grid import grid
from mosty.partnerships.drawing.network import network
from mosty.partnerships.drawing.shapes import Line, Node, Words

__all__ = ["Line", "Node", "Words", "grid", "network"]
