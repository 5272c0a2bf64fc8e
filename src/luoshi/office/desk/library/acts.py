"""What people do in the policy library: upload, have looked at again, activate, withdraw."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.office.desk.library.forms import ActivationForm, UploadForm
from luoshi.office.desk.library.refusing import activation_words, upload_words
from luoshi.office.desk.library.seeing import get_edition, may_change
from luoshi.office.desk.reading import scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.editions import actions
from luoshi.office.editions.errors import AlreadyKept, NotNow, Unusable
from luoshi.office.editions.looking import worded
from luoshi.office.editions.models import Edition
from luoshi.office.registry import errors as registry
from luoshi.office.runs import jobs
from luoshi.rulebook.model.findings import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def library_upload(request: HttpRequest) -> HttpResponse:
    """The form for a new edition; what it uploads waits to be looked at."""
    if request.method != "POST":
        return render(request, "desk/library/upload.html", {"form": UploadForm()})
    form = UploadForm(request.POST, request.FILES)
    facts: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            return _uploaded(request, form)
        except Unusable as refused:
            facts["problem"] = upload_words(refused)
        except AlreadyKept as kept:
            facts["kept"] = kept
        except Refused as refused:
            facts["findings"] = list(worded(refused.findings))
    facts["lang"] = reader_language()
    return render(request, "desk/library/upload.html", facts)


def _uploaded(request: HttpRequest, form: UploadForm) -> HttpResponse:
    by = request.user.get_username()
    taken = form.taken()
    with transaction.atomic():
        edition = actions.upload(taken.files, form.cleaned_data["note"], scope_of(request), by=by)
        jobs.order_waiting_proofs()
    said = _("已收下 {count} 个文件，为第 {number} 版；正在检查。").format(
        count=len(taken.files), number=edition.number
    )
    if taken.left_out:
        said += _("另有 {count} 个文件不属于政策包，没有收。").format(count=taken.left_out)
    messages.success(request, said)
    return _to(edition)


@require_POST
def edition_again(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """The edition waits to be looked at anew."""
    edition = _changeable(request, pack_id, number)
    jobs.order_proof(edition, by=request.user.get_username())
    return _to(edition)


@require_POST
def edition_activate(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """The edition decides from a day on."""
    edition, today = _changeable(request, pack_id, number), timezone.localdate()
    form = ActivationForm(request.POST, today=today)
    if not form.is_valid():
        messages.warning(request, _("请填写起用日，像 2026-01-31。"))
        return _to(edition)
    start, basis = form.cleaned_data["start"], form.cleaned_data["basis"]

    def release() -> None:
        jobs.release(edition, start, basis, by=request.user.get_username(), today=today)

    return _tried(request, edition, release, _("已起用。") if start == today else _("已定起用日，到那天自动起用。"))


@require_POST
def edition_withdraw(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """The edition will not decide."""
    edition, today = _changeable(request, pack_id, number), timezone.localdate()

    def withdraw() -> None:
        actions.withdraw(edition, by=request.user.get_username(), today=today)

    return _tried(request, edition, withdraw, _("已撤回。"))


def _tried(request: HttpRequest, edition: Edition, act: Callable[[], None], done: str) -> HttpResponse:
    """Do what was asked, and say how it ended."""
    try:
        act()
    except NotNow as refused:
        messages.warning(request, activation_words(refused))
    except (registry.Refused, DatabaseError):
        messages.warning(request, _("台账里已有的数据与这一版不合，没有起用。请重新检查，看是哪一处。"))
    else:
        messages.success(request, done)
    return _to(edition)


def _changeable(request: HttpRequest, pack_id: str, number: int) -> Edition:
    """The edition; not found where the policy reaches beyond the person's area."""
    scope = scope_of(request)
    edition = get_edition(pack_id, number, scope)
    if not may_change(edition, scope):
        raise Http404
    return edition


def _to(edition: Edition) -> HttpResponse:
    return redirect("edition", edition.pack_id, edition.number)
