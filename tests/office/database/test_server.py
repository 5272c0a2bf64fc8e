"""The database that comes along."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from luoshi.office.database import NotStarted, Server, server
from luoshi.office.database.owner import Owner, owner
from luoshi.office.database.tuning import suited

FAST = ("fsync=off",)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and folder != Path("/") and len(folder.parts) > 2:
            folder.chmod(folder.stat().st_mode | 0o011)
    return tmp_path / "server"


def test_a_server_takes_the_settings_that_suit_a_machine(place: Path) -> None:
    one = Server(place, (*suited(2_000), *FAST))
    with psycopg.connect(one.start()) as connection:
        assert connection.execute("SHOW shared_buffers").fetchone() == ("250MB",)
        assert connection.execute("SHOW jit").fetchone() == ("off",)
    one.stop()


def test_a_server_is_made_started_and_stopped(place: Path) -> None:
    one = Server(place, FAST)
    with psycopg.connect(one.start()) as connection:
        (is_super, bypasses) = connection.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone() or (None, None)
        assert (is_super, bypasses) == (False, False)
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    one.stop()
    assert not one.running()
    again = Server(place, FAST)
    with psycopg.connect(again.start()) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(1,)]
    again.stop()


def test_who_finds_a_server_running_uses_it_and_leaves_it(place: Path) -> None:
    first, second = Server(place, FAST), Server(place, FAST)
    assert first.start() == second.start()
    second.stop()
    assert first.running()
    first.stop()
    assert not second.alive()


def test_a_server_ends_with_the_process_that_started_it_even_when_that_is_killed(place: Path) -> None:
    program = f"""
import time
from pathlib import Path
from luoshi.office.database import Server
print(Server(Path({str(place)!r}), ("fsync=off",)).start(), flush=True)
time.sleep(60)
"""
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline().startswith("postgresql://")
    one = Server(place, FAST)
    assert one.running()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    for _ in range(100):
        if not one.running():
            break
        time.sleep(0.1)
    assert not one.running()
    one.start()
    one.stop()


def test_a_server_that_was_killed_is_started_again(place: Path) -> None:
    one = Server(place, FAST)
    with psycopg.connect(one.start()) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    leader = int((place / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(leader, signal.SIGKILL)
    for _ in range(100):
        if not one.alive():
            break
        time.sleep(0.1)
    assert not one.alive()
    with psycopg.connect(one.start()) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(1,)]
    one.stop()


def test_trigrams_of_chinese_are_not_empty(place: Path) -> None:
    one = Server(place, FAST, ["CREATE EXTENSION IF NOT EXISTS pg_trgm"])
    with psycopg.connect(one.start()) as connection:
        (found,) = connection.execute("SELECT show_trgm('样例村')").fetchone() or ((),)
        assert len(found) == 4
    one.stop()


def test_a_server_that_does_not_start_says_its_last_words(place: Path) -> None:
    with pytest.raises(NotStarted, match="no_such_setting"):
        Server(place, ("no_such_setting=1",)).start()


def test_a_folder_that_could_not_be_made_is_made_by_the_next_try(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "ENCODING", ("--locale=xx_XX.nowhere",))
    with pytest.raises(NotStarted):
        Server(place, FAST).start()
    assert not (place / "data").exists()
    monkeypatch.undo()
    one = Server(place, FAST)
    one.start()
    one.stop()


def test_an_ordinary_user_needs_no_words_before_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert owner.__wrapped__() == Owner(words=(), user=None, group=None)
