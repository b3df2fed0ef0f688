"""From the rows of a view to a picture: things, ties, and what is known of each."""
