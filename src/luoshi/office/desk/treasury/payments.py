"""From a payment to its decision and clause, and from a clause to its money; what is due back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.audit.queries import Asked, events
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import masked
from luoshi.office.desk.money_words import attempt
from luoshi.office.desk.numbering import anchor
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import scope_of
from luoshi.office.desk.treasury.deciding import find_decided
from luoshi.office.desk.treasury.forms import AmountForm, DemandForm, PayeeForm, ReasonForm, SettleForm
from luoshi.office.desk.treasury.paging import number_in, start_of
from luoshi.office.desk.treasury.titles import titles_for
from luoshi.office.treasury import actions, payees, queries
from luoshi.office.treasury.deciding import Payee
from luoshi.office.treasury.models import ClawBack, Commitment, EntryLine, Line
from luoshi.office.treasury.payees import account_of, number_of
from luoshi.office.treasury.sealing import open_subject

PAGE = 50


@never_cache
@require_safe
def payment(request: HttpRequest, number: int) -> HttpResponse:
    """One payment with everything behind it: decision, clause, list, bank, ledger."""
    found, titles, keys = _get(request, number), titles_for(request), secrecy()
    may_write = may_open("payment-release", getattr(request.user, "role", None))
    lines = list(Line.objects.filter(commitment=found).select_related("batch").order_by("id"))
    people = names_of_accounts(_hands(found, lines))
    facts = {
        "found": found,
        "decided": find_decided(found),
        "decided_by": " ".join(people.get(name, name) for name in found.decided_by.split()),
        "people": people,
        "subject": open_subject(found.closed_subject, keys)["name"],
        "payee_id": masked(number_of(found.payee, keys)),
        "account": masked(account_of(found.payee, keys)),
        "measure": titles.measure(found.pack_id, found.measure),
        "fund": titles.fund(found.pack_id, found.fund),
        "fund_area": titles.area(found.fund_area),
        "area": titles.area(found.area),
        "document": found.clause.partition("/")[0],
        "anchor": anchor(found.clause),
        "lines": lines,
        "entries": EntryLine.objects.filter(entry=found.entry).select_related("account"),
        "events": events("", asked=Asked(subject=f"commitment:{found.id}"))[::-1],
        "claw_backs": found.claw_backs.order_by("id"),
        "may_write": may_write,
        "is_free": found.state in actions.FREE,
        "release": ReasonForm(auto_id="release_%s"),
        "lower": AmountForm(auto_id="lower_%s"),
        "demand": DemandForm(auto_id="demand_%s") if found.state == Commitment.State.PAID else None,
        "may_replace": may_open("payee-replace", getattr(request.user, "role", None)),
        "payee": PayeeForm(auto_id="payee_%s"),
    }
    return render(request, "desk/treasury/payment.html", facts)


def _hands(found: Commitment, lines: Sequence[Line]) -> Iterator[str]:
    """The accounts of those who decided it and let it be paid."""
    yield from found.decided_by.split()
    for line in lines:
        yield from filter(None, (line.batch.made_by, line.batch.checked_by, line.batch.approved_by))


@require_POST
def replace_payee(request: HttpRequest, number: int) -> HttpResponse:
    """Another account, or another payee."""
    found, form = _get(request, number), PayeeForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = dict(form.cleaned_data)
    reason, by = given.pop("reason"), request.user.get_username()
    now = timezone.now()
    attempt(request, lambda: payees.replace(found, Payee(**given), reason, by=by, now=now), _("收款人已更正。"))
    return redirect("payment", number)


@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """The money is free again."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    reason = form.cleaned_data["reason"]
    return _act(request, number, lambda **facts: actions.release(number, reason, **facts), _("已撤销承诺。"))


@require_POST
def lower(request: HttpRequest, number: int) -> HttpResponse:
    """A smaller amount."""
    form = AmountForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = form.cleaned_data
    return _act(
        request, number, lambda **facts: actions.lower(number, given["amount"], given["reason"], **facts), _("已调减。")
    )


@require_POST
def demand(request: HttpRequest, number: int) -> HttpResponse:
    """Paid money is due back."""
    form = DemandForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = form.cleaned_data

    def ask(**facts: object) -> ClawBack:
        return actions.demand_back(number, given["amount"], given["reason"], given["due_on"], **facts)  # type: ignore[arg-type] # as named

    return _act(request, number, ask, _("已责令退回。"))


@never_cache
@require_safe
def measure_money(request: HttpRequest, pack_id: str, measure_id: str) -> HttpResponse:
    """From a clause to its money: what was committed under a measure, with what became of it."""
    titles = titles_for(request)
    pack = titles.packs.get(pack_id)
    if pack is None or measure_id not in pack.measures:
        raise Http404
    before = number_in(request, "before")
    found = queries.commitments_of(titles.scope, pack_id, measure_id, before, PAGE + 1)
    sums = queries.sums_by_state(titles.scope, pack_id, measure_id)
    facts = {
        "title": titles.measure(pack_id, measure_id),
        "pack_id": pack_id,
        "measure_id": measure_id,
        "clause": pack.measures[measure_id].clause,
        "rows": [(each, titles.area(each.area)) for each in found[:PAGE]],
        "sums": [(label, sums[state]) for state, label in Commitment.State.choices if state in sums],
        "before": found[PAGE - 1].id if len(found) > PAGE else None,
        "is_first": before is None,
    }
    return render(request, "desk/treasury/measure.html", facts)


@never_cache
@require_safe
def claw_backs(request: HttpRequest) -> HttpResponse:
    """What is due back."""
    titles = titles_for(request)
    start = start_of(request, PAGE)
    found = list(queries.claw_backs(titles.scope)[start : start + PAGE + 1])
    facts = {
        "rows": [(each, titles.measure(each.commitment.pack_id, each.commitment.measure)) for each in found[:PAGE]],
        "following": start // PAGE + 2 if len(found) > PAGE else None,
        "today": timezone.localdate(),
        "may_write": may_open("claw-back-settle", getattr(request.user, "role", None)),
        "form": SettleForm(auto_id=False),
    }
    return render(request, "desk/treasury/claw_backs.html", facts)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """What was due back has come, or is written off."""
    found = queries.claw_backs(scope_of(request)).filter(id=number).first()
    form = SettleForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        raise BadRequest
    given = form.cleaned_data
    step = actions.receive if given["how"] == "receive" else actions.write_off
    by, now = request.user.get_username(), timezone.now()
    attempt(request, lambda: step(number, given["amount"], given["document"], by=by, now=now), _("已记录。"))
    return redirect("claw-backs")


def _get(request: HttpRequest, number: int) -> Commitment:
    found = queries.find_commitment(scope_of(request), number)
    if found is None:
        raise Http404
    return found


def _act(request: HttpRequest, number: int, act: Callable[..., object], done: str) -> HttpResponse:
    _get(request, number)
    by, now, origin = request.user.get_username(), timezone.now(), origin_of(request)
    attempt(request, lambda: act(by=by, now=now, origin=origin), done)
    return redirect("payment", number)
