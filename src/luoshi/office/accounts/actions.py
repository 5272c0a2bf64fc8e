"""Everything that changes accounts. Each change is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import actions as audit


@dataclass(frozen=True)
class Post:
    """What somebody is appointed to."""

    role: str
    area: str
    department: str = ""

    def __post_init__(self) -> None:
        if self.role not in Role.values:
            raise AccountError(f"unknown role {self.role!r}; expected one of {', '.join(Role.values)}")


@transaction.atomic
def open_account(username: str, display_name: str, password: str, *, by: str) -> User:
    """A new account without any appointment. `AccountError` if the name is taken or the password too weak."""
    if User.objects.filter(username__iexact=username).exists():
        raise AccountError(f"the account {username!r} exists already")
    user = User(username=username, display_name=display_name)
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise AccountError(" ".join(problem.messages)) from problem
    user.set_password(password)
    user.save()
    audit.record("account.open", actor=by, subject=f"account:{username}")
    return user


@transaction.atomic
def appoint(user: User, post: Post, start: date, until: date | None = None, *, by: str) -> Appointment:
    """Appoint somebody; an appointment that is open ends the day before."""
    for open_one in user.appointments.select_for_update().filter(until=None):
        if open_one.start >= start:
            raise AccountError(f"{user.username} holds a post from {open_one.start}; a new one begins later")
        open_one.until = start - timedelta(days=1)
        open_one.save()
    made = Appointment.objects.create(
        user=user, role=post.role, area=post.area, department=post.department, start=start, until=until
    )
    details = {"role": post.role, "department": post.department, "start": str(start), "until": str(until or "")}
    audit.record("account.appoint", actor=by, subject=f"account:{user.username}", area=post.area, details=details)
    return made


@transaction.atomic
def change_password(user: User, password: str, *, by: str, origin: str = "") -> None:
    """The account has another password, which has been held against the rules before."""
    user.set_password(password)
    user.save(update_fields=["password"])
    area = user.appointment.area if user.appointment else ""
    audit.record("account.password", actor=by, subject=f"account:{user.username}", area=area, origin=origin)


@transaction.atomic
def close_account(user: User, *, by: str) -> None:
    """Nobody signs in with it any more; what it did stays its own."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("account.close", actor=by, subject=f"account:{user.username}")
