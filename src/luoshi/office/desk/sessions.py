"""Where one is signed in, and one's own password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts import second_factor, sign_ins
from luoshi.office.accounts.models import User
from luoshi.office.accounts.sessions import digest
from luoshi.office.desk.browsers import in_words
from luoshi.office.desk.forms import PasswordForm


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and with what one proves who one is."""
    person, here = _person(request), digest(request.session.session_key or "")
    rows = [
        {"sign_in": one, "browser": in_words(one.agent), "is_here": one.session == here}
        for one in sign_ins.list_sign_ins(person, timezone.now())
    ]
    shown = {
        "rows": rows,
        "has_others": any(not row["is_here"] for row in rows),
        "is_enrolled": second_factor.is_enrolled(person),
        "codes_left": second_factor.codes_left(person),
    }
    return render(request, "desk/sessions.html", shown)


@require_POST
def session_end(request: HttpRequest, number: int) -> HttpResponse:
    """One of one's own sessions is over."""
    if not sign_ins.end(_person(request), number):
        raise Http404
    messages.success(request, _("这处登录已结束。"))
    return redirect("sessions")


@require_POST
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    """All of one's own sessions but this one are over."""
    sign_ins.end_all(_person(request), but=request.session.session_key)
    messages.success(request, _("其他登录都已结束。"))
    return redirect("sessions")


class Password(PasswordChangeView):
    """The page on which people change their password."""

    template_name = "desk/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("sessions")

    is_first = False

    def get_success_url(self) -> str:
        """On to work where it was the first password."""
        return reverse("home") if self.is_first else super().get_success_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the request: tries of the old password are counted."""
        return {**super().get_form_kwargs(), "request": self.request}

    @transaction.atomic
    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """The new password holds, and every other session is over; this one goes on under a new key."""
        session = self.request.session
        self.is_first = _person(self.request).has_first_password
        before = session.session_key or ""
        answer = super().form_valid(form)
        sign_ins.move(before, session.session_key or "")
        sign_ins.end_all(_person(self.request), but=session.session_key)
        messages.success(self.request, _("密码已修改，其他登录都已结束。"))
        return answer
