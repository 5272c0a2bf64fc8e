"""Runs: a snapshot of the registers is decided by the engine; the figures of the newest run feed the screens."""
