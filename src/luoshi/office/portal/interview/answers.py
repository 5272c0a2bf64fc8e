"""Answers as the rows of a case: the row of whoever answers, and the rows that it leads to, each told by its path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.rulebook.inputs.store import Row, Store
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import Bool, Ref, Share, Type
from luoshi.rulebook.values.area_code import is_area_code
from luoshi.rulebook.values.calendar import NEVER

ME = "me"
AREA = "area"
NOT_YET, UNKNOWN = "-", ""
"""Answers that are no values: that something has not happened, and that somebody does not know."""
TRUTHS = {"true": True, "false": False}
MOST_SIGNS = 30

Areas = Callable[[str], Row | None]
"""Finds the row of a division, which the office keeps and nobody is asked for."""


@dataclass(frozen=True, order=True)
class Leaf:
    """A fact that can be asked: of the row that a path of references leads to."""

    path: tuple[str, ...]
    register: str
    name: str

    @property
    def key(self) -> str:
        """Its name in addresses and among the answers."""
        return ".".join((*self.path, self.name))


@dataclass(frozen=True)
class Answers:
    """What somebody has said: who they are, where (a division code, or ""), and values by the key of the leaf."""

    register: str
    area: str
    given: Mapping[str, str]

    def has(self, leaf: Leaf) -> bool:
        """Whether somebody has answered, be it that they do not know."""
        return leaf.key in self.given


class _AnswerRow(dict[str, Any]):
    """A row whose references lead to rows of their own, of which no more is known than was answered."""

    def __init__(self, pack: Pack, register: str, row_id: str) -> None:
        super().__init__()
        self._fields, self._id = pack.registers[register].fields, row_id

    def get(self, name: str, default: Any = None) -> Any:
        """A cell; a reference that nobody has filled leads to the row of its path."""
        if name in self:
            return self[name]
        field = self._fields.get(name)
        return f"{self._id}.{name}" if field is not None and isinstance(field.type, Ref) else default


class AnswerStore(Store):
    """The rows of an interview. No ledger is kept here: whatever looks at one is unknown, unless it was answered."""

    def __init__(self, pack: Pack, answers: Answers, areas: Areas) -> None:
        super().__init__(pack, {})
        self._areas, self._area = areas, answers.area
        self._made: dict[tuple[str, str], Row] = {}
        self._said: dict[str, dict[str, str]] = defaultdict(dict)
        for key, text in answers.given.items():
            path, _, name = key.rpartition(".")
            self._said[path][name] = text
        way = pack.registers[answers.register].area
        self._above, self._ref = ".".join(way[:-1]), way[-1] if way else ""

    def keeps(self, register: str) -> bool:
        """Nothing is kept."""
        return False

    def area(self, register: str, row_id: Any) -> str | None:
        """The division a row lies in, where it is known."""
        code = super().area(register, row_id)
        return code if code is not None and is_area_code(code) else None

    def row(self, register: str, row_id: Any) -> Row | None:
        """The row of a path; that of a division is the office's, with what was answered beside it."""
        if (register, row_id) not in self._made:
            self._made[register, row_id] = self._row(register, str(row_id))
        return self._made[register, row_id]

    def _row(self, register: str, row_id: str) -> Row:
        row = _AnswerRow(self.pack, register, row_id)
        path = row_id.removeprefix(ME).removeprefix(".")
        if register == AREA:
            row.update(self._areas(row_id) or {} if is_area_code(row_id) else {})
            path = ".".join(filter(None, (self._above, self._ref))) if row_id == self._area else path
        elif path == self._above and self._ref and self._area:
            row[self._ref] = self._area
        for name, text in self._said[path].items():
            if (value := _value(type_of(self.pack, register, name), text)) is not None:
                row[name] = value
        return row


def type_of(pack: Pack, register: str, name: str) -> Type | None:
    """The type of a field or fact; None for a name that there is not."""
    field = pack.registers[register].fields.get(name)
    if field is not None:
        return field.type
    fact = pack.facts.get((register, name))
    return fact.type if fact is not None else None


def valued(kind: Type | None, written: str) -> Any:
    """An answer as engines take it; None for one that is no value. `Mismatch` for what cannot be one.

    >>> from luoshi.rulebook.model.types import BOOL, SHARE
    >>> valued(BOOL, "true"), valued(BOOL, ""), valued(SHARE, "3/10")
    (True, None, (3, 10))
    """
    if kind is None or written == UNKNOWN:
        return None
    if written == NOT_YET:
        return NEVER
    if isinstance(kind, Bool):
        return TRUTHS.get(written)
    if isinstance(kind, Share):
        return _share(written)
    return typed_value(kind, written)


def _value(kind: Type | None, written: str) -> Any:
    """The same; None also for what can be an answer no more, because the policy has changed since."""
    try:
        return valued(kind, written)
    except Mismatch:
        return None


def _share(written: str) -> tuple[int, int]:
    part, _, whole = written.partition("/")
    if not all(each.isascii() and each.isdecimal() and len(each) < MOST_SIGNS for each in (part, whole)):
        raise Mismatch("part/whole", seen=written)
    if int(part) > int(whole):
        raise Mismatch("part/whole", seen=written)
    return int(part), int(whole)


def written(value: Any) -> str:
    """A value as an answer: what `valued` reads back.

    >>> written((3, 10)), written(None), written(True), written(Decimal("1.50"))
    ('3/10', '', 'true', '1.50')
    """
    if value is None:
        return UNKNOWN
    if value == NEVER:
        return NOT_YET
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"{value[0]}/{value[1]}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def find_leaf(pack: Pack, register: str, key: str) -> Leaf | None:
    """The leaf that a key names, seen from a register; None where it leads nowhere."""
    *path, name = key.split(".")
    for ref in path:
        field = pack.registers[register].fields.get(ref)
        if field is None or not isinstance(field.type, Ref):
            return None
        register = field.type.register
    return Leaf(tuple(path), register, name) if type_of(pack, register, name) is not None else None


def place_of(pack: Pack, register: str) -> Leaf | None:
    """The leaf that says where a row lies; None for rows that lie nowhere."""
    way = pack.registers[register].area
    return find_leaf(pack, register, ".".join(way)) if way else None
