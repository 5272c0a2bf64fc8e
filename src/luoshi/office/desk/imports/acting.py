"""What people do with an import: choose its sheet, accept, reject, cancel, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.office.desk.imports.finding import found_import
from luoshi.office.exchange import actions, jobs
from luoshi.office.exchange.errors import NotNow
from luoshi.office.exchange.models import Import

MOST_REASON = 200


@require_POST
def choose(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet that is meant."""
    sheet = request.POST.get("sheet", "")
    return _do(request, number, lambda work, by: actions.choose(work, sheet, by=by), jobs.check)


@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Everything of an import is to be written."""
    return _do(request, number, lambda work, by: actions.accept(work, by=by, now=timezone.now()), jobs.take_in)


@require_POST
def reject(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing of an import is to be written."""
    reason = request.POST.get("reason", "").strip()[:MOST_REASON]
    return _do(request, number, lambda work, by: actions.reject(work, reason, by=by, now=timezone.now()))


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """The work on an import ends."""
    return _do(request, number, lambda work, by: actions.cancel(work, by=by))


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that an import wrote is to be taken back, for a reason."""
    reason = request.POST.get("reason", "").strip()[:MOST_REASON]
    if not reason:
        found_import(request, number)
        messages.warning(request, _("请写明为什么撤销。"))
        return redirect("import", number)
    return _do(request, number, lambda work, by: actions.undo(work, reason, by=by, now=timezone.now()), jobs.undo)


def _do(request: HttpRequest, number: int, act: Callable[[Import, str], None], job: Any = None) -> HttpResponse:
    """Act, and leave the rest to a job; whoever comes too late sees how the import stands now."""
    work = found_import(request, number)
    try:
        with transaction.atomic():
            act(work, request.user.get_username())
            if job is not None:
                job.defer(import_id=work.id)
    except NotNow:
        messages.warning(request, _("这次导入已经不是刚才的状态，没有改动。请看现在的情况。"))
    return redirect("import", number)
