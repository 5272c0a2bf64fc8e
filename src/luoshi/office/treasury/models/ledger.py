"""The ledger: accounts, entries whose lines come to nothing, years that were closed, proofs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """What there is of a fund in a year and an area, in one state. Only lines of entries change `balance`."""

    class Kind(models.TextChoices):
        """What the money of an account is. `SOURCE` and `OUTSIDE` are where money comes from and goes to."""

        SOURCE = "source", _("资金来源")
        BUDGET = "budget", _("可用")
        COMMITTED = "committed", _("已承诺")
        PAYING = "paying", _("支付中")
        PAID = "paid", _("已支付")
        RETURNED = "returned", _("银行退回")
        DUE_BACK = "due_back", _("应收回")
        WRITTEN_OFF = "written_off", _("已核销")
        VILLAGE = "village", _("村账户")
        SPENT = "spent", _("村已使用")
        OUTSIDE = "outside", _("外部")

    BELOW_ZERO: ClassVar[tuple[str, ...]] = (Kind.SOURCE, Kind.OUTSIDE)
    """The accounts that owe what the others hold."""

    pack_id = models.CharField(max_length=80)
    fund = models.CharField(max_length=120)
    year = models.SmallIntegerField()
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    holder = models.CharField(max_length=60, blank=True)
    """Of a source the tier that gave the money; of others what tells two accounts of one kind apart."""
    balance = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "fund", "year", "area", "kind", "holder", name="account_once"),
            models.CheckConstraint(
                condition=Q(balance__gte=0) | Q(kind__in=("source", "outside")), name="account_not_overdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.year} {self.area} {self.kind}"


class Entry(models.Model):
    """A movement of money, never changed. `amount` is what moved, `size` the number of its lines.

    `event` is its number in the event log. Only another entry, which `reverses` it, takes it back.
    """

    class Kind(models.TextChoices):
        """What happened."""

        BUDGET = "budget", _("下达预算")
        TRANSFER = "transfer", _("分配下级")
        COMMIT = "commit", _("承诺")
        RELEASE = "release", _("撤销承诺")
        LOWER = "lower", _("调减")
        APPROVE = "approve", _("批准支付")
        REVOKE = "revoke", _("撤回支付")
        SETTLE = "settle", _("银行回盘")
        DEMAND = "demand", _("责令退回")
        RECEIVE = "receive", _("收到退款")
        WRITE_OFF = "write_off", _("核销")
        CARRY = "carry", _("结转下年")
        GIVE_BACK = "give_back", _("上缴")
        INCOME = "income", _("收入入账")
        SPENDING = "spending", _("支出入账")
        REVERSE = "reverse", _("冲正")
        OTHER = "other", _("其他")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    size = models.SmallIntegerField()
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=200)
    attachment = models.BigIntegerField(null=True)
    event = models.BigIntegerField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        verbose_name_plural = "entries"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(document=""), name="entry_says_why"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.kind} {self.amount}"


class EntryLine(models.Model):
    """What an entry adds to an account, or takes from it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines")
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("entry", "account", name="entry_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="entry_line_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.amount}"


class Closing(models.Model):
    """That a year of a fund was closed in an area: nothing of it is newly budgeted or committed any more."""

    pack_id = models.CharField(max_length=80)
    fund = models.CharField(max_length=120)
    year = models.SmallIntegerField()
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    how = models.CharField(max_length=10, choices=[("carry", _("结转下年")), ("return", _("上缴"))])
    reason = models.CharField(max_length=300)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "fund", "year", "area", name="closing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.year} {self.area}"


class Proof(models.Model):
    """A comparison of ledger, commitments, payments and bank files: how many differences, and which."""

    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    looked_at = models.IntegerField()
    differences = models.IntegerField()
    found = models.JSONField()

    def __str__(self) -> str:
        return f"{self.at}: {self.differences}"
