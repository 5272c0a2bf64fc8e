"""What a sheet for a register may hold: its fields with their titles, codes and units, as sheets need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import Pack, RegisterField
from luoshi.rulebook.model.types import Ref, Text

NOTHING = Bilingual("", "")
CHECKED = ("citizen_id", "credit_code")
"""The fields whose texts have a check sign, by the names that all packs give them."""


@dataclass(frozen=True)
class Field:
    """A field as a column of a sheet. `key` ones name a row and may not be missing.

    `target` is the register that a reference leads to, "" for anything else; `refers` says in words what names a row
    of it. `blank_never`: an empty date means "has not ended".
    """

    column: Column
    key: bool = False
    codes: Mapping[str, Bilingual] = field(default_factory=dict)
    unit: str = ""
    blank_never: bool = False
    refers: Bilingual = NOTHING

    @property
    def name(self) -> str:
        """The name in the pack."""
        return self.column.name

    @property
    def title(self) -> Bilingual:
        """The title in the pack."""
        return self.column.title

    @property
    def target(self) -> str:
        """The register that a reference leads to, "" for anything else."""
        return self.column.type.register if isinstance(self.column.type, Ref) else ""

    @property
    def check(self) -> str:
        """`citizen_id` or `credit_code` where the text has a check sign, "" for anything else."""
        return self.name if isinstance(self.column.type, Text) and self.name in CHECKED else ""


@dataclass(frozen=True)
class Form:
    """A register as a sheet: its table and its fields in the order of the pack."""

    table: RegisterTable
    fields: tuple[Field, ...]

    @property
    def titles(self) -> frozenset[str]:
        """Every name that a column of a sheet may have, as the pack writes it."""
        return frozenset(name for field in self.fields for name in (field.name, field.title.zh, field.title.en))


def form_of(pack: Pack, register: str) -> Form:
    """The form of a register as this pack knows it. `KeyError` for another's register.

    A register whose rows are named by their id alone has the id as its first field.
    """
    table, fields = table_of(pack, register), pack.registers[register].fields
    return Form(table, (*_id(table), *(_field(pack, table, column, fields) for column in table.columns.values())))


def _id(table: RegisterTable) -> tuple[Field, ...]:
    title = Bilingual("代码", "code")
    return (Field(Column("id", Text(), title, str(table.name)), key=True),) if "id" in table.key else ()


def _field(pack: Pack, table: RegisterTable, column: Column, fields: Mapping[str, RegisterField]) -> Field:
    known, kind = fields.get(column.name), column.type
    key = column.name in table.key
    refers = _refers(pack, kind.register) if isinstance(kind, Ref) else NOTHING
    if known is None:
        return Field(column, key, refers=refers)
    return Field(column, key, known.codes, known.unit_label, known.blank_never, refers)


def _refers(pack: Pack, target: str) -> Bilingual:
    """What names a row of a register: the titles of the parts of its key."""
    if target == DIVISIONS:
        return Bilingual("区划代码或名称", "code or name of a division")
    title, parts = pack.registers[target].title, list(_key_titles(pack, target))
    zh, en = (" | ".join(part.say(lang) for part in parts) for lang in ("zh", "en"))
    return Bilingual(f"{title.zh}：{zh}", f"{title.en}: {en}")


def _key_titles(pack: Pack, register: str) -> Iterator[Bilingual]:
    """The titles of the key, those of other rows' keys in the place of references to them."""
    definition = pack.registers[register]
    for name in definition.key:
        field = definition.fields[name]
        if isinstance(field.type, Ref) and field.type.register != DIVISIONS:
            yield from _key_titles(pack, field.type.register)
        else:
            yield field.title
