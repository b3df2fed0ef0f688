"""From YAML files to a corpus, and back: reading fields and records, and renaming ids in place."""
