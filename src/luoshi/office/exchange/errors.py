"""What imports refuse."""

from __future__ import annotations


class NotTaken(Exception):
    """A file that is not even read. `kind` is a stable word: `empty`, `large`, `type`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


class NotNow(Exception):
    """What was asked for cannot be done in the state that the import is in."""


class Stopped(Exception):
    """Somebody cancelled the import while it was worked on; nothing of it was kept."""
