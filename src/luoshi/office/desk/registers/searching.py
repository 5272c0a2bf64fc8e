"""One search over all registers that somebody may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from luoshi.office.accounts.roles import Scope
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.reading import readable_packs, root_of
from luoshi.office.desk.registers.listing import matches
from luoshi.office.desk.registers.question import Question
from luoshi.office.desk.registers.sealing import seal
from luoshi.office.registry.filters import Sort
from luoshi.office.registry.finding import found_by
from luoshi.office.registry.shape import SHARED, RegisterTable, TableName, table_of
from luoshi.rulebook.model.blocks import Pack

SHOWN = 20


@dataclass(frozen=True)
class Found:
    """What was found in a register. `more` leads to the list of all of them, "" where these are all."""

    pack_id: str
    policy: str
    register: str
    title: str
    rows: tuple[tuple[RowId, str, str], ...]
    more: str


def search_all(scope: Scope, text: str, lang: str) -> list[Found]:
    """What a text means in each register of a scope, the shared registers first; registers without any are left out."""
    found = []
    for pack, table in _searched(scope):
        root = root_of(pack, scope) or scope.area
        rows = matches(Names(pack, root, lang), Question(table, text, (), Sort(), (), ()), root, SHOWN + 1)
        if rows:
            found.append(_found(pack, table, rows, text, lang))
    return found


def _searched(scope: Scope) -> Iterator[tuple[Pack, RegisterTable]]:
    """The registers in which a text can be found; one that policies share stands for each city once."""
    seen: set[tuple[TableName, str]] = set()
    for pack in readable_packs(scope):
        tables = [table_of(pack, register) for register in pack.registers]
        for table in sorted(tables, key=lambda table: table.name.schema != SHARED):
            place = (table.name, root_of(pack, scope) or "")
            if found_by(table) and place not in seen:
                seen.add(place)
                yield pack, table


def _found(pack: Pack, table: RegisterTable, rows: Mapping[RowId, tuple[str, str]], text: str, lang: str) -> Found:
    return Found(
        pack_id=pack.policy.id,
        policy="" if table.name.schema == SHARED else pack.policy.title.say(lang),
        register=table.register,
        title=table.title.say(lang),
        rows=tuple((row_id, *named) for row_id, named in list(rows.items())[:SHOWN]),
        more=f"?q={seal(text)}" if len(rows) > SHOWN else "",
    )
