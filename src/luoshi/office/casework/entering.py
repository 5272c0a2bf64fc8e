"""What a step makes true is entered into the row of its case, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.office.casework.flow import WORSE
from luoshi.office.casework.models import Case, Vote
from luoshi.office.casework.moments import Moment
from luoshi.office.registry.queries import row
from luoshi.office.registry.revising import correct
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.rulebook.model.administration import ProcedureStep
from luoshi.rulebook.model.blocks import Pack


def enter(case: Case, pack: Pack, step: ProcedureStep, result: str, at: Moment) -> None:
    """The cells that a step names hold what it came to. A row that is gone meanwhile is left alone."""
    if not step.enters or (result != step.enters_when if step.enters_when else result in WORSE):
        return
    table = table_of(pack, case.register)
    there = row(table, "", case.row_id)
    if there is None:
        return
    basis = Basis(at.by, at.now, case.number, f"case:{case.number}", at.origin)
    cells = _cells(case, step, at)
    correct(table, tables_of([pack]), case.row_id, cells, basis, scope_prefix="", expected_version=there.version)


def _cells(case: Case, step: ProcedureStep, at: Moment) -> Mapping[str, Any]:
    """The value of each field, by what the step says of it."""
    votes = Vote.objects.filter(case=case, step=step.id, visit=case.visit).order_by("id")
    told = {"today": at.today, "done": True, "number": [vote.details.get("number", "") for vote in votes][-1]}
    return {name: told[what] for name, what in step.enters.items()}
