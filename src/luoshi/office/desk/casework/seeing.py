"""Who asks about cases, at which desk, and which cases they see; anything else is not found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.roles import Scope
from luoshi.office.casework import queries
from luoshi.office.casework.models import Case, Task
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.recommending import pack_of
from luoshi.office.casework.routing import HANDS, TAKERS, Actor, works_at
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.rulebook.model.blocks import Pack

LONGEST_NUMBER = 18
KEY = 32


class Packs:
    """The texts by which cases run, each looked up once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Pack] = {}

    def of(self, case: Case) -> Pack:
        """The text of a case."""
        edition = (case.pack_id, case.pack_hash)
        if edition not in self._found:
            self._found[edition] = pack_of(case)
        return self._found[edition]


@dataclass(frozen=True)
class Seat:
    """An official who asks: what they are appointed to, the day, and their language."""

    user: User
    actor: Actor
    today: date
    now: datetime
    origin: str
    lang: str
    packs: Packs = field(default_factory=Packs)

    @property
    def scope(self) -> Scope:
        """What they see."""
        return Scope(self.actor.area)

    @property
    def is_hand(self) -> bool:
        """Whether they do something in cases; others only read."""
        return self.actor.role in HANDS

    @property
    def takes_in(self) -> bool:
        """Whether they take in what people hand in."""
        return self.actor.role in TAKERS

    def may(self, route: str) -> bool:
        """Whether they may open a route."""
        return may_open(route, self.actor.role)

    def moment(self) -> Moment:
        """By whom, when and from where."""
        return Moment(self.actor.name, self.today, self.now, self.origin)

    def works_at(self, task: Task) -> bool:
        """Whether a task waits at their desk."""
        return works_at(self.actor, task)


def seat_of(request: HttpRequest) -> Seat:
    """The official who asks; refused without an appointment, for without one somebody is no official."""
    user = request.user
    if not isinstance(user, User) or user.appointment is None:
        raise PermissionDenied
    now, held = timezone.now(), user.appointment
    actor = Actor(user.username, held.role, held.area, held.department, _absent(held))
    return Seat(user, actor, timezone.localdate(now), now, origin_of(request), reader_language())


def get_case(seat: Seat, number: str) -> Case:
    """The case of a number within what somebody sees; of drafts their own."""
    found = queries.find_case(number, seat.scope) or drafts(seat).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def get_task(case: Case, number: int) -> Task:
    """A task of a case."""
    found = case.tasks.filter(id=number).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def drafts(seat: Seat) -> QuerySet[Case]:
    """What somebody has begun to take in and not handed in yet, the newest first."""
    own = Case.objects.filter(opened_by=seat.actor.name, state=Case.State.DRAFT, area__startswith=seat.actor.area)
    return own.order_by("-id")


def new_key() -> str:
    """A key for a form that is shown now: sent twice, what it asks for is done once."""
    return get_random_string(KEY, "0123456789abcdef")


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number of the address; not found if it is none."""
    written = request.GET.get(name)
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER):
        raise Http404
    return int(written)


def _absent(held: Appointment) -> str:
    """The account of whom somebody stands in for; "" where they do their own work."""
    return held.stands_in_for.user.username if held.stands_in_for is not None else ""
