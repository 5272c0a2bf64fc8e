"""The file of local values beside the registers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.rulebook.cases.local_file import FILE, load_local_values
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.packs import expected, pack_of, seen

FUND = "fund\nm: {title: BOTH, payer: county}\n"


def load(folder: Path, text: str) -> list[tuple[str, object, str]]:
    (folder / FILE).write_text(text, encoding="utf-8")
    return [(item.name, item.value, item.area) for item in load_local_values(folder, pack_of(FUND))]


def test_a_folder_need_not_have_one(tmp_path: Path) -> None:
    assert load_local_values(tmp_path, pack_of(FUND)) == ()


@pytest.mark.parametrize("text", ["", "[]\n", "# nothing\n"])
def test_it_may_be_empty(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text) == []


def test_values_for_areas(tmp_path: Path) -> None:
    text = '- {parameter: share, value: 0.60, area: "331124", document: 文}\n- {parameter: strict, value: false}\n'
    assert load(tmp_path, text) == [("share", Decimal("0.60"), "331124"), ("strict", False, "")]


@pytest.mark.parametrize(
    "text",
    [
        "share: 0.60  # CASE-012\n",
        "share  # CASE-012\n",
        "- share  # CASE-014\n",
        "- {value: 0.60}  # CASE-014\n",
        "- {parameter: [share]}  # CASE-014\n",
        "- {parameter: shares, value: 1}  # CASE-004\n",
        "- {parameter: strict, value: false}\n"
        "- {parameter: share, value: 0.40, area: '3311', document: 文}  # CASE-007\n",
        "- [\n# PACK-010\n",
    ],
)
def test_what_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused) as refused:
        load(tmp_path, text)
    assert [code for code, _ in seen(refused.value.findings, FILE)] == [code for code, _ in expected(text)]


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"- \xff\n")
    with pytest.raises(Refused) as refused:
        load_local_values(tmp_path, pack_of(FUND))
    assert [finding.code for finding in refused.value.findings] == ["PACK-002"]
