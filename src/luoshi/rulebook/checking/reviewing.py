"""What a reviewer would find in a pack that loads: tables with gaps or overlaps, norms and clauses left open."""

from __future__ import annotations

from luoshi.rulebook.checking.coverage import empty_clauses, uncovered
from luoshi.rulebook.checking.tables import check_tables
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Place
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.model.findings import Finding, Findings, Where


def review(pack: Pack) -> list[Finding]:
    """The findings of a review, by position."""
    findings = Findings()
    check_tables(pack, findings)
    for norm in uncovered(pack.norms):
        findings.add("CHECK-003", _where(norm.place), norm=norm.id, kind=norm.kind)
    for clause in empty_clauses(pack):
        findings.add("CHECK-004", _where(pack.clauses[clause].place))
    _unused_parameters(pack, findings)
    return findings.sorted()


def _where(place: Place) -> Where:
    return Where(place.file, place.line, place.clause)


def _unused_parameters(pack: Pack, findings: Findings) -> None:
    used = {name for norm in pack.norms for name in norm.by}
    for root in _roots(pack):
        used |= {item.name for item in n.walk(root) if isinstance(item, n.Parameter)}
    for parameter in pack.parameters.values():
        if parameter.id not in used and "/" not in parameter.place.file:
            findings.add("CHECK-005", _where(parameter.place), name=parameter.id)


def _roots(pack: Pack) -> list[n.Node]:
    """Every expression of a pack."""
    roots: list[n.Node | None] = [fact.value for fact in pack.facts.values()]
    for measure in pack.measures.values():
        roots += [*(condition.test for condition in measure.conditions), measure.amount]
        if isinstance(measure, Award):
            roots += [measure.quota, *(key.value for key in measure.order)]
    for limit in pack.limits.values():
        roots += [limit.when, *(condition.test for condition in limit.holds)]
    for target in pack.targets.values():
        roots += [target.indicator, target.value]
    roots += [duty.done for duty in pack.duties.values()]
    for scorecard in pack.scorecards.values():
        roots += [item.measured_by for item in scorecard.items]
    for match in pack.matches.values():
        roots += [*(condition.test for condition in match.compatible), match.size, match.capacity]
        roots += [key.value for key in match.preference]
    roots += [check.pattern for check in pack.integrity_checks.values()]
    return [root for root in roots if root is not None]
