"""People of the public: their accounts, the codes sent to their phones, which rows they are, who acts for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.office.accounts.models import User


class Applicant(models.Model):
    """An account of the public. The phone is sealed, and found by its keyed index; somebody without one has none."""

    PHONE: ClassVar[str] = "applicants.applicant.closed_phone"

    closed_phone = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True, unique=True)
    opened_by = models.CharField(max_length=60, blank=True)
    """The official who opened it on somebody's behalf; empty where a phone did."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(closed_phone=None, phone_index=None)
                | Q(closed_phone__isnull=False, phone_index__isnull=False),
                name="applicant_phone_is_findable",
            ),
            models.CheckConstraint(
                condition=Q(phone_index__isnull=False) | ~Q(opened_by=""),
                name="applicant_is_opened_by_phone_or_official",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"applicant:{self.id}"


class OneTimeCode(models.Model):
    """A code that was sent to a phone: its digest, how often it was tried, and whether it was used."""

    phone_index = models.BinaryField()
    address_index = models.BinaryField()
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["phone_index", "-made_at"], name="code_phone"),
            models.Index(fields=["address_index", "-made_at"], name="code_address"),
        ]

    def __str__(self) -> str:
        return f"code:{self.id}"


class Link(models.Model):
    """That an account is a row of a register: asked for by its holder, confirmed or refused by an official.

    One that was asked for with a number that no row has is `unmatched`, and looks to its holder like any other that
    waits: nobody learns here who stands in a register.
    """

    class State(models.TextChoices):
        """How far a link is."""

        ASKED = "asked", _("等待核对")
        UNMATCHED = "unmatched", _("没有对上")
        CONFIRMED = "confirmed", _("已核对")
        REFUSED = "refused", _("没有通过")
        ENDED = "ended", _("已解除")

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="links")
    pack_id = models.CharField(max_length=80, blank=True)
    kept_in = models.CharField(max_length=63, blank=True)
    """The schema of the register's table: what policies share is one register, what is each one's own is not."""
    register = models.CharField(max_length=80, blank=True)
    row_id = models.BigIntegerField(null=True)
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "applicant", "kept_in", "register", "row_id",
                condition=Q(state__in=["asked", "confirmed"]), name="link_once",
            ),
            models.CheckConstraint(
                condition=(Q(row_id__isnull=False) & ~Q(kept_in="")) | Q(state="unmatched"), name="link_names_its_row"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "refused"]) | ~Q(decided_by=""), name="link_says_who_decided"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="link_refusal_has_a_reason"),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "area"], name="link_state_area")]

    def __str__(self) -> str:
        return f"link:{self.id}"


class Proxy(models.Model):
    """That an official may act for somebody until a day; ended early by the person or by the office."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="proxies")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    area = models.CharField(max_length=12, db_collation="C")
    reason = models.CharField(max_length=200)
    start = models.DateField()
    until = models.DateField()
    """The last day."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(until__gte=F("start")), name="proxy_ends_later"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="proxy_says_who_ended_it",
            ),
            models.UniqueConstraint("applicant", "user", condition=Q(ended_at=None), name="proxy_open_once"),
        ]

    def __str__(self) -> str:
        return f"proxy:{self.id}"

    def holds_on(self, day: date) -> bool:
        """Whether the official may act on a day."""
        return self.ended_at is None and self.start <= day <= self.until


class HandOver(models.Model):
    """A ticket with which an official goes over to the public site for somebody: good once, for a minute."""

    proxy = models.ForeignKey(Proxy, models.CASCADE)
    digest = models.BinaryField(unique=True)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"hand-over:{self.id}"
