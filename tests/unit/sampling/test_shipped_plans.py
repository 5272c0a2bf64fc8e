"""The plans of the shipped packs: they fit, feed every measure, and look like the real cities."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.loading import find_folder, load_pack, shipped_packs
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.nodes import Aggregate, walk
from luoshi.sampling import load_plan, sample

CITIES = [name for name in shipped_packs() if name != "common"]
SCALE = 0.02


@pytest.fixture(scope="module", params=CITIES)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(request.param)


@pytest.fixture(scope="module")
def folder(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("city") / pack.policy.id
    sample(pack, load_plan(find_folder(pack.policy.id), pack), SCALE, 1, out)
    return out


def column(folder: Path, register: str, name: str) -> list[Any]:
    values: list[Any] = pq.read_table(folder / f"{register}.parquet", columns=[name])[name].to_pylist()
    return values


def test_every_register_that_a_measure_reads_is_kept(pack: Pack, folder: Path) -> None:
    read = {item.register for item in [*pack.measures.values(), *pack.limits.values(), *pack.targets.values()]}
    for fact in pack.facts.values():
        if fact.value is not None:
            read |= {node.register for node in walk(fact.value) if isinstance(node, Aggregate)}
    assert read <= {path.stem for path in folder.glob("*.parquet")}


def test_every_field_of_a_kept_register_is_drawn(pack: Pack, folder: Path) -> None:
    for path in sorted(folder.glob("*.parquet")):
        drawn = set(pq.read_schema(path).names)
        left_out = set(pack.registers[path.stem].fields) - drawn
        assert not left_out, f"{path.stem}: {sorted(left_out)}"


def test_every_judgement_is_given_for_some(pack: Pack, folder: Path) -> None:
    judged = [key for key, fact in pack.facts.items() if fact.value is None]
    for register, name in judged:
        assert name in pq.read_schema(folder / f"{register}.parquet").names, f"{register}.{name}"


def test_people_and_households_are_as_many_as_in_the_city(folder: Path) -> None:
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["rows"]
    assert 2_400_000 < rows["person"] / SCALE < 2_900_000
    assert 2.4 < rows["person"] / rows["household"] < 4.4


def test_identity_numbers_are_all_from_the_test_range(folder: Path) -> None:
    assert {number[:2] for number in column(folder, "person", "citizen_id")} == {"99"}
    assert {code[2:4] for code in column(folder, "organisation", "credit_code")} == {"99"}


def test_faults_are_listed_and_values_left_unset_somewhere(pack: Pack, folder: Path) -> None:
    ready = load_plan(find_folder(pack.policy.id), pack)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["irregularities"]) == set(ready.plan.irregularities)
    assert all(count > 0 for count in manifest["irregularities"].values())
    counties = {code for code in ready.areas.codes if len(code) == 6}
    set_by_county = [item for item in ready.plan.local if item.by == "county"]
    assert set_by_county
    assert all(set(item.areas) < counties for item in set_by_county)
