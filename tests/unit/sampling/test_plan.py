"""Reading sample.yaml: includes, overrides, what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Findings, Refused
from luoshi.sampling import load_plan, sample
from luoshi.sampling.plan import read_plan

Write = Callable[..., Path]


def codes(folder: Path) -> list[str]:
    findings = Findings()
    read_plan(folder, findings)
    return [finding.code for finding in findings]


def test_a_later_file_overrides_field_by_field(planned: Write) -> None:
    planned("registers: {shop: {rows: {total: 3}, fields: {staff: 1, code: a}}, area: {}}\non: 2020-01-01", "base")
    folder = planned("include: [base]\nregisters: {shop: {fields: {staff: 2, floor: 9}}}", "city")
    findings = Findings()
    plan = read_plan(folder, findings)
    assert not findings
    assert list(plan.registers) == ["shop", "area"]
    assert {name: draw.value for name, draw in plan.registers["shop"].fields.items()} == {
        "staff": "2",
        "code": "a",
        "floor": "9",
    }
    assert plan.registers["shop"].rows is not None
    assert str(plan.on) == "2020-01-01"
    assert str(plan.where("registers", "shop", "fields", "code")) == "base/sample.yaml:1:registers.shop.fields.code"
    assert str(plan.where("registers", "shop", "fields", "staff")) == "sample.yaml:2:registers.shop.fields.staff"
    assert str(plan.where("nowhere")) == "sample.yaml:1:nowhere"


def test_parts_in_the_folder_sample_follow_in_the_order_of_their_names(planned: Write) -> None:
    folder = planned("registers: {shop: {rows: {total: 3}, fields: {staff: 1}}}\non: 2020-01-01")
    (folder / "sample").mkdir()
    (folder / "sample" / "2-more.yaml").write_text("registers: {shop: {fields: {staff: 3}}}\n", encoding="utf-8")
    (folder / "sample" / "1-more.yaml").write_text(
        "registers: {shop: {fields: {staff: 2, floor: 9}}}\n", encoding="utf-8"
    )
    findings = Findings()
    plan = read_plan(folder, findings)
    assert not findings
    assert {name: draw.value for name, draw in plan.registers["shop"].fields.items()} == {"staff": "3", "floor": "9"}
    assert str(plan.where("registers", "shop", "fields", "staff")) == "sample/2-more.yaml:1:registers.shop.fields.staff"


def test_a_part_that_cannot_be_read_is_a_finding(planned: Write) -> None:
    folder = planned("on: 2020-01-01")
    (folder / "sample").mkdir()
    (folder / "sample" / "1-more.yaml").write_text("registers: [1]\n", encoding="utf-8")
    assert codes(folder) == ["PACK-033"]


def test_a_shipped_plan_can_be_included(planned: Write) -> None:
    findings = Findings()
    plan = read_plan(planned("include: [common]"), findings)
    assert not findings
    assert {"area", "household", "person"} <= set(plan.registers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("include: [nobody]", ["SAMPLE-003"]),
        ("include: [tiny]", ["SAMPLE-002"]),
        ("registers: [1, 2]", ["PACK-033"]),
        ("registers: {shop: {rows: {}}}", ["PACK-033"]),
        ("registers: {shop: {colour: red}}", ["PACK-032"]),
        ("registers: {shop: {rows: {total: inf}}}", ["PACK-033"]),
        ("just a text", ["PACK-033"]),
        ("a: [", ["PACK-010"]),
        ("a: &x 1\nb: *x", ["PACK-013"]),
        ("areas: {divisions: ../../../etc/passwd}", ["PACK-033"]),
    ],
)
def test_what_cannot_be_used_is_told(planned: Write, text: str, expected: list[str]) -> None:
    assert codes(planned(text)) == expected


def test_rings_of_includes_are_found(planned: Write) -> None:
    planned("include: [second]", "first")
    assert "SAMPLE-002" in codes(planned("include: [first]", "second"))


def test_no_file_and_not_a_text(planned: Write) -> None:
    folder = planned("x")
    (folder / "sample.yaml").write_bytes(b"\xff\xfe\x00")
    assert codes(folder) == ["PACK-002"]
    (folder / "sample.yaml").unlink()
    assert codes(folder) == ["SAMPLE-001"]


TINY = Path(__file__).parent / "tiny"
TEXT = (
    (TINY / "sample.yaml")
    .read_text(encoding="utf-8")
    .replace("total: 6000", "total: 60")
    .replace("total: 400", "total: 9")
)
WORDS = [
    "area",
    "person",
    "born",
    "owner",
    "0",
    "-1",
    "1e9",
    "1e300",
    "9000-12-31",
    "1000-01-01",
    "true",
    "null",
    "{}",
    "[]",
    "2020-02-30",
    "{n:02}",
    "once",
    "field",
]


@pytest.mark.fuzz
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXT)), st.integers(0, 30), st.one_of(st.sampled_from(WORDS), st.text(max_size=4))
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_plan_is_sampled_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, str]]
) -> None:
    text = TEXT
    for start, length, word in changes:
        text = text[:start] + word + text[start + length :]
    folder = tmp_path_factory.mktemp("fuzz")
    for name in ["policy.yaml", "1-tiny.md", "divisions.csv"]:
        os.link(TINY / name, folder / name)
    (folder / "sample.yaml").write_text(text, encoding="utf-8")
    pack = load_pack(TINY)
    try:
        sample(pack, load_plan(folder, pack), 0.1, 1, folder / "out")
    except Refused as refused:
        assert refused.findings
