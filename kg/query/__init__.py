"""SPARQL with parameters and evidence: saved queries, their answers, and who stands behind each
row.
"""
