"""Every entry of the manual, on every engine. A refused entry says with which finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from luoshi.rulebook.checking.expecting import same_value
from luoshi.rulebook.loading import try_load
from tests.spec.engines import ENGINES, load, on_date, write_pack
from tests.spec.reading import Spec, specs

ENTRIES = list(specs())


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("spec", [spec for spec in ENTRIES if "rows" in spec.content], ids=lambda spec: spec.name)
def test_result(spec: Spec, engine: str, tmp_path: Path) -> None:
    pack, store = load(spec, tmp_path / "manual")
    seen = ENGINES[engine](pack, store, on_date(spec))
    wanted = [None if row["is"] == "unknown" else row["is"] for row in spec.content["rows"]]
    for number, (want, got) in enumerate(zip(wanted, seen, strict=True), 1):
        assert same_value(want, got), f"row {number}: expected {want}, got {got}"


@pytest.mark.parametrize("spec", [spec for spec in ENTRIES if "refused" in spec.content], ids=lambda spec: spec.name)
def test_refusal(spec: Spec, tmp_path: Path) -> None:
    loaded: Any = try_load(write_pack(spec, tmp_path / "manual"))
    assert spec.content["refused"] in [finding.code for finding in loaded.findings]
