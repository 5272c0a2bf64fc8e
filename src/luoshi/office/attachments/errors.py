"""What an uploaded file can be refused for, in words for whoever uploaded it."""

from __future__ import annotations


class NotKept(RuntimeError):
    """A file that is not kept: too large, empty, of another kind, or with a virus in it. Its text says which."""
