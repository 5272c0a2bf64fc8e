"""Which measures a chart is about, and which documents are never compared area by area."""

from __future__ import annotations

from luoshi.office.desk import numbering
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Measure, Pack, Target
from luoshi.rulebook.model.types import Bool


def measures_of(pack: Pack, document: str | None) -> list[Measure]:
    """The measures of one document of a pack, or of all of them."""
    return [item for item in pack.measures.values() if _is_of(item, document)]


def targets_of(pack: Pack, document: str | None) -> list[Target]:
    """The targets of one document of a pack, or of all of them."""
    return [item for item in pack.targets.values() if _is_of(item, document)]


def compared(pack: Pack, document: str | None) -> list[Measure]:
    """The measures that areas may be set side by side for: those of documents that are not closed."""
    measures = measures_of(pack, document)
    numbers = {numbering.document(item.clause) for item in measures}
    closed = {number for number in numbers if is_closed(pack, number)}
    return [item for item in measures if numbering.document(item.clause) not in closed]


def is_closed(pack: Pack, document: str) -> bool:
    """Whether nothing in a document happens before a locality has opened it: every measure waits for a local value.

    Such a document is never a contest between areas.
    """
    measures = measures_of(pack, document)
    return bool(measures) and all(_waits(pack, item) for item in measures)


def _waits(pack: Pack, measure: Measure) -> bool:
    """Whether a condition is nothing but a yes or no that localities set."""
    return any(
        isinstance(condition.test, n.Parameter)
        and isinstance(condition.test.type, Bool)
        and pack.parameters[condition.test.name].local is not None
        for condition in measure.conditions
    )


def _is_of(item: Measure | Target, document: str | None) -> bool:
    """Whether a block stands in a document of the pack itself."""
    return ":" not in item.clause and document in {None, numbering.document(item.clause)}
