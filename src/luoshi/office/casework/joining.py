"""Whether two rows belong together: they are, or refer to, one and the same row."""

from __future__ import annotations

from luoshi.office.registry.queries import Row, row
from luoshi.office.registry.shape import DIVISIONS, table_of
from luoshi.rulebook.loading.routing import reached
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref

FARTHEST = 3
"""So many references in a row are followed. Those to areas are not: much lies in one area."""
Place = tuple[str, int]


def belong_together(pack: Pack, one: Place, other: Place) -> bool:
    """Whether references lead from both rows to a common one, or from one to the other.

    Where the registers have no such references at all, rows of one area belong together: nothing nearer is known.
    """
    if one == other:
        return True
    if not _registers(pack, one[0]) & _registers(pack, other[0]):
        places = [_row(pack, place) for place in (one, other)]
        return all(places) and len({there.area_code for there in places if there is not None}) == 1
    return bool(_rows(pack, one) & _rows(pack, other))


def _registers(pack: Pack, register: str) -> set[str]:
    return reached([register], pack.registers) - {DIVISIONS}


def _rows(pack: Pack, start: Place) -> set[Place]:
    """A row, and those to which references lead from it."""
    seen, frontier = {start}, {start}
    for _ in range(FARTHEST):
        frontier = {following for place in frontier for following in _referred(pack, place)} - seen
        seen |= frontier
    return seen


def _referred(pack: Pack, place: Place) -> set[Place]:
    there = _row(pack, place)
    cells = there.cells if there is not None else {}
    kinds = {column.name: column.type for column in table_of(pack, place[0]).columns.values()}
    return {
        (kind.register, cells[name])
        for name, kind in kinds.items()
        if isinstance(kind, Ref) and kind.register != DIVISIONS and cells.get(name) is not None
    }


def _row(pack: Pack, place: Place) -> Row | None:
    return row(table_of(pack, place[0]), "", place[1])
