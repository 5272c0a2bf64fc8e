"""Rows in memory: which point at which, and where a path of references breaks off."""

from __future__ import annotations

import pytest

from luoshi.rulebook.inputs.store import Store
from tests.unit.rulebook.packs import pack_of

BLOCK = "register\nloose: {title: BOTH, row: BOTH, fields: {note: {type: text, title: BOTH}}}\n"
ROWS = {
    "thing": {"a": {"firm": "f", "next": "b"}, "b": {"firm": "gone"}, "c": {}},
    "part": {"p": {"thing": "a"}, "q": {"thing": "a"}, "r": {}, "s": {"thing": "nobody"}},
    "firm": {"f": {"area": "331124101"}, "g": {"area": "331125"}, "h": {}},
    "loose": {"x": {"note": "n"}},
}


@pytest.fixture(scope="module")
def store() -> Store:
    return Store(pack_of(BLOCK), ROWS)


def test_a_register_is_kept_when_it_has_rows_or_none(store: Store) -> None:
    assert store.keeps("thing")
    assert not store.keeps("area")
    assert Store(store.pack, {"area": {}}).keeps("area")


def test_a_row_by_id(store: Store) -> None:
    assert store.row("part", "p") == {"thing": "a"}
    assert store.row("part", "z") is None
    assert store.row("area", "3311") is None


def test_members_are_the_rows_that_point_at_a_subject(store: Store) -> None:
    assert store.members("part", ("thing",), "thing", "a") == ["p", "q"]
    assert store.members("part", ("thing",), "thing", "b") == []


@pytest.mark.parametrize(
    ("area", "members"), [("33", ["f", "g"]), ("3311", ["f", "g"]), ("331124", ["f"]), ("331124101", ["f"]), ("62", [])]
)
def test_an_area_has_everything_within_it(store: Store, area: str, members: list[str]) -> None:
    assert store.members("firm", ("area",), "area", area) == members


@pytest.mark.parametrize(
    ("row", "path", "target"),
    [
        ("a", (), "a"),
        ("a", ("firm", "area"), "331124101"),
        ("a", ("next", "firm"), "gone"),
        ("a", ("next", "firm", "area"), None),
        ("c", ("firm", "area"), None),
        ("z", ("firm",), None),
    ],
)
def test_following_a_path(store: Store, row: str, path: tuple[str, ...], target: str | None) -> None:
    assert store.follow("thing", row, path) == target


@pytest.mark.parametrize(
    ("register", "row", "area"),
    [
        ("area", "3311", "3311"),
        ("firm", "f", "331124101"),
        ("thing", "a", "331124101"),
        ("thing", "b", None),
        ("loose", "x", None),
    ],
)
def test_the_area_of_a_row(store: Store, register: str, row: str, area: str | None) -> None:
    assert store.area(register, row) == area
