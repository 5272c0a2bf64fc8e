"""How many findings of a check are listed in each county."""

import pyarrow as pa
import pytest

from luoshi.office.worklists.bounding import first_of_each_county

ONE, OTHER = "331121001201", "331122001201"
FOUND = [(9, ONE), (2, ONE), (5, ONE), (7, OTHER), (1, OTHER), (3, ONE), (4, "")]


def listed(found: list[tuple[int, str]], known: list[int], closed: list[int], most: int) -> set[int]:
    ids, areas = pa.array([row for row, _ in found], pa.int64()), pa.array([area for _, area in found], pa.string())
    rows = pa.table({"id": ids, "area": areas})
    kept = first_of_each_county(rows, pa.array(known, pa.int64()), pa.array(closed, pa.int64()), most)
    return set(kept["id"].to_pylist())


@pytest.mark.parametrize(
    ("known", "closed", "expected"),
    [
        ([], [], {2, 3, 7, 1, 4}),
        ([9], [], {9, 2, 7, 1, 4}),
        ([9], [9], {9, 2, 3, 7, 1, 4}),
        ([9, 5, 3], [], {9, 5, 3, 7, 1, 4}),
        ([8, 6], [8], {2, 3, 7, 1, 4}),
        ([2, 3], [2, 3], {2, 3, 5, 9, 7, 1, 4}),
    ],
    ids=["first by id", "a known one stays", "a closed one takes no room", "over the bound", "gone", "next ones"],
)
def test_so_many_in_each_county(known: list[int], closed: list[int], expected: set[int]) -> None:
    assert listed(FOUND, known, closed, 2) == expected


def test_few_are_all_listed_and_none_is_none() -> None:
    assert listed(FOUND, [], [], 500) == {row for row, _ in FOUND}
    assert listed([], [1], [1], 2) == set() == listed(FOUND, [], [], 0)
