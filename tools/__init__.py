"""Scripts for developers. Never shipped, never imported by Luoshi."""
