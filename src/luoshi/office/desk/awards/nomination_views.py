"""Nominating somebody, and the page of a nomination: its receipt, its papers, the check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.attachments import queries as attachments
from luoshi.office.awards import nominating
from luoshi.office.awards.models import Nomination, Round
from luoshi.office.awards.receipts import Seen, look
from luoshi.office.desk.awards.answering import keep_papers, tried
from luoshi.office.desk.awards.forms import FILES, NominationForm, ReasonForm
from luoshi.office.desk.awards.opening import Opened, open_nomination, open_round
from luoshi.office.desk.awards.seeing import ConditionView, conditions_of, wins_in_words
from luoshi.office.desk.awards.views import shared
from luoshi.office.desk.keeping import row_id_of
from luoshi.office.desk.naming import RowId
from luoshi.office.registry import queries as registers
from luoshi.office.registry.filters import MEANT, Filter, Sort
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import DIVISIONS, RegisterTable, table_of
from luoshi.rulebook.model.types import Ref

MOST_FOUND = 12


@dataclass(frozen=True)
class Candidate:
    """A row that may be nominated, and what tells it from others of its name."""

    id: RowId
    name: str
    place: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, number: int) -> HttpResponse:
    """Look for somebody, see what the policy says of them now, and nominate them."""
    opened = open_round(request, number)
    table = table_of(opened.rules.pack, opened.rules.award.register)
    row = _row(opened, table)
    form = NominationForm(request.POST or None, request.FILES or None)
    form.fields["papers"].widget.attrs["accept"] = FILES
    if request.method == "POST" and row is not None and form.is_valid():
        made = _nominate(opened, row, form)
        if made is not None:
            return redirect("award-nomination", made.pk)
    asked = request.GET.get("q", "").strip()[:60]
    facts: dict[str, Any] = shared(opened) | {"form": form, "asked": asked, "row": row}
    if row is not None:
        seen = look(opened.rules, opened.round.on, row.id)
        facts |= _seen(opened, seen) | {"name": opened.names.of_rows(table, [row])[row.id]}
        stand_in = Nomination(row_id=str(row.id), area=row.area_code or "")
        facts |= {"place": opened.places([stand_in.area])[stand_in.area], "wins": _wins(opened, stand_in)}
    elif asked:
        facts["found"] = _found(opened, table, asked)
    return render(request, "desk/awards/nominate.html", facts)


@never_cache
@require_safe
def nomination(request: HttpRequest, number: int) -> HttpResponse:
    """A nomination with its newest receipt, and those before it."""
    opened, one = open_nomination(request, number)
    receipts = list(one.receipts.order_by("-id"))
    shown = opened.shown([one])[one.row_id]
    in_hand = opened.round.state in {Round.State.NOMINATING, Round.State.JUDGING}
    is_waiting = one.state == Nomination.State.WAITING
    facts = shared(opened) | {
        "nomination": one,
        "name": shown.name,
        "place": shown.place,
        "receipt": receipts[0],
        "receipts": receipts,
        "people": names_of_accounts({one.by, one.settled_by, *(each.by for each in receipts)}),
        "conditions": conditions_of(receipts[0].report, opened.lang),
        "keys": [(key["title"][opened.lang], key["value"][opened.lang]) for key in receipts[0].keys],
        "wins": _wins(opened, one),
        "papers": attachments.list_for(one.purpose, opened.scope),
        "may_verify": is_waiting
        and opened.round.state == Round.State.NOMINATING
        and one.by != opened.actor.name
        and opened.may(opened.rules.step("check"), one.area),
        "may_withdraw": in_hand
        and one.state != Nomination.State.WITHDRAWN
        and (one.by == opened.actor.name or opened.may(opened.rules.step("apply"), one.area)),
        "may_add": in_hand and one.by == opened.actor.name,
        "form": ReasonForm(),
        "files": FILES,
    }
    return render(request, "desk/awards/nomination.html", facts)


@never_cache
@require_POST
def nomination_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Check a nomination, return it, withdraw it, or add papers to it."""
    opened, one = open_nomination(request, number)
    reason, rules = request.POST.get("reason", "")[:500], opened.rules
    whose: dict[str, Any] = {"actor": opened.actor, "now": opened.now}
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "verify": (
            lambda: nominating.verify(one, rules, in_order=True, note=reason, **whose),
            _("已核对，材料和台账相符。"),
        ),
        "return": (
            lambda: nominating.verify(one, rules, in_order=False, note=reason, **whose),
            _("已记为核对不符。"),
        ),
        "withdraw": (lambda: nominating.withdraw(one, rules, reason, **whose), _("提名已撤回。")),
        "papers": (lambda: _add_papers(opened, one), _("材料已收下。")),
    }
    if step not in steps:
        raise Http404
    tried(request, *steps[step])
    return redirect("award-nomination", number)


def _nominate(opened: Opened, row: Row, form: NominationForm) -> Nomination | None:
    made: list[Nomination] = []

    def step() -> None:
        with transaction.atomic():
            one = nominating.nominate(
                opened.round.pk, opened.rules, row.id, form.cleaned_data["reason"],
                actor=opened.actor, today=opened.today, now=opened.now,
            )  # fmt: skip
            keep_papers(form.cleaned_data["papers"], purpose=one.purpose, area=one.area, by=opened.actor.name)
            made.append(one)

    return made[0] if tried(opened.request, step, _("已提名。")) else None


def _add_papers(opened: Opened, one: Nomination) -> None:
    if one.by != opened.actor.name:
        raise Http404
    files = opened.request.FILES.getlist("papers")
    with transaction.atomic():
        keep_papers(files, purpose=one.purpose, area=one.area, by=opened.actor.name)


def _row(opened: Opened, table: RegisterTable) -> Row | None:
    """The row that an address names, within the area; not found if it is none."""
    written = opened.request.GET.get("row", "")
    if not written:
        return None
    row_id = row_id_of(table.register, written)
    found = None if row_id is None else registers.row(table, opened.names.root, row_id)
    if found is None:
        raise Http404
    return found


def _found(opened: Opened, table: RegisterTable, asked: str) -> list[Candidate]:
    """The rows within the area that a text means: by their own name or number, or by that of what their key names."""
    root, row_id = opened.names.root, row_id_of(table.register, asked.removeprefix("#"))
    exact = registers.row(table, root, row_id) if row_id is not None else None
    rows = [*([exact] if exact else []), *_meant(table, root, Filter("id", MEANT, asked))]
    for column in table.references():
        if column.name in table.key and isinstance(column.type, Ref) and column.type.register != DIVISIONS:
            target = table_of(opened.rules.pack, column.type.register)
            ids = tuple(row.id for row in _meant(target, root, Filter("id", MEANT, asked)))
            rows += _meant(table, root, Filter(column.name, "any", ids)) if ids else []
    kept = list({row.id: row for row in rows}.values())[:MOST_FOUND]
    named = opened.names.of_rows(table, kept)
    places = opened.places(row.area_code or "" for row in kept)
    return [Candidate(row.id, named[row.id], places[row.area_code or ""]) for row in kept]


def _meant(table: RegisterTable, root: str, asked: Filter) -> list[Row]:
    return list(registers.page(table, root, [asked], Sort("id"), size=MOST_FOUND).rows)


def _seen(opened: Opened, seen: Seen) -> dict[str, Any]:
    conditions: tuple[ConditionView, ...] = conditions_of(seen.report, opened.lang)
    keys = [(key["title"][opened.lang], key["value"][opened.lang]) for key in seen.keys]
    return {"outcome": seen.outcome, "conditions": conditions, "keys": keys}


def _wins(opened: Opened, one: Nomination) -> tuple[str, ...]:
    return wins_in_words(opened, [one]).get(one.row_id, ())
