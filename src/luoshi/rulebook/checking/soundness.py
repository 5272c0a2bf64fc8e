"""What is wrong in a pack that loads: tables, procedures, and norms, clauses or parameters left open."""

from __future__ import annotations

from luoshi.rulebook.checking.coverage import empty_clauses, uncovered
from luoshi.rulebook.checking.procedures import check_procedures
from luoshi.rulebook.checking.tables import check_tables
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Place
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Findings, Where


def soundness(pack: Pack) -> list[Finding]:
    """What is wrong with the pack itself, by position."""
    findings = Findings()
    check_tables(pack, findings)
    for norm in uncovered(pack.norms):
        findings.add("CHECK-003", _where(norm.place), norm=norm.id, kind=norm.kind)
    for clause in empty_clauses(pack):
        findings.add("CHECK-004", _where(pack.clauses[clause].place))
    check_procedures(pack, findings)
    _unused_parameters(pack, findings)
    return findings.sorted()


def _where(place: Place) -> Where:
    return Where(place.file, place.line, place.clause)


def _unused_parameters(pack: Pack, findings: Findings) -> None:
    used = {name for norm in pack.norms for name in norm.by}
    for block in pack.blocks():
        used |= {item.name for root in block.expressions() for item in n.walk(root) if isinstance(item, n.Parameter)}
    for parameter in pack.parameters.values():
        if parameter.id not in used and "/" not in parameter.place.file:
            findings.add("CHECK-005", _where(parameter.place), name=parameter.id)
