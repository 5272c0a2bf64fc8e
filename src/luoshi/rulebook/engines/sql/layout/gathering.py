"""Groups of rows: where their rows come from. A path of several references is gathered reference by reference."""

from __future__ import annotations

from dataclasses import replace

from luoshi.rulebook.engines.sql.layout.demands import Demands
from luoshi.rulebook.engines.sql.layout.relations import MERGED, Figure, Gather, Join, Raw, Rows, Stored
from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Group

KEY = "key"


def gather(demands: Demands, group: Group) -> Gather:
    """The table of a group, from the child's rows or, beyond the first reference, from the group one reference back."""
    if len(group.via) > 1 and group.spread is None:
        return _regathered(demands, group)
    columns: dict[Expr, str] = {}
    figures = []
    for (function, of, kind), name in demands.groups[group].items():
        column = "" if of.says(True) else columns.setdefault(of, f"of{len(columns) + 1}")
        figures.append(Figure(name, function, column, kind))
    roots = [(KEY, demands.key(group)), *((name, expr) for expr, name in columns.items())]
    rows = demands.rows(group.child, roots)
    return Gather(rows, KEY, tuple(figures), group.within_areas, group.spread is not None)


def _regathered(demands: Demands, group: Group) -> Gather:
    """Figures joined from the figures of parts, by the next reference of the rows that the parts belong to."""
    before = replace(group, via=group.via[:-1], within_areas=False)
    figures = []
    for (function, of, kind), name in demands.groups[group].items():
        figures.append(Figure(name, MERGED[function], demands.figure(before, (function, of, kind)), kind))
    make, low = demands.low.forge, demands.low
    register = low.register_at(group.child, before.via)
    parts = [make.field("", figure.of, figure.kind) for figure in figures]
    key = low.reference(register, group.via[-1])
    differs = demands.row_id(register).kind is not demands.key(before).kind
    hop = Join(Raw(register, ("id", group.via[-1])), "id", ((group.via[-1], KEY),), differs)
    names = {key: KEY} | {part: part.data[1] for part in parts}
    outputs = ((KEY, key), *((part.data[1], part) for part in dict.fromkeys(parts)))
    columns = ("id", *dict.fromkeys(part.data[1] for part in parts))
    rows = Rows(Stored(demands.table_of(before)), columns, (hop,), (), outputs, names)
    return Gather(rows, KEY, tuple(figures), group.within_areas)
