"""Cells that the database holds encrypted: closed and opened with one key, found by an index made with another.

SM4 in Galois/Counter mode (GB/T 32907): a random nonce of 12 bytes, the encrypted text, a tag of 16 bytes. The name of
the column is authenticated with it, so that a cell copied to another column is refused like one that was changed.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

NONCE = 12
TAG = 16
HIDDEN = "*"
SHORTEST_WITH_ENDS = 6


class Tampered(ValueError):
    """A cell was changed, moved from another column, or closed with another key. Nothing of it is given out."""


@dataclass(frozen=True)
class Secrecy:
    """The keys of an installation: `row_key` closes and opens cells (16 bytes), `index_key` makes them findable."""

    row_key: bytes = field(repr=False)
    index_key: bytes = field(repr=False)

    def close(self, text: str, place: str) -> bytes:
        """The encrypted cell of the column `place` (schema.table.column); never the same twice."""
        return self.seal(text.encode(), place)

    def open(self, cell: bytes, place: str) -> str:
        """The text of a cell of the column `place`, or `Tampered`."""
        return self.unseal(cell, place).decode()

    def seal(self, content: bytes, place: str) -> bytes:
        """What is no text, encrypted for a place, such as the name of its file."""
        nonce = os.urandom(NONCE)
        encryptor = Cipher(algorithms.SM4(self.row_key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(place.encode())
        closed = encryptor.update(content) + encryptor.finalize()
        return nonce + closed + encryptor.tag

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """What was sealed for a place, or `Tampered`."""
        if len(sealed) < NONCE + TAG:
            raise Tampered(place)
        decryptor = Cipher(algorithms.SM4(self.row_key), modes.GCM(sealed[:NONCE], sealed[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(place.encode())
        try:
            return decryptor.update(memoryview(sealed)[NONCE:-TAG]) + decryptor.finalize()
        except InvalidTag:
            raise Tampered(place) from None

    def index(self, text: str) -> bytes:
        """What finds a text without opening anything: equal for texts that mean the same number. 32 bytes."""
        return hmac.digest(self.index_key, normalised(text).encode(), "sha256")

    def open_all(self, cells: Iterable[bytes | None], place: str) -> list[str | None]:
        """The texts of many cells; unknown stays unknown."""
        return [None if cell is None else self.open(cell, place) for cell in cells]


def normalised(text: str) -> str:
    """A number as it is compared: no blanks, half-width, capitals.

    >>> normalised("６２１１ 02x")
    '621102X'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def masked(text: str) -> str:
    """A number as it is shown: its first and its last sign. The rest of an id follows from birthday and home.

    >>> masked("11010519491231002X")
    '1****************X'
    >>> masked("12345")
    '*****'
    """
    if len(text) < SHORTEST_WITH_ENDS:
        return HIDDEN * len(text)
    return text[0] + HIDDEN * (len(text) - 2) + text[-1]
