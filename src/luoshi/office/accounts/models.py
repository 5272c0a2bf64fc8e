"""Accounts, and the appointments that give them a role in an area for a term."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin

from luoshi.office.accounts.roles import NOWHERE, Role, Scope

FIRST_PASSWORD_HOLDS = timedelta(days=14)
"""How long somebody has to come in with a password that was given to them."""
FIRST = (F("stands_in_for").desc(nulls_last=True), "-start")
"""Of the appointments of one day, the one that holds comes first."""


def holds_on(day: date) -> Q:
    """Whether an appointment holds on a day."""
    return Q(start__lte=day) & (Q(until=None) | Q(until__gte=day))


class Users(BaseUserManager["User"]):
    """Finds accounts by the name people sign in with; accounts are made by `actions`."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of a name, whatever its case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):  # type: ignore[django-manager-missing] # of phones: the library ships no types
    """An account. What it may do follows from its appointment of the day, never from the account itself."""

    username = models.CharField(_("账号"), max_length=60, unique=True)
    display_name = models.CharField(_("姓名"), max_length=60)
    is_active = models.BooleanField(_("启用"), default=True)
    has_first_password = models.BooleanField(_("初始密码"), default=False)
    """Whether the password is one that somebody else has given; until it is changed nothing else opens."""
    password_given_at = models.DateTimeField(db_default=Now())
    """When somebody else has given it."""
    person_index = models.BinaryField(null=True)
    """Who is behind it: the keyed index of the number on their card. See `persons`."""
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    appointment: Appointment | None = None
    """The appointment of the day on which a request is answered; whoever answers it sets it."""
    otp_device: Any = None
    """What has accepted a code in the session of a request: a phone or the recovery codes; else None."""
    is_let_in: bool = False
    """Whether whoever answers a request asks nothing more: signed in, and verified where that is wanted."""
    objects: ClassVar[Users] = Users()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person_index"], name="account_person")]

    def __str__(self) -> str:
        return self.username

    def appointment_on(self, day: date) -> Appointment | None:
        """The appointment that holds on a day; None before the first, after the last and between two.

        Who stands in for somebody does so in place of their own work: never two roles on one day.
        """
        return self.appointments.filter(holds_on(day)).order_by(*FIRST).first()

    def is_first_password_over(self, now: datetime) -> bool:
        """Whether the password was given by somebody else, and too long ago."""
        return self.has_first_password and now > self.password_given_at + FIRST_PASSWORD_HOLDS

    @property
    def person(self) -> bytes | None:
        """Who is behind the account, to be compared; None where nobody has been told."""
        return None if self.person_index is None else bytes(self.person_index)

    @property
    def role(self) -> str | None:
        """The role held on that day."""
        return self.appointment.role if self.appointment else None

    @property
    def scope(self) -> Scope:
        """What the account sees on that day; nothing without an appointment."""
        return self.appointment.scope if self.appointment else Scope(NOWHERE)

    def get_role_display(self) -> str:
        """The role in words."""
        return str(self.appointment.get_role_display()) if self.appointment else str(_("未任职"))


class Appointment(models.Model):
    """A role in an area (a division code; empty is everywhere) from a day to a last day, or open."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField(_("角色"), max_length=40, choices=Role.choices)
    area = models.CharField(_("区划"), max_length=12, blank=True)
    department = models.CharField(_("部门"), max_length=60, blank=True)
    start = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="deputies")
    """The appointment whose holder is away."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("start")), name="appointment_ends_later"),
            models.CheckConstraint(
                condition=~Q(area="") | Q(role=Role.SYSTEM_ADMINISTRATOR), name="appointment_names_its_area"
            ),
            models.UniqueConstraint("user", condition=Q(until=None), name="appointment_open_once"),
            models.CheckConstraint(condition=Q(stands_in_for=None) | ~Q(until=None), name="appointment_deputy_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} {self.area}"

    @property
    def scope(self) -> Scope:
        """What the holder sees."""
        return Scope(self.area)


class SignIn(models.Model):
    """A session somebody has begun with their password: where from, with what, and when it was last seen."""

    AGENT: ClassVar[int] = 255

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session = models.CharField(max_length=64, unique=True)
    """The digest of the session's key."""
    address = models.CharField(max_length=45, blank=True)
    """Shortened before it is kept."""
    agent = models.CharField(max_length=AGENT, blank=True)
    """As the browser names itself."""
    began = models.DateTimeField()
    last_seen = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.began:%Y-%m-%d %H:%M}"


class Phone(TimestampMixin, ThrottlingMixin, Device):  # type: ignore[misc] # the library ships no types
    """A phone that shows codes. Its key is encrypted and bound to the account: in another's row it opens nothing."""

    closed_key = models.BinaryField()
    last_step = models.BigIntegerField(default=-1)
    """The step of the last code that was taken; each is taken once."""
    objects: ClassVar[models.Manager[Phone]] = models.Manager()

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code; each further one doubles them."""
        return 1
