"""What does not fit is refused before anything is computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.engines.native import room, run
from tests.unit.rulebook.engines.native.rows import ON
from tests.unit.rulebook.engines.sql.registers import digests, pack, registers


def test_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(pack(), registers(1000), ON, tmp_path / "free")
    run(pack(), registers(1000), ON, tmp_path / "enough", memory_limit="0.4 GB")
    assert digests(tmp_path / "enough") == digests(tmp_path / "free")
    with pytest.raises(MemoryError, match=r"301 MB"):
        run(pack(), registers(1000), ON, tmp_path / "little", memory_limit="299MB")
    assert not (tmp_path / "little").exists()


def test_every_row_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "BASE", 0)
    with pytest.raises(MemoryError):
        run(pack(), registers(1000), ON, tmp_path / "out", memory_limit="0.001MB")


def test_a_limit_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lots"):
        run(pack(), registers(9), ON, tmp_path / "out", memory_limit="lots")
