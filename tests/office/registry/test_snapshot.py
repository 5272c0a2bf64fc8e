"""Snapshots: what comes out is what went in, of one moment, of one jurisdiction, and an engine cannot tell."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection

from luoshi.office.registry import snapshot as snapshots
from luoshi.office.registry.loading import keep, load_folder
from luoshi.office.registry.snapshot import snapshot
from luoshi.rulebook.cases.local_file import load_local_values
from luoshi.rulebook.engines import sql
from luoshi.rulebook.loading import find_folder, load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.sampling import load_plan, sample
from tests.office.registry.conftest import Folder, city

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.timeout(600)]


def load(pack: Pack, place: Path, *, keep_doubles: bool = False) -> dict[str, int]:
    return load_folder(pack, place, source="trial", by="chen", keep_doubles=keep_doubles)


def ids(place: Path) -> dict[str, list[object]]:
    return {file.stem: pq.read_table(file)["id"].to_pylist() for file in sorted(place.glob("*.parquet"))}


def test_each_pack_sees_its_own_area_and_the_divisions_above(
    pack: Pack, other: Pack, folder: Folder, tmp_path: Path
) -> None:
    registers = city("6211")
    registers["area"].append({"id": "62", "name": "省"})
    load(pack, folder("one", registers))
    load(other, folder("two", city("3311")))
    assert snapshot(pack, tmp_path / "first-out") == {"area": 7, "household": 2, "person": 2, "shop": 2, "visit": 1}
    snapshot(other, tmp_path / "second-out")
    assert ids(tmp_path / "first-out")["area"][:2] == ["62", "6211"]
    assert ids(tmp_path / "second-out")["person"] == [2, 3]


def test_rows_without_an_area_are_in_every_snapshot(pack: Pack, other: Pack, folder: Folder, tmp_path: Path) -> None:
    registers = city("6211")
    registers["person"].append({"id": 2, "name": "丙"})
    load(pack, folder("one", registers))
    keep(other, ["person"], by="chen")
    load(other, folder("two", {"area": [{"id": "3311", "name": "市"}]}))
    snapshot(other, tmp_path / "out")
    assert ids(tmp_path / "out")["person"] == [2]


def test_a_register_that_nobody_keeps_has_no_file_and_an_empty_one_has(
    pack: Pack, other: Pack, folder: Folder, tmp_path: Path
) -> None:
    load(pack, folder("one", {"area": [{"id": "6211", "name": "市"}]}))
    assert snapshot(pack, tmp_path / "before") == {"area": 1}
    keep(pack, ["person"], by="chen")
    assert snapshot(pack, tmp_path / "after") == {"area": 1, "person": 0}
    load(other, folder("two", {"area": [{"id": "3311", "name": "市"}]}))
    assert snapshot(other, tmp_path / "elsewhere") == {"area": 1}, "people are kept in another city only"


def test_encrypted_columns_come_out_only_where_an_expression_reads_them(
    pack: Pack, folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(pack, folder("one", city("6211")))
    snapshot(pack, tmp_path / "closed")
    assert "citizen_id" not in pq.read_schema(tmp_path / "closed" / "person.parquet").names
    monkeypatch.setattr(snapshots, "texts_read", lambda pack: {("person", "citizen_id")})
    snapshot(pack, tmp_path / "open")
    people = pq.read_table(tmp_path / "open" / "person.parquet")
    assert people["citizen_id"].to_pylist()[0] == "996211194912310021"


def test_a_snapshot_appears_whole_or_not_at_all(pack: Pack, folder: Folder, tmp_path: Path) -> None:
    load(pack, folder("one", city("6211")))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE first.visit RENAME TO gone")
    with pytest.raises(Exception, match="visit"):
        snapshot(pack, tmp_path / "out")
    assert not list(tmp_path.glob("*out*"))
    (tmp_path / "out").mkdir()
    with pytest.raises(FileExistsError):
        snapshot(pack, tmp_path / "out")


def test_all_files_show_one_moment(pack: Pack, folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(pack, folder("one", city("6211")))
    usual = snapshots._write

    def write(*given: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO first.visit (shop, _source, _changed_by) VALUES (0, 'late', 'li')")
        return usual(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(snapshots, "_write", write)
    assert snapshot(pack, tmp_path / "out")["visit"] == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "on"), [("dingxi-2018", date(2019, 12, 31)), ("lishui-draft", date(2023, 12, 31))])
def test_a_run_cannot_tell_a_snapshot_from_the_sampled_city(name: str, on: date, tmp_path: Path) -> None:
    pack = load_pack(name, examples=False)
    sampled, taken = tmp_path / "sampled", tmp_path / "taken"
    sample(pack, load_plan(find_folder(name), pack), 0.002, 1, sampled, lambda register, rows: None)
    assert load(pack, sampled, keep_doubles=True) == snapshot(pack, taken)
    for file in sorted(taken.glob("*.parquet")):
        _same(pack, file, pq.read_table(file), pq.read_table(sampled / file.name))
    _same_results(pack, on, sampled, taken, tmp_path)


def _same(pack: Pack, file: Path, taken: Any, sampled: Any) -> None:
    """Schema and cells; the codes of a dictionary may stand in another order."""
    both = [table.to_pydict() for table in (taken, sampled.select(taken.column_names))]
    assert both[0] == both[1] and taken.schema == sampled.select(taken.column_names).schema, file.name
    left_out = {*sampled.column_names} - {*taken.column_names}
    assert all(pack.registers[file.stem].fields[name].sensitive for name in left_out)


def _same_results(pack: Pack, on: date, sampled: Path, taken: Path, tmp_path: Path) -> None:
    local = load_local_values(sampled, pack)
    one, other = tmp_path / "one", tmp_path / "other"
    sql.run(pack, sampled, on, one, local=local, as_if_in_force=True)
    sql.run(pack, taken, on, other, local=local, as_if_in_force=True)
    files = sorted(file.name for file in one.glob("*.parquet"))
    assert len(files) > 5 and files == sorted(file.name for file in other.glob("*.parquet"))
    for file in files:
        assert pq.read_table(one / file).equals(pq.read_table(other / file)), file
