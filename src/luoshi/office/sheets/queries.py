"""Reading sheets: which there are, what was entered, how their lines stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from luoshi.office.runs import library
from luoshi.office.sheets.drafting import Rules, rules_of
from luoshi.office.sheets.lines import Line, Lines
from luoshi.office.sheets.models import Entry, Sheet, Step
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.nodes import Node


def find_sheet(number: int, scope: str) -> Sheet | None:
    """A sheet within an area."""
    return Sheet.objects.filter(pk=number, area__startswith=scope).first()


def list_sheets(pack_id: str, scope: str, *, start: date | None = None, block: str = "") -> QuerySet[Sheet]:
    """The sheets of a policy within an area, the newest period first; of one period or one kind only if asked."""
    found = Sheet.objects.filter(pack_id=pack_id, area__startswith=scope)
    found = found.filter(block=block) if block else found
    found = found.filter(start=start) if start else found
    return found.order_by("-start", "block", "area", "id")


def list_open(scope: str) -> QuerySet[Sheet]:
    """The sheets of all policies within an area that wait for somebody, what is due first at the top."""
    return Sheet.objects.filter(area__startswith=scope).exclude(state=Sheet.State.CONFIRMED).order_by("start", "id")


def list_steps(sheet: Sheet) -> Sequence[Step]:
    """What happened to a sheet, the newest first."""
    return list(sheet.steps.order_by("-at", "-id"))


def list_entries(sheet: Sheet, owner: int) -> Sequence[Entry]:
    """Everything that was entered about an owner, the newest first."""
    return list(sheet.entries.filter(owner=owner).order_by("-number"))


def newest_entries(sheet: Sheet) -> Mapping[int, Entry]:
    """The newest entry about each owner."""
    return {entry.owner: entry for entry in sheet.entries.order_by("owner", "number")}


def newest_of(sheets: Iterable[Sheet]) -> Mapping[int, Entry]:
    """The newest entry about each owner in several sheets of one kind and period."""
    found = Entry.objects.filter(sheet__in=list(sheets)).order_by("owner", "number")
    return {entry.owner: entry for entry in found}


def pack_of(sheet: Sheet, today: date) -> Pack:
    """The policy as it holds, or held, at the end of the period."""
    return library.pack(sheet.pack_id, min(sheet.period.end, today))


def rules(sheet: Sheet, today: date) -> Rules:
    """The rules of a sheet."""
    pack = pack_of(sheet, today)
    return rules_of(pack, pack.sheets[sheet.block], sheet.period)


def lines(sheet: Sheet, today: date) -> list[Line]:
    """Every line of a sheet as it stands now."""
    return Lines(rules(sheet, today), sheet.area).all(newest_entries(sheet))


def is_late(sheet: Sheet, today: date) -> bool:
    """Whether a sheet is not handed in although its day is over, or was handed in after it."""
    if sheet.due_on is None:
        return False
    return (sheet.handed_in_at.date() if sheet.handed_in_at else today) > sheet.due_on


@dataclass(frozen=True)
class Total:
    """What the rows of one source come to together, and the `whole` that they should make; None where not known."""

    source: int
    field: str
    sum: Decimal
    whole: Decimal | None
    lines: int
    missing: int

    @property
    def left(self) -> Decimal | None:
        """What is left over, below nought where there is too much."""
        return None if self.whole is None else self.whole - self.sum


def totals(rules: Rules, lines: Sequence[Line]) -> list[Total]:
    """By source the sums that the sheet holds against what is to be divided."""
    by_source: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.source is not None:
            by_source[line.source].append(line)
    return [
        _total(rules, source, some, name, node)
        for source, some in by_source.items()
        for name, node in rules.block.adds_up.items()
    ]


def _total(rules: Rules, source: int, lines: Sequence[Line], name: str, node: Node) -> Total:
    known = [Decimal(str(line.cells[name])) for line in lines if line.cells.get(name) is not None]
    whole = rules.value(rules.placed(lines[0].owner, source), node)
    shown = None if whole is None else Decimal(str(whole))
    return Total(source, name, sum(known, Decimal(0)), shown, len(lines), len(lines) - len(known))
