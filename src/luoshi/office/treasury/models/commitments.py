"""What was promised to whom, and what has to come back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.office.treasury.models.ledger import Account, Entry


class Payee(models.Model):
    """Whom money goes to, and into which account. Never changed: a new account is a new payee."""

    name = models.CharField(max_length=120)
    closed_id = models.BinaryField()
    id_index = models.BinaryField(null=True)
    closed_account = models.BinaryField()
    account_index = models.BinaryField(null=True)
    bank = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"payee {self.id}"


class Commitment(models.Model):
    """An amount that people have decided somebody gets. `amount` only ever falls, `original` never changes.

    `held_in` is the kind of account in which its money lies now.
    """

    class State(models.TextChoices):
        """What became of it."""

        DUE = "due", _("待付")
        LISTED = "listed", _("已列入批次")
        SENT = "sent", _("已送银行")
        PAID = "paid", _("已支付")
        FAILED = "failed", _("支付失败")
        RELEASED = "released", _("已撤销")

    key = models.CharField(max_length=160, unique=True)
    pack_id = models.CharField(max_length=80)
    edition = models.CharField(max_length=64)
    measure = models.CharField(max_length=120)
    clause = models.CharField(max_length=80)
    period = models.CharField(max_length=20, blank=True)
    register = models.CharField(max_length=80)
    row_id = models.CharField(max_length=40, db_collation="C")
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    subject_index = models.BinaryField(null=True)
    closed_subject = models.BinaryField()
    """Names, numbers and further words about the subject, sealed together."""
    payee = models.ForeignKey(Payee, models.PROTECT)
    case = models.CharField(max_length=120)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()
    basis = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    original = models.DecimalField(max_digits=18, decimal_places=2)
    demanded = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    fund = models.CharField(max_length=120)
    year = models.SmallIntegerField()
    fund_area = models.CharField(max_length=12, db_collation="C", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    held_in = models.CharField(max_length=12, choices=Account.Kind.choices, default=Account.Kind.COMMITTED)
    entry = models.ForeignKey(Entry, models.PROTECT)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=F("original")), name="commitment_only_falls"),
            models.CheckConstraint(
                condition=Q(demanded__gte=0, demanded__lte=F("amount")), name="commitment_demanded_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("pack_id"), F("measure"), F("area"), F("id"), name="commitment_due",
                         condition=Q(state="due")),
            models.Index(fields=["case", "id"], name="commitment_case"),
            models.Index(fields=["pack_id", "register", "row_id"], name="commitment_row"),
            models.Index(fields=["pack_id", "measure", "id"], name="commitment_measure"),
            models.Index(fields=["subject_index"], name="commitment_subject"),
            models.Index(fields=["pack_id", "fund", "year", "fund_area"], name="commitment_fund"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key


class ClawBack(models.Model):
    """Paid money that is due back. What is neither received nor written off is still owed."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="claw_backs")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    received = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    written_off = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    reason = models.CharField(max_length=300)
    due_on = models.DateField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, received__gte=0, written_off__gte=0)
                & Q(amount__gte=F("received") + F("written_off")),
                name="claw_back_not_more_than_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.amount}"

    @property
    def owed(self) -> Any:
        """What is still to come."""
        return self.amount - self.received - self.written_off
