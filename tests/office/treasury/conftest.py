"""A database of each module's own, with the registers of a pack and two counties."""

from collections.abc import Iterator

import pytest
from django.db import connection

from luoshi.office.registry.building import build
from luoshi.office.runs import library
from tests.office.treasury.place import AREAS


@pytest.fixture(scope="module")
def ground(apart_together: None) -> Iterator[None]:
    build([library.pack("lishui-draft")])  # the shared registers, and few beside them
    with connection.cursor() as cursor:
        for code, name, level in AREAS:
            cursor.execute(
                "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)"
                " VALUES (%s, %s, %s, %s, 'test', 'tester')",
                [code, name, level, code],
            )
    yield
