"""The jobs of the lists, for the worker: lists as files, and the end of those that are a week old."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import QueryDict
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import root_of
from luoshi.office.desk.registers.columns import defaults
from luoshi.office.desk.registers.exporting import Exporting
from luoshi.office.desk.registers.question import read_question
from luoshi.office.exchange.exports import actions
from luoshi.office.exchange.exports.models import Export
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library


@app.task(name="desk.write_export", queue="exports")
def write_export(export_id: int) -> None:
    """Write an export that was asked for, as long as whoever asked may still see all of it."""
    export = Export.objects.select_related("user").get(id=export_id)
    if not actions.begin(export):
        return
    exporting = _exporting(export)
    if exporting is None:
        actions.fail(export)
        return
    with translation.override("en" if export.lang == "en" else "zh-hans"):
        actions.write(
            export,
            lambda path: exporting.write(path, lambda written: actions.advance(export, written)),
            now=timezone.now,
        )


def _exporting(export: Export) -> Exporting | None:
    user, route = export.user, "export" if export.masked else "export-unmasked"
    user.appointment = user.appointment_on(timezone.localdate())
    pack = next((pack for pack in library.packs() if pack.policy.id == export.pack_id), None)
    root = root_of(pack, user.scope) if pack else None
    if pack is None or root is None or not may_open(route, user.role) or not export.area.startswith(root):
        return None
    table = table_of(pack, export.register)
    question = read_question(table, QueryDict(export.query.lstrip("?")), defaults(table))
    return Exporting(Names(pack, root, export.lang), export.area, question, export)


@app.periodic(cron="30 1 * * *")
@app.task(name="desk.expire_exports", queue="upkeep", queueing_lock="desk.expire_exports")
def expire_exports(timestamp: int) -> None:
    """Delete files of exports that are a week old."""
    actions.expire(datetime.fromtimestamp(timestamp, UTC))
