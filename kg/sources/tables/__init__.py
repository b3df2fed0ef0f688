"""Tables of others as sources: ``kg import`` makes assertions of their rows by a map.

A table is an article and its rows are the paragraphs, so every assertion is cited to its row and
can be verified there. What is written is YAML like any other.
"""
