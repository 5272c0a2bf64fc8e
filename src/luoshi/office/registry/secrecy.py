"""Moved: see `luoshi.office.database.secrecy`."""

from luoshi.office.database.secrecy import NONCE, TAG, Secrecy, Tampered, masked, normalised

__all__ = ["NONCE", "TAG", "Secrecy", "Tampered", "masked", "normalised"]
