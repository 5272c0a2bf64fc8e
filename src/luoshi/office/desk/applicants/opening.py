"""Opens accounts for people who come to the office, and acts for them on the public site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.office.accounts.models import User
from luoshi.office.applicants import links, proxies
from luoshi.office.applicants.actions import open_for
from luoshi.office.desk.applicants.forms import OpenForm
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import readable_packs, scope_of


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def applicant_open(request: HttpRequest) -> HttpResponse:
    """The form; with it an account that is tied to its row, and the right to act for it."""
    form = OpenForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        if _opened(request, form.cleaned_data):
            messages.success(request, _("已开通。现在可以代本人办理。"))
            return redirect("applicants")
        form.add_error(None, _("辖区台账里没有这个号码和姓名的人。请核对身份证；台账里没有的，先登记。"))
    return render(request, "desk/applicants/open.html", {"form": form})


@require_POST
def proxy_begin(request: HttpRequest, number: int) -> HttpResponse:
    """Over to the public site, with a ticket that is good once."""
    proxy, now = proxies.find(number, scope_of(request).area), timezone.now()
    if proxy is None or not proxy.holds_on(timezone.localdate(now)):
        raise Http404
    if proxy.user_id != request.user.pk:
        raise PermissionDenied
    return redirect("portal-hand-over", proxies.hand_over(proxy, now))


@require_POST
def proxy_end(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody acts under it any more."""
    proxy = proxies.find(number, scope_of(request).area)
    if proxy is None:
        raise Http404
    if proxies.end(proxy, by=request.user.get_username(), now=timezone.now(), origin=origin_of(request)):
        messages.success(request, _("代办已停止。"))
    return redirect("applicants")


@transaction.atomic
def _opened(request: HttpRequest, given: dict[str, Any]) -> bool:
    """Whether there is such a person within the area; an account is tied to their row."""
    user, scope, now = request.user, scope_of(request), timezone.now()
    assert isinstance(user, User)
    found = links.find_found(readable_packs(scope), given["number"], given["name"])
    if found is None or not found[3] or not scope.covers(found[3]):
        return False
    pack, register, row_id, area = found
    applicant = open_for(links.of_row(pack, register, row_id), given["phone"], now, by=user.username, area=area)
    links.open_confirmed(applicant, found, now, by=user.username)
    today = timezone.localdate(now)
    proxies.open_proxy(
        applicant, user, area=area, reason=given["reason"], start=today, until=given["until"], origin=origin_of(request)
    )
    return True
