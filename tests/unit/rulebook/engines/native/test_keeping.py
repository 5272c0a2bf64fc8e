"""Kept code is taken only when it is ours, whole, and of that name; else it is made again."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from luoshi.rulebook.engines.native import keeping
from luoshi.rulebook.engines.native.keeping import kept_code


def counted(code: bytes = b"code") -> tuple[Callable[[], bytes], list[int]]:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return code

    return make, made


def test_code_is_made_once(tmp_path: Path) -> None:
    make, made = counted()
    folder = tmp_path / "a" / "b"
    assert [kept_code(folder, "one", make) for _ in range(3)] == [b"code"] * 3
    assert len(made) == 1
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["one.code"]


def test_what_cannot_be_trusted_is_made_again(tmp_path: Path) -> None:
    make, made = counted()
    kept_code(tmp_path, "one", make)
    path = tmp_path / "one.code"
    whole = path.read_bytes()
    for content in (whole[:-1], b"", b"x" * 40, whole + b"more"):
        path.write_bytes(content)
        assert kept_code(tmp_path, "one", make) == b"code"
    assert len(made) == 5 and path.read_bytes() == whole
    (tmp_path / "two.code").write_bytes(whole)
    assert kept_code(tmp_path, "two", make) == b"code" and len(made) == 6


def test_what_others_may_have_written_is_not_taken(tmp_path: Path) -> None:
    make, made = counted()
    kept_code(tmp_path, "one", make)
    for path, mode in ((tmp_path / "one.code", 0o666), (tmp_path, 0o777)):
        path.chmod(mode)
        kept_code(tmp_path, "one", make)
        path.chmod(0o700)
    assert len(made) == 3


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    make, made = counted()
    (tmp_path / "file").write_text("")
    assert [kept_code(tmp_path / "file", "one", make) for _ in range(2)] == [b"code"] * 2
    assert len(made) == 2


def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_FILES", 2)
    for at, name in enumerate(("one", "two", "three")):
        kept_code(tmp_path, name, counted()[0])
        os.utime(tmp_path / f"{name}.code", (at, at))
    kept_code(tmp_path, "four", counted()[0])
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["four", "three"]


def test_whoever_is_interrupted_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*about: object) -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_code(tmp_path, "one", interrupted)
    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        kept_code(tmp_path, "one", counted()[0])
    assert list(tmp_path.iterdir()) == []


def test_many_at_once_keep_one_whole_file(tmp_path: Path) -> None:
    code = b"code" * 100_000
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: kept_code(tmp_path, "one", lambda: code), range(32)))
    assert set(found) == {code}
    assert [path.name for path in tmp_path.iterdir()] == ["one.code"]
