"""The files of `viz/`: style, stories, kept places; read with their mistakes."""
