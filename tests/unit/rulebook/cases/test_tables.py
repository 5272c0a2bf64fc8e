"""Rows in memory as Arrow tables: types, given facts, and what has not ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa

from luoshi.rulebook.cases.tables import to_tables
from tests.unit.rulebook.packs import case_of, pack_of

FACTS = "fact\nfair: {of: thing, judgement: bool}\nworth: {of: thing, value: price * size}\n"


def test_a_table_per_kept_register() -> None:
    pack = pack_of(FACTS)
    case = case_of(
        pack,
        "subject: thing\nfields: {size: 6, price: 1.5, ratio: 0.25, good: true, born: 2019-07-14, colour: red}\n"
        "given: {worth: 9.00}\nrows: {part: []}\n",
    )
    tables = to_tables(pack, case.store.rows)
    assert set(tables) == {"thing", "part"}
    assert tables["part"].num_rows == 0
    assert "fair" not in tables["thing"].column_names
    row = tables["thing"].to_pylist()[0]
    assert row == {
        "id": "this",
        "size": 6,
        "price": Decimal("1.50"),
        "ratio": Decimal("0.2500"),
        "good": True,
        "born": date(2019, 7, 14),
        "ended": None,
        "label": None,
        "colour": "red",
        "firm": None,
        "next": None,
        "worth": Decimal("9.00"),
    }
    kinds = {field.name: field.type for field in tables["thing"].schema}
    assert (kinds["size"], kinds["price"], kinds["good"]) == (pa.int64(), pa.decimal128(38, 2), pa.bool_())
    assert (kinds["born"], kinds["colour"], kinds["id"]) == (pa.date32(), pa.string(), pa.string())


def test_a_day_on_which_it_ended_is_kept() -> None:
    pack = pack_of(FACTS)
    case = case_of(pack, "rows: {thing: [{ended: 2019-07-14}]}\n")
    assert to_tables(pack, case.store.rows)["thing"].to_pylist()[0]["ended"] == date(2019, 7, 14)
