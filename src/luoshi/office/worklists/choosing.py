"""Which measures and checks of a pack make worklists, told from the pack alone.

A measure is closed by its text when one of its conditions rests on parameters alone and the pack's own values make it
false: the text keeps it off until somebody opens it by an instrument. Nobody is told of such a measure and nothing is
collected for it, also where it was opened: whoever wants it comes of their own will. A document of closed measures only
is closed; what its checks find is not shown below the county.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.runs.local import held
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.administration import IntegrityCheck
from luoshi.rulebook.model.blocks import Award, Limit, Measure, Pack
from luoshi.rulebook.model.remembering import remembered

CONSTANT = (n.Parameter, n.Literal, n.All, n.Any, n.Not, n.Compare)
Check = Limit | IntegrityCheck


def closed_measures(pack: Pack) -> frozenset[str]:
    """The measures that their text keeps closed."""
    return frozenset(_closing(pack))


def shut_measures(pack: Pack, on: date) -> frozenset[str]:
    """The measures that their text keeps closed, and that no locality has opened on a day by setting what closes them.

    They are offered to nobody, and nobody can claim them.
    """
    opened = {value.name for value in held(pack, on).values if value.value is not None}
    return frozenset(name for name, tests in _closing(pack).items() if any(not names & opened for names in tests))


def opened(pack: Pack, on: date) -> Pack:
    """The pack without its shut measures, and without the procedures through which nothing else is claimed."""
    shut = shut_measures(pack, on)
    measures = {name: item for name, item in pack.measures.items() if name not in shut}
    gone = {pack.measures[name].procedure for name in shut} - {item.procedure for item in measures.values()}
    procedures = {name: item for name, item in pack.procedures.items() if name not in gone}
    return replace(pack, measures=measures, procedures=procedures)


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


@remembered
def _closing(pack: Pack) -> Mapping[str, tuple[frozenset[str], ...]]:
    """The measures that conditions close which the pack's own values make false, whoever asks: of each such condition
    its parameters."""
    first = pack.policy.in_force_from or pack.policy.issued
    if first is None:
        return {}
    engine = CaseEngine(pack, first)
    tests = {measure.id: tuple(_false_of_itself(engine, measure)) for measure in pack.measures.values()}
    return {name: found for name, found in tests.items() if found}


def _false_of_itself(engine: CaseEngine, measure: Measure) -> Iterator[frozenset[str]]:
    for condition in measure.conditions:
        if _rests_on_parameters(condition.test) and engine.constant(condition.test) is False:
            yield frozenset(part.name for part in n.walk(condition.test) if isinstance(part, n.Parameter))


def _rests_on_parameters(test: n.Node) -> bool:
    parts = list(n.walk(test))
    return all(isinstance(part, CONSTANT) for part in parts) and any(isinstance(part, n.Parameter) for part in parts)
