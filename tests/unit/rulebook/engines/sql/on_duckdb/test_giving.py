"""Damage in files is told of as a finding; what is no damage is raised as it is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from luoshi.rulebook.engines.sql import run
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held
from luoshi.rulebook.engines.sql.on_duckdb.giving import damage_found
from luoshi.rulebook.engines.sql.on_duckdb.session import small_session
from tests.unit.rulebook.engines.sql.answers import ON
from tests.unit.rulebook.engines.sql.registers import pack, registers, written
from tests.unit.rulebook.engines.sql.things import things


@pytest.mark.parametrize("problem", [duckdb.OutOfMemoryException("full"), duckdb.InvalidInputException("odd")])
def test_whole_files_are_not_blamed(problem: duckdb.Error) -> None:
    with small_session() as session:
        session.give_table("thing", things())
        held = {"thing": Held({"id": Column("BIGINT", Kind.WHOLE)})}
        with pytest.raises(type(problem), match=str(problem)), damage_found(session, held):
            raise problem


def test_too_little_memory_is_no_damage(tmp_path: Path) -> None:
    source = written(tmp_path / "in", registers())
    with pytest.raises(MemoryError):
        run(pack(), source, ON, tmp_path / "out", memory_limit="1KB")
