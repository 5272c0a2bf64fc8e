"""Sessions of the public: another cookie than the officials', and sealed, so that neither is ever read as the other."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from luoshi.office.accounts.sessions import SessionStore
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Tampered

COOKIE = "luoshi_public"
PATH = "/p/"
LASTS = 60 * 60
"""Seconds after the last step: what somebody has answered is gone then."""
PLACE = "portal.session"


class PublicStore(SessionStore):
    """A session whose content only this site can open. An official's session is none here, nor the other way round."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The content, sealed."""
        return base64.b64encode(secrecy().close(json.dumps(session_dict), PLACE)).decode()

    def decode(self, session_data: Any) -> dict[str, Any]:
        """The content; nothing of what is no public session."""
        try:
            return dict(json.loads(secrecy().open(base64.b64decode(session_data, validate=True), PLACE)))
        except (Tampered, binascii.Error, ValueError):
            return {}

    def load(self) -> dict[str, Any]:
        """The content; where there is none to be read, the key is given up, so that nothing is written over."""
        content = super().load()
        if not content:
            self._session_key = None
        return content
