"""Whether the registers that are kept here would bear an edition: its tables are built, and everything is undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction

from luoshi.office.registry.building import build
from luoshi.office.registry.errors import Problem, Refused
from luoshi.rulebook.model.blocks import Pack

PATIENCE = "SET LOCAL lock_timeout = '10s'"
"""A table that somebody works with is waited for so long; then the trial is given up, not their work."""


class _Undo(Exception):
    """Ends the trial."""


def obstacles(packs: Iterable[Pack]) -> list[dict[str, Any]]:
    """Why the tables of these packs cannot be built over what is kept, as values of JSON; empty where they can.

    Kinds: `shape` (fields that contradict one another, or what is there), `rows` (rows that are kept break a rule),
    `busy` (somebody works with a table; to be tried again). Never a value of a row.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(PATIENCE)
            build(packs)
            raise _Undo
    except _Undo:
        return []
    except Refused as refused:
        return [_of_problem(problem) for problem in refused.problems]
    except OperationalError:
        return [{"kind": "busy", "register": "", "column": "", "told": ""}]
    except DatabaseError as problem:
        return [_of_rows(problem)]


def _of_problem(problem: Problem) -> dict[str, Any]:
    return {"kind": "shape", "register": problem.register, "column": problem.column, "told": problem.told}


def _of_rows(problem: DatabaseError) -> dict[str, Any]:
    """The table and the rule that PostgreSQL names."""
    told = getattr(problem.__cause__, "diag", None)
    register, rule = getattr(told, "table_name", None), getattr(told, "constraint_name", None)
    return {"kind": "rows", "register": register or "", "column": "", "told": rule or type(problem).__name__}
