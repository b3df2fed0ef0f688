"""Bibliographies of others as records of articles: CSL-JSON, BibTeX and BibLaTeX, RIS.

``entries.read_bibliography`` reads any of them. Each format is turned into the variables of CSL
first, so that what a field means is told once.
"""
