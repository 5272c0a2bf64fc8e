"""Persons and money by area and measure, as the other engine counts them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.engines import native, sql
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.engines.native.rows import ON, TITLE
from tests.unit.rulebook.engines.sql.registers import FOR, pack, registers, told
from tests.unit.rulebook.packs import pack_of

WIDE = pack_of(f"""measure
huge: {{{TITLE}, {FOR}, conditions: {{a: good}}, amount: "price * price", rounding: {{to: 0.0001, mode: down}}}}
heads: {{{TITLE}, {FOR}, conditions: {{a: good}}, amount: size}}
all: {{{TITLE}, {FOR}, conditions: {{a: "1 = 1"}}, amount: 2.50}}
none: {{{TITLE}, {FOR}, conditions: {{a: "1 = 2"}}, amount: 2.50}}
nowhere: {{{TITLE}, for: part, frequency: once, discretion: may, conditions: {{a: good}}, amount: paid}}
""")


@pytest.mark.parametrize("of", [pack(), WIDE], ids=["money", "other numbers"])
def test_as_the_other_engine(of: Pack, tmp_path: Path) -> None:
    tables = registers(2000)
    for engine, out in ((native.run, "native"), (sql.run, "sql")):
        engine(of, tables, ON, tmp_path / out, threads=2)
    assert told(tmp_path / "native", "budget") == told(tmp_path / "sql", "budget")
    schemas = [pq.read_schema(tmp_path / out / "budget.parquet") for out in ("native", "sql")]
    assert [(field.name, field.type) for field in schemas[0]] == [(field.name, field.type) for field in schemas[1]]


def test_nothing_is_decided(tmp_path: Path) -> None:
    facts = pack_of(f"fact\nf: {{of: thing, {TITLE}, value: size}}\n")
    for engine, out in ((native.run, "native"), (sql.run, "sql")):
        engine(facts, {"thing": pa.table({"id": [1], "size": [2]})}, ON, tmp_path / out, facts=[("thing", "f")])
    assert told(tmp_path / "native", "budget") == told(tmp_path / "sql", "budget")
    assert told(tmp_path / "native", "thing") == told(tmp_path / "sql", "thing")


def test_sums_wider_than_a_machine_word(tmp_path: Path) -> None:
    most = Decimal("9999999999.99")
    table = pa.table({"id": [1, 2, 3], "good": [True] * 3, "price": pa.array([most] * 3, pa.decimal128(12, 2))})
    native.run(WIDE, {"thing": table}, ON, tmp_path / "out")
    amounts = dict(zip(*(told(tmp_path / "out", "budget")[name] for name in ("measure", "amount")), strict=True))
    assert amounts["huge"] == (3 * most * most).quantize(Decimal("0.01"))
