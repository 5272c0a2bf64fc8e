"""What people keep of the pages themselves: questions that they ask again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from luoshi.office.accounts.models import User


class SavedView(models.Model):
    """A question of a list under a name. A shared one is seen by everyone whose scope lies in `area`.

    `query` is the end of the address; whatever people typed is sealed in it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    pack_id = models.CharField(max_length=80)
    register = models.CharField(max_length=63)
    area = models.CharField(max_length=12, blank=True, db_collation="C")
    name = models.CharField(max_length=40)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("user", "pack_id", "register", "name", name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.pack_id}/{self.register} {self.name}"
