"""Asking for runs, carrying them out, cancelling them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from luoshi.office.audit import actions as audit
from luoshi.office.editions import actions as editions
from luoshi.office.registry.snapshot import snapshot
from luoshi.office.runs import figures, library, local
from luoshi.office.runs.indicators import facts_of
from luoshi.office.runs.models import Installed, Run
from luoshi.rulebook import running
from luoshi.rulebook.loading import shipped_packs
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.wording.catalogue import describe

MEMORY = "2GB"


class Cancelled(RuntimeError):
    """Somebody cancelled the run while it was carried out."""


@dataclass(frozen=True)
class Adoption:
    """The record that makes a draft hold here: from which day, and by which document."""

    day: date
    document: str


@transaction.atomic
def install(pack_id: str, adoption: Adoption | None = None, *, by: str) -> Installed:
    """Make a pack one of this installation, or record its adoption; one that is recorded stays."""
    found, new = Installed.objects.get_or_create(pack_id=pack_id, defaults={"installed_by": by})
    if adoption is not None:
        found.adopted_on, found.adoption = adoption.day, adoption.document
        found.save()
    if new or adoption is not None:
        audit.record("pack.install", actor=by, subject=f"pack:{pack_id}", area=_area(pack_id), basis=found.adoption)
    if pack_id in shipped_packs():
        editions.keep_shipped(library.shipped(pack_id), by=by)
    return found


@transaction.atomic
def ask(pack_id: str, on: date, *, by: str) -> Run:
    """A run that waits to be carried out."""
    run = Run.objects.create(pack_id=pack_id, pack_hash=library.pack(pack_id, on).hash, on=on, asked_by=by)
    _record("ask", run, by, {"pack": pack_id, "on": str(on)})
    return run


@transaction.atomic
def cancel(run: Run, *, by: str) -> None:
    """A waiting run is not begun; one under way ends at its next step."""
    open_states = [Run.State.WAITING, Run.State.RUNNING]
    if Run.objects.filter(id=run.id, state__in=open_states).update(state=Run.State.CANCELLED):
        _record("cancel", run, by)


@transaction.atomic
def begin_anew(run_id: int) -> None:
    """A run that was begun by somebody who is gone waits again; it has left no figures."""
    if Run.objects.filter(id=run_id, state=Run.State.RUNNING).update(state=Run.State.WAITING, step=""):
        _record("begin-anew", Run.objects.get(id=run_id), "system")


def carry_out(run_id: int) -> Run:
    """Take the snapshot, decide it, keep the figures. A run that was carried out already is left as it is."""
    waiting = Run.objects.filter(id=run_id, state=Run.State.WAITING)
    begun = waiting.update(state=Run.State.RUNNING, started_at=Now())
    run = Run.objects.get(id=run_id)
    if not begun:
        return run
    try:
        _decide(run)
    except Cancelled:
        run.refresh_from_db()
    except Exception as problem:
        failed = {"state": Run.State.FAILED, "problem": in_words(problem), "finished_at": Now()}
        Run.objects.filter(id=run_id).update(**failed)
        raise
    return run


def decided_pack(installed: Installed, on: date | None = None) -> Pack:
    """The pack as it holds here on a day, today without one: in the edition of that day, a draft as `adopted`."""
    return adopted(library.pack(installed.pack_id, on), installed)


def adopted(pack: Pack, installed: Installed | None) -> Pack:
    """The pack, where it is a draft that was adopted here in force from the day of its adoption."""
    if installed is None or installed.adopted_on is None or pack.policy.status != "draft":
        return pack
    policy = replace(pack.policy, status="in-force", in_force_from=installed.adopted_on)
    return replace(pack, policy=policy)


def _decide(run: Run) -> None:
    pack = decided_pack(Installed.objects.get(pack_id=run.pack_id), run.on)
    run.pack_hash = pack.hash
    folder = folder_of(run)
    shutil.rmtree(folder, ignore_errors=True)
    _tell(run, "snapshot")
    run.rows_read = snapshot(pack, folder / "registers")
    _tell(run, "engine")
    values = local.kept(pack, run.on)

    def told(done: int, steps: int, label: str) -> None:
        _tell(run, "engine", done, steps)

    results = folder / "results"
    registers = folder / "registers"
    asked = running.RunOptions(local=values, facts=facts_of(pack), progress=told)
    asked["memory_limit"], asked["folder"] = MEMORY, Path(settings.ENVIRONMENT.data) / "code"
    summary = running.run(pack, registers, run.on, results, **asked)
    run.rows_decided = dict(summary.rows)
    _tell(run, "figures")
    with transaction.atomic():
        figures.keep(run, pack, results)
        rows = {"rows_read": run.rows_read, "rows_decided": run.rows_decided, "pack_hash": run.pack_hash}
        under_way = Run.objects.filter(id=run.id, state=Run.State.RUNNING)
        if not under_way.update(state=Run.State.FINISHED, step="", finished_at=Now(), **rows):
            raise Cancelled
        run.refresh_from_db()
        _record("finish", run, run.asked_by, {"pack": run.pack_id})


def _record(verb: str, run: Run, by: str, details: dict[str, str] | None = None) -> None:
    audit.record(f"run.{verb}", actor=by, subject=f"run:{run.id}", area=_area(run.pack_id), details=details)


def _area(pack_id: str) -> str:
    return library.pack(pack_id).policy.jurisdiction or ""


def folder_of(run: Run) -> Path:
    """Where the snapshot and the results of a run lie."""
    return Path(settings.ENVIRONMENT.data) / "runs" / str(run.id)


def _tell(run: Run, step: str, done: int = 0, steps: int | None = None) -> None:
    """Say how far the run is; `Cancelled` if somebody has cancelled it. The engine tells its own steps."""
    under_way = Run.objects.filter(id=run.id, state=Run.State.RUNNING)
    told = {"step": step} if steps is None else {"step": step, "done": done, "steps": steps}
    if not under_way.update(**told):
        raise Cancelled
    run.step = step


def in_words(problem: Exception) -> str:
    """What is kept of a problem: findings name values and places of a pack; other messages may hold a person's data."""
    if isinstance(problem, Refused):
        return "\n".join(" ".join(describe(finding, "zh")) for finding in problem.findings)
    return type(problem).__name__
