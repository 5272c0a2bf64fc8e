"""The panel: its members, the conflicts they declare, and their ballots."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from luoshi.office.attachments.models import Attachment
from luoshi.office.awards.models.rounds import PAPER, PERSON, REASON, Nomination, Round


class Member(models.Model):
    """Somebody on the panel of a round: with an account, or from outside, whose ballot the office enters."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="members")
    name = models.CharField(max_length=PERSON)
    username = models.CharField(max_length=PERSON, blank=True)
    office = models.CharField(max_length=PAPER, blank=True)
    named_by = models.CharField(max_length=PERSON)
    named_at = models.DateTimeField()
    left_because = models.CharField(max_length=REASON, blank=True)
    """Why somebody is a member no more, before they voted."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "round", "username", condition=~Q(username="") & Q(left_because=""), name="member_once"
            ),
            models.UniqueConstraint(
                "round", "name", condition=Q(username="", left_because=""), name="outside_member_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: member {self.pk}"


class Conflict(models.Model):
    """That a member has an interest in a nomination and so sits out."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="conflict")
    nomination = models.ForeignKey(Nomination, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON)
    by = models.CharField(max_length=PERSON)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"conflict of {self.member_id}"


class Ballot(models.Model):
    """What a member says of all that can be chosen. The last one of a member counts; none is changed."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="ballots")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=PERSON)
    """Who entered it: the member, or for one from outside the office."""
    at = models.DateTimeField()
    paper = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    """The signed sheet of a member from outside."""

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint("member", "number", name="ballot_number_once")]

    def __str__(self) -> str:
        return f"ballot {self.number} of {self.member_id}"


class BallotLine(models.Model):
    """The rank or the score that a ballot gives one nomination."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="lines")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField(null=True)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("ballot", "nomination", name="ballot_names_each_once"),
            models.UniqueConstraint("ballot", "rank", name="ballot_gives_each_rank_once"),
            models.CheckConstraint(
                condition=Q(rank__gte=1, score=None) | Q(rank=None, score__gte=0), name="ballot_ranks_or_scores"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.nomination_id}"
