"""Who is chosen in a round, by whom, and how that is settled."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.office.awards.models.rounds import ELIGIBLE, PAPER, PERSON, REASON, Nomination, Receipt, Round


class Choice(models.Model):
    """Whom somebody proposes to choose, on its way to the decision. One that is set aside stays in the record.

    It `departs` where somebody is left out who stands no worse than one who is chosen: then with a reason, and a second
    person approves it. Whoever prepared it never decides it.
    """

    class State(models.TextChoices):
        """How far a choice is."""

        WAITING = "waiting", _("待复核")
        READY = "ready", _("可以公示")
        NOTICED = "noticed", _("公示中")
        CONFIRMED = "confirmed", _("已确定")
        SET_ASIDE = "set_aside", _("已退回")

    round = models.ForeignKey(Round, models.PROTECT, related_name="choices")
    places = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    departs = models.BooleanField()
    reason = models.CharField(max_length=2 * REASON, blank=True)
    standings = models.JSONField(default=list)
    """How everybody stood when it was prepared: nomination, place, mean."""
    prepared_by = models.CharField(max_length=PERSON)
    prepared_at = models.DateTimeField()
    approved_by = models.CharField(max_length=PERSON, blank=True)
    approved_at = models.DateTimeField(null=True)
    notice = models.CharField(max_length=80, blank=True)
    """The key of its public notice."""
    confirmed_by = models.CharField(max_length=PERSON, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    paper = models.CharField(max_length=PAPER, blank=True)
    set_aside_by = models.CharField(max_length=PERSON, blank=True)
    set_aside_because = models.CharField(max_length=REASON, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("round", condition=~Q(state="set_aside"), name="choice_one_at_a_time"),
            models.UniqueConstraint(fields=["id", "places"], name="choice_with_its_places"),
            models.CheckConstraint(condition=Q(departs=False) | ~Q(reason=""), name="choice_departs_with_a_reason"),
            models.CheckConstraint(condition=~Q(approved_by=F("prepared_by")), name="choice_approved_by_another"),
            models.CheckConstraint(condition=~Q(confirmed_by=F("prepared_by")), name="choice_confirmed_by_another"),
            models.CheckConstraint(
                condition=Q(departs=False) | Q(state__in=("waiting", "set_aside")) | ~Q(approved_by=""),
                name="choice_that_departs_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (~Q(confirmed_by="") & ~Q(paper="")), name="choice_confirmed_whole"
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(set_aside_because=""), name="choice_set_aside_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"choice {self.pk} of {self.round_id} {self.state}"


class Chosen(models.Model):
    """One place of a choice, with the receipt by which whoever has it is eligible: nothing else is stored."""

    choice = models.ForeignKey(Choice, models.PROTECT, related_name="chosen")
    place = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=14, default=ELIGIBLE)
    win = models.BigIntegerField(null=True)
    """The row of the register of winners."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("choice", "place", name="place_given_once"),
            models.UniqueConstraint("choice", "nomination", name="chosen_once"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=F("places")), name="chosen_within_the_places"),
            models.CheckConstraint(condition=Q(outcome="eligible"), name="chosen_are_eligible"),
        ]

    def __str__(self) -> str:
        return f"{self.choice_id}: {self.place}"
