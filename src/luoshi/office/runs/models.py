"""Packs that are installed, their runs, and the figures of each run."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Installed(models.Model):
    """A pack of this installation. `adopted_on` and `adoption` make a draft decide: the record of its adoption."""

    pack_id = models.CharField(max_length=80, unique=True)
    adopted_on = models.DateField(null=True)
    adoption = models.TextField(blank=True)
    installed_at = models.DateTimeField(auto_now_add=True)
    installed_by = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(adopted_on=None, adoption="") | (Q(adopted_on__isnull=False) & ~Q(adoption="")),
                name="adoption_is_recorded_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.pack_id


class LocalSetting(models.Model):
    """A value of a parameter or a switch that a locality has set, from a day on; written as in a local file."""

    pack_id = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    value = models.CharField(max_length=200)
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    start = models.DateField()
    by = models.CharField(max_length=20, blank=True)
    document = models.CharField(max_length=200, blank=True)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "name", "area", "start", name="local_setting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.area} {self.start}"


class Run(models.Model):
    """One evaluation of a pack over a snapshot of the registers, as of a day."""

    class State(models.TextChoices):
        """How far a run is. Only a finished one feeds a screen."""

        WAITING = "waiting"
        RUNNING = "running"
        FINISHED = "finished"
        FAILED = "failed"
        CANCELLED = "cancelled"

    pack_id = models.CharField(max_length=80)
    pack_hash = models.CharField(max_length=80)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=120, blank=True)
    done = models.IntegerField(default=0)
    steps = models.IntegerField(null=True)
    problem = models.TextField(blank=True)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    rows_read = models.JSONField(default=dict)
    rows_decided = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["pack_id", "on", "-id"], name="run_newest")]

    def __str__(self) -> str:
        return f"{self.id}: {self.pack_id} {self.on} {self.state}"


class Figure(models.Model):
    """What a measure came to in one area in one run: how many subjects, and money in yuan."""

    run = models.ForeignKey(Run, models.CASCADE)
    measure = models.CharField(max_length=120)
    fund = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C")
    eligible = models.BigIntegerField()
    undetermined = models.BigIntegerField()
    ineligible = models.BigIntegerField()
    amount = models.DecimalField(max_digits=38, decimal_places=2)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("run", "area", "measure", "fund", name="figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.area}"


class TargetState(models.Model):
    """Whether an area meets a target in one run: 0 unmet, 1 met, 2 unknown, as in `rulebook.model.outcomes`."""

    run = models.ForeignKey(Run, models.CASCADE)
    target = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C")
    state = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("run", "area", "target", name="target_state_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.area}"
