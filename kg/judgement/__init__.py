"""Where assertions stand: status, the lens that they are seen through, what follows, who is whom."""
