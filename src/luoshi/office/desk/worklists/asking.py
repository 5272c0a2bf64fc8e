"""Who asks for a worklist: the policy and area they read, the day, what they may do, what rows are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.sign_ins import shortened
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.origin import address_of
from luoshi.office.desk.reading import Reading, read
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.runs import library
from luoshi.office.runs.models import Run
from luoshi.office.worklists.queries import followed_run
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.area_code import LENGTHS


@dataclass(frozen=True)
class Listed:
    """A row as a list names it. `is_kept`: it is still within the area, so that its page can be opened."""

    id: RowId
    name: str
    area: str
    is_kept: bool


@dataclass(frozen=True)
class Asking:
    """Somebody who reads the worklists of a policy in an area. The lists follow `run`; None before the first."""

    request: HttpRequest
    reading: Reading
    run: Run | None
    lang: str
    today: date

    @cached_property
    def pack(self) -> Pack:
        """The policy in the edition that the run decided by; before the first run the one that holds."""
        return (library.pack_of(self.run) if self.run else None) or self.reading.pack

    @property
    def area(self) -> str:
        """The code of the area."""
        return self.reading.area.code

    @property
    def by(self) -> str:
        """The account that asks."""
        assert isinstance(self.request.user, User)
        return self.request.user.username

    @property
    def origin(self) -> str:
        """Where it asks from, shortened."""
        return shortened(address_of(self.request))

    @cached_property
    def names(self) -> Names:
        """What rows are called within the widest area that may be read."""
        return Names(self.pack, self.reading.root, self.lang)

    def may(self, route: str) -> bool:
        """Whether the person may open a route."""
        return may_open(route, getattr(self.request.user, "role", None))

    def query(self, **more: str | int | None) -> str:
        """The area, and more, as the end of an address."""
        chosen = {"area": self.reading.asked.get("area"), **more}
        given = {name: value for name, value in chosen.items() if value not in (None, "")}
        return f"?{urlencode(given)}" if given else ""

    def first(self, after: int | None, **chosen: str | None) -> str:
        """The address of the first page, from a later one; "" on the first itself."""
        return (self.query(**chosen) or "?") if after is not None else ""

    def listed(self, register: str, rows: Iterable[tuple[RowId, str]]) -> list[Listed]:
        """Rows (ids with areas) by name, as they are kept now."""
        rows = list(rows)
        called, plain = self.names.of(register, [row_id for row_id, _ in rows]), self.names.plain
        places = self.places(area for _, area in rows)
        return [Listed(row, called.get(row) or plain(register, row), places[area], row in called) for row, area in rows]

    def places(self, codes: Iterable[str]) -> Mapping[str, str]:
        """Areas as a list below this one names them: a village with its township, where that says something."""
        known = {code: self._lineage(code) for code in dict.fromkeys(codes)}
        called = self.names.of(DIVISIONS, [each for line in known.values() for each in line])
        return {code: " ".join(str(called.get(each, each)) for each in line) for code, line in known.items()}

    def _lineage(self, code: str) -> list[str]:
        """The code, behind that of its township where it lies below the area that is read."""
        township = code[: LENGTHS["township"]]
        return [township, code] if len(self.area) < len(township) < len(code) else [code] if code else []


def ask(request: HttpRequest, pack_id: str) -> Asking:
    """What the address asks for, within what the person may see; anything else is not found."""
    reading = read(request, pack_id)
    return Asking(request, reading, followed_run(pack_id), reader_language(), timezone.localdate())


def page(asking: Asking, template: str, kind: str, **facts: Any) -> HttpResponse:
    """The page of a list of a kind, with what every list needs."""
    shared = {"asking": asking, "reading": asking.reading, "query": asking.query(), "kind": kind}
    shared |= {"may_see_findings": asking.may("findings")}
    return render(asking.request, f"desk/worklists/{template}.html", shared | facts)


def place_in(request: HttpRequest) -> int | None:
    """The number behind which a page begins; not found if it is none."""
    written = request.GET.get("after")
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= 18):
        raise Http404
    return int(written)
