"""The list of what a policy leaves to localities, and the page of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.document import documents
from luoshi.office.desk.parameters.book import Book, Entry
from luoshi.office.desk.reading import Reading, read, readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.areas import Area, area
from luoshi.office.runs import proposing
from luoshi.office.runs.models import LocalSetting
from luoshi.rulebook.model.blocks import Assumption, ParameterDef
from luoshi.rulebook.values.area_code import lineage

SHOWN = ("missing", "set", "text", "waiting", "readings")
MOST_ROWS = 200
State = LocalSetting.State


@dataclass(frozen=True)
class PastRow:
    """A row of the record, as a page shows it. `may_open`: it lies within what the reader sees."""

    row: LocalSetting
    words: str
    area: str
    holds: bool
    may_open: bool


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """The policies that leave something to localities; of only one its list."""
    found = readable_packs(scope_of(request))
    if len(found) == 1:
        return redirect("parameters-of", found[0].policy.id)
    lang = reader_language()
    listed = [(pack.policy.id, pack.policy.title.say(lang)) for pack in found]
    return render(request, "desk/parameters/packs.html", {"packs": listed})


@require_safe
def entries(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Everything that a policy leaves to localities, by what stands with it."""
    reading = read(request, pack_id)
    book = book_of(reading)
    every = book.entries()
    groups = {show: [one for one in every if _is_shown(one, show)] for show in SHOWN}
    shown = request.GET.get("show") or ("missing" if groups["missing"] else "set")
    if shown not in groups:
        raise Http404
    lang = reader_language()
    titles = {document.id: document.title.say(lang) for document in documents(reading.pack)}
    by_document = [
        (title, [one for one in groups[shown] if one.document == number]) for number, title in titles.items()
    ]
    facts = {
        "reading": reading,
        "counts": [(show, len(groups[show])) for show in SHOWN],
        "show": shown,
        "groups": [(title, found) for title, found in by_document if found],
        "problems": [one for one in every if one.problems],
        "policy": reading.pack.policy.title.say(lang),
    }
    return render(request, "desk/parameters/entries.html", facts)


@require_safe
def entry(request: HttpRequest, pack_id: str, name: str) -> HttpResponse:
    """One parameter or reading: its bounds, its value, what rests on it, and the record of its values."""
    reading = read(request, pack_id)
    book = book_of(reading)
    item = book.find(name)
    if item is None:
        raise Http404
    role = getattr(request.user, "role", None)
    places = settable_areas(request, reading, name) if may_open("parameter-set", role) else []
    shown = book.entry(item)
    facts = {
        "reading": reading,
        "entry": shown,
        "item": item,
        "choices": book.choices(item) if isinstance(item, Assumption) else [],
        "measures": [(one, reading.pack.measures[one].title.say(book.lang)) for one in shown.measures],
        "past": past(request, book, item),
        "may_set": bool(places),
        "may_end": bool(endable_areas(pack_id, name, places)),
        "decides": item.decides.say(book.lang) if isinstance(item, Assumption) and item.decides else "",
    }
    return render(request, "desk/parameters/entry.html", facts)


def book_of(reading: Reading) -> Book:
    """The entries of what somebody is reading."""
    return Book(reading.pack, reading.area.code, reading.on, reader_language(), name_of)


def name_of(code: str) -> str:
    """The name of an area, its code where the register does not hold it."""
    found = area(code)
    return found.name if found else code


def settable_areas(request: HttpRequest, reading: Reading, name: str) -> list[Area]:
    """The areas for which somebody may set a value: within their scope, and at a level that the text allows."""
    allowed = proposing.levels(reading.pack, name)
    codes = {one.code: one for one in (*reading.path, *reading.children)}
    found = [one for one in codes.values() if one.level in allowed and scope_of(request).covers(one.code)]
    return sorted(found, key=lambda one: one.code != reading.area.code)


def endable_areas(pack_id: str, name: str, places: list[Area]) -> list[Area]:
    """Those of the areas in which a value is set that has not ended."""
    rows = LocalSetting.objects.filter(pack_id=pack_id, name=name, state=State.SET).order_by("area", "start")
    last = {row.area: row for row in rows}
    return [one for one in places if one.code in last and not last[one.code].is_ending]


def past(request: HttpRequest, book: Book, item: ParameterDef | Assumption) -> list[PastRow]:
    """The record for an area, those it lies in and those in it, the newest day first; of drafts only one's own."""
    scope, today = scope_of(request), timezone.localdate()
    held = {row.id for row in _in_force(book, item.id)}
    rows = _rows(book, item.id).exclude(state=State.WITHDRAWN)
    rows = rows.exclude(~Q(set_by=request.user.get_username()), state=State.DRAFTED)
    return [
        PastRow(
            row=row,
            words=book.row_in_words(item, row),
            area=name_of(row.area) if row.area else "",
            holds=row.id in held and row.start <= today,
            may_open=bool(row.area) and scope.covers(row.area),
        )
        for row in rows.order_by("-start", "-id")[:MOST_ROWS]
    ]


def _rows(book: Book, name: str) -> QuerySet[LocalSetting]:
    near = Q(area__in=["", *lineage(book.area)]) | Q(area__startswith=book.area)
    return LocalSetting.objects.filter(near, pack_id=book.pack.policy.id, name=name).select_related("file")


def _in_force(book: Book, name: str) -> list[LocalSetting]:
    rows = _rows(book, name).filter(state=State.SET, start__lte=book.on).order_by("area", "start")
    return list({row.area: row for row in rows}.values())


def _is_shown(one: Entry, show: str) -> bool:
    """Whether an entry stands in a list."""
    if show == "readings":
        return one.is_reading
    if show == "waiting":
        return bool(one.waiting)
    if show == "set":
        return one.is_set and not (one.is_reading and one.state == "text")
    return not one.is_reading and (one.is_missing if show == "missing" else one.state == "text")
