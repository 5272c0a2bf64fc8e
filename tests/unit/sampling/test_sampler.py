"""A whole sample: the same bytes for the same seed, the right size, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.values.citizen_id import BadCitizenId, CitizenId
from luoshi.rulebook.values.credit_code import CreditCode
from luoshi.sampling import load_plan, sample, sampler

Registers = dict[str, dict[str, list[Any]]]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def sample_tiny(tiny: Path, out: Path, scale: float = 0.1, seed: int = 1) -> Path:
    pack = load_pack(tiny)
    sample(pack, load_plan(tiny, pack), scale, seed, out)
    return out


def test_the_same_seed_gives_the_same_bytes(tiny: Path, tmp_path: Path) -> None:
    first = files(sample_tiny(tiny, tmp_path / "a"))
    assert first == files(sample_tiny(tiny, tmp_path / "b"))
    other = files(sample_tiny(tiny, tmp_path / "c", seed=2))
    assert first.keys() == other.keys()
    assert first["person.parquet"] != other["person.parquet"]


def test_totals_follow_the_scale_and_areas_do_not(tiny: Path, tmp_path: Path) -> None:
    small, large = (
        json.loads((sample_tiny(tiny, tmp_path / str(scale), scale) / "manifest.json").read_text())["rows"]
        for scale in (0.1, 0.5)
    )
    assert (small["household"], large["household"]) == (600, 3000)
    assert (small["shop"], large["shop"]) == (40, 200)
    assert small["area"] == large["area"] == 33


def test_ids_are_dense_and_references_lead_somewhere(registers: Registers) -> None:
    for name, columns in registers.items():
        if name != "area":
            assert columns["id"] == list(range(len(columns["id"])))
    assert set(registers["household"]["area"]) <= set(registers["area"]["id"])
    assert max(registers["person"]["household"]) < len(registers["household"]["id"])
    assert max(registers["shop"]["owner"]) < len(registers["person"]["id"])
    assert max(registers["sale"]["shop"]) < len(registers["shop"]["id"])


def test_rows_are_in_area_order_then_by_parent(registers: Registers) -> None:
    assert registers["area"]["id"] == sorted(registers["area"]["id"])
    assert registers["household"]["area"] == sorted(registers["household"]["area"])
    assert registers["person"]["household"] == sorted(registers["person"]["household"])
    assert registers["shop"]["area"] == sorted(registers["shop"]["area"])
    assert registers["sale"]["shop"] == sorted(registers["sale"]["shop"])


def test_numbers_are_valid_and_nobodys(registers: Registers) -> None:
    wrong = 0
    for text, born, sex in zip(*(registers["person"][key] for key in ("citizen_id", "born", "sex")), strict=True):
        try:
            number = CitizenId.parse(text)
        except BadCitizenId as bad:
            assert bad.reason == "check"
            wrong += 1
            continue
        assert number.is_test
        assert number.sex == sex
        assert born in {None, number.birth_date}
    assert wrong == 30
    codes = [CreditCode.parse(text) for text in registers["shop"]["code"]]
    assert all(code.is_test for code in codes)
    assert len(set(codes)) == len(codes)


def test_unknown_shares_are_as_planned(registers: Registers) -> None:
    for register, name, share in [("household", "poor", 0.05), ("household", "income", 0.1), ("person", "born", 0.02)]:
        values = registers[register][name]
        assert abs(values.count(None) / len(values) - share) < 0.02
    assert 0.55 < registers["shop"]["closed"].count(None) / 400


def test_many_are_small_and_few_are_large(registers: Registers) -> None:
    amounts = sorted((float(value) for value in registers["sale"]["amount"]), reverse=True)
    tenth = len(amounts) // 10
    assert 0.4 < sum(amounts[:tenth]) / sum(amounts) < 0.95
    incomes = sorted(float(value) for value in registers["household"]["income"] if value is not None)
    assert abs(incomes[len(incomes) // 2] - 20000) < 1000


def test_the_judgement_of_people_is_a_column_too(registers: Registers) -> None:
    assert {True, False, None} == set(registers["shop"]["trusted"])


def test_helpers_and_what_the_plan_leaves_out_are_not_written(registers: Registers) -> None:
    assert "_sales" not in registers["shop"]
    assert "second" not in registers["shop"]


def test_a_new_field_does_not_reshuffle_the_others(tiny: Path, planned: Callable[..., Path], tmp_path: Path) -> None:
    text = (tiny / "sample.yaml").read_text(encoding="utf-8")
    more = text.replace(
        "      poor: {chance: 0.12", "      _luck: {uniform: {from: 0, to: 1}}\n      poor: {chance: 0.12"
    )
    assert more != text
    before, after = (
        files(sample_tiny(folder, tmp_path / name)) for name, folder in [("a", tiny), ("b", planned(more))]
    )
    assert all(before[name] == after[name] for name in before if name.endswith(".parquet"))


def test_an_older_sample_is_replaced_and_anything_else_is_kept(tiny: Path, tmp_path: Path) -> None:
    out = sample_tiny(tiny, tmp_path / "out")
    (out / "left-over.parquet").touch()
    assert not (sample_tiny(tiny, out) / "left-over.parquet").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").touch()
    with pytest.raises(Refused) as refused:
        sample_tiny(tiny, other)
    assert [finding.code for finding in refused.value.findings] == ["SAMPLE-021"]
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_an_interruption_leaves_nothing(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sampler, "write_irregularities", stop)
    with pytest.raises(KeyboardInterrupt):
        sample_tiny(tiny, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scale", [0.0, -1.0, 1000.0, float("nan")])
def test_a_scale_out_of_range_is_refused(tiny: Path, tmp_path: Path, scale: float) -> None:
    with pytest.raises(Refused) as refused:
        sample_tiny(tiny, tmp_path / "out", scale)
    assert [finding.code for finding in refused.value.findings] == ["SAMPLE-022"]


def test_progress_is_told_register_by_register(tiny: Path, tmp_path: Path) -> None:
    told: list[str] = []
    pack = load_pack(tiny)
    summary = sample(
        pack, load_plan(tiny, pack), 0.1, 1, tmp_path / "out", lambda name, rows: told.append(f"{name} {rows}")
    )
    assert told == [f"{name} {rows}" for name, rows in summary.rows.items()]
    assert summary.folder == tmp_path / "out"
