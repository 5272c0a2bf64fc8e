"""Settings that differ by area: a small table with one row per area code that occurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.lookups import KeyColumn, lookup
from luoshi.rulebook.engines.sql.meaning.numbers import Arithmetic, Quantity
from luoshi.rulebook.model.blocks import TableRow
from luoshi.rulebook.values.area_code import LEVELS

REGIONS = "@regions"


class Regions:
    """Gathers which settings are asked for by area, and through which columns."""

    def __init__(self, forge: Forge, numbers: Arithmetic) -> None:
        self.forge, self.numbers = forge, numbers
        self.sources: dict[Expr, None] = {}
        self.columns: dict[str, Expr] = {}

    @property
    def code(self) -> Expr:
        """The code of a row of the small table."""
        return self.forge.field(REGIONS, "id", Kind.TEXT, known=True)

    def number(self, code: Expr, name: str, by_area: Mapping[str, Any], places: int) -> Quantity:
        """A number set for areas, where the area `code` lies; unknown where nobody nearby has set it."""
        literals = {area: self.numbers.literal(value, places) for area, value in by_area.items()}
        same = self.numbers.alike(*literals.values())
        exprs = {area: item.expr for area, item in zip(literals, same, strict=True)}
        return self.numbers.either(same, self._asked(code, name, exprs))

    def value(self, code: Expr, name: str, by_area: Mapping[str, Any], kind: Kind) -> Expr:
        """A truth, day, code or text set for areas."""
        return self._asked(code, name, {area: self.forge.literal(kind, value) for area, value in by_area.items()})

    def _asked(self, code: Expr, name: str, by_area: Mapping[str, Expr]) -> Expr:
        kind = next(iter(by_area.values())).kind
        self.columns.setdefault(name, self._nearest(by_area, self.forge.null(kind)))
        if code.is_null:
            return self.forge.null(kind)
        self.sources[code] = None
        return self.forge.follow(code, REGIONS, self.forge.field(REGIONS, name, kind))

    def _nearest(self, by_area: Mapping[str, Expr], none: Expr) -> Expr:
        """The value of the longest prefix of the code that has one."""
        by_length: dict[int, dict[str, Expr]] = defaultdict(dict)
        for area, expr in by_area.items():
            by_length[len(area)][area] = expr
        found = []
        for length in sorted(LEVELS.keys() & by_length.keys(), reverse=True):
            prefix = self.forge.make("prefix", Kind.TEXT, (self.code,), length)
            rows = [TableRow((area,), area, 0) for area in sorted(by_length[length])]
            key = KeyColumn(prefix, partial(self._compare, prefix))
            found.append(lookup(self.forge, [key], rows, lambda area: by_area[str(area)], none))
        return self.forge.first_known(*found, none)

    def _compare(self, prefix: Expr, op: str, area: Any) -> Expr:
        return self.forge.strict(op, Kind.TRUTH, prefix, self.forge.literal(Kind.TEXT, area))
