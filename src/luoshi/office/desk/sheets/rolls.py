"""The list of payment of a period: who gets what, who waits for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.desk.money_words import told
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import Reading, read
from luoshi.office.desk.sheets.calling import called
from luoshi.office.desk.sheets.opening import actor_of, in_words, moment_of, period_in_words
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.runs import library
from luoshi.office.sheets import paying
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.paying import BLOCKED, COMMITTED, DUE, REFUSED, UNKNOWN, ZERO, Owed, Roll
from luoshi.office.sheets.periods import Period, period_of
from luoshi.office.treasury.errors import Refused

QUARTER = "Q"


@dataclass(frozen=True)
class OwedView:
    """A line of the list."""

    owed: Owed
    name: str
    place: str
    measure: str
    amount: str


@never_cache
@require_safe
def roll(request: HttpRequest, pack_id: str, block: str, period: str) -> HttpResponse:
    """The list, with what blocks whom."""
    reading, found = _asked(request, pack_id, block, period)
    lang = reader_language()
    names = Names(reading.pack, reading.root, lang)
    register = found.register
    by_owner = called(names, register, [one.line.owner for one in found.lines])
    places = names.of(DIVISIONS, {one.line.area for one in found.lines if one.line.area})
    lines = [
        OwedView(
            one, by_owner.get(one.line.owner, str(one.line.owner)), places.get(one.line.area, one.line.area),
            one.measure.title.say(lang) if one.measure else "", _money(one.amount),
        )
        for one in found.lines
    ]  # fmt: skip
    states = (DUE, ZERO, BLOCKED, UNKNOWN, REFUSED, COMMITTED)
    facts = {
        "reading": reading, "roll": found, "register": register, "lines": lines, "title": found.block.title.say(lang),
        "period": period_in_words(found.period), "counts": {state: len(found.of(state)) for state in states},
        "total": _money(found.total),
        "may_list": paying.may_list(found.pack, found.block, found.area, actor_of(request)),
    }  # fmt: skip
    return render(request, "desk/sheets/roll.html", facts)


def _money(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}"


@require_POST
def commit(request: HttpRequest, pack_id: str, block: str, period: str) -> HttpResponse:
    """The money of what is due is set aside."""
    reading, found = _asked(request, pack_id, block, period)
    try:
        rows = paying.commit(found, request.POST.get("basis", ""), moment_of(request))
        form = ngettext("%(n)s 人已列入待付。", "%(n)s 人已列入待付。", rows)
        messages.success(request, form % {"n": rows})
    except SheetError as error:
        messages.warning(request, in_words(error))
    except Refused as refused:
        messages.warning(request, _("资金没有列成，什么都没有改动：%(why)s") % {"why": told(refused)})
    answer = redirect("sheet-roll", pack_id, block, period)
    answer["Location"] += reading.query
    return answer


def _asked(request: HttpRequest, pack_id: str, name: str, written: str) -> tuple[Reading, Roll]:
    reading = read(request, pack_id)
    period = _period(reading, name, written)
    pack = library.pack(pack_id, period.end)
    block = pack.sheets.get(name)
    if block is None or block.pays is None:
        raise Http404
    return reading, paying.roll_of(pack, block, reading.area.code, period)


def _period(reading: Reading, name: str, written: str) -> Period:
    """The period that an address names, as periods of the sheet are named."""
    block = reading.pack.sheets.get(name)
    if block is None:
        raise Http404
    year, _dash, rest = written.partition("-")
    month = int(rest.removeprefix(QUARTER)) if rest.removeprefix(QUARTER).isdecimal() else 1
    try:
        start = date(int(year), month * 3 - 2 if rest.startswith(QUARTER) else month, 1)
    except ValueError:
        raise Http404 from None
    found = period_of(block.every, start)
    if found.name != written:
        raise Http404
    return found
