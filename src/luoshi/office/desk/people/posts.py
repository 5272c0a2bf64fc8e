"""Appointments of others: given, ended, and held by somebody else while their holder is away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.office.accounts.actions import appoint
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User
from luoshi.office.accounts.terms import end_on, stand_in
from luoshi.office.desk.people.acts import by, done
from luoshi.office.desk.people.forms import DeputyForm, EndForm, PostForm
from luoshi.office.desk.people.seeing import keeper_of, kept_account, kept_appointment
from luoshi.office.desk.people.views import shown_account
from luoshi.office.desk.people.wording import refusal_words


@never_cache
@require_POST
def account_appoint(request: HttpRequest, number: int) -> HttpResponse:
    """The account holds another post from a day on."""
    user, keeper = kept_account(request, number), keeper_of(request)
    form = PostForm(request.POST, keeper=keeper, today=timezone.localdate(), auto_id="appoint_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            appoint(user, given["post"], given["start"], given["until"], **by(request))
        except AccountError as problem:
            form.add_error("until" if problem.kind == "backwards" else "start", refusal_words(problem))
        else:
            messages.success(request, _("任职已记下。"))
            return redirect("account", user.pk)
    return shown_account(request, user, form)


@require_POST
def appointment_end(request: HttpRequest, number: int, appointment: int) -> HttpResponse:
    """An appointment has its last day."""
    found, form = kept_appointment(request, number, appointment), EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有办理：请填最后一天，像 2026-01-31。"))
        return redirect("account", number)
    last = form.cleaned_data["last"]
    return done(request, found.user, lambda: end_on(found, last, **by(request)), _("任职的结束日期已记下。"))


@require_POST
def account_stand_in(request: HttpRequest, number: int, appointment: int) -> HttpResponse:
    """Somebody else holds an appointment for a term."""
    found, form = kept_appointment(request, number, appointment), DeputyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有办理：请填代理人的账号，和代理开始、结束的日子。"))
        return redirect("account", number)
    given = form.cleaned_data

    def act() -> None:
        stand_in(_deputy(request, given["username"]), found, given["start"], given["until"], **by(request))

    return done(request, found.user, act, _("代理已记下。代理期间，代理人按这项任职办理，不办本人原来的工作。"))


def _deputy(request: HttpRequest, name: str) -> User:
    """The account of a name that is open and may be changed."""
    found = User.objects.filter(username__iexact=name.strip(), is_active=True).first()
    if found is not None and found.pk == keeper_of(request).keeper:
        raise AccountError("nobody changes what they hold themselves", "own")
    if found is None or not keeper_of(request).may_keep(found, timezone.localdate()):
        raise AccountError(f"there is no account {name!r} here", "no-account", seen=name)
    return found
