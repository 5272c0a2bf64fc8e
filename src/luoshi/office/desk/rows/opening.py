"""A register that somebody is about to write in, within their area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils import timezone

from luoshi.office.accounts.models import User
from luoshi.office.accounts.sign_ins import shortened
from luoshi.office.desk.keeping import row_id_of
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.origin import address_of
from luoshi.office.desk.reading import Reading, read
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry import queries
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import RegisterTable, Tables, table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.runs import library


@dataclass(frozen=True)
class Opened:
    """A register of a policy as the person sees it: names, table, and the widest area they may write in."""

    reading: Reading
    register: str
    names: Names

    @property
    def root(self) -> str:
        """The area within which everything written has to lie."""
        return self.names.root

    @cached_property
    def table(self) -> RegisterTable:
        """The table of the register, with the columns of this policy."""
        return table_of(self.names.pack, self.register)

    @cached_property
    def tables(self) -> Tables:
        """The tables of all policies: a row that is written may move rows of any."""
        return tables_of(library.packs())

    @property
    def title(self) -> str:
        """The register in words."""
        return self.names.pack.registers[self.register].title.say(self.names.lang)

    def row(self, written: str) -> Row:
        """The row whose id an address names; not found if it is none, or lies elsewhere."""
        row_id = row_id_of(self.register, written)
        found = None if row_id is None else queries.row(self.table, self.root, row_id)
        if found is None:
            raise Http404
        return found

    def name_of(self, row: Row) -> str:
        """What a row is called."""
        return self.names.of_rows(self.table, [row])[row.id]

    def shown(self, row_ids: list[RowId]) -> dict[RowId, Row]:
        """The rows with these ids that lie within the area."""
        found = (queries.row(self.table, self.root, row_id) for row_id in row_ids)
        return {row.id: row for row in found if row is not None}


def open_register(request: HttpRequest, pack_id: str, register: str) -> Opened:
    """The register that an address names; anything else is not found."""
    reading = read(request, pack_id)
    if register not in reading.pack.registers:
        raise Http404
    return Opened(reading, register, Names(reading.pack, reading.root, reader_language()))


def basis_of(request: HttpRequest) -> Basis:
    """Who writes, and what they have given as reason and source."""
    assert isinstance(request.user, User)
    return Basis(
        by=request.user.username,
        at=timezone.now(),
        reason=request.POST.get("reason", ""),
        source=request.POST.get("source", ""),
        origin=shortened(address_of(request)),
    )
