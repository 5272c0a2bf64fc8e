"""The ledger as a whole: trial balance, proof, money that lies idle, and the lists that batches are held against."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.money_words import attempt
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.treasury.forms import ListForm
from luoshi.office.desk.treasury.titles import titles_for
from luoshi.office.treasury import people, proving, queries
from luoshi.office.treasury.models import Account, PersonList
from luoshi.office.treasury.people import Given


@never_cache
@require_safe
def trial_balance(request: HttpRequest) -> HttpResponse:
    """The trial balance, the last proof, and what lies idle."""
    titles = titles_for(request)
    rows = queries.trial_balance(titles.scope, titles.pack_ids)
    idle = queries.idle_money(titles.scope, titles.pack_ids, timezone.now())
    facts = {
        "rows": [(Account.Kind(kind).label, held, owed) for kind, held, owed in rows],
        "held": sum((row[1] for row in rows), Decimal(0)),
        "owed": sum((row[2] for row in rows), Decimal(0)),
        "idle": [
            (each, titles.fund(each.account.pack_id, each.account.fund), titles.area(each.account.area))
            for each in idle
        ],
        "proof": queries.last_proof(),
        "sees_whole": all(titles.scope.covers(pack.policy.jurisdiction or "") for pack in titles.packs.values()),
        "may_prove": may_open("treasury-prove", getattr(request.user, "role", None)),
    }
    return render(request, "desk/treasury/ledger.html", facts)


@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """The proof, now."""
    by, origin = request.user.get_username(), origin_of(request)
    attempt(request, lambda: proving.prove(by=by, now=timezone.now(), origin=origin), _("已核对。"))
    return redirect("trial-balance")


@never_cache
@require_safe
def person_lists(request: HttpRequest) -> HttpResponse:
    """The lists that other offices gave."""
    return _lists(request, ListForm(initial={"as_of": timezone.localdate()}))


@require_POST
def add_list(request: HttpRequest) -> HttpResponse:
    """A newer list."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _lists(request, form)
    titles, data = titles_for(request), form.cleaned_data
    given = Given(data["kind"], titles.scope.area, data["source"], data["as_of"])
    by, file = request.user.get_username(), data["file"]
    attempt(
        request, lambda: people.keep(given, file.read(), file.name or "", by=by, now=timezone.now()), _("名单已保存。")
    )
    return redirect("person-lists")


def _lists(request: HttpRequest, form: ListForm) -> HttpResponse:
    titles = titles_for(request)
    found = PersonList.objects.filter(area__startswith=titles.scope.area).order_by("-id")[:50]
    may_write = may_open("person-list-add", getattr(request.user, "role", None))
    facts = {"rows": [(each, titles.area(each.area)) for each in found], "form": form, "may_write": may_write}
    return render(request, "desk/treasury/lists.html", facts)
