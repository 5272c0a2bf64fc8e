"""Messages that have not left yet: kept sealed, opened for whoever carries them, forgotten afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from luoshi.office.connectors.models import OutgoingMessage
from luoshi.office.database.keys import secrecy

KEPT = timedelta(days=1)
"""How long a message waits for its carrier before it is given up."""
MOST_SHOWN = 50
TO, TEXT = f"{OutgoingMessage.PLACE}.closed_to", f"{OutgoingMessage.PLACE}.closed_text"


@dataclass(frozen=True)
class Message:
    """A text for a phone. Neither is shown where a message is printed."""

    to: str = field(repr=False)
    text: str = field(repr=False)
    kind: str


@dataclass(frozen=True)
class Waiting:
    """A message that has not left, opened."""

    number: int
    message: Message
    made_at: datetime


def keep(message: Message, now: datetime) -> int:
    """The number of a message, which is kept sealed."""
    to, text = secrecy().close(message.to, TO), secrecy().close(message.text, TEXT)
    return OutgoingMessage.objects.create(kind=message.kind, closed_to=to, closed_text=text, made_at=now).id


def find_waiting(number: int) -> Waiting | None:
    """A message that has not left, opened; None where it has."""
    kept = OutgoingMessage.objects.filter(pk=number).first()
    return _opened(kept) if kept is not None else None


def _opened(kept: OutgoingMessage) -> Waiting | None:
    if kept.closed_to is None or kept.closed_text is None:
        return None
    to, text = secrecy().open(bytes(kept.closed_to), TO), secrecy().open(bytes(kept.closed_text), TEXT)
    return Waiting(kept.id, Message(to, text, kept.kind), kept.made_at)


def list_waiting() -> list[Waiting]:
    """The newest messages that have not left. For a demonstration only: nobody else may read them."""
    found = OutgoingMessage.objects.filter(closed_to__isnull=False).order_by("-id")[:MOST_SHOWN]
    return [one for one in map(_opened, found) if one is not None]


def forget(number: int, now: datetime, *, is_sent: bool) -> None:
    """The message has left, or is given up: what it said is gone."""
    times = {"sent_at": now} if is_sent else {"given_up_at": now}
    OutgoingMessage.objects.filter(pk=number).update(closed_to=None, closed_text=None, **times)


def give_up_old(now: datetime) -> int:
    """How many messages waited longer than `KEPT`; what they said is gone."""
    old = OutgoingMessage.objects.filter(made_at__lte=now - KEPT, closed_to__isnull=False)
    return old.update(closed_to=None, closed_text=None, given_up_at=now)
