"""Statements: the figures of rows as of a day, and what checks find in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.filters import After, Filter, Sort, scope
from luoshi.office.registry.queries import Row, page
from luoshi.office.registry.shape import RegisterTable, table_of
from luoshi.office.registry.store import KeptStore, TooManyRows
from luoshi.office.runs import local
from luoshi.office.sheets.drafting import fitting
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.sheets import Statement
from luoshi.rulebook.model.types import Number

MOST_KEYS = 40
SIZE = 50


@dataclass(frozen=True)
class Stated:
    """A row with its figures by line; None where a figure is not known. `found`: how many checks find something."""

    row: Row
    figures: Mapping[str, Decimal | None]
    found: int


@dataclass(frozen=True)
class Account:
    """A page of a statement. `sums` of the lines that add up, None where not all figures are known; only where the
    page is the whole."""

    rows: Sequence[Stated]
    sums: Mapping[str, Decimal | None]
    after: After | None


def years_of(pack: Pack, statement: Statement, area: str) -> tuple[str, list[int]]:
    """The part of the key that is a number, and its values within an area, the newest first; ("", []) if none is."""
    table = table_of(pack, statement.register)
    name = next((one for one in table.key if isinstance(table.columns[one].type, Number)), "")
    if not name:
        return "", []
    column = sql.Identifier(name)
    form = "SELECT DISTINCT {0} FROM {1} WHERE {2} AND {0} IS NOT NULL ORDER BY {0} DESC LIMIT {3}"
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(column, identifier(table.name), scope(area), MOST_KEYS))
        return name, [int(value) for (value,) in cursor.fetchall()]


@dataclass(frozen=True)
class Asked:
    """Which rows: of an area, as of a day, with a value of the key only if one is `wanted`, those `after` another."""

    area: str
    on: date
    wanted: tuple[str, int] | None = None
    after: After | None = None


def account_of(pack: Pack, statement: Statement, asked: Asked) -> Account:
    """The rows that are asked for, with their figures."""
    table = table_of(pack, statement.register)
    wanted = [Filter(asked.wanted[0], "is", asked.wanted[1])] if asked.wanted else []
    found = page(table, asked.area, wanted, Sort(), asked.after, SIZE)
    engine = CaseEngine(pack, asked.on, local.settings_of(pack, asked.on))
    rows = [_stated(engine, statement, table, row) for row in found.rows]
    is_whole = asked.after is None and found.after is None
    sums = {line.id: _sum([row.figures[line.id] for row in rows]) for line in statement.lines if line.adds_up}
    return Account(rows, sums if is_whole else {}, found.after)


def _stated(engine: CaseEngine, statement: Statement, table: RegisterTable, row: Row) -> Stated:
    store = KeptStore(engine.pack)
    run = engine.start(store)
    nodes = [line.value for line in statement.lines]
    try:
        steps = engine.values(run, table.register, row.id, nodes)
        decision = engine.decide(store, table.register, row.id, run=run)
    except TooManyRows:
        return Stated(row, dict.fromkeys((line.id for line in statement.lines), None), 0)
    figures = {
        line.id: None if step.value is None else Decimal(str(fitting(step.value, line.value.type)))
        for line, step in zip(statement.lines, steps, strict=True)
    }
    unmet = sum(check.state == "unmet" for check in decision.checks)
    suspected = sum(one.state == "found" for one in decision.suspicions)
    return Stated(row, figures, unmet + suspected)


def _sum(figures: Sequence[Decimal | None]) -> Decimal | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known, Decimal(0)) if len(known) == len(figures) else None
