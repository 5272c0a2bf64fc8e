"""Opens the accounts of a list, one account a line: all of them or none."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from luoshi.office.accounts.actions import Post, appoint, hold_name, open_account
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User
from luoshi.office.accounts.passwords import first_password
from luoshi.office.accounts.persons import index_of, name_person

COLUMNS = ("username", "display_name", "role", "area", "department", "id_number")
NEEDED = COLUMNS[:-1]
"""What a file has to have."""
MOST_NAME = 60


@dataclass(frozen=True)
class Line:
    """A line of a list, with its number there."""

    number: int
    username: str
    display_name: str
    role: str
    area: str
    department: str
    id_number: str = ""
    """The number on the card of whoever it is for; never kept."""

    @property
    def post(self) -> Post:
        """What it appoints to; `AccountError` where that is no post."""
        return Post(self.role, self.area, self.department)


Check = Callable[[Line, Post], None]


@dataclass(frozen=True)
class Judged:
    """A line with what is wrong with it, if anything; `is_there`: its account exists, and stays as it is."""

    line: Line
    is_there: bool
    problem: AccountError | None


@dataclass(frozen=True)
class Opened:
    """An account with its first password, which is shown once and kept nowhere."""

    username: str
    display_name: str
    post: Post
    password: str


def judge(lines: Sequence[Line], check: Check = lambda line, post: None) -> tuple[Judged, ...]:
    """Each line with what is wrong with it; `check` refuses what may not be given."""
    names = Counter(line.username.lower() for line in lines)
    taken = {name.lower() for name in User.objects.values_list("username", flat=True)}
    return tuple(_judged(line, names, taken, check) for line in lines)


def _judged(line: Line, names: Counter[str], taken: set[str], check: Check) -> Judged:
    is_there = line.username.lower() in taken
    try:
        if names[line.username.lower()] > 1:
            raise AccountError(f"the account {line.username!r} stands in the list twice", "twice", seen=line.username)
        if not is_there:
            _hold(line, check)
    except AccountError as problem:
        return Judged(line, is_there, problem)
    return Judged(line, is_there, None)


def _hold(line: Line, check: Check) -> None:
    hold_name(line.username)
    if not 0 < len(line.display_name) <= MOST_NAME:
        raise AccountError("the name of the person is missing, or longer than 60", "no-person")
    if len(line.department) > MOST_NAME:
        raise AccountError("the name of the department is longer than 60", "long")
    if line.id_number:
        index_of(line.id_number)
    check(line, line.post)


@transaction.atomic
def open_lines(
    lines: Iterable[Line], start: date, *, by: str, origin: str = "", first: bool = True
) -> tuple[Opened, ...]:
    """Open the accounts of lines that were judged and are not there yet; `first`: each changes its password first."""
    return tuple(
        _open(line, start, by, origin, first=first)
        for line in lines
        if not User.objects.filter(username__iexact=line.username).exists()
    )


def open_accounts(file: Path, start: date, *, by: str, first: bool = True) -> tuple[Opened, ...]:
    """Open every account of a CSV file that is not there yet, all of them or none.

    `AccountError` names every line that is wrong.
    """
    lines = tuple(_lines(file))
    wrong = [one for one in judge(lines) if one.problem is not None]
    if wrong:
        raise AccountError("\n".join(f"{file.name}, line {one.line.number}: {one.problem}" for one in wrong))
    return open_lines(lines, start, by=by, first=first)


def _open(line: Line, start: date, by: str, origin: str, *, first: bool) -> Opened:
    password, post = first_password(), line.post
    name = line.display_name
    user = open_account(line.username, name, password, by=by, origin=origin, area=post.area, first=first)
    if line.id_number:
        name_person(user, line.id_number, by=by, origin=origin)
    appoint(user, post, start, by=by, origin=origin)
    return Opened(line.username, line.display_name, post, password)


def _lines(file: Path) -> Iterator[Line]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        if tuple(reader.fieldnames or ()) not in {NEEDED, COLUMNS}:
            seen = ", ".join(reader.fieldnames or ()) or "nothing"
            known = f"{', '.join(NEEDED)} and perhaps {COLUMNS[-1]}"
            raise AccountError(f"{file.name}, line 1: the columns are {seen}; expected {known}")
        for row in reader:
            yield Line(reader.line_num, *(row.get(name) or "" for name in COLUMNS))
