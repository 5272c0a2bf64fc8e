"""What people have to decide about rows: values that contradict one another, rows that may be the same, and mergers.

The rows themselves stand in tables that are made from packs. A row is named here by schema, table and id.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from luoshi.office.registry.shape import TableName


class OfTable(models.Model):
    """Something about rows of one register."""

    schema = models.CharField(max_length=63)
    table = models.CharField(max_length=63)

    class Meta:
        abstract = True

    @property
    def name(self) -> TableName:
        """The table that the rows are in."""
        return TableName(self.schema, self.table)


class Conflict(OfTable):
    """A value that a source offers for a cell that people have put right since that source was heard last.

    Values are as people enter them; those of encrypted columns are the sealed cell as hexadecimal digits.
    """

    class State(models.TextChoices):
        """What became of it: the offered value was taken, or the held one kept."""

        OPEN = "open"
        TAKEN = "taken"
        KEPT = "kept"

    row_id = models.CharField(max_length=40, db_collation="C")
    column = models.CharField(max_length=63)
    held = models.TextField(null=True)
    held_source = models.TextField()
    offered = models.TextField(null=True)
    offered_source = models.TextField()
    offered_by = models.CharField(max_length=60)
    offered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    settled_by = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["schema", "table", "row_id", "column", "offered_source"],
                condition=Q(state="open"),
                name="conflict_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="conflict_is_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schema}.{self.table}:{self.row_id} {self.column}"


class LikelyDouble(OfTable):
    """Two rows that may be one: `one` has the smaller id. `score` is 100 where they have the same key.

    `reasons` are a word (`key`, `same`, `like`), a colon and a column each.
    """

    class State(models.TextChoices):
        """What people have decided."""

        OPEN = "open"
        SAME = "same"
        DIFFERENT = "different"

    one = models.BigIntegerField()
    other = models.BigIntegerField()
    score = models.SmallIntegerField()
    reasons = models.JSONField()
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["schema", "table", "one", "other"], name="likely_double_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likely_double_in_order"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                "schema", "table", F("score").desc(), "id", condition=Q(state="open"), name="likely_double_open"
            ),
            models.Index(fields=["schema", "table", "other"], name="likely_double_other"),
        ]

    def __str__(self) -> str:
        return f"{self.schema}.{self.table}:{self.one}/{self.other}"


class Merger(OfTable):
    """Two rows that became one: `gone` left its register, and what it was stays in its history.

    `kept_before` and `kept_version` are the versions of the row that stayed, before and after; `gone_version` the last
    one of the other. `moved` names the rows that referred to it: schema, table, column, id, their version afterwards,
    and whether each was a double before.
    """

    kept = models.BigIntegerField()
    kept_before = models.IntegerField()
    kept_version = models.IntegerField()
    gone = models.BigIntegerField()
    gone_version = models.IntegerField()
    moved = models.JSONField()
    reason = models.TextField()
    merged_by = models.CharField(max_length=60)
    merged_at = models.DateTimeField()
    separated_by = models.CharField(max_length=60, blank=True)
    separated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["schema", "table", "gone"], condition=Q(separated_at=None), name="merger_of_a_row_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["schema", "table", "kept"], name="merger_of_kept")
        ]

    def __str__(self) -> str:
        return f"{self.schema}.{self.table}:{self.gone} → {self.kept}"
