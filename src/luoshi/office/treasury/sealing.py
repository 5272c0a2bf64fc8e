"""What the treasury keeps encrypted: numbers of people and accounts, what rosters say about people, bank files."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from luoshi.office.database.secrecy import Secrecy
from luoshi.office.treasury.deciding import Subject

ID_PLACE = "treasury.payee.id"
ACCOUNT_PLACE = "treasury.payee.account"
SUBJECT_PLACE = "treasury.commitment.subject"
FILE_PLACE = "treasury.file"
PERSONAL = ("name", "id_number", "head_name", "head_id")


def index_of(number: str, keys: Secrecy) -> bytes | None:
    """What a number is found by; None where there is none."""
    return keys.index(number) if number.strip() else None


def close_subject(subject: Subject, keys: Secrecy) -> bytes:
    """Names, numbers and further words of a subject, sealed together."""
    kept: dict[str, Any] = {name: getattr(subject, name) for name in PERSONAL} | {"more": dict(subject.more)}
    return keys.close(json.dumps(kept, ensure_ascii=False), SUBJECT_PLACE)


def open_subject(closed: bytes | memoryview, keys: Secrecy) -> Mapping[str, Any]:
    """The same, opened: `name`, `id_number`, `head_name`, `head_id`, `more`."""
    opened: Mapping[str, Any] = json.loads(keys.open(bytes(closed), SUBJECT_PLACE))
    return opened


def close_file(content: bytes, keys: Secrecy) -> bytes:
    """A file, sealed."""
    return keys.close(base64.b85encode(content).decode(), FILE_PLACE)


def open_file(closed: bytes | memoryview, keys: Secrecy) -> bytes:
    """The same, opened; `Tampered` where somebody has changed it."""
    return base64.b85decode(keys.open(bytes(closed), FILE_PLACE))
