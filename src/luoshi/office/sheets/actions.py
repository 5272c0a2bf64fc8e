"""What people do with sheets: they enter, hand in, send back, confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.registry import revising
from luoshi.office.registry.entering import Unfit, entered
from luoshi.office.registry.errors import Problem, Refused
from luoshi.office.registry.shape import Tables, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.runs import library
from luoshi.office.sheets import books, queries
from luoshi.office.sheets.desks import may_confirm, may_enter
from luoshi.office.sheets.drafting import Rules
from luoshi.office.sheets.errors import NotWritten, SheetError
from luoshi.office.sheets.lines import CONFIRMED, ENTERED, WAITING, Line, Lines
from luoshi.office.sheets.models import Entry, Sheet, Step
from luoshi.office.sheets.recording import Moment, done, record

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Given:
    """What somebody enters about an owner: texts by field, seen against the entry number `base`; `key` is its own."""

    owner: int
    values: Mapping[str, str]
    base: int
    key: UUID
    made_at: datetime


@dataclass(frozen=True)
class Taken:
    """What became of an entry: `taken`, or `conflict` (`entry` is what another has entered meanwhile), or `closed`
    (confirmed, or nothing is asked), or `wrong` (`fields` that do not fit)."""

    given: Given
    outcome: str
    entry: Entry | None = None
    fields: tuple[str, ...] = ()


def enter(sheet: Sheet, given: Sequence[Given], moment: Moment) -> list[Taken]:
    """What became of each entry. An entry whose key was taken before is taken, and changes nothing.

    `SheetError` if the sheet is not open or another office enters it.
    """
    with transaction.atomic():
        held = Sheet.objects.select_for_update().get(pk=sheet.pk)
        rules = queries.rules(held, moment.today)
        if not may_enter(rules.pack, rules.block, held.area, moment.actor):
            raise SheetError("desk")
        lines = Lines(rules, held.area)
        newest = dict(queries.newest_entries(held))
        found = []
        for one in given:
            taken = _enter(held, lines, newest.get(one.owner), one, moment)
            found.append(taken)
            if taken.outcome == "taken" and taken.entry is not None and taken.entry.owner == one.owner:
                newest[one.owner] = taken.entry
        new = sum(one.entry is not None and one.entry.at == moment.now for one in found if one.outcome == "taken")
        if new:
            record("sheet.enter", held, moment.actor.name, moment.origin, rows=new)
        return found


def _enter(sheet: Sheet, lines: Lines, newest: Entry | None, given: Given, moment: Moment) -> Taken:
    before = Entry.objects.filter(key=given.key).first()
    if before is not None:
        same = (before.sheet_id, before.owner) == (sheet.pk, given.owner)
        return Taken(given, "taken" if same else "closed", before if same else None)
    line = lines.one(given.owner, newest)
    if sheet.state != Sheet.State.OPEN or line is None or line.state in (CONFIRMED, WAITING):
        return Taken(given, "closed", newest)
    values, wrong = _read(lines.rules, given.values)
    if wrong:
        return Taken(given, "wrong", newest, wrong)
    if newest is not None and newest.number != given.base:
        return Taken(given, "taken" if newest.values == values else "conflict", newest)
    number = newest.number + 1 if newest else 1
    made = min(given.made_at, moment.now)
    entry = Entry.objects.create(
        sheet=sheet, owner=given.owner, number=number, key=given.key, values=values, by=moment.actor.name,
        made_at=made, at=moment.now,
    )  # fmt: skip
    return Taken(given, "taken", entry)


def _read(rules: Rules, given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts of all fields that are asked, and the fields that are missing or do not fit."""
    fields, wrong = rules.pack.registers[rules.block.register].fields, []
    values = {name: str(given.get(name, "")).strip() for name in rules.block.asked}
    for name, text in values.items():
        try:
            value = entered(rules.table.columns[name], text)
        except Unfit:
            wrong.append(name)
        else:
            if value is None and not fields[name].blank_never:
                wrong.append(name)
    return values, tuple(wrong)


@transaction.atomic
def hand_in(sheet: Sheet, moment: Moment) -> int:
    """What was entered waits to be confirmed by somebody else; how many lines are still missing."""
    held = _held(sheet, Sheet.State.OPEN)
    rules = queries.rules(held, moment.today)
    if not may_enter(rules.pack, rules.block, held.area, moment.actor):
        raise SheetError("desk")
    if moment.today < held.period.end:
        raise SheetError("early")
    lines = Lines(rules, held.area).all(queries.newest_entries(held))
    rows = sum(line.state == ENTERED for line in lines)
    if not rows:
        raise SheetError("nothing")
    held.state, held.handed_in_by, held.handed_in_at = Sheet.State.HANDED_IN, moment.actor.name, moment.now
    held.confirmed_by, held.confirmed_at = "", None
    held.save()
    done("sheet.hand-in", held, Step.Kind.HANDED_IN, rows, "", moment)
    return sum(line.state not in (ENTERED, CONFIRMED) for line in lines)


@transaction.atomic
def send_back(sheet: Sheet, note: str, moment: Moment) -> None:
    """A sheet that was handed in is open again, with the reason; what was entered stays."""
    held = _held(sheet, Sheet.State.HANDED_IN)
    pack = queries.pack_of(held, moment.today)
    if not may_confirm(pack, pack.sheets[held.block], held.area, moment.actor):
        raise SheetError("desk")
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise SheetError("note")
    held.state = Sheet.State.OPEN
    held.save()
    done("sheet.send-back", held, Step.Kind.SENT_BACK, 0, note.strip(), moment)


@transaction.atomic
def confirm(sheet: Sheet, moment: Moment) -> int:
    """Every line that was entered is a row of its register; how many. Lines that are missing keep the sheet open.

    `SheetError` unless it was handed in and nothing in it was entered by whoever confirms; `NotWritten` with every
    problem if the register refuses a row.
    """
    held = _held(sheet, Sheet.State.HANDED_IN)
    rules = queries.rules(held, moment.today)
    if not may_confirm(rules.pack, rules.block, held.area, moment.actor):
        raise SheetError("desk")
    newest = queries.newest_entries(held)
    lines = Lines(rules, held.area).all(newest)
    entered_lines = [line for line in lines if line.state == ENTERED]
    hands = {held.handed_in_by, *(line.entry.by for line in entered_lines if line.entry)}
    if is_same_person(moment.actor.name, *hands):
        raise SheetError("hand")
    _write(rules, entered_lines, held, moment)
    is_whole = len(entered_lines) == sum(line.state != CONFIRMED for line in lines)
    held.state = Sheet.State.CONFIRMED if is_whole else Sheet.State.OPEN
    held.confirmed_by, held.confirmed_at = moment.actor.name, moment.now
    held.save()
    done("sheet.confirm", held, Step.Kind.CONFIRMED, len(entered_lines), "", moment)
    for book in books.books_of(rules.pack, rules.block.register, held.area, moment.today):
        books.enter_income(book, moment)
    return len(entered_lines)


def _write(rules: Rules, lines: Iterable[Line], sheet: Sheet, moment: Moment) -> None:
    """The lines are rows, all of them or none."""
    tables = tables_of(library.packs())
    source = f"{rules.block.title.zh} {rules.period.name}"
    basis = Basis(moment.actor.name, moment.now, f"{source} 填报并经确认", source, moment.origin)
    problems: dict[int, list[Problem]] = {}
    for line in lines:
        try:
            with transaction.atomic():
                _keep(rules, tables, line, basis)
        except Refused as refused:
            problems[line.owner] = list(refused.problems)
    if problems:
        raise NotWritten(problems)


def _keep(rules: Rules, tables: Tables, line: Line, basis: Basis) -> None:
    if line.row is None:
        revising.add(rules.table, tables, line.cells, basis, scope_prefix="")
        return
    known = {name: cell for name, cell in line.cells.items() if cell is not None}
    version = line.row.version
    revising.correct(rules.table, tables, line.row.id, known, basis, scope_prefix="", expected_version=version)


def _held(sheet: Sheet, state: str) -> Sheet:
    held = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if held.state != state:
        raise SheetError("state")
    return held
