"""What people did in cases, and what it came to: votes and decisions, never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from luoshi.office.casework.models.cases import PERSON, Case, Claim, Task


class Vote(models.Model):
    """What one person did at a task. Never changed or deleted; a person votes once in a visit of a step.

    The database refuses a vote of whoever has had another hand in the case: who filed or checked it does not decide,
    whichever of their accounts they use.
    `outcomes` holds, by the number of a claim, what it came to: [result, amount]. `details` what was recorded.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="votes")
    task = models.ForeignKey(Task, models.PROTECT, related_name="votes")
    step = models.CharField(max_length=120)
    visit = models.PositiveIntegerField()
    act = models.CharField(max_length=12)
    turn = models.PositiveIntegerField(default=1)
    """Counts the votes at a task that repeats; 1 at any other."""
    person = models.CharField(max_length=PERSON)
    stands_in_for = models.CharField(max_length=PERSON, blank=True)
    for_office = models.BooleanField(default=True)
    """False where the one concerned acted, not an office."""
    result = models.CharField(max_length=16)
    reason = models.CharField(max_length=1000, blank=True)
    outcomes = models.JSONField(default=dict)
    departs = models.BooleanField(default=False)
    """Whether it departs from what the system recommends."""
    details = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("case", "step", "visit", "person", "turn", name="vote_once"),
            models.UniqueConstraint("task", "turn", condition=Q(act="record"), name="recorded_once_a_turn"),
            models.CheckConstraint(condition=Q(departs=False) | ~Q(reason=""), name="vote_departs_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(result__in=("refused", "sent_back", "not_in_order", "against", "withdraw", "rectify"))
                | ~Q(reason=""),
                name="vote_against_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.person} {self.result}"


class Decision(models.Model):
    """To what a claim came, or the case where nothing is claimed: with the receipt of what was known. Never changed.

    `receipt` holds the pack's hash, the as-of day, the facts, and each condition with its reason; ids masked.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="decisions")
    visit = models.PositiveIntegerField()
    result = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    recommended = models.CharField(max_length=16, blank=True)
    recommended_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    departs = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    decided_by = models.JSONField()
    decided_on = models.DateField()
    receipt = models.JSONField(default=dict)
    commitment = models.CharField(max_length=80, blank=True)
    """The key under which the treasury keeps the money for it."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("case", "claim", "visit", nulls_distinct=False, name="decision_once"),
            models.CheckConstraint(
                condition=Q(result__in=("granted", "keep")) | ~Q(reason=""), name="refusal_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(departs=False) | ~Q(reason=""), name="departure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.claim_id} {self.result}"
