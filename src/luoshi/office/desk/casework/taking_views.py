"""The pages on which an application is taken in at a desk: the procedure, the subject, what is claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case
from luoshi.office.casework.opening import Opening, open_case
from luoshi.office.casework.queries import cases_of_row
from luoshi.office.desk.casework.complaints import About, said
from luoshi.office.desk.casework.seeing import Seat, new_key, seat_of
from luoshi.office.desk.casework.taking import led, offers, offices_led, wanted
from luoshi.office.desk.keeping import Kept, find_kept
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import Reading, read
from luoshi.office.desk.registers.listing import matches
from luoshi.office.desk.registers.question import Question
from luoshi.office.desk.registers.sealing import seal, unseal
from luoshi.office.registry.filters import Sort
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library
from luoshi.rulebook.model.administration import Procedure

MOST_PICKED = 30
KEY = re.compile(r"[0-9a-f]{32}")
PERIOD = re.compile(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?")
CHANNELS = (Case.Channel.DESK, Case.Channel.PROXY)
REFUSED = 422


@dataclass(frozen=True)
class Chosen:
    """A procedure that an address names."""

    seat: Seat
    reading: Reading
    procedure: Procedure

    def facts(self) -> dict[str, Any]:
        """What each of its pages shows."""
        lang, pack = self.seat.lang, self.reading.pack
        return {"reading": self.reading, "procedure": self.procedure, "title": self.procedure.title.say(lang),
                "policy": pack.policy.title.say(lang), "seat": self.seat}  # fmt: skip


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Every procedure in which somebody may apply."""
    seat = seat_of(request)
    groups = [
        (pack.policy.id, pack.policy.title.say(seat.lang),
         [(one.id, one.title.say(seat.lang), measures) for one, measures in found])
        for pack, found in offices_led(seat)
    ]  # fmt: skip
    return render(request, "desk/casework/new.html", {"groups": groups})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest, pack_id: str, procedure: str) -> HttpResponse:
    """Whom or what the case is about: looked for in the registers of the procedure."""
    chosen = _chosen(request, pack_id, procedure)
    if request.method == "POST":
        text = request.POST.get("q", "").strip()
        return redirect(f"{request.path}?q={seal(text)}" if text else request.path)
    text = unseal(request.GET["q"]) if request.GET.get("q") else ""
    pack, root, lang = chosen.reading.pack, chosen.reading.root, chosen.seat.lang
    groups = []
    for register in chosen.procedure.registers:
        question = Question(table_of(pack, register), text, (), Sort(), (), ())
        rows = matches(Names(pack, root, lang), question, root, MOST_PICKED)
        groups.append((register, pack.registers[register].title.say(lang), rows))
    return render(request, "desk/casework/subject.html", chosen.facts() | {"groups": groups, "text": text})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, pack_id: str, procedure: str, register: str, row_id: str) -> HttpResponse:
    """What is known of the subject, what it may claim as things stand; handed on, a draft is opened."""
    chosen = _chosen(request, pack_id, procedure)
    seat, reading = chosen.seat, chosen.reading
    if register not in chosen.procedure.registers:
        raise Http404
    kept = find_kept(Names(reading.pack, reading.root, seat.lang), register, row_id)
    if kept is None or not isinstance(kept.row.id, int):
        raise Http404
    if request.method == "POST":
        return _open(request, chosen, register, kept)
    return _page(request, chosen, register, kept, request.GET.getlist("measure"))


def _open(request: HttpRequest, chosen: Chosen, register: str, kept: Kept) -> HttpResponse:
    seat, given = chosen.seat, request.POST
    key, channel, picked = given.get("key", ""), given.get("channel", ""), given.getlist("claim")
    if not KEY.fullmatch(key) or channel not in CHANNELS:
        return _page(request, chosen, register, kept, picked, _("请选申请是怎样收到的。"))
    offered = offers(seat, chosen.reading, chosen.procedure, register, kept.row)
    claims = wanted(offered, picked, given.dict())
    if any(one.period and not PERIOD.fullmatch(one.period) for one in claims):
        return _page(request, chosen, register, kept, picked, _("请写明是哪一年或哪一个月，如 2026 或 2026-11。"))
    opening = Opening(
        key=f"desk:{key}",
        procedure=chosen.procedure.id,
        register=register,
        row_id=int(kept.row.id),
        claims=claims,
        channel=Case.Channel(channel),
    )
    try:
        case = open_case(chosen.reading.pack, opening, seat.actor, seat.moment())
    except CaseError as error:
        words = said(error, About(chosen.reading.pack, chosen.procedure.id, seat.lang))
        return _page(request, chosen, register, kept, picked, words)
    if case.state == Case.State.DRAFT:
        messages.success(request, _("已存为草稿。核对材料以后再提交。"))
    return redirect("case", case.number)


def _page(
    request: HttpRequest, chosen: Chosen, register: str, kept: Kept, picked: list[str], problem: str = ""
) -> HttpResponse:
    seat, pack = chosen.seat, chosen.reading.pack
    offered = offers(seat, chosen.reading, chosen.procedure, register, kept.row)
    known = cases_of_row(pack.policy.id, register, int(kept.row.id), seat.scope)
    facts = chosen.facts() | {
        "kept": kept, "register": register, "problem": problem, "channels": [(one, one.label) for one in CHANNELS],
        "channel": request.POST.get("channel", ""), "key": request.POST.get("key") or new_key(),
        "offers": [(one, one.key in picked or one.measure.id in picked) for one in offered],
        "running": [one for one in known if one.is_open and one.procedure == chosen.procedure.id],
        "year": seat.today.year,
    }  # fmt: skip
    return render(request, "desk/casework/claim.html", facts, status=REFUSED if problem else 200)


def _chosen(request: HttpRequest, pack_id: str, name: str) -> Chosen:
    """The procedure in the text that holds today, by which a case is opened."""
    seat, reading = seat_of(request), read(request, pack_id)
    reading = replace(reading, pack=library.pack(pack_id))
    procedure = reading.pack.procedures.get(name)
    if procedure is None or procedure not in led(reading.pack):
        raise Http404
    return Chosen(seat, reading, procedure)
