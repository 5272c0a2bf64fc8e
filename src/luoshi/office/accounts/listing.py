"""Opens the accounts of a list: a CSV file with one account a line."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User

COLUMNS = ("username", "display_name", "role", "area", "department")


@dataclass(frozen=True)
class Opened:
    """An account with its first password, which is shown once and kept nowhere."""

    username: str
    display_name: str
    post: Post
    password: str


@transaction.atomic
def open_accounts(file: Path, start: date, *, by: str) -> tuple[Opened, ...]:
    """Open every account of the list that is not there yet, all of them or none.

    `AccountError` names every line that is wrong.
    """
    problems: list[str] = []
    opened = []
    for line, row in _rows(file):
        try:
            if not User.objects.filter(username__iexact=row["username"]).exists():
                opened.append(_open(row, start, by=by))
        except AccountError as problem:
            problems.append(f"{file.name}, line {line}: {problem}")
    if problems:
        raise AccountError("\n".join(problems))
    return tuple(opened)


def _open(row: dict[str, str], start: date, *, by: str) -> Opened:
    post = Post(row["role"], row["area"], row["department"])
    password = secrets.token_urlsafe(12)
    appoint(open_account(row["username"], row["display_name"], password, by=by), post, start, by=by)
    return Opened(row["username"], row["display_name"], post, password)


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            seen = ", ".join(reader.fieldnames or ()) or "nothing"
            raise AccountError(f"{file.name}, line 1: the columns are {seen}; expected {', '.join(COLUMNS)}")
        yield from ((reader.line_num, {name: value or "" for name, value in row.items()}) for row in reader)
