"""Procedures through which cases are led: somebody decides, and what pays money is paid."""

from __future__ import annotations

from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import CNY, Number

FORGONE = "concession"
"""The kind of support by which money is not paid out but not asked for."""


def pays_money(measure: Measure) -> bool:
    """Whether a measure pays out money: it has an amount, and that is not forgone."""
    kind = measure.amount.type if measure.amount is not None else None
    return isinstance(kind, Number) and CNY.powers[0] in kind.unit.powers and measure.support != FORGONE


def check_procedures(pack: Pack, findings: Findings) -> None:
    """Note procedures with cases in which nobody decides, and claims of money in which nobody pays."""
    for procedure in pack.procedures.values():
        place = procedure.place
        if procedure.has_cases and not procedure.list_by_act("decide", "review"):
            findings.add("CHECK-008", Where(place.file, place.line, place.clause), name=procedure.id)
    for measure in pack.measures.values():
        found = pack.procedures.get(measure.procedure or "")
        if found and found.has_cases and pays_money(measure) and not found.list_by_act("pay"):
            place = measure.place
            where = Where(place.file, place.line, place.clause)
            findings.add("CHECK-009", where, name=found.id, measure=measure.title)
