"""Reading accounts: lists within an area, one account with what it has held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from luoshi.office.accounts.lockout import locked_names
from luoshi.office.accounts.models import FIRST, Appointment, User, holds_on
from luoshi.office.accounts.roles import Scope

PAGE = 50
STATES = ("working", "idle", "locked", "new", "closed")
"""What a list may be narrowed to: holds a post; holds none; locked; first password not changed yet; closed."""


@dataclass(frozen=True)
class Asked:
    """What a list of accounts is asked for; "" is everything."""

    text: str = ""
    role: str = ""
    area: str = ""
    department: str = ""
    state: str = ""


@dataclass(frozen=True)
class Listed:
    """An account in a list, with the appointment of the day, else its newest, and how it stands."""

    user: User
    post: Appointment | None
    state: str


@dataclass(frozen=True)
class Page:
    """Accounts in the order of their names; `after` is the last name where more follow."""

    lines: tuple[Listed, ...]
    after: str | None


def page(scope: Scope, asked: Asked, now: datetime, today: date, after: str = "", size: int = PAGE) -> Page:
    """The accounts that work, or worked last, within a scope, narrowed to what is asked for."""
    found = _narrowed(_within(scope, today), asked, now, today)
    some = list(found.filter(username__gt=after).order_by("username")[: size + 1])
    shown, locked = some[:size], set(locked_names(now))
    posts = Appointment.objects.in_bulk([number for one in shown if (number := _post_of(one))])
    lines = [_listed(one, posts, locked, today) for one in shown]
    return Page(tuple(lines), shown[-1].username if len(some) > size else None)


def find_account(scope: Scope, number: int, today: date) -> User | None:
    """The account of a number that works, or worked last, within a scope."""
    return _within(scope, today).filter(pk=number).first()


def list_appointments(user: User) -> Sequence[Appointment]:
    """Everything that somebody has held, holds or will hold, the newest first."""
    return list(user.appointments.select_related("stands_in_for__user").order_by("-start", "-id"))


def list_deputies(user: User, today: date) -> Sequence[Appointment]:
    """Who stands in for somebody, now or later."""
    found = Appointment.objects.filter(stands_in_for__user=user, until__gte=today)
    return list(found.select_related("user").order_by("start"))


def names_of_accounts(usernames: Iterable[str]) -> dict[str, str]:
    """What the holders of accounts are called."""
    return dict(User.objects.filter(username__in=set(usernames)).values_list("username", "display_name"))


def departments(scope: Scope) -> Sequence[str]:
    """The departments that appointments within a scope name."""
    found = Appointment.objects.filter(area__startswith=scope.area).exclude(department="")
    return list(found.order_by("department").values_list("department", flat=True).distinct())


def _within(scope: Scope, today: date) -> QuerySet[User]:
    holds = Case(When(holds_on(today), then=Value(1)), default=Value(0), output_field=IntegerField())
    shown = Appointment.objects.filter(user=OuterRef("pk")).annotate(holds=holds).order_by("-holds", *FIRST)
    found = User.objects.annotate(post_id=Subquery(shown.values("pk")[:1]))
    return found if not scope.area else _with_post(found, Q(area__startswith=scope.area))


def _with_post(found: QuerySet[User], condition: Q) -> QuerySet[User]:
    return found.filter(Q(post_id__in=Appointment.objects.filter(condition).values("pk")))


def _narrowed(found: QuerySet[User], asked: Asked, now: datetime, today: date) -> QuerySet[User]:
    if asked.text:
        found = found.filter(Q(username__icontains=asked.text) | Q(display_name__icontains=asked.text))
    said = {"role": asked.role, "area__startswith": asked.area, "department": asked.department}
    for name, value in said.items():
        found = _with_post(found, Q(**{name: value})) if value else found
    return found if not asked.state else found.filter(_states(now, today)[asked.state])


def _states(now: datetime, today: date) -> Mapping[str, Q]:
    holds = Q(Exists(Appointment.objects.filter(holds_on(today), user=OuterRef("pk"))))
    is_open = Q(is_active=True)
    return {
        "working": is_open & holds,
        "idle": is_open & ~holds,
        "locked": is_open & Q(username__in=locked_names(now)),
        "new": is_open & Q(has_first_password=True),
        "closed": ~is_open,
    }


def _listed(user: User, posts: Mapping[int, Appointment], locked: set[str], today: date) -> Listed:
    post = posts.get(_post_of(user) or 0)
    return Listed(user, post, state_of(user, post, today, is_locked=user.username in locked))


def state_of(user: User, post: Appointment | None, today: date, *, is_locked: bool) -> str:
    """How an account stands: the first that is true of closed, locked, idle, new, else working."""
    holds = post is not None and post.start <= today and (post.until is None or post.until >= today)
    found = {"closed": not user.is_active, "locked": is_locked, "idle": not holds, "new": user.has_first_password}
    return next((state for state, is_so in found.items() if is_so), "working")


def _post_of(user: User) -> int | None:
    number: int | None = user.post_id  # type: ignore[attr-defined] # annotated by `_within`
    return number
