"""Lists as files: who asked for which and why, and how they are written."""
