"""Papers of a case: brought as a file or seen in the original, and letters made of what the case knows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.office.attachments import actions as attachments
from luoshi.office.attachments.errors import NotKept
from luoshi.office.attachments.models import Attachment
from luoshi.office.audit import actions as audit
from luoshi.office.casework.checklist import bring, take_back
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Paper
from luoshi.office.casework.paying import reference
from luoshi.office.desk.casework.complaints import About, said
from luoshi.office.desk.casework.forms import LetterForm, PaperForm
from luoshi.office.desk.casework.known import Known, know
from luoshi.office.desk.casework.letters import Given, content_of, kinds_of
from luoshi.office.desk.casework.page import case_page
from luoshi.office.desk.casework.seeing import Seat, get_case, seat_of
from luoshi.office.letters.actions import TYPES, Order, issue, make
from luoshi.office.letters.errors import Incomplete, NoSeries, NotAllowed
from luoshi.office.letters.kinds import Kind

REFUSED = 422


@require_POST
def brought(request: HttpRequest, number: str) -> HttpResponse:
    """A paper of the checklist is there: as a file, or because somebody has seen the original."""
    seat = seat_of(request)
    case, item = get_case(seat, number), request.POST.get("item", "")
    try:
        file = None if "seen" in request.POST else _kept(request, seat, case)
        bring(case, item, file, seat.moment())
    except (CaseError, NotKept) as error:
        about = About(seat.packs.of(case), case.procedure, seat.lang)
        return case_page(request, seat, case, problem=said(error, about), status=REFUSED)
    messages.success(request, _("已记下看过原件。") if file is None else _("材料已收下。"))
    return redirect("case", case.number)


@require_POST
def taken_back(request: HttpRequest, number: str, paper: int) -> HttpResponse:
    """A paper counts no more; it stays on record."""
    seat = seat_of(request)
    case = get_case(seat, number)
    found = Paper.objects.select_related("case").filter(id=paper, case=case).first()
    if found is None:
        raise Http404
    if not case.is_open:
        about = About(seat.packs.of(case), case.procedure, seat.lang)
        return case_page(request, seat, case, problem=said(CaseError("ended"), about), status=REFUSED)
    take_back(found, seat.moment())
    messages.success(request, _("这份材料不再算数，记录还在。"))
    return redirect("case", case.number)


@require_POST
def letter_draft(request: HttpRequest, number: str, kind: str, form: str) -> HttpResponse:
    """A letter as it would look; nothing of it is kept but that somebody has made it."""
    seat = seat_of(request)
    case = get_case(seat, number)
    known = know(seat, case)
    wanted = _kind(kind, known)
    if form not in TYPES:
        raise Http404
    given = LetterForm(request.POST, prefix="letter")
    if not given.is_valid():
        return case_page(request, seat, case, {"letter": given}, _("请写明发文机关。"), REFUSED)
    try:
        file = make(content_of(wanted, known, _given(given)), seat.actor.area, form)
    except (Incomplete, NotAllowed) as refused:
        return case_page(request, seat, case, {"letter": given}, str(refused), REFUSED)
    audit.record(
        "case.print", actor=seat.actor.name, subject=reference(case), area=case.area, origin=seat.origin,
        details={"kind": wanted.value, "form": form},
    )  # fmt: skip
    named = content_disposition_header(True, file.name)
    return HttpResponse(file.content, content_type=file.media_type, headers={"Content-Disposition": str(named)})


@require_POST
def letter_issued(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A letter is issued with its number; a second time for the same state of the case it is that one."""
    seat = seat_of(request)
    case = get_case(seat, number)
    known, given = know(seat, case), LetterForm(request.POST, prefix="letter")
    wanted = _kind(kind, known)
    if not given.is_valid():
        return case_page(request, seat, case, {"letter": given}, _("请写明发文机关。"), REFUSED)
    order = Order(
        key=f"{reference(case)}/{wanted.value}/{case.visit}", subject=reference(case), area=seat.actor.area,
        department=seat.actor.department, basis=f"{case.pack_id}/{case.procedure}",
    )  # fmt: skip
    try:
        letter = issue(content_of(wanted, known, _given(given)), order, by=seat.actor.name, now=seat.now)
    except (Incomplete, NoSeries, NotAllowed) as refused:
        return case_page(request, seat, case, {"letter": given}, str(refused), REFUSED)
    messages.success(request, _("已开出。"))
    return redirect("letter", letter.id)


def _kept(request: HttpRequest, seat: Seat, case: Case) -> Attachment:
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        raise NotKept(_("请先选文件再上传。"))
    if not case.is_open:
        raise CaseError("ended", number=case.number)
    file: Any = form.cleaned_data["file"]
    purpose = reference(case)
    return attachments.keep(file, file.name, area=case.area, by=seat.actor.name, purpose=purpose)


def _kind(name: str, known: Known) -> Kind:
    """The kind of a letter that the case has something to say in."""
    if known.case.state == Case.State.DRAFT or name not in Kind.values or Kind(name) not in set(kinds_of(known)):
        raise Http404
    return Kind(name)


def _given(form: LetterForm) -> Given:
    return Given(form.cleaned_data["office"], form.cleaned_data["contact"], form.cleaned_data["until"])
