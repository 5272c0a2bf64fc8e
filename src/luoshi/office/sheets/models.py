"""Sheets with their entries and steps. Entries and steps are written once: what was entered before stays to be seen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.office.sheets.periods import Period

PERSON = 60


class Sheet(models.Model):
    """What one area records in one period. `block` is the sheet of the pack; `start` the first day of the period."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("填报中")
        HANDED_IN = "handed_in", _("待确认")
        CONFIRMED = "confirmed", _("已确认")

    pack_id = models.CharField(max_length=80)
    block = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C")
    start = models.DateField()
    every = models.CharField(max_length=8)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    handed_in_by = models.CharField(max_length=PERSON, blank=True)
    handed_in_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=PERSON, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "block", "area", "start", name="sheet_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("handed_in_by")), name="sheet_two_people"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("area"), F("state"), F("start"), name="sheet_area"),
        ]

    def __str__(self) -> str:
        return f"{self.block} {self.area} {self.period.name}"

    @property
    def period(self) -> Period:
        """The period it is about."""
        return Period(self.start, self.every)


class Entry(models.Model):
    """What somebody entered about one owner; `number` counts the entries about it. `key` is chosen by who sends it.

    `values` are texts by field, "" where it was left blank.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="entries")
    owner = models.BigIntegerField()
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    values = models.JSONField()
    by = models.CharField(max_length=PERSON)
    made_at = models.DateTimeField()
    """When it was entered, by the clock of the device it was entered on."""
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("sheet", "owner", "number", name="entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.owner} {self.number}"


class Step(models.Model):
    """Something that happened to a sheet."""

    class Kind(models.TextChoices):
        """What happened."""

        OPENED = "opened", _("开始填报")
        HANDED_IN = "handed_in", _("上报")
        SENT_BACK = "sent_back", _("退回")
        CONFIRMED = "confirmed", _("确认")
        COMMITTED = "committed", _("列入待付")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    rows = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=PERSON)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.kind}"
