"""Editions of packs: what was uploaded, what was found in it, and from which day it decides."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Edition(models.Model):
    """One version of a pack. `digest` is the pack's hash, by which runs name it.

    Nobody has uploaded an edition that came with the software: its `uploaded_by` is empty. What was found is kept as
    JSON: `findings` (with the lines they are about), `examples` (how many there are, and those that fail), `obstacles`
    (why the registers or local values here do not fit), `trial` (what it would come to, as `runs.trial` writes it).
    """

    class State(models.TextChoices):
        """How far the look at an edition is, and how it ended."""

        WAITING = "waiting"
        LOOKING = "looking"
        BROKEN = "broken"
        FAULTY = "faulty"
        CHECKED = "checked"
        SIMULATED = "simulated"
        WITHDRAWN = "withdrawn"

    READY: ClassVar[tuple[str, ...]] = (State.CHECKED, State.SIMULATED)
    """States in which it may be activated."""

    pack_id = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    jurisdiction = models.CharField(max_length=12, db_collation="C")
    status = models.CharField(max_length=20)
    uploaded_by = models.CharField(max_length=60, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=20, blank=True)
    done = models.IntegerField(default=0)
    steps = models.IntegerField(null=True)
    looked_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)
    examples = models.JSONField(default=dict)
    obstacles = models.JSONField(default=list)
    trial = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "number", name="edition_number_once"),
            models.UniqueConstraint("pack_id", "digest", name="edition_kept_once"),
            models.UniqueConstraint(fields=["id", "uploaded_by"], name="edition_with_its_uploader"),
        ]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.number} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether somebody is still looking, or will."""
        return self.state in {self.State.WAITING, self.State.LOOKING}


class Archive(models.Model):
    """The files of an edition, and of the packs that it imports, as one zip: so every copy of the database has them."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"archive of {self.edition_id}"


class Activation(models.Model):
    """An edition decides from `start` on, until a later activation. Never by whoever uploaded it: `uploaded_by` is
    that of the edition, held by a foreign key, so that the database itself refuses."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="activations")
    uploaded_by = models.CharField(max_length=60, blank=True)
    start = models.DateField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(by=F("uploaded_by")) & ~Q(by=""), name="activated_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} from {self.start}"
