"""Lists that somebody asked for as a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from luoshi.office.accounts.models import User


class Export(models.Model):
    """A list as a file: what was asked, by whom, why, and how far it is. Only the asker gets the file.

    `query` is the end of the list's address, with whatever people typed sealed. `file` is a name in the folder of
    exports, "" until it is whole and after it was deleted. `masked`: id numbers are covered.
    """

    class Form(models.TextChoices):
        """The kinds of files."""

        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"
        PARQUET = "parquet", "Parquet"

    class State(models.TextChoices):
        """How far it is. A short list is given at once, and nothing of it is kept."""

        ASKED = "asked"
        WRITING = "writing"
        DONE = "done"
        FAILED = "failed"
        EXPIRED = "expired"
        GIVEN = "given"

    user = models.ForeignKey(User, models.PROTECT, related_name="exports")
    pack_id = models.CharField(max_length=80)
    register = models.CharField(max_length=63)
    area = models.CharField(max_length=12, db_collation="C")
    query = models.TextField(blank=True)
    form = models.CharField(max_length=8, choices=Form.choices)
    masked = models.BooleanField(default=True)
    purpose = models.CharField(max_length=200)
    lang = models.CharField(max_length=2)
    rows = models.BigIntegerField()
    written = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    file = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(purpose=""), name="export_says_why"),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(file=""), name="export_done_has_its_file"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index("user", "id", name="export_of_user")]

    def __str__(self) -> str:
        return f"{self.pack_id}/{self.register}.{self.form}"

    @property
    def percent(self) -> int:
        """How much of it is written."""
        return min(100, 100 * self.written // self.rows) if self.rows else 0
