"""Where assertions stand: status, rivals, identity, what follows, and the lens."""
