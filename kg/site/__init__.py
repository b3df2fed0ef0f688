"""The files of a build: the graph, a page for each view, and the first page that leads to them."""
