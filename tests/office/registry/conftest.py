"""Two small packs with shared registers, their files, and a database of their own for what must be committed."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from tests.office.databases import own_database

Rows = list[dict[str, Any]]
Folder = Callable[[str, Mapping[str, Rows]], Path]

POLICY = """id: {name}
title: {{zh: 试, en: trial}}
number: null
issuer: {{zh: 试, en: trial}}
jurisdiction: "{area}"
status: in-force
issued: 2020-01-01
in_force: {{from: 2020-01-01, to: null}}
imports: [common]
"""
DOCUMENT = """# 试 · Trial

## 一、试 · Trial

试。

Trial.

```yaml register
person:
  extends: person
  fields:
{extra}
shop:
  title: {{zh: 店, en: shop}}
  row: {{zh: 一家店, en: one shop}}
  keeper: {{zh: 部门, en: department}}
  key: [number]
  area: area
  fields:
    number: {{type: text, title: {{zh: 号, en: number}}}}
    area: {{type: ref, to: area, title: {{zh: 地, en: area}}}}
    owner: {{type: ref, to: person, title: {{zh: 主, en: owner}}}}
    kind: {{type: code, title: {{zh: 类, en: kind}}, codes: {{big: {{zh: 大, en: big}}, small: {{zh: 小, en: small}}}}}}
    opened: {{type: date, title: {{zh: 开, en: opened}}}}
    rent: {{type: money, unit: CNY, title: {{zh: 租, en: rent}}}}
    staff: {{type: int, title: {{zh: 员, en: staff}}}}
    contact: {{type: text, title: {{zh: 话, en: contact}}, personal: true, sensitive: true}}
visit:
  title: {{zh: 访, en: visit}}
  row: {{zh: 一次, en: one visit}}
  keeper: {{zh: 部门, en: department}}
  key: [shop, day]
  area: shop.area
  fields:
    shop: {{type: ref, to: shop, title: {{zh: 店, en: shop}}}}
    day: {{type: date, title: {{zh: 日, en: day}}}}
```
"""
EXTRA = "    moved: {type: date, title: {zh: 迁, en: moved}}"


def written_pack(folder: Path, name: str, area: str, extra: str = EXTRA) -> Pack:
    """A pack written into a folder and read."""
    place = folder / name
    place.mkdir()
    (place / "policy.yaml").write_text(POLICY.format(name=name, area=area), encoding="utf-8")
    (place / "1-trial.md").write_text(DOCUMENT.format(extra=extra), encoding="utf-8")
    return load_pack(str(place), examples=False)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """The first city's."""
    return written_pack(tmp_path, "first", "6211")


@pytest.fixture
def other(tmp_path: Path) -> Pack:
    """The second city's, which says something else about people."""
    return written_pack(tmp_path, "second", "3311", "    skilled: {type: bool, title: {zh: 技, en: skilled}}")


SCHEMAS: Mapping[str, Any] = {
    "area": [("id", pa.string()), ("name", pa.string())],
    "household": [("id", pa.int64()), ("register_number", pa.string()), ("area", pa.string())],
    "person": [("id", pa.int64()), ("citizen_id", pa.string()), ("name", pa.string()), ("household", pa.int64()),
               ("birth_date", pa.date32())],
    "shop": [("id", pa.int64()), ("number", pa.string()), ("area", pa.string()), ("owner", pa.int64()),
             ("kind", pa.string()), ("opened", pa.date32()), ("rent", pa.decimal128(18, 2)), ("staff", pa.int64()),
             ("contact", pa.string())],
    "visit": [("id", pa.int64()), ("shop", pa.int64()), ("day", pa.date32())],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes registers as files into a folder with a name."""

    def write(name: str, registers: Mapping[str, Rows]) -> Path:
        place = tmp_path / "files" / name
        place.mkdir(parents=True)
        for register, rows in registers.items():
            table = pa.Table.from_pylist(rows, pa.schema(SCHEMAS[register]))
            pq.write_table(table, place / f"{register}.parquet")
        return place

    return write


def city(area: str) -> dict[str, Rows]:
    """A small city: three villages in two counties, two households, two people, two shops, one visit."""
    areas = [area, f"{area}02", f"{area}02003", f"{area}02003201", f"{area}02003202", f"{area}03003201"]
    return {
        "area": [{"id": code, "name": f"地{code}"} for code in areas],
        "household": [
            {"id": 0, "register_number": f"{area}-a", "area": areas[3]},
            {"id": 1, "register_number": f"{area}-b", "area": areas[5]},
        ],
        "person": [
            {"id": 0, "citizen_id": f"99{area}194912310021", "name": "甲", "household": 1},
            {"id": 1, "citizen_id": f"99{area}194912310022", "name": "乙", "household": 0},
        ],
        "shop": [
            {"id": 0, "number": "1", "area": areas[3], "owner": 1, "kind": "big", "staff": 3, "contact": "139 0000"},
            {"id": 1, "number": "2", "area": areas[5], "owner": 0},
        ],
        "visit": [{"id": 7, "shop": 1}],
    }


@pytest.fixture
def committed() -> Iterator[None]:
    """A new database, so that what is committed is seen by other connections and gone afterwards."""
    with own_database():
        yield


def rows_of(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())
