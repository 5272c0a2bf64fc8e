"""Messages on their way. What one says, and to whom, stands here sealed, and only until it has left."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class OutgoingMessage(models.Model):
    """One message to one phone. Once it is `sent_at` or given up nobody can read it any more.

    In a demonstration it never leaves, and is shown on a page instead.
    """

    PLACE: ClassVar[str] = "connectors.outgoingmessage"

    kind = models.CharField(max_length=40)
    """What it is about, such as `code`; nothing of a person."""
    closed_to = models.BinaryField(null=True)
    closed_text = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["made_at"], name="message_made")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(sent_at=None, given_up_at=None, closed_to__isnull=False, closed_text__isnull=False)
                | Q(closed_to=None, closed_text=None),
                name="message_is_forgotten_when_it_has_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.kind}"
