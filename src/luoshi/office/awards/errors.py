"""What can go wrong in a round, in words for whoever asked."""

from __future__ import annotations


class NotAllowed(RuntimeError):
    """A step of a round that cannot be taken. Its text says why, and what to do."""
