"""What can go wrong with runs and local values, in words for whoever asked."""

from __future__ import annotations


class NotAllowed(RuntimeError):
    """A step with a local value that cannot be taken. Its text says why, and what to do."""
