"""References that tell who acts on what: offices that exist, procedures and sheets with the rows they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.bases import Block, Place
from luoshi.rulebook.model.blocks import Measure, Pack, Register
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.sheets import Sheet
from luoshi.rulebook.model.types import Bool, Date, Ref, Text, Type

ENTERED: Mapping[str, type] = {"today": Date, "number": Text, "done": Bool}
"""The types of fields that take what a step may enter."""


def check_routes(pack: Pack, findings: Findings) -> None:
    """Note every department, office or procedure that does not exist, and procedures of other rows than the measure's.

    Whoever records what is done outside is an office of the government.
    """
    recorders = {name: office for name, office in pack.offices.items() if office.kind == "government"}
    for office in pack.offices.values():
        known(office.department, pack.departments, office.place, "department", findings)
        known(office.recorded_by, recorders, office.place, "office", findings)
    for procedure in pack.procedures.values():
        for step in procedure.steps:
            known(step.by, pack.offices, procedure.place, "office", findings)
            _check_entered(procedure, step, pack, findings)
        review = procedure.review_of
        known(review.procedure if review else None, pack.procedures, procedure.place, "procedure", findings)
    for sheet in pack.sheets.values():
        _check_sheet(sheet, pack, findings)
    for statement in pack.statements.values():
        if statement.account is not None:
            known(statement.account.fund, pack.funds, statement.place, "fund", findings)
            known(statement.account.by, pack.offices, statement.place, "office", findings)
    for measure in pack.measures.values():
        known(measure.procedure, pack.procedures, measure.place, "procedure", findings)
        _check_subject(measure, pack, findings)


def _check_entered(procedure: Procedure, step: ProcedureStep, pack: Pack, findings: Findings) -> None:
    """What a step enters are fields of every register that its cases may be about, of the type of what is entered."""
    for register in procedure.registers if step.enters else ():
        fields = pack.registers[register].fields if register in pack.registers else {}
        for name, what in step.enters.items():
            fitting = [field for field, item in fields.items() if isinstance(item.type, ENTERED[what])]
            if name not in fitting:
                facts = {"name": procedure.id, "field": name, "register": register, "known": sorted(fitting)}
                findings.add("PACK-066", _where(procedure.place), **facts)


def _check_sheet(sheet: Sheet, pack: Pack, findings: Findings) -> None:
    """A sheet names offices that act, measures about its owners, and the sheet that fills what it rests on."""
    known((*sheet.by, *sheet.confirmed_by), pack.offices, sheet.place, "office", findings)
    fields = pack.registers[sheet.register].fields
    owner = _target(fields[sheet.owner].type)
    about_owners = {name: item for name, item in pack.measures.items() if item.register == owner}
    known(sheet.pays.measures if sheet.pays else None, about_owners, sheet.place, "measure", findings)
    if sheet.source is not None:
        wanted = _target(fields[sheet.source.field].type)
        sources = {name: item for name, item in pack.sheets.items() if item.register == wanted and item.period}
        known(sheet.source.sheet, sources, sheet.place, "sheet", findings)


def _target(kind: Type) -> str | None:
    return kind.register if isinstance(kind, Ref) else None


def known(
    names: str | Iterable[str] | None, blocks: Mapping[str, Block], place: Place, kind: str, findings: Findings
) -> None:
    """Note each name that stands for none of the blocks."""
    for name in [names] if isinstance(names, str) else names or ():
        if name not in blocks:
            findings.add("PACK-062", _where(place), name=name, kind=kind, near=near(name, blocks))


def _check_subject(measure: Measure, pack: Pack, findings: Findings) -> None:
    """From the row of a case there is a way to the row of the measure, or back."""
    procedure = pack.procedures.get(measure.procedure or "")
    if procedure is None or not procedure.registers:
        return
    below = reached([measure.register], pack.registers)
    if measure.register not in reached(procedure.registers, pack.registers) and below.isdisjoint(procedure.registers):
        facts: dict[str, Any] = {"name": measure.id, "register": measure.register, "procedure": procedure.id}
        findings.add("PACK-065", _where(measure.place), known=list(procedure.registers), **facts)


def reached(start: Iterable[str], registers: Mapping[str, Register]) -> set[str]:
    """The registers to which references lead from some registers, these among them."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            fields = registers[name].fields.values()
            to = [field.type.register for field in fields if isinstance(field.type, Ref)]
            waiting.extend(register for register in to if register in registers)
    return found


def _where(place: Place) -> Where:
    return Where(place.file, place.line, place.clause)
