"""What the environment says about the service, read once and checked; every name and its meaning stand here."""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA = "LUOSHI_DATA"
KEY_BYTES = 16
"""An SM4 key."""


IDLE, LONGEST_IDLE = 30, 480


class WrongEnvironment(RuntimeError):
    """A variable of the environment says something that cannot be meant."""


@dataclass(frozen=True)
class Environment:
    """The settings of one installation.

    `data`: the folder of everything the service keeps outside its database (`LUOSHI_DATA`). `database`: the address of
    a PostgreSQL database (`DATABASE_URL`); without one the server that comes along is used. `hosts`: names under which
    the service is reached (`LUOSHI_HOSTS`, with commas). `tls`: whether people reach it by https (`LUOSHI_TLS=1`).
    `two_factor`: whether a password alone opens nothing (`LUOSHI_TWO_FACTOR`, on unless it is 0).
    `idle`: after so many minutes without doing anything an official signs in again (`LUOSHI_IDLE`, 30).
    `debug`: errors with their working on the page (`LUOSHI_DEBUG=1`), for developers only. `secret` signs sessions,
    `row_key` encrypts fields, `index_key` makes them searchable: from `LUOSHI_SECRET`, `LUOSHI_ROW_KEY`,
    `LUOSHI_INDEX_KEY` (hexadecimal), else made once and kept in the folder. `scanner`: the command that looks for
    viruses in an uploaded file (`LUOSHI_SCANNER`, such as `clamdscan --fdpass`): given the path, 0 means clean.
    `demonstration`: whether messages are shown on a page instead of sent (`LUOSHI_DEMONSTRATION=1`), never with data of
    people. `message_gateway`, `message_token`: where messages to phones are handed over (`LUOSHI_MESSAGE_GATEWAY`), and
    what the carrier asks for (`LUOSHI_MESSAGE_TOKEN`).
    """

    data: Path
    database: str | None
    hosts: tuple[str, ...]
    tls: bool
    two_factor: bool
    debug: bool
    secret: str
    row_key: bytes
    index_key: bytes
    scanner: tuple[str, ...] = ()
    demonstration: bool = False
    message_gateway: str = ""
    message_token: str = ""
    idle: int = IDLE


def read(given: Mapping[str, str] = os.environ) -> Environment:
    """The settings in `given`. `WrongEnvironment` tells what is wrong with one."""
    data = Path(given.get(DATA) or "build/service").resolve()
    (data / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
    return Environment(
        data=data,
        database=given.get("DATABASE_URL") or None,
        hosts=tuple(given.get("LUOSHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")),
        tls=_switch(given, "LUOSHI_TLS"),
        two_factor=_switch(given, "LUOSHI_TWO_FACTOR", "1"),
        debug=_switch(given, "LUOSHI_DEBUG"),
        secret=given.get("LUOSHI_SECRET") or _kept(data / "keys" / "secret", 32).hex(),
        row_key=_key(given, "LUOSHI_ROW_KEY", data / "keys" / "row"),
        index_key=_key(given, "LUOSHI_INDEX_KEY", data / "keys" / "index"),
        scanner=tuple(shlex.split(given.get("LUOSHI_SCANNER", ""))),
        demonstration=_switch(given, "LUOSHI_DEMONSTRATION"),
        message_gateway=given.get("LUOSHI_MESSAGE_GATEWAY", ""),
        message_token=given.get("LUOSHI_MESSAGE_TOKEN", ""),
        idle=_minutes(given, "LUOSHI_IDLE", IDLE),
    )


def _switch(given: Mapping[str, str], name: str, unsaid: str = "0") -> bool:
    said = given.get(name, unsaid)
    if said not in {"0", "1"}:
        raise WrongEnvironment(f"{name} is {said!r}; expected 1 (on) or 0 (off).")
    return said == "1"


def _minutes(given: Mapping[str, str], name: str, unsaid: int) -> int:
    said = given.get(name, str(unsaid))
    if not said.isdecimal() or not 1 <= int(said) <= LONGEST_IDLE:
        raise WrongEnvironment(f"{name} is {said!r}; expected minutes, 1 to {LONGEST_IDLE}.")
    return int(said)


def _key(given: Mapping[str, str], name: str, file: Path) -> bytes:
    if name not in given:
        return _kept(file, KEY_BYTES)
    try:
        key = bytes.fromhex(given[name])
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongEnvironment(f"{name} is not a key; expected {2 * KEY_BYTES} hexadecimal digits.")
    return key


def _kept(file: Path, size: int) -> bytes:
    """The bytes in a file that nobody else may read; made when there is none."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(secrets.token_bytes(size))
    except FileExistsError:
        pass
    return file.read_bytes()
