"""What the environment says."""

import stat
from pathlib import Path

import pytest

from luoshi.office.config.environment import WrongEnvironment, read


def test_nothing_said_is_safe(tmp_path: Path) -> None:
    found = read({"LUOSHI_DATA": str(tmp_path)})
    assert not found.debug
    assert found.two_factor and found.idle == 30
    assert found.database is None
    assert found.hosts == ("localhost", "127.0.0.1", "[::1]")


def test_keys_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    first, second = (read({"LUOSHI_DATA": str(tmp_path)}) for _ in range(2))
    assert (first.secret, first.row_key, first.index_key) == (second.secret, second.row_key, second.index_key)
    assert first.row_key != first.index_key
    for file in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_keys_can_be_given(tmp_path: Path) -> None:
    found = read({"LUOSHI_DATA": str(tmp_path), "LUOSHI_ROW_KEY": "0f" * 16})
    assert found.row_key == b"\x0f" * 16


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("LUOSHI_DEBUG", "yes", "expected 1"),
        ("LUOSHI_TLS", "", "expected 1"),
        ("LUOSHI_TWO_FACTOR", "off", "expected 1"),
        ("LUOSHI_ROW_KEY", "0f" * 15, "32 hexadecimal digits"),
        ("LUOSHI_INDEX_KEY", "zz" * 16, "32 hexadecimal digits"),
        ("LUOSHI_IDLE", "0", "1 to 480"),
        ("LUOSHI_IDLE", "half an hour", "expected minutes"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_showing_a_key(tmp_path: Path, name: str, said: str, told: str) -> None:
    with pytest.raises(WrongEnvironment, match=told) as refused:
        read({"LUOSHI_DATA": str(tmp_path), name: said})
    assert "0f0f" not in str(refused.value)
