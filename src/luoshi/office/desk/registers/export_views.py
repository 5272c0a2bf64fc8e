"""Pages of exports: asking for a list as a file, waiting for it, getting it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.origin import address_of
from luoshi.office.desk.registers import jobs
from luoshi.office.desk.registers.exporting import DIRECTLY, Exporting
from luoshi.office.desk.registers.listing import count_of
from luoshi.office.desk.registers.views import open_register
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.exchange.exports import actions
from luoshi.office.exchange.exports.models import Export
from luoshi.office.exchange.exports.writing import EXCEL_ROWS, TYPES
from luoshi.office.registry.filters import WrongQuestion

SHORTEST, LONGEST = 4, 200
SHOWN = 50


@require_POST
def export(request: HttpRequest, pack_id: str, register: str) -> HttpResponseBase:
    """The list as a file, with id numbers covered."""
    return _export(request, pack_id, register, masked=True)


@require_POST
def export_unmasked(request: HttpRequest, pack_id: str, register: str) -> HttpResponseBase:
    """The list as a file with id numbers in full."""
    return _export(request, pack_id, register, masked=False)


def _export(request: HttpRequest, pack_id: str, register: str, *, masked: bool) -> HttpResponseBase:
    """The list that the address asks for, as on its page."""
    opened = open_register(request, pack_id, register)
    assert isinstance(request.user, User)
    question, form = opened.question(request.GET), request.POST.get("form", "")
    purpose = " ".join(request.POST.get("purpose", "").split())[:LONGEST]
    back = reverse("register", args=[pack_id, register]) + question.query()
    area = opened.reading.area.code
    try:
        rows = count_of(question, area)
    except WrongQuestion:
        raise BadRequest from None
    complaint = _complaint(purpose, form, rows)
    if complaint:
        messages.warning(request, complaint)
        return redirect(back)
    asked = Export(
        user=request.user, pack_id=pack_id, register=register, area=area, query=question.query(), form=form,
        masked=masked, purpose=purpose, lang=reader_language(), rows=rows, asked_at=timezone.now(),
    )  # fmt: skip
    if rows <= DIRECTLY:
        return _at_once(request, Exporting(opened.names, area, question, asked))
    with transaction.atomic():
        actions.ask(asked, question.told(), origin=address_of(request))
        jobs.write_export.defer(export_id=asked.id)
    return redirect("exports")


def _complaint(purpose: str, form: str, rows: int) -> str:
    if form not in Export.Form.values:
        raise BadRequest
    if len(purpose) < SHORTEST:
        return _("没有导出：请写明用途，至少四个字。文件第一行会写上。")
    if form == Export.Form.XLSX and rows > EXCEL_ROWS:
        return _("没有导出：Excel 一张表最多 1,048,574 行。请缩小范围，或者改用 CSV、Parquet。")
    return ""


def _at_once(request: HttpRequest, exporting: Exporting) -> FileResponse:
    """The file as the answer; nothing of it is kept."""
    asked = exporting.export
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export.{asked.form}"
        asked.state, asked.done_at = Export.State.GIVEN, timezone.now()
        asked.rows = asked.written = exporting.write(path)
        actions.ask(asked, exporting.question.told(), origin=address_of(request))
        opened = path.open("rb")
    return _file(opened, asked)


def _file(opened: object, export: Export) -> FileResponse:
    day = timezone.localtime(export.asked_at).strftime("%Y%m%d-%H%M")
    name = f"{export.register}-{export.area}-{day}.{export.form}"
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type=TYPES[export.form])
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What somebody has exported, with how far each is."""
    assert isinstance(request.user, User)
    listed = list(actions.exports_of(request.user)[:SHOWN])
    working = any(each.state in {Export.State.ASKED, Export.State.WRITING} for each in listed)
    return render(request, "desk/registers/exports.html", {"exports": listed, "working": working})


@never_cache
@require_safe
def export_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file of an export, for who asked for it, as long as the area and the role are still theirs."""
    assert isinstance(request.user, User)
    asked = get_object_or_404(Export, id=number, user=request.user)
    if not asked.file:
        raise Http404
    if not request.user.scope.covers(asked.area) or (
        not asked.masked and not may_open("export-unmasked", request.user.role)
    ):
        raise PermissionDenied
    return _file(actions.fetch(asked, origin=address_of(request)).open("rb"), asked)
