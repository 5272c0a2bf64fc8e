"""What stands beside a case: papers, talk, objections, and the certificate that was given in it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.office.attachments.models import Attachment
from luoshi.office.casework.models.cases import PERSON, Case


class Paper(models.Model):
    """A paper of the checklist: a file, or that somebody has seen the original (then there is none)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    item = models.CharField(max_length=160)
    """What it proves: `measure:<id>:<place>` or `step:<id>:<place>`; empty for any other paper."""
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=PERSON)
    at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=PERSON, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.item}"


class Message(models.Model):
    """A line of talk about a case; one that the claimant may read, or of officials among themselves."""

    LONGEST: ClassVar[int] = 1000

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    text = models.CharField(max_length=LONGEST)
    by = models.CharField(max_length=PERSON)
    from_claimant = models.BooleanField(default=False)
    for_claimant = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Objection(models.Model):
    """That the one concerned does not accept a decision: answered by somebody who had no hand in it."""

    class Kind(models.TextChoices):
        """To whom it goes."""

        OBJECTION = "objection", _("异议")
        APPEAL = "appeal", _("申诉")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待答复")
        UPHELD = "upheld", _("成立")
        REJECTED = "rejected", _("不成立")

    case = models.ForeignKey(Case, models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=Message.LONGEST)
    by = models.CharField(max_length=PERSON)
    at = models.DateTimeField()
    visit = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=Message.LONGEST, blank=True)
    answered_by = models.CharField(max_length=PERSON, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("case", "kind", condition=Q(state="open"), name="objection_open_once"),
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_by="", answered_at=None)
                | (~Q(state="open") & ~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                name="objection_is_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"


class Certificate(models.Model):
    """A paper or plaque that was given in a case, by its number. Reviews keep it, ask for rectification, or take it."""

    class State(models.TextChoices):
        """How it stands."""

        VALID = "valid", _("有效")
        RECTIFY = "rectify", _("限期整改")
        WITHDRAWN = "withdrawn", _("已撤销")

    case = models.OneToOneField(Case, models.PROTECT, related_name="given")
    number = models.CharField(max_length=60)
    area = models.CharField(max_length=12, db_collation="C")
    pack_id = models.CharField(max_length=80)
    procedure = models.CharField(max_length=120)
    register = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    given_on = models.DateField()
    reviewed_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.VALID)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "procedure", "number", name="certificate_number_once"),
            models.UniqueConstraint(
                "pack_id", "procedure", "row_id", condition=~Q(state="withdrawn"), name="certificate_of_a_row_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
