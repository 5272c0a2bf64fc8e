"""From packs to the tables that hold their registers: frozen descriptions, nothing of a database yet.

Every pack has a schema, every register a table, every field and every human judgement a column. The registers that all
packs share are one table each, with whatever any pack adds to them. Columns of our own begin with an underscore, which
no name of a pack does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from luoshi.office.registry.errors import Problem, Refused
from luoshi.rulebook.model.bases import Bilingual, Place
from luoshi.rulebook.model.blocks import Pack, Register
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Share, Text, Type

SHARED = "common"
"""The pack that lends its registers to all; also the schema of their tables."""
DIVISIONS = "area"
"""The shared register whose ids are division codes; the engines know it by this name too."""
AREA, VERSION, SOURCE = "_area_code", "_version", "_source"
CHANGED_AT, CHANGED_BY, DOUBLE = "_changed_at", "_changed_by", "_double"
REASON = "_reason"
OWN = (AREA, VERSION, SOURCE, CHANGED_AT, CHANGED_BY, DOUBLE, REASON)
"""Columns that every table has beside `id` and its fields."""
LONGEST_NAME = 63
CODE_STORAGE = 'text COLLATE "C"'


@dataclass(frozen=True, order=True)
class TableName:
    """Where a table is: schema and name."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Column:
    """A field or a judgement as a column. `said_in` is the pack and, where known, file and line that say so.

    `judged` ones are people's judgements, not facts of a register.

    `encrypted` cells are bytes that only `secrecy` opens; `index` is then the column they are found by.
    """

    name: str
    type: Type
    title: Bilingual
    said_in: str
    personal: bool = False
    sensitive: bool = False
    encrypted: bool = False
    judged: bool = False
    references: TableName | None = None

    @property
    def index(self) -> str:
        """The column of the keyed index of an encrypted column."""
        return short(f"_{self.name}_index")

    @property
    def found_by(self) -> str:
        """The column that is compared when this one is looked for: itself, or its index."""
        return self.index if self.encrypted else self.name

    @property
    def storage(self) -> str:
        """The type of PostgreSQL, as it is written in a table."""
        if self.encrypted:
            return "bytea"
        if isinstance(self.type, Number):
            return f"numeric({self.type.digits},{self.type.places})" if self.type.places else "bigint"
        if isinstance(self.type, Ref):
            return CODE_STORAGE if self.type.register == DIVISIONS else "bigint"
        return {Bool: "boolean", Date: "date", Code: CODE_STORAGE, Text: "text"}[type(self.type)]


@dataclass(frozen=True)
class RegisterTable:
    """The table of a register. `area` is the path of references from a row to its division; `key` names a row in life.

    `columns` are in the order of the pack. The ids of divisions are codes, all others are numbers.
    """

    name: TableName
    title: Bilingual
    key: tuple[str, ...]
    area: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def register(self) -> str:
        """The id of the register."""
        return self.name.name

    @property
    def of_divisions(self) -> bool:
        """Whether its rows are the divisions themselves."""
        return self.name == TableName(SHARED, DIVISIONS)

    @property
    def id_storage(self) -> str:
        """The type of PostgreSQL of its ids."""
        return CODE_STORAGE if self.of_divisions else "bigint"

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns in which two rows with the same key agree; none where the id is the key."""
        return () if "id" in self.key else tuple(self.columns[name].found_by for name in self.key)

    def references(self) -> Iterator[Column]:
        """The columns that refer to rows of other tables."""
        return (column for column in self.columns.values() if column.references is not None)

    def place_of(self, column: str) -> str:
        """The full name of a column, with which its encrypted cells are sealed."""
        return f"{self.name}.{column}"


Tables = Mapping[TableName, RegisterTable]


def table_name(pack: Pack, register: str) -> TableName:
    """Where the register of a pack is kept."""
    file = pack.registers[register].place.file
    return TableName(SHARED if file.startswith(f"{SHARED}/") else schema_of(pack.policy.id), register)


def table_of(pack: Pack, register: str) -> RegisterTable:
    """The table of a register with the columns that this pack gives it. `KeyError` for another's register."""
    definition = pack.registers[register]
    columns = {column.name: column for column in _columns(pack, definition)}
    return RegisterTable(table_name(pack, register), definition.title, definition.key, definition.area, columns)


def tables_of(packs: Iterable[Pack]) -> Tables:
    """The tables of all packs together, those that are referred to before those that refer where this can be.

    `Refused` when two packs give a shared register the same field with different types, or a name is too long.
    """
    found: dict[TableName, RegisterTable] = {}
    problems: list[Problem] = []
    for pack in packs:
        for register in pack.registers:
            table = table_of(pack, register)
            problems += _long_names(table)
            known = found.get(table.name)
            found[table.name] = table if known is None else _joined(known, table, problems)
    if problems:
        raise Refused(problems)
    return found


def schema_of(pack_id: str) -> str:
    """The schema of a pack.

    >>> schema_of("somewhere-2018")
    'somewhere_2018'
    """
    return pack_id.replace("-", "_")


def short(name: str) -> str:
    """A name that PostgreSQL does not cut off: a long one ends with a digest of what is left out."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 13]}_{sha256(name.encode()).hexdigest()[:12]}"


def _columns(pack: Pack, register: Register) -> Iterator[Column]:
    for name, field in register.fields.items():
        kind = field.type
        refers = table_name(pack, kind.register) if isinstance(kind, Ref) else None
        yield Column(
            name, kind, field.title, _where(pack, register.place), personal=field.personal, sensitive=field.sensitive,
            encrypted=field.sensitive and isinstance(kind, Text), references=refers,
        )  # fmt: skip
    for (of, name), fact in pack.facts.items():
        if of == register.id and fact.value is None and not isinstance(fact.type, Share):
            yield Column(name, fact.type, fact.title, _where(pack, fact.place), judged=True)


def _joined(one: RegisterTable, other: RegisterTable, problems: list[Problem]) -> RegisterTable:
    """Both with the columns of both; a problem for each column that they do not agree about."""
    for name in one.columns.keys() & other.columns.keys():
        first, second = one.columns[name], other.columns[name]
        if (first.type, first.encrypted, first.references) != (second.type, second.encrypted, second.references):
            told = " but ".join(f"{seen.type} in {seen.said_in}" for seen in (first, second))
            problems.append(Problem("shape", one.register, name, told=told))
    return replace(one, columns={**other.columns, **one.columns})


def _where(pack: Pack, place: Place) -> str:
    """The pack and the place; what a pack adds to another's register has no place of its own."""
    lent = place.file.startswith(f"{SHARED}/")
    return pack.policy.id if lent else f"{pack.policy.id}, {place.file}:{place.line}"


def _long_names(table: RegisterTable) -> Iterator[Problem]:
    for name in (table.name.schema, table.register, *table.columns):
        if len(name) > LONGEST_NAME:
            yield Problem("shape", table.register, told=f"{name} is longer than {LONGEST_NAME} signs")
