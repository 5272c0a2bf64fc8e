"""Payment batches: a frozen list, what the checks found about it, who let it pass, what the bank said."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.office.treasury.models.banking import BankLayout
from luoshi.office.treasury.models.commitments import Commitment, Payee


class Batch(models.Model):
    """A list of payments of one measure. `count`, `total` and `digest` say what of it was handed in."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("正在编制")
        MADE = "made", _("编制中")
        SUBMITTED = "submitted", _("待复核")
        CHECKED = "checked", _("待财政批准")
        APPROVED = "approved", _("已批准")
        SENT = "sent", _("已送银行")
        DONE = "done", _("已回盘")
        WITHDRAWN = "withdrawn", _("已撤回")
        EMPTY = "empty", _("没有可付的")

    OPEN: ClassVar[tuple[str, ...]] = (State.ASKED, State.MADE, State.SUBMITTED, State.CHECKED, State.APPROVED)
    """The states from which a batch can still be withdrawn."""

    pack_id = models.CharField(max_length=80)
    measure = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C")
    period = models.CharField(max_length=20, blank=True)
    """Empty: whatever is due, of any period."""
    corrects = models.BooleanField(default=False)
    """Whether it pays again what the bank has returned."""
    layout = models.ForeignKey(BankLayout, models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    count = models.IntegerField(default=0)
    total = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    digest = models.CharField(max_length=64, blank=True)
    checked_digest = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    checked_by = models.CharField(max_length=60, null=True)
    checked_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=60, null=True)
    approved_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why it was sent back or withdrawn."""
    sent_back_by = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "batches"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=(Q(checked_by=None) | ~Q(checked_by=F("made_by")))
                & (Q(approved_by=None) | (~Q(approved_by=F("made_by")) & ~Q(approved_by=F("checked_by")))),
                name="batch_passes_three_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("checked", "approved", "sent", "done")) | Q(checked_by__isnull=False),
                name="batch_is_checked_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "sent", "done"))
                | (Q(approved_by__isnull=False, count__gt=0, total__gt=0) & Q(digest=F("checked_digest"))),
                name="batch_is_approved_as_checked",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "id"], name="batch_area")]

    def __str__(self) -> str:
        return f"{self.id}: {self.measure} {self.state}"


class Line(models.Model):
    """A payment of a batch. What it says never changes; only what became of it does."""

    class State(models.TextChoices):
        """What became of it."""

        LISTED = "listed", _("在列")
        STOPPED = "stopped", _("已停发")
        SENT = "sent", _("已送银行")
        PAID = "paid", _("已支付")
        FAILED = "failed", _("支付失败")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    number = models.IntegerField()
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="lines")
    payee = models.ForeignKey(Payee, models.PROTECT)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LISTED)
    problem = models.CharField(max_length=200, blank=True)
    """Why it was stopped, or what the bank said."""
    paid_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("batch", "number", name="line_number_once"),
            models.UniqueConstraint(
                "commitment", condition=~Q(state__in=("stopped", "failed")), name="line_of_commitment_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="line_pays_something"),
            models.CheckConstraint(
                condition=~Q(state__in=("stopped", "failed")) | ~Q(problem=""), name="line_not_paid_says_why"
            ),
            models.CheckConstraint(condition=Q(paid_on=None) ^ Q(state="paid"), name="line_paid_on_a_day"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["commitment", "id"], name="line_commitment")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class CheckResult(models.Model):
    """One check of a batch: how many lines it looked at and found. Without `source` there was nothing to look into."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="checks")
    check_id = models.CharField(max_length=40)
    looked_at = models.IntegerField()
    found = models.IntegerField()
    source = models.CharField(max_length=200, blank=True)
    """What was looked into, as of when; "" where there is none: the check has not been made."""
    accepted_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why the batch goes on without the check."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("batch", "check_id", name="check_result_once"),
            models.CheckConstraint(condition=Q(accepted_by="", reason="") | (~Q(accepted_by="") & ~Q(reason="")),
                                   name="check_result_accepted_with_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.batch_id} {self.check_id}"


class LineFinding(models.Model):
    """What a check found about a line. It stops the line until somebody settles it, with a reason."""

    class State(models.TextChoices):
        """What somebody decided."""

        OPEN = "open", _("待处理")
        KEPT = "kept", _("照付")
        STOPPED = "stopped", _("停发")

    line = models.ForeignKey(Line, models.CASCADE, related_name="findings")
    check_id = models.CharField(max_length=40)
    told = models.CharField(max_length=200, blank=True)
    """What it was seen against: other lines, a list, a measure. Never a name or a number of a person."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("line", "check_id", name="line_finding_once"),
            models.CheckConstraint(
                condition=Q(state="open") | (~Q(reason="") & ~Q(by="") & Q(at__isnull=False)),
                name="line_finding_settled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.check_id}"


class Failure(models.Model):
    """A payment that the bank returned: whose desk it is on, until when, and what was done."""

    class State(models.TextChoices):
        """What was done."""

        OPEN = "open", _("待处理")
        PAID_AGAIN = "paid_again", _("已重新支付")
        FAILED_AGAIN = "failed_again", _("再次失败")
        RELEASED = "released", _("已撤销")

    line = models.OneToOneField(Line, models.PROTECT)
    owner = models.CharField(max_length=60)
    due = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    note = models.CharField(max_length=300, blank=True)
    is_ready = models.BooleanField(default=False)
    """Whether what was wrong is put right, so that it can be paid again."""

    def __str__(self) -> str:
        return f"{self.line_id} {self.state}"
