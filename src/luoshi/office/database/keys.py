"""The keys of this installation, from its settings."""

from __future__ import annotations

from django.conf import settings

from luoshi.office.database.secrecy import Secrecy


def secrecy() -> Secrecy:
    """What closes and opens encrypted cells here."""
    environment = settings.ENVIRONMENT
    return Secrecy(environment.row_key, environment.index_key)
