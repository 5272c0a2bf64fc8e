"""Sessions in a table that holds no key to any of them: who reads it, or a copy, comes in nowhere."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

DIGITS = 40
"""As many as the table has room for."""


def digest(session_key: str) -> str:
    """What is kept of a session's key: enough to find the session, not enough to take it over."""
    return sha256(session_key.encode()).hexdigest()[:DIGITS]


class SessionStore(db.SessionStore):
    """A session, kept under the digest of its key."""

    def load(self) -> dict[str, Any]:
        """The content; where there is none the key is given up, so that nobody chooses the key of a session."""
        kept = digest(self.session_key or "")
        found = Session.objects.filter(session_key=kept, expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found.session_data)

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The session as it is kept."""
        made = super().create_model_instance(data)
        made.session_key = digest(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        """There is no such session any more."""
        key = session_key or self.session_key
        if key:
            super().delete(digest(key))
