"""The graph as a network: ties, shortest cited paths, brokers, communities, who sides with whom."""
