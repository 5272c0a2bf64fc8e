"""What is done to accounts of others: closed, opened again, unlocked, signed out, freed of a lost phone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.office.accounts import actions, lockout, second_factor, sign_ins
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User
from luoshi.office.accounts.persons import name_person
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.people.forms import PersonForm, ReasonForm
from luoshi.office.desk.people.seeing import kept_account
from luoshi.office.desk.people.wording import refusal_words


@require_POST
def account_close(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody signs in with the account any more."""
    user = kept_account(request, number)
    return _with_reason(
        request, user, lambda reason: actions.close_account(user, reason, **by(request)), _("账号已停用。")
    )


@require_POST
def account_reopen(request: HttpRequest, number: int) -> HttpResponse:
    """The account is open again."""
    user = kept_account(request, number)
    return done(request, user, lambda: actions.reopen_account(user, **by(request)), _("账号已恢复。"))


@require_POST
def account_unlock(request: HttpRequest, number: int) -> HttpResponse:
    """The account may try its password again."""
    user = kept_account(request, number)
    return done(request, user, lambda: lockout.unlock(user, **by(request)), _("账号已解锁，可以马上登录。"))


@require_POST
def account_end_sign_ins(request: HttpRequest, number: int) -> HttpResponse:
    """The account is signed in nowhere."""
    user = kept_account(request, number)
    return done(request, user, lambda: sign_ins.end_for(user, **by(request)), _("这个账号的登录已全部结束。"))


@require_POST
def account_reset_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """The account has no phone; its holder brings one at the next sign-in."""
    user = kept_account(request, number)
    said = _("两步验证已重设。本人下次登录时重新绑定手机。")
    return _with_reason(request, user, lambda reason: second_factor.reset(user, reason, **by(request)), said)


@sensitive_post_parameters("id_number")
@require_POST
def account_person(request: HttpRequest, number: int) -> HttpResponse:
    """It is known who is behind the account."""
    user, form = kept_account(request, number), PersonForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("account", user.pk)
    given = form.cleaned_data["id_number"]
    return done(request, user, lambda: name_person(user, given, **by(request)), _("已登记本人身份。"))


def by(request: HttpRequest) -> dict[str, str]:
    """Who does it, and where they are."""
    return {"by": request.user.get_username(), "origin": origin_of(request)}


def done(request: HttpRequest, user: User, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it, say how it ended, and go back to the account."""
    try:
        act()
    except AccountError as problem:
        messages.error(request, refusal_words(problem))
    else:
        messages.success(request, said)
    return redirect("account", user.pk)


def _with_reason(request: HttpRequest, user: User, act: Callable[[str], object], said: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有办理：请写明原因，二百字以内。"))
        return redirect("account", user.pk)
    return done(request, user, lambda: act(form.cleaned_data["reason"]), said)
