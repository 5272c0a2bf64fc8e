"""The tallies of registers: as exact as a count, whatever was done to the rows, and as quick whatever their number."""

import pytest
from django.db import connection

from luoshi.office.registry.building import build
from luoshi.office.registry.loading import load_folder
from luoshi.office.registry.queries import count
from luoshi.office.registry.shape import table_of
from luoshi.office.registry.tallying import fold, kept_tables, tallies, tally
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import Folder, city

pytestmark = pytest.mark.usefixtures("database")
AREAS = ("", "6211", "621102", "621102003201", "621103", "33")


def test_a_tally_is_what_a_count_finds(pack: Pack, folder: Folder) -> None:
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    table = table_of(pack, "shop")

    def holds() -> None:
        assert [tally(table.name, area).rows for area in AREAS] == [count(table, area) for area in AREAS]

    holds()
    with connection.cursor() as cursor:
        for statement in (
            "INSERT INTO first.shop (number, _area_code, _source, _changed_by) VALUES ('9', NULL, 't', 't')",
            "UPDATE first.shop SET _area_code = '621103003202' WHERE number = '1'",
            "UPDATE first.shop SET staff = 4",
            "DELETE FROM first.shop WHERE number = '2'",
            "DELETE FROM first.shop WHERE false",
        ):
            cursor.execute(statement)
            holds()
    before = tallies([table.name], "")
    fold()
    holds()
    assert tallies([table.name], "") == before


def test_rows_that_were_there_before_are_counted_too(pack: Pack, folder: Folder) -> None:
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    name = table_of(pack, "shop").name
    with connection.cursor() as cursor:
        for done in ("inserted", "updated", "deleted"):
            cursor.execute(f"DROP TRIGGER tally_{done} ON first.shop")
        cursor.execute("DELETE FROM registry.tally")
    build([pack])
    build([pack])
    assert tally(name, "").rows == 2


def test_the_last_change_is_known(pack: Pack, folder: Folder) -> None:
    build([pack])
    name = table_of(pack, "shop").name
    assert tally(name, "").changed_at is None
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    assert tally(name, "621102").changed_at is not None
    assert tally(name, "33").changed_at is None


def test_a_register_is_kept_where_somebody_around_or_within_keeps_it(pack: Pack, folder: Folder) -> None:
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    name = table_of(pack, "shop").name
    assert name in kept_tables("6211") and name in kept_tables("621102") and name in kept_tables("62")
    assert name not in kept_tables("3311")
