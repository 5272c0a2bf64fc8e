"""What happens to an export: asked for, written, done or failed, expired. Each is in the event log, without values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from luoshi.office.accounts.models import User
from luoshi.office.audit.actions import record
from luoshi.office.exchange.exports.models import Export

KEPT = timedelta(days=7)


def folder() -> Path:
    """Where the files of exports are."""
    place = Path(settings.MEDIA_ROOT) / "exports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


@transaction.atomic
def ask(export: Export, told: Iterable[str], *, origin: str) -> Export:
    """The export is asked for; `told` are its filters as the log may know them."""
    export.save()
    _tell("export.ask", export, told, origin)
    return export


def begin(export: Export) -> bool:
    """The export is being written now; False where it is not waiting any more."""
    waiting = Export.objects.filter(id=export.id, state__in=[Export.State.ASKED, Export.State.WRITING])
    return bool(waiting.update(state=Export.State.WRITING, written=0))


def advance(export: Export, written: int) -> None:
    """So many rows are written."""
    Export.objects.filter(id=export.id).update(written=written)


def write(export: Export, into: Callable[[Path], int], *, now: Callable[[], datetime]) -> None:
    """The file is whole and the export done, or it has failed and there is none. `into` says how many rows it has."""
    name = f"{export.id}.{export.form}"
    path = folder() / name
    path.touch(mode=0o600)
    try:
        rows = into(path)
    except BaseException:
        path.unlink(missing_ok=True)
        fail(export)
        raise
    with transaction.atomic():
        done = {"state": Export.State.DONE, "file": name, "rows": rows, "written": rows, "done_at": now()}
        Export.objects.filter(id=export.id).update(**done)
        export.rows = rows
        _tell("export.finish", export, (), "job")


def fail(export: Export) -> None:
    """The export has failed."""
    Export.objects.filter(id=export.id).update(state=Export.State.FAILED, file="")


@transaction.atomic
def fetch(export: Export, *, origin: str) -> Path:
    """The file, whose download the log knows of from now on."""
    _tell("export.fetch", export, (), origin)
    return folder() / export.file


def expire(now: datetime) -> int:
    """Files that are older than a week are deleted; how many."""
    old = Export.objects.filter(state=Export.State.DONE, done_at__lt=now - KEPT)
    for export in old:
        (folder() / export.file).unlink(missing_ok=True)
        Export.objects.filter(id=export.id).update(state=Export.State.EXPIRED, file="")
    return len(old)


def exports_of(user: User) -> QuerySet[Export]:
    """What somebody has asked for, the newest first."""
    return Export.objects.filter(user=user).order_by("-id")


def _tell(action: str, export: Export, told: Iterable[str], origin: str) -> None:
    details = {
        "register": f"{export.pack_id}/{export.register}", "form": export.form, "rows": export.rows,
        "masked": export.masked, "purpose": export.purpose, "filters": list(told),
    }  # fmt: skip
    subject = f"export:{export.id}"
    record(action, actor=export.user.username, subject=subject, area=export.area, origin=origin, details=details)
