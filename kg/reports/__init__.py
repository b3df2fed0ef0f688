"""Answers in words: why something stands, lives, timelines, positions, gaps, paths, networks."""
