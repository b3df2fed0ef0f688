"""From YAML files to a corpus: trees with places, fields, records, assertions."""
