"""Tables in a real database: made once, extended, and holding what is promised of rows."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from luoshi.office.registry.building import build
from luoshi.office.registry.errors import Refused
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import rows_of, written_pack

pytestmark = pytest.mark.usefixtures("database")
ADD = "INSERT INTO first.shop (number, rent, _source, _changed_by) VALUES (%s, %s, 'x', 'chen') RETURNING id"


def columns(table: str) -> set[str]:
    return {row[0] for row in rows_of("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass", table)}


def add(number: str, rent: object = None) -> int:
    return int(rows_of(ADD, number, rent)[0][0])


def change(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_building_twice_is_building_once(pack: Pack) -> None:
    build([pack])
    before = rows_of("SELECT oid FROM pg_constraint UNION SELECT oid FROM pg_class ORDER BY oid")
    build([pack])
    assert rows_of("SELECT oid FROM pg_constraint UNION SELECT oid FROM pg_class ORDER BY oid") == before


def test_every_reference_and_every_area_has_an_index(pack: Pack) -> None:
    build([pack])
    found = rows_of("SELECT indexname FROM pg_indexes WHERE schemaname = 'first' AND tablename = 'shop' ORDER BY 1")
    assert [name for (name,) in found] == [
        "shop_by__area_code",
        "shop_by__key",
        "shop_by_area",
        "shop_by_contact",
        "shop_by_owner",
        "shop_pkey",
    ]


def test_another_key_is_another_index(pack: Pack) -> None:
    build([pack])
    shop = replace(pack.registers["shop"], key=("number", "area"))
    build([replace(pack, registers={**pack.registers, "shop": shop})])
    ((told,),) = rows_of("SELECT indexdef FROM pg_indexes WHERE indexname = 'shop_by__key'")
    assert told.endswith("(number, area) WHERE (NOT _double)")


def test_a_later_pack_adds_its_columns_and_takes_none_away(pack: Pack, other: Pack) -> None:
    build([pack])
    build([other])
    assert {"moved", "skilled", "_citizen_id_index"} <= columns("common.person")


def test_a_column_that_is_there_with_another_type_is_refused(pack: Pack, tmp_path: Path) -> None:
    build([pack])
    wrong = written_pack(tmp_path, "wrong", "3311", "    moved: {type: bool, title: {zh: 迁, en: moved}}")
    with pytest.raises(Refused, match=r"person.moved: shape: date in the database, boolean in wrong"):
        build([wrong])


def test_a_list_of_codes_may_grow(pack: Pack) -> None:
    build([pack])
    with pytest.raises(IntegrityError):
        change("INSERT INTO first.shop (kind, _source, _changed_by) VALUES ('huge', 'x', 'y')")
    shop = pack.registers["shop"]
    kind = replace(shop.fields["kind"], type=type(shop.fields["kind"].type)(("big", "small", "huge")))  # type: ignore[call-arg]  # a Code
    grown = replace(shop, fields={**shop.fields, "kind": kind})
    build([replace(pack, registers={**pack.registers, "shop": grown})])
    change("INSERT INTO first.shop (kind, _source, _changed_by) VALUES ('huge', 'x', 'y')")


def test_a_changed_row_is_the_next_version_and_the_old_one_is_kept(pack: Pack) -> None:
    build([pack])
    shop = add("1", "12.50")
    change("UPDATE first.shop SET rent = 13, _changed_by = 'li' WHERE id = %s", shop)
    change("DELETE FROM first.shop WHERE id = %s", shop)
    kept = rows_of(
        """SELECT version, "row"->>'rent', changed_by FROM registry.row_version"""
        """ WHERE "table" = 'shop' AND row_id = %s ORDER BY number""",
        str(shop),
    )
    assert kept == [(1, "12.50", "chen"), (2, "13.00", "li")]


@pytest.mark.parametrize(
    "change_of",
    [
        "UPDATE registry.row_version SET version = 9",
        "DELETE FROM registry.row_version",
        "TRUNCATE registry.row_version",
    ],
)
def test_versions_are_only_ever_added_to(pack: Pack, change_of: str) -> None:
    build([pack])
    change("UPDATE first.shop SET rent = 13 WHERE id = %s", add("1"))
    with pytest.raises(DatabaseError, match="only ever added to"):
        change(change_of)


def test_the_id_of_a_row_never_changes(pack: Pack) -> None:
    build([pack])
    with pytest.raises(IntegrityError):
        change("UPDATE first.shop SET id = 99 WHERE id = %s", add("1"))


def test_a_key_is_held_by_one_row_unless_it_is_known_to_be_a_double(pack: Pack) -> None:
    build([pack])
    add("1")
    with pytest.raises(IntegrityError):
        change(ADD, "1", None)
    change("INSERT INTO first.shop (number, _double, _source, _changed_by) VALUES ('1', true, 'x', 'y')")


def test_a_reference_leads_somewhere_by_the_end_of_the_transaction(pack: Pack) -> None:
    build([pack])
    change("INSERT INTO first.visit (shop, _source, _changed_by) VALUES (5, 'x', 'y')")
    with pytest.raises(IntegrityError):
        change("SET CONSTRAINTS ALL IMMEDIATE")
