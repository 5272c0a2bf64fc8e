"""Comparison of Luoshi with other ways of running the same rules over the same registers."""
