"""Everything that changes accounts. Each change is recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.passwords import first_password
from luoshi.office.accounts.recording import record
from luoshi.office.accounts.roles import Role
from luoshi.office.accounts.terms import end_on, overlapping

NAME = re.compile(r"\w[\w.-]{0,59}")
"""What a name to sign in with looks like: letters, digits, dots and hyphens."""
SYSTEM = "system"
"""Who has done what nobody did by hand; no account is called so, or its doings could not be told from those."""


@dataclass(frozen=True)
class Post:
    """What somebody is appointed to."""

    role: str
    area: str
    department: str = ""

    def __post_init__(self) -> None:
        if self.role not in Role.values:
            known = ", ".join(Role.values)
            raise AccountError(f"unknown role {self.role!r}; expected one of {known}", "role", seen=self.role)
        if not self.area and self.role != Role.SYSTEM_ADMINISTRATOR:
            raise AccountError(f"a {self.role} works in an area; its division code is missing", "no-area")


def hold_name(username: str) -> None:
    """Nothing; `AccountError` where no account can be called so."""
    if NAME.fullmatch(username) is None:
        raise AccountError(f"{username!r} is no name of an account: letters, digits, . - and _", "name", seen=username)
    if username.lower() == SYSTEM:
        raise AccountError(f"{username!r} is what the log calls the machine itself", "reserved", seen=username)


@transaction.atomic
def open_account(
    username: str, display_name: str, password: str, *, by: str, origin: str = "", area: str = "", first: bool = False
) -> User:
    """A new account without any appointment. `AccountError` if the name is taken or the password too weak.

    `first`: the password was made by somebody else, and is changed before anything else opens. `area` is where the
    holder is going to work. Who that is, `persons.name_person` says.
    """
    hold_name(username)
    if User.objects.filter(username__iexact=username).exists():
        raise AccountError(f"the account {username!r} exists already", "taken", seen=username)
    user = User(username=username, display_name=display_name, has_first_password=first)
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise AccountError(" ".join(problem.messages), "password") from problem
    user.set_password(password)
    user.save()
    record("account.open", user, by=by, origin=origin, area=area)
    return user


@transaction.atomic
def appoint(
    user: User, post: Post, start: date, until: date | None = None, *, by: str, origin: str = ""
) -> Appointment:
    """Appoint somebody; an appointment that would go on ends the day before, with those who stand in for it."""
    User.objects.select_for_update().get(pk=user.pk)
    if until is not None and until < start:
        raise AccountError(f"the term ends on {until}, before it begins on {start}", "backwards", start=start)
    for one in overlapping(user, start).filter(stands_in_for=None):
        if one.start >= start:
            text = f"{user.username} holds a post from {one.start}; a new one begins later"
            raise AccountError(text, "later", start=one.start)
        end_on(one, start - timedelta(days=1), by=by, origin=origin)
    made = Appointment.objects.create(
        user=user, role=post.role, area=post.area, department=post.department, start=start, until=until
    )
    details = {"role": post.role, "department": post.department, "start": str(start), "until": str(until or "")}
    record("account.appoint", user, by=by, origin=origin, area=post.area, details=details)
    return made


@transaction.atomic
def change_password(user: User, password: str, *, by: str, origin: str = "") -> None:
    """The account has another password of its holder's own, which has been held against the rules before."""
    user.set_password(password)
    user.has_first_password = False
    user.save(update_fields=["password", "has_first_password"])
    record("account.password", user, by=by, origin=origin)


@transaction.atomic
def renew_password(user: User, reason: str, *, by: str, origin: str = "") -> str:
    """A new first password, said only here; the account is signed in nowhere."""
    password = first_password()
    user.set_password(password)
    user.has_first_password = True
    user.save(update_fields=["password", "has_first_password"])
    User.objects.filter(pk=user.pk).update(password_given_at=Now())
    sign_ins.end_all(user)
    record("account.renew-password", user, by=by, origin=origin, basis=reason)
    return password


@transaction.atomic
def close_account(user: User, reason: str = "", *, by: str, origin: str = "") -> None:
    """Nobody signs in with it any more, nor goes on anywhere; what it did stays its own."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    sign_ins.end_all(user)
    record("account.close", user, by=by, origin=origin, basis=reason)


@transaction.atomic
def reopen_account(user: User, *, by: str, origin: str = "") -> None:
    """The account is open again, with the appointments that it has."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account.reopen", user, by=by, origin=origin)
