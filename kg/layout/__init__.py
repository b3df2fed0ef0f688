"""Where the things of a picture stand."""
