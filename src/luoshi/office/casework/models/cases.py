"""Cases, what is claimed in them, and the tasks of offices."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PERSON = 60
"""The longest name of an account."""


class Case(models.Model):
    """One row of a register on its way through a procedure, by the text that held when it was opened.

    `step` and `visit` say where it is: a step that is come to again is another visit. `number` is what people quote.
    """

    class State(models.TextChoices):
        """How a case stands."""

        DRAFT = "draft", _("未提交")
        RUNNING = "running", _("办理中")
        GRANTED = "granted", _("已批准")
        REFUSED = "refused", _("未批准")
        DONE = "done", _("已办结")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Channel(models.TextChoices):
        """How it came in."""

        PORTAL = "portal", _("本人网上申请")
        PROXY = "proxy", _("代办")
        DESK = "desk", _("窗口受理")
        REVIEW = "review", _("到期复核")

    OPEN: ClassVar[tuple[str, ...]] = (State.DRAFT, State.RUNNING)

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=80, unique=True)
    """Chosen by whoever files it: filing twice under one key is filing once."""
    pack_id = models.CharField(max_length=80)
    pack_hash = models.CharField(max_length=80)
    procedure = models.CharField(max_length=120)
    register = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    area = models.CharField(max_length=12, db_collation="C")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    opened_by = models.CharField(max_length=PERSON)
    opened_at = models.DateTimeField()
    filed_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    step = models.CharField(max_length=120)
    visit = models.PositiveIntegerField(default=1)
    end = models.CharField(max_length=10, blank=True)
    """To what the decision came: granted or refused; empty before it."""
    ended_on = models.DateField(null=True)
    certificate = models.ForeignKey("Certificate", models.PROTECT, null=True, related_name="reviews")
    """What a review looks at again."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["pack_id", "register", "row_id"], name="case_subject"),
            models.Index(fields=["area", "-id"], name="case_area"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(end__in=("", "granted", "refused")), name="case_end"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "running"), ended_on=None)
                | (~Q(state__in=("draft", "running")) & Q(ended_on__isnull=False)),
                name="case_ends_on_a_day",
            ),
            models.CheckConstraint(condition=Q(state="draft") | Q(filed_on__isnull=False), name="case_is_filed"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done before it has an end."""
        return self.state in self.OPEN


class Claim(models.Model):
    """A measure that is claimed in a case, for a row of the measure's register and a period.

    While it is asked for or granted, nobody claims the same again: held by the database.
    """

    class State(models.TextChoices):
        """What became of it."""

        DRAFT = "draft", _("未提交")
        ASKED = "asked", _("申请中")
        GRANTED = "granted", _("已批准")
        REFUSED = "refused", _("未批准")
        WITHDRAWN = "withdrawn", _("已撤回")

    case = models.ForeignKey(Case, models.CASCADE, related_name="claims")
    pack_id = models.CharField(max_length=80)
    measure = models.CharField(max_length=120)
    register = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    period = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    paid_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "pack_id", "measure", "row_id", "period",
                condition=Q(state__in=("asked", "granted")), name="claim_once_in_its_period",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(state="granted"), name="claim_amount_when_granted"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure} {self.row_id} {self.period} {self.state}"


class Task(models.Model):
    """What one office has to do at one visit of a step. `desk_area` and `department` say who works for the office.

    One that `repeats` can be done again and again, and holds nothing up.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    step = models.CharField(max_length=120)
    visit = models.PositiveIntegerField()
    act = models.CharField(max_length=12)
    office = models.CharField(max_length=120)
    recorded_by = models.CharField(max_length=120, blank=True)
    """The office that records what another does outside the system."""
    by_claimant = models.BooleanField(default=False)
    desk_area = models.CharField(max_length=12, db_collation="C")
    department = models.CharField(max_length=60, blank=True)
    repeats = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    due = models.DateField(null=True)
    paused_on = models.DateField(null=True)
    pause_reason = models.CharField(max_length=300, blank=True)
    holder = models.CharField(max_length=PERSON, blank=True)
    result = models.CharField(max_length=16, blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_on = models.DateField(null=True)
    notice = models.CharField(max_length=60, blank=True)
    """The key of the public notice that shows the case."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["desk_area", "department", "due"], name="task_queue", condition=Q(finished_at=None)),
            models.Index(fields=["case", "id"], name="task_of_case"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("case", "step", "visit", "office", name="task_once"),
            models.CheckConstraint(
                condition=Q(finished_at=None, result="") | (Q(finished_at__isnull=False) & ~Q(result="")),
                name="task_ends_with_a_result",
            ),
            models.CheckConstraint(
                condition=Q(paused_on=None, pause_reason="") | (Q(paused_on__isnull=False) & ~Q(pause_reason="")),
                name="task_pause_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}/{self.visit} {self.office} {self.result}"

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to act."""
        return self.finished_at is None
