"""Folders of files: taken whole with areas and references, or refused whole with every reason."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.office.registry.building import build
from luoshi.office.registry.errors import Refused
from luoshi.office.registry.loading import load_folder
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import Folder, city, rows_of

pytestmark = pytest.mark.usefixtures("database")


def load(pack: Pack, place: Path, **options: bool) -> dict[str, int]:
    return load_folder(pack, place, source="trial", by="chen", **options)


def problems(pack: Pack, place: Path) -> list[tuple[str, str, str, tuple[int, ...]]]:
    with pytest.raises(Refused) as refused:
        load(pack, place)
    return [(each.kind, each.register, each.column, each.rows) for each in refused.value.problems]


def test_rows_get_the_area_that_their_references_lead_to(pack: Pack, folder: Folder) -> None:
    assert load(pack, folder("one", city("6211"))) == {"area": 6, "household": 2, "person": 2, "shop": 2, "visit": 1}
    assert rows_of("SELECT id, _area_code FROM common.person ORDER BY id") == [(0, "621103003201"), (1, "621102003201")]
    assert rows_of("SELECT _area_code, _source, _changed_by, _version FROM first.visit") == [
        ("621103003201", "trial", "chen", 1)
    ]


def test_an_area_that_nothing_leads_to_is_unknown(pack: Pack, folder: Folder) -> None:
    registers = city("6211")
    registers["household"][0]["area"] = None
    registers["person"][0]["household"] = None
    load(pack, folder("one", registers))
    assert rows_of("SELECT DISTINCT _area_code FROM common.person") == [(None,)]


def test_a_second_city_comes_behind_the_first_with_its_references(pack: Pack, other: Pack, folder: Folder) -> None:
    load(pack, folder("one", city("6211")))
    load(other, folder("two", city("3311")))
    assert rows_of("SELECT id, household, left(_area_code, 4) FROM common.person ORDER BY id") == [
        (0, 1, "6211"), (1, 0, "6211"), (2, 3, "3311"), (3, 2, "3311"),
    ]  # fmt: skip
    assert rows_of("SELECT id, owner FROM second.shop ORDER BY id") == [(0, 3), (1, 2)]
    new = rows_of("INSERT INTO common.person (_source, _changed_by) VALUES ('x', 'y') RETURNING id")
    assert new == [(4,)]


def test_numbers_of_people_are_not_in_the_database_as_they_are(pack: Pack, folder: Folder) -> None:
    load(pack, folder("one", city("6211")))
    ((cell, index),) = rows_of("SELECT citizen_id, _citizen_id_index FROM common.person WHERE id = 0")
    assert b"1949" not in bytes(cell) and len(bytes(index)) == 32


def test_the_same_folder_twice_changes_nothing(pack: Pack, folder: Folder) -> None:
    place = folder("one", city("6211"))
    load(pack, place)
    assert load(pack, place) == {}
    assert rows_of("SELECT count(*) FROM first.shop") == [(2,)]
    assert rows_of("""SELECT "rows"->>'shop', source, loaded_by FROM registry.loaded_folder""") == [
        ("2", "trial", "chen")
    ]


def test_everything_wrong_is_told_at_once_and_nothing_is_taken(pack: Pack, folder: Folder) -> None:
    registers = city("6211")
    registers["shop"] += [
        {"id": 2, "number": "3", "kind": "huge", "opened": date(999, 1, 1), "rent": Decimal("99999999999.00")},
        {"id": 2, "number": "1", "owner": 77, "staff": 10**9, "area": "9999"},
        {"id": None, "number": "a\0b"},
    ]
    assert problems(pack, folder("one", registers)) == [
        ("reference", "shop", "area", (4,)),
        ("id", "shop", "id", (5,)),
        ("id", "shop", "id", (4,)),
        ("code", "shop", "kind", (3,)),
        ("key", "shop", "number", (4,)),
        ("sign", "shop", "number", (5,)),
        ("day", "shop", "opened", (3,)),
        ("reference", "shop", "owner", (4,)),
        ("digits", "shop", "rent", (3,)),
        ("digits", "shop", "staff", (4,)),
    ]
    assert rows_of("SELECT count(*) FROM common.area") == [(0,)]
    assert rows_of("SELECT count(*) FROM registry.kept_register") == [(0,)]


def test_problems_do_not_tell_values(pack: Pack, folder: Folder) -> None:
    registers = city("6211")
    registers["person"].append(dict(registers["person"][0], id=2))
    with pytest.raises(Refused) as refused:
        load(pack, folder("one", registers))
    assert str(refused.value) == "person.citizen_id: key, 1 rows (3): another row has the same"


def test_doubles_can_be_kept_and_are_marked(pack: Pack, folder: Folder) -> None:
    registers = city("6211")
    registers["person"].append(dict(registers["person"][0], id=2))
    load(pack, folder("one", registers), keep_doubles=True)
    assert rows_of("SELECT id FROM common.person WHERE _double") == [(2,)]


def test_a_key_that_the_register_has_is_a_double_too(pack: Pack, folder: Folder) -> None:
    load(pack, folder("one", city("6211")))
    again = city("6211")
    again["visit"], again["shop"] = [], again["shop"][:1]
    found = problems(pack, folder("again", again))
    assert [each[:3] for each in found] == [
        ("key", "household", "register_number"), ("key", "person", "citizen_id"), ("key", "shop", "number"),
    ]  # fmt: skip


def test_a_known_division_takes_the_cells_of_the_folder(pack: Pack, folder: Folder) -> None:
    load(pack, folder("one", {"area": [{"id": "62", "name": "旧"}, {"id": "6211", "name": "市"}]}))
    load(pack, folder("two", {"area": [{"id": "62", "name": "新"}, {"id": "6211", "name": "市"}]}))
    assert rows_of("SELECT id, name, _version FROM common.area ORDER BY id") == [("62", "新", 2), ("6211", "市", 1)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"id": [1], "colour": ["red"]}, ("column", "shop", "colour")),
        ({"id": [1], "opened": ["2020-01-01"]}, ("type", "shop", "opened")),
        ({"id": [1], "staff": [1.5]}, ("type", "shop", "staff")),
        ({"id": [1], "rent": pa.array([Decimal("1.005")])}, ("places", "shop", "rent")),
        ({"id": ["one"]}, ("id", "shop", "id")),
        ({"number": ["1"]}, ("id", "shop", "id")),
    ],
)
def test_columns_that_cannot_be_used_are_refused(
    pack: Pack, tmp_path: Path, table: dict[str, object], expected: tuple[str, str, str]
) -> None:
    pq.write_table(pa.table(table), tmp_path / "shop.parquet")
    assert [each[:3] for each in problems(pack, tmp_path)] == [expected]


def test_a_file_that_is_none_and_a_folder_without_registers_are_refused(pack: Pack, tmp_path: Path) -> None:
    assert problems(pack, tmp_path) == [("file", "", "", ())]
    (tmp_path / "shop.parquet").write_bytes(b"no")
    assert problems(pack, tmp_path) == [("file", "shop", "", ())]


def test_no_row_is_lost_at_the_border_of_a_batch(pack: Pack, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.office.registry.staging.BATCH", 1)
    load(pack, folder("one", city("6211")))
    assert rows_of("SELECT count(*) FROM first.shop") == [(2,)]
    wrong = city("3311")
    wrong["shop"][1]["kind"] = "huge"
    assert problems(pack, folder("two", wrong)) == [("code", "shop", "kind", (2,)), ("key", "shop", "number", (1, 2))]


def test_loading_needs_no_tables_made_before(pack: Pack, folder: Folder) -> None:
    build([pack])
    assert load(pack, folder("one", {"area": [{"id": "6211", "name": "市"}]})) == {"area": 1}


def test_a_large_folder_into_empty_registers_leaves_indexes_and_references_as_they_were(
    pack: Pack, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.office.registry.loading.MANY", 1)
    build([pack])
    before = _held()
    load(pack, folder("one", city("6211")))
    assert _held() == before
    load(pack, folder("two", city("6212")), keep_doubles=True)
    assert _held() == before
    assert rows_of("SELECT count(*) FROM first.shop") == [(4,)]


def _held() -> dict[str, list[tuple[int, ...]]]:
    """The indexes and constraints of the registers, with what is said of them."""
    indexes = "SELECT indexrelid::regclass::text, obj_description(indexrelid), indisvalid FROM pg_index"
    rules = "SELECT conrelid::regclass::text, conname, obj_description(oid), condeferred FROM pg_constraint"
    at_home = "IN (SELECT oid FROM pg_class WHERE relnamespace::regnamespace::text IN ('common', 'first'))"
    return {
        "indexes": rows_of(f"{indexes} WHERE indrelid {at_home} ORDER BY 1"),
        "rules": rows_of(f"{rules} WHERE conrelid {at_home} ORDER BY 1, 2"),
    }
