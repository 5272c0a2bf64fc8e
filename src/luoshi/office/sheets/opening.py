"""Sheets are opened: one for each area in which somebody is asked about in a period."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from psycopg import sql

from luoshi.office import workdays
from luoshi.office.registry.building import identifier
from luoshi.office.registry.shape import AREA, table_of
from luoshi.office.sheets import queries
from luoshi.office.sheets.desks import length_of
from luoshi.office.sheets.drafting import rules_of
from luoshi.office.sheets.lines import Lines
from luoshi.office.sheets.models import Sheet, Step
from luoshi.office.sheets.periods import Period
from luoshi.office.sheets.recording import record, step
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.sheets import Sheet as Block


def open_sheets(pack: Pack, block: Block, period: Period, now: datetime, *, by: str = "system") -> int:
    """There is a sheet for each area in which somebody is asked about in the period; how many are new."""
    rules, length = rules_of(pack, block, period), length_of(pack, block)
    known = set(
        queries.list_sheets(pack.policy.id, "", start=period.start, block=block.id).values_list("area", flat=True)
    )
    areas = [area for area in _areas(pack, rules.owner_register, length) if area not in known]
    wanted = [area for area in areas if Lines(rules_of(pack, block, period), area).is_any_asked()]
    return sum(_open(pack, block, period, area, now, by) for area in wanted)


@transaction.atomic
def _open(pack: Pack, block: Block, period: Period, area: str, now: datetime, by: str) -> bool:
    facts = {"pack_id": pack.policy.id, "block": block.id, "area": area, "start": period.start}
    due = None if block.within is None else workdays.after(period.end, block.within, block.days)
    sheet, is_new = Sheet.objects.get_or_create(**facts, defaults={"every": block.every, "due_on": due})
    if is_new:
        step(sheet, Step.Kind.OPENED, 0, "", by, now)
        record("sheet.open", sheet, by)
    return is_new


def _areas(pack: Pack, register: str, length: int) -> list[str]:
    """The areas, cut to a length, in which a register has rows."""
    table = table_of(pack, register)
    cut = sql.SQL("left({}, {})").format(sql.Identifier(AREA), length)
    within = pack.policy.jurisdiction or ""
    form = sql.SQL("SELECT DISTINCT {0} FROM {1} WHERE starts_with({2}, {3}) ORDER BY 1")
    with connection.cursor() as cursor:
        cursor.execute(form.format(cut, identifier(table.name), sql.Identifier(AREA), within))
        return [area for (area,) in cursor.fetchall()]
