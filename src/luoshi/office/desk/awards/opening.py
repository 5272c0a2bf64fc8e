"""A round that somebody opens on a page: its rules, what they see of it, and who they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils import timezone

from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Scope
from luoshi.office.awards import queries
from luoshi.office.awards.choosing import Shown
from luoshi.office.awards.models import Nomination, Round
from luoshi.office.awards.nominating import row_of
from luoshi.office.awards.offices import Actor, acts_in
from luoshi.office.awards.rules import Rules, find_rules, pack_of
from luoshi.office.desk.naming import Names
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import root_of, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.areas import area
from luoshi.office.registry.shape import DIVISIONS
from luoshi.rulebook.model.administration import ProcedureStep
from luoshi.rulebook.values.area_code import LENGTHS


@dataclass(frozen=True)
class Opened:
    """A round with its rules, read by somebody."""

    request: HttpRequest
    round: Round
    rules: Rules
    scope: Scope
    lang: str
    today: date
    now: datetime

    @property
    def sees_all(self) -> bool:
        """Whether the person sees the whole round, and not only what lies in their area."""
        return self.scope.covers(self.round.area)

    @property
    def title(self) -> str:
        """The award."""
        return self.rules.award.title.say(self.lang)

    @cached_property
    def place(self) -> str:
        """The area of the round in words."""
        found = area(self.round.area)
        return found.name if found else self.round.area

    @cached_property
    def actor(self) -> Actor:
        """Who acts."""
        return actor_of(self.request)

    @cached_property
    def names(self) -> Names:
        """What rows are called within what the person sees."""
        return Names(self.rules.pack, root_of(self.rules.pack, self.scope) or "-", self.lang)

    def may(self, step: ProcedureStep | None, place: str = "") -> bool:
        """Whether the person takes a step."""
        return step is not None and acts_in(self.rules.pack, step, place or self.round.area, self.actor)

    def shown(self, nominations: Iterable[Nomination]) -> Mapping[str, Shown]:
        """By row what it is called and where it is: the village with its township."""
        wanted = list(nominations)
        called = self.names.of(self.rules.award.register, [row_of(self.rules, one) for one in wanted])
        places = self.places(one.area for one in wanted)
        plain = self.names.plain
        return {
            one.row_id: Shown(
                called.get(row_of(self.rules, one)) or plain(self.rules.award.register, row_of(self.rules, one)),
                places[one.area],
            )
            for one in wanted
        }

    def places(self, codes: Iterable[str]) -> dict[str, str]:
        """Areas in words, from the county down."""
        known = {code: _lines(code) for code in dict.fromkeys(codes)}
        called = self.names.of(DIVISIONS, [each for line in known.values() for each in line])
        return {code: " ".join(str(called.get(each, each)) for each in line) for code, line in known.items()}


def open_round(request: HttpRequest, number: int) -> Opened:
    """The round of a number, where the person sees it; anything else is not found."""
    scope = scope_of(request)
    found = queries.find_round(number, scope)
    return _opened(request, found, scope)


def open_nomination(request: HttpRequest, number: int) -> tuple[Opened, Nomination]:
    """The nomination of a number with its round, where the person sees it; anything else is not found."""
    scope = scope_of(request)
    found = queries.find_nomination(number, scope)
    return _opened(request, found.round if found else None, scope), found  # type: ignore[return-value] # without one the page is not found


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks, with the appointment of the day."""
    assert isinstance(request.user, User)
    post = request.user.appointment
    department = post.department if post else ""
    return Actor(request.user.username, request.user.role, request.user.scope.area, department, origin_of(request))


def _opened(request: HttpRequest, found: Round | None, scope: Scope) -> Opened:
    if found is None:
        raise Http404
    rules = find_rules(pack_of(found.pack_id, found.pack_hash, found.on), found.measure)
    if rules is None:
        raise Http404
    now = timezone.now()
    return Opened(request, found, rules, scope, reader_language(), timezone.localdate(now), now)


def _lines(code: str) -> list[str]:
    lengths = (LENGTHS["county"], LENGTHS["township"], LENGTHS["village"])
    return [code[:length] for length in lengths if len(code) >= length] or ([code] if code else [])
