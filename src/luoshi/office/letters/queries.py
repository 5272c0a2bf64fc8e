"""Reading letters: which template holds where, how numbers are worded, what was issued."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from luoshi.office.accounts.roles import Scope
from luoshi.office.attachments import queries as attachments
from luoshi.office.database.keys import secrecy
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Approval, Letter, Series, Template, grouped
from luoshi.office.letters.placeholders import Filled

CONTENT_PLACE = "letters.letter.content"


@dataclass(frozen=True)
class Asked:
    """Which letters are asked for; empty is any."""

    kind: str = ""
    number: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Listed:
    """A template in the list of its kind. `standing`: held, waiting (nobody has approved it), or past."""

    template: Template
    standing: str


def find_template(kind: Kind, area: str) -> Template | None:
    """The template that holds in an area: its own, else that of the nearest area around it; None is the default."""
    around = [area[:length] for length in range(len(area), -1, -1)]
    newest: dict[str, Template | None] = {}
    approvals = Approval.objects.filter(kind=kind, area__in=around).select_related("template__file")
    for one in approvals.order_by("area", "id"):
        newest[one.area] = one.template
    return next((newest[each] for each in around if newest.get(each) is not None), None)


def list_templates(kind: Kind, scope: Scope) -> list[Listed]:
    """The versions of templates within a scope, the newest first, with how each stands."""
    found = Template.objects.filter(kind=kind, area__startswith=scope.area).select_related("file")
    approvals = Approval.objects.filter(kind=kind, area__startswith=scope.area).order_by("id")
    newest = {one.area: one.template_id for one in approvals}
    approved = {one.template_id for one in approvals}
    return [Listed(one, _standing(one, newest, approved)) for one in found.order_by("area", "-number")]


def is_held(template: Template) -> bool:
    """Whether a template holds in its area."""
    newest = Approval.objects.filter(kind=template.kind, area=template.area).order_by("-id").first()
    return newest is not None and newest.template_id == template.id


def find_template_by_id(number: int) -> Template | None:
    """The template of an id."""
    return Template.objects.select_related("file").filter(id=number).first()


def content_of_template(template: Template) -> bytes:
    """The Word file."""
    return attachments.content_of(template.file)


def find_series(kind: Kind, area: str, department: str) -> str | None:
    """The words before the year in the numbers of an office; None while none were set."""
    found = Series.objects.filter(kind=kind, area=area, department=department).order_by("-id").first()
    return found.words if found else None


def letters(scope: Scope, asked: Asked) -> QuerySet[Letter]:
    """Issued letters within a scope, the newest first, without what stands in them."""
    found = Letter.objects.filter(area__startswith=scope.area).defer("content").order_by("-id")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.number:
        found = found.filter(number__contains=asked.number)
    return found.filter(subject=asked.subject) if asked.subject else found


def find_letter(number: int, scope: Scope) -> Letter | None:
    """The letter of an id; None beyond the scope."""
    found = Letter.objects.select_related("template__file").filter(id=number).first()
    return found if found is not None and scope.covers(found.area) else None


def list_about(subject: str, scope: Scope) -> Sequence[Letter]:
    """Letters about something, the oldest first."""
    return list(letters(scope, Asked(subject=subject)).order_by("id"))


def find_by_check(number: str, code: str) -> Letter | None:
    """The letter of a number and the code that stands on it: whoever knows both holds it in hand."""
    wanted = "".join(sign for sign in code.upper() if sign.isalnum())
    for one in Letter.objects.filter(number=number.strip()).defer("content"):
        if number.strip() and grouped(bytes(one.digest)).replace("-", "") == wanted:
            return one
    return None


def content_of(letter: Letter) -> Filled:
    """What stands in a letter."""
    opened: Mapping[str, object] = json.loads(secrecy().open(bytes(letter.content), CONTENT_PLACE))
    return opened  # type: ignore[return-value] # written by `actions.issue` from nothing else


def list_gaps(area: str) -> list[tuple[str, str, int, int]]:
    """Numbers that were counted and that no letter has: series, area, year, how many. There are none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.series, c.area, c.year, c.last - count(l.id) FROM letters_counter c"
            " LEFT JOIN letters_letter l USING (series, area, year) WHERE starts_with(c.area, %s)"
            " GROUP BY c.id HAVING c.last <> count(l.id) ORDER BY 1, 2, 3",
            [area],
        )
        return [(series, place, year, count) for series, place, year, count in cursor.fetchall()]


def _standing(template: Template, newest: Mapping[str, int | None], approved: Collection[int | None]) -> str:
    if newest.get(template.area) == template.id:
        return "held"
    return "past" if template.id in approved else "waiting"
