"""Moved: see `luoshi.office.database.keys`."""

from luoshi.office.database.keys import secrecy

__all__ = ["secrecy"]
