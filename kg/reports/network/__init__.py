"""The graph as a network: ties, paths, brokers, communities, who sides with whom."""
