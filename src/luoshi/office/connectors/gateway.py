"""The carrier of messages: one address that takes a phone and a text by HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from luoshi.office.connectors.outbox import Message

SECONDS = 10
ALLOWED = ("https://", "http://127.0.0.1", "http://localhost")


class NotCarried(RuntimeError):
    """The carrier did not take a message. Says nothing of what it was."""


@dataclass(frozen=True)
class Gateway:
    """Where the carrier answers (https, or on this machine), and the token that it asks for."""

    address: str
    token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.address.startswith(ALLOWED):
            raise ValueError("LUOSHI_MESSAGE_GATEWAY must begin with https://: messages name people.")

    def carry(self, message: Message) -> None:
        """Hand the message over, or `NotCarried`."""
        content = json.dumps({"to": message.to, "text": message.text, "kind": message.kind}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        request = Request(self.address, content, headers, method="POST")
        try:
            with urlopen(request, timeout=SECONDS) as answer:
                status = answer.status
        except HTTPError as refusal:
            with refusal:
                raise NotCarried(str(refusal.code)) from None
        except (URLError, OSError) as problem:
            raise NotCarried(type(problem).__name__) from None
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            raise NotCarried(str(status))
