"""Source files in their canonical layout."""
