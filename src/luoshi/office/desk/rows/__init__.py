"""Pages on which people write single rows of registers."""
