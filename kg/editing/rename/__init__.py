"""Renaming an id in every file that names it."""
