"""Any number of threads gives the same cells; code for few rows and for many rows does too."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines.native import answering, run, running
from tests.unit.rulebook.engines.native.rows import ON, TITLE, same
from tests.unit.rulebook.engines.sql.registers import digests, pack, registers
from tests.unit.rulebook.packs import pack_of


@pytest.mark.parametrize("many", [0, 10**9])
@pytest.mark.parametrize("arranged", [lambda table: table, lambda table: table.sort_by("thing")])
def test_the_same_bytes(many: int, arranged: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MANY", many)
    monkeypatch.setattr(answering, "GROUP", 1500)
    tables = registers(6000)
    tables["part"] = arranged(tables["part"])
    found = {}
    for threads in (1, 2, 5):
        run(pack(), tables, ON, tmp_path / str(threads), facts=[("thing", "parts")], threads=threads)
        found[threads] = digests(tmp_path / str(threads))
    assert found[1] == found[2] == found[5]


def test_code_is_kept(tmp_path: Path) -> None:
    for out in ("a", "b"):
        run(pack(), registers(50), ON, tmp_path / out, folder=tmp_path / "code")
    assert len(list((tmp_path / "code").iterdir())) == 2
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_registers_without_rows() -> None:
    blocks = f"fact\nn: {{of: thing, {TITLE}, count: part, distinct: maker}}\n"
    blocks += f"m: {{of: thing, {TITLE}, sum: part, of_value: paid}}\n"
    empty = to_tables(pack(), {"thing": {}, "part": {}, "firm": {}})
    same(pack_of(blocks), empty, facts=[("thing", "n"), ("thing", "m")])
    some = to_tables(pack(), {"thing": {"a": {"next": "a"}}, "part": {}, "firm": {}})
    same(pack_of(blocks), some, facts=[("thing", "n"), ("thing", "m")])


def test_different_wide_numbers() -> None:
    blocks = (
        f'fact\nsquare: {{of: part, {TITLE}, value: "paid * paid"}}\n'
        f"n: {{of: thing, {TITLE}, count: part, distinct: square}}\n"
    )
    paid = [Decimal(number) for number in ("9999999999.99", "-9999999999.99", "1.00")]
    parts = {f"p{at}": {"thing": "a", "paid": value} for at, value in enumerate(paid)}
    tables = to_tables(pack(), {"thing": {"a": {}}, "part": parts, "firm": {}})
    found = same(pack_of(blocks), tables, facts=[("thing", "n"), ("part", "square")])
    assert found["thing"]["n"].to_pylist() == [2]
