"""The given tables: which columns they have, whether they can be used, and as what.

Findings made here, in `checking` and where files are opened (facts beside `register`, `column`):

- DATA-001 no register of the pack is given (known)
- DATA-002 a register is given that the pack does not have (known)
- DATA-003 there is no column `id`
- DATA-004 a column of the wrong type (seen, expected)
- DATA-005 numbers with more digits than the field has (count, seen, ids, digits, places)
- DATA-006 numbers with more decimal places than the field has (count, seen, ids, places)
- DATA-007 days before the year 1000 or after 9000 (count, seen, ids)
- DATA-008 codes outside the list (count, seen, ids, expected)
- DATA-009 rows without an id (count)
- DATA-010 several rows with the same id (count, ids)
- DATA-011 a file that is not Parquet or cannot be read (problem)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, kind_for
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import Number, Ref, Share, Type

WHOLE_TYPES = {"TINYINT": 3, "SMALLINT": 5, "INTEGER": 10, "BIGINT": 19, "UTINYINT": 3, "USMALLINT": 5, "UINTEGER": 10}
NOTHING = '"NULL"'
DECIMAL_TYPE = re.compile(r"DECIMAL\((\d+),(\d+)\)")


@dataclass(frozen=True)
class Given:
    """A column of a given table that means something to the pack."""

    register: str
    name: str
    type: Type
    column: Column
    silent: bool = False

    @property
    def where(self) -> Where:
        """Where findings about it stand."""
        return Where(file=self.register, column=self.name)

    @property
    def stored_places(self) -> int:
        """Decimal places of the column as it is stored."""
        found = DECIMAL_TYPE.fullmatch(self.column.stored)
        return int(found[2]) if found else 0


def given_columns(
    pack: Pack, register: str, stored: Mapping[str, str], read: set[str], findings: Findings
) -> list[Given] | None:
    """The columns that are read and given, with findings for those that cannot be used; None without ids.

    `stored` names the stored type of every column of the table. Columns of unknown cells only count as not given.
    """
    if stored.get("id", NOTHING) == NOTHING:
        findings.add("DATA-003", Where(file=register, column="id"), register=register, column="id")
        return None
    found = []
    for name in sorted(read & stored.keys()):
        kind = _type_of(pack, register, name)
        if stored[name] == NOTHING or isinstance(kind, Share):
            continue
        column = _column(kind, stored[name])
        given = Given(
            register, name, kind, column or Column(stored[name], Kind.TEXT), _is_sensitive(pack, register, name)
        )
        if column is None:
            facts = {"register": register, "column": name, "seen": stored[name], "expected": str(kind)}
            findings.add("DATA-004", given.where, **facts)
        elif (field := pack.registers[register].fields.get(name)) is not None and field.blank_never:
            found.append(replace(given, column=replace(column, ends_never=True)))
        else:
            found.append(given)
    return found


def _type_of(pack: Pack, register: str, name: str) -> Type:
    definition = pack.registers[register]
    if name == "id":
        return Ref(register)
    if name in definition.fields:
        return definition.fields[name].type
    return pack.facts[register, name].type


def _is_sensitive(pack: Pack, register: str, name: str) -> bool:
    field = pack.registers[register].fields.get(name)
    return field is not None and field.sensitive


def _column(kind: Type, stored: str) -> Column | None:
    """How a stored column is used for a type; None when it cannot be."""
    if isinstance(kind, Number):
        whole = WHOLE_TYPES.get(stored) or DECIMAL_TYPE.fullmatch(stored)
        most = 10**kind.digits - 1
        return Column(stored, kind_for(kind), kind.places, -most, most) if whole else None
    if isinstance(kind, Ref) and stored in WHOLE_TYPES:
        return Column(stored, Kind.TEXT if kind.register == "area" else Kind.WHOLE)
    wanted = {Kind.TRUTH: "BOOLEAN", Kind.DAY: "DATE", Kind.TEXT: "VARCHAR"}[kind_for(kind)]
    fits = stored == wanted or (wanted == "VARCHAR" and stored.startswith("ENUM("))
    return Column(stored, kind_for(kind)) if fits else None
