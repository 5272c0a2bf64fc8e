"""Everything that is read: what the public sees on a day, what an office sees of its area, what a notice came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.office.accounts.roles import Scope
from luoshi.office.notices.models import Notice, NoticeCase, NoticeLine, Objection, Reception
from luoshi.rulebook.values.area_code import lineage

PAGE = 20
LISTS = ("shown", "objections", "ended")
"""Of an office: what is shown now, what has objections that wait, what is over."""


class Outcome(StrEnum):
    """What a notice came to, for one case or for all of them."""

    RUNNING = "running"
    """It is shown, or an objection waits for its answer."""
    CLEAR = "clear"
    """It has run its days, and nobody objected."""
    ANSWERED = "answered"
    """It has run its days, and every objection was answered as unfounded."""
    UPHELD = "upheld"
    """An objection was answered as founded: the case goes back."""
    TAKEN_DOWN = "taken_down"
    """It was taken down early and has not run its days: the case has to be shown again."""


@dataclass(frozen=True)
class Page:
    """Some notices, the newest first; `after` is the number behind which the next page begins."""

    notices: tuple[Notice, ...]
    after: int | None


def outcome(notice: Notice, today: date, reference: str = "") -> Outcome:
    """What a notice has come to by a day: for the case of a reference, or for any of its cases."""
    states = set(_about(notice, reference).values_list("state", flat=True))
    if Objection.State.UPHELD in states:
        return Outcome.UPHELD
    if notice.state == Notice.State.TAKEN_DOWN:
        return Outcome.TAKEN_DOWN
    if today < notice.end or Objection.State.OPEN in states:
        return Outcome.RUNNING
    return Outcome.ANSWERED if states else Outcome.CLEAR


def find_newest(reference: str) -> Notice | None:
    """The newest notice that is about a case."""
    return Notice.objects.filter(cases__reference=reference).order_by("id").last()


def find_by_key(key: str) -> Notice | None:
    """The notice that was asked for by a key."""
    return Notice.objects.filter(key=key).first()


def list_shown(area: str, today: date, text: str = "", after: int | None = None, size: int = PAGE) -> Page:
    """What everybody sees on a day: the notices of an area, of all in it, and of those around it; "" is everywhere."""
    found = shown_on(today)
    if area:
        found = found.filter(Q(area__startswith=area) | Q(area__in=lineage(area)))
    if text:
        places = NoticeLine.objects.filter(notice=OuterRef("pk"), place__icontains=text)
        found = found.filter(Q(heading__icontains=text) | Q(office__icontains=text) | Exists(places))
    return _page(found, after, size)


def find_shown(number: int, today: date) -> Notice | None:
    """The notice of a number, where everybody sees it on a day."""
    return shown_on(today).filter(id=number).select_related("follows").first()


def has_been_shown(number: int) -> bool:
    """Whether there was a notice of that number, whatever became of it."""
    return Notice.objects.filter(id=number).exists()


def areas_shown(today: date) -> Sequence[str]:
    """The codes of all areas that have a notice on a day."""
    return list(shown_on(today).order_by("area").values_list("area", flat=True).distinct())


def shown_on(today: date) -> QuerySet[Notice]:
    """What everybody sees on a day. Days decide, not whether somebody or something has taken a notice down."""
    return Notice.objects.filter(state=Notice.State.SHOWN, first_day__lte=today, end__gt=today)


def list_lines(notice: Notice) -> Sequence[NoticeLine]:
    """What a notice shows, in order."""
    return list(notice.lines.order_by("position"))


def list_notices(scope: Scope, which: str, today: date, after: int | None = None, size: int = PAGE) -> Page:
    """The notices of an office's area and below, in one of `LISTS`, each with `open`: objections that wait."""
    waiting = Count("objections", filter=Q(objections__state=Objection.State.OPEN))
    found = _within(scope).annotate(open=waiting, objected=Count("objections"))
    shown = Q(state=Notice.State.SHOWN, end__gt=today)
    conditions = {"shown": shown, "objections": Q(open__gt=0), "ended": ~shown}
    return _page(found.filter(conditions[which]), after, size)


def count_notices(scope: Scope, today: date) -> dict[str, int]:
    """How many stand in each of `LISTS`."""
    shown = Q(state=Notice.State.SHOWN, end__gt=today)
    objected = Objection.objects.filter(notice=OuterRef("pk"), state=Objection.State.OPEN)
    return {
        "shown": _within(scope).filter(shown).count(),
        "objections": _within(scope).filter(Exists(objected)).count(),
        "ended": _within(scope).exclude(shown).count(),
    }


def find_notice(number: int, scope: Scope) -> Notice | None:
    """The notice of a number; None beyond the scope."""
    return _within(scope).filter(id=number).select_related("follows").first()


def list_objections(notice: Notice) -> Sequence[Objection]:
    """What was said against a notice, the oldest first; the words stay sealed."""
    return list(notice.objections.select_related("line", "case").order_by("id"))


def find_objection(number: int, scope: Scope) -> Objection | None:
    """The objection of a number; None beyond the scope."""
    found = Objection.objects.filter(notice__in=_within(scope), id=number)
    return found.select_related("notice", "line", "case").first()


def find_receipt(number: int, receipt: str) -> Objection | None:
    """The objection to a notice that has a receipt."""
    return Objection.objects.filter(notice_id=number, receipt=receipt).select_related("notice").first()


def list_cases(objection: Objection) -> Sequence[NoticeCase]:
    """The cases that an objection may concern."""
    cases = objection.notice.cases.select_related("line").order_by("id")
    return list(cases.filter(line=objection.line) if objection.line_id else cases)


def count_objections(notice: Notice) -> dict[str, int]:
    """How many objections there are to a notice, by what became of them."""
    counted = notice.objections.order_by().values_list("state").annotate(Count("id"))
    return {str(state): 0 for state in Objection.State.values} | dict(counted)


def find_reception(area: str) -> Reception | None:
    """Where objections of an area are received: what the nearest area around it has set."""
    found = Reception.objects.filter(area__in=lineage(area))
    return max(found, key=lambda one: len(one.area), default=None)


def _about(notice: Notice, reference: str) -> QuerySet[Objection]:
    """The objections that concern a case: to it, to its line, or to the whole notice."""
    if not reference:
        return notice.objections.all()
    case = NoticeCase.objects.get(notice=notice, reference=reference)
    whole = Q(case=None, line=None)
    line = Q(case=None, line=case.line_id) if case.line_id else Q(pk__in=[])
    return notice.objections.filter(whole | line | Q(case=case))


def _within(scope: Scope) -> QuerySet[Notice]:
    return Notice.objects.filter(area__startswith=scope.area)


def _page(found: QuerySet[Notice], after: int | None, size: int) -> Page:
    found = found.filter(id__lt=after) if after is not None else found
    some = list(found.order_by("-id")[: size + 1])
    return Page(tuple(some[:size]), some[size - 1].id if len(some) > size else None)
