"""Events as a file that Excel opens: line by line, however many there are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from luoshi.office.audit.queries import Asked, Event, events
from luoshi.office.desk.events import told
from luoshi.office.exchange.exports.writing import harmless

AT_ONCE = 2_000


def as_csv(area: str, before: int, asked: Asked) -> Iterator[str]:
    """The events of a scope that are older than `before`, the newest first, as pieces of a file."""
    titles = [
        _("编号"),
        _("时间"),
        _("谁"),
        _("做了什么"),
        _("动作"),
        _("对象"),
        _("区划"),
        _("依据"),
        _("从哪里"),
        _("详情"),
    ]
    return _pieces([*map(str, titles)], area, before, asked)


def _pieces(titles: list[str], area: str, before: int, asked: Asked) -> Iterator[str]:
    yield "\ufeff" + _written([titles])
    while some := events(area, before, AT_ONCE, asked):
        yield _written([_row(event) for event in some])
        before = some[-1].id


def _row(event: Event) -> list[object]:
    at = localtime(event.at).strftime("%Y-%m-%d %H:%M:%S")
    details = json.dumps(event.details, ensure_ascii=False, sort_keys=True) if event.details else ""
    where = [event.subject, event.area, event.basis, event.origin]
    return [event.id, at, event.actor, told(event).action, event.action, *where, details]


def _written(rows: list[list[object]] | list[list[str]]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerows([[harmless(cell) for cell in row] for row in rows])
    return buffer.getvalue()
