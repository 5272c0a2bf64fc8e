"""Packs that are installed, their runs, and the figures of each run."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


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
    """A value of a parameter or a switch that a locality has set, from a day on; written as in a local file.

    One without a value ends what was set in its area. Only those in the state `SET` hold; none is ever written over.
    """

    class State(models.TextChoices):
        """How far a value is on its way: drafted by one person, proposed, then set or refused by another."""

        DRAFTED = "drafted"
        PROPOSED = "proposed"
        SET = "set"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        REPLACED = "replaced"

    pack_id = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    value = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    start = models.DateField()
    by = models.CharField(max_length=20, blank=True)
    document = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=80, blank=True)
    document_date = models.DateField(null=True)
    file = models.ForeignKey("attachments.Attachment", models.PROTECT, null=True, related_name="+")
    """The adopting document as it was uploaded."""
    reason = models.TextField(blank=True)
    """Why a value ends, or why a proposal was refused."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.SET)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    """The second person, who confirmed or refused it; empty where one was enough."""
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "pack_id", "name", "area", "start", condition=Q(state="set"), name="local_setting_once"
            ),
            models.UniqueConstraint(
                "pack_id", "name", "area", condition=Q(state="proposed"), name="local_setting_proposed_once"
            ),
            models.UniqueConstraint(
                "pack_id", "name", "area", "set_by", condition=Q(state="drafted"), name="local_setting_drafted_once"
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=F("set_by")), name="local_setting_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.area} {self.start}"

    @property
    def is_ending(self) -> bool:
        """Whether it ends what was set, and sets nothing."""
        return not self.value


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


class DutyState(models.Model):
    """In how many rows of an area a duty was done in one run, was not done, or cannot be seen."""

    run = models.ForeignKey(Run, models.CASCADE)
    duty = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C")
    done = models.BigIntegerField()
    not_done = models.BigIntegerField()
    unknown = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("run", "area", "duty", name="duty_state_once"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.area}"


class Preview(models.Model):
    """What a drafted value would come to, decided over the snapshot of the newest run before anybody sets it."""

    setting = models.OneToOneField(LocalSetting, models.CASCADE, related_name="preview")
    state = models.CharField(max_length=10, choices=Run.State.choices, default=Run.State.WAITING)
    done = models.IntegerField(default=0)
    steps = models.IntegerField(null=True)
    problem = models.TextField(blank=True)
    result = models.JSONField(null=True)
    """A `trial.Trial` as JSON; None where nothing differs, or there is no snapshot."""
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.id}: {self.setting_id} {self.state}"
