"""What has to be there before what: groups of rows, stored columns of registers, and the bodies that read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from luoshi.rulebook.engines.sql.layout.columns import Columns, local_parts
from luoshi.rulebook.engines.sql.layout.relations import Beside, Join, Raw, Rows, Source, Stored
from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Group, Kind, is_inline
from luoshi.rulebook.engines.sql.meaning.lowering import Lowering
from luoshi.rulebook.engines.sql.meaning.regions import REGIONS

JOINED = frozenset({"follow", "total"})
Asked = tuple[str, Expr, Kind]


@dataclass
class Demands:
    """Tables asked for so far. Readers are built before what they read, so that each table is asked for in full."""

    low: Lowering
    hints: Mapping[Expr, str]
    groups: dict[Group, dict[Asked, str]] = field(default_factory=dict)
    stored: dict[tuple[str, int], dict[Expr, str]] = field(default_factory=lambda: defaultdict(dict))
    numbers: dict[Group, int] = field(default_factory=dict)

    def figure(self, group: Group, asked: Asked) -> str:
        """The column of a figure in the table of a group."""
        columns = self.groups.setdefault(group, {})
        self.numbers.setdefault(group, len(self.numbers) + 1)
        return columns.setdefault(asked, f"{asked[0]}{len(columns) + 1}")

    def table_of(self, group: Group) -> str:
        """The name of the table of a group."""
        return f"{group.child} by {'.'.join(group.via)} #{self.numbers[group]}"

    def kept_column(self, register: str, stage: int, target: Expr) -> str:
        """The column of a value in the stored table of a register at a stage."""
        columns = self.stored[register, stage]
        return columns.setdefault(target, f"{self.hints.get(target, '')}#{len(columns) + 1}")

    def rows(self, register: str, roots: Iterable[tuple[str, Expr]]) -> Rows:
        """The rows of a register with the given columns, in no order."""
        return _Body(self, register, list(roots), whole=False).rows()

    def rows_put_in_order(self, register: str, roots: Iterable[tuple[str, Expr]]) -> Rows:
        """The rows of a register with the given columns, put in the order of ids before anything is computed."""
        return replace(_Body(self, register, list(roots), whole=True).rows(), in_order=True)

    def rows_in_order(self, register: str, roots: Iterable[tuple[str, Expr]]) -> tuple[Rows, Rows | None]:
        """The rows of a register with the given columns in the order of ids, beside the stored rows that join others.

        Only what is joined has to be put in order again, which is little.
        """
        body = _Body(self, register, list(roots), whole=True)
        rows = body.rows()
        if not rows.joins:
            return rows, None
        joined = [(name, leaf) for leaf, name in rows.names.items() if leaf.op in JOINED]
        names = [name for name, _ in joined]
        outputs = (("id", self.row_id(register)), *joined)
        keys = dict.fromkeys(["id", *(join.on for join in rows.joins)])
        base = Raw(register, tuple(keys))
        table = Rows(base, tuple(keys), rows.joins, (), outputs, rows.names, in_order=True)
        beside = Beside(Raw(register, rows.columns), joined_table(register), tuple(names))
        return replace(rows, base=beside, joins=()), table

    def row_id(self, register: str) -> Expr:
        """The id of a register's rows."""
        kind = Kind.TEXT if register == REGIONS else self.low.kept[register].columns["id"].kind
        return self.low.forge.field(register, "id", kind, known=True)

    def key(self, group: Group) -> Expr:
        """Where a row of a group leads to."""
        found = self.low.along(group.child, group.via[:-1], lambda holder: self.low.reference(holder, group.via[-1]))
        assert isinstance(found, Expr)
        return found


def joined_table(register: str) -> str:
    """The name of the table that stores what the result of a register joins."""
    return f"{register} joined"


def stored_table(register: str, stage: int) -> str:
    """The name of the table that stores columns of a register computed at a stage."""
    return f"{register} at {stage}"


class _Body:
    """One select over a register: finds its leaves, joins what they need, and sets the levels.

    `whole`: everything is computed after the joins.
    """

    def __init__(self, demands: Demands, register: str, roots: list[tuple[str, Expr]], *, whole: bool) -> None:
        self.demands, self.register, self.roots, self.whole = demands, register, roots, whole
        self.own = self._own_names([] if whole else local_parts([expr for _, expr in roots]))
        self.columns = Columns([expr for _, expr in roots], demands.hints, self.own)
        self.names: dict[Expr, str] = self.columns.bound | self.own
        self._joined = 0

    def _own_names(self, parts: list[Expr]) -> dict[Expr, str]:
        """Names for what is computed before the joins, where columns are still contiguous and cheap to compute with."""
        named: dict[Expr, str] = {}
        for part in parts:
            named[part] = part.data[1] if part.op == "field" else f"{self.demands.hints.get(part, '')}&{len(named)}"
        return named

    def rows(self) -> Rows:
        """The select; what it joins is asked for along the way."""
        joins = (*self._totals(), *self._follows())
        for leaf in self.columns.leaves:
            if leaf.op == "field":
                self._own(leaf)
        by_name = {name: expr for expr, name in self.own.items()}
        columns = tuple(by_name) or ("id",)
        base: Source = Stored(REGIONS) if self.register == REGIONS else Raw(self.register, columns)
        if joins and not self.whole:
            base = self.demands.rows(self.register, by_name.items())
        levels = tuple(tuple(level) for level in self.columns.levels)
        return Rows(base, columns, joins, levels, tuple(self.roots), self.names)

    def _own(self, leaf: Expr) -> str:
        name: str = leaf.data[1]
        self.own[leaf] = self.names[leaf] = name
        return name

    def _name_joined(self, leaf: Expr) -> str:
        self._joined += 1
        self.names[leaf] = f"{self.demands.hints.get(leaf, '')}@{self._joined}"
        return self.names[leaf]

    def _totals(self) -> Iterable[Join]:
        by_group: dict[Group, list[Expr]] = defaultdict(list)
        for leaf in self.columns.leaves:
            if leaf.op == "total":
                by_group[leaf.data[0]].append(leaf)
        for group, leaves in by_group.items():
            asked = [self.demands.figure(group, (leaf.data[1], leaf.data[2], leaf.kind)) for leaf in leaves]
            columns = tuple((column, self._name_joined(leaf)) for column, leaf in zip(asked, leaves, strict=True))
            self._own(self.demands.row_id(self.register))
            yield Join(Stored(self.demands.table_of(group)), "id", columns, self._differs(group))

    def _differs(self, group: Group) -> bool:
        return self.demands.row_id(self.register).kind is not self.demands.key(group).kind

    def _follows(self) -> Iterable[Join]:
        by_ref: dict[tuple[Expr, str], list[Expr]] = defaultdict(list)
        for leaf in self.columns.leaves:
            if leaf.op == "follow":
                by_ref[leaf.args[0], leaf.data[0]].append(leaf)
        for (ref, register), leaves in by_ref.items():
            source, columns = self._source(register, [leaf.data[1] for leaf in leaves])
            named = tuple((column, self._name_joined(leaf)) for column, leaf in zip(columns, leaves, strict=True))
            yield Join(source, self._own(ref), named, ref.kind is not self.demands.row_id(register).kind)

    def _source(self, register: str, targets: list[Expr]) -> tuple[Source, list[str]]:
        """Where values of another register's row come from: one stored table if need be, else computed on the spot."""
        stages = [target.stage for target in targets if not is_inline(target)]
        if stages:
            stage = max(stages)
            columns = [self.demands.kept_column(register, stage, target) for target in targets]
            return Stored(stored_table(register, stage)), columns
        columns = [f"{self.demands.hints.get(target, '')}#{index}" for index, target in enumerate(targets, 1)]
        roots = [("id", self.demands.row_id(register)), *zip(columns, targets, strict=True)]
        return self.demands.rows(register, roots), columns
