"""Brings the findings of a pack in step with a run: all of them at once, inside the database.

What a check finds is counted to the last row, and listed up to a bound in each county: hundreds are a list to work
through, many thousands say that the rule or the data are to be looked at first.
"""

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
from luoshi.office.worklists import bounding
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

    New ones are new, as many as `bounding` lets in; those that the run does not find are settled by it, whatever people
    made of them; settled ones that it finds, and those whose data somebody said to have corrected before the run read
    them, are new again.
    """
    figures: dict[tuple[str, str], dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.found_now")
        cursor.execute(FOUND)
        for check in checks(pack).values():
            decided = _decided(check, run)
            if decided is None:
                continue
            _count(figures, check.id, decided)
            known, closed = _known(pack, check)
            wrong_ones = decided.filter(decided["wrong"])
            listed = bounding.first_of_each_county(wrong_ones, known, closed, bounding.MOST_OPEN)
            with cursor.copy("COPY found_now FROM STDIN") as copy:
                for row_id, area in _rows(listed):
                    copy.write_row((check.id, check.register, row_id, area))
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


def _decided(check: Check, run: Run) -> Any:
    """The rows that are wrong or undecided: id, area, and whether they are `wrong`. None where nobody was asked."""
    found, state = [], f"{check.id}.state"
    for file in result_files(runs.folder_of(run) / "results", check.register):
        rows = pq.read_table(file, columns=["id", "area", state])
        codes = rows[state].cast(pa.uint8())
        is_wrong, unknown = pc.equal(codes, int(wrong(check))), pc.equal(codes, int(State.UNKNOWN))
        ids, areas = rows["id"].cast(pa.int64()), pc.fill_null(rows["area"].cast(pa.string()), "")
        told = pa.table({"id": ids, "area": areas, "wrong": is_wrong})
        found.append(told.filter(pc.or_(is_wrong, unknown)))
    return pa.concat_tables(found) if found else None


def _known(pack: Pack, check: Check) -> tuple[Any, Any]:
    """The rows of which there are findings already, and those of them that people have closed."""
    there = Finding.objects.filter(pack_id=pack.policy.id, check_id=check.id)
    closed = there.filter(settled=None).exclude(state__in=Finding.OPEN)
    known, done = (pa.array(each.values_list("row_id", flat=True), pa.int64()) for each in (there, closed))
    return known, done


def _count(figures: dict[tuple[str, str], dict[str, int]], check: str, rows: Any) -> None:
    for part in rows.group_by(["area", "wrong"]).aggregate([([], "count_all")]).to_pylist():
        into = figures.setdefault((check, part["area"]), {"found": 0, "unknown": 0})
        into["found" if part["wrong"] else "unknown"] += part["count_all"]


def _rows(listed: Any) -> Iterator[tuple[int, str]]:
    for batch in listed.to_batches():
        yield from zip(batch["id"].to_pylist(), batch["area"].to_pylist(), strict=True)
