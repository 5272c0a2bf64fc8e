"""What a folder keeps of its registers is found as long as it is theirs, whole, and nobody else's."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.engines.native import Wish, ingest, run, taking
from luoshi.rulebook.engines.native.shelf import Shelf, as_cells
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.engines.native.rows import ON
from tests.unit.rulebook.engines.sql.registers import digests, pack, registers, with_text_ids, written

FACTS = (("thing", "parts"),)


@pytest.fixture(params=[dict, with_text_ids])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return written(tmp_path / "in", request.param(registers(1000)))


def decided(source: Path, out: Path) -> dict[str, str]:
    run(pack(), source, ON, out, facts=FACTS)
    return digests(out)


def kept(source: Path, facts: tuple[tuple[str, str], ...] = FACTS) -> Path:
    return ingest(Wish(pack(), Wanted(facts), source), 2)


def is_read(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a run reads the registers instead of mapping what is kept."""
    seen: list[object] = []
    take = taking._Taking.anew
    monkeypatch.setattr(taking._Taking, "anew", lambda self: seen.append(self) or take(self))
    decided(source, out)
    return bool(seen)


def test_the_same_bytes(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = decided(source, tmp_path / "out")
    assert kept(source) == kept(source)
    assert not is_read(source, tmp_path / "out", monkeypatch)
    assert decided(source, tmp_path / "out") == wanted


def test_nothing_that_cannot_be_used_is_kept(tmp_path: Path) -> None:
    table = registers(9)["thing"]
    source = written(tmp_path / "in", {"thing": pa.concat_tables([table, table])})
    with pytest.raises(Refused):
        kept(source)
    assert list((source / ".kept").iterdir()) == []


def test_files_that_changed_are_read_and_what_was_kept_of_them_goes(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(source)
    (source / ".kept" / "not ours").mkdir()
    table = pq.read_table(source / "thing.parquet")
    pq.write_table(table.slice(1), source / "thing.parquet")
    assert is_read(source, tmp_path / "out", monkeypatch)
    assert kept(source) != before and not before.exists() and (source / ".kept" / "not ours").is_dir()


def test_more_is_kept_than_asked_for_but_never_less(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = kept(source)
    about = json.loads((place / "about.json").read_text())
    del about["columns"]["part"]["paid"]
    (place / "about.json").write_text(json.dumps(about))
    assert is_read(source, tmp_path / "out", monkeypatch)


def _of_another_type(place: Path) -> None:
    told = (place / "about.json").read_text()
    (place / "about.json").write_text(told.replace("Date(", "Day(").replace("Bool(", "Truth("))


def _torn(place: Path) -> None:
    content = (place / "thing.good.arrow").read_bytes()
    (place / "thing.good.arrow").write_bytes(content[: len(content) // 2])


def _shorter(place: Path) -> None:
    (place / "thing.good.arrow").write_bytes((place / "part.id.arrow").read_bytes())


def _leading_nowhere(place: Path) -> None:
    shelf = Shelf(place)
    cells = as_cells(shelf.get("part.thing")).copy()
    cells[3] = 10**6
    (place / "part.thing.arrow").unlink()
    shelf.put("part.thing", pa.array(cells))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda place: place.chmod(0o770),
        lambda place: place.parent.chmod(0o777),
        lambda place: (place / "about.json").write_text("[]"),
        lambda place: (place / "about.json").unlink(),
        lambda place: (place / "thing.id.arrow").write_bytes(b""),
        _of_another_type,
        _torn,
        _shorter,
        _leading_nowhere,
    ],
)
def test_whatever_is_wrong_is_not_used(
    spoil: Callable[[Path], object], source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = decided(source, tmp_path / "out")
    spoil(kept(source))
    assert is_read(source, tmp_path / "out", monkeypatch)
    assert decided(source, tmp_path / "out") == wanted


def test_whoever_may_write_elsewhere_cannot_put_it_there(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(source)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert is_read(source, tmp_path / "out", monkeypatch)
    shutil.rmtree(source / ".kept")
