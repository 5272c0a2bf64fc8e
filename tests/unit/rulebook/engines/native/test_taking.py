"""Registers are taken in from memory or from files, in the order of their ids, or refused with every reason."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.engines.native import decide_tables, run
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.engines.native.rows import ON, RESULT, TITLE, same
from tests.unit.rulebook.engines.sql.registers import pack, registers, with_text_ids
from tests.unit.rulebook.engines.sql.things import ALL_READ, things
from tests.unit.rulebook.packs import pack_of


def codes(source: Path | dict[str, pa.Table], out: Path) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        run(ALL_READ, source, ON, out, facts=[RESULT])
    assert not out.exists()
    return [(item.code, item.where.file) for item in refused.value.findings]


def test_registers_that_cannot_be_used(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert codes({"thing": things(), "thinf": things()}, out) == [("DATA-002", "thinf")]
    assert codes({}, out) == [("DATA-001", "")]
    for table in (things().drop_columns(["id"]), things(id=pa.nulls(2))):
        assert codes({"thing": table}, out) == [("DATA-003", "thing")]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    assert codes(folder, out) == [("DATA-001", "")]
    (folder / "other.parquet").write_bytes(b"not ours")
    (folder / "thing.parquet").write_bytes(b"nonsense")
    assert codes(folder, out) == [("DATA-011", "thing")]
    pq.write_table(things(), folder / "thing.parquet", compression="none")
    whole = (folder / "thing.parquet").read_bytes()
    start = pq.ParquetFile(folder / "thing.parquet").metadata.row_group(0).column(1).data_page_offset
    (folder / "thing.parquet").write_bytes(whole[:start] + b"\xff" * 30 + whole[start + 30 :])
    assert ("DATA-011", "thing") in codes(folder, out)


@pytest.mark.parametrize("arranged", [dict, with_text_ids])
def test_rows_in_any_order(arranged: type) -> None:
    tables = arranged(registers(700))
    same(pack(), tables, facts=[("thing", "parts")])
    chunked = {name: pa.concat_tables([table[:300], table[300:]]) for name, table in tables.items()}
    same(pack(), chunked, facts=[("thing", "parts")])


def test_columns_that_say_nothing() -> None:
    """A column of nothing, and a share that is given, count as not there."""
    shares = pack_of(
        f'fact\nresult: {{of: thing, {TITLE}, value: "size > 1"}}\n'
        f's: {{of: thing, {TITLE}, share: part, where: good, among: "paid > 0"}}\n'
        f't: {{of: thing, {TITLE}, value: "s > 0.5"}}\n'
    )
    table = pa.table({"id": [1, 2], "size": pa.nulls(2), "s": [0.5, 0.5]})
    alone = decide_tables(shares, {"thing": table.select(["id"])}, ON, facts=[RESULT])["thing"]
    assert alone["result"].to_pylist() == [None, None]
    found = decide_tables(shares, {"thing": table}, ON, facts=[RESULT, ("thing", "t")])["thing"]
    assert found["result"].to_pylist() == found["t"].to_pylist() == [None, None]


def test_words_in_every_form() -> None:
    words = pack_of(f"fact\nresult: {{of: thing, {TITLE}, value: \"label = 'x' or colour = 'red'\"}}\n")
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())):
        table = pa.table(
            {"id": [1, 2], "label": pa.array(["x", None], pa.string()).cast(kind), "colour": ["blue", "red"]}
        )
        assert decide_tables(words, {"thing": table}, ON, facts=[RESULT])["thing"]["result"].to_pylist() == [True, True]
