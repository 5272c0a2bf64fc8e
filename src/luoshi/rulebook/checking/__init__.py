"""Checks of a pack: its worked examples on every engine, the coverage of its norms, what a reviewer would find."""
