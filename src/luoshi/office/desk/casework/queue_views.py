"""The pages of lists: what waits at one's desk, one's drafts, and the cases of one's area."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.casework import queries
from luoshi.office.casework.models import Case
from luoshi.office.casework.queries import SHOWN, Waiting
from luoshi.office.desk.casework.listing import (
    CONTESTED,
    Asked,
    area_counts,
    area_page,
    case_lines,
    task_lines,
)
from luoshi.office.desk.casework.seeing import Seat, drafts, number_in, seat_of
from luoshi.office.desk.registers.sealing import seal, unseal
from luoshi.office.runs import library

STATES = frozenset({"", CONTESTED, *Case.State.values}) - {Case.State.DRAFT.value}
MOST_DRAFTS = 50


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits at one's desk, what is due first comes first; who has no desk is shown the cases of their area."""
    seat = seat_of(request)
    if not seat.is_hand:
        return redirect("cases-all")
    shown = request.GET.get("show") or "open"
    pack_id, _slash, procedure = request.GET.get("for", "").partition("/")
    if shown not in SHOWN:
        raise Http404
    page = queries.queue(seat.actor, seat.today, shown, pack_id, procedure, request.GET.get("after", ""))
    holders = names_of_accounts(task.holder for task in page.tasks if task.holder)
    chosen = {name: request.GET[name] for name in ("show", "for") if request.GET.get(name)}
    facts = {
        "lines": task_lines(seat, page.tasks, holders),
        "shown": shown,
        "chosen": request.GET.get("for", ""),
        "counts": counts_in_words(queries.waiting(seat.actor, seat.today), pack_id, procedure),
        "procedures": _procedures(seat),
        "following": f"?{urlencode({**chosen, 'after': page.after})}" if page.after else "",
        "first": f"?{urlencode(chosen)}" if request.GET.get("after") else "",
        "me": seat.actor.name,
    }
    return _page(request, seat, "queue", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def area_cases(request: HttpRequest) -> HttpResponse:
    """The cases of one's area. What is looked for may name somebody, so it stands in the address sealed."""
    seat = seat_of(request)
    if request.method == "POST":
        text = request.POST.get("q", "").strip()
        return redirect(f"{request.path}?q={seal(text)}" if text else request.path)
    sealed = request.GET.get("q", "")
    asked = Asked(
        state=request.GET.get("state", ""),
        text=unseal(sealed) if sealed else "",
        pack_id=request.GET.get("pack", ""),
        measure=request.GET.get("measure", ""),
        after=number_in(request, "after"),
    )
    if asked.state not in STATES:
        raise Http404
    cases, after = area_page(seat, asked)
    tabs = [(asked.query(state=state, q=sealed), state, words, number) for state, words, number in area_counts(seat)]
    facts = {
        "lines": case_lines(seat, cases),
        "asked": asked,
        "tabs": tabs,
        "measure": _measure(asked, seat),
        "without_measure": asked.query(measure="", pack="", q=sealed),
        "following": asked.query(q=sealed, after=after) if after is not None else "",
        "first": asked.query(q=sealed) if asked.after is not None else "",
    }
    return _page(request, seat, "area", facts)


@never_cache
@require_safe
def own_drafts(request: HttpRequest) -> HttpResponse:
    """What one has begun to take in and not handed in yet."""
    seat = seat_of(request)
    return _page(request, seat, "drafts", {"lines": case_lines(seat, drafts(seat)[:MOST_DRAFTS])})


def counts_in_words(waiting: Waiting, pack_id: str, procedure: str) -> list[tuple[str, str, int | None, str]]:
    """The filters of the queue: name, words, how many where that is counted, and the address."""
    kept = {"for": f"{pack_id}/{procedure}"} if procedure else {}
    words = {"open": _("全部待办"), "late": _("已超期"), "mine": _("我承接的"), "beside": _("定期要做的")}
    numbers = {"open": waiting.open, "late": waiting.late, "mine": waiting.mine}
    return [(name, words[name], numbers.get(name), f"?{urlencode({'show': name, **kept})}") for name in SHOWN]


def _procedures(seat: Seat) -> list[tuple[str, str, int]]:
    """The procedures with something in the queue, to narrow it to one of them."""
    found = []
    for pack_id, name, number in queries.procedures_waiting(seat.actor, seat.today):
        known = library.pack(pack_id).procedures.get(name)
        found.append((f"{pack_id}/{name}", known.title.say(seat.lang) if known else name, number))
    return sorted(found, key=lambda one: one[1])


def _measure(asked: Asked, seat: Seat) -> str:
    packs = {pack.policy.id: pack for pack in library.packs()} if asked.measure else {}
    pack = packs.get(asked.pack_id)
    return pack.measures[asked.measure].title.say(seat.lang) if pack and asked.measure in pack.measures else ""


def _page(request: HttpRequest, seat: Seat, kind: str, facts: dict[str, Any]) -> HttpResponse:
    shared = {"kind": kind, "seat": seat, "may_take": seat.may("case-new")}
    return render(request, f"desk/casework/{kind}.html", shared | facts)
