"""Imports of one's area, and everything about one of them."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.audit import actions as audit
from luoshi.office.desk.imports.finding import found_import
from luoshi.office.desk.imports.previewing import shown_lines
from luoshi.office.desk.imports.stages import Stage
from luoshi.office.desk.naming import Names
from luoshi.office.desk.origin import address_of
from luoshi.office.desk.reading import readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.exchange import queries, reading
from luoshi.office.exchange.books import write_corrected
from luoshi.office.exchange.faults import worded
from luoshi.office.exchange.models import Import
from luoshi.office.registry.areas import area
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.runs import library
from luoshi.rulebook.model.blocks import Pack

State = Import.State
PAGE = 25
LINES = 20


@never_cache
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The imports of the person's area, the newest first."""
    scope, lang = scope_of(request), reader_language()
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdecimal() and len(before) < PAGE):
        raise Http404
    found = queries.imports(scope, int(before) if before else None, PAGE + 1)
    packs = {pack.policy.id: pack for pack in readable_packs(scope)}
    rows = [
        {"work": work, "stage": Stage(work), "title": _title(packs[work.pack_id], work, lang), "place": _place(work)}
        for work in found[:PAGE]
        if work.pack_id in packs
    ]
    following = found[PAGE - 1].id if len(found) > PAGE else None
    facts = {"rows": rows, "following": following, "is_first": not before, "may_give": _may(request, "import-new")}
    return render(request, "desk/imports/list.html", facts)


@never_cache
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """An import: how far it is, what is wrong, what it would change, what can be done. To a poll only how far it is."""
    work, lang = found_import(request, number), reader_language()
    if request.headers.get("HX-Request"):
        if not work.is_worked_on:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "desk/imports/progress.html", {"work": work, "stage": Stage(work)})
    pack = library.pack(work.pack_id)
    facts: dict[str, Any] = {
        "work": work,
        "stage": Stage(work),
        "title": _title(pack, work, lang),
        "place": _place(work),
        "notes": [note.told() for note in reading.kept_notes(work)],
        "may_act": _may(request, "import-accept"),
    }
    facts |= _of_state(request, work, pack, lang)
    return render(request, "desk/imports/one.html", facts)


@never_cache
@require_safe
def corrected(request: HttpRequest, number: int) -> FileResponse:
    """The file as it was given, with what is wrong marked in it; it is on record who took it."""
    work = found_import(request, number)
    if work.state != State.REFUSED or not work.sheet:
        raise Http404
    meant = reading.read(work, library.pack(work.pack_id))
    if isinstance(meant, reading.Several):
        raise Http404
    faults = queries.faults(work, work.faults.count())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrected.xlsx"
        write_corrected(path, meant.sheet, faults)
        content = BytesIO(path.read_bytes())
    if request.method == "GET":
        actor, origin = request.user.get_username(), address_of(request)
        audit.record("import.fetch", actor=actor, subject=f"import:{work.id}", area=work.area, origin=origin)
    return FileResponse(content, as_attachment=True, filename=f"{Path(work.file_name).stem}-{work.id}.xlsx")


def _of_state(request: HttpRequest, work: Import, pack: Pack, lang: str) -> dict[str, Any]:
    """What the page shows of an import in its state."""
    if work.state in {State.REFUSED, State.CANCELLED}:
        return _faults(work)
    if work.state == State.READY:
        return _preview(request, work, pack, lang)
    if work.state == State.ACCEPTED and work.problem == "obstacles":
        table, tables = table_of(pack, work.register), tables_of(library.packs())
        return {"obstacles": _obstacles(work, pack, queries.hindrances(work, table, tables), lang)}
    return {}


def _faults(work: Import) -> dict[str, Any]:
    kinds = [(worded(kind), count) for kind, count in work.faults_by_kind.items()]
    found = queries.faults(work)
    return {
        "kinds": sorted(kinds, key=lambda each: -each[1]),
        "faults": [(fault, fault.told()) for fault in found],
        "all_faults": sum(count for _, count in kinds),
        "has_rows": bool(work.sheet),
    }


def _preview(request: HttpRequest, work: Import, pack: Pack, lang: str) -> dict[str, Any]:
    ways = {"changed": work.rows_changed, "new": work.rows_new, "contested": work.rows_contested}
    way = request.GET.get("show") or next((way for way, rows in ways.items() if rows), "changed")
    after = request.GET.get("after", "0")
    if way not in ways or not (after.isascii() and after.isdecimal() and len(after) < PAGE):
        raise Http404
    lines = queries.lines(work, table_of(pack, work.register), way, int(after), LINES + 1)
    shown = shown_lines(Names(pack, work.area, lang), work.register, lines[:LINES])
    following = lines[LINES - 1].row if len(lines) > LINES else None
    return {"ways": ways, "way": way, "lines": shown, "following": following, "is_first": after == "0"}


def _obstacles(work: Import, pack: Pack, found: list[Any], lang: str) -> list[dict[str, Any]]:
    names = Names(pack, work.area, lang)
    called = names.of(work.register, [each.row_id for each in found])
    return [
        {
            "row": each,
            "name": called.get(each.row_id) or names.plain(work.register, each.row_id),
            "by": pack.registers[each.register].title.say(lang) if each.register in pack.registers else each.register,
        }
        for each in found
    ]


def _title(pack: Pack, work: Import, lang: str) -> str:
    return pack.registers[work.register].title.say(lang)


def _place(work: Import) -> str:
    found = area(work.area)
    return found.name if found else work.area


def _may(request: HttpRequest, route: str) -> bool:
    return may_open(route, getattr(request.user, "role", None))
