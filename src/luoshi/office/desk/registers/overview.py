"""All registers of a policy, in the order of its documents, with how far each is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.office.desk import numbering
from luoshi.office.desk.document import documents
from luoshi.office.registry.shape import SHARED, table_name
from luoshi.office.registry.tallying import Tally, kept_tables, tallies
from luoshi.rulebook.model.blocks import Pack, Register


@dataclass(frozen=True)
class Entry:
    """A register in the overview. `kept` is false where nobody has said that they keep it, and no row is there."""

    id: str
    title: str
    clause: str
    anchor: str
    keeper: str
    rows: int
    changed_at: datetime | None
    kept: bool


@dataclass(frozen=True)
class Group:
    """The registers of a document; `document` is its number, "" for those that all policies share."""

    document: str
    title: str
    entries: tuple[Entry, ...]


def overview(pack: Pack, area: str, lang: str) -> Iterator[Group]:
    """The groups of a policy's registers, the shared ones first."""
    names = {register: table_name(pack, register) for register in pack.registers}
    counted, kept = tallies(names.values(), area), kept_tables(area)
    shared = [one for one in pack.registers.values() if names[one.id].schema == SHARED]
    own = [one for one in pack.registers.values() if names[one.id].schema != SHARED]

    def entries(registers: list[Register]) -> tuple[Entry, ...]:
        return tuple(_entry(one, counted[names[one.id]], names[one.id] in kept, lang) for one in registers)

    yield Group("", _("各项政策共用"), entries(shared))
    for document in documents(pack):
        of_it = [one for one in own if numbering.document(one.clause) == document.id]
        if of_it:
            yield Group(document.id, document.title.say(lang), entries(of_it))


def _entry(register: Register, counted: Tally, is_kept: bool, lang: str) -> Entry:
    is_own = not register.place.file.startswith(f"{SHARED}/")
    return Entry(
        id=register.id,
        title=register.title.say(lang),
        clause=numbering.number(register.clause, lang) if is_own else "",
        anchor=numbering.anchor(register.clause),
        keeper=register.keeper.say(lang) if register.keeper else "",
        rows=counted.rows,
        changed_at=counted.changed_at,
        kept=is_kept or counted.rows > 0,
    )
