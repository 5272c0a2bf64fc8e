"""Likely doubles are found with their reasons; two rows become one with all that refers to them, and two again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from luoshi.office.registry import likeness
from luoshi.office.registry.doubles import find_pair, open_counts, open_pairs, tell_apart
from luoshi.office.registry.errors import ChangedMeanwhile, NotHere, Refused
from luoshi.office.registry.loading import load_folder
from luoshi.office.registry.models import LikelyDouble
from luoshi.office.registry.queries import history, row
from luoshi.office.registry.revising import correct
from luoshi.office.registry.shape import RegisterTable, Tables, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.registry.uniting import Pair, find_merger, merge, mergers_into, separate
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import Folder, city, rows_of

pytestmark = pytest.mark.usefixtures("database")
WHY = Basis("wang", datetime(2024, 5, 1, 8, tzinfo=UTC), "同一个人登记了两次", "户口簿")
BORN, HERE = date(1970, 1, 2), "621102"
VILLAGE, NEXT = "621102003201", "621102003202"


def _person(
    number: int, name: str, household: int, born: date | None = BORN, card: str | None = None
) -> dict[str, Any]:
    card = f"99{number:016}" if card is None else card
    return {"id": number, "citizen_id": card, "name": name, "household": household, "birth_date": born}


PEOPLE = [
    _person(0, "张三", 0),
    _person(1, "张三", 0, card=""),
    _person(2, "王小明", 0),
    _person(3, "王晓明", 0),
    _person(4, "李四", 1),
    _person(5, "李四", 2),
    _person(6, "赵六", 0, date(1980, 1, 1)),
    _person(7, "赵六", 1, date(1990, 1, 1)),
    _person(8, "孙七", 3, card="99" + "0" * 16),
]


@pytest.fixture
def tables(pack: Pack, folder: Folder) -> Tables:
    """People of four households: 0 and 1 in a village, 2 in the next, 3 in another county; shops of 0 and 1."""
    villages = [VILLAGE, VILLAGE, NEXT, "621103003201"]
    rows: dict[str, Any] = {
        "area": city("6211")["area"],
        "household": [{"id": n, "register_number": f"h{n}", "area": area} for n, area in enumerate(villages)],
        "person": [{**one, "citizen_id": one["citizen_id"] or None} for one in PEOPLE],
        "shop": [
            {"id": 0, "number": "1", "area": VILLAGE, "owner": 0, "staff": 3},
            {"id": 1, "number": "2", "area": VILLAGE, "owner": 1},
            {"id": 2, "number": "3", "area": "621103003201", "owner": 1},
        ],
        "visit": [{"id": 0, "shop": 0, "day": BORN}, {"id": 1, "shop": 1, "day": BORN}, {"id": 2, "shop": 1}],
    }
    load_folder(pack, folder("one", rows), source="trial", by="chen", keep_doubles=True)
    return tables_of([pack])


@pytest.fixture
def person(tables: Tables) -> RegisterTable:
    """The people."""
    return _named(tables, "person")


def _named(tables: Tables, register: str) -> RegisterTable:
    return next(table for table in tables.values() if table.register == register)


def _found(table: RegisterTable, prefix: str = "") -> dict[tuple[int, int], list[str]]:
    return {(one.one, one.other): one.reasons for one in open_pairs(table, prefix)}


def test_likely_doubles_are_found_with_reasons(person: RegisterTable) -> None:
    assert likeness.search(person) == 4
    household, place = "same:household", "same:_area_code"
    assert _found(person) == {
        (0, 1): ["same:name", place, "same:birth_date", household],
        (2, 3): ["like:name", place, "same:birth_date", household],
        (4, 5): ["same:name", "same:birth_date"],
        (0, 8): ["key:citizen_id"],
    }
    assert [one.score for one in open_pairs(person, "")][0] == 100, "the same key is certain"


def test_a_search_again_adds_nothing_and_keeps_what_was_decided(person: RegisterTable) -> None:
    likeness.search(person)
    number = LikelyDouble.objects.get(one=2).id
    tell_apart(person, number, WHY, scope_prefix=HERE)
    tell_apart(person, number, WHY, scope_prefix=HERE)
    assert likeness.search(person) == 3
    assert (2, 3) not in _found(person)


def test_pairs_that_are_alike_no_longer_are_taken_off(person: RegisterTable, tables: Tables) -> None:
    likeness.search(person)
    correct(person, tables, 5, {"name": "周八"}, WHY, scope_prefix=HERE, expected_version=1)
    likeness.search(person, VILLAGE)
    assert (4, 5) in _found(person), "of the next village nothing was searched"
    likeness.search(person)
    assert (4, 5) not in _found(person)


def test_a_pair_is_seen_where_both_rows_are(person: RegisterTable) -> None:
    likeness.search(person)
    assert _found(person, HERE).keys() == {(0, 1), (2, 3), (4, 5)}
    assert _found(person, VILLAGE).keys() == {(0, 1), (2, 3)}
    assert open_counts([person], VILLAGE) == {person.name: 2} and open_counts([person], "621103") == {}
    first = open_pairs(person, "", size=1)[0]
    assert len(open_pairs(person, "", (first.score, first.id))) == 3
    with pytest.raises(NotHere):
        tell_apart(person, first.id, WHY, scope_prefix="621103")
    found = find_pair(person, first.id)
    assert found is not None and found.state == "open"


def _merged(person: RegisterTable, tables: Tables, chosen: tuple[str, ...] = ()) -> int:
    return merge(person, tables, Pair(1, 1, 0, 1), chosen, WHY, scope_prefix=HERE).id


def test_two_rows_become_one(person: RegisterTable, tables: Tables) -> None:
    likeness.search(person)
    number = _merged(person, tables, ("citizen_id",))
    assert row(person, "", 0) is None
    kept = row(person, HERE, 1)
    assert kept is not None
    assert (kept.cells["citizen_id"], kept.version, kept.reason, kept.double) == (
        "9" + "*" * 16 + "0",
        2,
        WHY.reason,
        False,
    )
    assert rows_of("SELECT DISTINCT owner FROM first.shop") == [(1,)], "whatever area they lie in"
    assert [one.version for one in history(person, HERE, 0)] == [1]
    assert [one.version for one in history(person, HERE, 1)] == [1]
    merger = find_merger(person, 0)
    assert merger is not None and merger.id == number and mergers_into(person, 1) == [merger]
    assert _found(person).keys() == {(2, 3), (4, 5)}, "nothing is asked about the row that went"
    assert LikelyDouble.objects.get(one=0, other=1).state == "same"


def test_two_rows_are_two_again(person: RegisterTable, tables: Tables) -> None:
    before = rows_of("SELECT id, owner FROM first.shop ORDER BY id"), rows_of(_ALL_PEOPLE)
    number = _merged(person, tables, ("citizen_id", "birth_date"))
    back = Basis("li", WHY.at, "是父子两人", "户口簿")
    separate(person, tables, number, back, scope_prefix=HERE)
    assert (rows_of("SELECT id, owner FROM first.shop ORDER BY id"), rows_of(_ALL_PEOPLE)) == before
    assert [one.version for one in history(person, HERE, 0)] == [1]
    assert [one.version for one in history(person, HERE, 1)] == [2, 1]
    again = row(person, HERE, 0)
    assert again is not None and (again.version, again.reason) == (2, back.reason)
    assert find_merger(person, 0) is None
    with pytest.raises(NotHere):
        separate(person, tables, number, back, scope_prefix=HERE)


_ALL_PEOPLE = (
    "SELECT id, citizen_id, _citizen_id_index, name, household, birth_date, _double, _area_code FROM common.person"
    " ORDER BY id"
)


def test_what_was_changed_since_keeps_them_one(person: RegisterTable, tables: Tables) -> None:
    number = _merged(person, tables)
    shop = _named(tables, "shop")
    correct(shop, tables, 0, {"staff": 4}, WHY, scope_prefix=HERE, expected_version=2)
    correct(person, tables, 1, {"name": "张三丰"}, WHY, scope_prefix=HERE, expected_version=2)
    with pytest.raises(Refused) as refused:
        separate(person, tables, number, WHY, scope_prefix=HERE)
    assert {(one.kind, one.register, one.told) for one in refused.value.problems} == {
        ("version", "person", "1"), ("version", "shop", "0"),
    }  # fmt: skip
    assert row(person, HERE, 0) is None


def test_a_moved_row_that_would_have_the_key_of_another_is_a_double(tables: Tables) -> None:
    shop = _named(tables, "shop")
    number = merge(shop, tables, Pair(0, 1, 1, 1), (), WHY, scope_prefix=HERE).id
    assert rows_of("SELECT id, shop, _double FROM first.visit ORDER BY id") == [
        (0, 0, False),
        (1, 0, True),
        (2, 0, False),
    ]
    separate(shop, tables, number, WHY, scope_prefix=HERE)
    assert rows_of("SELECT id, shop, _double FROM first.visit ORDER BY id") == [
        (0, 0, False),
        (1, 1, False),
        (2, 1, False),
    ]


def test_merging_is_refused_beyond_the_area_without_a_reason_and_on_old_sight(
    person: RegisterTable, tables: Tables
) -> None:
    with pytest.raises(NotHere):
        merge(person, tables, Pair(0, 1, 8, 1), (), WHY, scope_prefix=HERE)
    with pytest.raises(ChangedMeanwhile):
        merge(person, tables, Pair(0, 1, 1, 7), (), WHY, scope_prefix=HERE)
    with pytest.raises(Refused):
        merge(person, tables, Pair(0, 1, 1, 1), (), Basis("wang", WHY.at, "", ""), scope_prefix=HERE)
    with pytest.raises(Refused):
        merge(person, tables, Pair(1, 1, 1, 1), (), WHY, scope_prefix=HERE)
    assert rows_of("SELECT count(*) FROM common.person") == [(9,)]


def test_a_certain_double_that_is_merged_is_none_any_more(person: RegisterTable, tables: Tables) -> None:
    merge(person, tables, Pair(8, 1, 0, 1), ("name",), WHY, scope_prefix="6211")
    kept = row(person, "", 8)
    assert kept is not None and not kept.double and kept.cells["name"] == "张三"
    likeness.search(person)
    assert not [reasons for reasons in _found(person).values() if reasons[0].startswith("key")]
