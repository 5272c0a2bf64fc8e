"""Files are looked at through what they tell of themselves, tables are counted: both find every blank cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.engines.sql import decide_tables, run
from luoshi.rulebook.engines.sql.on_duckdb.session import small_session
from luoshi.rulebook.model.findings import Finding, Refused
from tests.unit.rulebook.engines.sql.answers import ON, TITLE
from tests.unit.rulebook.engines.sql.things import ALL_READ, checked, decimals, things
from tests.unit.rulebook.packs import pack_of

GOOD = f"{{{TITLE}, for: thing, frequency: once, discretion: may, conditions: {{a: good}}}}"
RED = GOOD.replace("a: good", "a: \"colour = 'red'\"")


def refused(folder: Path, statistics: bool, **columns: Any) -> list[Finding]:
    """The findings of a run over a file of things, a row group for each."""
    pq.write_table(things(**columns), folder / "thing.parquet", row_group_size=1, write_statistics=statistics)
    with pytest.raises(Refused) as problem:
        run(ALL_READ, folder, ON, folder / "out", facts=[("thing", "result")])
    return problem.value.findings


@pytest.mark.parametrize("statistics", [True, False])
@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("size", pa.array([1, 10**9]), "DATA-005"),
        ("price", decimals("1", "-10000000000"), "DATA-005"),
        ("ratio", decimals("0.12345", None, places=5), "DATA-006"),
        ("born", pa.array([date(999, 12, 31), date(9001, 1, 1)]), "DATA-007"),
        ("born", pa.array([0, 2**31 - 1], pa.int32()).cast(pa.date32()), "DATA-007"),
        ("colour", pa.array(["red", "grey"]), "DATA-008"),
        ("id", pa.array(["b", None]), "DATA-009"),
        ("id", pa.array([None, None], pa.string()), "DATA-009"),
        ("id", pa.array(["b", "b"]), "DATA-010"),
    ],
)
def test_files_are_refused_for_the_reasons_of_tables(
    column: str, values: pa.Array, code: str, statistics: bool, tmp_path: Path
) -> None:
    found = refused(tmp_path, statistics, **{column: values})
    with pytest.raises(Refused) as problem:
        decide_tables(ALL_READ, {"thing": things(**{column: values})}, ON, facts=[("thing", "result")])
    assert found == problem.value.findings and [item.code for item in found] == [code]


@pytest.mark.parametrize(
    "columns",
    [
        {"price": decimals("-9999999999.99", "9999999999.99"), "size": pa.array([-5, 5], pa.int8())},
        {"price": decimals(None, "-0.01"), "ratio": decimals("0.0001", "-0.0001", places=4)},
        {"born": pa.array([date(1000, 1, 1), date(9000, 12, 31)]), "ended": pa.array([date(2020, 1, 1), None])},
        {"born": pa.array([None, date(9999, 12, 31)]), "ended": pa.nulls(2, pa.date32())},
        {"good": pa.array([None, True]), "label": pa.array(["", None]), "firm": pa.array([None, "f"])},
    ],
)
def test_files_and_tables_teach_the_same(columns: dict[str, Any], tmp_path: Path) -> None:
    assert checked(things(**columns), tmp_path)[1] == checked(things(**columns))[1]


def outcomes(block: str, **columns: Any) -> list[int]:
    table = decide_tables(pack_of(f"measure\nm: {block}\n"), {"thing": pa.table({"id": [1, 2, 3], **columns})}, ON)
    found: list[int] = table["thing"].column("m.outcome").to_pylist()
    return found


def test_a_dictionary_of_values() -> None:
    assert outcomes(RED, colour=pa.array(["red", None, "green"]).dictionary_encode()) == [1, 3, 2]


def test_a_dictionary_with_a_blank_value() -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0]), pa.array(["red", None]))
    assert outcomes(RED, colour=column) == [1, 3, 1]


def test_runs_of_blank_values() -> None:
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([1, 3], pa.int32()), pa.array([True, None]))
    assert outcomes(GOOD, good=runs) == [1, 3, 3]


def test_a_blank_id_in_a_dictionary_is_refused() -> None:
    ids = pa.DictionaryArray.from_arrays(pa.array([0, 1]), pa.array(["a", None]))
    with pytest.raises(Refused, match="DATA-009"):
        decide_tables(ALL_READ, {"thing": things(id=ids)}, ON, facts=[("thing", "result")])


def test_of_columns_with_the_same_name_the_first_counts() -> None:
    with small_session() as session:
        session.give_table("thing", pa.Table.from_arrays([pa.array([1]), pa.nulls(1, pa.int8())] * 2, ["id", "n"] * 2))
        assert session.blank_columns("thing", ["id", "n"]) == {"n"}
