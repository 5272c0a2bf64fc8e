"""Lists and single rows: within an area only, page by page, with ids masked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from luoshi.office.registry.filters import Filter, Sort, WrongQuestion
from luoshi.office.registry.loading import load_folder
from luoshi.office.registry.queries import Page, count, counted_page, history, page, place_of, row
from luoshi.office.registry.shape import RegisterTable, table_of
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import Folder, Rows, city

pytestmark = pytest.mark.usefixtures("database")
KINDS = ["big", None, "small", None, "big", "small", None]


@pytest.fixture
def shops(pack: Pack, folder: Folder) -> RegisterTable:
    """Seven shops in three villages, one of which is not known."""
    registers = city("6211")
    villages = ["621102003201", "621102003202", "621103003201", None]
    shops: Rows = [
        {"id": n, "number": f"n{n % 3}{n}", "area": villages[n % 4], "kind": KINDS[n], "rent": Decimal(n),
         "opened": date(2020, 1, 1 + n), "contact": f"13{n} 000 00"}
        for n in range(7)
    ]  # fmt: skip
    load_folder(pack, folder("one", {**registers, "shop": shops, "visit": []}), source="trial", by="chen")
    return table_of(pack, "shop")


def walked(table: RegisterTable, prefix: str, size: int = 2, sort: Sort | None = None) -> list[Any]:
    found, after = [], None
    while True:
        got = page(table, prefix, sort=sort, after=after, size=size)
        found += [each.id for each in got.rows]
        after = got.after
        if after is None:
            return found


def test_pages_go_through_an_area_and_no_further(shops: RegisterTable) -> None:
    assert walked(shops, "621102") == [0, 4, 1, 5]
    assert walked(shops, "621103003201") == [2, 6]
    assert walked(shops, "") == [0, 4, 1, 5, 2, 6, 3], "a row whose area is unknown is seen from above only"
    assert walked(shops, "33") == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort("kind"), [0, 4, 2, 5, 1, 3, 6]),
        (Sort("kind", descending=True), [5, 2, 4, 0, 6, 3, 1]),
        (Sort("id", descending=True), [6, 5, 4, 3, 2, 1, 0]),
        (Sort("rent", descending=True), [6, 5, 4, 3, 2, 1, 0]),
        (Sort("number"), [0, 3, 6, 1, 4, 2, 5]),
    ],
)
def test_every_order_meets_each_row_once(shops: RegisterTable, sort: Sort, expected: list[int], size: int) -> None:
    assert walked(shops, "", size, sort) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Filter("kind", "is", "big"), 2),
        (Filter("kind", "is-not", "big"), 2),
        (Filter("kind", "any", ("big", "small")), 4),
        (Filter("kind", "any", ()), 0),
        (Filter("kind", "unknown"), 3),
        (Filter("rent", "least", Decimal(5)), 2),
        (Filter("rent", "below", 5), 5),
        (Filter("opened", "most", date(2020, 1, 2)), 2),
        (Filter("number", "contains", "14"), 1),
        (Filter("number", "begins", "n0"), 3),
        (Filter("contact", "is", "１３２00000"), 1),
        (Filter("contact", "known"), 7),
        (Filter("_area_code", "begins", "621102"), 4),
        (Filter("number", "contains", "%' OR true --"), 0),
    ],
    ids=str,
)
def test_filters(shops: RegisterTable, asked: Filter, expected: int) -> None:
    assert count(shops, "", [asked]) == expected == len(page(shops, "", [asked]).rows)


@pytest.mark.parametrize(
    "asked",
    [
        Filter("colour", "is", "red"),
        Filter("kind", "is", 1),
        Filter("kind", "is"),
        Filter("kind", "like", "b"),
        Filter("kind", "is", "\0"),
        Filter("rent", "contains", 1),
        Filter("rent", "is", "1"),
        Filter("contact", "begins", "13"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused(shops: RegisterTable, asked: Filter) -> None:
    with pytest.raises(WrongQuestion):
        count(shops, "", [asked])


def test_an_encrypted_column_has_no_order(shops: RegisterTable) -> None:
    with pytest.raises(WrongQuestion):
        page(shops, "", sort=Sort("contact"))


def test_counts_are_of_an_area(shops: RegisterTable) -> None:
    assert (count(shops, "6211"), count(shops, "621102"), count(shops, "")) == (6, 4, 7)


def test_counts_go_no_further_than_asked(shops: RegisterTable) -> None:
    assert [count(shops, "621102", most=most) for most in (0, 3, 4, 5)] == [0, 3, 4, 4]


def test_a_row_is_found_within_its_area_only(shops: RegisterTable) -> None:
    found = row(shops, "621102", 0)
    assert found is not None
    assert (found.area_code, found.version, found.source, found.changed_by) == ("621102003201", 1, "trial", "chen")
    assert found.cells["contact"] == "1********0" and found.cells["rent"] == Decimal("0.00")
    assert row(shops, "621103", 0) is None and row(shops, "", 99) is None and row(shops, "", "0") is None


def test_divisions_are_found_by_code(shops: RegisterTable, pack: Pack) -> None:
    areas = table_of(pack, "area")
    assert [each.id for each in page(areas, "621102").rows] == ["621102", "621102003", "621102003201", "621102003202"]
    found = row(areas, "6211", "621102")
    assert found is not None and found.cells["name"] == "地621102"
    assert row(areas, "6211", 621102) is None


def test_history_is_masked_and_belongs_to_the_area(shops: RegisterTable) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE first.shop SET rent = 8.10, _changed_by = 'li' WHERE id = 1")
        cursor.execute("DELETE FROM first.shop WHERE id = 1")
    newest, oldest = history(shops, "621102", 1)
    assert (newest.version, newest.changed_by, newest.cells["rent"]) == (2, "li", Decimal("8.10"))
    assert (oldest.version, oldest.changed_by, oldest.cells["contact"]) == (1, "chen", "1********0")
    assert history(shops, "621103", 1) == [] == history(shops, "", 2) == history(shops, "", "1")


@pytest.mark.parametrize("sort", [Sort(), Sort("kind"), Sort("kind", descending=True), Sort("rent", descending=True)])
@pytest.mark.parametrize("asked", [[], [Filter("rent", "least", Decimal(2))], [Filter("kind", "unknown")]], ids=str)
def test_a_counted_page_is_the_page_with_its_count(shops: RegisterTable, asked: list[Filter], sort: Sort) -> None:
    after, whole = None, count(shops, "62", asked)
    while True:
        expected = page(shops, "62", asked, sort, after, size=2)
        assert counted_page(shops, "62", asked, sort, after, 2, whole) == (expected, whole)
        assert counted_page(shops, "62", asked, sort, after, 2, whole - 1) == (None, whole)
        after = expected.after
        if after is None:
            break


def test_a_counted_page_of_nothing(shops: RegisterTable) -> None:
    last = page(shops, "621102", size=9).rows[-1]
    nothing = Page((), None)
    assert counted_page(shops, "33", [], Sort()) == (nothing, 0)
    assert counted_page(shops, "621102", [], Sort(), place_of(last, Sort())) == (nothing, 4), (
        "a page behind the last row"
    )
    assert counted_page(shops, "621102", [], Sort(), place_of(last, Sort()), most=3) == (None, 4)
    with pytest.raises(WrongQuestion):
        counted_page(shops, "6211", [], Sort("contact"))
