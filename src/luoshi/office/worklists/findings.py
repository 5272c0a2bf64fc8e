"""Brings the findings of a pack in step with a run: all of them at once, inside the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection

from luoshi.office.runs import actions as runs
from luoshi.office.runs.models import Run
from luoshi.office.worklists.choosing import Check, checks
from luoshi.office.worklists.models import Finding, FindingEvent
from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.administration import IntegrityCheck
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import State

Kind, Handled = FindingEvent.Kind, Finding.State
FOUND = "CREATE TEMPORARY TABLE found_now (check_id text, register text, row_id bigint, area text) ON COMMIT DROP"
THERE = (
    "EXISTS (SELECT FROM found_now AS n WHERE n.check_id = f.check_id AND n.row_id = f.row_id) AND f.pack_id = %(pack)s"
)
GONE = THERE.replace("EXISTS", "NOT EXISTS", 1)
NEW = """
INSERT INTO worklists_finding (pack_id, check_id, register, row_id, area, state, holder, since_id)
SELECT %(pack)s, check_id, register, row_id, area, 'new', '', %(run)s FROM found_now
ON CONFLICT (pack_id, check_id, row_id) DO NOTHING
"""
MOVED = """
UPDATE worklists_finding AS f SET area = n.area FROM found_now AS n
WHERE f.pack_id = %(pack)s AND n.check_id = f.check_id AND n.row_id = f.row_id AND n.area <> f.area
"""
SETTLED = f"""
WITH moved AS (
    UPDATE worklists_finding AS f SET settled_id = %(run)s WHERE f.settled_id IS NULL AND {GONE} RETURNING f.id, f.state
)
INSERT INTO worklists_findingevent (finding_id, kind, state, still, note, run_id, by, at)
SELECT id, %(settled)s, state, '', '', %(run)s, 'system', %(now)s FROM moved
"""
AGAIN = f"""
WITH moved AS (
    UPDATE worklists_finding AS f SET settled_id = NULL, state = 'new', holder = '', due = NULL
    WHERE {THERE} AND (f.settled_id IS NOT NULL OR (f.state = 'corrected' AND f.handled_at < %(read)s)) RETURNING f.id
)
INSERT INTO worklists_findingevent (finding_id, kind, state, still, note, run_id, by, at)
SELECT id, %(again)s, 'new', '', '', %(run)s, 'system', %(now)s FROM moved
"""


def follow(pack: Pack, run: Run, now: datetime) -> dict[tuple[str, str], dict[str, int]]:
    """Findings as a run has them; by check and area how many were found and how many could not be decided.

    New ones are new; those that the run does not find are settled by it, whatever people made of them; settled ones
    that it finds, and those whose data somebody said to have corrected before the run read them, are new again.
    """
    figures: dict[tuple[str, str], dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.found_now")
        cursor.execute(FOUND)
        with cursor.copy("COPY found_now FROM STDIN") as copy:
            for check, table in _decided(pack, run):
                _count(figures, check.id, table)
                for row in _found(check, table):
                    copy.write_row(row)
        cursor.execute("CREATE INDEX ON found_now (check_id, row_id)")
        cursor.execute("ANALYZE found_now")
        facts: dict[str, Any] = {
            "pack": pack.policy.id,
            "run": run.id,
            "now": now,
            "read": run.started_at or run.asked_at,
        }
        facts |= {"settled": Kind.SETTLED, "again": Kind.FOUND_AGAIN}
        for statement in (MOVED, SETTLED, AGAIN, NEW):
            cursor.execute(statement, facts)
    return figures


def wrong(check: Check) -> State:
    """The state in which a check has found something: an unmet limit, a pattern that is there."""
    return State.MET if isinstance(check, IntegrityCheck) else State.UNMET


def _decided(pack: Pack, run: Run) -> Iterator[tuple[Check, Any]]:
    """Of each check the rows that are wrong or undecided: id, area, and whether they are `wrong`."""
    for check in checks(pack).values():
        state = f"{check.id}.state"
        for file in result_files(runs.folder_of(run) / "results", check.register):
            rows = pq.read_table(file, columns=["id", "area", state])
            codes = rows[state].cast(pa.uint8())
            is_wrong, unknown = pc.equal(codes, int(wrong(check))), pc.equal(codes, int(State.UNKNOWN))
            area = pc.fill_null(rows["area"], "")
            told = pa.table({"id": rows["id"], "area": area, "wrong": is_wrong})
            yield check, told.filter(pc.or_(is_wrong, unknown))


def _count(figures: dict[tuple[str, str], dict[str, int]], check: str, rows: Any) -> None:
    for part in rows.group_by(["area", "wrong"]).aggregate([([], "count_all")]).to_pylist():
        into = figures.setdefault((check, part["area"]), {"found": 0, "unknown": 0})
        into["found" if part["wrong"] else "unknown"] += part["count_all"]


def _found(check: Check, rows: Any) -> Iterator[tuple[str, str, int, str]]:
    there = rows.filter(rows["wrong"])
    for batch in there.to_batches():
        for row_id, area in zip(batch["id"].to_pylist(), batch["area"].to_pylist(), strict=True):
            yield check.id, check.register, int(row_id), area
