"""The pages on which accounts are seen: the list, and one account with what it has held."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.accounts import queries, second_factor, sign_ins
from luoshi.office.accounts.authority import newest
from luoshi.office.accounts.lockout import locked_names
from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.persons import list_others
from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.queries import Asked
from luoshi.office.desk.people.forms import DeputyForm, EndForm, NarrowForm, PersonForm, PostForm, ReasonForm
from luoshi.office.desk.people.places import Places, names_of
from luoshi.office.desk.people.seeing import found_account, keeper_of
from luoshi.office.desk.people.wording import COLOURS, STATES


@never_cache
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts of one's area, in the order of their names."""
    keeper, today = keeper_of(request), timezone.localdate()
    places, departments = Places(keeper.scope), queries.departments(keeper.scope)
    form = NarrowForm(request.GET, places=places, departments=departments)
    given = form.cleaned_data if form.is_valid() else {}
    asked, after = Asked(**given), request.GET.get("after", "").replace("\0", "")
    found = queries.page(keeper.scope, asked, timezone.now(), today, after) if form.is_valid() else None
    lines = found.lines if found else ()
    kept = {name: value for name, value in form.data.items() if name in form.fields and value}
    facts = {
        "form": form,
        "is_narrowed": bool(kept),
        "lines": [{"listed": one, **_stands(one.state)} for one in lines],
        "places": names_of(one.post.area for one in lines if one.post),
        "areas": places.suggested(),
        "following": f"?{urlencode(kept | {'after': found.after})}" if found and found.after else "",
        "first": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "desk/people/accounts.html", facts)


@never_cache
@require_safe
def account(request: HttpRequest, number: int) -> HttpResponse:
    """One account: how it stands, what it has held, and what may be done about it."""
    return shown_account(request, found_account(request, number))


def shown_account(request: HttpRequest, user: User, form: PostForm | None = None) -> HttpResponse:
    """The page of an account; with a form that was filled in wrongly."""
    keeper, today, now = keeper_of(request), timezone.localdate(), timezone.now()
    held = queries.list_appointments(user)
    is_locked = user.username in set(locked_names(now))
    state = queries.state_of(user, newest(user, today), today, is_locked=is_locked)
    may_keep = keeper.may_keep(user, today)
    facts: dict[str, Any] = {
        "person": user,
        **_stands(state),
        "is_locked": is_locked,
        "is_oneself": user.pk == keeper.keeper,
        "may_keep": may_keep,
        "may_give_secrets": may_keep and may_open("account-renew-password", getattr(request.user, "role", None)),
        "posts": [_post(one, today) for one in held],
        "deputies": queries.list_deputies(user, today),
        "places": names_of(one.area for one in held),
        "areas": Places(keeper.scope).suggested() if may_keep else [],
        "departments": queries.departments(keeper.scope) if may_keep else [],
        "is_enrolled": second_factor.is_enrolled(user),
        "sign_ins": len(sign_ins.list_sign_ins(user, now)),
        "appointing": form or PostForm(keeper=keeper, today=today, auto_id="appoint_%s"),
        "is_appointing": form is not None,
        "why": ReasonForm(auto_id="why_%s"),
        "others": list_others(user),
        "naming": PersonForm(auto_id="person_%s"),
    }
    return render(request, "desk/people/account.html", facts)


def _post(one: Appointment, today: Any) -> dict[str, Any]:
    """An appointment, when it holds, and the forms that end it or let somebody stand in."""
    is_over = one.until is not None and one.until < today
    when = "over" if is_over else "now" if one.start <= today else "later"
    end = None if is_over else EndForm(initial={"last": max(one.start, today)}, auto_id=f"end{one.pk}_%s")
    can_stand_in = not is_over and one.stands_in_for_id is None
    initial = {"start": max(one.start, today)}
    return {
        "post": one,
        "when": when,
        "end": end,
        "deputy": DeputyForm(initial=initial, auto_id=f"deputy{one.pk}_%s") if can_stand_in else None,
    }


def _stands(state: str) -> dict[str, Any]:
    return {"state": STATES[state], "colour": COLOURS[state]}
