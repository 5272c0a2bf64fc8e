"""Files that were uploaded: what each is, where it belongs, who brought it and what for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Attachment(models.Model):
    """One uploaded file. Its content lies under its digest; several attachments may be the same content."""

    NAME: ClassVar[int] = 160

    name = models.CharField(max_length=NAME)
    """As whoever brought it called it, with the suffix of what it is."""
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    area = models.CharField(max_length=12, db_collation="C")
    purpose = models.CharField(max_length=160)
    """What it was brought for: a kind and a key ("parameter:some-policy/some_name")."""
    kept_by = models.CharField(max_length=60)
    kept_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.CharField(max_length=60, blank=True)
    removed_at = models.DateTimeField(null=True)
    removal = models.CharField(max_length=200, blank=True)
    """Why it was marked as removed; nobody finds it any more, its content stays."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["purpose", "id"], name="attachment_purpose"),
            models.Index(fields=["kept_by", "kept_at"], name="attachment_of_person"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="", removal="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="") & ~Q(removal="")),
                name="attachment_removal_is_recorded_whole",
            ),
            models.UniqueConstraint(
                "digest",
                "area",
                "purpose",
                "kept_by",
                condition=Q(removed_at=None),
                name="attachment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.media_type}"
