"""The pages of who is entitled and has not applied."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.audit import actions as audit
from luoshi.office.desk.worklists.asking import Asking, Listed, ask, page, place_in
from luoshi.office.desk.worklists.forms import COMPLAINTS, ContactForm, NoticeForm
from luoshi.office.desk.worklists.visits import MOST_LINES, visit_book, visit_lines
from luoshi.office.desk.worklists.workbooks import answer
from luoshi.office.registry.queries import row
from luoshi.office.registry.shape import table_of
from luoshi.office.runs.results import NotReadable
from luoshi.office.worklists import actions
from luoshi.office.worklists.choosing import told_measures
from luoshi.office.worklists.entitled import Counts, Entitled, counts, entitled_page, listed_ids
from luoshi.office.worklists.entitled import entitled as everybody
from luoshi.office.worklists.errors import WrongContact
from luoshi.office.worklists.models import Contact
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import Measure

MOST = 50
MOST_BY_NOTICE = 5_000


@dataclass(frozen=True)
class Line:
    """A subject on the list: its name, what it is entitled to, its contact and the form that changes it."""

    listed: Listed
    amount: str
    contact: Contact | None
    form: ContactForm


@never_cache
@require_safe
def entitled(request: HttpRequest, pack_id: str) -> HttpResponse:
    """The measures with how many are entitled to each and have not applied."""
    asking = ask(request, pack_id)
    found = counts(asking.pack, asking.run, asking.area, asking.today) if asking.run else {}
    measures = [(measure.id, measure.title.say(asking.lang), measure.discretion, found[measure.id])
                for measure in told_measures(asking.pack) if measure.id in found]  # fmt: skip
    measures.sort(key=lambda row: -row[3].listed)
    return page(asking, "entitled", "entitled", measures=measures, may_print=asking.may("entitled-visits"))


@never_cache
@require_safe
def measure(request: HttpRequest, pack_id: str, measure_id: str) -> HttpResponse:
    """The list of one measure."""
    asking, after = ask(request, pack_id), place_in(request)
    found, lines, following, number = _measure(asking, measure_id), [], "", Counts(0, 0, 0, 0)
    readable = asking.run is not None
    try:
        if asking.run is not None:
            some = entitled_page(asking.run, found.id, asking.area, asking.today, after, MOST)
            lines = _lines(asking, found, some.listed)
            following = asking.query(after=some.after) if some.after is not None else ""
            number = counts(asking.pack, asking.run, asking.area, asking.today).get(found.id, number)
    except NotReadable:
        readable = False
    facts: dict[str, Any] = {"measure": found, "title": found.title.say(asking.lang), "lines": lines}
    facts |= {
        "following": following,
        "first": asking.first(after),
        "number": number,
        "readable": readable,
    }
    facts |= {"may_tell": asking.may("entitled-contact"), "notice": NoticeForm(initial={"on": asking.today})}
    return page(asking, "entitled_measure", "entitled", **facts)


@never_cache
@require_POST
def contact(request: HttpRequest, pack_id: str, measure_id: str, row_id: int) -> HttpResponse:
    """Record a contact with one subject of the list, and go back to the list."""
    asking = ask(request, pack_id)
    found, form = _measure(asking, measure_id), ContactForm(request.POST)
    if asking.run is None or row_id not in listed_ids(asking.run, found, asking.area, [row_id]):
        raise Http404
    table = table_of(asking.pack, found.register)
    kept = row(table, asking.reading.root, row_id)
    if kept is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("没有记下：日期请按年月日填写。"))
        return _back(asking, found)
    given = form.cleaned_data
    told = actions.Told(given["told_on"], given["how"], given["applied_on"], given["ask_again_on"])
    of = actions.Entitlement(pack_id, found.id, found.register, row_id, kept.area_code or "")
    try:
        actions.record_contact(of, told, by=asking.by, today=asking.today, origin=asking.origin)
    except WrongContact as problem:
        messages.error(request, str(COMPLAINTS[str(problem)]))
    else:
        messages.success(request, _("已记下：%(name)s。") % {"name": asking.names.of_rows(table, [kept])[row_id]})
    return _back(asking, found)


@never_cache
@require_POST
def notice(request: HttpRequest, pack_id: str, measure_id: str) -> HttpResponse:
    """Record that everybody on the list was told by a notice, and go back to the list."""
    asking = ask(request, pack_id)
    found, form = _measure(asking, measure_id), NoticeForm(request.POST)
    if asking.run is None or not form.is_valid():
        messages.error(request, _("没有记下：请填告知日期，并确认名单上的人都已告知。"))
        return _back(asking, found)
    rows = [(int(one.subject.id), one.subject.area)
            for one in islice(_everybody(asking, found), MOST_BY_NOTICE + 1)]  # fmt: skip
    if len(rows) > MOST_BY_NOTICE:
        messages.error(request, _("名单太长，一次最多 %(most)s 个。请先选一个乡镇或村。") % {"most": MOST_BY_NOTICE})
        return _back(asking, found)
    try:
        done = actions.tell_by_notice(
            pack_id, found.id, rows, form.cleaned_data["on"], by=asking.by, today=asking.today
        )
    except WrongContact as problem:
        messages.error(request, str(COMPLAINTS[str(problem)]))
    else:
        text = ngettext("已记下 %(count)s 个对象。", "已记下 %(count)s 个对象。", done)
        messages.success(request, text % {"count": done})
    return _back(asking, found)


@never_cache
@require_safe
def visits(request: HttpRequest, pack_id: str) -> HttpResponse:
    """The visit list of an area as a workbook."""
    asking = ask(request, pack_id)
    if asking.run is None:
        raise Http404
    lines = list(islice(visit_lines(asking, asking.run), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        messages.error(request, _("名单太长，一张表最多 %(most)s 行。请先选一个乡镇或村。") % {"most": MOST_LINES})
        return redirect(reverse("entitled", args=[pack_id]) + asking.query())
    subject, details = f"worklist:{pack_id}/entitled", {"rows": len(lines)}
    audit.record(
        "worklist.export", actor=asking.by, subject=subject, area=asking.area, origin=asking.origin, details=details
    )
    return answer(visit_book(lines, asking.reading.area.name, asking.today), f"{asking.area}-visits.xlsx")


def _everybody(asking: Asking, found: Measure) -> Any:
    assert asking.run is not None
    return everybody(asking.run, found.id, asking.area, asking.today)


def _measure(asking: Asking, measure_id: str) -> Measure:
    """A measure of which subjects are told; anything else is not found."""
    for found in told_measures(asking.pack):
        if found.id == measure_id:
            return found
    raise Http404


def _lines(asking: Asking, found: Measure, page: tuple[Entitled, ...]) -> list[Line]:
    named = asking.listed(found.register, [(one.subject.id, one.subject.area) for one in page])
    return [
        Line(each, amount_of(asking, found, one), one.contact, _form(one.contact, int(one.subject.id)))
        for each, one in zip(named, page, strict=True)
    ]


def _form(contact: Contact | None, row_id: int) -> ContactForm:
    names = ("told_on", "how", "applied_on", "ask_again_on")
    initial = {name: getattr(contact, name) for name in names} if contact else {}
    return ContactForm(initial=initial, auto_id=f"id_{row_id}_%s")


def amount_of(asking: Asking, measure: Measure, one: Entitled) -> str:
    """The amount in words, "" where no money is paid."""
    amount, kind = one.subject.amount, measure.amount
    return shown(amount, kind.type, asking.lang) if kind is not None and amount is not None else ""


def _back(asking: Asking, found: Measure) -> HttpResponse:
    return redirect(reverse("entitled-measure", args=[asking.pack.policy.id, found.id]) + asking.query())
