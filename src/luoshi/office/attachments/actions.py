"""Keeping uploaded files, and marking them as removed."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from pathlib import PurePath
from typing import IO

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from luoshi.office.attachments.errors import NotKept
from luoshi.office.attachments.kinds import SUFFIXES
from luoshi.office.attachments.models import Attachment
from luoshi.office.attachments.queries import folder
from luoshi.office.attachments.receiving import receive
from luoshi.office.audit import actions as audit

UNNAMED = "attachment"
LONGEST_SUFFIX = 5


@transaction.atomic
def keep(file: IO[bytes], name: str, *, area: str, by: str, purpose: str, most_a_day: int | None = None) -> Attachment:
    """Keep a file that `by` has brought for `purpose`; the same again from the same person is the one kept before.

    `NotKept` says why a file is refused, as each is that comes after `most_a_day` of the same person. The event names
    the file by its digest: a name may hold a person's.
    """
    if most_a_day is not None and _brought_today(by) >= most_a_day:
        said = _("一天最多上传 %(most)s 个文件，今天已经到了。请明天再传，或者交到窗口。")
        raise NotKept(said % {"most": most_a_day})
    received = receive(file, folder())
    kept, new = Attachment.objects.get_or_create(
        digest=received.digest,
        area=area,
        purpose=purpose,
        kept_by=by,
        removed_at=None,
        defaults={
            "name": called(name, received.media_type),
            "media_type": received.media_type,
            "size": received.size,
        },
    )
    if new:
        details = {"digest": received.digest, "type": received.media_type, "size": received.size, "for": purpose}
        audit.record("attachment.keep", actor=by, subject=f"attachment:{kept.id}", area=area, details=details)
    return kept


@transaction.atomic
def remove(attachment: Attachment, reason: str, *, by: str) -> None:
    """Nobody finds it any more; its content and its record stay. A second time changes nothing."""
    there = Attachment.objects.filter(id=attachment.id, removed_at=None)
    if there.update(removed_at=Now(), removed_by=by, removal=reason):
        subject = f"attachment:{attachment.id}"
        audit.record("attachment.remove", actor=by, subject=subject, area=attachment.area, basis=reason)


def record_reading(attachment: Attachment, *, by: str, origin: str = "") -> None:
    """It is on record who has downloaded it."""
    subject = f"attachment:{attachment.id}"
    audit.record("attachment.read", actor=by, subject=subject, area=attachment.area, origin=origin)


def _brought_today(by: str) -> int:
    return Attachment.objects.filter(kept_by=by, kept_at__gt=Now() - timedelta(days=1)).count()


def called(name: str, media_type: str) -> str:
    """The name that a file is given: the last part of its own, without signs that control, with the right suffix.

    >>> called("C:\\\\文件\\\\实施办法.docx", "application/pdf"), called("..", "image/png")
    ('实施办法.pdf', 'attachment.png')
    """
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) >= LONGEST_SUFFIX:
        stem = plain
    ending = SUFFIXES[media_type]
    return (stem.strip(". ") or UNNAMED)[: Attachment.NAME - len(ending)] + ending
