"""Citations and a curator's own copies of the articles: verifying, finding passages, citing."""
