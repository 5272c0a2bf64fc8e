"""Machine code decides whole registers; DuckDB does where memory does not suffice, with the same results."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook import running
from luoshi.rulebook.engines import sql
from luoshi.rulebook.engines.native import room
from tests.unit.rulebook.engines.native.rows import ON
from tests.unit.rulebook.engines.sql.registers import pack, registers, told


def test_where_memory_does_not_suffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    decide = sql.run
    monkeypatch.setattr(running.sql, "run", lambda *args, **options: asked.append(options) or decide(*args, **options))
    running.run(pack(), registers(500), ON, tmp_path / "enough", memory_limit="1GB", folder=tmp_path / "code")
    assert asked == []
    monkeypatch.setattr(room, "BASE", 10**10)
    running.run(pack(), registers(500), ON, tmp_path / "little", memory_limit="1GB", folder=tmp_path / "code")
    assert asked == [{"memory_limit": "1GB"}]
    for register in ("thing", "part", "budget"):
        assert told(tmp_path / "enough", register) == told(tmp_path / "little", register)
