"""Planted irregularities: where asked, as many as asked, in the data and noted."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

PLAN = """
registers:
  household:
    rows: {each: area, where: {level: village}, size: {value: 8}}
  person: {rows: {each: household, size: {value: 2}}}
  shop:
    rows: {total: 100}
    fields:
      area: {pick: {register: area, where: {level: village}}}
      owner: {pick: {register: person, once: true}}
      code: {serial: "S{n:03}"}
      staff: {choice: {1: 1, 2: 1}}
irregularities:
  fault:
    register: shop
    rows: %s
    note: {zh: 错, en: wrong}
    %s
"""


def noted(folder: Path) -> list[tuple[int, int]]:
    with (folder / "out" / "irregularities.csv").open(encoding="utf-8") as file:
        return [(int(line["id"]), int(line["group"])) for line in csv.DictReader(file)]


def test_overwritten_where_the_condition_fits(sampled: Callable[..., Any], tmp_path: Path) -> None:
    shop = sampled(PLAN % (12, "where: {staff: 2}\n    set: {staff: {value: 99}, code: {words: [[坏]]}}"))["shop"]
    bad = [row for row, staff in enumerate(shop["staff"]) if staff == 99]
    assert len(bad) == 12
    assert bad == [row for row, _ in noted(tmp_path)] == [row for row, code in enumerate(shop["code"]) if code == "坏"]


def test_copied_with_changes_and_kept_in_area_order(sampled: Callable[..., Any], tmp_path: Path) -> None:
    fault = 'copy: {code: {serial: "S{n:03}"}, area: {pick: {register: area, within: county, where: {level: village}}}}'
    shop = sampled(PLAN % (7, fault))["shop"]
    assert len(shop["id"]) == 107
    assert len(set(shop["code"])) == 107
    assert shop["area"] == sorted(shop["area"])
    groups: dict[int, list[int]] = {}
    for row, group in noted(tmp_path):
        groups.setdefault(group, []).append(row)
    assert [len(rows) for rows in groups.values()] == [2] * 7
    assert all(shop["owner"][first] == shop["owner"][second] for first, second in groups.values())


def test_shared_in_groups(sampled: Callable[..., Any], tmp_path: Path) -> None:
    shop = sampled(PLAN % (11, "share: owner\n    group: 4"))["shop"]
    groups: dict[int, set[int]] = {}
    for row, group in noted(tmp_path):
        groups.setdefault(group, set()).add(shop["owner"][row])
    assert [len(owners) for owners in groups.values()] == [1, 1]
    assert len(set(shop["owner"])) == 94


def test_at_least_one_at_any_scale_and_none_where_nothing_fits(sampled: Callable[..., Any], tmp_path: Path) -> None:
    sampled(PLAN % (12, "set: {staff: {value: 99}}"), scale=0.01)
    assert len(noted(tmp_path)) == 1
    sampled(PLAN % (12, "where: {staff: 3}\n    set: {staff: {value: 99}}"))
    assert noted(tmp_path) == []
