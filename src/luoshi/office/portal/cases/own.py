"""Which cases are somebody's own, what they can apply for, and who acts when they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from luoshi.office.applicants.models import Applicant
from luoshi.office.casework.models import Case
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.recommending import pack_of
from luoshi.office.casework.routing import Actor
from luoshi.office.desk.origin import origin_of
from luoshi.office.portal import owning, policies
from luoshi.office.portal.visits import Visit, visit_of
from luoshi.rulebook.model.administration import Procedure
from luoshi.rulebook.model.blocks import Measure, Pack

LED = ("claim", "certification")


@dataclass(frozen=True)
class Way:
    """Something one can apply for about a row: a procedure, the row its case is about, and the measures in it."""

    procedure: Procedure
    register: str
    row_id: int
    measures: tuple[Measure, ...]


def ways(person: Applicant, pack: Pack, register: str, row_id: int, today: date) -> list[Way]:
    """What one can apply for about a row of one's own, in the order of the pack."""
    found = (_way(person, pack, procedure, (register, row_id), today) for procedure in pack.procedures.values())
    return [way for way in found if way is not None]


def find_way(person: Applicant, pack: Pack, procedure_id: str, subject: tuple[str, int], today: date) -> Way | None:
    """One of them."""
    procedure = pack.procedures.get(procedure_id)
    return _way(person, pack, procedure, subject, today) if procedure is not None else None


def _way(person: Applicant, pack: Pack, procedure: Procedure, subject: tuple[str, int], today: date) -> Way | None:
    """A way that begins with somebody applying, and is not a review; None where there is none about this row."""
    first = procedure.steps[0] if procedure.steps else None
    offices = [pack.offices[name] for name in first.by] if first is not None else []
    is_applied = first is not None and first.act == "apply" and any(one.kind == "applicant" for one in offices)
    if procedure.kind not in LED or not procedure.has_cases or not is_applied or procedure.review_of is not None:
        return None
    through = [item for item in policies.offered(pack, today) if item.procedure == procedure.id]
    measures = tuple(item for item in through if item.register == subject[0])
    if through and not measures:
        return None
    if subject[0] in procedure.registers:
        return Way(procedure, *subject, measures)
    about = [row for row in owning.own(person, pack) if row.register in procedure.registers]
    return Way(procedure, about[0].register, about[0].row_id, measures) if len(about) == 1 and measures else None


def list_cases(person: Applicant) -> Sequence[Case]:
    """Every case about a row of somebody's own, the newest first; drafts only of those whom they made them with."""
    rows: dict[str, Q] = {}
    for pack in policies.packs(timezone.localdate()):
        for row in owning.own(person, pack):
            about = Q(register=row.register, row_id=row.row_id) | Q(
                claims__register=row.register, claims__row_id=row.row_id
            )
            rows[pack.policy.id] = rows.get(pack.policy.id, Q(pk=None)) | about
    if not rows:
        return []
    mine = Q(pk=None)
    for pack_id, about in rows.items():
        mine |= Q(pack_id=pack_id) & about
    found = Case.objects.filter(mine).exclude(Q(state=Case.State.DRAFT) & ~Q(channel__in=OWN_CHANNELS)).distinct()
    return list(found.order_by("-id").prefetch_related("claims"))


OWN_CHANNELS = (Case.Channel.PORTAL, Case.Channel.PROXY)


@dataclass(frozen=True)
class Held:
    """A case of whoever has signed in, with who acts in it and when."""

    visit: Visit
    case: Case
    pack: Pack
    actor: Actor
    at: Moment


def held(request: HttpRequest, number: str) -> Held:
    """A case of one's own by its number; any other is not found."""
    visit = visit_of(request)
    case = next((case for case in list_cases(visit.person) if case.number == number), None)
    if case is None:
        raise Http404
    return Held(visit, case, pack_of(case), actor_of(visit, case.area), moment_of(request))


def actor_of(visit: Visit, area: str) -> Actor:
    """The one concerned, or the official who acts for them: under their own name, so that they decide nothing in it."""
    return Actor(visit.actor, None, area)


def moment_of(request: HttpRequest) -> Moment:
    """By whom and when what is done now is done."""
    now = timezone.now()
    return Moment(visit_of(request).actor, timezone.localdate(now), now, origin_of(request))


def channel_of(visit: Visit) -> Case.Channel:
    """How an application comes in."""
    return Case.Channel.PROXY if visit.proxy is not None else Case.Channel.PORTAL


def titles(cases: Sequence[Case], lang: str) -> Iterator[tuple[Case, str, list[str]]]:
    """Cases with the titles of what they are about."""
    for case in cases:
        pack = pack_of(case)
        claimed = [pack.measures[claim.measure].title.say(lang) for claim in case.claims.all()]
        yield case, pack.procedures[case.procedure].title.say(lang), claimed
