"""Questions in SPARQL: saved ones, parameters, limits, answers, and the evidence behind each row."""
