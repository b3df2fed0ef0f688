"""A language server: what kg knows of a workspace, in an editor, while one types."""
