"""A small register of the tests: two counties, people whose names are hard to write, and loans."""

from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.test import Client

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.registry.loading import load_folder
from luoshi.office.runs import actions, library
from tests.office.verified import let_in

PACK, CITY, ONE, OTHER = "lishui-draft", "3311", "331121", "331122"
PERSONS, LOANS = f"/registers/{PACK}/person/", f"/registers/{PACK}/loan_interest/"
VILLAGES = ("331121001201", "331121001202", "331122001201")
NAMES = (
    "张三丰",
    "张山",
    "李四",
    "单雄信",
    "㐱䶮",
    "𠮷野",
    "阿卜杜拉·买买提",
    "=1+1",
    "吕布",
    "欧阳建国",
    None,
    "王建国",
)
LOANED = 120
NUMBERS = count()


def citizen_id(number: int) -> str:
    """The id number of a person."""
    return f"99112119800101{number:03}X"


def fill(folder: Path) -> None:
    """The registers are loaded and the pack is installed."""
    codes = [CITY, ONE, OTHER, "331121001", "331122001", *VILLAGES]
    registers: dict[str, list[dict[str, Any]]] = {
        "area": [{"id": code, "name": f"样例{code}"} for code in codes],
        "household": [{"id": n, "register_number": f"H{n}", "area": VILLAGES[n]} for n in range(3)],
        "person": [
            {"id": n, "citizen_id": citizen_id(n), "name": name, "household": n % 3,
             "sex": [None, "male", "female"][n % 3], "birth_date": date(1980, 1, 1 + n)}
            for n, name in enumerate(NAMES)
        ],
        "loan_interest": [
            {"id": n, "loan_number": f"L{n:03}", "interest_year": 2023, "area": VILLAGES[n % 3], "bank": f"银行{n % 7}",
             "principal": Decimal(n), "processing_use": [True, False, None][n % 3]}
            for n in range(LOANED)
        ],
    }  # fmt: skip
    folder.mkdir()
    for name, rows in registers.items():
        table = pa.Table.from_pylist(rows)
        pq.write_table(table, folder / f"{name}.parquet")
    load_folder(library.pack(PACK), folder, source="trial", by="tester", keep_doubles=True)
    actions.install(PACK, by="tester")


def somebody(role: str = Role.CITY_COORDINATOR, area: str = CITY, name: str = "") -> User:
    """Somebody with a role in an area."""
    user = open_account(name or f"{role}-{next(NUMBERS)}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    return user


def signed_in(role: str = Role.CITY_COORDINATOR, area: str = CITY, name: str = "") -> Client:
    """The browser of somebody with a role in an area."""
    return let_in(Client(), somebody(role, area, name))
