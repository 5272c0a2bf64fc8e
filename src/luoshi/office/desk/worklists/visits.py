"""The visit list of an area: who lives where and is entitled to what. Names and places, never numbers of persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from luoshi.office.desk.worklists.asking import Asking
from luoshi.office.desk.worklists.workbooks import Book
from luoshi.office.registry.areas import area
from luoshi.office.runs.models import Run
from luoshi.office.worklists.choosing import told_measures
from luoshi.office.worklists.entitled import Entitled, entitled
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.values.area_code import lineage

MOST_LINES = 5_000
AT_A_TIME = 500


@dataclass(frozen=True)
class VisitLine:
    """One subject and one measure that it is entitled to."""

    place: str
    name: str
    measure: str
    amount: str
    told: str


def visit_lines(asking: Asking, run: Run) -> Iterator[VisitLine]:
    """Everybody in the area who is entitled to something and has not applied, measure by measure."""
    places: dict[str, str] = {}
    for measure in told_measures(asking.pack):
        everybody = entitled(run, measure.id, asking.area, asking.today)
        while some := list(islice(everybody, AT_A_TIME)):
            yield from _lines(asking, measure, some, places)


def visit_book(lines: Iterable[VisitLine], place: str, day: date) -> Book:
    """The lines as a sheet, by place and name, with room for what the visit brings."""
    headings = [_("住址（区划）"), _("对象"), _("可以享受"), _("金额"), _("已告知"), _("告知日期和方式"), _("申请日期")]
    ordered = sorted(lines, key=lambda one: (one.place, one.name, one.measure))
    rows = ([one.place, one.name, one.measure, one.amount, one.told, "", ""] for one in ordered)
    title = _("%(place)s 走访名单 %(day)s") % {"place": place, "day": day.isoformat()}
    return Book(title, headings, [30, 26, 34, 16, 18, 22, 14], rows)


def _lines(asking: Asking, measure: Measure, some: list[Entitled], places: dict[str, str]) -> Iterator[VisitLine]:
    named = asking.listed(measure.register, [(one.subject.id, one.subject.area) for one in some])
    for row, one in zip(named, some, strict=True):
        code = one.subject.area
        if code not in places:
            places[code] = _address(code, asking.reading.root)
        amount, kind = one.subject.amount, measure.amount
        words = shown(amount, kind.type, asking.lang) if kind is not None and amount is not None else ""
        told = f"{one.contact.told_on} {one.contact.get_how_display()}" if one.contact and one.contact.told_on else ""
        yield VisitLine(places[code], row.name, measure.title.say(asking.lang), words, told)


def _address(code: str, root: str) -> str:
    """The names of the areas that a place lies in, from the county down, as far as they lie in the widest area."""
    codes = [each for each in reversed(lineage(code)) if len(each) > 4 and (each.startswith(root) or each == root)]
    found = (area(each) for each in codes)
    return " ".join(one.name for one in found if one is not None)
