"""Finding attachments, within what somebody sees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from luoshi.office.accounts.roles import Scope
from luoshi.office.attachments.models import Attachment
from luoshi.office.attachments.receiving import place_for
from luoshi.office.database.keys import secrecy


def find(number: int, scope: Scope) -> Attachment | None:
    """The attachment of a number; None beyond the scope and for one that was removed."""
    found = Attachment.objects.filter(id=number, removed_at=None).first()
    return found if found is not None and scope.covers(found.area) else None


def list_for(purpose: str, scope: Scope) -> Sequence[Attachment]:
    """What was brought for something, the oldest first; without what lies beyond the scope or was removed."""
    found = Attachment.objects.filter(purpose=purpose, removed_at=None, area__startswith=scope.area)
    return list(found.order_by("id"))


def content_of(attachment: Attachment) -> bytes:
    """The content of an attachment; `FileNotFoundError` where it is lost, `Tampered` where somebody has changed it."""
    return secrecy().unseal(path_of(attachment).read_bytes(), place_for(attachment.digest))


def path_of(attachment: Attachment) -> Path:
    """Where the content of an attachment lies, sealed."""
    return folder() / attachment.digest[:2] / attachment.digest


def folder() -> Path:
    """Where all contents lie: in the folder of the service, which no address leads to."""
    return Path(settings.MEDIA_ROOT) / "attachments"
