"""What a pack needs of the registers: the columns its expressions read, and which registers are kept for it."""

from __future__ import annotations

from psycopg import sql

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.remembering import remembered


@remembered
def texts_read(pack: Pack) -> frozenset[tuple[str, str]]:
    """Register and name of every field that an expression of the pack reads."""
    return frozenset(
        (part.register, part.name)
        for block in pack.blocks()
        for expression in block.expressions()
        for part in n.walk(expression)
        if isinstance(part, n.Field)
    )


def kept_registers(pack: Pack) -> sql.Composed:
    """Asks for schema and name of every register that is kept for all of a pack's jurisdiction, for a part, or more."""
    form = (
        'SELECT schema, "table" FROM registry.kept_register'
        " WHERE starts_with(area_code, {0}) OR starts_with({0}, area_code)"
    )
    return sql.SQL(form).format(pack.policy.jurisdiction or "")
