"""What a lens lets through, in formats of other programs."""
