"""The pages of what is missing: everything that decisions wait for, the rows to fill in, sheets to fill them in on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.audit import actions as audit
from luoshi.office.desk.wording import Sum, money
from luoshi.office.desk.worklists.asking import Asking, Listed, ask, page, place_in
from luoshi.office.desk.worklists.collecting import MOST_LINES, collection_book
from luoshi.office.desk.worklists.workbooks import answer
from luoshi.office.registry.shape import table_of
from luoshi.office.worklists.gaps import OTHER, Name
from luoshi.office.worklists.queries import GapSum, gap_rows, gap_sums
from luoshi.office.worklists.snapshots import written
from luoshi.rulebook.model.blocks import Pack

MOST = 50
KINDS = ("fact", "judgement", "parameter", OTHER)
NONE = "-"
"""Stands in an address where a name has no register, or a register no name."""


@dataclass(frozen=True)
class MissingLine:
    """A missing thing in words, with what waits for it."""

    kind: str
    title: str
    register: str
    address: tuple[str, str, str]
    sum: GapSum
    amount: Sum


@never_cache
@require_safe
def missing(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Everything that is missing in an area, judgements apart from facts, what most decisions wait for first."""
    asking = ask(request, pack_id)
    sums = gap_sums(asking.run, asking.area) if asking.run else []
    lines = [_line(asking, one) for one in sums]
    groups = [(kind, [line for line in lines if line.kind == kind]) for kind in KINDS]
    return page(asking, "missing", "missing", groups=[group for group in groups if group[1]])


@never_cache
@require_safe
def rows(request: HttpRequest, pack_id: str, kind: str, register: str, name: str) -> HttpResponse:
    """The rows in which one thing is to be filled in."""
    asking, after = ask(request, pack_id), place_in(request)
    line, listed, following = _asked(asking, kind, register, name), list[Listed](), ""
    if asking.run is not None and line.sum.rows:
        some = gap_rows(asking.run, line.sum.name, asking.area, after, MOST)
        owner = line.sum.name.register
        if owner:
            listed = asking.listed(owner, [(written(owner, row), area) for row, area in some.rows])
        following = asking.query(after=some.after) if some.after is not None else ""
    facts = {
        "line": line,
        "listed": listed,
        "following": following,
        "first": asking.first(after),
    }
    return page(asking, "missing_rows", "missing", **facts, may_print=_has_sheet(asking, line))


@never_cache
@require_safe
def sheet(request: HttpRequest, pack_id: str, kind: str, register: str, name: str) -> HttpResponse:
    """The rows as a sheet with the missing column to fill in."""
    asking = ask(request, pack_id)
    line = _asked(asking, kind, register, name)
    if asking.run is None or not _has_sheet(asking, line):
        raise Http404
    found = gap_rows(asking.run, line.sum.name, asking.area, size=MOST_LINES)
    if found.after is not None:
        messages.error(request, _("名单太长，一张表最多 %(most)s 行。请先选一个乡镇或村。") % {"most": MOST_LINES})
        return redirect(reverse("missing-rows", args=[pack_id, *line.address]) + asking.query())
    subject, details = f"worklist:{pack_id}/missing/{register}.{name}", {"rows": len(found.rows)}
    audit.record(
        "worklist.export", actor=asking.by, subject=subject, area=asking.area, origin=asking.origin, details=details
    )
    return answer(collection_book(asking, line.sum.name, found.rows), f"{asking.area}-{register}-{name}.xlsx")


def _asked(asking: Asking, kind: str, register: str, name: str) -> MissingLine:
    """The line that an address names; where nothing waits for it any more, with nothing."""
    wanted = Name(kind, *("" if part == NONE else part for part in (register, name)))
    if not _is_known(asking.pack, wanted):
        raise Http404
    sums = gap_sums(asking.run, asking.area) if asking.run else []
    return _line(asking, next((one for one in sums if one.name == wanted), GapSum(wanted, 0, 0, 0, 0, Decimal(0))))


def _is_known(pack: Pack, name: Name) -> bool:
    if name.kind == "parameter":
        return name.register == "" and name.name in pack.parameters
    if name.register not in pack.registers or name.kind not in KINDS:
        return False
    if name.kind == OTHER:
        return name.name in pack.measures
    return name.name == "" or name.name in table_of(pack, name.register).columns


def _has_sheet(asking: Asking, line: MissingLine) -> bool:
    return line.kind in {"fact", "judgement"} and bool(line.sum.name.name) and asking.may("missing-sheet")


def _line(asking: Asking, one: GapSum) -> MissingLine:
    kind, register, name = one.name
    pack, lang = asking.pack, asking.lang
    owner = pack.registers[register].title.say(lang) if register else ""
    if kind == "parameter":
        title = pack.parameters[name].title.say(lang)
    elif kind == OTHER:
        title = pack.measures[name].title.say(lang)
    else:
        title = table_of(pack, register).columns[name].title.say(lang) if name else _("整个台账没有人登记")
    return MissingLine(kind, title, owner, (kind, register or NONE, name or NONE), one, money(one.amount, lang))
