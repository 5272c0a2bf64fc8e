"""`luoshi backup` and `luoshi restore`: a copy put back elsewhere is the same, and nothing is written over."""

import json
import shutil
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from luoshi.command import main
from luoshi.office.config.opening import administrator_script
from luoshi.office.database import Server

pytestmark = pytest.mark.slow


def _call(monkeypatch: pytest.MonkeyPatch, data: Path, *arguments: str) -> Result:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LUOSHI_DATA", str(data))
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def worked_with(tmp_path: Path) -> Path:
    """An installation whose log has events, without Django, so that this process keeps its own database."""
    server = Server(tmp_path / "one" / "postgres", ("fsync=off",), [administrator_script()])
    with psycopg.connect(server.start()) as connection:
        connection.execute("CREATE TABLE kept (name text)")
        connection.execute("INSERT INTO kept VALUES ('样例')")
        for number in range(3):
            connection.execute("SELECT audit.append('a', 'test.act', %s, '6211', '', '', '{}')", [f"thing:{number}"])
    server.stop()
    for folder in ("attachments", "exports"):
        (tmp_path / "one" / "files" / folder).mkdir(parents=True)
        (tmp_path / "one" / "files" / folder / "paper").write_bytes(b"%PDF")
    return tmp_path / "one"


def _state(data: Path) -> str:
    server = Server(data / "postgres", ("fsync=off",), [administrator_script()])
    with psycopg.connect(server.start()) as connection:
        found = [
            connection.execute(question.encode()).fetchall()
            for question in (
                "SELECT name FROM kept",
                "SELECT id, subject, encode(hash, 'hex') FROM audit.event ORDER BY id",
                "SELECT audit.first_broken()",
                "SELECT tablename, tableowner FROM pg_tables WHERE schemaname IN ('public', 'audit') ORDER BY 1",
            )
        ]
    server.stop()
    return json.dumps(found)


def test_a_copy_put_back_elsewhere_is_the_same(
    worked_with: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "copy"
    assert _call(monkeypatch, worked_with, "backup", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o077 == 0
    before = _state(worked_with)
    shutil.rmtree(worked_with)
    told = _call(monkeypatch, tmp_path / "two", "restore", str(file))
    assert told.exit_code == 0, told.output
    assert _state(tmp_path / "two") == before
    assert "luoshi_audit" in before
    files = tmp_path / "two" / "files"
    assert {str(path.relative_to(files)) for path in files.rglob("*")} == {"attachments", "attachments/paper"}


def test_neither_a_file_nor_a_database_is_written_over(
    worked_with: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "copy"
    _call(monkeypatch, worked_with, "backup", str(file))
    again = _call(monkeypatch, worked_with, "backup", str(file))
    assert again.exit_code == 2
    assert "not written over" in again.output
    before = _state(worked_with)
    told = _call(monkeypatch, worked_with, "restore", str(file))
    assert told.exit_code == 1
    assert "into a new one only" in told.output
    assert _state(worked_with) == before


@pytest.mark.parametrize("kept", [0, 600, 3_000, 9_000])
def test_a_copy_that_was_cut_off_changes_nothing(
    kept: int, worked_with: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "copy"
    _call(monkeypatch, worked_with, "backup", str(file))
    assert file.stat().st_size > 10_240
    file.write_bytes(file.read_bytes()[:kept])
    told = _call(monkeypatch, tmp_path / "two", "restore", str(file))
    assert told.exit_code == 1
    assert list((tmp_path / "two" / "files").iterdir()) == []
    server = Server(tmp_path / "two" / "postgres", ("fsync=off",))
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)
        assert connection.execute("SELECT count(*) FROM audit.event").fetchone() == (0,)
    server.stop()
