"""Answers in plain words: why something stands, lives, timelines, positions, and what to look at."""
