"""What somebody decides about the checks and the lines of a batch that is being made."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.office.desk.money_words import attempt
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.treasury.batches import get_batch
from luoshi.office.treasury import settling
from luoshi.office.treasury.models import CheckResult, Line, LineFinding


@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """The batch goes on without the chosen checks, which could not be made: one reason for all of them."""
    batch, chosen = get_batch(request, number), set(request.POST.getlist("check"))
    if CheckResult.objects.filter(batch=batch, check_id__in=chosen).count() != len(chosen):
        raise Http404
    if not chosen:
        messages.warning(request, _("请勾选要说明的核查，再写理由。"))
        return redirect("batch", number)
    reason, facts = request.POST.get("reason", ""), {"by": request.user.get_username(), "origin": origin_of(request)}
    attempt(request, lambda: settling.accept(number, chosen, reason, **facts), _("已说明。"))
    return redirect("batch", number)


@require_POST
def keep(request: HttpRequest, number: int, line: int) -> HttpResponse:
    """A line is paid all the same."""
    found = _line(request, number, line)
    check_id, reason = request.POST.get("check", ""), request.POST.get("reason", "")
    finding = LineFinding.objects.filter(line=found, check_id=check_id).select_related("line").first()
    if finding is None:
        raise Http404
    facts = {"by": request.user.get_username(), "origin": origin_of(request)}
    attempt(request, lambda: settling.keep(finding, reason, now=timezone.now(), **facts), _("已记录，照付。"))
    return redirect("batch", number)


@require_POST
def stop(request: HttpRequest, number: int, line: int) -> HttpResponse:
    """A line is not paid with this batch."""
    found = _line(request, number, line)
    facts = {"by": request.user.get_username(), "origin": origin_of(request)}
    reason = request.POST.get("reason", "")
    attempt(request, lambda: settling.stop(found, reason, now=timezone.now(), **facts), _("已停发这一行。"))
    return redirect("batch", number)


def _line(request: HttpRequest, number: int, line: int) -> Line:
    found = Line.objects.filter(batch=get_batch(request, number), number=line).first()
    if found is None:
        raise Http404
    return found
