"""What the service is at when it is disturbed, and how one sees that it was done once and wholly."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.utils import timezone

from luoshi.office.audit import queries as audit
from luoshi.office.exchange import actions as imports
from luoshi.office.exchange import jobs as import_jobs
from luoshi.office.exchange.actions import Given
from luoshi.office.exchange.models import Import, Written
from luoshi.office.runs import jobs as run_jobs
from luoshi.office.runs import library
from luoshi.office.runs.models import Figure, Run

PACK, CITY, FIRST = "lishui-draft", "3311", date(2023, 1, 1)
REGISTER, COLUMNS = "household", ("register_number", "area")
ROWS = 5_000
SIGNLESS = 15
"""A job whose worker gave no sign of life for so many seconds is given to another. The service waits longer."""
Done = Callable[[], bool]
Wrong = list[str]


def rescue() -> None:
    """Jobs of workers that are dead are given to others, as the service does each minute."""
    run_jobs.SECONDS_WITHOUT_A_SIGN = SIGNLESS
    async_to_sync(run_jobs.rescue.func)(0)


class ARun:
    """A run of the policy; an undisturbed one over the same rows has the same figures."""

    title = "run"

    def __init__(self, number: int) -> None:
        self._on = FIRST + timedelta(days=number)
        self._run = run_jobs.order(PACK, self._on, by="faults")

    def done(self) -> bool:
        """Whether it has ended."""
        return Run.objects.get(id=self._run.id).state in {Run.State.FINISHED, Run.State.FAILED}

    def wrong(self) -> Wrong:
        """What is not as it should be."""
        state = Run.objects.get(id=self._run.id).state
        if state != Run.State.FINISHED:
            return [f"run {state}"]
        again = run_jobs.actions.carry_out(run_jobs.actions.ask(PACK, self._on, by="faults").id)
        same = _figures(self._run) == _figures(again) != []
        return _once("run.finish", f"run:{self._run.id}") + ([] if same else ["other figures"])


class AnImport:
    """A file of rows that nobody has, checked before and disturbed while it is taken in."""

    title = "import"

    def __init__(self, number: int) -> None:
        self._mark = f"F{number:05}-"
        content = self._file()
        pack = library.pack(PACK)
        now = timezone.now()
        with transaction.atomic():
            given = Given("rows.csv", content)
            self._work, _ = imports.receive(pack, REGISTER, given, area=CITY, by="giver", now=now)
            import_jobs.check.defer(import_id=self._work.id)

    def ready(self) -> bool:
        """Whether it was checked; then it is accepted."""
        self._work.refresh_from_db()
        if self._work.state != Import.State.READY:
            return False
        with transaction.atomic():
            imports.accept(self._work, by="taker", now=timezone.now())
            import_jobs.take_in.defer(import_id=self._work.id)
        return True

    def done(self) -> bool:
        """Whether it is in, or has failed."""
        self._work.refresh_from_db()
        return not self._work.is_worked_on and self._work.state != Import.State.READY

    def wrong(self) -> Wrong:
        """What is not as it should be."""
        wanted = {"state": Import.State.ACCEPTED, "rows": ROWS, "written": ROWS}
        found = {
            "state": self._work.state,
            "rows": _rows(self._mark),
            "written": Written.objects.filter(of=self._work).count(),
        }
        differ = [f"{name} {found[name]} instead of {wanted[name]}" for name in wanted if found[name] != wanted[name]]
        return differ + _once("import.take-in", f"import:{self._work.id}")

    def _file(self) -> bytes:
        fields = library.pack(PACK).registers[REGISTER].fields
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([fields[name].title.zh for name in COLUMNS])
        place = _a_village()
        writer.writerows([f"{self._mark}{row:06}", place] for row in range(ROWS))
        return text.getvalue().encode()


def chain_is_whole() -> bool:
    """Whether every event of the log still follows from the one before."""
    return audit.first_broken() is None


def jobs_under_way() -> int:
    """How many jobs somebody is said to be at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'")
        return int(cursor.fetchone()[0])


def _figures(run: Run) -> list[tuple[object, ...]]:
    names = ("measure", "fund", "area", "eligible", "undetermined", "ineligible", "amount")
    return list(Figure.objects.filter(run=run).order_by(*names[:3]).values_list(*names))


def _once(action: str, subject: str) -> Wrong:
    told = [one for one in audit.events("", size=200) if (one.action, one.subject) == (action, subject)]
    return [] if len(told) == 1 else [f"{action} is told {len(told)} times"]


def _rows(mark: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM common.household WHERE starts_with(register_number, %s)", [mark])
        return int(cursor.fetchone()[0])


def _a_village() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(area) FROM common.household WHERE starts_with(area, %s)", [CITY])
        return str(cursor.fetchone()[0])
