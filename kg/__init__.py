"""actor-kg: a graph of who did what to whom, and who says so.

>>> import kg
>>> graph = kg.load(".")
>>> graph.query("parties", pact="gsomia")  # doctest: +SKIP
"""

from kg.diagnostics import Diagnostic, KgError
from kg.graph import Graph, Lens, load

__all__ = ["Diagnostic", "Graph", "KgError", "Lens", "__version__", "load"]
__version__ = "0.1.0"
