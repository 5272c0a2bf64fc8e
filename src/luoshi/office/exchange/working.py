"""The work on imports, for the worker: check, take in, take back. Each can be killed anywhere and begun again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import sql

from luoshi.office.audit import actions as audit
from luoshi.office.exchange import books, judging, reading, staging
from luoshi.office.exchange.contesting import contest, offer, withdraw
from luoshi.office.exchange.divisions import divisions_within
from luoshi.office.exchange.errors import Stopped
from luoshi.office.exchange.models import Fault, Import
from luoshi.office.exchange.progress import Progress, progress, working_on
from luoshi.office.exchange.references import Reference, reference_of
from luoshi.office.registry import merging
from luoshi.office.registry.loading import tidy
from luoshi.office.registry.shape import RegisterTable, table_of, tables_of
from luoshi.office.registry.unmerging import noted, obstacles, take_back
from luoshi.office.runs import library
from luoshi.rulebook.model.blocks import Pack

State = Import.State
SLICE = 10_000
SYSTEM = "system"
COUNTED = ("rows_new", "rows_changed", "rows_same", "rows_contested")


class _MovedOn(Exception):
    """The register is not what it was when people looked at what the import would change."""


def check(import_id: int) -> None:
    """The import is refused with every fault, or ready with what it would do. One that is further is left alone."""
    with working_on(import_id):
        open_states = [State.WAITING, State.CHECKING]
        if not Import.objects.filter(id=import_id, state__in=open_states).update(state=State.CHECKING):
            return
        work = Import.objects.get(id=import_id)
        with _ending(work), progress(work) as told:
            _check(work, library.pack(work.pack_id), told)


def take_in(import_id: int) -> None:
    """The rows of an accepted import are in the register; if that has moved on, nothing is, and it is ready again."""
    with working_on(import_id):
        work = Import.objects.get(id=import_id)
        if work.state != State.ACCEPTING:
            return
        pack = library.pack(work.pack_id)
        try:
            with _ending(work), progress(work) as told, transaction.atomic():
                _take_in(work, pack, told)
        except _MovedOn:
            work.state = State.CHECKING
            Import.objects.filter(id=work.id, state=State.ACCEPTING).update(state=State.CHECKING)
            with _ending(work), progress(work) as told:
                _check(work, pack, told, "moved-on")
            return
    if not connection.in_atomic_block:
        tidy(pack, [work.register])


def undo(import_id: int) -> None:
    """What the import wrote is taken back, all of it; or it stays accepted, if something stands in the way."""
    with working_on(import_id):
        work = Import.objects.get(id=import_id)
        if work.state != State.UNDOING:
            return
        with _ending(work), transaction.atomic():
            _undo(work)


def written_by(work: Import) -> sql.Composed:
    """The rows that an import wrote, as a query."""
    return sql.SQL("SELECT row_id, before, after FROM exchange_written WHERE of_id = {}").format(work.id)


@contextmanager
def _ending(work: Import) -> Iterator[None]:
    """What is left when the work ends before its end: nothing of the rows, and a state that says so."""
    try:
        yield
    except Stopped:
        if work.state == State.CHECKING:
            staging.drop(work)
    except _MovedOn:
        raise
    except Exception as problem:
        undoing = work.state == State.UNDOING
        failed = {"state": State.ACCEPTED if undoing else State.FAILED, "problem": type(problem).__name__}
        Import.objects.filter(id=work.id, state=work.state).update(step="", **failed)
        if not undoing:
            staging.drop(work)
        raise


def _check(work: Import, pack: Pack, told: Progress, problem: str = "") -> None:
    told.tell("read")
    _forget(work)
    try:
        meant = reading.read(work, pack)
    except books.Refused as refused:
        _keep(work, [refused.problem])
        _end(work, State.REFUSED, [])
        return
    if isinstance(meant, reading.Several):
        work.sheets = list(meant.names)
        _end(work, State.CHOOSING, ["sheets"])
        return
    work.sheet, work.notes = meant.sheet.name, reading.notes_as_kept(meant.notes)
    work.columns = [match.field.name for match in meant.matching.matches]
    table = table_of(pack, work.register)
    _keep(work, meant.problems)
    if not work.faults_by_kind:
        _judge(work, pack, meant, told)
    work.problem = problem
    kept = ["sheet", "notes", "columns", "faults_by_kind", "problem"]
    if work.faults_by_kind:
        staging.drop(work)
        _end(work, State.REFUSED, kept)
        return
    incoming = judging.incoming_of(work, table)
    work.rows_contested = contest(incoming, work.source)
    found = merging.counts(incoming)
    work.rows_new, work.rows_changed, work.rows_same = found.new, found.changed, found.same
    does = found.new + found.changed + work.rows_contested
    if not does:
        staging.drop(work)
    _end(work, State.READY if does else State.UNCHANGED, [*kept, *COUNTED])


def _judge(work: Import, pack: Pack, meant: reading.Meant, told: Progress) -> None:
    """The rows are staged, followed, and laid beside the register; every fault is kept."""
    table, matches = meant.form.table, meant.matching.matches
    references = _references(pack, work, meant.form)
    divisions = divisions_within(work.area)
    columns: list[staging.Stored] = []
    for place, match in enumerate(matches):
        told.tell("cells", place, len(matches))
        sealed_as = table.place_of(match.field.name)
        stored, wrong = staging.columns_of(match, references.get(match.field.name), sealed_as, meant.sheet, divisions)
        columns += stored
        _keep(work, wrong)
    staging.copy(work, meant.sheet, columns, told)
    told.tell("references", 0, len(meant.sheet.rows))
    staging.follow(work, pack, [match.field for match in matches], references)
    judging.judge_rows(work, table, matches, references)
    told.tell("compare", 0, len(meant.sheet.rows))
    merging.lay_beside(judging.incoming_of(work, table))
    places = {match.field.name: judging.Place(match.column.letter, match.column.title) for match in matches}
    judging.judge_plan(work, table, places, pack.policy.jurisdiction or "")


def _take_in(work: Import, pack: Pack, told: Progress) -> None:
    table, tables = table_of(pack, work.register), tables_of(library.packs())
    incoming, total = judging.incoming_of(work, table), work.rows
    told.tell("compare", 0, total)
    merging.lock(table)
    seen = judging.fingerprint(incoming)
    form = books.form_of(pack, work.register)
    by_name = {field.name: field for field in form.fields}
    fields = [by_name[name] for name in work.columns]
    staging.follow(work, pack, fields, _references(pack, work, form))
    merging.lay_beside(incoming)
    contest(incoming, work.source)
    if judging.fingerprint(incoming) != seen:
        raise _MovedOn
    touched = merging.make_touched()
    for place, (first, last) in enumerate(merging.slices(incoming, SLICE)):
        told.tell("write", min(place * SLICE, total), total)
        merging.put(incoming, first, last, touched, source=work.source, by=work.decided_by)
    told.tell("place", total, total)
    merging.place_moved(incoming, tables, by=work.decided_by)
    _run(
        "INSERT INTO exchange_written (of_id, row_id, before, after) SELECT {}, id, before, after FROM {}",
        work.id, touched.name,
    )  # fmt: skip
    _run("DROP TABLE {}", touched.name)
    offer(incoming, source=work.source, by=work.decided_by, area=work.area)
    work.declared = _declare(table, work)
    staging.drop(work)
    _finish(work, State.ACCEPTED, "take-in", work.decided_by, declared=work.declared)


def _undo(work: Import) -> None:
    pack = library.pack(work.pack_id)
    table, tables = table_of(pack, work.register), tables_of(library.packs())
    merging.lock(table)
    written = noted(written_by(work))
    if obstacles(table, tables, written, most=1):
        Import.objects.filter(id=work.id, state=State.UNDOING).update(state=State.ACCEPTED, problem="obstacles")
        audit.record("import.undo-refused", actor=work.undone_by, subject=f"import:{work.id}", area=work.area)
        return
    take_back(table, tables, written, by=work.undone_by)
    withdraw(table, work.source)
    others = Import.objects.filter(pack_id=work.pack_id, register=work.register, area=work.area, state=State.ACCEPTED)
    if work.declared and not others.exists():
        _run(
            'DELETE FROM registry.kept_register WHERE schema = {} AND "table" = {} AND area_code = {}',
            table.name.schema, table.name.name, work.area,
        )  # fmt: skip
    _finish(work, State.UNDONE, "undo", work.undone_by)


def _references(pack: Pack, work: Import, form: books.Form) -> dict[str, Reference]:
    found = {field.name: reference_of(pack, field) for field in form.fields if field.name in work.columns}
    return {name: reference for name, reference in found.items() if reference is not None}


def _declare(table: RegisterTable, work: Import) -> bool:
    """Somebody keeps the register for the area; whether nobody did before."""
    form = (
        "INSERT INTO registry.kept_register SELECT {schema}, {table}, {area}, now(), {by} WHERE NOT EXISTS (SELECT FROM"
        ' registry.kept_register WHERE schema = {schema} AND "table" = {table} AND starts_with({area}, area_code))'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(
            schema=table.name.schema, table=table.name.name, area=work.area, by=work.decided_by
        ))  # fmt: skip
        return bool(cursor.rowcount)


def _forget(work: Import) -> None:
    """The import is as it was before it was checked."""
    staging.drop(work)
    Fault.objects.filter(of=work).delete()
    work.faults_by_kind = {}


def _keep(work: Import, problems: Sequence[books.Problem]) -> None:
    """The first problems are kept, all are counted."""
    kept = sum(work.faults_by_kind.values())
    counted = Counter(problem.kind for problem in problems)
    work.faults_by_kind = dict(Counter(work.faults_by_kind) + counted)
    Fault.objects.bulk_create(
        (
            Fault(
                of=work, kind=each.kind, sheet=each.sheet, row=each.row, letter=each.letter, title=each.title[:200],
                seen=each.seen[:200], expected_zh=each.expected.zh[:400], expected_en=each.expected.en[:400],
            )
            for each in problems[: max(judging.MOST_KEPT - kept, 0)]
        ),
        batch_size=2_000,
    )  # fmt: skip


@transaction.atomic
def _end(work: Import, state: str, fields: Sequence[str]) -> None:
    """The check has come to its end; `Stopped` if somebody has cancelled it meanwhile."""
    told = {name: getattr(work, name) for name in (*fields, "faults_by_kind")}
    if not Import.objects.filter(id=work.id, state=State.CHECKING).update(state=state, step="", **told):
        raise Stopped
    details = {"state": str(state), "faults": work.faults_by_kind}
    audit.record("import.check", actor=SYSTEM, subject=f"import:{work.id}", area=work.area, details=details)


def _finish(work: Import, state: str, verb: str, by: str, **told: object) -> None:
    if not Import.objects.filter(id=work.id, state=work.state).update(state=state, step="", **told):
        raise Stopped
    details = {"register": work.register, "new": work.rows_new, "changed": work.rows_changed}
    audit.record(f"import.{verb}", actor=by, subject=f"import:{work.id}", area=work.area, details=details)


def _run(form: str, *parts: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts))
