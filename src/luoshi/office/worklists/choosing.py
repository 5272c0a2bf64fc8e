"""Which measures and checks of a pack make worklists, told from the pack alone.

A measure is closed by its text when one of its conditions rests on parameters alone and the pack's own values make it
false: the text keeps it off until somebody opens it by an instrument. Nobody is told of such a measure and nothing is
collected for it, also where it was opened: whoever wants it comes of their own will. A document of closed measures only
is closed; what its checks find is not shown below the county.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.office.registry.shape import DIVISIONS
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.administration import IntegrityCheck
from luoshi.rulebook.model.blocks import Award, Limit, Measure, Pack

CONSTANT = (n.Parameter, n.Literal, n.All, n.Any, n.Not, n.Compare)
Check = Limit | IntegrityCheck


def closed_measures(pack: Pack) -> frozenset[str]:
    """The measures that their text keeps closed."""
    return frozenset(measure.id for measure in pack.measures.values() if _is_closed(pack, measure))


def told_measures(pack: Pack) -> Iterator[Measure]:
    """The measures that a subject is entitled to without being chosen: whoever is eligible is told."""
    closed = closed_measures(pack)
    for measure in pack.measures.values():
        if not isinstance(measure, Award) and measure.register != DIVISIONS and measure.id not in closed:
            yield measure


def collected_measures(pack: Pack) -> Iterator[Measure]:
    """The measures for which missing facts are collected."""
    closed = closed_measures(pack)
    return (measure for measure in pack.measures.values() if measure.id not in closed)


def checks(pack: Pack) -> dict[str, Check]:
    """Everything that looks for what is wrong: limits and integrity checks."""
    return {**pack.limits, **pack.integrity_checks}


def closed_checks(pack: Pack) -> frozenset[str]:
    """The checks of documents in which every measure is closed."""
    closed = closed_measures(pack)
    others = {_document(measure.clause) for measure in pack.measures.values() if measure.id not in closed}
    documents = {_document(pack.measures[name].clause) for name in closed} - others
    return frozenset(check.id for check in checks(pack).values() if _document(check.clause) in documents)


def _document(clause: str) -> str:
    return clause.partition("/")[0]


def _is_closed(pack: Pack, measure: Measure) -> bool:
    first = pack.policy.in_force_from or pack.policy.issued
    tests = [condition.test for condition in measure.conditions if _rests_on_parameters(condition.test)]
    if first is None or not tests:
        return False
    engine = CaseEngine(pack, first)
    return any(engine.constant(test) is False for test in tests)


def _rests_on_parameters(test: n.Node) -> bool:
    parts = list(n.walk(test))
    return all(isinstance(part, CONSTANT) for part in parts) and any(isinstance(part, n.Parameter) for part in parts)
