"""The facts that decisions about a subject read, as fields of a form: its own, and those of rows it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from luoshi.office.desk.naming import RowId
from luoshi.office.registry import queries
from luoshi.office.registry.shape import DIVISIONS, Column, table_of
from luoshi.office.worklists.leaves import Cell, Leaves
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import Limit, Measure, Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Text
from luoshi.rulebook.values.calendar import NEVER

TRUTHS = {"true": True, "false": False}
LONGEST = 200


@dataclass(frozen=True)
class Question:
    """A fact that may be changed. `via` is the reference that leads to its row, "" for the subject itself.

    `kept` and `tried` are texts as the form has them, "" for unknown, or with `blank_never` for not ended; `wrong` if
    what was tried cannot be its value.
    """

    via: str
    register: str
    row_id: RowId
    column: Column
    kept: str
    tried: str
    codes: Mapping[str, Bilingual] = field(default_factory=dict)
    blank_never: bool = False
    wrong: bool = False

    @property
    def key(self) -> str:
        """The name of the field in the form."""
        return f"{self.via}.{self.column.name}"

    @property
    def kind(self) -> str:
        """How it is asked: `bool`, `code`, `date`, `number` or `text`."""
        kinds = {Bool: "bool", Code: "code", Date: "date", Number: "number", Text: "text"}
        return kinds[type(self.column.type)]

    @property
    def is_changed(self) -> bool:
        """Whether something else is tried than what is kept."""
        return self.tried != self.kept

    @property
    def value(self) -> Any:
        """What is tried, as engines take it; None for unknown."""
        return _value(self.column, self.tried)


def questions(pack: Pack, root: str, subject: tuple[str, RowId]) -> list[Question]:
    """The facts of a subject, its own first, in the order of the registers; none of rows beyond `root`."""
    register, row_id = subject
    read = _cells_read(pack, register)
    own = queries.row(table_of(pack, register), root, row_id)
    if own is None:
        return []
    found = list(_asked(pack, "", (register, row_id), own.cells, read.get("", ())))
    for via, names in read.items():
        column = table_of(pack, register).columns.get(via)
        there = own.cells[via] if column is not None else None
        if column is None or there is None or not isinstance(column.type, Ref) or column.type.register == DIVISIONS:
            continue
        row = queries.row(table_of(pack, column.type.register), root, there)
        if row is not None:
            found += _asked(pack, via, (column.type.register, there), row.cells, names)
    return found


def tried(asked: Iterable[Question], given: Mapping[str, str]) -> list[Question]:
    """The questions with what a form gave; what it does not name stays as it is kept."""
    return [_tried(one, given[one.key].strip()) if one.key in given else one for one in asked]


def written(value: Any) -> str:
    """A value as the form has it.

    >>> written(True), written(None), written(date(2020, 1, 31)), written(12)
    ('true', '', '2020-01-31', '12')
    """
    if value is None or value == NEVER:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _tried(one: Question, text: str) -> Question:
    try:
        _value(one.column, text)
    except (Mismatch, KeyError):
        return replace(one, tried=text[:LONGEST], wrong=True)
    kept, same = one.kept, _value(one.column, text) == _value(one.column, one.kept)
    return replace(one, tried=kept if same else text)


def _value(column: Column, text: str) -> Any:
    if text == "":
        return None
    return TRUTHS[text] if isinstance(column.type, Bool) else typed_value(column.type, text)


def _asked(
    pack: Pack, via: str, row: tuple[str, RowId], cells: Mapping[str, Any], names: Iterable[str]
) -> Iterator[Question]:
    register, row_id = row
    fields, wanted = pack.registers[register].fields, set(names)
    for column in table_of(pack, register).columns.values():
        if column.name in wanted and not column.encrypted and not isinstance(column.type, Ref):
            kept = written(cells[column.name])
            known = fields.get(column.name)
            codes, never = (known.codes, known.blank_never) if known else ({}, False)
            yield Question(via, register, row_id, column, kept, kept, codes, never)


def _cells_read(pack: Pack, register: str) -> Mapping[str, set[str]]:
    """The names of cells that decisions about a register read, by the reference that leads to their row."""
    leaves, read = Leaves(pack, also_ended=True), {"": set[str]()}
    for node in _expressions(pack, register):
        for leaf in leaves.of(node, register):
            if isinstance(leaf, Cell) and not leaf.members and len(leaf.path) <= 1:
                read.setdefault(leaf.path[0] if leaf.path else "", set()).add(leaf.name)
    return read


def _expressions(pack: Pack, register: str) -> Iterator[n.Node]:
    deciding: list[Measure | Limit] = [*pack.measures.values(), *pack.limits.values()]
    for block in deciding:
        if block.register == register:
            yield from block.expressions()
