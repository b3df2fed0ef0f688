"""Laws of a corpus as a whole (``laws``), and the corpus that they judge (``draft``)."""
