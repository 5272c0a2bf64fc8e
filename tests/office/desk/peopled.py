"""Areas and accounts for the tests of pages about accounts."""

from datetime import date

from django.db import connection

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.registry.building import build
from luoshi.office.runs import library

PASSWORD = "a-long-sentence-7"
AREAS = {"6211": "样例市", "621102": "样例县", "621102103": "样例镇", "621123": "别县", "331122": "远县"}
LEVELS = {4: "city", 6: "county", 9: "township"}


def settle() -> None:
    """The register of areas holds a few."""
    build([library.pack("dingxi-2018")])
    with connection.cursor() as cursor:
        for code, name in AREAS.items():
            cursor.execute(
                "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)"
                " VALUES (%s, %s, %s, %s, 'test', 'tester')",
                [code, name, LEVELS[len(code)], code],
            )


def opened(name: str, role: str, area: str) -> User:
    """An account that has held a post for years."""
    user = open_account(name, f"姓名{name}", PASSWORD, by="tester")
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    return user
