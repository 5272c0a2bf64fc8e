"""Imports: a file for one register, what is wrong with it, and the rows that it wrote once it was accepted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Import(models.Model):
    """One file that somebody gave for a register. It is taken in as a whole or not at all."""

    class State(models.TextChoices):
        """How far an import is. Only an accepted one has changed the register."""

        WAITING = "waiting"
        CHECKING = "checking"
        CHOOSING = "choosing"
        """Several sheets of the file could be meant; somebody has to say which."""
        REFUSED = "refused"
        """Something is wrong with the file; nothing was changed."""
        READY = "ready"
        """Sound, and waiting for somebody to accept or reject it."""
        UNCHANGED = "unchanged"
        """Sound, but the register says the same already."""
        ACCEPTING = "accepting"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        CANCELLED = "cancelled"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {State.WAITING, State.CHECKING, State.CHOOSING, State.READY, State.ACCEPTING, State.ACCEPTED, State.UNDOING}
    )
    """States in which the same file need not be given again."""
    WORKED_ON: ClassVar[frozenset[str]] = frozenset({State.WAITING, State.CHECKING, State.ACCEPTING, State.UNDOING})
    """States that end by themselves."""

    pack_id = models.CharField(max_length=80)
    register = models.CharField(max_length=80)
    area = models.CharField(max_length=12, db_collation="C")
    """Where its rows may belong: the area of whoever gave it, with everything below."""
    file_name = models.CharField(max_length=200)
    file = models.CharField(max_length=60, unique=True)
    """Its name in the store, which says nothing."""
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    sheet = models.CharField(max_length=120, blank=True)
    """The sheet that is meant."""
    sheets = models.JSONField(default=list)
    """The names of the sheets that somebody has to choose from."""
    notes = models.JSONField(default=list)
    """What the reader of the file noted: kind, sheet, count, places."""
    columns = models.JSONField(default=list)
    """The columns of the register that the file gives."""
    clears = models.BooleanField(default=False)
    """Whether an empty cell clears what is kept."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=40, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    problem = models.CharField(max_length=80, blank=True)
    """What stopped it where nothing is wrong with the file: the kind of an error, never its words."""
    faults_by_kind = models.JSONField(default=dict)
    rows_new = models.IntegerField(default=0)
    rows_changed = models.IntegerField(default=0)
    rows_same = models.IntegerField(default=0)
    rows_contested = models.IntegerField(default=0)
    """Rows with cells that say otherwise than what somebody corrected by hand."""
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    """Why it was rejected."""
    undone_by = models.CharField(max_length=60, blank=True)
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=200, blank=True)
    declared = models.BooleanField(default=False)
    """Whether nobody had kept the register for the area before."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "pack_id", "register", "area", "digest", "clears",
                condition=Q(state__in=["waiting", "checking", "choosing", "ready", "accepting", "accepted", "undoing"]),
                name="import_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "-id"], name="import_newest")]

    def __str__(self) -> str:
        return f"{self.id}: {self.register} {self.state}"

    @property
    def is_worked_on(self) -> bool:
        """Whether it will be in another state soon, without anybody doing anything."""
        return self.state in self.WORKED_ON

    @property
    def source(self) -> str:
        """What the rows it writes name as their source."""
        return f"{self.file_name} #{self.id}"

    @property
    def rows(self) -> int:
        """How many rows it has, once it was checked."""
        return self.rows_new + self.rows_changed + self.rows_same


class Fault(models.Model):
    """Something wrong with a cell, a row or a sheet, as `books.Problem` has it; a personal cell is masked."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="faults")
    kind = models.CharField(max_length=40)
    sheet = models.CharField(max_length=120, blank=True)
    row = models.IntegerField(default=0)
    letter = models.CharField(max_length=4, blank=True)
    title = models.CharField(max_length=200, blank=True)
    seen = models.CharField(max_length=200, blank=True)
    expected_zh = models.CharField(max_length=400, blank=True)
    expected_en = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["of", "row", "letter"], name="fault_place")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.letter}{self.row}: {self.kind}"


class Written(models.Model):
    """A row that an accepted import wrote: its version `before`, none for a new one, and the one `after`."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="written")
    row_id = models.BigIntegerField()
    before = models.IntegerField(null=True)
    after = models.IntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint("of", "row_id", name="written_once")]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.before} {self.after}"
