"""What cannot be done with an account of the public, told so that people can be told."""

from __future__ import annotations


class Refused(Exception):
    """Something about an account was refused; nothing was changed. `code` says what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
