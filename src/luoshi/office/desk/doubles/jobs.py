"""The search for likely doubles as a job: each night in every register, and when somebody asks."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from luoshi.office.audit import actions as audit
from luoshi.office.registry.likeness import search
from luoshi.office.registry.shape import RegisterTable, TableName, tables_of
from luoshi.office.runs import library


@app.task(name="desk.search_doubles", queue="upkeep")
def search_doubles(schema: str, table: str, area: str, by: str) -> None:
    """The worklist has the likely doubles of one register in an area."""
    found = tables_of(library.packs()).get(TableName(schema, table))
    if found is not None:
        _search(found, area, by)


@app.periodic(cron="0 3 * * *")
@app.task(name="desk.search_all_doubles", queue="upkeep", queueing_lock="desk.search_all_doubles")
def search_all_doubles(timestamp: int) -> None:
    """The worklist has the likely doubles of every register."""
    for table in tables_of(library.packs()).values():
        if not table.of_divisions:
            _search(table, "", "system")


@transaction.atomic
def _search(table: RegisterTable, area: str, by: str) -> None:
    count = search(table, area)
    subject, details = f"register:{table.name}", {"open": count}
    audit.record("register.search-doubles", actor=by, subject=subject, area=area, details=details)
