"""Notices with what they show, the cases behind that, and the objections of the public."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ONE_DAY = timedelta(days=1)
FEWEST = 3
"""Cases that a line without names stands for at least: a sum of two tells each of them what the other gets."""
TELLING = r"([0-9０-９][[:space:]]*){7,}"
"""Digits in a row that may point to a person; no text that is shown holds them."""


def yuan(amount: Decimal | None) -> str:
    """An amount in yuan as a notice shows it; "" where there is none.

    >>> yuan(Decimal("1234567.50")), yuan(Decimal(3000)), yuan(None)
    ('1,234,567.50', '3,000', '')
    """
    return "" if amount is None else f"{amount:,.2f}".removesuffix(".00")


class Notice(models.Model):
    """A notice as it was posted, shown from `first_day` until the day before `end`; the day of posting is not counted.

    Only its end is ever written to it, nothing else; the database refuses more.
    """

    class Kind(models.TextChoices):
        """What a notice is about."""

        PROPOSAL = "proposal", _("公示")
        """Before the end of a case: objections are taken while it is shown."""
        RESULT = "result", _("结果公告")
        """Afterwards: how much was granted, in numbers only."""

    class State(models.TextChoices):
        """How far it has come."""

        SHOWN = "shown", _("公示中")
        ENDED = "ended", _("已到期")
        TAKEN_DOWN = "taken_down", _("提前撤下")

    class Days(models.TextChoices):
        """How its days are counted."""

        WORKING = "working", _("工作日")
        CALENDAR = "calendar", _("日历天")

    KEY: ClassVar[int] = 160
    TEXT: ClassVar[int] = 200

    key = models.CharField(max_length=KEY, unique=True)
    """What it was asked for by: the same asked again is the same notice."""
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROPOSAL)
    pack_id = models.CharField(max_length=80)
    edition = models.CharField(max_length=80)
    """The hash of the edition by which its words were made."""
    clause = models.CharField(max_length=80)
    procedure = models.CharField(max_length=120, blank=True)
    step = models.CharField(max_length=120, blank=True)
    heading = models.CharField(max_length=TEXT)
    basis = models.CharField(max_length=400)
    """The policy with its number, as posted."""
    office = models.CharField(max_length=TEXT)
    area = models.CharField(max_length=12, db_collation="C")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    """Its number in its area and year."""
    names = models.BooleanField()
    """Whether it has lines with names; otherwise numbers and sums by place only."""
    number = models.PositiveIntegerField()
    """How many cases it is about."""
    total = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    """The sum of their amounts; None where one of them has none, or so few are not to be told apart."""
    days = models.PositiveSmallIntegerField()
    days_kind = models.CharField(max_length=10, choices=Days.choices)
    paper = models.CharField(max_length=TEXT, blank=True)
    """What sets the days, where the policy itself names none."""
    first_day = models.DateField()
    end = models.DateField()
    """The first day on which it is not shown any more."""
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    """The notice before the decision whose result this one tells."""
    posted_by = models.CharField(max_length=60)
    posted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    taken_down_by = models.CharField(max_length=60, blank=True)
    taken_down_at = models.DateTimeField(null=True)
    taken_down_on = models.DateField(null=True)
    reason = models.CharField(max_length=TEXT, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("area"), F("end"), name="notice_shown", condition=Q(state="shown")),
            models.Index(F("area"), F("id"), name="notice_of_area"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("area", "year", "serial", name="notice_numbered_once"),
            models.CheckConstraint(condition=Q(days__gte=1, end__gt=F("first_day")), name="notice_has_days"),
            models.CheckConstraint(condition=~Q(kind="result", names=True), name="notice_of_results_names_nobody"),
            models.CheckConstraint(
                condition=Q(state="taken_down", taken_down_at__isnull=False, taken_down_on__isnull=False)
                & ~Q(taken_down_by="")
                & ~Q(reason="")
                | ~Q(state="taken_down") & Q(taken_down_at=None, taken_down_on=None, taken_down_by="", reason=""),
                name="notice_taken_down_whole",
            ),
            models.CheckConstraint(
                condition=~Q(heading__regex=TELLING) & ~Q(paper__regex=TELLING), name="notice_tells_no_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.number_written}"

    @property
    def last_day(self) -> date:
        """The last day on which it is shown."""
        return self.end - ONE_DAY

    @property
    def number_written(self) -> str:
        """Its number as people name it."""
        return f"{self.year}-{self.serial}"

    @property
    def sum(self) -> str:
        """The sum in yuan; "" where it is not told."""
        return yuan(self.total)

    @property
    def is_of_few(self) -> bool:
        """Whether it names nobody and is about so few that not even their number is told."""
        return not self.names and 0 < self.number < FEWEST

    def is_shown(self, day: date) -> bool:
        """Whether everybody sees it on a day."""
        return self.state == self.State.SHOWN and self.first_day <= day < self.end


class NoticeLine(models.Model):
    """What a notice shows of one case, or of all cases of a place. Nothing else about anybody is kept here."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    shown = models.CharField(max_length=80, blank=True)
    """The name as the public sees it; "" where nobody is named."""
    place = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField(default=1)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("notice", "position", name="notice_line_position"),
            models.CheckConstraint(
                condition=~Q(shown__regex=TELLING) & ~Q(place__regex=TELLING) & ~Q(title__regex=TELLING),
                name="notice_line_tells_no_number",
            ),
            models.CheckConstraint(condition=~Q(shown="") | Q(number__gte=FEWEST), name="notice_line_of_few_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.position}"

    @property
    def sum(self) -> str:
        """The amount in yuan; "" where there is none."""
        return yuan(self.amount)


class NoticeCase(models.Model):
    """A case that a notice is about, by its reference; `line` is where it is shown, None where so few are not."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="cases")
    line = models.ForeignKey(NoticeLine, models.PROTECT, null=True, related_name="cases")
    reference = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("notice", "reference", name="notice_case_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(F("reference"), name="notice_case_reference")]

    def __str__(self) -> str:
        return self.reference


class Objection(models.Model):
    """What somebody said against a notice or one of its lines: their words sealed, and the office's answer."""

    class State(models.TextChoices):
        """What the office has answered."""

        OPEN = "open", _("待答复")
        UPHELD = "upheld", _("异议成立")
        REJECTED = "rejected", _("异议不成立")

    ANSWER: ClassVar[int] = 1000
    KEY: ClassVar[int] = 64

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    line = models.ForeignKey(NoticeLine, models.PROTECT, null=True, related_name="objections")
    """The line it is about; None for the notice as a whole."""
    case = models.ForeignKey(NoticeCase, models.PROTECT, null=True, related_name="objections")
    """The one case that it concerns, as whoever answered has found; None for all of the line, or of the notice."""
    key = models.CharField(max_length=KEY)
    """Of the form it was sent with: the same form sent again is the same objection."""
    receipt = models.CharField(max_length=20, unique=True)
    text = models.BinaryField()
    name = models.BinaryField()
    contact = models.BinaryField()
    contact_index = models.BinaryField()
    handed_in_on = models.DateField()
    handed_in_at = models.DateTimeField()
    due = models.DateField(null=True)
    """The last day to answer; None where the office has set no term."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=ANSWER, blank=True)
    """The reasons, as whoever objected reads them."""
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("notice"), F("state"), name="objection_of_notice"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("notice", "key", name="objection_once"),
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_by="", answered_at=None, case=None)
                | ~Q(state="open") & ~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False),
                name="objection_answered_whole",
            ),
            models.CheckConstraint(condition=~Q(answer__regex=TELLING), name="objection_answer_tells_no_number"),
        ]

    def __str__(self) -> str:
        return self.receipt


class Reception(models.Model):
    """Where objections of an area are received besides, and within how many working days they are answered."""

    CONTACT: ClassVar[int] = 200

    area = models.CharField(max_length=12, db_collation="C", unique=True)
    contact = models.CharField(max_length=CONTACT)
    """Address and telephone of the office, in words."""
    answer_days = models.PositiveSmallIntegerField()
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(answer_days__gte=1), name="reception_answers_in_days"),
        ]

    def __str__(self) -> str:
        return self.area


class Attempt(models.Model):
    """One try from an address, by a digest of it; deleted after a day."""

    what = models.CharField(max_length=20)
    origin = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("what"), F("origin"), F("at"), name="attempt_of_origin")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
