"""The list of sheets, one sheet, and the steps that people take with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import readable_packs, root_of, scope_of
from luoshi.office.desk.rows.complaints import by_column
from luoshi.office.desk.sheets.opening import (
    Opened,
    actor_of,
    in_words,
    moment_of,
    office_names,
    open_sheet,
    period_in_words,
)
from luoshi.office.desk.sheets.showing import line_views, total_views
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.sheets import actions, queries
from luoshi.office.sheets.desks import Actor, may_confirm, sits_at
from luoshi.office.sheets.errors import NotWritten, SheetError
from luoshi.office.sheets.lines import CONFIRMED, ENTERED
from luoshi.office.sheets.models import Sheet
from luoshi.office.sheets.recording import Moment
from luoshi.rulebook.model.blocks import Pack

SIZE = 50


@dataclass(frozen=True)
class SheetRow:
    """A sheet in the list. `waits`: for the person who reads it."""

    sheet: Sheet
    title: str
    period: str
    place: str
    is_late: bool
    waits: bool


@never_cache
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of the person's area: those that wait for somebody, or all of a policy."""
    scope, today, lang = scope_of(request), timezone.localdate(), reader_language()
    packs = {pack.policy.id: pack for pack in readable_packs(scope)}
    shows_all = request.GET.get("show") == "all"
    found = Sheet.objects.filter(area__startswith=scope.area).order_by("-start", "block", "area") if shows_all else (
        queries.list_open(scope.area)
    )  # fmt: skip
    page = Paginator(found.filter(pack_id__in=packs), SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    places = _places(packs, {one.area for one in shown}, request)
    actor = actor_of(request)
    known = [(one, packs[one.pack_id]) for one in shown if one.block in packs[one.pack_id].sheets]
    rows = [_row(one, pack, places, actor, today) for one, pack in known]
    rows.sort(key=lambda row: not row.waits)
    facts = {"rows": rows, "page": page, "shows_all": shows_all, "rolls": list(_rolls(packs, shown, lang))}
    return render(request, "desk/sheets/sheets.html", facts)


def _waits(sheet: Sheet, pack: Pack, actor: Actor) -> bool:
    block = pack.sheets[sheet.block]
    if sheet.state == Sheet.State.OPEN:
        return sits_at(pack, block.by, sheet.area, actor)
    return sheet.state == Sheet.State.HANDED_IN and may_confirm(pack, block, sheet.area, actor)


def _row(sheet: Sheet, pack: Pack, places: Mapping[Any, str], actor: Actor, today: date) -> SheetRow:
    title = pack.sheets[sheet.block].title.say(reader_language())
    place, is_late = places.get(sheet.area, sheet.area), queries.is_late(sheet, today)
    return SheetRow(sheet, title, period_in_words(sheet.period), place, is_late, _waits(sheet, pack, actor))


def _places(packs: Mapping[str, Pack], codes: set[str], request: HttpRequest) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for pack in packs.values():
        root = root_of(pack, scope_of(request))
        found |= Names(pack, root or "-", reader_language()).of(DIVISIONS, sorted(codes))
    return found


def _rolls(packs: Mapping[str, Pack], shown: list[Sheet], lang: str) -> Any:
    """The lists of payment that belong to the sheets shown: policy, kind, period, and words for each."""
    found = {(one.pack_id, one.block, one.period) for one in shown if one.block in packs[one.pack_id].sheets}
    for pack_id, name, period in sorted(found, key=lambda each: (each[2].start, each[1]), reverse=True):
        block = packs[pack_id].sheets[name]
        if block.pays is not None:
            yield pack_id, name, period.name, f"{block.title.say(lang)} · {period_in_words(period)}"


@never_cache
@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """One sheet: its lines, who entered and confirmed, what is missing."""
    return _page(request, open_sheet(request, number))


def _page(request: HttpRequest, opened: Opened, problems: Mapping[int, Any] | None = None) -> HttpResponse:
    sheet, lang = opened.sheet, opened.names.lang
    is_open = sheet.state == Sheet.State.OPEN
    lines = line_views(opened, may_write=is_open and opened.may_enter)
    steps = queries.list_steps(sheet)
    hands = {one.line.entry.by for one in lines if one.line.entry is not None} | {step.by for step in steps}
    told = {
        "opened": opened,
        "sheet": sheet,
        "title": opened.block.title.say(lang),
        "clause": opened.block.clause,
        "period": period_in_words(sheet.period),
        "place": opened.places.get(sheet.area, sheet.area),
        "lines": lines,
        "totals": total_views(opened),
        "counts": {state: sum(one.line.state == state for one in lines) for state in (CONFIRMED, ENTERED)},
        "missing": sum(one.line.state not in (CONFIRMED, ENTERED) for one in lines),
        "may_enter": is_open and opened.may_enter,
        "may_confirm": sheet.state == Sheet.State.HANDED_IN and opened.may_confirm,
        "is_over": opened.today >= sheet.period.end,
        "is_late": queries.is_late(sheet, opened.today),
        "enterers": office_names(opened, opened.block.by),
        "confirmers": office_names(opened, opened.block.confirmed_by),
        "steps": steps,
        "people": names_of_accounts(hands),
        "problems": [(opened.called.get(owner, str(owner)), words) for owner, words in (problems or {}).items()],
        "roll": sheet.period.name if opened.block.pays is not None else "",
    }
    return render(request, "desk/sheets/sheet.html", told)


@require_POST
def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    """What was entered waits for somebody else to confirm it."""

    def step(opened: Opened, moment: Moment) -> str:
        missing = actions.hand_in(opened.sheet, moment)
        if not missing:
            return _("已上报，等待确认。")
        form = ngettext("已上报；还有 %(n)s 行没有填，之后要补。", "已上报；还有 %(n)s 行没有填，之后要补。", missing)
        return form % {"n": missing}

    return _step(request, number, step)


@require_POST
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet goes back, with a reason."""

    def step(opened: Opened, moment: Moment) -> str:
        actions.send_back(opened.sheet, request.POST.get("note", ""), moment)
        return _("已退回。")

    return _step(request, number, step)


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """What was entered is in the register."""

    def step(opened: Opened, moment: Moment) -> str:
        rows = actions.confirm(opened.sheet, moment)
        return ngettext("已确认，%(n)s 行记入台账。", "已确认，%(n)s 行记入台账。", rows) % {"n": rows}

    return _step(request, number, step)


def _step(request: HttpRequest, number: int, step: Callable[[Opened, Moment], str]) -> HttpResponse:
    opened = open_sheet(request, number)
    try:
        messages.success(request, step(opened, moment_of(request)))
    except SheetError as error:
        messages.warning(request, in_words(error))
    except NotWritten as refused:
        table = opened.rules.table
        problems = {owner: list(dict(by_column(table, some)).values()) for owner, some in refused.problems.items()}
        return _page(request, open_sheet(request, number), problems)
    return redirect("sheet", number)


@never_cache
@require_safe
def history(request: HttpRequest, number: int, owner: int) -> HttpResponse:
    """Everything that was entered about an owner."""
    opened = open_sheet(request, number)
    if owner not in {line.owner for line in opened.lines}:
        raise Http404
    lang, table = opened.names.lang, opened.rules.table
    heads = [(name, table.columns[name].title.say(lang)) for name in opened.block.asked]
    entries = queries.list_entries(opened.sheet, owner)
    rows = [(one, [(title, one.values.get(name, "")) for name, title in heads]) for one in entries]
    facts = {
        "opened": opened, "sheet": opened.sheet, "rows": rows, "name": opened.called.get(owner, str(owner)),
        "title": opened.block.title.say(lang), "period": period_in_words(opened.sheet.period),
        "people": names_of_accounts({one.by for one in entries}),
    }  # fmt: skip
    return render(request, "desk/sheets/history.html", facts)
