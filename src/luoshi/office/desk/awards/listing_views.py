"""Lists: who can be nominated by the last calculation, who has won over the years, and a round as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.audit import actions as audit
from luoshi.office.awards import queries
from luoshi.office.awards.models import Round
from luoshi.office.awards.rules import find_rules, in_force_here
from luoshi.office.awards.winning import Winners, find_winners
from luoshi.office.desk.awards.book import book_of
from luoshi.office.desk.awards.opening import Opened, open_round
from luoshi.office.desk.keeping import in_words, row_id_of
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.reading import readable_packs, root_of, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.desk.worklists.workbooks import XLSX
from luoshi.office.registry import queries as registers
from luoshi.office.registry.filters import After, Sort
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.runs import queries as runs
from luoshi.office.runs import results
from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.model.outcomes import COUNTED
from luoshi.rulebook.model.types import Number, Ref

MOST = 50
TABS = ("eligible", "undetermined", "ineligible")


@dataclass(frozen=True)
class Found:
    """Somebody on the list of a calculation: what is unmet, or unknown."""

    id: RowId
    name: str
    place: str
    conditions: tuple[str, ...]
    is_kept: bool


@dataclass(frozen=True)
class Won:
    """One award that was won: who, where, and what the register says."""

    name: str
    place: str
    words: tuple[str, ...]


@never_cache
@require_safe
def listed(request: HttpRequest, number: int, outcome: str) -> HttpResponse:
    """Who is eligible, undetermined or ineligible in the person's area, as of the round's day, with reasons."""
    opened = open_round(request, number)
    if outcome not in TABS:
        raise Http404
    award, area = opened.rules.award, _wider(opened)
    run = runs.newest_run(opened.round.pack_id, opened.round.on)
    after = _after(request, award.register)
    facts: dict[str, Any] = {"run": run, "outcome": outcome, "lines": [], "following": "", "is_readable": True}
    if run is not None:
        numbers = runs.figures_of(run, area).get(award.id, runs.Figures())
        facts["counts"] = [(one, getattr(numbers, one)) for one in TABS]
        try:
            page = results.subjects(run, award.id, area, COUNTED[outcome], after, MOST)
        except results.NotReadable:
            facts["is_readable"] = False
        else:
            facts["lines"] = _found(opened, award, page)
            facts["following"] = f"?after={page.after}" if page.after is not None else ""
    facts["first"] = "?" if after is not None else ""
    facts["is_open"] = opened.round.state == Round.State.NOMINATING
    facts |= {"opened": opened, "round": opened.round, "title": opened.title}
    return render(request, "desk/awards/list.html", facts)


@never_cache
@require_safe
def winners(request: HttpRequest, pack_id: str, measure_id: str) -> HttpResponse:
    """Who has won over the years, the newest first, in the register that the award's procedure keeps."""
    scope = scope_of(request)
    pack = next((one for one in readable_packs(scope) if one.policy.id == pack_id), None)
    rules = find_rules(in_force_here(pack), measure_id) if pack is not None else None
    found = find_winners(rules) if rules is not None else None
    if pack is None or rules is None or found is None:
        raise Http404
    names = Names(rules.pack, root_of(pack, scope) or "-", reader_language())
    year = _year(found)
    sort = Sort(year, descending=True) if year else Sort("id", descending=True)
    after = _place(request)
    page = registers.page(found.table, names.root, found.of_award(rules), sort, after, MOST)
    following = f"?cell={page.after.cell}&after={page.after.id}" if page.after is not None else ""
    columns = [*found.asked, *([found.prize] if found.prize is not None else [])]
    facts = {
        "title": rules.award.title.say(names.lang),
        "register": found.table.title.say(names.lang),
        "columns": [column.title.say(names.lang) for column in columns],
        "lines": [_won(names, found, row, columns) for row in page.rows],
        "following": following,
        "first": "?" if after is not None else "",
    }
    return render(request, "desk/awards/winners.html", facts)


@never_cache
@require_safe
def export(request: HttpRequest, number: int) -> HttpResponse:
    """A round as a workbook: everybody that the person sees, with values, reasons, standing and result."""
    opened = open_round(request, number)
    nominations = queries.list_nominations(opened.round, opened.scope)
    audit.record(
        "award.export",
        actor=opened.actor.name,
        subject=f"award:{number}",
        area=opened.scope.area if not opened.sees_all else opened.round.area,
        origin=opened.actor.origin,
        details={"rows": len(nominations)},
    )
    headers = {
        "Content-Disposition": f'attachment; filename="award-{number}.xlsx"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(book_of(opened, nominations), content_type=XLSX, headers=headers)


def _found(opened: Opened, award: Measure, page: results.SubjectPage) -> list[Found]:
    titles = {each.name: (each.title.say(opened.lang) if each.title else each.name) for each in award.conditions}
    titles[results.AMOUNT] = _("奖励金额")
    called = opened.names.of(award.register, [one.id for one in page.subjects])
    places = opened.places(one.area for one in page.subjects)
    return [
        Found(
            one.id,
            called.get(one.id) or opened.names.plain(award.register, one.id),
            places[one.area],
            tuple(titles[name] for name in one.unmet or one.unknown),
            one.id in called,
        )
        for one in page.subjects
    ]


def _won(names: Names, found: Winners, row: Row, columns: list[Any]) -> Won:
    """Whoever has won, whichever reference of the row names them; the prize of another's register is not opened."""
    for column in found.table.references():
        cell = row.cells[column.name]
        if cell is None or not isinstance(column.type, Ref) or column == found.place:
            continue
        name = names.of(column.type.register, [cell]).get(cell) or names.plain(column.type.register, cell)
        break
    else:
        name = names.plain(found.table.register, row.id)
    place = names.of(DIVISIONS, [row.area_code]).get(row.area_code, "") if row.area_code else ""
    words = tuple(in_words(names, found.table, column, row.cells[column.name]) for column in columns)
    return Won(name, place, tuple(_plain(column, word) for column, word in zip(columns, words, strict=True)))


def _plain(column: Any, word: str) -> str:
    """Years are written without a mark between thousands."""
    is_count = isinstance(column.type, Number) and not column.type.places
    return word.replace(",", "") if is_count else word


def _year(found: Winners) -> str:
    """The number in the key by which winners are put in order: the year of the award."""
    numbers = [one.name for one in found.asked if isinstance(one.type, Number) and one.name in found.table.key]
    return numbers[0] if len(numbers) == 1 else ""


def _wider(opened: Opened) -> str:
    """The area that the person sees of the round."""
    return max(opened.round.area, opened.scope.area, key=len)


def _after(request: HttpRequest, register: str) -> RowId | None:
    written = request.GET.get("after")
    if written is None:
        return None
    found = row_id_of(register, written)
    if found is None:
        raise Http404
    return found


def _place(request: HttpRequest) -> After | None:
    """The row behind which the page begins; not found if it is none."""
    written, cell = request.GET.get("after"), request.GET.get("cell", "")
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= 18):
        raise Http404
    if cell and cell != "None" and not (cell.isascii() and cell.isdecimal() and len(cell) <= 9):
        raise Http404
    return After(int(cell) if cell and cell != "None" else None, int(written))
