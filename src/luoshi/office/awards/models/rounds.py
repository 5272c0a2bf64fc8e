"""Rounds of awards and their nominations, with the receipt of each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PERSON = 60
"""The longest name of an account."""
REASON = 500
PAPER = 200
ELIGIBLE = "eligible"


class Round(models.Model):
    """One award of one year in one area, by the text that held when it was opened.

    `on` is the day as of which everybody is looked at; its year is that of the award. What the text leaves open stands
    here as the office has set it, with the paper that says so.
    """

    class State(models.TextChoices):
        """How far a round is."""

        NOMINATING = "nominating", _("申报中")
        JUDGING = "judging", _("评审中")
        CHOOSING = "choosing", _("待定人选")
        NOTICED = "noticed", _("公示中")
        CONFIRMED = "confirmed", _("已确定")
        CANCELLED = "cancelled", _("已取消")

    class Method(models.TextChoices):
        """How members of the panel judge."""

        RANK = "rank", _("排名次，取平均名次")
        SCORE = "score", _("打分，取平均分")

    pack_id = models.CharField(max_length=80)
    pack_hash = models.CharField(max_length=80)
    measure = models.CharField(max_length=120)
    procedure = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C")
    on = models.DateField()
    year = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    """The last day on which somebody may be nominated."""
    places = models.PositiveIntegerField()
    places_basis = models.CharField(max_length=PAPER, blank=True)
    """The paper that sets the number of places; empty where the policy itself does."""
    method = models.CharField(max_length=5, choices=Method.choices)
    greatest = models.PositiveSmallIntegerField(null=True)
    """The greatest score."""
    voters = models.PositiveSmallIntegerField()
    """So many members of the panel have to vote at least."""
    notice_days = models.PositiveSmallIntegerField(null=True)
    notice_basis = models.CharField(max_length=PAPER, blank=True)
    paper = models.CharField(max_length=PAPER)
    """The paper that announces the round."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOMINATING)
    opened_by = models.CharField(max_length=PERSON)
    opened_at = models.DateTimeField()
    cancelled_because = models.CharField(max_length=REASON, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "pack_id", "measure", "area", "year", condition=~Q(state="cancelled"), name="round_once_a_year"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="round_days_in_order"),
            models.CheckConstraint(condition=Q(year=F("on__year")), name="round_is_of_its_year"),
            models.CheckConstraint(
                condition=Q(method="rank", greatest=None) | Q(method="score", greatest__gte=1),
                name="round_scores_have_a_greatest",
            ),
            models.CheckConstraint(condition=Q(voters__gte=1), name="round_has_voters"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""), name="round_cancelled_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.area} {self.year} {self.state}"


class Nomination(models.Model):
    """A row of a register that somebody has nominated in a round. Whoever nominates it does not check it."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("待核对")
        VERIFIED = "verified", _("已核对")
        RETURNED = "returned", _("核对不符")
        WITHDRAWN = "withdrawn", _("已撤回")

    round = models.ForeignKey(Round, models.PROTECT, related_name="nominations")
    row_id = models.CharField(max_length=20, db_collation="C")
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    reason = models.CharField(max_length=2 * REASON)
    by = models.CharField(max_length=PERSON)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    settled_by = models.CharField(max_length=PERSON, blank=True)
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=REASON, blank=True)
    """What the check found, or why it was withdrawn."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("round", "row_id", condition=~Q(state="withdrawn"), name="nominated_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("verified", "returned")) | (~Q(settled_by=F("by")) & ~Q(settled_by="")),
                name="nomination_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("returned", "withdrawn")) | ~Q(note=""), name="nomination_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.row_id} {self.state}"

    @property
    def purpose(self) -> str:
        """What its papers are kept for."""
        return f"nomination:{self.pk}"


class Receipt(models.Model):
    """What the policy came to for a nominated row when somebody looked: conditions, facts, and the order's values.

    `keys` are the values by which the award's list is ordered, `report` the explanation in both languages; ids masked.
    """

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="receipts")
    outcome = models.CharField(max_length=14)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    keys = models.JSONField(default=list)
    report = models.JSONField()
    by = models.CharField(max_length=PERSON)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["id", "nomination", "outcome"], name="receipt_with_its_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.outcome}"
