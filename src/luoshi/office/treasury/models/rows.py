"""Money on accounts that run on from year to year, moved by rows of registers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from luoshi.office.treasury.models.ledger import Entry


class RowEntry(models.Model):
    """What a row of a register has brought in, or spent where it is below zero, on the account of a fund in an area.

    Only a counter-entry, `taken_back`, ends it; then the row may move money anew.
    """

    pack_id = models.CharField(max_length=80)
    edition = models.CharField(max_length=64)
    fund = models.CharField(max_length=120)
    clause = models.CharField(max_length=80)
    register = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    area = models.CharField(max_length=12, db_collation="C")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    day = models.DateField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="of_row")
    taken_back = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="ends_row")

    class Meta:
        verbose_name_plural = "row entries"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "pack_id", "fund", "register", "row_id", condition=Q(taken_back=None), name="row_entry_once"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="row_entry_moves_something"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["pack_id", "fund", "area"], name="row_entry_area"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.row_id}: {self.amount}"
