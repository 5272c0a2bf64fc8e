"""Blocks that need no expressions: registers, parameters, tables, assumptions, funds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.shapes.records import (
    AssumeShape,
    FieldShape,
    FundShape,
    LocalShape,
    ParameterShape,
    RegisterShape,
    TableShape,
)
from luoshi.rulebook.loading.shapes.written import Both
from luoshi.rulebook.loading.typed_values import declared_type, typed_value
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import (
    Assumption,
    Band,
    Fund,
    LocalRange,
    ParameterDef,
    Register,
    RegisterField,
    TableDef,
    TableKey,
    TableRow,
)
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.nodes import Value, exact
from luoshi.rulebook.model.types import Date, Number, Ref, Type
from luoshi.rulebook.values.calendar import add_days

MOST_ROWS = 1_000


def text_or_none(both: Both | None) -> Bilingual | None:
    """The text of an optional bilingual shape."""
    return both.text() if both else None


def titles(codes: Mapping[str, Both]) -> dict[str, Bilingual]:
    """The titles of codes."""
    return {code: both.text() for code, both in codes.items()}


def make_register(entry: Entry, shape: RegisterShape, names: Names) -> Register:
    """A register, or an imported one with more fields."""
    if "id" in shape.fields:
        raise Mismatch("PACK-054", name=entry.id)
    fields = {name: _field(name, field) for name, field in shape.fields.items()}
    if shape.extends is not None:
        base = names.register(shape.extends)
        clash = sorted(set(fields) & set(base.fields))
        if clash or shape.extends != entry.id:
            raise Mismatch("PACK-042", name=entry.id, clash=clash)
        return replace(base, fields={**base.fields, **fields})
    if shape.title is None or shape.row is None:
        raise Mismatch("PACK-031", key="title" if shape.title is None else "row")
    return Register(
        entry.id,
        shape.title.text(),
        entry.place,
        row=shape.row.text(),
        keeper=text_or_none(shape.keeper),
        key=tuple(shape.key),
        area=tuple(shape.area.split(".")) if shape.area else (),
        fields=fields,
    )


def _field(name: str, shape: FieldShape) -> RegisterField:
    kind = declared_type(
        shape.type, shape.unit, places=shape.places, digits=shape.digits, codes=shape.codes, to=shape.to
    )
    if shape.type == "ref" and not shape.to:
        raise Mismatch("PACK-031", key=f"fields.{name}.to")
    if shape.type == "code" and not shape.codes:
        raise Mismatch("PACK-031", key=f"fields.{name}.codes")
    if shape.blank and shape.type != "date":
        raise Mismatch("PACK-043", name=name)
    return RegisterField(
        name,
        kind,
        shape.title.text(),
        titles(shape.codes),
        blank_never=shape.blank == "never",
        personal=shape.personal or shape.sensitive,
        sensitive=shape.sensitive,
        unit_label=shape.unit,
    )


def check_register(register: Register, names: Names) -> Iterable[tuple[str, dict[str, Any]]]:
    """Problems of a register that only show when all registers are known."""
    for name in register.key:
        if name not in register.fields and name != "id":
            yield "PACK-044", {"name": name, "known": sorted(register.fields)}
    for name, field in register.fields.items():
        if isinstance(field.type, Ref) and field.type.register not in names.registers:
            yield "PACK-041", {"name": name, "seen": field.type.register, "known": sorted(names.registers)}
    if register.area:
        try:
            names.via(register.id, "area", register.area)
        except Mismatch as problem:
            yield problem.code, problem.facts


def make_parameter(entry: Entry, shape: ParameterShape) -> ParameterDef:
    """A parameter with its dated values."""
    kind = declared_type(shape.type, shape.unit, places=shape.places, codes=shape.codes)
    local = shape.local
    if not shape.values and not shape.areas and local is None:
        raise Mismatch("PACK-046", name=entry.id)
    if local and local.min is not None and local.max is not None and local.min > local.max:
        raise Mismatch("PACK-047", least=local.min, most=local.max)
    if local and local.step is not None and local.step <= 0:
        raise Mismatch("PACK-048", seen=local.step)
    values = _dated(kind, shape.values)
    by_area = {_area(area): _dated(kind, dated) for area, dated in shape.areas.items()}
    return ParameterDef(
        entry.id,
        shape.title.text(),
        entry.place,
        type=_narrowed(kind, local, [value for dated in (values, *by_area.values()) for _, value in dated]),
        unit_label=shape.unit,
        values=values,
        by_area=by_area,
        local=None
        if local is None
        else LocalRange(tuple(local.set_by), local.min, local.max, local.step, text_or_none(local.instrument)),
        ref=shape.ref,
        codes=titles(shape.codes),
    )


def _narrowed(kind: Type, local: LocalShape | None, values: list[Value]) -> Type:
    """A number type with no more digits than the values it can take; an open local parameter keeps the default."""
    if not isinstance(kind, Number) or (local and (local.min is None or local.max is None)):
        return kind
    possible = [*values, *([local.min, local.max] if local else [])]
    most = max(abs(int(Decimal(exact(value)).scaleb(kind.places))) for value in possible)
    return replace(kind, digits=max(len(str(most)), kind.places, 1))


def _dated(kind: Type, values: Mapping[str, str]) -> tuple[tuple[date, Value], ...]:
    return tuple(sorted((_start(day), typed_value(kind, text)) for day, text in values.items()))


def _area(code: str) -> str:
    try:
        return cast(str, typed_value(Ref("area"), code))
    except Mismatch as problem:
        problem.facts["path"] = ("areas", code)
        raise


def _start(text: str) -> date:
    return cast(date, typed_value(Date(), text))


def make_assumption(entry: Entry, shape: AssumeShape) -> Assumption:
    """An assumption: a typed switch, or a reading in words."""
    alternatives = shape.alternatives
    if shape.type is None:
        words = alternatives.values() if isinstance(alternatives, dict) else alternatives
        pairs: list[tuple[Value | None, Bilingual]] = [(None, both.text()) for both in words]
        kind, default = None, None
    else:
        if not isinstance(alternatives, dict) or shape.default is None:
            raise Mismatch("PACK-049", name=entry.id)
        codes = {code: None for code in (shape.default, *alternatives)}
        kind = declared_type(shape.type, shape.unit, codes=codes)
        default = typed_value(kind, shape.default)
        pairs = [(typed_value(kind, text), both.text()) for text, both in alternatives.items()]
    return Assumption(
        entry.id,
        shape.title.text(),
        entry.place,
        ref=shape.ref,
        type=kind,
        default=default,
        reading=shape.reading.text(),
        alternatives=tuple(pairs),
        decides=text_or_none(shape.decides),
    )


def make_fund(entry: Entry, shape: FundShape) -> Fund:
    """A line of money."""
    return Fund(
        entry.id,
        shape.title.text(),
        entry.place,
        payer=shape.payer,
        shortfall=tuple(shape.shortfall),
        never_charged=tuple(shape.never_charged),
    )


def make_table(entry: Entry, shape: TableShape) -> TableDef:
    """A table with typed keys and rows."""
    keys = tuple(
        TableKey(name, declared_type(key.type, key.unit, places=key.places, codes=key.codes), key.match)
        for name, key in shape.keys.items()
    )
    value = declared_type(shape.value.type, shape.value.unit, places=shape.value.places, codes=shape.value.codes)
    if len(shape.rows) > MOST_ROWS:
        raise Mismatch("PACK-053", name=entry.id, seen=len(shape.rows), most=MOST_ROWS)
    rows = tuple(_row(entry, index, row, keys, value) for index, row in enumerate(shape.rows))
    return TableDef(
        entry.id, shape.title.text(), entry.place, keys=keys, type=value, unit_label=shape.value.unit, rows=rows
    )


def _row(entry: Entry, index: int, row: dict[str, Any], keys: tuple[TableKey, ...], value: Type) -> TableRow:
    line = entry.document.line((entry.id, "rows", index))
    unknown = sorted(set(row) - {key.name for key in keys} - {"value"})
    missing = sorted(({key.name for key in keys} | {"value"}) - set(row))
    if unknown or missing:
        raise Mismatch("PACK-050", unknown=unknown, missing=missing, row=index + 1)
    cells = tuple(_cell(key, row[key.name]) for key in keys)
    return TableRow(cells, typed_value(value, row["value"]), line)


def _cell(key: TableKey, cell: Any) -> Value | Band:
    return _band(key, cell) if key.match == "band" else typed_value(key.type, cell)


def _band(key: TableKey, cell: Any) -> Band:
    if not isinstance(cell, dict) or set(cell) - {"from", "to", "below"} or {"to", "below"} <= set(cell):
        raise Mismatch("PACK-051", name=key.name, seen=str(cell)[:80])
    start = typed_value(key.type, cell["from"]) if cell.get("from") is not None else None
    below = typed_value(key.type, cell["below"]) if cell.get("below") is not None else None
    if cell.get("to") is not None:
        below = _after(key.type, typed_value(key.type, cell["to"]))
    return Band(start, below)


def _after(kind: Type, value: Value) -> Value:
    """The smallest value above one: included ends are kept as closed-open bands."""
    if isinstance(value, date):
        return add_days(value, 1) or value
    if isinstance(kind, Number):
        return exact(value) + kind.step
    raise Mismatch("PACK-051", name=str(kind), seen=str(value))
