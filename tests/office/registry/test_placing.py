"""A row that moves takes along whatever belongs where it is."""

import pytest
from django.db import connection

from luoshi.office.registry.loading import load_folder
from luoshi.office.registry.placing import place
from luoshi.office.registry.shape import TableName, tables_of
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import Folder, city, rows_of

pytestmark = pytest.mark.usefixtures("database")


def moved(pack: Pack, table: TableName, statement: str) -> int:
    tables = tables_of([pack])
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return place(tables, table, [1], by="li")


def test_people_go_where_their_household_goes(pack: Pack, folder: Folder) -> None:
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    household = TableName("common", "household")
    assert moved(pack, household, "UPDATE common.household SET area = '621102003202' WHERE id = 1") == 2
    assert rows_of("SELECT _area_code, _version, _changed_by FROM common.person WHERE id = 0") == [
        ("621102003202", 2, "li")
    ]
    assert rows_of("SELECT _version FROM common.person WHERE id = 1") == [(1,)]


def test_a_row_that_leads_nowhere_any_more_is_nowhere(pack: Pack, folder: Folder) -> None:
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    assert moved(pack, TableName("first", "shop"), "UPDATE first.shop SET area = NULL WHERE id = 1") == 2
    assert rows_of("SELECT _area_code FROM first.visit") == [(None,)]


def test_nothing_moves_where_nothing_has_changed(pack: Pack, folder: Folder) -> None:
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    assert moved(pack, TableName("first", "shop"), "SELECT 1") == 0
