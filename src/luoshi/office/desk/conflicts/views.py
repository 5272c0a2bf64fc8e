"""The worklist of values that contradict one another: by register, one page after another, settled one or several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.naming import RowId
from luoshi.office.desk.reading import read
from luoshi.office.desk.rows.comparing import told_cell
from luoshi.office.desk.rows.complaints import by_column
from luoshi.office.desk.rows.opening import Opened, basis_of, open_register
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry import conflicts
from luoshi.office.registry.errors import NotHere, Refused
from luoshi.office.registry.models import Conflict
from luoshi.office.registry.shape import table_of

MOST = 30


@dataclass(frozen=True)
class Contradiction:
    """A conflict in words. `is_old`: the row holds something else now than when the value was offered."""

    conflict: Conflict
    row_id: RowId
    row: str
    column: str
    held: str
    offered: str
    now: str
    is_old: bool


@never_cache
@require_safe
def conflict_list(request: HttpRequest, pack_id: str) -> HttpResponse:
    """The registers in which conflicts wait, and those of one of them."""
    reading = read(request, pack_id)
    tables = [table_of(reading.pack, register) for register in reading.pack.registers]
    counts = {name.name: count for name, count in conflicts.open_counts(tables, reading.area.code).items()}
    lang = reader_language()
    tabs = [(register, reading.pack.registers[register].title.say(lang), count) for register, count in counts.items()]
    chosen = request.GET.get("register") or next(iter(counts), "")
    facts = {"reading": reading, "tabs": tabs, "register": chosen, "rows": [], "following": 0}
    if chosen:
        opened = open_register(request, pack_id, chosen)
        found = conflicts.open_conflicts(opened.table, reading.area.code, _after(request), MOST + 1)
        facts["rows"] = _told(opened, found[:MOST])
        facts["following"] = found[MOST - 1].id if len(found) > MOST else 0
    may_settle = isinstance(request.user, User) and may_open("conflicts-settle", request.user.role)
    facts |= {"may_settle": may_settle, "is_first": not _after(request)}
    return render(request, "desk/conflicts/list.html", facts)


@require_POST
def conflicts_settle(request: HttpRequest, pack_id: str, register: str) -> HttpResponse:
    """The conflicts that were ticked are settled, all or none."""
    opened = open_register(request, pack_id, register)
    numbers = [int(text) for text in request.POST.getlist("conflict") if text.isascii() and text.isdecimal()]
    take = request.POST.get("decision") == "take"
    back = f"{reverse('conflicts', args=[pack_id])}?register={register}"
    if not numbers:
        messages.warning(request, _("还没有勾选。请先勾选要处理的几条。"))
        return redirect(back)
    try:
        where: dict[str, Any] = {"take": take, "scope_prefix": opened.root}
        done = conflicts.settle(opened.table, opened.tables, numbers, basis_of(request), **where)
    except NotHere:
        raise Http404 from None
    except Refused as refused:
        problems = by_column(opened.table, refused.problems)
        titles = {name: column.title.say(opened.names.lang) for name, column in opened.table.columns.items()}
        told = [f"{titles[name]}{_('：')}{words}" if name else words for name, words in problems.items()]
        messages.warning(request, _("一条也没有处理。") + " ".join(told))
        return redirect(back)
    text = (
        ngettext("已采用 %(count)s 条新值。", "已采用 %(count)s 条新值。", done)
        if take
        else ngettext("已保留 %(count)s 条现值。", "已保留 %(count)s 条现值。", done)
    )
    messages.success(request, text % {"count": done})
    return redirect(back)


def _told(opened: Opened, found: list[Conflict]) -> list[Contradiction]:
    """Conflicts with the names of their rows and their values in words."""
    table = opened.table
    rows = opened.shown([conflicts.id_of(table, one.row_id) for one in found])
    named = opened.names.of_rows(table, rows.values())
    told = []
    for one in found:
        row_id, column = conflicts.id_of(table, one.row_id), table.columns.get(one.column)
        if row_id not in rows or column is None:
            continue
        values = (conflicts.shown_value(table, column, text) for text in (one.held, one.offered))
        held, offered = (told_cell(opened.names, table, column, value) for value in values)
        now = told_cell(opened.names, table, column, rows[row_id].cells[column.name])
        title = column.title.say(opened.names.lang)
        told.append(Contradiction(one, row_id, named[row_id], title, held, offered, now, now != held))
    return told


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
