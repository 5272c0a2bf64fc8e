"""What a list is asked: read from an address, and written as one. Nothing in an address is believed unread.

`q` looks for a key, `is.field` for codes, yes and no, `from.field` and `to.field` for numbers and days, `has.field` for
a part of a text, `state.field` for what is known or unknown; `sort`, `columns`, `after` and `before` say which rows;
`count` says that all are counted, however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

from luoshi.office.desk.registers.sealing import seal, unseal, unseal_place
from luoshi.office.registry.filters import MEANT, After, Filter, Sort, Value
from luoshi.office.registry.shape import AREA, CHANGED_AT, Column, RegisterTable
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref

UNKNOWN = "?"
SEALED = frozenset({"q", "has"})
KINDS = ("is", "from", "to", "has", "state")
MOST_PARTS = 60
NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,6})?")
YES_NO = {"yes": True, "no": False}
Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """A question of a list. `parts` are those of its address that say what is asked, in the order of the address."""

    table: RegisterTable
    text: str
    filters: tuple[Filter, ...]
    sort: Sort
    columns: tuple[str, ...]
    parts: Parts
    after: After | None = None
    before: After | None = None
    counts_all: bool = False

    @property
    def all_filters(self) -> tuple[Filter, ...]:
        """The filters with what is looked for."""
        return (*self.filters, Filter("id", MEANT, self.text)) if self.text else self.filters

    def query(self, **changed: str) -> str:
        """The end of an address that asks this with some parts changed; "" leaves a part out."""
        kept = [(name, value) for name, value in self.parts if name not in changed]
        written = urlencode([*kept, *((name, value) for name, value in changed.items() if value)])
        return f"?{written}" if written else "?"

    def told(self) -> list[str]:
        """What is asked without what was asked for, as the event log may know it."""
        return [f"{each.column} {each.asked}" for each in self.filters] + (["search"] if self.text else [])


def read_question(table: RegisterTable, given: QueryDict, defaults: tuple[str, ...]) -> Question:
    """The question of an address; a bad request for a field that there is not or a value that it cannot have."""
    parts = tuple((name, value) for name, values in given.lists() for value in values if value)
    parts = tuple((name, value) for name, value in parts if name not in {"after", "before", "count"})
    if len(parts) > MOST_PARTS:
        raise BadRequest
    asked = {name: [value for each, value in parts if each == name] for name, _ in parts}
    text = unseal(asked["q"][0]) if "q" in asked else ""
    shown = tuple(name for name in given.get("columns", "").split(".") if name in table.columns)
    return Question(
        table=table,
        text=text,
        filters=tuple(_filters(table, asked)),
        sort=_sort(table, given.get("sort", "")),
        columns=shown or defaults,
        parts=parts,
        after=_place(given, "after"),
        before=_place(given, "before"),
        counts_all=given.get("count") == "all",
    )


def _place(given: QueryDict, name: str) -> After | None:
    sealed = given.get(name)
    return unseal_place(str(sealed)) if sealed else None


def written(table: RegisterTable, form: QueryDict) -> str:
    """The end of the address that asks what a form says; what people typed is sealed in it."""
    parts: list[tuple[str, str]] = []
    for name, values in form.lists():
        kind, _, field = name.partition(".")
        if name in {"area", "on", "sort", "q"} or (kind in KINDS and field in table.columns):
            parts += [(name, seal(value.strip()) if kind in SEALED else value) for value in values if value.strip()]
    chosen = [name for name in form.getlist("columns") if name in table.columns]
    return urlencode([*parts, ("columns", ".".join(chosen))] if chosen else parts)


def is_sortable(column: Column) -> bool:
    """Whether a list in the order of a column says something."""
    return not column.encrypted and not isinstance(column.type, Ref)


def _filters(table: RegisterTable, asked: Mapping[str, list[str]]) -> Iterator[Filter]:
    for name, values in asked.items():
        kind, dot, field = name.partition(".")
        if kind not in KINDS or not dot:
            continue
        column = table.columns.get(field)
        if column is None:
            raise BadRequest
        yield _filter(column, kind, values)


def _filter(column: Column, kind: str, values: list[str]) -> Filter:
    value = values[0]
    if kind == "state":
        if value not in {"known", "unknown"}:
            raise BadRequest
        return Filter(column.name, value)
    if kind == "has":
        return Filter(column.name, "is" if column.encrypted else "contains", unseal(value))
    if kind == "is":
        return _is(column, values)
    if not isinstance(column.type, Number | Date):
        raise BadRequest
    return Filter(column.name, "least" if kind == "from" else "most", _bound(column, value))


def _is(column: Column, values: list[str]) -> Filter:
    if values == [UNKNOWN]:
        return Filter(column.name, "unknown")
    if isinstance(column.type, Bool):
        if values[0] in YES_NO:
            return Filter(column.name, "is", YES_NO[values[0]])
    elif isinstance(column.type, Code):
        if set(values) <= set(column.type.codes):
            return Filter(column.name, "any", tuple(values))
    elif isinstance(column.type, Ref) and column.storage == "bigint" and values[0].isascii() and values[0].isdecimal():
        return Filter(column.name, "is", int(values[0][:18]))
    raise BadRequest


def _bound(column: Column, value: str) -> Value:
    if isinstance(column.type, Date):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise BadRequest from None
    if not NUMBER.fullmatch(value) or not value.isascii():
        raise BadRequest
    return Decimal(value)


def _sort(table: RegisterTable, asked: str) -> Sort:
    name = asked.removeprefix("-")
    if not name:
        return Sort()
    column = table.columns.get(name)
    if name not in {AREA, CHANGED_AT, "id"} and (column is None or not is_sortable(column)):
        raise BadRequest
    return Sort(name, descending=asked.startswith("-"))
