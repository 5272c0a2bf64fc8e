"""The shape of an entry of the catalogue of findings."""

from typing import NamedTuple


class Entry(NamedTuple):
    """The message of a code and the remedy."""

    message: str
    remedy: str
