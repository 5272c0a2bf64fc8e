"""Passwords that others are given: with a new account, and where one was forgotten. Shown once, in the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.office.accounts import queries
from luoshi.office.accounts.actions import appoint, open_account, renew_password
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User
from luoshi.office.accounts.passwords import first_password
from luoshi.office.accounts.persons import name_person
from luoshi.office.desk.people.acts import by
from luoshi.office.desk.people.forms import OpenForm, ReasonForm
from luoshi.office.desk.people.places import Places
from luoshi.office.desk.people.seeing import keeper_of, kept_account
from luoshi.office.desk.people.wording import refusal_words

FIELD_OF = {"name": "username", "taken": "username", "reserved": "username", "backwards": "until"}


@never_cache
@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "HEAD", "POST"])
def account_open(request: HttpRequest) -> HttpResponse:
    """The form for a new account with its first post; then its first password."""
    keeper = keeper_of(request)
    form = OpenForm(request.POST or None, keeper=keeper, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            user, password = _opened(request, form.cleaned_data)
        except AccountError as problem:
            form.add_error(FIELD_OF.get(problem.kind), refusal_words(problem))
        else:
            return passwords(request, [(user.username, user.display_name, password)], user)
    facts = {
        "form": form,
        "areas": Places(keeper.scope).suggested(),
        "departments": queries.departments(keeper.scope),
    }
    return render(request, "desk/people/open.html", facts)


@never_cache
@require_POST
def account_renew_password(request: HttpRequest, number: int) -> HttpResponse:
    """A new first password for somebody who has lost theirs."""
    user, form = kept_account(request, number), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有办理：请写明原因，二百字以内。"))
        return redirect("account", user.pk)
    password = renew_password(user, form.cleaned_data["reason"], **by(request))
    return passwords(request, [(user.username, user.display_name, password)], user)


def passwords(request: HttpRequest, opened: list[tuple[str, str, str]], user: User | None = None) -> HttpResponse:
    """First passwords, this once: account, name, password."""
    return render(request, "desk/people/passwords.html", {"opened": opened, "person": user})


@transaction.atomic
def _opened(request: HttpRequest, given: dict[str, Any]) -> tuple[User, str]:
    password, who = first_password(), by(request)
    area = given["post"].area
    user = open_account(given["username"], given["display_name"], password, **who, area=area, first=True)
    name_person(user, given["id_number"], **who)
    appoint(user, given["post"], given["start"], given["until"], **who)
    return user, password
