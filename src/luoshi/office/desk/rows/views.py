"""The pages on which single rows are written: corrected, added, given back what they held before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luoshi.office.desk.rows.comparing import changes
from luoshi.office.desk.rows.complaints import by_column
from luoshi.office.desk.rows.entries import Form, Written
from luoshi.office.desk.rows.opening import Opened, basis_of, open_register
from luoshi.office.registry import queries, revising
from luoshi.office.registry.errors import ChangedMeanwhile, NotHere, Refused
from luoshi.office.registry.queries import Row
from luoshi.office.registry.tracing import cells_of_version, columns_changed_since
from luoshi.office.sheets.drafting import broken_limits

MOST_SOURCES = 8


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pack_id: str, register: str, row_id: str) -> HttpResponse:
    """The form of a row; what its changes come to; and the row with them."""
    opened = open_register(request, pack_id, register)
    row = opened.row(row_id)
    form = Form(opened.names, opened.table, row)
    found = form.read(request.POST) if request.method == "POST" else Written()
    meanwhile = _keep_own_changes(opened, row, found, _number(request, "base"))
    if request.method == "POST" and request.POST.get("step") == "save" and not found.problems:
        where: dict[str, Any] = {"scope_prefix": opened.root, "expected_version": _number(request, "version")}
        try:
            version = revising.correct(opened.table, opened.tables, row.id, found.cells, basis_of(request), **where)
            messages.success(request, _("已保存，现在是第 %(version)s 版。") % {"version": version})
            return redirect("subject", pack_id, register, row_id)
        except ChangedMeanwhile:
            found.problems[""] = _("这一行刚才有人改过，还没有保存。下面是和现在内容的对照，请核对后再保存。")
        except Refused as refused:
            found.problems |= by_column(opened.table, refused.problems)
    if request.method == "POST":
        found.problems = {**_foreseen(opened, row, found), **found.problems}
    told = _told(opened, row, form, found, request)
    told["base"] = request.POST.get("base") or row.version
    if request.method == "POST":
        new = revising.differing(opened.table, opened.tables, row.id, found.cells, opened.root)
        told["changes"] = list(changes(opened.names, opened.table, row, new, meanwhile))
    return render(request, "desk/rows/correct.html", told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pack_id: str, register: str) -> HttpResponse:
    """The form of a new row; what it comes to; and the row."""
    opened = open_register(request, pack_id, register)
    if opened.table.of_divisions:
        raise Http404
    form = Form(opened.names, opened.table, None)
    found = form.read(request.POST) if request.method == "POST" else Written()
    if request.method == "POST":
        if request.POST.get("step") == "save" and not found.problems:
            try:
                basis = basis_of(request)
                row_id = revising.add(opened.table, opened.tables, found.cells, basis, scope_prefix=opened.root)
                messages.success(request, _("已登记，编号 %(number)s。") % {"number": row_id})
                return redirect("subject", pack_id, register, row_id)
            except Refused as refused:
                found.problems |= by_column(opened.table, refused.problems)
        found.problems |= _foreseen(opened, None, found)
    told = _told(opened, None, form, found, request)
    new = {name: value for name, value in found.cells.items() if value is not None}
    told["changes"] = list(changes(opened.names, opened.table, None, new))
    if new and not found.problems:
        broken = broken_limits(opened.names.pack, register, new, timezone.localdate())
        told["broken"] = [(limit.title.say(opened.names.lang), limit.force) for limit in broken]
    return render(request, "desk/rows/add.html", told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pack_id: str, register: str, row_id: str, version: int) -> HttpResponse:
    """What giving a row back a former version would change; and the row with it."""
    opened = open_register(request, pack_id, register)
    row = opened.row(row_id)
    former = cells_of_version(opened.table, opened.root, row.id, version)
    if former is None or version >= row.version:
        raise Http404
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            where: dict[str, Any] = {"scope_prefix": opened.root, "expected_version": _number(request, "version")}
            done = revising.restore(opened.table, opened.tables, row.id, version, basis_of(request), **where)
            messages.success(request, _("已恢复，现在是第 %(version)s 版。") % {"version": done})
            return redirect("subject", pack_id, register, row_id)
        except ChangedMeanwhile:
            problems[""] = _("这一行刚才又改过，下面是现在的情况。请核对后再恢复。")
        except Refused as refused:
            problems = dict(by_column(opened.table, refused.problems))
    new = revising.differing(opened.table, opened.tables, row.id, former, opened.root)
    told = _told(opened, row, None, Written(problems=problems), request)
    told |= {"former": version, "changes": list(changes(opened.names, opened.table, row, new))}
    return render(request, "desk/rows/restore.html", told)


def _told(opened: Opened, row: Row | None, form: Form | None, found: Written, request: HttpRequest) -> dict[str, Any]:
    """What the pages show."""
    posted = request.POST if request.method == "POST" else None
    whole = [words for name, words in found.problems.items() if name not in opened.table.columns]
    named = [(column.name, column.title.say(opened.names.lang)) for column in opened.table.columns.values()]
    facts = {
        "reading": opened.reading, "register": opened.register, "title": opened.title, "row": row,
        "name": opened.name_of(row) if row else "", "problems": whole, "sources": _sources(opened, row),
        "wrong": [(name, title) for name, title in named if name in found.problems],
        "reason": request.POST.get("reason", ""), "source": request.POST.get("source", ""),
    }  # fmt: skip
    if form is not None:
        facts["entries"] = list(form.entries(posted, found))
        is_seen = posted is not None
        facts["is_seen"], facts["is_sound"] = is_seen, is_seen and not found.problems
    return facts


def _keep_own_changes(opened: Opened, row: Row, found: Written, base: int) -> frozenset[str]:
    """Of a form that was opened on a former version only what was changed in it is left; what others changed since."""
    if not base or base == row.version:
        return frozenset()
    former = cells_of_version(opened.table, opened.root, row.id, base) or {}
    found.cells = {
        name: value
        for name, value in found.cells.items()
        if opened.table.columns[name].encrypted or name not in former or value != former[name]
    }
    return columns_changed_since(opened.table, opened.root, row.id, base)


def _foreseen(opened: Opened, row: Row | None, found: Written) -> dict[str, str]:
    """The problems that saving would meet; those of reason and source are told when somebody saves."""
    cells = {name: value for name, value in found.cells.items() if name not in found.problems}
    try:
        with transaction.atomic():
            problems = revising.preview(opened.table, opened.tables, row.id if row else None, cells, opened.root)
    except NotHere:
        raise Http404 from None
    if found.problems:  # where a field is wrong, the rest may be only because of it
        problems = [one for one in problems if one.column not in found.problems and one.kind not in {"empty", "place"}]
    return dict(by_column(opened.table, problems))


def _sources(opened: Opened, row: Row | None) -> Iterable[str]:
    """Sources that were given before, to choose from."""
    if row is None:
        return ()
    formers = queries.history(opened.table, opened.root, row.id)
    return tuple(dict.fromkeys([row.source, *(former.source for former in formers)]))[:MOST_SOURCES]


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
