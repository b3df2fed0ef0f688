"""The corpus as RDF, and RDF as JSON-LD."""
