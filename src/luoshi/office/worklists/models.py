"""Contacts with entitled subjects, findings with their history, and what is missing, all as of a run."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.office.runs.models import Run


class Contact(models.Model):
    """That an entitled subject was told of a measure, and that it applied. That somebody declines is never kept."""

    class How(models.TextChoices):
        """The way in which a subject was told."""

        VISIT = "visit", _("上门")
        PHONE = "phone", _("电话")
        NOTICE = "notice", _("公告或书面通知")

    pack_id = models.CharField(max_length=80)
    measure = models.CharField(max_length=120)
    row_id = models.BigIntegerField()
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    told_on = models.DateField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    applied_on = models.DateField(null=True)
    ask_again_on = models.DateField(null=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "measure", "row_id", name="contact_once"),
            models.CheckConstraint(condition=Q(told_on=None, how="") | (Q(told_on__isnull=False) & ~Q(how="")),
                                   name="contact_says_how"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure} {self.row_id}"


class Refreshed(models.Model):
    """That the worklists of a pack follow a run. `problem` says why they could not."""

    run = models.OneToOneField(Run, models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    problem = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.run_id)


class CheckFigure(models.Model):
    """How many rows of an area a check found something wrong with, and how many it could not decide."""

    run = models.ForeignKey(Run, models.CASCADE)
    check_id = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    found = models.BigIntegerField()
    unknown = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("run", "area", "check_id", name="check_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.check_id} {self.area}"


class Finding(models.Model):
    """A row in which a check found something wrong. `since` is the run that found it, `settled` one that no longer did.

    People move `state`; runs settle what they no longer find, and make new what they find again.
    """

    class State(models.TextChoices):
        """How far people are with it."""

        NEW = "new", _("待核查")
        LOOKING = "looking", _("核查中")
        CORRECTED = "corrected", _("属实，资料已更正")
        MEASURE_TAKEN = "measure_taken", _("属实，已处理")
        NO_PROBLEM = "no_problem", _("没有问题")

    OPEN: ClassVar[tuple[str, ...]] = (State.NEW, State.LOOKING)

    pack_id = models.CharField(max_length=80)
    check_id = models.CharField(max_length=120)
    register = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.NEW)
    holder = models.CharField(max_length=60, blank=True)
    due = models.DateField(null=True)
    since = models.ForeignKey(Run, models.PROTECT, related_name="found")
    settled = models.ForeignKey(Run, models.PROTECT, null=True, related_name="settled")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("pack_id", "check_id", "row_id", name="finding_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("pack_id"), F("area"), F("id"), name="finding_open",
                         condition=Q(settled=None, state__in=("new", "looking"))),
            models.Index(F("pack_id"), F("check_id"), F("area"), F("id"), name="finding_of_check"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.check_id} {self.row_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something."""
        return self.settled_id is None and self.state in self.OPEN


class FindingEvent(models.Model):
    """Something that happened to a finding: who moved it where and why, or which run settled or found it again."""

    class Kind(models.TextChoices):
        """What happened."""

        MOVED = "moved", _("处理")
        NOTED = "noted", _("备注")
        CHECKED = "checked", _("重新核对")
        SETTLED = "settled", _("判定不再发现")
        FOUND_AGAIN = "found_again", _("判定再次发现")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=Finding.State.choices, blank=True)
    still = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=500, blank=True)
    run = models.ForeignKey(Run, models.PROTECT, null=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.kind}"


class Gap(models.Model):
    """What waits in an area for one missing thing: rows to fill in, subjects, decisions, and yuan at most.

    `kind` is fact, judgement, parameter or other (nothing blank was found: each case must be looked at). `register`
    and `name` are the field; a parameter has no register; of `other` the name is a measure. `unpriced` decisions pay an
    amount that only the decision tells.
    """

    run = models.ForeignKey(Run, models.CASCADE)
    kind = models.CharField(max_length=10)
    register = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=12, db_collation="C", blank=True)
    rows = models.BigIntegerField()
    subjects = models.BigIntegerField()
    decisions = models.BigIntegerField()
    unpriced = models.BigIntegerField()
    amount = models.DecimalField(max_digits=38, decimal_places=2)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("run", "area", "kind", "register", "name", name="gap_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.register}.{self.name} {self.area}"
