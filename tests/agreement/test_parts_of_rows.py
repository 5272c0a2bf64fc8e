"""Compiled code writes the rows that it is given and no others, whatever the pack: threads never meet.

That stands for a thread sanitizer, which cannot look into compiled rules. Two threads share what they read. Each has
its own rows of what is filled, its own owners of what is added up, and its own memory for a block; nothing that one
pass writes is read in it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.rulebook.bulk.asking import Asked
from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.cases.local_file import load_local_values
from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines import native
from luoshi.rulebook.engines.native.memory import Memory
from luoshi.rulebook.engines.native.running import Running
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.loading.pack import find_folder
from luoshi.rulebook.model.blocks import Pack
from luoshi.sampling import load_plan, sample
from tests.agreement.rows import many_registers
from tests.agreement.test_engines_agree import ON_DATES, packs
from tests.agreement.watching import Watched, mixed

SCALE = 0.0002


def trying(asked: Asked, source: Any) -> native.Trying:
    return native.Trying(asked, native.Tried("", (asked.settings(),)), source, 1)


def strays(watched: Watched) -> list[str]:
    assert not any(map(mixed, watched.plan.passes))
    return [
        f"{kernel.name} {part} {owners}: {stray}"
        for kernel, register in watched.plan.kernels()
        for part, owners in watched.parts(kernel, register)
        for stray in watched.strays(kernel, register, part, owners)
    ]


@pytest.mark.parametrize(("name", "on"), [("lishui-draft", date(2023, 12, 31)), ("dingxi-2018", date(2020, 12, 31))])
def test_the_code_of_shipped_packs(name: str, on: date, tmp_path: Path) -> None:
    pack = load_pack(name, examples=False)
    sample(pack, load_plan(find_folder(name), pack), SCALE, 1, tmp_path / "city")
    local = tuple(load_local_values(tmp_path / "city", pack))
    asked = Asked(pack, on, local, Wanted(as_if_in_force=True))
    assert strays(Watched(trying(asked, tmp_path / "city"))) == []


@given(packs(), many_registers(2500), st.sampled_from(ON_DATES))
@settings(max_examples=4)
def test_random_packs(pack: Pack, rows: dict[str, Any], on: date) -> None:
    asked = Asked(pack, on, (), Wanted(tuple(key for key in pack.facts if key[0] == "thing")))
    watched = Watched(found := trying(asked, to_tables(pack, rows)))
    assert strays(watched) == []
    budget, paid = next(found.outcomes()).budget, found.amounts(pack.measures["measure"])
    assert paid is not None and pc.sum(budget["eligible"]).as_py() == len(paid)
    assert sum(budget["amount"].to_pylist()) == sum(paid["amount"].to_pylist())
    for threads in (2, 3, 7):
        memory = Memory(found.plan, found.registers, asked.settings())
        other = Running(found.plan, memory, threads)
        other.fill(lambda label: None)
        for step in found.plan.passes:
            for item in [column for kernel in step.kernels.values() for column in watched.stored(kernel)]:
                assert memory.cells(item).tobytes() == watched.memory.cells(item).tobytes(), (threads, item)
            for record in [record for gather in step.gathers for record in gather.records]:
                assert memory.cells(record).tobytes() == watched.memory.cells(record).tobytes(), (threads, record)
